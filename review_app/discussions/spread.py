"""How far the members' points on one item of the form lie apart. Pure."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from review_app.form_templates.catalogue import dimension_of

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


def item_spreads(forms: Sequence[MemberPoints], absent: Sequence[Container[str]] = ()) -> list[ItemSpread]:
    """One row per item that somebody deducted for, in the order of the codes. ``forms`` are the points by code of
    every member who signed and judged the item: a signed form without a deduction says that nothing is to be
    deducted, so it counts as 0 points here. ``absent`` are, in the same order, the dimensions each member said do
    not apply: of their items that member is missing, which is not 0."""
    codes = sorted({code for points in forms for code in points})
    away: Sequence[Container[str]] = absent or [()] * len(forms)
    return [spread_of(code, points_on(code, forms, away)) for code in codes]


def points_on(
    code: str, forms: Sequence[MemberPoints], absent: Sequence[Container[str]]
) -> list[Decimal | None]:
    """What each member who judged the dimension of the item took off for it."""
    pairs = zip(forms, absent, strict=True)
    return [points.get(code) for points, gone in pairs if dimension_of(code) not in gone]


def spread_of(code: str, points: Sequence[Decimal | None]) -> ItemSpread:
    given = [one or Decimal(0) for one in points]
    proposers = sum(one is not None for one in points)
    return ItemSpread(code, min(given), max(given), proposers, len(points))


def wide(spreads: Sequence[ItemSpread], threshold: Decimal | None) -> list[ItemSpread]:
    """The items whose spread is above ``threshold``; none where the rules name no threshold."""
    return [one for one in spreads if threshold is not None and one.spread > threshold]
