"""The rules of all cases as arrays, for backlogs too large to be solved as one model.

Every expert gets for every case a kind: which needs he meets and which limits he uses there. Cases with the
same numbers (open seats, needs, room under limits) have one shape and are handled together.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from review_app.panels.lottery import noise_of
from review_app.panels.matching.problem import BARRED, Case, Problem
from review_app.panels.seating import AtLeast, AtMost, Demands

Ints = NDArray[np.int64]

KEPT = 512
"""weight of a seat kept: less than one point of the score, more than the seeded digits (0 to 255)"""
LAST_DIGITS = 255
"""the bits of a weight that hold its seeded digits"""
CLOSED = -(2**31)
"""weight of an expert who may not sit there"""


@dataclass(frozen=True)
class Shape:
    """Open seats beside the locked ones, needs still unmet and room left, in the order of their bits."""

    seats: int
    needs: tuple[int, ...]
    rooms: tuple[int, ...]


@dataclass(frozen=True)
class Bound:
    """One case as arrays know it: its shape, the sets behind the bits, experts who are closed besides."""

    shape: Shape
    sets: tuple[frozenset[str], ...]
    locked: tuple[int, ...]
    closed: tuple[int, ...]


class LocksBreakRules(Exception):
    """The locked members of these cases break a limit or leave too few seats for a need."""

    def __init__(self, cases: Sequence[str]) -> None:
        super().__init__(", ".join(cases))
        self.cases = tuple(cases)


@dataclass(frozen=True, eq=False)
class Table:
    """The rules of all cases: `kind[code_row[c], e]` is the kind of expert e in case c, an index into
    `kinds` of the case's shape; `employer` and `employer_max` likewise by `employer_row`."""

    problem: Problem
    levels: tuple[int, ...]
    bounds: tuple[Bound, ...]
    shapes: tuple[Shape, ...]
    shape_of: Ints
    kinds: Mapping[Shape, tuple[int, ...]]
    kind: NDArray[np.int16]
    code_row: Ints
    employer: NDArray[np.int32]
    employer_max: NDArray[np.int16]
    employer_row: Ints

    @cached_property
    def unit(self) -> int:
        """Weight of one point of the score; what is below it decides between equals only."""
        most = int(self.problem.scores.max(initial=1)) + self.problem.keep_bonus + self.problem.noise
        return 1 << max(10, 30 - most.bit_length())

    @cached_property
    def weights(self) -> NDArray[np.int32]:
        """Scores in units, plus a bonus for seats kept and seeded digits between equals; CLOSED where
        nobody may be seated by choice (barred, locked already, or shut out by those locked)."""
        problem = self.problem
        weights = np.empty(problem.scores.shape, np.int32)
        for row, case in enumerate(problem.cases):
            scores = problem.scores[row]
            digits = np.frombuffer(seeded(problem.seed, case.id, len(scores)), np.uint8)
            weights[row] = (scores + self.noise(row)) * self.unit + digits
            kept = [problem.place_of[expert] for expert in case.previous if expert in problem.place_of]
            weights[row, kept] += problem.keep_bonus * self.unit + KEPT
            weights[row, scores == BARRED] = CLOSED
            weights[row, self.employer[self.employer_row[row]] < 0] = CLOSED
            weights[row, list(self.bounds[row].closed)] = CLOSED
        return weights

    def noise(self, row: int) -> Ints:
        """What a random match adds to the scores of a case."""
        problem = self.problem
        found = np.zeros(len(problem.experts), np.int64)
        if problem.noise:
            case = problem.cases[row].id
            for place in np.flatnonzero(problem.scores[row] != BARRED):
                found[place] = noise_of(problem.seed, case, problem.experts[place], problem.noise)
        return found

    @cached_property
    def apart(self) -> NDArray[np.bool_]:
        """Whether two experts are kept apart."""
        size = len(self.problem.experts)
        found = np.zeros((size, size), bool)
        for one, other in self.problem.apart:
            if one in self.problem.place_of and other in self.problem.place_of:
                a, b = self.problem.place_of[one], self.problem.place_of[other]
                found[a, b] = found[b, a] = True
        return found

    @cached_property
    def most(self) -> Ints:
        return np.array([load.most for load in self.problem.loads], np.int64)

    @cached_property
    def least(self) -> Ints:
        return np.array([load.least for load in self.problem.loads], np.int64)

    @cached_property
    def has_locks(self) -> NDArray[np.bool_]:
        return np.array([bool(bound.locked) for bound in self.bounds])

    @cached_property
    def locked_load(self) -> Ints:
        """How many seats of each expert are locked."""
        places = [place for bound in self.bounds for place in bound.locked]
        return np.bincount(np.array(places, np.int64), minlength=len(self.problem.experts))

    @cached_property
    def locked_score(self) -> Ints:
        """Score of the locked seats of each case."""
        scores = self.problem.scores
        return np.array(
            [sum(int(scores[row, place]) for place in bound.locked) for row, bound in enumerate(self.bounds)],
            np.int64,
        )


def seeded(seed: bytes, case: str, length: int) -> bytes:
    """One byte per expert from the seed and the case, the same on every machine."""
    return hashlib.shake_256(seed + b"|" + case.encode()).digest(length)


def demands_at(case: Case, level: int) -> Demands:
    """What binds the case after so many steps of its ladder."""
    demands = case.ladder[level - 1].demands if level else case.demands
    if not case.chairs or any(need.count > 0 and need.experts <= case.chairs for need in demands.at_least):
        return demands
    return replace(demands, at_least=(*demands.at_least, AtLeast("CHAIR", case.chairs, 1)))


def table_of(problem: Problem, levels: Sequence[int]) -> Table:
    """The arrays of a problem. Raises LocksBreakRules when locked members cannot be part of a legal panel."""
    maker = Maker(problem)
    bounds = maker.bounds(levels)
    shapes = tuple(sorted({bound.shape for bound in bounds}, key=repr))
    rows: dict[tuple[Shape, tuple[frozenset[str], ...]], int] = {}
    code_row = [rows.setdefault((bound.shape, bound.sets), len(rows)) for bound in bounds]
    codes = [(shape, maker.codes(sets)) for shape, sets in rows]
    kinds = {
        shape: tuple(int(code) for code in np.unique(np.concatenate([c for s, c in codes if s == shape])))
        for shape in shapes
    }
    kind = [np.searchsorted(np.array(kinds[shape]), code) for shape, code in codes]
    employer, employer_max, employer_row = maker.employers(levels)
    return Table(
        problem=problem,
        levels=tuple(levels),
        bounds=bounds,
        shapes=shapes,
        shape_of=np.array([shapes.index(bound.shape) for bound in bounds], np.int64),
        kinds=kinds,
        kind=np.array(kind, np.int16),
        code_row=np.array(code_row, np.int64),
        employer=employer,
        employer_max=employer_max,
        employer_row=employer_row,
    )


class Maker:
    """Turns demands into arrays; sets and employers that cases share are read once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.members: dict[frozenset[str], NDArray[np.int64]] = {}
        self.apart: dict[str, set[str]] = {}
        for one, other in problem.apart:
            self.apart.setdefault(one, set()).add(other)
            self.apart.setdefault(other, set()).add(one)

    def bounds(self, levels: Sequence[int]) -> tuple[Bound, ...]:
        found = [self.bound(case, level) for case, level in zip(self.problem.cases, levels, strict=True)]
        broken = [case.id for case, bound in zip(self.problem.cases, found, strict=True) if bound is None]
        if broken:
            raise LocksBreakRules(broken)
        return tuple(bound for bound in found if bound is not None)

    def bound(self, case: Case, level: int) -> Bound | None:
        """What is left to decide in a case; None when its locked members break the rules."""
        demands = demands_at(case, level)
        seats = demands.size - len(case.locked)
        needs = [need_left(need, case.locked) for need in demands.at_least]
        rooms = [room_left(limit, case.locked) for limit in demands.at_most]
        if seats < max([0, *needs]) or min([0, *rooms]) < 0 or self.locks_clash(case, demands):
            return None
        kept_needs = [place for place, count in enumerate(needs) if count > 0]
        kept_rooms = [place for place, room in enumerate(rooms) if room < seats]
        return Bound(
            Shape(seats, tuple(needs[place] for place in kept_needs), tuple(rooms[p] for p in kept_rooms)),
            (
                *(demands.at_least[place].experts for place in kept_needs),
                *(demands.at_most[place].experts for place in kept_rooms),
            ),
            tuple(sorted(self.problem.place_of[expert] for expert in case.locked)),
            self.closed(case, demands),
        )

    def locks_clash(self, case: Case, demands: Demands) -> bool:
        """Whether locked members are barred, kept apart, or too many of one employer."""
        row = self.problem.scores[self.problem.row_of[case.id]]
        return (
            not case.locked <= demands.employer.keys()
            or "SAME_EMPLOYER" in demands.broken_limits(case.locked)
            or any(self.apart.get(expert, set()) & case.locked for expert in case.locked)
            or any(row[self.problem.place_of[expert]] == BARRED for expert in case.locked)
        )

    def closed(self, case: Case, demands: Demands) -> tuple[int, ...]:
        """Who cannot be chosen because of those locked: themselves, who is kept apart from them, and
        colleagues of theirs where the employer's limit is reached."""
        if not case.locked:
            return ()
        out = set(case.locked)
        for expert in case.locked:
            out |= self.apart.get(expert, set())
        for expert, employer in demands.employer.items():
            there = sum(demands.employer[one] == employer for one in case.locked)
            if there and there >= demands.employer_max[employer]:
                out.add(expert)
        return tuple(sorted(self.problem.place_of[one] for one in out if one in self.problem.place_of))

    def codes(self, sets: Sequence[frozenset[str]]) -> Ints:
        """For every expert the bits of the sets he belongs to."""
        code = np.zeros(len(self.problem.experts), np.int64)
        for bit, experts in enumerate(sets):
            code |= self.member(experts) << bit
        return code

    def member(self, experts: frozenset[str]) -> Ints:
        if experts not in self.members:
            places = [self.problem.place_of[one] for one in experts if one in self.problem.place_of]
            self.members[experts] = np.zeros(len(self.problem.experts), np.int64)
            self.members[experts][places] = 1
        return self.members[experts]

    def employers(self, levels: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.int16], Ints]:
        """Employers as running numbers with their limits, one row for all cases that share them."""
        rows: dict[tuple[int, int], int] = {}
        made: list[tuple[Ints, Ints]] = []
        row_of = []
        for case, level in zip(self.problem.cases, levels, strict=True):
            demands = demands_at(case, level)
            key = (id(demands.employer), id(demands.employer_max))  # the problem keeps them alive
            if key not in rows:
                rows[key] = len(made)
                made.append(self.employer_row(demands))
            row_of.append(rows[key])
        numbers, limits = zip(*made, strict=True)
        return np.array(numbers, np.int32), np.array(limits, np.int16), np.array(row_of, np.int64)

    def employer_row(self, demands: Demands) -> tuple[Ints, Ints]:
        running: dict[str, int] = {}
        numbers = np.empty(len(self.problem.experts), np.int64)
        limits = np.full(len(self.problem.experts), 99, np.int64)
        for place, expert in enumerate(self.problem.experts):
            employer = demands.employer.get(expert)
            if employer is None:  # not of this case's pool
                numbers[place] = -1 - place
            else:
                numbers[place] = running.setdefault(employer, len(running))
                limits[place] = demands.employer_max[employer]
        return numbers, limits


def need_left(need: AtLeast, locked: frozenset[str]) -> int:
    return need.count - len(need.experts & locked)


def room_left(limit: AtMost, locked: frozenset[str]) -> int:
    return limit.count - len(limit.experts & locked)
