"""Figures about a panel's individual scores. Every score counts, 0 too; a missing one is not a low one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from review_app.evaluations.grading import levels_between


@dataclass(frozen=True)
class Statistics:
    """``dispersion`` = highest − lowest; ``trimmed_mean`` without the highest and the lowest, from five
    scores on; ``grade_gap`` = levels between the best and the worst individual grade."""

    scores: Mapping[str, Decimal]
    grades: Mapping[str, str]
    mean: Decimal
    median: Decimal
    trimmed_mean: Decimal | None
    dispersion: Decimal
    grade_gap: int

    def as_json(self) -> dict[str, object]:
        return {
            "scores": dict(self.scores),
            "grades": dict(self.grades),
            "mean": self.mean,
            "median": self.median,
            "trimmed_mean": self.trimmed_mean,
            "dispersion": self.dispersion,
            "grade_gap": self.grade_gap,
        }


def statistics(scores: Mapping[str, Decimal], grades: Mapping[str, str]) -> Statistics:
    """Figures of the scores (by member, never empty) and of the grades the members propose."""
    ordered = sorted(scores.values())
    letters = sorted(grades.values())
    return Statistics(
        scores=scores,
        grades=grades,
        mean=mean(ordered),
        median=median(ordered),
        trimmed_mean=trimmed_mean(ordered),
        dispersion=ordered[-1] - ordered[0],
        grade_gap=levels_between(letters[0], letters[-1]),
    )


def mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def trimmed_mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean without the highest and the lowest value; None below five values."""
    return mean(sorted(values)[1:-1]) if len(values) >= 5 else None


def deviation(values: Sequence[Decimal]) -> Decimal | None:
    """The standard deviation of a sample (divided by n − 1); None below two values."""
    if len(values) < 2:
        return None
    middle = mean(values)
    return (sum(((value - middle) ** 2 for value in values), Decimal(0)) / (len(values) - 1)).sqrt()


def round_half_up(value: Decimal, step: Decimal) -> Decimal:
    """``value`` to the nearest multiple of ``step``, halves upwards."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
