"""A plan's problem in the published form of `review-app match`, and back: what is solved, digested and recorded is
that form, so that anybody can repeat a plan from its record alone. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

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
from review_app.panels.matching.problem import BARRED, Case, Problem
from review_app.panels.seating import AtLeast, AtMost, Demands

CHAIR = "CHAIR"
Reasons = Mapping[tuple[str, str], str]
"""why a pair is barred, by case and expert: rules, never their evidence"""


@dataclass
class Groups:
    """Sets of experts under short names; equal sets have one."""

    names: dict[frozenset[str], str] = field(default_factory=dict)

    def some(self, experts: frozenset[str]) -> str:
        return self.names.setdefault(experts, f"G{len(self.names) + 1:04d}")

    def as_given(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(sorted(experts)) for experts, name in self.names.items()}


def instance_of(problem: Problem, barred: Reasons) -> Instance:
    """The problem as a file of `review-app match`: experts, cases, rules of each case with its ladder, scores of the
    pairs that may sit, locks and earlier seats. The lots are not in it."""
    groups = Groups()
    employers = employers_of(problem)
    usual = usual_limits(problem)
    cases = tuple(
        CaseIn(id=case.id, size=case.demands.size, rules=rules_of(case, groups, usual))
        for case in problem.cases
    )
    file = MatchFile(
        experts=tuple(
            ExpertIn(
                id=expert, institution=employers.get(expert, ""), min_load=load.least, max_load=load.most
            )
            for expert, load in zip(problem.experts, problem.loads, strict=True)
        ),
        cases=cases,
        groups=groups.as_given(),
        unscored=Unscored.BARRED,
        barred=tuple((case, expert, reason) for (case, expert), reason in sorted(barred.items())),
        apart=tuple(sorted(problem.apart)),
        rules=RulesIn(chair=False, institution_max_of=usual),
        previous={case.id: tuple(case.previous) for case in problem.cases if case.previous},
        locked={case.id: tuple(case.locked) for case in problem.cases if case.locked},
        keep_bonus=problem.keep_bonus,
        may_relax=problem.may_relax,
        draw=DrawIn(noise=problem.noise, quality_floor=problem.quality_floor),
    )
    return in_order(file, np.where(problem.scores == BARRED, UNGIVEN, problem.scores).astype(np.int32))


def demands_by_step(case: Case) -> list[Demands]:
    return [case.demands, *(step.demands for step in case.ladder)]


def employers_of(problem: Problem) -> dict[str, str]:
    """The institution of each expert; who counts alone has none."""
    tables = {
        id(demands.employer): demands.employer for case in problem.cases for demands in demands_by_step(case)
    }
    known = chain.from_iterable(table.items() for table in tables.values())
    return {expert: employer for expert, employer in known if not employer.startswith("#")}


def limits_of(demands: Demands) -> dict[str, int]:
    return {name: most for name, most in demands.employer_max.items() if not name.startswith("#")}


def usual_limits(problem: Problem) -> dict[str, int]:
    """The limits of institutions that hold in most cases; a case that differs has its own."""
    seen = Counter(tuple(sorted(limits_of(case.demands).items())) for case in problem.cases)
    commonest = min(seen.items(), key=lambda one: (-one[1], one[0]), default=((), 0))
    return dict(commonest[0])


def rules_of(case: Case, groups: Groups, usual: Mapping[str, int]) -> RulesIn:
    steps = demands_by_step(case)
    own = limits_of(case.demands)
    return RulesIn(
        at_least=tuple(counted(groups, steps, [demands.at_least for demands in steps])),
        at_most=tuple(counted(groups, steps, [demands.at_most for demands in steps])),
        institution_max_of=None if own == usual else own,
        chair=True if case.chairs else None,
        chairs=SomeIn(group=groups.some(case.chairs)) if case.chairs else None,
        ladder=tuple(ladder_of(case)) or None,
    )


def counted(
    groups: Groups, steps: list[Demands], rules: Iterable[tuple[AtLeast | AtMost, ...]]
) -> Iterable[CountIn]:
    """Every rule of any step with its count before the first; a rule that begins later counts nothing yet. Its people
    are those of the last step that has it: who is admitted later cannot sit before."""
    by_step = [{rule.rule: rule for rule in found if rule.rule != CHAIR} for found in rules]
    names = dict.fromkeys(name for found in by_step for name in found)
    for name in names:
        last = [found[name] for found in by_step if name in found][-1]
        first = by_step[0].get(name)
        empty = steps[0].size if isinstance(last, AtMost) else 0
        yield CountIn(rule=name, count=first.count if first else empty, group=groups.some(last.experts))


def ladder_of(case: Case) -> Iterable[StepIn]:
    before = case.demands
    for step in case.ladder:
        now = step.demands
        limits = limits_of(now)
        admitted = tuple(sorted(now.employer.keys() - before.employer.keys()))
        yield StepIn(
            rule=step.rule,
            at_least=changed_counts(before.at_least, now.at_least),
            at_most=changed_counts(before.at_most, now.at_most),
            institution_max_of={} if limits == limits_of(before) else limits,
            admits=SomeIn(experts=admitted) if admitted else None,
        )
        before = now


def changed_counts(before: Iterable[AtLeast | AtMost], now: Iterable[AtLeast | AtMost]) -> dict[str, int]:
    """Counts that the step changes; a rule it drops counts nothing from there on."""
    old, new = ({rule.rule: rule.count for rule in rules if rule.rule != CHAIR} for rules in (before, now))
    return {name: new.get(name, 0) for name in (old | new) if old.get(name, 0) != new.get(name, 0)}
