"""What if we insist on somebody: the same match again with this expert locked in, and what it costs. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from review_app.errors import N_
from review_app.panels.board import DrawInput
from review_app.panels.matched import Entry, problem_of
from review_app.panels.matching.problem import BARRED
from review_app.panels.matching.solving import match


class Insistence(StrEnum):
    SEATED = "SEATED"
    BARRED = "BARRED"
    IMPOSSIBLE = "IMPOSSIBLE"
    POSSIBLE = "POSSIBLE"


INSISTENCE_LABELS = {
    Insistence.SEATED: N_("该专家已在评查组。"),
    Insistence.BARRED: N_("该专家因回避、在办已满或者其他理由不能参加，任何办法都不能列入。"),
    Insistence.IMPOSSIBLE: N_("列入该专家以后，即使逐级放宽也组不成合法的评查组。"),
    Insistence.POSSIBLE: N_("可以列入，代价如下。"),
}


@dataclass(frozen=True)
class Insisted:
    """The best panel with this expert. `cost` is how much less its members' scores add up to than those of the
    panel that was formed (below 0 after a random match, which may be bettered)."""

    expert_no: str
    outcome: Insistence
    cost: int = 0
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()


def insist_on(given: DrawInput, members: frozenset[str], expert: str) -> Insisted:
    """Solve the draw's own problem once more with the expert locked; `members` are those it seated."""
    if expert in members:
        return Insisted(expert, Insistence.SEATED)
    entry = Entry(given, given.scores, locked=frozenset({expert}))
    problem = problem_of([replace(entry, locked=frozenset())], seed=given.seed)
    place = problem.place_of.get(expert)
    if place is None or problem.scores[0, place] == BARRED:
        return Insisted(expert, Insistence.BARRED)
    found = match(problem_of([entry], seed=given.seed))
    if expert not in found.panels.get(given.review_no, ()):
        return Insisted(expert, Insistence.IMPOSSIBLE)
    others = frozenset(found.panels[given.review_no])
    worth = sum(given.scores[one] for one in members) - sum(given.scores[one] for one in others)
    return Insisted(
        expert,
        Insistence.POSSIBLE,
        worth,
        joined=tuple(sorted(others - members)),
        left=tuple(sorted(members - others)),
        relaxed=found.relaxed.get(given.review_no, ()),
    )
