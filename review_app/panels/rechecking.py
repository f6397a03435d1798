"""The check again, in the same transaction, whenever a fact changes that it reads.

Every change writes a row in the audit log; the rows of one transaction tell which experts, cases and panels it
touched. Whoever sits or waits there is judged anew. Where the answer differs from the last one the coordinator
gets a task, and a member about whom something new speaks is kept from the file until it is decided.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import Noted, noted, record
from review_app.clock import local_day
from review_app.database import Base
from review_app.errors import N_
from review_app.experts.models import Expert
from review_app.experts.states import ExpertCategory
from review_app.notices.service import notify
from review_app.panels import queries
from review_app.panels.case_people import find_people
from review_app.panels.conflicts import coordinators
from review_app.panels.gathering import judge
from review_app.panels.grounds import Level
from review_app.panels.models import (
    ConflictCheck,
    ConflictEvidence,
    ConflictOpinion,
    ConflictTask,
    PanelMember,
)
from review_app.panels.objecting import suspend_for
from review_app.panels.recusal import Check, Hit, Status
from review_app.panels.second_person import open_facts, put_away, requests_about
from review_app.panels.shared import Shared, shared_facts
from review_app.panels.states import Applicant, OpinionState, SeatState
from review_app.reviews.models import CaseReview, FileDocument

OF_EXPERTS = "expert"
OF_CASES = ("review.register", "case-person.", "conflict.", "recusal.")
OF_PANELS = ("draw.carry-out", "panel.replace", "panel.invite", "panel.leave", "panel.end")
OF_UNITS = "organisation"
UNCOUNTED = "R20"
"""frequent service speaks against another seat, not against one that is held"""
WORTH_READING_ALL = 4
SUSPENDS = (Level.HARD, Level.MANUAL, Level.POSSIBLE)


def after_changes(session: Session, *, now: datetime) -> list[ConflictTask]:
    """Judge anew everybody whom the changes recorded in this transaction may concern, in the name of who made
    them; gives the new tasks. Ends every request that writes and every command that changes the pool."""
    every = noted(session)
    propose_from_uploads(session, every, now=now)
    found = [one for one in every if reads(one.action)]
    by = session.get(Person, next((one.person_id for one in found if one.person_id), 0))
    if by is None:
        return []
    seats = touched_seats(session, found)
    shared = shared_facts(session) if len(seats) >= WORTH_READING_ALL else None
    cause = found[0].action
    made = [recheck(session, seat, cause=cause, shared=shared, by=by, now=now) for seat in seats]
    settle_what_ended(session, found, by=by, now=now)
    noted(session)
    return [task for task in made if task is not None]


def propose_from_uploads(session: Session, every: Sequence[Noted], *, now: datetime) -> None:
    """Names of parties, counsel and officers in documents that were just uploaded, for a person to confirm."""
    for one in every:
        if one.action == "files.upload" and one.review_id:
            document = session.get_one(FileDocument, int(one.subject.partition(":")[2]))
            find_people(session, session.get_one(CaseReview, one.review_id), [document], now=now)


def reads(action: str) -> bool:
    """Whether the check reads what this action changes."""
    return action.split(".")[0] in (OF_EXPERTS, OF_UNITS) or action.startswith((*OF_CASES, *OF_PANELS))


def touched_seats(session: Session, found: Sequence[Noted]) -> list[PanelMember]:
    """Everybody who sits or waits on a panel that the changes concern, by row id."""
    if any(one.action.split(".")[0] == OF_UNITS for one in found):
        return seats_of(panel.members for panel in queries.running_panels(session))
    experts = {one for note in found if note.action.split(".")[0] == OF_EXPERTS for one in who(session, note)}
    seats = {seat.id: seat for seat in queries.seats_of_experts(session, with_colleagues(session, experts))}
    reviews = {
        note.review_id for note in found if note.review_id and note.action.startswith((*OF_CASES, *OF_PANELS))
    }
    for review_id in sorted(reviews):
        case = session.get_one(CaseReview, review_id).legal_case
        panels = queries.running_panels(session, queries.same_cases(session, case))
        seats |= {seat.id: seat for seat in seats_of(panel.members for panel in panels)}
    return [seats[seat_id] for seat_id in sorted(seats)]


def seats_of(members: Iterable[Sequence[PanelMember]]) -> list[PanelMember]:
    return [one for some in members for one in some if one.is_seated or one.status is SeatState.WAITING]


def who(session: Session, note: Noted) -> set[int]:
    """Ids of the experts a recorded change is about: the row itself, or the expert to whom the row belongs."""
    table, _, row_id = note.subject.partition(":")
    if not row_id.isdigit() or table not in Base.metadata.tables:
        return set()
    if table == Expert.__tablename__:
        return {int(row_id)}
    columns = Base.metadata.tables[table].c
    if "expert_id" not in columns:
        return set()
    return set(session.scalars(select(columns.expert_id).where(columns.id == int(row_id))))


def with_colleagues(session: Session, experts: set[int]) -> set[int]:
    """These experts and, for lawyers, the lawyers of the same firm: its clients bind them too."""
    firms = select(Expert.organisation_id).where(
        Expert.id.in_(experts), Expert.category == ExpertCategory.LAWYER, Expert.organisation_id.is_not(None)
    )
    colleagues = select(Expert.id).where(
        Expert.category == ExpertCategory.LAWYER, Expert.organisation_id.in_(firms)
    )
    return experts | set(session.scalars(colleagues))


def recheck(
    session: Session,
    member: PanelMember,
    *,
    cause: str,
    by: Person,
    now: datetime,
    shared: Shared | None = None,
) -> ConflictTask | None:
    """Judge one seated or waiting expert on today's facts and keep the answer. When it differs from the last
    one a task is opened; a member whom new evidence touches is suspended until it is decided."""
    review = member.panel.review
    checked = judge(session, review, member.expert, on=local_day(now), shared=shared)
    last = queries.check_of(session, review, member.expert_id)
    known = known_facts(last, member, checked)
    new = [hit for hit in checked.hits if hit.rule != UNCOUNTED and hit.fact_key not in known]
    held = {hit.fact_key for hit in checked.evidence}
    gone = sorted(known - held)
    worse = last is not None and last.status == Status.CLEAR and checked.status is Status.UNCHECKED
    before = last.status if last is not None else "NEVER"
    keep_evidence(session, review, member.expert, checked, by=by, now=now)
    keep_check(session, review, member.expert, checked, last, by=by, now=now)
    lapse_opinions(session, review, member.expert_id, held)
    if not (new or gone or worse):
        return None
    task = open_task(session, member, cause, (before, checked.status), new, gone, by=by, now=now)
    suspend(session, member, new, by=by, now=now)
    return task


def known_facts(last: ConflictCheck | None, member: PanelMember, checked: Check) -> set[str]:
    """The facts of the last answer. Before the first one: service with the reviewed organ that the draw
    counted, and nothing else, since nobody with a conflict is drawn."""
    if last is not None:
        return {fact_key for rule, _level, fact_key in last.answer if rule != UNCOUNTED}
    counted = member.same_organ or not member.is_seated
    return {hit.fact_key for hit in checked.evidence if hit.rule == "R11" and counted}


def keep_check(
    session: Session,
    review: CaseReview,
    expert: Expert,
    checked: Check,
    last: ConflictCheck | None,
    *,
    by: Person,
    now: datetime,
) -> ConflictCheck:
    """Store the present answer in place of the last."""
    row = last or ConflictCheck(
        review_id=review.id, round=review.round, expert=expert, created_at=now, created_by_id=by.id
    )
    row.status, row.checked_at = checked.status, now
    row.answer = [[hit.rule, hit.level, hit.fact_key] for hit in checked.evidence]
    row.unchecked = json.dumps([[one.rule, one.missing] for one in checked.unchecked], ensure_ascii=False)
    row.unchecked_count = len(checked.unchecked)
    session.add(row)
    session.flush()
    return row


def keep_evidence(
    session: Session, review: CaseReview, expert: Expert, checked: Check, *, by: Person, now: datetime
) -> None:
    """Add what is new to the evidence and mark what no longer holds."""
    stored = {
        one.fact_key: one for one in queries.evidence_of(session, review, expert.id) if one.gone_at is None
    }
    held = {hit.fact_key: hit for hit in checked.evidence}
    for key, hit in held.items():
        if key not in stored:
            session.add(evidence(review, expert, hit, by=by, now=now))
    for key, row in stored.items():
        if key not in held:
            row.gone_at = now
    session.flush()


def evidence(review: CaseReview, expert: Expert, hit: Hit, *, by: Person, now: datetime) -> ConflictEvidence:
    return ConflictEvidence(
        review=review, round=review.round, expert=expert, rule=hit.rule, level=hit.level, source=hit.source,
        matched=hit.matched, fact_key=hit.fact_key, rule_version=review.rule_version, created_at=now,
        created_by_id=by.id,
    )  # fmt: skip


def lapse_opinions(session: Session, review: CaseReview, expert_id: int, held: set[str]) -> None:
    """An opinion on a fact that is no more waits for nobody."""
    waiting = select(ConflictOpinion).where(
        ConflictOpinion.review_id == review.id,
        ConflictOpinion.expert_id == expert_id,
        ConflictOpinion.state == OpinionState.PROPOSED,
        ConflictOpinion.fact_key.not_in(held),
    )
    for opinion in session.scalars(waiting):
        opinion.state = OpinionState.LAPSED


def open_task(
    session: Session,
    member: PanelMember,
    cause: str,
    change: tuple[str, str],
    new: Sequence[Hit],
    gone: Sequence[str],
    *,
    by: Person,
    now: datetime,
) -> ConflictTask:
    review = member.panel.review
    task = ConflictTask(
        review=review, member=member, cause=cause, before=change[0], after=change[1],
        new_facts=[hit.fact_key for hit in new], gone_facts=list(gone), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(task)
    session.flush()
    record(
        session, action="conflict.recheck", subject=task, by=by, now=now, review_id=review.id,
        before={"status": change[0]}, after={"status": change[1], "cause": cause},
    )  # fmt: skip
    for person in coordinators(session, review):
        notify(
            session, "conflict-changed", person, now=now, review_id=review.id,
            link=f"/reviews/{review.id}/panel/conflicts", step=f"conflict-task:{task.id}",
            review_no=review.review_no or "",
        )  # fmt: skip
    return task


def suspend(session: Session, member: PanelMember, new: Sequence[Hit], *, by: Person, now: datetime) -> None:
    """Keep a member from the file while what is new waits for its decision; who only waits is not asked."""
    for hit in new:
        if hit.level in SUSPENDS and member.is_seated and not requests_about(member, hit.fact_key):
            suspend_for(
                session,
                member,
                hit.rule,
                Applicant.OFFICE,
                hit.matched,
                fact_key=hit.fact_key,
                by=by,
                now=now,
            )


def settle_what_ended(session: Session, found: Sequence[Noted], *, by: Person, now: datetime) -> None:
    """Tasks whose questions are all decided, or whose seat is gone, wait for nobody."""
    decided = ("conflict.decide", "panel.leave", "panel.end", "recusal.decide")
    reviews = {one.review_id for one in found if one.action.startswith(decided)}
    for task in queries.open_tasks(session):
        if task.review_id in reviews and task.new_facts and not open_facts(session, task, now=now):
            put_away(session, task, remark=N_("各项情形均已决定或者席位已经结束。"), by=by, now=now)
