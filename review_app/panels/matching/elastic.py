"""The model that gives way: every case may take steps of its ladder, each step counted.

For each step a case may stand at there is a column; exactly one of them is 1, and the rules of a step bind
only then. Rules that no step changes always bind.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from review_app.panels.matching.model import cliques_of, eligible, mask_of
from review_app.panels.matching.problem import Case, Problem
from review_app.panels.matching.program import NO_LIMIT, Program, Row, Whole
from review_app.panels.seating import Demands


@dataclass(frozen=True, eq=False)
class Elastic:
    """The program, and for each column that stands for a step: its case and the steps taken."""

    program: Program
    steps: dict[int, tuple[int, int]]

    def levels(self, values: Whole) -> list[int]:
        """How many steps each case takes."""
        taken = dict(self.steps[column] for column in sorted(self.steps) if values[column])
        return [taken[case] for case in sorted(taken)]


@dataclass(frozen=True)
class Bind:
    """One rule of one panel: between `low` and `high` of these experts."""

    experts: tuple[int, ...]
    low: int
    high: int


def binds_of(problem: Problem, number: int, demands: Demands) -> Iterator[Bind]:
    """All rules of one case under these demands but its size, also that nobody else may sit."""
    case, size = problem.cases[number], demands.size
    who = eligible(problem, number, demands)
    yield Bind(places(~who), 0, 0)
    for need in demands.at_least:
        yield Bind(places(mask_of(problem, need.experts) & who), need.count, size)
    if case.chairs:
        yield Bind(places(mask_of(problem, case.chairs) & who), 1, size)
    for limit in demands.at_most:
        yield Bind(places(mask_of(problem, limit.experts) & who), 0, limit.count)
    for employer in dict.fromkeys(demands.employer.values()):
        same = [one for one, other in demands.employer.items() if other == employer]
        yield Bind(places(mask_of(problem, same) & who), 0, demands.employer_max[employer])


def places(mask: Iterable[bool]) -> tuple[int, ...]:
    return tuple(place for place, there in enumerate(mask) if there)


def elastic_of(problem: Problem, lowest: Sequence[int]) -> Elastic:
    """The elastic model in which each case takes at least so many steps."""
    builder = Builder(problem)
    for number, case in enumerate(problem.cases):
        builder.add_case(number, case, lowest[number])
    builder.add_loads()
    return builder.built()


@dataclass
class Builder:
    problem: Problem
    rows: list[Row] = field(default_factory=list)
    locked: list[int] = field(default_factory=list)
    steps: dict[int, tuple[int, int]] = field(default_factory=dict)
    columns: int = 0
    starts: list[int] = field(default_factory=list)

    def add_case(self, number: int, case: Case, lowest: int) -> None:
        start, count = self.columns, len(self.problem.experts)
        demands = [case.demands, *(step.demands for step in case.ladder)]
        levels = range(lowest, len(demands))
        self.starts.append(start)
        self.columns += count + len(levels)
        self.steps.update({start + count + place: (number, level) for place, level in enumerate(levels)})
        self.locked += [start + place for place in places(mask_of(self.problem, case.locked))]
        ones = [start + count + place for place in range(len(levels))]
        self.add_row([(column, 1) for column in ones], 1, 1)
        size = case.demands.size
        self.add_row(seats(start, range(count)), size, size)
        for clique in cliques_of(self.problem.apart):
            self.add_row(seats(start, places(mask_of(self.problem, clique))), -NO_LIMIT, 1)
        rules = [dict.fromkeys(binds_of(self.problem, number, demands[level])) for level in levels]
        for bind in dict.fromkeys(bind for found in rules for bind in found):
            on = [one for one, found in zip(ones, rules, strict=True) if bind in found]
            self.bind(bind, start, on if len(on) < len(ones) else [], size)

    def bind(self, bind: Bind, start: int, on: Sequence[int], size: int) -> None:
        """The rule, binding only at the steps whose columns are given; at all when none is."""
        sitting = seats(start, bind.experts)
        if bind.low > 0:
            self.add_row([*sitting, *((one, -bind.low) for one in on)], 0 if on else bind.low, NO_LIMIT)
        slack = size - bind.high
        if slack > 0 and len(sitting) > bind.high:
            self.add_row([*sitting, *((one, slack) for one in on)], -NO_LIMIT, size if on else bind.high)

    def add_row(self, entries: Sequence[tuple[int, int]], low: int, high: int) -> None:
        pairs = np.array(entries, dtype=np.int64).reshape(-1, 2)
        self.rows.append(Row(pairs[:, 0], pairs[:, 1], low, high))

    def add_loads(self) -> None:
        for place, load in enumerate(self.problem.loads):
            entries = [(start + place, 1) for start in self.starts]
            self.add_row(entries, load.least or -NO_LIMIT, load.most)

    def built(self) -> Elastic:
        nothing = np.zeros(0, dtype=np.int64)
        lower = np.zeros(self.columns, dtype=np.int64)
        lower[self.locked] = 1
        upper = np.ones(self.columns, dtype=np.int64)
        empty = Program(lower, upper, np.zeros(1, dtype=np.int64), nothing, nothing, nothing, nothing)
        return Elastic(empty.with_rows(self.rows), self.steps)


def seats(start: int, experts: Iterable[int]) -> list[tuple[int, int]]:
    return [(start + place, 1) for place in experts]
