"""Recusal requests: who asks, suspension, decision, one reconsideration; and removal by the office.

The member is suspended until the decision (民事诉讼法第48条第2款 by analogy), decided within three days
(第50条); a refusal may be reconsidered once, during which the member works on.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.panels import rules
from review_app.panels.conflicts import keep_conflict
from review_app.panels.gathering import judge
from review_app.panels.grounds import GROUNDS, Level
from review_app.panels.models import Panel, PanelMember, Recusal, Telling
from review_app.panels.seats import leave, set_status
from review_app.panels.states import (
    RECUSAL_STEPS,
    Applicant,
    RecusalState,
    SeatRole,
    SeatState,
    ToldParty,
)
from review_app.reviews.states import AccessStage

TOLD_AS = {Applicant.PETITIONER: ToldParty.PETITIONER, Applicant.ORGAN: ToldParty.ORGAN}
SHORTEST = 5


def request_recusal(
    session: Session,
    member: PanelMember,
    *,
    ground: str,
    applicant: Applicant,
    facts: str,
    by: Person,
    now: datetime,
) -> Recusal:
    """Ask, for the petitioner or the reviewed organ, that a member be recused. Within the window only."""
    review = member.panel.review
    if not rules.can_request_recusal(by, review) or not rules.may_apply_as(by, review, applicant):
        raise NotAllowed
    if ground not in GROUNDS:
        raise ReviewError(N_("请选择申请回避所依据的情形。"))
    if len(facts.strip()) < SHORTEST:
        raise ReviewError(N_("请写明申请回避的事实和理由（至少五个字）。"))
    if not member.is_seated or member.status is SeatState.SUSPENDED:
        raise ReviewError(N_("该专家已不在组或者正在等待回避决定，不能申请。"))
    require_open_window(member, applicant, today=local_day(now))
    return suspend_for(session, member, ground, applicant, facts.strip(), by=by, now=now)


def require_open_window(member: PanelMember, applicant: Applicant, *, today: date) -> None:
    windows = windows_for(member.panel, TOLD_AS[applicant], member)
    if not windows:
        raise ReviewError(N_("尚未向申请人告知评查组名单，请先登记告知情况。"))
    if windows[-1].waived_on is not None:
        raise ReviewError(N_("申请人已表示不申请回避。新发现的情形请报办公室依职权处理。"))
    if today > windows[-1].due_on:
        raise ReviewError(
            N_("申请回避的期限已于%(due)s届满。期限届满后发现的情形，请报办公室依职权处理。"),
            due=windows[-1].due_on.isoformat(),
        )


def windows_for(panel: Panel, to: ToldParty, member: PanelMember) -> list[Telling]:
    return [one for one in panel.tellings if one.to is to and member.id in one.member_ids]


def suspend_for(
    session: Session,
    member: PanelMember,
    ground: str,
    applicant: Applicant,
    facts: str,
    *,
    by: Person,
    now: datetime,
    fact_key: str = "",
) -> Recusal:
    """Put the question to the office and keep the member from the file until it is decided. `fact_key` names
    the evidence when the check found it and nobody asked."""
    review = member.panel.review
    limit = rulebook.load(review.rule_version).recusal.decision_days
    asked = Recusal(
        panel=member.panel, member=member, ground=ground, fact_key=fact_key, applicant=applicant, facts=facts,
        state=RecusalState.PENDING, due_on=local_day(now) + timedelta(days=limit),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(asked)
    if member.status is not SeatState.SUSPENDED:
        member.resumes_as = member.status
        set_status(member, SeatState.SUSPENDED, now=now)
    if member.access is not None:
        member.access.stage = AccessStage.SUMMARY
    session.flush()
    record(
        session, action="recusal.request", subject=asked, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no, "ground": ground, "applicant": applicant},
    )  # fmt: skip
    for decider in deciders(session, member):
        notify(
            session, "recusal-requested", decider, now=now, review_id=review.id, link=page_of(asked),
            step=f"recusal:{asked.id}", review_no=review.review_no or "", due=asked.due_on.isoformat(),
        )  # fmt: skip
    return asked


def page_of(asked: Recusal) -> str:
    return f"/reviews/{asked.panel.review_id}/panel/recusals/{asked.id}"


def deciders(session: Session, member: PanelMember) -> list[Person]:
    role = Role.COMMITTEE_HEAD if member.role is SeatRole.CHAIR else Role.LEADER
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    return [person for person in people if person.has(role)]


def step(asked: Recusal, to: RecusalState) -> None:
    if to not in RECUSAL_STEPS[asked.state]:
        raise ReviewError(N_("该申请已经处理，请刷新页面查看。"))
    asked.state = to


def require_reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    return reason.strip()


def decide_recusal(
    session: Session, asked: Recusal, *, granted: bool, reason: str, by: Person, now: datetime
) -> None:
    """Decide a request. Granted: the member leaves, the ground is kept, the substitute moves up. Refused:
    the member goes on where he was, unless another request is pending."""
    if not rules.can_decide_recusal(by, asked):
        raise NotAllowed
    reason = require_reason(reason)
    if not granted:
        require_refusable(session, asked, now=now)
    step(asked, RecusalState.GRANTED if granted else RecusalState.REFUSED)
    asked.decided_by, asked.decided_at, asked.decision_reason = by, now, reason
    settle(session, asked, action="recusal.decide", by=by, now=now)


def require_refusable(session: Session, asked: Recusal, *, now: datetime) -> None:
    """A request cannot be refused against what the law says of facts on record, nor by one person alone when
    the check itself raised the question."""
    found = judge(session, asked.panel.review, asked.member.expert, on=local_day(now))
    hard = sorted({hit.rule for hit in found.hits if hit.level is Level.HARD})
    if hard:
        raise ReviewError(
            N_("资料显示该专家有依法应当回避的情形（%(rules)s），不能驳回。资料有误的，请先更正资料。"),
            rules="、".join(hard),
        )
    if asked.fact_key and asked.fact_key in {hit.fact_key for hit in found.hits}:
        raise ReviewError(
            N_("该事项由系统核对发现，排除须经两人：由协调员在“回避审查”中提出意见，再由您确认。")
        )


def ask_again(session: Session, asked: Recusal, *, facts: str, by: Person, now: datetime) -> None:
    """Ask once for reconsideration of a refusal."""
    if not rules.can_ask_again(by, asked):
        raise NotAllowed
    facts = require_reason(facts)
    step(asked, RecusalState.RECONSIDERING)
    asked.asked_again_at, asked.asked_again_facts = now, facts
    record(
        session, action="recusal.ask-again", subject=asked, by=by, now=now, review_id=asked.panel.review_id
    )


def decide_again(
    session: Session, asked: Recusal, *, granted: bool, reason: str, by: Person, now: datetime
) -> None:
    """Decide the reconsideration; there is no other."""
    if not rules.can_decide_again(by, asked):
        raise NotAllowed
    reason = require_reason(reason)
    if not granted:
        require_refusable(session, asked, now=now)
    step(asked, RecusalState.GRANTED if granted else RecusalState.UPHELD)
    asked.decided_again_by, asked.decided_again_at, asked.decided_again_reason = by, now, reason
    settle(session, asked, action="recusal.decide-again", by=by, now=now)


def settle(session: Session, asked: Recusal, *, action: str, by: Person, now: datetime) -> None:
    """What a decision means for the seat."""
    member, review = asked.member, asked.panel.review
    record(
        session,
        action=action,
        subject=asked,
        by=by,
        now=now,
        review_id=review.id,
        after={"state": asked.state},
    )
    if asked.state is RecusalState.GRANTED:
        keep_conflict(session, member, asked.ground, "RECUSAL", asked.facts, by=by, now=now)
        if member.is_seated:
            leave(session, member, SeatState.RECUSED, why=N_("决定回避"), by=by, now=now)
    elif member.status is SeatState.SUSPENDED and not still_pending(asked):
        resume(member, now=now)
    for person in those_concerned(session, asked):
        notify(
            session, "recusal-decided", person, now=now, review_id=review.id, link=page_of(asked),
            step=f"recusal:{asked.id}:{asked.state}", review_no=review.review_no or "",
        )  # fmt: skip


def still_pending(asked: Recusal) -> bool:
    others = (one for one in asked.panel.recusals if one.member is asked.member and one is not asked)
    return any(one.state is RecusalState.PENDING for one in others)


def resume(member: PanelMember, *, now: datetime) -> None:
    set_status(member, member.resumes_as or SeatState.STATED, now=now)
    if member.access is not None and member.status is SeatState.ACCEPTED:
        member.access.stage = AccessStage.FULL
    member.resumes_as = None


def those_concerned(session: Session, asked: Recusal) -> list[Person]:
    """The coordinators, the member while seated, and for the organ's request its liaisons."""
    organ = asked.panel.review.legal_case.reviewed_org_id
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    return [
        person
        for person in people
        if person.has(Role.COORD)
        or (asked.applicant is Applicant.ORGAN and person.liaison_of(organ))
        or (person.id == asked.member.person_id and asked.member.is_seated)
    ]


def remove_member(
    session: Session, member: PanelMember, *, ground: str, reason: str, by: Person, now: datetime
) -> None:
    """Take a member off by the office's own motion: with a ground it is a recusal and kept as a conflict,
    without one the member cannot take part any more (illness, no answer, form not handed in)."""
    if not rules.can_remove(by, member):
        raise NotAllowed
    reason = require_reason(reason)
    if ground and ground not in GROUNDS:
        raise ReviewError(N_("请选择申请回避所依据的情形。"))
    review = member.panel.review
    if ground:
        keep_conflict(session, member, ground, "OFFICE", reason, by=by, now=now)
    record(
        session, action="panel.remove", subject=member, by=by, now=now, review_id=review.id,
        after={"ground": ground or None}, reason=reason,
    )  # fmt: skip
    close_requests(member, by=by, now=now)
    to = SeatState.RECUSED if ground else SeatState.RELEASED
    leave(session, member, to, why=N_("办公室决定"), by=by, now=now)


def close_requests(member: PanelMember, *, by: Person, now: datetime) -> None:
    """A request about somebody who leaves anyway is settled by that."""
    for asked in member.panel.recusals:
        if asked.member is member and asked.state is RecusalState.PENDING:
            step(asked, RecusalState.GRANTED)
            asked.decided_by, asked.decided_at = by, now
            asked.decision_reason = N_("该成员已由办公室决定退出评查组。")
