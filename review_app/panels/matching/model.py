"""The rules of all panels as rows: one column per case and eligible expert, so that nobody barred can sit.

Columns are ordered by case, then by expert. Every row knows its rule, its case and its experts, so that a
shortfall can be said in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from review_app.panels.matching.problem import Case, Problem
from review_app.panels.matching.program import NO_LIMIT, Mask, Program, Row, Whole
from review_app.panels.seating import Demands

JOINT = -1
"""in `Meaning.case`: the row binds several cases"""


@dataclass(frozen=True)
class Meaning:
    """What a row stands for: its rule, the case (or JOINT) and, for a load, the expert (else −1)."""

    rule: str
    case: int
    expert: int = -1


@dataclass(frozen=True, eq=False)
class Model:
    """The program of a problem under the demands chosen for each case."""

    problem: Problem
    demands: tuple[Demands, ...]
    program: Program
    case_of: Whole
    expert_of: Whole
    score: Whole
    meanings: tuple[Meaning, ...]

    @cached_property
    def first(self) -> Whole:
        """Where the columns of each case begin, and one number more for the end."""
        return np.searchsorted(self.case_of, np.arange(len(self.problem.cases) + 1)).astype(np.int64)

    @cached_property
    def kept(self) -> Whole:
        """1 for each seat that was taken in the plan before."""
        kept = np.zeros(len(self.case_of), dtype=np.int64)
        for number, case in enumerate(self.problem.cases):
            if case.previous:
                own = slice(self.first[number], self.first[number + 1])
                kept[own] = self.among(case.previous)[self.expert_of[own]]
        return kept

    def among(self, experts: Iterable[str]) -> Mask:
        return mask_of(self.problem, experts)

    def sums(self, values: Whole) -> Whole:
        """The sum of scores of each panel."""
        sums = np.zeros(len(self.problem.cases), dtype=np.int64)
        np.add.at(sums, self.case_of, self.score * values[: len(self.case_of)])
        return sums

    def floor_row(self, case: int, least: int) -> Row:
        """The row that asks a panel for at least this sum of scores."""
        own = np.arange(self.first[case], self.first[case + 1])
        return Row(own, self.score[own], low=least)

    def panels(self, values: Whole) -> dict[str, tuple[str, ...]]:
        """The panels these values stand for, members by id."""
        found: dict[str, list[str]] = {case.id: [] for case in self.problem.cases}
        for column in np.flatnonzero(values[: len(self.case_of)]):
            case = self.problem.cases[self.case_of[column]]
            found[case.id].append(self.problem.experts[self.expert_of[column]])
        return {case: tuple(members) for case, members in found.items()}

    def alone(self, case: int) -> Program:
        """The rules of one panel without the loads."""
        own = np.zeros(len(self.case_of), dtype=bool)
        own[self.first[case] : self.first[case + 1]] = True
        rows = np.array([meaning.case == case for meaning in self.meanings], dtype=bool)
        whole = self.program.without_rows(~rows)
        return whole.with_bounds(np.where(own, whole.lower, 0), np.where(own, whole.upper, 0))


def mask_of(problem: Problem, experts: Iterable[str]) -> Mask:
    mask = np.zeros(len(problem.experts), dtype=bool)
    mask[[place for expert in experts if (place := problem.place_of.get(expert)) is not None]] = True
    return mask


def eligible(problem: Problem, case: int, demands: Demands) -> Mask:
    """Who may sit on this panel: not barred, known to the demands, and with a load above nothing."""
    able = np.array([load.most > 0 for load in problem.loads], dtype=bool)
    known: Mask = mask_of(problem, demands.employer) & able
    known &= problem.scores[case] >= 0
    return known


def model_of(problem: Problem, demands: Sequence[Demands]) -> Model:
    """The model of a problem when each case keeps these demands."""
    builder = Builder(problem)
    for number, (case, wanted) in enumerate(zip(problem.cases, demands, strict=True)):
        builder.add_case(number, case, wanted)
    builder.add_loads()
    return builder.built(tuple(demands))


@dataclass
class Builder:
    """Collects columns and rows case by case."""

    problem: Problem
    rows: list[Row] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    experts: list[Whole] = field(default_factory=list)
    lower: list[Whole] = field(default_factory=list)
    columns: int = 0
    masks: dict[frozenset[str], Mask] = field(default_factory=dict)

    @cached_property
    def cliques(self) -> tuple[frozenset[str], ...]:
        return cliques_of(self.problem.apart)

    def add_case(self, number: int, case: Case, demands: Demands) -> None:
        who = np.flatnonzero(eligible(self.problem, number, demands))
        self.experts.append(who)
        self.lower.append(self.mask(case.locked)[who].astype(np.int64))
        self.bind("SIZE", number, np.arange(len(who)), demands.size, demands.size)
        self.add_locked(number, case, who)
        self.add_needs(number, case, demands, who)
        self.add_limits(number, demands, who)
        self.columns += len(who)

    def add_locked(self, number: int, case: Case, who: Whole) -> None:
        """Locked members have their columns fixed; one who has no column leaves a row that cannot be kept."""
        places = np.flatnonzero(self.mask(case.locked)[who])
        if len(places) < len(case.locked):
            self.bind("LOCKED", number, places, len(case.locked), NO_LIMIT)

    def add_needs(self, number: int, case: Case, demands: Demands, who: Whole) -> None:
        needs = [(need.rule, need.experts, need.count) for need in demands.at_least if need.count > 0]
        if case.chairs and not any(chairs == case.chairs for _rule, chairs, _count in needs):
            needs.append(("CHAIR", case.chairs, 1))
        for rule, experts, count in needs:
            self.bind(rule, number, np.flatnonzero(self.mask(experts)[who]), count, NO_LIMIT)

    def add_limits(self, number: int, demands: Demands, who: Whole) -> None:
        limits = [(limit.rule, limit.experts, limit.count) for limit in demands.at_most]
        limits += [("APART", clique, 1) for clique in self.cliques]
        for rule, experts, count in limits:
            self.limit(rule, number, np.flatnonzero(self.mask(experts)[who]), count)
        for employer, places in self.by_employer(demands, who).items():
            self.limit("SAME_EMPLOYER", number, np.array(places), demands.employer_max[employer])

    def limit(self, rule: str, number: int, places: Whole, count: int) -> None:
        if len(places) > count:
            self.bind(rule, number, places, -NO_LIMIT, count)

    def by_employer(self, demands: Demands, who: Whole) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, expert in enumerate(who.tolist()):
            found.setdefault(demands.employer[self.problem.experts[expert]], []).append(place)
        return found

    def bind(self, rule: str, number: int, places: Whole, low: int, high: int) -> None:
        index = (places + self.columns).astype(np.int64)
        self.rows.append(Row(index, np.ones(len(index), dtype=np.int64), low, high))
        self.meanings.append(Meaning(rule, number))

    def mask(self, experts: frozenset[str]) -> Mask:
        if experts not in self.masks:
            self.masks[experts] = mask_of(self.problem, experts)
        return self.masks[experts]

    def add_loads(self) -> None:
        expert_of = np.concatenate([*self.experts, np.zeros(0, dtype=np.int64)])
        by_expert = np.argsort(expert_of, kind="stable")
        ends = np.searchsorted(expert_of[by_expert], np.arange(len(self.problem.experts) + 1))
        for expert, load in enumerate(self.problem.loads):
            index = by_expert[ends[expert] : ends[expert + 1]]
            if load.least > 0 or len(index) > load.most:
                ones = np.ones(len(index), dtype=np.int64)
                self.rows.append(Row(index, ones, load.least or -NO_LIMIT, load.most))
                self.meanings.append(Meaning("LOAD", JOINT, expert))

    def built(self, demands: tuple[Demands, ...]) -> Model:
        counts = [len(who) for who in self.experts]
        case_of = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
        nothing = np.zeros(0, dtype=np.int64)
        expert_of = np.concatenate([*self.experts, nothing]).astype(np.int64)
        empty = Program(
            lower=np.concatenate([*self.lower, nothing]),
            upper=np.ones(self.columns, dtype=np.int64),
            start=np.zeros(1, dtype=np.int64),
            index=nothing,
            value=nothing,
            low=nothing,
            high=nothing,
        )
        return Model(
            problem=self.problem,
            demands=demands,
            program=empty.with_rows(self.rows),
            case_of=case_of,
            expert_of=expert_of,
            score=self.problem.scores[case_of, expert_of].astype(np.int64),
            meanings=tuple(self.meanings),
        )


def cliques_of(apart: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Groups of whom at most one may sit on a panel, which together cover every pair kept apart."""
    friends: dict[str, set[str]] = {}
    for one, other in apart:
        friends.setdefault(one, set()).add(other)
        friends.setdefault(other, set()).add(one)
    open_pairs = {frozenset(pair) for pair in apart}
    found = []
    for pair in sorted(open_pairs, key=sorted):
        if pair in open_pairs:
            clique = grown(pair, friends)
            found.append(clique)
            open_pairs -= {frozenset((a, b)) for a in clique for b in clique if a != b}
    return tuple(found)


def grown(pair: frozenset[str], friends: dict[str, set[str]]) -> frozenset[str]:
    clique = set(pair)
    for expert in sorted(set.intersection(*(friends[one] for one in pair))):
        if clique <= friends[expert]:
            clique.add(expert)
    return frozenset(clique)
