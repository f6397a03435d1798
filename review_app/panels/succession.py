"""Who takes an empty seat: substitutes move up only while the panel stays legal."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.panels.board import LADDER, Board, DrawInput, board_of, demands_of, effective, roles_of
from review_app.panels.draw import Passed, impossible
from review_app.panels.seating import can_complete


@dataclass(frozen=True)
class Successor:
    """Who takes an empty seat. `by` is SUBSTITUTE or NEXT_LOT (no substitute fitted, so the same order of
    lots was followed on); `skipped` lists those before, with the rules that stood against them."""

    expert_no: str
    by: str
    chair: str
    lead: str
    relaxations: tuple[str, ...]
    skipped: tuple[Passed, ...]


@dataclass(frozen=True)
class Vacancy:
    """A panel that lost a member. `given` is its draw with today's exclusions, `fixed` those who remain,
    `chair` and `lead` only if they remain; `relaxed` are the steps of the ladder its draw had taken."""

    given: DrawInput
    substitutes: tuple[str, ...]
    relaxed: tuple[str, ...] = ()


def succeed(vacancy: Vacancy) -> Successor:
    """Fill an empty seat: the first substitute with whom the panel is still legal under the rules of its
    own draw; if none fits, the next in the same order of lots; if still none, the next relaxations.

    Several empty seats are filled one call at a time; each leaves the others fillable.
    A substitute with a new conflict is passed by. Nothing new is drawn: the order was fixed by the
    original lots. Raises DrawImpossible when nobody fits.
    """
    for steps in range(steps_taken(vacancy.relaxed), len(LADDER) + 1):
        board = board_of(vacancy.given, upper_pool="UPPER_POOL" in LADDER[:steps])
        found = next_fitting(board, vacancy, LADDER[:steps])
        if found is not None:
            return found
    raise impossible(vacancy.given)


def steps_taken(relaxed: Sequence[str]) -> int:
    """How far down the ladder a draw went (`RELAXED:` in front of a name is left out)."""
    names = [rule.removeprefix("RELAXED:") for rule in relaxed]
    return max((LADDER.index(rule) + 1 for rule in names), default=0)


def next_fitting(board: Board, vacancy: Vacancy, relaxed: Sequence[str]) -> Successor | None:
    demands, _notes = demands_of(board, relaxed)
    skipped: list[Passed] = []
    for expert in ranked(board, vacancy):
        panel = [*vacancy.given.fixed, expert]
        if can_complete(panel, [other for other in board.order if other not in panel], demands):
            return successor_of(board, vacancy, expert, relaxed, skipped)
        skipped.append(Passed(expert, demands.broken_limits(panel) or demands.missing(panel)))
    return None


def ranked(board: Board, vacancy: Vacancy) -> list[str]:
    """Substitutes in their order, then everybody else by lot."""
    waiting = [expert for expert in board.order if expert not in vacancy.given.fixed]
    first = [expert for expert in vacancy.substitutes if expert in waiting]
    return first + [expert for expert in waiting if expert not in first]


def successor_of(
    board: Board, vacancy: Vacancy, expert: str, relaxed: Sequence[str], skipped: Sequence[Passed]
) -> Successor:
    chair, lead = roles_of(board, [*vacancy.given.fixed, expert])
    return Successor(
        expert_no=expert,
        by="SUBSTITUTE" if expert in vacancy.substitutes else "NEXT_LOT",
        chair=chair,
        lead=lead,
        relaxations=tuple(f"RELAXED:{rule}" for rule in effective(board, relaxed)),
        skipped=tuple(skipped),
    )
