"""What the seed decides: digits that make the optimum unique, the noise of a random match, the chair.

All of it comes from the seeded numbers of the lottery, which depend on seed and ids alone: neither on the
order of the input nor on the machine.
"""

from collections.abc import Iterable

import numpy as np

from review_app.panels.lottery import noise_of, number_of
from review_app.panels.matching.model import Model
from review_app.panels.matching.problem import Case, Problem
from review_app.panels.matching.program import Mask, Whole

DIGIT_BITS = 20
DIGIT = 1 << DIGIT_BITS
DIGITS_PER_NUMBER = 3


def digit_of(seed: bytes, case: str, expert: str, level: int) -> int:
    """The digit of one seat at one level (1, 2, …), below 2^20: each seeded number gives three, from its
    lowest bits up; the numbers' purposes are tie, tie2, tie3, …"""
    number, part = divmod(level - 1, DIGITS_PER_NUMBER)
    purpose = "tie" if number == 0 else f"tie{number + 1}"
    return (number_of(seed, purpose, case, expert) >> DIGIT_BITS * part) % DIGIT


def digits_of(model: Model, level: int, wanted: Mask) -> Whole:
    """The digits of the wanted columns, 0 for all others."""
    problem, digits = model.problem, np.zeros(len(model.case_of), dtype=np.int64)
    for column in np.flatnonzero(wanted).tolist():
        digits[column] = digit_of(problem.seed, *ids_of(model, column), level)
    return digits


def noise_for(model: Model) -> Whole:
    """The noise of every column at the problem's level."""
    problem = model.problem
    noise = [
        noise_of(problem.seed, *ids_of(model, column), problem.noise) for column in range(len(model.case_of))
    ]
    return np.array(noise, dtype=np.int64)


def ids_of(model: Model, column: int) -> tuple[str, str]:
    """Case and expert of a column."""
    return model.problem.cases[model.case_of[column]].id, model.problem.experts[model.expert_of[column]]


def chair_of(problem: Problem, case: Case, members: Iterable[str]) -> str | None:
    """The member with the lowest seeded number among those who may lead; None when nobody need be able to."""
    able = [member for member in members if member in case.chairs]
    return min(able, key=lambda one: (number_of(problem.seed, "chair", case.id, one), one), default=None)
