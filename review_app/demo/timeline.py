"""Several reviews walked at once, in the order of their moments, as an office would live through them."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from review_app.demo.office import Office

Walk = Iterator[datetime]
"""Gives the moment of the step it will do next, and does it when it is asked for the one after."""


def live_through(office: Office, walks: Iterable[Walk]) -> None:
    """Let every walk go its steps; of all that wait, the earliest moment comes first."""
    waiting = [
        (moment, number, walk)
        for number, walk in enumerate(walks)
        if (moment := next(walk, None)) is not None
    ]
    heapq.heapify(waiting)
    while waiting:
        moment, number, walk = heapq.heappop(waiting)
        office.now = moment
        following = next(walk, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), number, walk))
