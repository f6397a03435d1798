"""How good a ranking is: the measures published for LeCaRD and STARD, and how sure a mean is."""

import math
import random
from collections.abc import Mapping, Sequence, Set
from statistics import mean

RELEVANT = 3  # the label of judgments that count for MAP and P@5


def ndcg(order: Sequence[str], labels: Mapping[str, int], most: int) -> float:
    """Gain of the first `most` over that of the best order, a label n at rank r giving n / log2(r + 1).

    As LeCaRD's authors compute it: gains are linear, and what has no label is left out of the order before.
    """
    best = _gain(sorted(labels.values(), reverse=True)[:most])
    return _gain([labels[key] for key in order if key in labels][:most]) / best if best else 0.0


def _gain(labels: Sequence[int]) -> float:
    return sum(label / math.log2(rank + 1) for rank, label in enumerate(labels, start=1))


def average_precision(order: Sequence[str], labels: Mapping[str, int]) -> float:
    """Mean of the precision at each labelled judgment with the label `RELEVANT`, what has no label left out."""
    found = [labels[key] == RELEVANT for key in order if key in labels]
    precisions = [mean(found[:rank]) for rank, is_relevant in enumerate(found, start=1) if is_relevant]
    return mean(precisions) if precisions else 0.0


def precision(order: Sequence[str], labels: Mapping[str, int], most: int) -> float:
    """Share of `RELEVANT` ones among the first `most` labelled."""
    found = [labels[key] == RELEVANT for key in order if key in labels]
    return sum(found[:most]) / most


def recall(order: Sequence[str], relevant: Set[str], most: int) -> float:
    """Share of the relevant ones that are among the first `most`."""
    return len(relevant & set(order[:most])) / len(relevant)


def reciprocal_rank(order: Sequence[str], relevant: Set[str]) -> float:
    """One over the rank of the first relevant one."""
    return next((1 / rank for rank, key in enumerate(order, start=1) if key in relevant), 0.0)


def interval(values: Sequence[float], samples: int = 1000) -> tuple[float, float]:
    """The middle 95 % of the means of resampled values (bootstrap), the same for the same values."""
    chance = random.Random(1)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(samples))
    return means[int(0.025 * samples)], means[int(0.975 * samples) - 1]
