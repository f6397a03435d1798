"""From the ratings of many cases to coefficients and to the strictness of raters. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from review_app.agreement.alpha import Agreement, Case, Metric, agreement
from review_app.agreement.queries import RatedCase, Rating
from review_app.agreement.strictness import Effect, adjusted_mean, effects
from review_app.deliberations.statistics import mean
from review_app.rulebook.rules import DIMENSIONS, GRADES, AgreementRules

# any number does; the interval is the same for everybody who looks
SEED = 2024
Codes = Callable[[RatedCase], Sequence[str]]


@dataclass(frozen=True)
class Across:
    """Agreement on the score, on the proposed grade, on which items there is something to deduct for at all, and on
    the points lost in each dimension."""

    score: Agreement
    grade: Agreement
    items: Agreement
    dimensions: dict[str, Agreement]


@dataclass(frozen=True)
class AdjustedCase:
    """A case's mean score and what it were if every member scored like the average one."""

    case: RatedCase
    mean: float
    adjusted: float | None


def across(cases: Sequence[RatedCase], codes: Codes, rules: AgreementRules) -> Across:
    """The coefficients over ``cases``. ``codes`` gives the items of a case's form: a member who does not deduct for
    one of them says that it is in order."""

    def measured(made: Callable[[RatedCase], Case], metric: Metric) -> Agreement:
        return agreement(
            [made(case) for case in cases], metric, least=rules.cases_min, draws=rules.draws,
            confidence=float(rules.confidence), seed=SEED,
        )  # fmt: skip

    return Across(
        score=measured(scores, Metric.INTERVAL),
        grade=measured(grades, Metric.ORDINAL),
        items=measured(lambda case: item_units(case, codes(case)), Metric.NOMINAL),
        dimensions={name: measured(points_lost(name), Metric.INTERVAL) for name in DIMENSIONS},
    )


def scores(case: RatedCase) -> Case:
    return [[float(one.score) for one in case.ratings]]


def grades(case: RatedCase) -> Case:
    """A grade that a member left open is missing."""
    return [[float(GRADES.index(one.grade)) for one in case.ratings if one.grade in GRADES]]


def item_units(case: RatedCase, codes: Sequence[str]) -> Case:
    return [[float(code in one.items) for one in case.ratings] for code in codes]


def points_lost(dimension: str) -> Callable[[RatedCase], Case]:
    return lambda case: [
        [float(one.dimensions[dimension]) for one in case.ratings if dimension in one.dimensions]
    ]


def by_rater(case: RatedCase) -> dict[int, float]:
    return {one.person_id: float(one.score) for one in case.ratings}


def strictness(cases: Sequence[RatedCase], rules: AgreementRules) -> tuple[dict[int, Effect], int]:
    """The effects of the raters with enough cases who can be compared with most others, strictest first, and the
    number of raters left out."""
    found = effects([by_rater(case) for case in cases], confidence=float(rules.confidence))
    shown = {
        rater: effect
        for rater, effect in found.items()
        if effect.cases >= rules.rater_cases_min and effect.group == 0
    }
    ordered = sorted(shown.items(), key=lambda pair: (pair[1].points, pair[0]))
    return dict(ordered), len(found) - len(shown)


def adjusted(cases: Sequence[RatedCase], shown: dict[int, Effect]) -> list[AdjustedCase]:
    """Every case with its adjusted mean, where all its raters' effects are shown."""
    return [
        AdjustedCase(
            case, float(mean([one.score for one in case.ratings])), adjusted_mean(by_rater(case), shown)
        )
        for case in cases
    ]


def spreads(cases: Sequence[RatedCase]) -> list[float]:
    """Highest less lowest score of each case with several ratings."""
    return [float(gap(case.ratings)) for case in cases if len(case.ratings) >= 2]


def gap(ratings: Sequence[Rating]) -> float:
    found = [one.score for one in ratings]
    return float(max(found) - min(found))
