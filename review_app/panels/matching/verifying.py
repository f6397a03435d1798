"""The independent verifier: every rule counted again, seat by seat, without a solver and without its model.

Nothing here is shared with the code that forms the panels; only the words of the problem are. A plan that
comes from anywhere (another engine, a file) can be checked in the same way.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from review_app.panels.matching.problem import BARRED, Case, Matched, Problem, Status
from review_app.panels.seating import Demands

MILLION = 1_000_000


@dataclass(frozen=True)
class Fault:
    """One broken rule: where, who, what it needs and what was found."""

    rule: str
    case: str = ""
    experts: tuple[str, ...] = ()
    needed: int = 0
    found: int = 0


def faults(problem: Problem, matched: Matched) -> tuple[Fault, ...]:
    """Everything that is wrong with a result: rules of each panel, chairs, loads, sums, bounds, status.

    Empty means that the result keeps what it promises. Whether it is the best there is cannot be seen
    without solving; whether its own bound agrees with its status can, and is checked.
    """
    if matched.status in (Status.IMPOSSIBLE, Status.STOPPED):
        return (Fault("PANELS_WITHOUT_RESULT", found=len(matched.panels)),) if matched.panels else ()
    return (
        *faults_of_cases(problem, matched),
        *faults_of_panels(problem, matched),
        *faults_of_chairs(problem, matched),
        *faults_of_loads(problem, matched),
        *faults_of_sums(problem, matched),
    )


def faults_of_cases(problem: Problem, matched: Matched) -> Iterator[Fault]:
    """Cases without a panel, panels, chairs or relaxations of unknown cases."""
    known = {case.id for case in problem.cases}
    yield from (Fault("PANEL_MISSING", case) for case in sorted(known - matched.panels.keys()))
    strangers = (matched.panels.keys() | matched.chairs.keys() | matched.relaxed.keys()) - known
    yield from (Fault("UNKNOWN_CASE", case) for case in sorted(strangers))


def faults_of_panels(problem: Problem, matched: Matched) -> Iterator[Fault]:
    for case in problem.cases:
        steps = tuple(matched.relaxed.get(case.id, ()))
        if steps != tuple(step.rule for step in case.ladder[: len(steps)]):
            yield Fault("NO_SUCH_RELAXATION", case.id)
            steps = ()
        if steps and not problem.may_relax:
            yield Fault("MAY_NOT_RELAX", case.id, found=len(steps))
        if case.id in matched.panels:
            yield from panel_faults(problem, case, len(steps), matched.panels[case.id])


def panel_faults(problem: Problem, case: Case, steps: int, members: Sequence[str]) -> tuple[Fault, ...]:
    """What is wrong with one panel by itself, after so many steps of the case's ladder."""
    demands = demands_after(case, steps)
    return (
        *faults_of_people(problem, case, demands, members),
        *faults_of_rules(case, demands, members),
    )


def demands_after(case: Case, steps: int) -> Demands:
    return case.ladder[steps - 1].demands if steps else case.demands


def faults_of_people(
    problem: Problem, case: Case, demands: Demands, members: Sequence[str]
) -> Iterator[Fault]:
    """Who may sit here at all, who must, and who may not sit together."""
    row = problem.scores[problem.row_of[case.id]]
    for member in members:
        if member not in problem.place_of:
            yield Fault("UNKNOWN_EXPERT", case.id, (member,))
        elif row[problem.place_of[member]] == BARRED:
            yield Fault("BARRED", case.id, (member,))
        elif member not in demands.employer:
            yield Fault("NOT_IN_POOL", case.id, (member,))
    yield from (Fault("TWICE", case.id, (one,)) for one, times in Counter(members).items() if times > 1)
    yield from (Fault("LOCKED", case.id, (one,)) for one in sorted(case.locked - set(members)))
    for pair in combinations(sorted(set(members)), 2):
        if pair in problem.apart:
            yield Fault("APART", case.id, pair)


def faults_of_rules(case: Case, demands: Demands, members: Sequence[str]) -> Iterator[Fault]:
    """Size, at least, at most, employers, and somebody who may lead."""
    if len(members) != demands.size:
        yield Fault("SIZE", case.id, needed=demands.size, found=len(members))
    for need in demands.at_least:
        there = sum(1 for member in set(members) if member in need.experts)
        if there < need.count:
            yield Fault(need.rule, case.id, needed=need.count, found=there)
    for limit in demands.at_most:
        over = tuple(sorted(member for member in set(members) if member in limit.experts))
        if len(over) > limit.count:
            yield Fault(limit.rule, case.id, over, limit.count, len(over))
    yield from faults_of_employers(case, demands, members)
    led = any(need.rule == "CHAIR" and need.experts <= case.chairs for need in demands.at_least)
    if case.chairs and not led and not any(member in case.chairs for member in members):
        yield Fault("CHAIR", case.id, needed=1)


def faults_of_employers(case: Case, demands: Demands, members: Sequence[str]) -> Iterator[Fault]:
    together: dict[str, list[str]] = {}
    for member in sorted(set(members)):
        if member in demands.employer:
            together.setdefault(demands.employer[member], []).append(member)
    for employer, people in together.items():
        most = demands.employer_max[employer]
        if len(people) > most:
            yield Fault("SAME_EMPLOYER", case.id, tuple(people), most, len(people))


def faults_of_chairs(problem: Problem, matched: Matched) -> Iterator[Fault]:
    """The named chair is a qualified member; a case that asks for one has one."""
    for case in problem.cases:
        chair = matched.chairs.get(case.id)
        if chair is None and case.chairs:
            yield Fault("CHAIR_NOT_NAMED", case.id)
        elif chair is not None and (chair not in case.chairs or chair not in matched.panels.get(case.id, ())):
            yield Fault("CHAIR_NOT_QUALIFIED", case.id, (chair,))


def faults_of_loads(problem: Problem, matched: Matched) -> Iterator[Fault]:
    counts = seats_taken(matched)
    for expert, load in zip(problem.experts, problem.loads, strict=True):
        taken = counts[expert]
        if taken > load.most:
            yield Fault("LOAD_FULL", "", (expert,), load.most, taken)
        if taken < load.least:
            yield Fault("LOAD_MINIMUM", "", (expert,), load.least, taken)


def seats_taken(matched: Matched) -> Counter[str]:
    """How many seats each expert has, counted from the panels."""
    return Counter(member for members in matched.panels.values() for member in members)


def panel_sum(problem: Problem, case_id: str, members: Sequence[str]) -> int:
    """The scores of a panel added up; barred and unknown members add nothing."""
    row = problem.scores[problem.row_of[case_id]]
    places = (problem.place_of[member] for member in members if member in problem.place_of)
    return sum(max(0, int(row[place])) for place in places)


def faults_of_sums(problem: Problem, matched: Matched) -> Iterator[Fault]:
    """Total and worst panel as claimed, within their bounds, and bounds that agree with the status."""
    known = [case for case in matched.panels if case in problem.row_of]
    sums = [panel_sum(problem, case, matched.panels[case]) for case in known]
    total, worst = sum(sums), min(sums, default=0)
    if total != matched.total:
        yield Fault("TOTAL", needed=total, found=matched.total)
    if worst != matched.worst:
        yield Fault("WORST", needed=worst, found=matched.worst)
    if matched.worst_bound < worst:
        yield Fault("WORST_BOUND", needed=worst, found=matched.worst_bound)
    if matched.status == Status.OPTIMAL:
        yield from faults_of_proof(problem, matched, total, worst)
    elif matched.bound < total:
        yield Fault("BOUND", needed=total, found=matched.bound)


def faults_of_proof(problem: Problem, matched: Matched, total: int, worst: int) -> Iterator[Fault]:
    """Proven means equal to its bound; a random match keeps its floor of quality against it."""
    lost = problem.quality_floor if problem.noise else 0
    if worst * MILLION < matched.worst_bound * (MILLION - lost):
        yield Fault("WORST_NOT_PROVEN", needed=matched.worst_bound, found=worst)
    if total * MILLION < matched.bound * (MILLION - lost):
        yield Fault("TOTAL_NOT_PROVEN", needed=matched.bound, found=total)
    if not problem.noise and matched.bound < total:
        yield Fault("BOUND", needed=total, found=matched.bound)
