"""Why these and not the others: for every seat what it is needed for, and for every eligible expert with at
least the score of a seated one, what stands against each exchange. Every reason names facts that
`confirming.py` can check again.

In a proven match each such reason exists: were an exchange lawful, within everybody's load and better, the
match would not be the best. What only a plan with a gap, or the noise of a random match, leaves open is
said as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from review_app.panels.matching.openings import Opening, opening_of
from review_app.panels.matching.problem import BARRED, Case, Matched, Problem, Status
from review_app.panels.matching.verifying import Fault, demands_after, panel_faults, panel_sum, seats_taken
from review_app.panels.seating import Demands


class Kind(StrEnum):
    """What stands against an exchange.

    LOCKED: the member's seat is locked. RULE: the panel would break the named rules. APART: two people kept
    apart would meet. COLLEAGUE_UNDER_MINIMUM: the member would fall under his least number of panels.
    LOAD_FULL: the expert already has as many panels as he may take. PRICE: the total would fall.
    FLOOR_OF_OTHER_CASE: the total would rise, but another panel would fall below the worst one. KEPT: a seat
    of the earlier plan is kept for its bonus. SEEDED_TIE: equal in everything, the seeded digits decided.
    EQUAL: equal, in a plan that is not proven best.
    NOISE: better, but the random match decided otherwise. NOT_PROVEN: better; the plan is not proven best.
    """

    LOCKED = "LOCKED"
    RULE = "RULE"
    APART = "APART"
    COLLEAGUE_UNDER_MINIMUM = "COLLEAGUE_UNDER_MINIMUM"
    LOAD_FULL = "LOAD_FULL"
    PRICE = "PRICE"
    FLOOR_OF_OTHER_CASE = "FLOOR_OF_OTHER_CASE"
    KEPT = "KEPT"
    SEEDED_TIE = "SEEDED_TIE"
    EQUAL = "EQUAL"
    NOISE = "NOISE"
    NOT_PROVEN = "NOT_PROVEN"


@dataclass(frozen=True)
class Seated:
    """A member, his score, and what his seat is needed for: rules that would be short without him, LOCKED,
    LOAD_MINIMUM (his own least number of panels), KEPT (a seat of the earlier plan)."""

    expert: str
    score: int
    binds: tuple[str, ...]
    is_chair: bool


@dataclass(frozen=True)
class Obstacle:
    """What stands against taking the expert instead of this member; `gain` is what it would add to the
    panel's sum, `faults` the rules it would break."""

    member: str
    kind: Kind
    gain: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Hold:
    """What keeps a fully loaded expert in another panel: the best exchange that would free him there.

    He would take `member`'s seat here and `successor` his seat in `case`; `difference` is what that does to
    the total, `sum` what is left of the other panel's sum. Without a successor no exchange is lawful.
    """

    case: str
    kind: Kind
    member: str = ""
    successor: str = ""
    difference: int = 0
    sum: int = 0


@dataclass(frozen=True)
class Passed:
    """An eligible expert who scores at least as much as some member and is not seated: one obstacle for
    each such member (lowest score first), and what holds him elsewhere when his load is full."""

    case: str
    expert: str
    score: int
    obstacles: tuple[Obstacle, ...]
    holds: tuple[Hold, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The different obstacles, each once."""
        return tuple(dict.fromkeys(obstacle.kind for obstacle in self.obstacles))


@dataclass(frozen=True)
class Explanation:
    """By case: its members, those passed over (highest score first), and limits that are reached."""

    seats: Mapping[str, Mapping[str, Seated]]
    passed: Mapping[str, tuple[Passed, ...]]
    full: Mapping[str, tuple[str, ...]]


def explain(problem: Problem, matched: Matched, *, cases: Iterable[str] | None = None) -> Explanation:
    """Explain all panels of a result, or those of the named cases. Takes about 10 ms per case."""
    plan = Plan(problem, matched)
    wanted = [problem.cases[problem.row_of[case]] for case in (matched.panels if cases is None else cases)]
    return Explanation(
        seats={case.id: plan.seats(case) for case in wanted},
        passed={case.id: plan.passed(case) for case in wanted},
        full={case.id: plan.full(case) for case in wanted},
    )


@dataclass(frozen=True)
class Value:
    """What a change does: to the total with its bonus, to the number of kept seats, to the total alone."""

    worth: int
    kept: int
    score: int

    def __add__(self, other: "Value") -> "Value":
        return Value(self.worth + other.worth, self.kept + other.kept, self.score + other.score)

    @property
    def rank(self) -> tuple[int, int]:
        return (self.worth, self.kept)


@dataclass(frozen=True)
class Exchange:
    """The expert takes the member's seat here, the successor takes his seat in the other panel."""

    member: str
    successor: str
    value: Value
    sum: int


MORE_THAN_SCORES = 10_000_000
"""what a kept seat is worth where kept seats come first: more than the scores of the four seats of an exchange"""


class Plan:
    """A problem with its result, and what is asked about it again and again."""

    def __init__(self, problem: Problem, matched: Matched) -> None:
        self.problem = problem
        self.matched = matched
        self.bonus = MORE_THAN_SCORES if problem.keep_first else problem.keep_bonus
        self.taken = seats_taken(matched)
        self.load_of = dict(zip(problem.experts, problem.loads, strict=True))
        self.sums = {case: panel_sum(problem, case, members) for case, members in matched.panels.items()}
        self.known_successors: dict[tuple[str, str], tuple[str, ...]] = {}
        self.known_waiting: dict[str, tuple[str, ...]] = {}
        self.known_openings: dict[tuple[str, str], Opening] = {}

    @cached_property
    def held_by(self) -> dict[str, list[str]]:
        """The cases in which each expert sits."""
        found: dict[str, list[str]] = {}
        for case, members in self.matched.panels.items():
            for member in members:
                found.setdefault(member, []).append(case)
        return found

    def case(self, case_id: str) -> Case:
        return self.problem.cases[self.problem.row_of[case_id]]

    def steps(self, case: Case) -> int:
        return len(self.matched.relaxed.get(case.id, ()))

    def demands(self, case: Case) -> Demands:
        return demands_after(case, self.steps(case))

    def members(self, case: Case) -> tuple[str, ...]:
        return self.matched.panels[case.id]

    def score(self, case: Case, expert: str) -> int:
        return int(self.problem.scores[self.problem.row_of[case.id], self.problem.place_of[expert]])

    def is_full(self, expert: str) -> bool:
        return self.taken[expert] >= self.load_of[expert].most

    def eligible(self, case: Case, least: int = 0) -> list[tuple[str, int]]:
        """Experts who could sit on the panel and score at least so much, with their scores, highest first."""
        row = self.problem.scores[self.problem.row_of[case.id]]
        pool = self.demands(case).employer
        able = [(self.problem.experts[place], int(row[place])) for place in np.flatnonzero(row >= least)]
        return sorted((pair for pair in able if pair[0] in pool), key=lambda pair: (-pair[1], pair[0]))

    def seats(self, case: Case) -> dict[str, Seated]:
        chair = self.matched.chairs.get(case.id)
        return {
            member: Seated(member, self.score(case, member), self.binds(case, member), member == chair)
            for member in self.members(case)
        }

    def binds(self, case: Case, member: str) -> tuple[str, ...]:
        members = self.members(case)
        needs = [
            need.rule
            for need in self.demands(case).at_least
            if member in need.experts and sum(one in need.experts for one in members) == need.count
        ]
        others = {
            "LOCKED": member in case.locked,
            "LOAD_MINIMUM": 0 < self.load_of[member].least == self.taken[member],
            "KEPT": member in case.previous,
        }
        return (*needs, *(name for name, holds in others.items() if holds))

    def full(self, case: Case) -> tuple[str, ...]:
        """Limits of the kind "at most" that the panel has reached."""
        members = self.members(case)
        return tuple(
            limit.rule
            for limit in self.demands(case).at_most
            if sum(member in limit.experts for member in members) == limit.count
        )

    def passed(self, case: Case) -> tuple[Passed, ...]:
        members = self.members(case)
        lowest = min(self.score(case, member) for member in members)
        return tuple(
            self.passed_over(case, expert, score)
            for expert, score in self.eligible(case, lowest)
            if expert not in members
        )

    def passed_over(self, case: Case, expert: str, score: int) -> Passed:
        lower = [member for member in self.members(case) if self.score(case, member) <= score]
        lower.sort(key=lambda member: (self.score(case, member), member))
        obstacles = tuple(self.obstacle(case, expert, member) for member in lower)
        holds: tuple[Hold, ...] = ()
        if any(obstacle.kind == Kind.LOAD_FULL for obstacle in obstacles):
            free = [obstacle.member for obstacle in obstacles if obstacle.kind == Kind.LOAD_FULL]
            holds = tuple(self.hold(case, expert, free, other) for other in self.held_by.get(expert, ()))
        return Passed(case.id, expert, score, obstacles, holds)

    def obstacle(self, case: Case, expert: str, member: str) -> Obstacle:
        gain = self.value(case, expert, member)
        if member in case.locked:
            return Obstacle(member, Kind.LOCKED, gain.score)
        if found := self.faults_with(case, expert, member):
            apart = all(fault.rule == "APART" for fault in found)
            return Obstacle(member, Kind.APART if apart else Kind.RULE, gain.score, found)
        if self.is_full(expert):
            return Obstacle(member, Kind.LOAD_FULL, gain.score)
        if self.falls_short(member):
            return Obstacle(member, Kind.COLLEAGUE_UNDER_MINIMUM, gain.score)
        return Obstacle(member, self.judged(gain), gain.score)

    def faults_with(self, case: Case, expert: str, member: str) -> tuple[Fault, ...]:
        """What the panel would break with the expert in the member's seat."""
        return panel_faults(
            self.problem, case, self.steps(case), exchanged(self.members(case), member, expert)
        )

    def falls_short(self, member: str) -> bool:
        return self.taken[member] <= self.load_of[member].least

    def value(self, case: Case, expert: str, member: str) -> Value:
        """What the panel gains with the expert instead of the member."""
        kept = (expert in case.previous) - (member in case.previous)
        score = self.score(case, expert) - self.score(case, member)
        return Value(score + self.bonus * kept, kept, score)

    def judged(self, value: Value) -> Kind:
        """Why a lawful change of this value was not made."""
        if value.rank > (0, 0):
            return Kind.NOISE if self.problem.noise else Kind.NOT_PROVEN
        if value.rank == (0, 0):
            proven = Kind.SEEDED_TIE if self.matched.status == Status.OPTIMAL else Kind.EQUAL
            return Kind.NOISE if self.problem.noise else proven
        return Kind.KEPT if value.score >= 0 else Kind.PRICE

    def hold(self, case: Case, expert: str, free: Sequence[str], other_id: str) -> Hold:
        """What keeps the expert in the other panel, when only his load stands against these exchanges."""
        other = self.case(other_id)
        if expert in other.locked:
            return Hold(other_id, Kind.LOCKED)
        exchanges = self.exchanges(case, expert, free, other)
        if not exchanges:
            return Hold(other_id, Kind.RULE)
        within = [one for one in exchanges if one.sum >= self.matched.worst]
        best = max(exchanges, key=lambda one: one.value.rank)
        if within:
            allowed = max(within, key=lambda one: one.value.rank)
            best = best if best.value.rank > (0, 0) > allowed.value.rank else allowed
        kind = Kind.FLOOR_OF_OTHER_CASE if self.drops(best) else self.judged(best.value)
        return Hold(other_id, kind, best.member, best.successor, best.value.score, best.sum)

    def drops(self, exchange: Exchange) -> bool:
        """Whether only the floor of the other panel stands against an exchange."""
        return exchange.sum < self.matched.worst and exchange.value.rank >= (0, 0)

    def exchanges(self, case: Case, expert: str, free: Sequence[str], other: Case) -> list[Exchange]:
        """The best lawful exchanges: with somebody who has room, and with each member directly."""
        found = [
            self.exchange(case, expert, member, other, successor)
            for member in free
            if not self.falls_short(member)
            for successor in self.successors(other, expert)
        ]
        found += [
            self.exchange(case, expert, member, other, member)
            for member in free
            if self.can_follow(other, expert, member)
        ]
        return found

    def exchange(self, case: Case, expert: str, member: str, other: Case, successor: str) -> Exchange:
        there = self.value(other, successor, expert)
        return Exchange(
            member, successor, self.value(case, expert, member) + there, self.sums[other.id] + there.score
        )

    def successors(self, other: Case, expert: str) -> tuple[str, ...]:
        """Those with room for one more panel who could lawfully follow him: the best, and if that one would
        pull the panel below the floor, also the best who would not."""
        key = (other.id, expert)
        if key not in self.known_successors:
            self.known_successors[key] = self.find_successors(other, expert)
        return self.known_successors[key]

    def find_successors(self, other: Case, expert: str) -> tuple[str, ...]:
        members, opening = self.members(other), self.opening(other, expert)
        first: tuple[str, ...] = ()
        for one in self.waiting(other):
            if one in members or not opening.admits(one):
                continue
            stays = self.sums[other.id] + self.value(other, one, expert).score >= self.matched.worst
            if stays or not first:
                first = (*first, one)
            if stays:
                break
        return first

    def waiting(self, other: Case) -> tuple[str, ...]:
        """Everybody with room for one more panel, the most valuable for this one first."""
        if other.id not in self.known_waiting:
            row = self.problem.scores[self.problem.row_of[other.id]]
            kept = np.zeros(len(row), dtype=np.int64)
            kept[[self.problem.place_of[one] for one in other.previous]] = 1
            order = np.lexsort((-kept, -(row + self.bonus * kept)))
            able = order[(self.room & (row != BARRED))[order]]
            self.known_waiting[other.id] = tuple(self.problem.experts[place] for place in able)
        return self.known_waiting[other.id]

    @cached_property
    def room(self) -> NDArray[np.bool_]:
        """Who could take one more panel."""
        return np.array([not self.is_full(expert) for expert in self.problem.experts])

    def can_follow(self, other: Case, expert: str, successor: str) -> bool:
        """Whether the successor could lawfully sit in the expert's seat."""
        if successor in self.members(other) or self.score(other, successor) == BARRED:
            return False
        return self.opening(other, expert).admits(successor)

    def opening(self, other: Case, expert: str) -> Opening:
        key = (other.id, expert)
        if key not in self.known_openings:
            rest = tuple(member for member in self.members(other) if member != expert)
            apart = frozenset().union(*(self.apart_from.get(member, ()) for member in rest))
            self.known_openings[key] = opening_of(other, self.demands(other), rest, apart)
        return self.known_openings[key]

    @cached_property
    def apart_from(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one, other in self.problem.apart:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found


def exchanged(members: Sequence[str], gone: str, come: str) -> tuple[str, ...]:
    return tuple(come if member == gone else member for member in members)
