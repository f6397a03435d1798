"""The draw of a panel (抽选): from candidates and lots to members, chair, lead and substitutes.

Pure: the same input gives the same panel anywhere, whatever order the candidates come in.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from review_app.panels.board import (
    LADDER,
    Board,
    DrawInput,
    Exclusion,
    board_of,
    demands_of,
    effective,
    roles_of,
)
from review_app.panels.seating import AtLeast, Demands, first_legal


@dataclass(frozen=True)
class Seat:
    """One drawn member. `order` counts from 1 in the order of lots."""

    expert_no: str
    order: int
    seat_kind: str
    role: str
    same_organ: bool
    same_system: bool


@dataclass(frozen=True)
class Passed:
    """An expert whose lot came up but who could not be seated, and which rules stood against it."""

    expert_no: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Draw:
    """The result: members in the order of lots, ordered substitutes, and how it came about."""

    members: tuple[Seat, ...]
    substitutes: tuple[str, ...]
    chair: str
    lead: str
    order: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    relaxations: tuple[str, ...]
    notes: tuple[str, ...]
    passed_over: tuple[Passed, ...]


class DrawImpossible(Exception):
    """No legal panel exists even after every relaxation; the counts say what is lacking."""

    def __init__(
        self, *, pool: int, eligible: int, excluded: dict[str, int], lacking: dict[str, str]
    ) -> None:
        super().__init__("no legal panel")
        self.pool = pool
        self.eligible = eligible
        self.excluded = excluded
        self.lacking = lacking

    def __str__(self) -> str:
        why = "，".join(f"{rule} {count}人" for rule, count in self.excluded.items()) or "无"
        lack = "，".join(f"{rule}{fact}" for rule, fact in self.lacking.items()) or "各项名额相互牵制"
        return (
            f"无法组成合法的评查组：专家库{self.pool}人，可抽选{self.eligible}人；排除：{why}；不足：{lack}。"
            "请补充专家、决定待核实事项，或者邀请上级市专家库的专家后重新抽选。"
        )


def draw(given: DrawInput) -> Draw:
    """Draw a panel. Raises DrawImpossible with counts when even the last relaxation leaves none,
    ValueError when the size is not an odd number of at least three."""
    if given.size < 3 or given.size % 2 == 0:
        raise ValueError("a panel has an odd number of at least three members")
    for steps in range(len(LADDER) + 1):
        board = board_of(given, upper_pool="UPPER_POOL" in LADDER[:steps])
        attempt = seated_with(board, LADDER[:steps])
        if attempt is not None:
            members, demands, notes = attempt
            return result_of(board, members, demands, relaxations=LADDER[:steps], notes=notes)
    raise impossible(given)


def seated_with(
    board: Board, relaxed: Sequence[str]
) -> tuple[tuple[str, ...], Demands, tuple[str, ...]] | None:
    """The first legal panel under these relaxations: first with the preferred specialty, then without."""
    demands, notes = demands_of(board, relaxed)
    if board.given.preferred:
        preferred = AtLeast("PREFERRED_SPECIALTY", board.with_specialty(board.given.preferred), 1)
        stricter = replace(demands, at_least=(*demands.at_least, preferred))
        if members := first_legal(board.order, stricter, board.given.fixed):
            return members, stricter, notes
        notes = (*notes, "PREFERRED_SPECIALTY_NOT_MET")
    members = first_legal(board.order, demands, board.given.fixed)
    return None if members is None else (members, demands, notes)


def result_of(
    board: Board,
    members: Sequence[str],
    demands: Demands,
    *,
    relaxations: Sequence[str],
    notes: Sequence[str],
) -> Draw:
    chair, lead = roles_of(board, members)
    substitutes = substitutes_of(board, members, demands)
    if len(substitutes) < board.given.rules.substitutes:
        notes = (*notes, f"SUBSTITUTES_SHORT:{len(substitutes)}")
    return Draw(
        members=seats_of(board, members, chair=chair, lead=lead),
        substitutes=substitutes,
        chair=chair,
        lead=lead,
        order=board.order,
        excluded=board.excluded,
        relaxations=tuple(f"RELAXED:{rule}" for rule in effective(board, relaxations)),
        notes=tuple(notes),
        passed_over=passed_over(board, members, demands),
    )


def seats_of(board: Board, members: Sequence[str], *, chair: str, lead: str) -> tuple[Seat, ...]:
    roles = {chair: "CHAIR", lead: "LEAD"}
    by_lot = sorted(members, key=board.order.index)
    kinds = seat_kinds(board, by_lot)
    return tuple(
        Seat(
            expert_no=expert,
            order=place,
            seat_kind=kinds[expert],
            role=roles.get(expert, "MEMBER"),
            same_organ=expert in board.of_own_organ,
            same_system=expert in board.of_own_system,
        )
        for place, expert in enumerate(by_lot, start=1)
    )


def seat_kinds(board: Board, members: Sequence[str]) -> dict[str, str]:
    """The stratum each member fills, in the order of lots; OPEN when every stratum was already full."""
    demands, _notes = demands_of(board, ())
    open_needs = {need.rule: need for need in demands.at_least if need.rule != "CHAIR"}
    left = {rule: need.count for rule, need in open_needs.items()}
    first = ("ACADEMIC", "ACADEMIC_OR_TECHNICAL", "LAWYER", "EXTERNAL", "SPECIALTY")
    kinds = {}
    for expert in members:
        met = [rule for rule in first if left.get(rule, 0) > 0 and expert in open_needs[rule].experts]
        kinds[expert] = met[0] if met else "OPEN"
        for rule in met:
            left[rule] -= 1
    return kinds


def substitutes_of(board: Board, members: Sequence[str], demands: Demands) -> tuple[str, ...]:
    """The next in the order of lots who could lawfully take the place of at least one member."""
    waiting = (expert for expert in board.order if expert not in members)
    able = (expert for expert in waiting if any(fits(expert, gone, members, demands) for gone in members))
    return tuple(expert for expert, _ in zip(able, range(board.given.rules.substitutes), strict=False))


def fits(expert: str, gone: str, members: Sequence[str], demands: Demands) -> bool:
    return demands.is_legal([*(member for member in members if member != gone), expert])


def passed_over(board: Board, members: Sequence[str], demands: Demands) -> tuple[Passed, ...]:
    """Experts whose lot came before that of the last member seated, and what stood against them."""
    seated = list(board.given.fixed)
    last = max(board.order.index(expert) for expert in members)
    passed = []
    for expert in board.order[:last]:
        if expert in members:
            seated = seated if expert in seated else [*seated, expert]
        else:
            passed.append(Passed(expert, against(expert, seated, demands)))
    return tuple(passed)


def against(expert: str, seated: Sequence[str], demands: Demands) -> tuple[str, ...]:
    """Limits the expert would break, or else the strata for which the remaining seats had to be kept."""
    if broken := demands.broken_limits([*seated, expert]):
        return broken
    unmet = demands.missing(seated)
    lacking = [need for need in demands.at_least if need.rule in unmet and expert not in need.experts]
    return tuple(f"KEPT_FOR:{need.rule}" for need in lacking) or ("KEPT_FOR:COMBINATION",)


def impossible(given: DrawInput) -> DrawImpossible:
    board = board_of(given, upper_pool=True)
    demands, _notes = demands_of(board, LADDER)
    lacking = {
        need.rule: f" 需{need.count}有{len(need.experts)}"
        for need in demands.at_least
        if len(need.experts) < need.count
    }
    if len(board.people) < given.size:
        lacking["SIZE"] = f" 需{given.size}有{len(board.people)}"
    counts = Counter(exclusion.rule for exclusion in board.excluded)
    return DrawImpossible(
        pool=len(given.candidates),
        eligible=len(board.people),
        excluded=dict(sorted(counts.items())),
        lacking=lacking,
    )
