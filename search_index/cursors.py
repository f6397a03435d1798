"""A cursor is the place of one hit in the order, so that paging goes on rightly when documents came or went meanwhile."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Literal

from search_index.engine import CursorUnreadable

Side = Literal["after", "before"]


@dataclass(frozen=True)
class Place:
    """The sort values and key of the hit beside which a page lies. Values are ordered as `order_value` made them."""

    side: Side
    values: tuple[float, ...]
    key: str


def write_cursor(place: Place) -> str:
    """The place as a word that can stand in a URL."""
    packed = json.dumps([place.side, place.values, place.key], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(cursor: str, values: int) -> Place:
    """The place a cursor stands for. `values` is how many sort rules the query has. Raises CursorUnreadable."""
    try:
        side, numbers, key = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        place = Place(side, tuple(float(number) for number in numbers), str(key))
    except (ValueError, TypeError, binascii.Error) as unreadable:
        raise CursorUnreadable(cursor) from unreadable
    if side not in ("after", "before") or len(place.values) != values:
        raise CursorUnreadable(cursor)
    return place


def order_value(number: float | None, *, descending: bool) -> float:
    """A number turned so that smaller always comes first and a missing one comes last."""
    if number is None:
        return float("inf")
    return -number if descending else number


def page_bounds(place: Place | None, limit: int, total: int, position: int) -> tuple[int, int]:
    """The slice of all hits that is the page. `position`: how many hits come before the place; see `Side`.

    For `after` that counts the hit of the place itself, for `before` it does not.
    """
    if place is None:
        return 0, min(limit, total)
    if place.side == "after":
        return position, min(position + limit, total)
    return max(0, position - limit), position
