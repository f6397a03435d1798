"""Checking an explanation: is everybody explained, and does every single reason hold?

Reasons are checked by making the exchange they speak of and counting again with the verifier, and by trying
every other exchange where a reason claims there is none better. Slow on purpose: nothing is taken on trust.
"""

from collections.abc import Iterator

from review_app.panels.matching.explaining import Explanation, Hold, Kind, Obstacle, Passed, Plan, Value
from review_app.panels.matching.problem import Case, Matched, Problem, Status
from review_app.panels.matching.seeding import digit_of

FAIR_DIGITS = 12
"""levels of seeded digits looked at before two seats count as equal in all of them"""


def wrong(problem: Problem, matched: Matched, explanation: Explanation) -> tuple[str, ...]:
    """Every reason that does not hold and everybody who lacks one; empty when the explanation is complete."""
    plan = Plan(problem, matched)
    found: list[str] = []
    for case_id, passed in explanation.passed.items():
        case = plan.case(case_id)
        found += missing(plan, case, passed)
        for one in passed:
            found += [f"{case_id}/{one.expert}: {what}" for what in wrong_reasons(plan, case, one)]
    return tuple(found)


def missing(plan: Plan, case: Case, passed: tuple[Passed, ...]) -> Iterator[str]:
    members = plan.members(case)
    lowest = min(plan.score(case, member) for member in members)
    expected = {one for one, score in plan.eligible(case) if score >= lowest and one not in members}
    explained = {one.expert for one in passed}
    yield from (f"{case.id}/{expert}: not explained" for expert in sorted(expected - explained))
    yield from (f"{case.id}/{expert}: nothing to explain" for expert in sorted(explained - expected))


def wrong_reasons(plan: Plan, case: Case, passed: Passed) -> Iterator[str]:
    score = plan.score(case, passed.expert)
    lower = {member for member in plan.members(case) if plan.score(case, member) <= score}
    if score != passed.score:
        yield "score"
    if lower != {obstacle.member for obstacle in passed.obstacles}:
        yield "not every member with a lower score is named"
    for obstacle in passed.obstacles:
        if not holds(plan, case, passed.expert, obstacle):
            yield f"{obstacle.kind} against {obstacle.member}"
    if Kind.LOAD_FULL in passed.kinds:
        yield from wrong_holds(plan, case, passed)


def holds(plan: Plan, case: Case, expert: str, obstacle: Obstacle) -> bool:
    """Whether an obstacle is what it says."""
    gain = plan.value(case, expert, obstacle.member)
    if gain.score != obstacle.gain:
        return False
    match obstacle.kind:
        case Kind.LOCKED:
            return obstacle.member in case.locked
        case Kind.RULE | Kind.APART:
            return bool(obstacle.faults) and obstacle.faults == plan.faults_with(
                case, expert, obstacle.member
            )
        case Kind.LOAD_FULL:
            return len(plan.held_by.get(expert, ())) == plan.load_of[expert].most
        case Kind.COLLEAGUE_UNDER_MINIMUM:
            short = len(plan.held_by[obstacle.member]) - 1 < plan.load_of[obstacle.member].least
            return short and not plan.faults_with(case, expert, obstacle.member)
        case _:
            return may_swap(plan, case, expert, obstacle.member) and is_judged(
                plan, case, expert, obstacle, gain
            )


def may_swap(plan: Plan, case: Case, expert: str, member: str) -> bool:
    """Whether the expert could lawfully take the member's seat with everybody else where he is."""
    room = len(plan.held_by.get(expert, ())) < plan.load_of[expert].most
    stays = len(plan.held_by[member]) > plan.load_of[member].least
    return room and stays and member not in case.locked and not plan.faults_with(case, expert, member)


def is_judged(plan: Plan, case: Case, expert: str, obstacle: Obstacle, gain: Value) -> bool:
    if plan.judged(gain) != obstacle.kind:
        return False
    if obstacle.kind == Kind.NOT_PROVEN:
        return plan.matched.status != Status.OPTIMAL
    if obstacle.kind == Kind.SEEDED_TIE:
        return decided_by_digits(plan.problem, case.id, expert, obstacle.member)
    return True


def decided_by_digits(problem: Problem, case_id: str, expert: str, member: str) -> bool:
    """Whether the member's seeded digits are above the expert's where they first differ."""
    for level in range(1, FAIR_DIGITS + 1):
        mine = digit_of(problem.seed, case_id, expert, level)
        his = digit_of(problem.seed, case_id, member, level)
        if mine != his:
            return his > mine
    return True


def wrong_holds(plan: Plan, case: Case, passed: Passed) -> Iterator[str]:
    if [hold.case for hold in passed.holds] != plan.held_by.get(passed.expert, []):
        yield "not every panel that holds him is named"
    free = [one.member for one in passed.obstacles if one.kind == Kind.LOAD_FULL]
    for hold in passed.holds:
        if not keeps(plan, case, passed.expert, free, hold):
            yield f"{hold.kind} in {hold.case}"


def keeps(plan: Plan, case: Case, expert: str, free: list[str], hold: Hold) -> bool:
    """Whether no exchange with the other panel is better than the hold says, and its own figures are right."""
    other = plan.case(hold.case)
    if hold.kind == Kind.LOCKED:
        return expert in other.locked
    tried = list(every_exchange(plan, case, expert, free, other))
    if hold.kind == Kind.RULE:
        return not tried
    mine = [(value, left) for member, successor, value, left in tried
            if (member, successor) == (hold.member, hold.successor)]  # fmt: skip
    if not mine or (mine[0][0].score, mine[0][1]) != (hold.difference, hold.sum):
        return False
    best = max((value.rank for _m, _s, value, left in tried if left >= plan.matched.worst), default=None)
    if hold.kind in (Kind.NOISE, Kind.NOT_PROVEN):
        return plan.matched.status != Status.OPTIMAL or bool(plan.problem.noise)
    if hold.kind == Kind.FLOOR_OF_OTHER_CASE:
        return hold.sum < plan.matched.worst and (best is None or best <= (0, 0))
    return (best is None or best <= max((0, 0), mine[0][0].rank)) and plan.judged(mine[0][0]) == hold.kind


def every_exchange(
    plan: Plan, case: Case, expert: str, free: list[str], other: Case
) -> Iterator[tuple[str, str, Value, int]]:
    """All lawful exchanges: member here, successor there, what they do, and the other panel's new sum."""
    for successor in plan.problem.experts:
        if successor in plan.members(other) or plan.faults_with(other, successor, expert):
            continue
        room = len(plan.held_by.get(successor, ())) < plan.load_of[successor].most
        there = plan.value(other, successor, expert)
        for member in free:
            stays = len(plan.held_by[member]) > plan.load_of[member].least
            if (room and stays) or successor == member:
                value = plan.value(case, expert, member) + there
                yield member, successor, value, plan.sums[other.id] + there.score
