"""The measures of the benchmark against values worked out by hand."""

import runpy
from math import log2
from pathlib import Path
from typing import Any

import pytest

MEASURES: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[2] / "benchmarks" / "measures.py"), run_name="measures"
)
LABELS = {"a": 3, "b": 0, "c": 2, "d": 3}


def test_ndcg_compares_the_gain_with_that_of_the_best_order() -> None:
    gained = 0 + 3 / log2(3) + 2 / log2(4)
    best = 3 + 3 / log2(3) + 2 / log2(4)

    assert MEASURES["ndcg"](["b", "a", "c", "d"], LABELS, 3) == pytest.approx(gained / best)
    assert MEASURES["ndcg"](["a", "d", "c", "b"], LABELS, 10) == 1.0
    assert MEASURES["ndcg"](["a"], {"a": 0}, 10) == 0.0


def test_what_has_no_label_is_left_out_of_the_order() -> None:
    order = ["x", "a", "y", "d", "z", "c", "b"]

    assert MEASURES["ndcg"](order, LABELS, 10) == 1.0
    assert MEASURES["precision"](order, LABELS, 2) == 1.0
    assert MEASURES["average_precision"](order, LABELS) == 1.0


def test_precision_and_average_precision_count_the_highest_label_only() -> None:
    order = ["c", "a", "b", "d"]

    assert MEASURES["precision"](order, LABELS, 5) == 2 / 5
    assert MEASURES["average_precision"](order, LABELS) == (1 / 2 + 2 / 4) / 2
    assert MEASURES["average_precision"](["c"], {"c": 2}) == 0.0


def test_recall_and_reciprocal_rank_look_at_the_whole_order() -> None:
    order, relevant = ["x", "a", "y", "b"], frozenset("abc")

    assert MEASURES["recall"](order, relevant, 2) == 1 / 3
    assert MEASURES["recall"](order, relevant, 10) == 2 / 3
    assert MEASURES["reciprocal_rank"](order, relevant) == 1 / 2
    assert MEASURES["reciprocal_rank"](["x"], relevant) == 0.0


def test_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 0.5, 1.0] * 20

    low, high = MEASURES["interval"](values)

    assert 0.3 < low < 0.5 < high < 0.7
    assert (low, high) == MEASURES["interval"](values)
    assert MEASURES["interval"]([0.8] * 5) == (pytest.approx(0.8), pytest.approx(0.8))
