"""Strictness of raters against an ordinary regression with a column per case and rater."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.agreement.strictness import Effect, adjusted_mean, effects


def found(cases):
    return effects(cases, confidence=0.95)


def points(cases):
    return {rater: round(effect.points, 9) for rater, effect in found(cases).items()}


def test_a_rater_who_is_always_three_points_below_the_other_is_the_stricter_one():
    cases = [{"a": 90, "b": 87}, {"a": 60, "b": 57}, {"a": 75, "b": 72}]

    assert points(cases) == {"a": 1.5, "b": -1.5}


def test_bad_cases_do_not_make_a_rater_strict():
    cases = [{"a": 90, "b": 90}, {"b": 88, "c": 88}, {"c": 40, "d": 40}, {"c": 35, "d": 35}]

    assert points(cases) == {"a": 0, "b": 0, "c": 0, "d": 0}


def test_raters_without_a_common_case_are_of_different_groups():
    cases = [{"a": 90, "b": 80}, {"b": 70, "c": 75}, {"d": 60, "e": 50}, {"f": 99}]

    groups = {rater: effect.group for rater, effect in found(cases).items()}

    assert groups == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1}
    assert points(cases)["d"] == 5


def test_without_anything_left_over_there_is_no_interval():
    assert found([{"a": 90, "b": 80}])["a"] == Effect(pytest.approx(5), None, 1, 0)


scores = st.integers(0, 200).map(lambda half: half / 2)
many = st.lists(st.dictionaries(st.integers(0, 6), scores, min_size=2, max_size=6), min_size=4, max_size=20)


@settings(max_examples=40, deadline=None)
@given(cases=many)
def test_effects_equal_an_ordinary_regression(cases):
    effect = found(cases)
    raters = sorted(effect)
    rows, wanted = [], []
    for number, case in enumerate(cases):
        for rater, score in case.items():
            row = np.zeros(len(cases) + len(raters))
            row[number] = row[len(cases) + raters.index(rater)] = 1
            rows.append(row)
            wanted.append(score)
    fitted = np.linalg.lstsq(np.array(rows), np.array(wanted), rcond=None)[0][len(cases) :]
    for group in {one.group for one in effect.values()}:
        members = [rater for rater in raters if effect[rater].group == group]
        own = np.array([fitted[raters.index(rater)] for rater in members])

        assert np.allclose([effect[rater].points for rater in members], own - own.mean(), atol=1e-8)


def test_the_margin_is_that_of_the_regression():
    """Two raters, differences 2, 4, 3: their effect is ±1.5; the rest has 2 degrees of freedom."""
    cases = [{"a": 92, "b": 90}, {"a": 64, "b": 60}, {"a": 73, "b": 70}]
    rest = np.sqrt(sum((difference - 3) ** 2 / 2 for difference in (2, 4, 3)) / 2)

    assert found(cases)["a"].margin == pytest.approx(1.959963985 * rest * np.sqrt(1 / 6), abs=1e-8)


def test_an_adjusted_mean_takes_the_raters_own_level_out():
    cases = [{"a": 90, "b": 86}, {"b": 70, "c": 74}, {"a": 80, "c": 80}]
    effect = found(cases)

    assert points(cases) == {
        "a": pytest.approx(1.333333333),
        "b": pytest.approx(-2.666666667),
        "c": pytest.approx(1.333333333),
    }
    assert adjusted_mean({"a": 90, "b": 86}, effect) == pytest.approx(88 - (1.3333333333 - 2.6666666667) / 2)


def test_nothing_is_adjusted_where_a_rater_is_unknown_or_of_another_group():
    effect = found([{"a": 90, "b": 86}, {"a": 70, "b": 72}, {"c": 50, "d": 60}])

    assert adjusted_mean({"a": 90, "x": 80}, effect) is None
    assert adjusted_mean({"c": 50, "d": 60}, effect) is None
