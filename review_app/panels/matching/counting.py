"""What can be seen by counting alone: too few people for a panel, a rule or all seats together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from review_app.panels.matching.model import eligible, mask_of
from review_app.panels.matching.problem import Problem, Shortfall
from review_app.panels.seating import Demands


def counted(problem: Problem, demands: Sequence[Demands]) -> tuple[Shortfall, ...]:
    """Every rule that cannot be met whoever is chosen, with the step of the ladder that helps, if one does."""
    return (*cases_short(problem, demands), *loads_short(problem, demands))


def cases_short(problem: Problem, demands: Sequence[Demands]) -> Iterator[Shortfall]:
    for case in range(len(problem.cases)):
        for short in case_short(problem, case, demands[case]):
            yield replace(short, relaxation=helping(problem, case, short.rule))


def case_short(problem: Problem, number: int, demands: Demands) -> Iterator[Shortfall]:
    """Rules of one panel that lack people, each counted by itself."""
    case = problem.cases[number]
    who = eligible(problem, number, demands)
    wanted = [("SIZE", frozenset(demands.employer), demands.size)]
    wanted += [(need.rule, need.experts, need.count) for need in demands.at_least]
    if case.chairs:
        wanted.append(("CHAIR", case.chairs, 1))
    for rule, experts, count in dict.fromkeys(wanted):
        there = int(np.count_nonzero(who & mask_of(problem, experts)))
        if there < count:
            yield Shortfall(rule, (case.id,), count, there)
    yield from locked_short(
        problem, number, demands, {problem.experts[place] for place in np.flatnonzero(who)}
    )


def locked_short(problem: Problem, number: int, demands: Demands, able: set[str]) -> Iterator[Shortfall]:
    case = problem.cases[number]
    if out := sorted(case.locked - able):
        yield Shortfall("LOCKED", (case.id,), len(case.locked), len(case.locked & able), tuple(out))
    elif len(case.locked) > demands.size or (case.locked and demands.broken_limits(case.locked)):
        yield Shortfall("LOCKED", (case.id,), len(case.locked), demands.size, tuple(sorted(case.locked)))


def helping(problem: Problem, number: int, rule: str) -> str:
    """The first step of a case's ladder after which this rule lacks nobody; nothing when none helps."""
    for step in problem.cases[number].ladder:
        if all(short.rule != rule for short in case_short(problem, number, step.demands)):
            return step.rule
    return ""


def loads_short(problem: Problem, demands: Sequence[Demands]) -> Iterator[Shortfall]:
    """Loads that cannot hold: more seats than people may take, or more than there are seats for."""
    able = np.array([eligible(problem, case, wanted) for case, wanted in enumerate(demands)], dtype=bool)
    chances = able.sum(axis=0) if len(demands) else np.zeros(len(problem.experts), dtype=np.int64)
    seats = sum(wanted.size for wanted in demands)
    room = sum(min(load.most, int(there)) for load, there in zip(problem.loads, chances, strict=True))
    everywhere = tuple(case.id for case in problem.cases)
    if room < seats:
        yield Shortfall("LOAD", everywhere, seats, room)
    if (least := sum(load.least for load in problem.loads)) > seats:
        yield Shortfall("LOAD_LEAST", everywhere, least, seats)
    for place, load in enumerate(problem.loads):
        if load.least > min(load.most, int(chances[place])):
            there = min(load.most, int(chances[place]))
            yield Shortfall("LOAD_LEAST", (), load.least, there, (problem.experts[place],))
