"""The index of the library follows the database: what changed, and what an index restored or lost lacks."""

from review_app.jobs.runner import Desk
from review_app.precedents.library import open_library
from review_app.precedents.service import catch_up_index, mark_lost


def catch_up_library(desk: Desk) -> int:
    """Index what waits, batch by batch; gives the number of cases."""
    engine = open_library(desk.settings.index_folder)
    with desk.transaction() as session:
        mark_lost(session, engine)
    total = 0
    while True:
        with desk.transaction() as session:
            done = catch_up_index(session, engine, now=desk.now)
        if not done:
            return total
        total += done
