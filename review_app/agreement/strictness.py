"""How strict raters are: the additive two-way model *score = case + rater + rest*, fitted by least squares.

Raters of one case are compared with each other, so a rater who was given bad cases is not called strict. Effects are
comparable only among raters joined by common cases, directly or through others; within each such group they sum to
zero. Nothing is shrunk or weighted, and no score is changed by it. The interval takes the rest as equally wide
everywhere (standard error from the residual variance and the pseudo-inverse of the normal equations).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Rater = TypeVar("Rater", bound=Hashable)
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """``points`` by which a rater's scores lie above (more lenient) or below (stricter) those of the others in the
    same cases; ``margin`` is half the interval's width, None where nothing is left to estimate it from. ``group``
    numbers the raters joined by common cases, the largest group is 0."""

    points: float
    margin: float | None
    cases: int
    group: int


def effects(cases: Sequence[Mapping[Rater, float]], *, confidence: float) -> dict[Rater, Effect]:
    """The effect of every rater who shares a case with another. ``cases``: scores by rater; a rater without a score
    in a case is not in its mapping."""
    shared = [case for case in cases if len(case) >= 2]
    raters = sorted({rater for case in shared for rater in case}, key=str)
    place = {rater: index for index, rater in enumerate(raters)}
    weights, right = normal_equations(shared, place)
    inverse = np.linalg.pinv(weights, hermitian=True)
    points = inverse @ right
    groups = groups_of(shared, raters)
    spread = residual_spread(shared, place, points, len(set(groups.values())))
    reach = NormalDist().inv_cdf((1 + confidence) / 2)
    return {
        rater: Effect(
            points=float(points[index]),
            margin=None if spread is None else reach * spread * sqrt(max(inverse[index, index], 0.0)),
            cases=sum(rater in case for case in shared),
            group=groups[rater],
        )
        for rater, index in place.items()
    }


def normal_equations(
    cases: Sequence[Mapping[Rater, float]], place: Mapping[Rater, int]
) -> tuple[Numbers, Numbers]:
    """The equations for the raters alone, with the effect of every case taken out."""
    weights, right = np.zeros((len(place), len(place))), np.zeros(len(place))
    for case in cases:
        rows = [place[rater] for rater in case]
        scores = np.array([float(score) for score in case.values()])
        weights[np.ix_(rows, rows)] -= 1 / len(rows)
        weights[rows, rows] += 1
        right[rows] += scores - scores.mean()
    return weights, right


def groups_of(cases: Sequence[Mapping[Rater, float]], raters: Sequence[Rater]) -> dict[Rater, int]:
    """The number of each rater's group; raters are in one group when common cases join them."""
    group = {rater: index for index, rater in enumerate(raters)}
    for case in cases:
        first, *others = {group[rater] for rater in case}
        for rater in [one for one in raters if group[one] in others]:
            group[rater] = first
    sizes: dict[int, int] = {}
    for number in group.values():
        sizes[number] = sizes.get(number, 0) + 1
    order = sorted(sizes, key=lambda number: (-sizes[number], number))
    return {rater: order.index(number) for rater, number in group.items()}


def residual_spread(
    cases: Sequence[Mapping[Rater, float]], place: Mapping[Rater, int], points: Numbers, groups: int
) -> float | None:
    """Standard deviation of what case and rater leave unexplained; None without a degree of freedom."""
    free = sum(map(len, cases)) - len(cases) - len(place) + groups
    if free <= 0:
        return None
    rest = 0.0
    for case in cases:
        left = np.array([float(score) - points[place[rater]] for rater, score in case.items()])
        rest += float(((left - left.mean()) ** 2).sum())
    return sqrt(rest / free)


def adjusted_mean(case: Mapping[Rater, float], found: Mapping[Rater, Effect]) -> float | None:
    """The mean of a case's scores less each rater's effect: a labelled view, never a result. None unless the effect
    of every rater is known in the largest group."""
    known = [found.get(rater) for rater in case]
    if any(effect is None or effect.group != 0 for effect in known):
        return None
    scores = [float(score) - found[rater].points for rater, score in case.items()]
    return sum(scores) / len(scores)
