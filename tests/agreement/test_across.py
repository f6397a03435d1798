"""From ratings to coefficients, strictness and figures of one case."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.agreement.across import across, adjusted, spreads, strictness
from review_app.agreement.alpha import Metric, alpha
from review_app.agreement.queries import RatedCase, Rating, closed_cases
from review_app.agreement.within import ItemLine, case_figures
from review_app.discussions.spread import ItemSpread
from review_app.rulebook.rules import AgreementRules
from tests import factories
from tests.agreement.rated import many, rated

RULES = AgreementRules(draws=100)
CODES = ("D5-01", "D5-02")


def cases_of(session: Session, count: int) -> list[RatedCase]:
    many(session, count)
    return closed_cases(session, factories.person(session, Role.COORD))


def test_coefficients_are_those_of_scores_grades_and_items(session: Session) -> None:
    cases = cases_of(session, 12)

    found = across(cases, lambda _case: CODES, RULES)

    scores = [[100 - (3 + n % 4), 100 - (1 + n % 4), 100 - (1 + n % 4)] for n in range(12)]
    grades = [[2, 1, 1] if n % 2 else [1, 0, 0] for n in range(12)]
    assert found.score.alpha == pytest.approx(alpha(scores, Metric.INTERVAL), abs=1e-9)
    assert found.grade.alpha == pytest.approx(alpha(grades, Metric.ORDINAL), abs=1e-9)
    assert found.items.alpha == 1
    assert found.items.units == 24
    assert found.dimensions["D5"].alpha == pytest.approx(found.score.alpha, abs=1e-9)
    assert found.dimensions["D1"].alpha is None


def test_below_the_floor_nothing_is_said(session: Session) -> None:
    found = across(cases_of(session, 9), lambda _case: CODES, RULES)

    assert [one.enough for one in (found.score, found.grade, found.items)] == [False, False, False]
    assert found.score.alpha is None


def test_a_grade_left_open_and_a_dimension_not_judged_are_missing(session: Session) -> None:
    cases = cases_of(session, 12)
    gaps = [
        replace(
            case,
            ratings=(
                replace(case.ratings[0], grade=None, dimensions={}),
                *case.ratings[1:],
            ),
        )
        for case in cases
    ]

    found = across(gaps, lambda _case: CODES, RULES)

    assert (found.grade.values, found.grade.alpha) == (24, 1)
    assert (found.dimensions["D5"].values, found.dimensions["D5"].alpha) == (24, 1)
    assert found.score.values == 36


def test_the_strictest_come_first_and_too_few_cases_are_left_out(session: Session) -> None:
    cases = cases_of(session, 12)
    stranger = rated(session, [factories.expert(session).person] * 1, [{"D5-01": "1"}])
    assert stranger

    shown, left_out = strictness(cases, replace(RULES, rater_cases_min=9))

    assert [round(one.points, 6) for one in shown.values()] == [-1.5]
    assert left_out == 3


def test_adjusted_means_take_strictness_out_and_stay_a_view(session: Session) -> None:
    cases = cases_of(session, 12)
    shown, _ = strictness(cases, RULES)

    first = adjusted(cases, shown)[0]

    assert first.mean == pytest.approx((97 + 99 + 99) / 3)
    assert first.adjusted == pytest.approx(98.5)
    assert adjusted(cases, {})[0].adjusted is None


def test_spreads_are_highest_less_lowest(session: Session) -> None:
    assert spreads(cases_of(session, 3)) == [2, 2, 2]


def rating(score: str, **items: str) -> Rating:
    return Rating(1, Decimal(score), "B", {code: Decimal(points) for code, points in items.items()}, {})


def test_figures_of_one_case() -> None:
    ratings = [
        rating("90", A="6"),
        rating("70", A="1", B="2"),
        rating("80", B="2"),
        rating("85"),
        rating("95"),
    ]

    found = case_figures(ratings)

    assert (found.mean, found.median, found.trimmed_mean, found.dispersion) == (84, 85, 85, 25)
    assert found.deviation is not None and round(found.deviation, 6) == Decimal("9.617692")
    assert found.items[0] == ItemLine(
        ItemSpread("A", Decimal(0), Decimal(6), 2, 5), (Decimal(6), Decimal(1), None, None, None), Decimal(0)
    )
    assert [line.spread.code for line in found.items] == ["A", "B"]


def test_one_score_has_no_deviation_and_four_no_trimmed_mean() -> None:
    assert case_figures([rating("90")]).deviation is None
    assert case_figures([rating("90")] * 4).trimmed_mean is None
