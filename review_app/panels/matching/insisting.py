"""What if somebody insists on an expert: the same problem solved again with the seat locked.

The answer is exact: what the total and the worst panel lose, and who moves. Where the rules stand against
it, the smallest change that would let him in is looked for in a fixed order: a step of the ladder, one
panel more for him, people kept apart from him, seats locked in his place. A recusal is never among them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from review_app.panels.matching.problem import (
    BARRED,
    Case,
    Load,
    Matched,
    Problem,
    Progress,
    Shortfall,
    Status,
)
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import panel_sum, seats_taken

LARGE = 60_000
"""pairs beyond which only the surroundings of the case are solved again"""
AT_A_TIME = 16_000
"""pairs that the surroundings of a case may have"""

Report = Callable[[Progress], None]


class Outcome(StrEnum):
    """ALREADY: he sits there. POSSIBLE: without any change of rules. WITH_CHANGES: only with the changes
    named. IMPOSSIBLE: not even then. BARRED: he may not sit there, whatever the cost. STOPPED: the caller
    ended the work."""

    ALREADY = "ALREADY"
    POSSIBLE = "POSSIBLE"
    WITH_CHANGES = "WITH_CHANGES"
    IMPOSSIBLE = "IMPOSSIBLE"
    BARRED = "BARRED"
    STOPPED = "STOPPED"


class ChangeKind(StrEnum):
    RELAXED = "RELAXED"
    ONE_MORE_PANEL = "ONE_MORE_PANEL"
    TOGETHER = "TOGETHER"
    UNLOCKED = "UNLOCKED"


@dataclass(frozen=True)
class Change:
    """What would have to change: the step taken for a case, or the people it concerns."""

    kind: ChangeKind
    case: str = ""
    rule: str = ""
    experts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """The panels an expert would leave and those he would join."""

    expert: str
    left: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True)
class WhatIf:
    """`total` and `worst` are differences to the plan as it stands; `panels` those that would be different.
    With `exact` false only the surroundings of the case were solved again, or the new answer is not proven, so
    the true cost may differ."""

    case: str
    expert: str
    outcome: Outcome
    total: int = 0
    worst: int = 0
    moves: tuple[Move, ...] = ()
    changes: tuple[Change, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: bool = True


@dataclass(frozen=True)
class Way:
    """A problem that differs from the one as it stands by these changes of the rules."""

    problem: Problem
    changes: tuple[Change, ...] = ()


def insist(
    problem: Problem, matched: Matched, case: str, expert: str, *, report: Report | None = None
) -> WhatIf:
    """What it would cost to have the expert on the panel of the case, and who would move.

    Raises KeyError for an unknown case or expert.
    """
    row, place = problem.row_of[case], problem.place_of[expert]
    if expert in matched.panels.get(case, ()):
        return WhatIf(case, expert, Outcome.ALREADY)
    if problem.scores[row, place] == BARRED:
        return WhatIf(case, expert, Outcome.BARRED)
    part = problem if pairs(problem) <= LARGE else surroundings(problem, matched, case, expert)
    shortfalls: tuple[Shortfall, ...] = ()
    for way in ways(with_seat(part, matched, case, expert), case, expert):
        answer = match(way.problem, report=report)
        if answer.status == Status.STOPPED:
            return WhatIf(case, expert, Outcome.STOPPED)
        if answer.panels:
            found = compared(problem, matched, answer, way.changes, case, expert)
            return replace(found, exact=part is problem and answer.status == Status.OPTIMAL)
        shortfalls = shortfalls or answer.shortfalls
    return WhatIf(case, expert, Outcome.IMPOSSIBLE, shortfalls=shortfalls, exact=part is problem)


def pairs(problem: Problem) -> int:
    return int((problem.scores != BARRED).sum())


def with_seat(problem: Problem, matched: Matched, case_id: str, expert: str) -> Problem:
    """The problem with his seat locked. Where seats kept have no price of their own, among equal plans the
    one that moves the fewest people is taken."""
    keeps = {} if problem.keep_bonus or problem.keep_first else matched.panels
    cases = tuple(
        replace(
            case,
            locked=case.locked | {expert} if case.id == case_id else case.locked,
            previous=frozenset(keeps.get(case.id, case.previous)),
        )
        for case in problem.cases
    )
    return replace(problem, cases=cases)


def ways(problem: Problem, case_id: str, expert: str) -> Iterator[Way]:
    """The problem as it stands, then with ever more changed, each change added to those before."""
    yield Way(problem)
    changes: tuple[Change, ...] = ()
    if not problem.may_relax and any(case.ladder for case in problem.cases):
        problem = replace(problem, may_relax=True)
        yield Way(problem)
    problem = with_one_more(problem, expert)
    changes = (Change(ChangeKind.ONE_MORE_PANEL, experts=(expert,)),)
    yield Way(problem, changes)
    if met := frozenset(pair for pair in problem.apart if expert in pair):
        problem = replace(problem, apart=problem.apart - met)
        changes = (*changes, *(Change(ChangeKind.TOGETHER, case_id, experts=pair) for pair in sorted(met)))
        yield Way(problem, changes)
    if others := problem.cases[problem.row_of[case_id]].locked - {expert}:
        cases = tuple(unlocked(case, others) if case.id == case_id else case for case in problem.cases)
        unlock = Change(ChangeKind.UNLOCKED, case_id, experts=tuple(sorted(others)))
        yield Way(replace(problem, cases=cases), (*changes, unlock))


def unlocked(case: Case, experts: frozenset[str]) -> Case:
    return replace(case, locked=case.locked - experts)


def with_one_more(problem: Problem, expert: str) -> Problem:
    loads = list(problem.loads)
    place = problem.place_of[expert]
    loads[place] = Load(loads[place].least, loads[place].most + 1)
    return replace(problem, loads=tuple(loads))


def compared(
    problem: Problem,
    matched: Matched,
    answer: Matched,
    changes: tuple[Change, ...],
    case: str,
    expert: str,
) -> WhatIf:
    """The answer held against the plan; an answer for some of the cases leaves the others as they are."""
    panels = {**matched.panels, **answer.panels}
    sums = [panel_sum(problem, one, members) for one, members in panels.items()]
    needed = (*changes_needed(matched, answer, changes, panels, problem, expert),)
    return WhatIf(
        case=case,
        expert=expert,
        outcome=Outcome.WITH_CHANGES if needed else Outcome.POSSIBLE,
        total=sum(sums) - matched.total,
        worst=min(sums) - matched.worst,
        moves=moves(matched.panels, panels),
        changes=needed,
        panels={one: members for one, members in panels.items() if set(members) != set(matched.panels[one])},
    )


def changes_needed(
    matched: Matched,
    answer: Matched,
    changes: tuple[Change, ...],
    panels: Mapping[str, tuple[str, ...]],
    problem: Problem,
    expert: str,
) -> Iterator[Change]:
    """Steps of ladders the plan had not taken, and of the other changes those that the answer makes use of."""
    for case, steps in answer.relaxed.items():
        taken = matched.relaxed.get(case, ())
        yield from (Change(ChangeKind.RELAXED, case, step) for step in steps if step not in taken)
    load = problem.loads[problem.place_of[expert]]
    for change in changes:
        if change.kind == ChangeKind.ONE_MORE_PANEL:
            used = sum(expert in members for members in panels.values()) > load.most
        elif change.kind == ChangeKind.TOGETHER:
            used = any(set(change.experts) <= set(members) for members in panels.values())
        else:
            used = not set(change.experts) <= set(panels[change.case])
        if used:
            yield change


def moves(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> tuple[Move, ...]:
    """Who leaves and who joins which panels, in the order of the experts' ids."""
    left: dict[str, list[str]] = {}
    joined: dict[str, list[str]] = {}
    for case in sorted(after):
        for expert in set(before[case]) - set(after[case]):
            left.setdefault(expert, []).append(case)
        for expert in set(after[case]) - set(before[case]):
            joined.setdefault(expert, []).append(case)
    return tuple(
        Move(expert, tuple(left.get(expert, ())), tuple(joined.get(expert, ())))
        for expert in sorted(left.keys() | joined.keys())
    )


def surroundings(problem: Problem, matched: Matched, case: str, expert: str) -> Problem:
    """The case, the panels that hold the expert, the worst panel and panels of people concerned, with what
    is left of everybody's load once all other panels stay as they are."""
    chosen = neighbours(problem, matched, case, expert)
    rows = [problem.row_of[one] for one in sorted(chosen)]
    outside = seats_taken(
        Matched(matched.status, {one: team for one, team in matched.panels.items() if one not in chosen})
    )
    loads = tuple(
        Load(max(0, load.least - outside[one]), load.most - outside[one])
        for one, load in zip(problem.experts, problem.loads, strict=True)
    )
    return replace(
        problem,
        loads=loads,
        cases=tuple(problem.cases[row] for row in rows),
        scores=problem.scores[rows],
    )


def neighbours(problem: Problem, matched: Matched, case: str, expert: str) -> frozenset[str]:
    """The case, the worst panel and all panels that hold the expert; then, as many as there is time for,
    the panels that share most people with these."""
    worst = min(matched.panels, key=lambda one: (panel_sum(problem, one, matched.panels[one]), one))
    held = {one for one, members in matched.panels.items() if expert in members}
    chosen = {case, worst, *held}
    people = Counter(member for one in chosen for member in matched.panels[one])
    others = sorted(
        matched.panels.keys() - chosen,
        key=lambda one: (-sum(people[member] for member in matched.panels[one]), one),
    )
    room = max(0, AT_A_TIME // len(problem.experts) - len(chosen))
    return frozenset(chosen.union(others[:room]))
