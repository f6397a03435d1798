"""From a problem of the platform to the input that states it in JSON.

Groups of experts are named once. Experts who may not sit on a case make no difference to its rules, so one
group serves all cases that agree on those who may.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from review_app.panels.match_json import Instance, in_order
from review_app.panels.match_scores import UNGIVEN
from review_app.panels.match_shape import (
    CaseIn,
    CountIn,
    DrawIn,
    ExpertIn,
    MatchFile,
    RulesIn,
    SomeIn,
    StepIn,
    Unscored,
)
from review_app.panels.matching.problem import BARRED, Case, Load, Problem
from review_app.panels.seating import AtLeast, AtMost, Demands


def instance_of(problem: Problem) -> Instance:
    """The input that states this problem. Reading it back and solving it gives the same panels.

    Raises ValueError when an expert has two employers, which the format cannot say.
    """
    employer = employers_of(problem)
    groups = Groups()
    cases = [CaseWriting(problem, case, employer, groups).written() for case in problem.cases]
    file = MatchFile(
        experts=tuple(
            ExpertIn(id=no, institution=employer.get(no, ""), min_load=load.least, max_load=load.most)
            for no, load in zip(problem.experts, map(within, problem.loads), strict=True)
        ),
        cases=tuple(cases),
        groups=groups.members,
        unscored=Unscored.BARRED,
        apart=tuple(problem.apart),
        previous={case.id: tuple(case.previous) for case in problem.cases if case.previous},
        locked={case.id: tuple(case.locked) for case in problem.cases if case.locked},
        keep_bonus=problem.keep_bonus,
        keep_first=problem.keep_first,
        may_relax=problem.may_relax,
        draw=DrawIn(noise=problem.noise, quality_floor=problem.quality_floor),
    )
    return in_order(sharing_rules(file), np.where(problem.scores == BARRED, UNGIVEN, problem.scores))


def within(load: Load) -> Load:
    return Load(load.least, max(load.least, load.most))


def employers_of(problem: Problem) -> dict[str, str]:
    """The employer of each expert, as the demands of all cases say; those who count alone are left out."""
    found: dict[str, str] = {}
    for case in problem.cases:
        for demands in (case.demands, *(step.demands for step in case.ladder)):
            for expert, employer in demands.employer.items():
                if found.setdefault(expert, employer) != employer:
                    raise ValueError(f"{expert} has two employers")
    return {expert: employer for expert, employer in found.items() if employer != f"#{expert}"}


@dataclass
class Groups:
    """Named groups. A group serves a new case as well where the two agree on everybody who may sit on this
    case and on a case it served before; then it grows by those known only now."""

    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    settled: dict[str, frozenset[str]] = field(default_factory=dict)

    def some(self, experts: frozenset[str], eligible: frozenset[str]) -> SomeIn:
        wanted = experts & eligible
        name = self.fitting(wanted, eligible) or f"g{len(self.sets) + 1:04d}"
        self.sets[name] = self.sets.get(name, frozenset()) | wanted
        self.settled[name] = self.settled.get(name, frozenset()) | eligible
        return SomeIn(group=name)

    def fitting(self, wanted: frozenset[str], eligible: frozenset[str]) -> str | None:
        for name, members in self.sets.items():
            settled = self.settled[name]
            if members & eligible == wanted & settled and self.alike(members, wanted):
                return name
        return None

    def alike(self, members: frozenset[str], wanted: frozenset[str]) -> bool:
        return len(members & wanted) * 2 > min(len(members), len(wanted)) or members == wanted

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(sorted(members)) for name, members in self.sets.items()}


@dataclass
class CaseWriting:
    """One case being written down."""

    problem: Problem
    case: Case
    employer: Mapping[str, str]
    groups: Groups

    def written(self) -> CaseIn:
        return CaseIn(id=self.case.id, size=self.case.demands.size, rules=self.rules())

    @property
    def eligible(self) -> frozenset[str]:
        scores = self.problem.scores[self.problem.row_of[self.case.id]]
        return frozenset(self.problem.experts[place] for place in np.flatnonzero(scores != BARRED))

    @property
    def every(self) -> tuple[Demands, ...]:
        return (self.case.demands, *(step.demands for step in self.case.ladder))

    def rules(self) -> RulesIn:
        first = self.case.demands
        usual, limits = self.employer_limits(first)
        chairs = self.case.chairs
        return RulesIn(
            at_least=self.counts("at_least", absent=0),
            at_most=self.counts("at_most", absent=first.size),
            institution_max=usual,
            institution_max_of=limits,
            chair=bool(chairs),
            chairs=self.groups.some(chairs, self.eligible) if chairs else None,
            ladder=tuple(self.steps()),
        )

    def counts(self, name: str, *, absent: int) -> tuple[CountIn, ...]:
        """Every rule of this kind that stands on any step, with its people and its count before the first."""
        people: dict[str, frozenset[str]] = {}
        for demands in self.every:
            for one in stated(demands, name):
                people[one.rule] = people.get(one.rule, frozenset()) | one.experts
        first = counts_in(self.case.demands, name)
        return tuple(
            counting(rule, first.get(rule, absent), self.groups.some(experts, self.eligible))
            for rule, experts in people.items()
        )

    def steps(self) -> Sequence[StepIn]:
        steps = []
        for before, step in zip(self.every, self.case.ladder, strict=False):
            now = step.demands
            usual, limits = self.employer_limits(now)
            admitted = frozenset(set(now.employer) - set(before.employer)) & self.eligible
            steps.append(
                StepIn(
                    rule=step.rule,
                    at_least=changed(before, now, "at_least", absent=0),
                    at_most=changed(before, now, "at_most", absent=now.size),
                    institution_max=usual,
                    institution_max_of=limits,
                    admits=self.groups.some(admitted, self.eligible) if admitted else None,
                )
            )
        return steps

    def employer_limits(self, demands: Demands) -> tuple[int, dict[str, int]]:
        """The most usual limit of an employer, and the employers with another one."""
        limits = {
            employer: most
            for employer, most in sorted(demands.employer_max.items())
            if not employer.startswith("#")
        }
        counts = Counter(limits.values())
        usual = min(counts, key=lambda most: (-counts[most], most)) if counts else demands.size
        return usual, {employer: most for employer, most in limits.items() if most != usual}


def stated(demands: Demands, name: str) -> Collection[AtLeast | AtMost]:
    """The rules of one kind; the need for a chair is said by the case's chairs."""
    given: Collection[AtLeast | AtMost] = getattr(demands, name)
    return [one for one in given if one.rule != "CHAIR"]


def counts_in(demands: Demands, name: str) -> dict[str, int]:
    return {one.rule: one.count for one in stated(demands, name)}


def counting(rule: str, count: int, some: SomeIn) -> CountIn:
    return CountIn(rule=rule, count=count, group=some.group)


def changed(before: Demands, now: Demands, name: str, *, absent: int) -> dict[str, int]:
    old, new = counts_in(before, name), counts_in(now, name)
    return {
        rule: new.get(rule, absent)
        for rule in sorted({*old, *new})
        if old.get(rule, absent) != new.get(rule, absent)
    }


def sharing_rules(file: MatchFile) -> MatchFile:
    """The same file with the rules most cases share written once, for all cases."""
    names = tuple(RulesIn.__dataclass_fields__)
    common: dict[str, Any] = {}
    for name in names:
        values = [getattr(one.rules, name) for one in file.cases]
        if values and all(value is not None for value in values):
            common[name] = max(values, key=values.count) if len(values) < 50 else values[0]
    cases = tuple(
        CaseIn(
            id=one.id,
            size=one.size,
            rules=RulesIn(
                **{name: value for name in names if (value := getattr(one.rules, name)) != common.get(name)}
            ),
        )
        for one in file.cases
    )
    return MatchFile(
        **{
            **{name: getattr(file, name) for name in MatchFile.__dataclass_fields__},
            "cases": cases,
            "rules": RulesIn(**common),
        }
    )
