"""The second person's word on a possible conflict, and what follows from it for a seat."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.panels import queries, rules
from review_app.panels.conflicts import (
    asked_hit,
    changed_facts,
    keep_conflict,
    keep_decision,
    page_of,
    written,
)
from review_app.panels.gathering import judge
from review_app.panels.models import ConflictDecision, ConflictOpinion, ConflictTask, PanelMember, Recusal
from review_app.panels.objecting import settle, step
from review_app.panels.seats import leave
from review_app.panels.states import OpinionState, RecusalState, SeatState


def second(
    session: Session, opinion: ConflictOpinion, *, agreed: bool, reason: str, by: Person, now: datetime
) -> ConflictDecision | None:
    """Agree with the first person's opinion, which makes it the decision, or return it with reasons.

    The question must still be open on today's facts: an opinion about a fact that has changed lapses.
    """
    member = queries.member_of_expert(session, opinion.review, opinion.expert_id)
    if not rules.can_second(by, opinion, member):
        raise NotAllowed
    reason = written(reason)
    checked = judge(session, opinion.review, opinion.expert, on=local_day(now))
    asked_hit(checked, changed_facts(session, opinion.review), opinion.rule, opinion.fact_key)
    opinion.second, opinion.second_at, opinion.second_reason = by, now, reason
    opinion.state = OpinionState.AGREED if agreed else OpinionState.RETURNED
    record(
        session, action="conflict.second", subject=opinion, by=by, now=now, review_id=opinion.review_id,
        after={"state": opinion.state},
    )  # fmt: skip
    notify(
        session, "conflict-seconded", opinion.by, now=now, review_id=opinion.review_id, link=page_of(opinion),
        step=f"opinion:{opinion.id}:{opinion.state}", review_no=opinion.review.review_no or "",
    )  # fmt: skip
    if not agreed:
        return None
    taken = keep_decision(session, opinion, by=by, now=now)
    if member is not None:
        follow_up(session, member, opinion, by=by, now=now)
    return taken


def follow_up(
    session: Session, member: PanelMember, opinion: ConflictOpinion, *, by: Person, now: datetime
) -> None:
    """The seat after a decision: who must be recused leaves and is followed; who need not goes on."""
    for asked in requests_about(member, opinion.fact_key):
        step(asked, RecusalState.GRANTED if opinion.confirmed else RecusalState.REFUSED)
        asked.decided_by, asked.decided_at, asked.decision_reason = by, now, opinion.second_reason
        settle(session, asked, action="recusal.decide", by=by, now=now)
    if opinion.confirmed and member.is_seated:
        keep_conflict(session, member, opinion.rule, "DECISION", opinion.reason, by=by, now=now)
        leave(session, member, SeatState.RECUSED, why=N_("决定回避"), by=by, now=now)


def requests_about(member: PanelMember, fact_key: str) -> list[Recusal]:
    """Pending requests that the platform opened for this fact."""
    return [
        one
        for one in member.panel.recusals
        if one.member is member and one.fact_key == fact_key and one.state is RecusalState.PENDING
    ]


def settle_task(session: Session, task: ConflictTask, *, remark: str, by: Person, now: datetime) -> None:
    """Put a changed answer away: only when no question of it is open any more."""
    if not rules.can_settle_task(by, task):
        raise NotAllowed
    if task.settled_at is not None:
        raise ReviewError(N_("该事项已经处理，请刷新页面查看。"))
    if open_facts(session, task, now=now):
        raise ReviewError(N_("该事项还有待决定的情形，请先提出意见并由第二人确认。"))
    put_away(session, task, remark=written(remark), by=by, now=now)


def open_facts(session: Session, task: ConflictTask, *, now: datetime) -> list[str]:
    """The new facts of a task that still hold and about which nobody has decided, while the seat lasts."""
    member = task.member
    if not (member.is_seated or member.status is SeatState.WAITING):
        return []
    checked = judge(session, task.review, member.expert, on=local_day(now))
    decided = {
        one.fact_key
        for one in queries.conflict_decisions(session, task.review.legal_case)
        if one.expert_id == member.expert_id
    }
    held = {hit.fact_key for hit in checked.hits} - decided
    return [key for key in task.new_facts if key in held]


def put_away(session: Session, task: ConflictTask, *, remark: str, by: Person, now: datetime) -> None:
    task.settled_at, task.settled_by, task.remark = now, by, remark
    record(session, action="conflict.settle", subject=task, by=by, now=now, review_id=task.review_id)
