"""Figures as rows for the pictures and tables of these pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from flask_babel import gettext

from review_app.agreement.across import Across, spreads
from review_app.agreement.alpha import Agreement
from review_app.agreement.queries import RatedCase
from review_app.agreement.strictness import Effect
from review_app.agreement.within import CaseFigures
from review_app.rulebook import load as load_rules
from review_app.rulebook.rules import Rules
from review_app.web.deliberations.result import whole
from review_app.web.evaluations.desk import in_words

Range = tuple[str, float | None, float, float | None]
MOST_ITEMS = 15


@dataclass(frozen=True)
class AlphaRow:
    """One coefficient in words, with a ``short`` name for the picture, rounded for reading."""

    text: str
    short: str
    found: Agreement

    @property
    def picture(self) -> Range:
        return (
            self.text,
            rounded(self.found.low),
            rounded(self.found.alpha) or 0.0,
            rounded(self.found.high),
        )


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def alpha_rows(found: Across) -> list[AlphaRow]:
    """The three chief coefficients, then those of the dimensions."""
    rows = [
        AlphaRow(gettext("得分（等距）"), gettext("得分"), found.score),
        AlphaRow(gettext("建议等次（顺序）"), gettext("等次"), found.grade),
        AlphaRow(gettext("是否有问题（类别）"), gettext("有无问题"), found.items),
    ]
    labels = load_rules().dimensions
    rows += [
        AlphaRow(f"{name} {in_words(labels[name])}", name, one) for name, one in found.dimensions.items()
    ]
    return rows


def effect_rows(shown: Mapping[int, Effect], names: Mapping[int, str]) -> list[Range]:
    return [
        (
            names[rater],
            None if one.margin is None else round(one.points - one.margin, 1),
            round(one.points, 1),
            None if one.margin is None else round(one.points + one.margin, 1),
        )
        for rater, one in shown.items()
    ]


def reach_of(shown: Mapping[int, Effect]) -> int:
    """How far the scale of the effects goes to both sides, in whole points."""
    return ceil(max((abs(one.points) + (one.margin or 0) for one in shown.values()), default=1))


def item_rows(figures: CaseFigures) -> list[Range]:
    """The items with the widest spread: lowest, middle and highest points."""
    return [
        (line.spread.code, whole(line.spread.low), whole(line.middle), whole(line.spread.high))
        for line in figures.items[:MOST_ITEMS]
    ]


def spread_bars(cases: Sequence[RatedCase], rules: Rules) -> list[tuple[str, int, str]]:
    """How many cases lie how far apart; the last bar is what must be deliberated orally."""
    limit = float(rules.consolidation.dispersion_deliberate)
    found = spreads(cases)
    edges = [0.0, limit / 3, 2 * limit / 3, limit]
    rows = [
        (gettext("%(low)s–%(high)s分", low=f"{low:g}", high=f"{high:g}"), inside(found, low, high), "")
        for low, high in pairwise(edges)
    ]
    return [*rows, (gettext("超过%(limit)s分", limit=f"{limit:g}"), sum(one > limit for one in found), "")]


def inside(found: Sequence[float], low: float, high: float) -> int:
    """How many lie above ``low`` and up to ``high``; the first bar holds 0 too."""
    return sum((low < one or one == low == 0) and one <= high for one in found)
