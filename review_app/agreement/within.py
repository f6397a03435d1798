"""Figures about one case, from the ratings of its members. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from review_app.agreement.queries import Rating
from review_app.deliberations.statistics import deviation, mean, median, trimmed_mean
from review_app.discussions.spread import ItemSpread, item_spreads
from review_app.rulebook.rules import DIMENSIONS


@dataclass(frozen=True)
class ItemLine:
    """One item with each member's points in order of the members, None where he deducts nothing."""

    spread: ItemSpread
    points: tuple[Decimal | None, ...]
    middle: Decimal


@dataclass(frozen=True)
class CaseFigures:
    """``dispersion`` = highest − lowest score; ``deviation`` the standard deviation of the sample, None for one score;
    ``trimmed_mean`` from five scores on. ``items`` begin with the widest spread."""

    mean: Decimal
    median: Decimal
    trimmed_mean: Decimal | None
    dispersion: Decimal
    deviation: Decimal | None
    items: tuple[ItemLine, ...]


def case_figures(ratings: Sequence[Rating]) -> CaseFigures:
    """Figures of the ratings of all members, never none."""
    scores = [one.score for one in ratings]
    lines = [
        item_line(spread, ratings)
        for spread in item_spreads([one.items for one in ratings], [not_judged(one) for one in ratings])
    ]
    return CaseFigures(
        mean=mean(scores),
        median=median(scores),
        trimmed_mean=trimmed_mean(scores),
        dispersion=max(scores) - min(scores),
        deviation=deviation(scores),
        items=tuple(sorted(lines, key=lambda line: (-line.spread.spread, line.spread.code))),
    )


def item_line(spread: ItemSpread, ratings: Sequence[Rating]) -> ItemLine:
    given = tuple(one.items.get(spread.code) for one in ratings)
    return ItemLine(spread, given, median([points or Decimal(0) for points in given]))


def not_judged(rating: Rating) -> frozenset[str]:
    """The dimensions this member gave no points to lose: not in the template, or not applicable to the case."""
    return frozenset(DIMENSIONS) - set(rating.dimensions)
