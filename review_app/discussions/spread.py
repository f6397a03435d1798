"""How far the members' points on one item of the form lie apart. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

MemberPoints = Mapping[str, Decimal]


@dataclass(frozen=True)
class ItemSpread:
    """``low`` and ``high``: fewest and most points deducted for ``code``; ``proposers`` of ``members`` deducted."""

    code: str
    low: Decimal
    high: Decimal
    proposers: int
    members: int

    @property
    def spread(self) -> Decimal:
        return self.high - self.low


def item_spreads(forms: Sequence[MemberPoints]) -> list[ItemSpread]:
    """One row per item that somebody deducted for, in the order of the codes. ``forms`` are the points by code of
    every member who signed and judged the item: a signed form without a deduction says that nothing is to be
    deducted, so it counts as 0 points here."""
    codes = sorted({code for points in forms for code in points})
    return [spread_of(code, [points.get(code) for points in forms]) for code in codes]


def spread_of(code: str, points: Sequence[Decimal | None]) -> ItemSpread:
    given = [one or Decimal(0) for one in points]
    proposers = sum(one is not None for one in points)
    return ItemSpread(code, min(given), max(given), proposers, len(points))


def wide(spreads: Sequence[ItemSpread], threshold: Decimal | None) -> list[ItemSpread]:
    """The items whose spread is above ``threshold``; none where the rules name no threshold."""
    return [one for one in spreads if threshold is not None and one.spread > threshold]
