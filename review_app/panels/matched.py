"""From the boards of one or many reviews to a problem of matching, and from its panels back to the result of a
draw: same rules, same seats, same record."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from review_app.panels.board import (
    LADDER,
    Board,
    DrawInput,
    board_of,
    demands_of,
    effective,
    employer_max,
    exclusions_of,
    seats_left,
)
from review_app.panels.draw import Draw, Passed, result_of
from review_app.panels.lottery import noise_of
from review_app.panels.matching.problem import BARRED, Case, Load, Problem, Relaxation
from review_app.panels.seating import AtLeast, Demands

PREFERRED = "PREFERRED_SPECIALTY"
"""the first step of the ladder of a case whose own kind prefers a specialty"""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Entry:
    """One review that needs a panel: its draw's input (members in `fixed` stay), the scores of the experts, who
    must sit on it besides, and who sat on it in the plan before."""

    given: DrawInput
    scores: Mapping[str, int]
    locked: frozenset[str] = frozenset()
    previous: frozenset[str] = frozenset()


@dataclass
class Commons:
    """Equal sets and tables are kept once: a thousand cases differ in few of them."""

    sets: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    tables: dict[tuple[tuple[str, str | int], ...], Mapping[str, str | int]] = field(default_factory=dict)

    def set_of(self, members: frozenset[str]) -> frozenset[str]:
        return self.sets.setdefault(members, members)

    def table_of(self, table: Mapping[str, T]) -> Mapping[str, T]:
        shown = cast("Mapping[str, str | int]", table)
        return cast("Mapping[str, T]", self.tables.setdefault(tuple(sorted(shown.items())), shown))

    def demands_of(self, demands: Demands) -> Demands:
        return Demands(
            demands.size,
            tuple(replace(need, experts=self.set_of(need.experts)) for need in demands.at_least),
            tuple(replace(limit, experts=self.set_of(limit.experts)) for limit in demands.at_most),
            self.table_of(demands.employer),
            self.table_of(demands.employer_max),
        )


def problem_of(
    entries: Iterable[Entry],
    *,
    seed: bytes = bytes(32),
    apart: frozenset[tuple[str, str]] = frozenset(),
    keep_bonus: int = 0,
    noise: int = 0,
    quality_floor: int = 15_000,
    may_relax: bool = True,
) -> Problem:
    """The problem of forming all these panels together; case ids are the review numbers.

    A pair has a score exactly where the draw of that review could seat the expert at some step of its ladder
    (HARD and undecided recusals, leave, load and all other grounds bar it). An expert takes as many panels as
    his caps leave; a member who stays on one counts as taken already there, and keeps that place.
    Raises ValueError when a member who stays is barred.
    """
    ordered = sorted(entries, key=lambda one: one.given.review_no)
    experts = tuple(sorted({person.expert_no for one in ordered for person in one.given.candidates}))
    place_of = {expert: place for place, expert in enumerate(experts)}
    scores: NDArray[np.int32] = np.full((len(ordered), len(experts)), BARRED, dtype=np.int32)
    commons = Commons()
    cases = []
    for row, entry in enumerate(ordered):
        people = eligible(entry.given)
        for expert in people:
            scores[row, place_of[expert]] = entry.scores.get(expert, 0)
        cases.append(case_of(entry, people, commons))
    loads = tuple(Load(0, most) for most in room_of(ordered, experts))
    return Problem(
        experts, loads, tuple(cases), scores, apart=apart, keep_bonus=keep_bonus, seed=seed, noise=noise,
        quality_floor=quality_floor, may_relax=may_relax,
    )  # fmt: skip


def eligible(given: DrawInput) -> frozenset[str]:
    """Experts who could be seated at the last step of the ladder at least."""
    out = {ground.expert_no for ground in exclusions_of(given, upper_pool=True)}
    people = frozenset(person.expert_no for person in given.candidates) - out
    if missing := sorted(set(given.fixed) - people):
        raise ValueError(f"seated members who cannot stay: {', '.join(missing)}")
    return people


def room_of(entries: Sequence[Entry], experts: Sequence[str]) -> list[int]:
    """How many of these panels each expert may take: the least that any review's facts leave him, and the
    seats he holds on them already."""
    room: dict[str, int] = {}
    held: dict[str, int] = dict.fromkeys(experts, 0)
    for entry in entries:
        for person in entry.given.candidates:
            left = seats_left(person, entry.given.rules)
            room[person.expert_no] = min(left, room.get(person.expert_no, left))
        for expert in entry.given.fixed:
            held[expert] += 1
    return [room[expert] + held[expert] for expert in experts]


def case_of(entry: Entry, people: frozenset[str], commons: Commons) -> Case:
    """The hard rules of one panel, and what its ladder makes of them step by step."""
    given = entry.given
    wide = Board(given, {one.expert_no: one for one in given.candidates}, (), ())
    base, *ladder = [
        Relaxation(name, commons.demands_of(demands)) for name, demands in steps_of(wide, people)
    ]
    leads = frozenset({given.lead}) - {""}
    chairs = frozenset({given.chair}) if given.chair else wide.chair_qualified
    return Case(
        id=given.review_no,
        demands=base.demands,
        chairs=commons.set_of(chairs - leads if len((chairs - leads) & people) else chairs),
        locked=entry.locked | frozenset(given.fixed),
        previous=entry.previous,
        ladder=tuple(ladder),
    )


def steps_of(wide: Board, people: frozenset[str]) -> list[tuple[str, Demands]]:
    """The demands before any relaxation (nameless) and after each that can mean something."""
    scope = scope_of(wide, people, upper_pool=False)
    steps = [("", scope.demands(()))]
    if wide.given.preferred:
        wanted = AtLeast(PREFERRED, wide.with_specialty(wide.given.preferred), 1)
        stricter = replace(steps[0][1], at_least=(*steps[0][1].at_least, wanted))
        steps = [("", stricter), (PREFERRED, steps[0][1])]
    for count, name in enumerate(LADDER, start=1):
        if effective(wide, [name]):
            taken = LADDER[:count]
            scope = scope_of(wide, people, upper_pool=True) if name == "UPPER_POOL" else scope
            steps.append((name, scope.demands(taken)))
    return steps


@dataclass(frozen=True)
class Scope:
    """The people a step of the ladder is about: all of them, and those who can really sit.

    Demands are made over everybody, so that many cases share their sets; who is not eligible has no score,
    and who belongs to the upper pool has an employer only once that step is taken, so that neither can sit.
    As in the draw, a seat nobody could take is void, and only those who can sit tighten an employer's limit.
    """

    all: Board
    able: Board

    def demands(self, relaxed: Sequence[str]) -> Demands:
        demands, _notes = demands_of(self.all, relaxed)
        nobody = not self.able.of_category("ACADEMIC", "TECHNICAL")
        void = {"ACADEMIC_OR_TECHNICAL"} if nobody else set()
        return replace(
            demands,
            at_least=tuple(need for need in demands.at_least if need.rule not in void),
            employer_max={**demands.employer_max, **employer_max(self.able, relaxed)},
        )


def scope_of(wide: Board, people: frozenset[str], *, upper_pool: bool) -> Scope:
    upper = {no for no, one in wide.people.items() if one.upper_pool and not upper_pool}
    upper -= set(wide.given.fixed)
    here = wide.people if not upper else {no: one for no, one in wide.people.items() if no not in upper}
    return Scope(
        replace(wide, people=here),
        replace(wide, people={no: wide.people[no] for no in sorted(people - upper)}),
    )


def seated(given: DrawInput, members: Sequence[str], *, chair: str, relaxed: Sequence[str]) -> Draw:
    """The panel that a match chose, with seats, lead and ranked substitutes, without solving again.

    `given` has the seed and the scores; `relaxed` are the steps of the case's ladder that were taken.
    Raises ValueError when these members are no legal panel under those steps.
    """
    taken = max((LADDER.index(rule) + 1 for rule in relaxed if rule in LADDER), default=0)
    board = board_of(given, upper_pool="UPPER_POOL" in LADDER[:taken])
    demands, notes = demands_of(board, LADDER[:taken])
    if given.preferred:
        wanted = AtLeast(PREFERRED, board.with_specialty(given.preferred), 1)
        if len(wanted.experts & set(members)):
            demands = replace(demands, at_least=(*demands.at_least, wanted))
        else:
            notes = (*notes, "PREFERRED_SPECIALTY_NOT_MET")
    if not set(members) <= set(board.people) or not demands.is_legal(members):
        raise ValueError("not a legal panel")
    if not given.chair:
        board = replace(board, given=replace(given, chair=chair))
    found = result_of(board, members, demands, relaxations=LADDER[:taken], notes=notes)
    return replace(found, passed_over=passed_by(board, members, demands))


def passed_by(board: Board, members: Sequence[str], demands: Demands) -> tuple[Passed, ...]:
    """Everybody ranked before the last member who has no seat, with the rules each exchange against a member
    ranked behind him would break: were there none, the exchange would make a better panel."""
    rank = {expert: place for place, expert in enumerate(board.order)}
    last = max(rank[member] for member in members)
    waiting = [expert for expert in board.order[:last] if expert not in members]
    return tuple(Passed(expert, rules_against(expert, board, rank, members, demands)) for expert in waiting)


def rules_against(
    expert: str, board: Board, rank: Mapping[str, int], members: Sequence[str], demands: Demands
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for gone in sorted(members, key=lambda member: rank[member]):
        if rank[gone] < rank[expert]:
            continue
        if gone in board.given.fixed:
            found["SEATED_ALREADY"] = None
            continue
        others = [*(member for member in members if member != gone), expert]
        broken = demands.broken_limits(others) or kept_for(demands.missing(others))
        found.update(dict.fromkeys(broken or (unbroken(expert, gone, board.given),)))
    return tuple(found)


def kept_for(missing: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"KEPT_FOR:{rule}" for rule in missing)


def unbroken(expert: str, gone: str, given: DrawInput) -> str:
    """Why an exchange that breaks no rule was not made: a tie the seed decided, the bound on what a random
    match may lose, or (in a plan) the panel of another review."""
    first, second = (
        given.scores.get(no, 0) + noise_of(given.seed, given.review_no, no, given.noise)
        for no in (expert, gone)
    )
    if first == second:
        return "SAME_SCORE"
    return "QUALITY_FLOOR" if given.noise else "OTHER_PANELS"
