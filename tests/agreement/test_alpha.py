"""Krippendorff's alpha against published examples and the independent package ``krippendorff`` (Castro 2017)."""

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.agreement.alpha import Agreement, Metric, agreement, alpha, multiplicities

GAP = None
# four observers, twelve units, values missing: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, part C
# onwards; the coefficients are the paper's, to its three digits
FOUR_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3),
    (GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP),
)
# two observers, ten units, two values: the same paper, part A
TWO_OBSERVERS = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))
# three coders, fifteen units, most values missing: the worked example of the encyclopedia article on alpha
THREE_CODERS = (
    (GAP, GAP, GAP, GAP, GAP, 3, 4, 1, 2, 1, 1, 3, 3, GAP, 3),
    (1, GAP, 2, 1, 3, 3, 4, 3, GAP, GAP, GAP, GAP, GAP, GAP, GAP),
    (GAP, GAP, 2, 1, 3, 4, 4, GAP, 2, 1, 1, 3, 3, GAP, 4),
)
NAMES = {Metric.NOMINAL: "nominal", Metric.ORDINAL: "ordinal", Metric.INTERVAL: "interval"}


def units(table):
    """The units of a table of observers, without what is missing."""
    return [[value for value in column if value is not GAP] for column in zip(*table, strict=True)]


def reference(table, metric):
    rows = [[np.nan if value is GAP else value for value in row] for row in table]
    return krippendorff.alpha(reliability_data=rows, level_of_measurement=NAMES[metric])


@pytest.mark.parametrize(
    ("table", "metric", "published"),
    [
        (TWO_OBSERVERS, Metric.NOMINAL, 0.095),
        (FOUR_OBSERVERS, Metric.NOMINAL, 0.743),
        (FOUR_OBSERVERS, Metric.ORDINAL, 0.815),
        (FOUR_OBSERVERS, Metric.INTERVAL, 0.849),
        (THREE_CODERS, Metric.NOMINAL, 0.691),
        (THREE_CODERS, Metric.INTERVAL, 0.811),
    ],
)
def test_alpha_is_the_published_one(table, metric, published):
    assert round(alpha(units(table), metric), 3) == published


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("table", [TWO_OBSERVERS, FOUR_OBSERVERS, THREE_CODERS])
def test_alpha_equals_the_independent_package_on_the_examples(table, metric):
    assert math.isclose(alpha(units(table), metric), reference(table, metric), abs_tol=1e-9)


values = st.one_of(st.none(), st.integers(0, 200).map(lambda half: half / 2))
tables = st.integers(2, 7).flatmap(
    lambda raters: st.lists(st.lists(values, min_size=raters, max_size=raters), min_size=2, max_size=25).map(
        lambda columns: list(zip(*columns, strict=True))
    )
)


@settings(max_examples=60, deadline=None)
@given(table=tables, metric=st.sampled_from(Metric))
def test_alpha_equals_the_independent_package_on_any_scores_with_gaps(table, metric):
    found = alpha(units(table), metric)
    paired = [value for unit in units(table) if len(unit) >= 2 for value in unit]

    if len(set(paired)) < 2:
        assert found is None
    else:
        assert math.isclose(found, reference(table, metric), abs_tol=1e-9)


@settings(max_examples=30, deadline=None)
@given(table=tables, metric=st.sampled_from(Metric))
def test_order_of_raters_and_units_and_lonely_values_change_nothing(table, metric):
    given_units = units(table)
    turned = [[*reversed(unit)] for unit in reversed(given_units)] + [[99.5], []]

    one, other = alpha(given_units, metric), alpha(turned, metric)

    assert (one is None and other is None) or math.isclose(one, other, abs_tol=1e-9)


def test_a_missing_score_is_not_a_score_of_zero():
    with_gap = [[90, 88], [70], [60, 62]]
    with_zero = [[90, 88], [70, 0], [60, 62]]

    assert alpha(with_gap, Metric.INTERVAL) == alpha([[90, 88], [60, 62]], Metric.INTERVAL)
    assert alpha(with_gap, Metric.INTERVAL) > alpha(with_zero, Metric.INTERVAL)


def test_scores_of_zero_count():
    assert alpha([[0, 0], [100, 100]], Metric.INTERVAL) == 1
    assert alpha([[0, 100], [100, 0]], Metric.INTERVAL) == -0.5


@pytest.mark.parametrize("same", [[], [[5.0]], [[80, 80], [80, 80, 80]]])
def test_without_difference_there_is_no_alpha(same):
    assert alpha(same, Metric.INTERVAL) is None


def rated(*cases):
    return agreement(
        [[case] for case in cases], Metric.INTERVAL, least=3, draws=400, confidence=0.95, seed=20240402
    )


def test_too_few_cases_give_counts_but_no_figure():
    found = rated([90, 91], [70, 72, 71], [60])

    assert found == Agreement(None, None, None, cases=2, units=2, values=5, enough=False)


def test_the_interval_surrounds_alpha_and_is_the_same_for_the_same_seed():
    cases = [[90, 91, 88], [70, 76, 71], [60, 66, 64], [82, 85, 80], [75, 70, 77], [95, 93, 90]]

    found, again = rated(*cases), rated(*cases)

    assert found == again
    assert found.low < found.alpha < found.high <= 1
    assert (found.cases, found.units, found.values, found.enough) == (6, 6, 18, True)
    assert found.alpha == alpha(cases, Metric.INTERVAL)


def test_each_draw_has_as_many_cases_as_there_are():
    rows = multiplicities(7, 50, seed=1)

    assert rows.sum(axis=1).tolist() == [7] * 50
    assert multiplicities(7, 50, seed=1).tolist() == rows.tolist()
    assert multiplicities(7, 50, seed=2).tolist() != rows.tolist()


def test_an_interval_of_drawn_cases_is_what_drawing_them_one_by_one_gives():
    """The fast way adds sums; this goes back to the values of each drawn case."""
    cases = [[3, 3, 4], [1, 2], [2, 2, 2], [4, 3, 4], [1, 1, 3]]
    drawn = []
    for row in multiplicities(len(cases), 200, seed=7).astype(int):
        sample = [case for case, times in zip(cases, row, strict=True) for _ in range(times)]
        drawn.append(alpha(sample, Metric.ORDINAL))
    known = [one for one in drawn if one is not None]

    found = agreement([[case] for case in cases], Metric.ORDINAL, least=2, draws=200, confidence=0.9, seed=7)

    assert len(known) >= 190
    assert np.allclose([found.low, found.high], np.quantile(known, [0.05, 0.95]), atol=1e-9)
