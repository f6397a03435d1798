"""What the process asks of deliberations: what each state still lacks, and what happens on entering one."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.deliberations.assembling import result_of
from review_app.deliberations.concluding import (
    escalate,
    final_result,
    lacking_route,
    lock_result,
)
from review_app.deliberations.consolidating import unassigned
from review_app.deliberations.hearing import is_heard, open_hearing
from review_app.deliberations.models import Deliberation
from review_app.deliberations.queries import (
    escalation_of,
    findings_of,
    hearing_of,
    interviews_of,
    present_session,
)
from review_app.deliberations.recording import silent_members
from review_app.deliberations.sessions import open_deliberation, panel_changed
from review_app.deliberations.states import EscalationWay, Stage
from review_app.errors import N_
from review_app.evaluations.service import all_signed
from review_app.precedents.queries import report_exists
from review_app.reviews.lacks import CHAIR, COORDINATOR, LEAD, LIAISON, MEMBERS, Missing
from review_app.reviews.models import CaseReview

__all__ = [
    "escalate",
    "final_result",
    "lock_result",
    "missing_deliberation",
    "missing_draft",
    "missing_escalated",
    "missing_hearing",
    "open_deliberation",
    "open_hearing",
    "result_of",
]

FINDINGS = "deliberations.findings"
HEARING = "deliberations.hearing"
SESSION = "deliberations.deliberation"
ESCALATION = "deliberations.escalation"


def missing_draft(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What DRAFT lacks: every proposal in a finding, every finding worded and confirmed, and the report on
    similar cases where the law was applied wrongly or the case is doubtful."""
    found = []
    findings = findings_of(session, review)
    if not all_signed(session, review):
        found.append(Missing(N_("评查组成员尚未全部签署评查表。"), who=MEMBERS))
    if loose := len(unassigned(session, review)):
        sentence = N_("还有%(count)s项扣分或者否决提议没有归入问题清单。")
        found.append(Missing(sentence, {"count": loose}, who=LEAD, page=FINDINGS, panel_only=True))
    if open_still := sum(finding.confirmed_at is None for finding in findings):
        sentence = N_("还有%(count)s个问题没有确认。")
        found.append(Missing(sentence, {"count": open_still}, who=LEAD, page=FINDINGS, panel_only=True))
    applies_law = any(finding.dimension == "D3" for finding in findings)
    if (review.doubt_flag or applies_law) and not report_exists(session, review):
        sentence = N_("存疑案件和涉及法律适用问题的案件，须有已签名的类案检索报告。")
        found.append(Missing(sentence, who=LEAD, panel_only=not review.doubt_flag))
    return found


def missing_hearing(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What HEARING lacks: the organ's answer (or its days over), replies to objections, the petitioner."""
    found = []
    hearing = hearing_of(session, review)
    if hearing is None or not is_heard(session, review, now=now):
        facts: dict[str, object] = {"due": hearing.due_on.isoformat() if hearing else "—"}
        sentence = N_("被评查单位尚未提出异议或者表示无异议（期限至%(due)s）。")
        found.append(Missing(sentence, facts, who=LIAISON, page=HEARING))
    if hearing and any(one.objects and not one.reply for one in hearing.objections):
        found.append(Missing(N_("评查组尚未答复异议。"), who=LEAD, page=HEARING))
    if not interviews_of(session, review):
        found.append(Missing(N_("尚未听取信访人意见。"), who=COORDINATOR, page=HEARING))
    return found


def missing_deliberation(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What DELIBERATION lacks: a session voted to the end by the panel as it sits, its minutes, the routes
    that the outcome demands."""
    deliberation = present_session(session, review)
    if deliberation is None:
        return [Missing(N_("研讨尚未开始。"), who=CHAIR, page=SESSION)]
    if panel_changed(session, deliberation):
        return [Missing(N_("评查组成员有变化，须重新研讨。"), who=CHAIR, page=SESSION)]
    if stale(session, review, deliberation):
        return [Missing(N_("提级后须再次研讨。"), who=CHAIR, page=SESSION)]
    if deliberation.stage is not Stage.CLOSED:
        return [Missing(N_("尚未全部表决。"), who=MEMBERS, page=SESSION)]
    found = []
    if not deliberation.minutes:
        found.append(Missing(N_("尚未完成研讨记录。"), who=CHAIR, page=SESSION))
    if silent := len(silent_members(session, deliberation)):
        sentence = N_("还有%(count)s名成员没有表明最后态度。")
        found.append(Missing(sentence, {"count": silent}, who=MEMBERS, page=SESSION))
    result = final_result(session, review)
    if result and (lack := lacking_route(session, review, result.outcome)):
        found.append(Missing(lack, who=LEAD, page=SESSION))
    return found


def stale(session: Session, review: CaseReview, deliberation: Deliberation) -> bool:
    """Whether the session is the one that was escalated, and not yet the second."""
    escalation = escalation_of(session, review)
    return (
        escalation is not None
        and escalation.deliberation_id == deliberation.id
        and escalation.way is not EscalationWay.OFFICE
    )


def missing_escalated(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What ESCALATED lacks: how it goes on, and for the office meeting its minutes."""
    escalation = escalation_of(session, review)
    if escalation is None or escalation.settled_at is None:
        sentence = N_("请选择扩大评查组，或者登记办公室会议纪要。")
        return [Missing(sentence, who=COORDINATOR, page=ESCALATION)]
    return []
