"""Krippendorff's alpha: how far raters agree beyond chance, from 1 (always) over 0 (as if drawn by lot) downwards.

Krippendorff, K. (2011): Computing Krippendorff's Alpha-Reliability. alpha = 1 − observed / expected disagreement,
both from the coincidences of values within units; a unit with fewer than two values pairs with nothing and is left
out, and a missing value is simply not there. Ordinal distances are interval distances between mid-ranks.

The interval is the percentile bootstrap over whole cases (Efron 1979; for alpha Zapf et al. 2016, BMC Medical
Research Methodology 16:93): values of one case depend on each other, so cases are drawn, not values.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Unit = Sequence[float]
Case = Sequence[Unit]
# the part of the draws in which alpha may be undefined before no interval is given
UNDEFINED_DRAWS = 0.05


class Metric(StrEnum):
    """What a distance between two values means: same or not, the order, the difference."""

    NOMINAL = "NOMINAL"
    ORDINAL = "ORDINAL"
    INTERVAL = "INTERVAL"


@dataclass(frozen=True)
class Agreement:
    """``alpha`` with its interval (``low`` … ``high``), from ``values`` values of ``units`` units in ``cases`` cases.
    None where there are too few cases (``enough`` is False) or nothing ever differed, so that chance has no measure."""

    alpha: float | None
    low: float | None
    high: float | None
    cases: int
    units: int
    values: int
    enough: bool = True


def alpha(units: Iterable[Unit], metric: Metric) -> float | None:
    """Alpha of ``units``, each the values its raters gave. None when no two values differ or can be paired."""
    paired = [unit for unit in units if len(unit) >= 2]
    if not paired:
        return None
    values = known_values(paired)
    row = sums_of(paired, metric, values, mean_of(paired))
    return defined(alphas(row[np.newaxis, :], metric, len(values))[0])


def agreement(
    cases: Sequence[Case], metric: Metric, *, least: int, draws: int, confidence: float, seed: int
) -> Agreement:
    """Alpha over the units of all cases with its interval. ``least``: cases with something to compare below which no
    figure is given. The same input and seed give the same interval."""
    useful = [[unit for unit in case if len(unit) >= 2] for case in cases]
    useful = [case for case in useful if case]
    units = [unit for case in useful for unit in case]
    counts = len(useful), len(units), sum(map(len, units))
    if len(useful) < max(least, 2):
        return Agreement(None, None, None, *counts, enough=False)
    values, centre = known_values(units), mean_of(units)
    rows = np.array([sums_of(case, metric, values, centre) for case in useful])
    whole = defined(alphas(rows.sum(axis=0)[np.newaxis, :], metric, len(values))[0])
    drawn = alphas(multiplicities(len(rows), draws, seed) @ rows, metric, len(values))
    low, high = percentiles(drawn, confidence) if whole is not None else (None, None)
    return Agreement(whole, low, high, *counts)


def known_values(units: Iterable[Unit]) -> list[float]:
    return sorted({value for unit in units for value in unit})


def mean_of(units: Sequence[Unit]) -> float:
    values = [value for unit in units for value in unit]
    return float(sum(values)) / len(values)


def sums_of(units: Sequence[Unit], metric: Metric, values: Sequence[float], centre: float) -> Numbers:
    """What the units add to alpha: sums that add up over cases. Interval: count, sum, sum of squares (of values less
    ``centre``) and disagreement within units. Otherwise the matrix of coincidences of ``values``, flattened."""
    if metric is Metric.INTERVAL:
        return np.sum([interval_sums(unit, centre) for unit in units], axis=0)  # type: ignore[no-any-return]
    places = {value: place for place, value in enumerate(values)}
    return np.sum([coincidences(unit, places) for unit in units], axis=0).ravel()  # type: ignore[no-any-return]


def interval_sums(unit: Unit, centre: float) -> Numbers:
    given = np.array([float(value) - centre for value in unit])
    size, total, squares = len(given), given.sum(), (given**2).sum()
    apart = given - given.mean()
    return np.array([size, total, squares, 2 * size * (apart**2).sum() / (size - 1)])


def coincidences(unit: Unit, places: dict[float, int]) -> Numbers:
    counts = np.zeros(len(places))
    for value in unit:
        counts[places[value]] += 1
    return (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)


def alphas(rows: Numbers, metric: Metric, size: int) -> Numbers:
    """Alpha of each row of sums; not a number where nothing differs. ``size``: how many values are known."""
    if metric is Metric.INTERVAL:
        count, total, squares, apart = rows.T
        expected = 2 * (count * squares - total**2)
        return quotient((count - 1) * apart, expected, count)
    matrices = rows.reshape(len(rows), size, size)
    counts = matrices.sum(axis=2)
    distances = distances_of(counts, metric)
    count = counts.sum(axis=1)
    observed = (matrices * distances).sum(axis=(1, 2))
    expected = (counts[:, :, np.newaxis] * counts[:, np.newaxis, :] * distances).sum(axis=(1, 2))
    return quotient((count - 1) * observed, expected, count)


def distances_of(counts: Numbers, metric: Metric) -> Numbers:
    """Squared distances between the values, for each row of counts."""
    if metric is Metric.NOMINAL:
        size = counts.shape[1]
        return np.broadcast_to(1 - np.eye(size), (len(counts), size, size))
    ranks = np.cumsum(counts, axis=1) - counts / 2
    return (ranks[:, :, np.newaxis] - ranks[:, np.newaxis, :]) ** 2


def quotient(observed: Numbers, expected: Numbers, count: Numbers) -> Numbers:
    """1 − observed/expected; not a number where the expected disagreement is nothing but rounding."""
    possible = expected > 1e-9 * np.maximum(count, 1)
    result = np.full(len(expected), np.nan)
    np.divide(observed, expected, out=result, where=possible)
    return 1 - result


def defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def multiplicities(size: int, draws: int, seed: int) -> Numbers:
    """How often each of ``size`` cases is in each of ``draws`` samples of as many cases, drawn with replacement. Only
    ``Random.random`` is used: it gives the same numbers in every version of Python."""
    lot = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    rows = np.zeros((draws, size))
    for row in rows:
        for _ in range(size):
            row[int(lot.random() * size)] += 1
    return rows


def percentiles(drawn: Numbers, confidence: float) -> tuple[float | None, float | None]:
    good = drawn[~np.isnan(drawn)]
    if len(good) < (1 - UNDEFINED_DRAWS) * len(drawn):
        return None, None
    edge = (1 - confidence) / 2
    low, high = np.quantile(good, [edge, 1 - edge])
    return float(low), float(high)
