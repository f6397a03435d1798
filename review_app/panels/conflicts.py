"""Conflicts of a case: the possible ones that wait for a decision, and those established for good."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.panels import queries, rules
from review_app.panels.gathering import gather
from review_app.panels.grounds import Level
from review_app.panels.models import ConflictDecision, KnownConflict, PanelMember
from review_app.panels.recusal import Hit
from review_app.reviews.models import CaseReview


def open_questions(session: Session, review: CaseReview, *, now: datetime) -> list[Hit]:
    """Possible conflicts that wait for a decision before the next draw."""
    gathered = gather(session, review, on=local_day(now))
    waiting = (Level.POSSIBLE, Level.MANUAL)
    return [hit for one in gathered.checks.values() for hit in one.hits if hit.level in waiting]


def decide_conflict(
    session: Session,
    review: CaseReview,
    *,
    expert_no: str,
    rule: str,
    fact_key: str,
    confirmed: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> ConflictDecision:
    """Decide on a possible conflict. Only an open question can be decided, so nothing that is HARD by law
    can be waved away; the witness of the draw sees every decision."""
    if not rules.can_decide_conflicts(by, review):
        raise NotAllowed
    if len(reason.strip()) < 5:
        raise ReviewError(N_("请写明决定的理由（至少五个字）。"))
    asked = {(one.expert_no, one.rule, one.fact_key): one for one in open_questions(session, review, now=now)}
    hit = asked.get((expert_no, rule, fact_key))
    if hit is None:
        raise ReviewError(N_("该事项已不需要决定，请刷新页面查看。"))
    expert = queries.expert_by_no(session, expert_no)
    taken = ConflictDecision(
        legal_case_id=review.legal_case_id, expert=expert, rule=rule, fact_key=fact_key, confirmed=confirmed,
        matched=hit.matched, reason=reason.strip(), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(taken)
    session.flush()
    record(
        session, action="conflict.decide", subject=taken, by=by, now=now, review_id=review.id,
        after={"expert_no": expert_no, "rule": rule, "confirmed": confirmed},
    )  # fmt: skip
    return taken


def keep_conflict(
    session: Session, member: PanelMember, rule: str, source: str, note: str, *, by: Person, now: datetime
) -> KnownConflict:
    """Put a ground on record for this expert and this case."""
    review = member.panel.review
    known = KnownConflict(
        legal_case_id=review.legal_case_id, expert=member.expert, rule=rule, source=source, note=note.strip(),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(known)
    session.flush()
    record(
        session, action="conflict.known", subject=known, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no, "rule": rule, "source": source},
    )  # fmt: skip
    return known
