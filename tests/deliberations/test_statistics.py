from decimal import Decimal

import pytest

from review_app.deliberations.statistics import mean, median, round_half_up, statistics


@pytest.mark.parametrize(
    ("values", "expected"), [([3], 3), ([1, 2], "1.5"), ([5, 1, 3], 3), ([4, 1, 2, 3], "2.5"), ([0, 0, 5], 0)]
)
def test_median(values: list[int], expected: str) -> None:
    assert median([Decimal(value) for value in values]) == Decimal(expected)


def test_mean_counts_zero() -> None:
    assert mean([Decimal(0), Decimal(100)]) == 50


@pytest.mark.parametrize(
    ("value", "expected"),
    [("74.24", "74"), ("74.25", "74.5"), ("74.5", "74.5"), ("74.74", "74.5"), ("74.75", "75"), ("0", "0")],
)
def test_round_half_up(value: str, expected: str) -> None:
    assert round_half_up(Decimal(value), Decimal("0.5")) == Decimal(expected)


def test_one_score_has_no_spread() -> None:
    figures = statistics({"m1": Decimal(80)}, {"m1": "B"})

    assert (figures.dispersion, figures.grade_gap, figures.trimmed_mean) == (0, 0, None)
