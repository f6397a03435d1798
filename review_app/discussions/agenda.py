"""The order of points in a deliberation: vetoes first, then what the members disagree on, what the reviewed organ
objects to, what is still under discussion, and last what nobody contests. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from review_app.errors import N_


class Why(StrEnum):
    """Why a point comes where it comes, in this order."""

    VETO = "VETO"
    DISAGREEMENT = "DISAGREEMENT"
    OBJECTION = "OBJECTION"
    DISCUSSION = "DISCUSSION"
    AGREED = "AGREED"


WHY_LABELS = {
    Why.VETO: N_("提出一票否决"),
    Why.DISAGREEMENT: N_("成员意见不一"),
    Why.OBJECTION: N_("被评查单位有异议"),
    Why.DISCUSSION: N_("讨论尚未解决"),
    Why.AGREED: N_("没有争议"),
}


@dataclass(frozen=True)
class Point:
    """One finding on the agenda. ``proposers`` of ``members`` proposed it; ``spread`` between the fewest and the
    most points deducted for it."""

    key: int
    place: int
    veto: bool
    proposers: int
    members: int
    spread: Decimal
    objected: bool
    open_threads: int

    def reasons(self, threshold: Decimal | None) -> tuple[Why, ...]:
        apart = threshold is not None and self.spread > threshold
        found = {
            Why.VETO: self.veto,
            Why.DISAGREEMENT: apart or self.proposers < self.members,
            Why.OBJECTION: self.objected,
            Why.DISCUSSION: self.open_threads > 0,
        }
        return tuple(why for why, holds in found.items() if holds) or (Why.AGREED,)


def in_order(points: Iterable[Point], threshold: Decimal | None) -> list[Point]:
    """The points by their weightiest reason; of equal ones the wider spread, then the order of the list."""
    ranks = list(Why)

    def rank(point: Point) -> tuple[int, Decimal, int]:
        return ranks.index(point.reasons(threshold)[0]), -point.spread, point.place

    return sorted(points, key=rank)
