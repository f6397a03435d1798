"""From the database to the problem of a plan: every review's frozen draw input, the scores, locks and seats of the
proposal before. Everything that decides is marked, so that a later change can be named."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.audit.chain import canonical
from review_app.panels import drawing
from review_app.panels.board import exclusions_of
from review_app.panels.match_json import Instance
from review_app.panels.match_json import problem_of as problem_of_file
from review_app.panels.match_record import input_sha256
from review_app.panels.match_writing import instance_of
from review_app.panels.matched import Entry, problem_of
from review_app.panels.matching.problem import Problem, Progress
from review_app.panels.profiles import TrackRecord, fits_of, track_record_of
from review_app.panels.record import Frozen, Weighing, input_of, plain
from review_app.panels.shared import Shared, shared_facts
from review_app.panels.states import DrawKind, DrawMethod
from review_app.planning import queries
from review_app.planning.models import PlanProposal
from review_app.planning.running import Report
from review_app.planning.states import Choice
from review_app.reviews.models import CaseReview, LegalCase
from review_app.rulebook.matching import load_matching

OF_THE_LOAD = ("open_reviews", "month_left", "max_open")
"""what a candidate's line says about his load, which every other panel changes"""


@dataclass(frozen=True, eq=False)
class TakenIn:
    """Everything a plan is worked out from, on one day. ``instance`` is the published form of the problem; ``gone``
    are reviews that no longer wait for a panel."""

    reviews: Mapping[str, CaseReview]
    frozen: Mapping[str, Frozen]
    instance: Instance
    marks: Mapping[str, Mapping[str, str]]
    gone: tuple[str, ...]
    names: Mapping[str, str]
    """the experts' names by number"""

    @property
    def input_sha256(self) -> str:
        return input_sha256(self.instance)

    def problem(self, seed: bytes = bytes(32), *, preview: bool = False) -> Problem:
        """What is solved under a seed; the preview adds no noise."""
        made = problem_of_file(self.instance, seed)
        return replace(made, noise=0) if preview else made


def take_in(session: Session, proposal: PlanProposal, *, report: Report) -> TakenIn:
    """Read what decides the proposal: its reviews, the pool, recusals, loads, locks and earlier seats, as of the
    proposal's day."""
    wanted = reviews_of(session, proposal.settings["cases"])
    waiting = still_waiting(session, wanted)
    shared = shared_facts(session)
    track = track_record_of(session, shared.pool)
    frozen: dict[str, Frozen] = {}
    for place, review in enumerate(waiting):
        report(Progress("GATHER", place, len(wanted)))
        frozen[number_of(review)] = frozen_review(session, review, shared, track, proposal)
    return TakenIn(
        reviews={number_of(one): one for one in waiting},
        frozen=frozen,
        instance=with_grounds(instance_of(problem_from(session, proposal, frozen)), frozen),
        marks=marks_of(frozen),
        gone=tuple(number_of(one) for one in wanted if one not in waiting),
        names={one.expert_no: one.name for one in shared.pool},
    )


def with_grounds(instance: Instance, frozen: Mapping[str, Frozen]) -> Instance:
    """The published form with the reason why each pair is barred: rules alone, never their evidence. Who could be
    invited from the upper pool is not barred by it."""
    barred = tuple((case, expert, reason) for (case, expert), reason in sorted(grounds_of(frozen).items()))
    return replace(instance, file=replace(instance.file, barred=barred))


def grounds_of(frozen: Mapping[str, Frozen]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    for number, one in frozen.items():
        for ground in exclusions_of(input_of(one, bytes(32)), upper_pool=True):
            found.setdefault((number, ground.expert_no), []).append(ground.rule)
    return {pair: "、".join(sorted(set(rules))) for pair, rules in found.items()}


def number_of(review: CaseReview) -> str:
    return review.review_no or ""


def reviews_of(session: Session, ids: Sequence[int]) -> list[CaseReview]:
    wanted = (
        select(CaseReview)
        .where(CaseReview.id.in_(ids))
        .options(
            selectinload(CaseReview.legal_case).selectinload(LegalCase.involved),
            selectinload(CaseReview.item),
        )
        .execution_options(populate_existing=True)
    )
    return sorted(session.scalars(wanted), key=number_of)


def still_waiting(session: Session, reviews: Sequence[CaseReview]) -> list[CaseReview]:
    waiting = set(session.scalars(select(CaseReview.id).where(queries.waiting_for_panels())))
    return [one for one in reviews if one.id in waiting]


def frozen_review(
    session: Session, review: CaseReview, shared: Shared, track: TrackRecord, proposal: PlanProposal
) -> Frozen:
    """The review's draw input with the measures of every candidate."""
    rules, on = load_matching(), proposal.facts_on
    base = drawing.freeze(
        session,
        review,
        draw_no=drawing.next_draw_no(session, review),
        kind=DrawKind.FIRST,
        on=on,
        shared=shared,
    )
    random = proposal.plan.choice is Choice.RANDOM
    return replace(
        base,
        method=DrawMethod.PLAN,
        weighing=Weighing(
            version=rules.version,
            weights=rules.weights_for(review.template),
            noise=rules.noise if random else 0,
            quality_floor=rules.quality_floor if random else 0,
        ),
        fits=fits_of(review, base.candidates, shared=shared, track=track, rules=rules, on=on),
    )


def problem_from(session: Session, proposal: PlanProposal, frozen: Mapping[str, Frozen]) -> Problem:
    """The problem without a seed."""
    rules, settings = load_matching(), proposal.settings
    numbers = queries.numbers_by_id(session, settings["cases"])
    locked = locked_by_case(settings["locks"], numbers)
    before = seats_before(session, proposal, numbers)
    entries = []
    for number, one in frozen.items():
        given = input_of(one, bytes(32))
        entries.append(
            Entry(given, given.scores, locked.get(number, frozenset()), before.get(number, frozenset()))
        )
    return problem_of(
        entries,
        keep_bonus=settings["change_cost"],
        noise=rules.noise if proposal.plan.choice is Choice.RANDOM else 0,
        quality_floor=rules.quality_floor,
        may_relax=settings["may_relax"],
    )


def locked_by_case(
    locks: Sequence[tuple[int, str, str]], numbers: Mapping[int, str]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for review_id, expert_no, _reason in locks:
        if review_id in numbers:
            found.setdefault(numbers[review_id], set()).add(expert_no)
    return {number: frozenset(experts) for number, experts in found.items()}


def seats_before(
    session: Session, proposal: PlanProposal, numbers: Mapping[int, str]
) -> dict[str, frozenset[str]]:
    """The seats of the proposal this one is based on."""
    if proposal.based_on is None:
        return {}
    return {
        numbers[panel.review_id]: frozenset(member["expert_no"] for member in panel.members)
        for panel in queries.panels_of(session, proposal.based_on)
        if panel.review_id in numbers
    }


def marks_of(frozen: Mapping[str, Frozen]) -> dict[str, dict[str, str]]:
    """A short digest of each case and of each expert's room, by which a change can be named."""
    room: dict[str, str] = {}
    for one in frozen.values():
        for person in one.candidates:
            room[person.expert_no] = mark([getattr(person, name) for name in OF_THE_LOAD])
    return {"cases": {number: mark(case_facts(one)) for number, one in frozen.items()}, "experts": room}


def case_facts(frozen: Frozen) -> dict[str, Any]:
    """All that is frozen for a case but the experts' loads."""
    whole: dict[str, Any] = plain(frozen)
    people = [
        {name: value for name, value in person.items() if name not in OF_THE_LOAD}
        for person in whole["candidates"]
    ]
    return whole | {"candidates": people}


def mark(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:16]


def differences(before: Mapping[str, Mapping[str, str]], now: TakenIn) -> list[dict[str, str]]:
    """What is no longer as it was when the proposal was worked out: cases, experts, reviews that are gone."""
    gone = [{"kind": "gone", "name": number} for number in now.gone]
    cases = [
        {"kind": "case", "name": number}
        for number, digest in before["cases"].items()
        if number not in now.gone and now.marks["cases"].get(number) != digest
    ]
    names = sorted(before["experts"].keys() | now.marks["experts"].keys())
    experts = [
        {"kind": "expert", "name": name}
        for name in names
        if before["experts"].get(name) != now.marks["experts"].get(name)
    ]
    return [*gone, *cases, *experts]
