"""The reviewed organ answers the opinion: laid out, written, submitted as a whole."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.followup.answering import Answered, Asked, Lack, lacks_of_reply
from review_app.followup.models import Evidence, RectificationReply, ReplyLine
from review_app.followup.queries import reply_of
from review_app.followup.rules import can_reply
from review_app.followup.sources import asked_of
from review_app.followup.states import ReplyState
from review_app.notices.service import notify
from review_app.reviews.lacks import LIAISON, Missing
from review_app.reviews.models import CaseReview


def open_rectification(
    session: Session, review: CaseReview, *, by: Person, now: datetime
) -> RectificationReply:
    """Lay out the reply: one empty line per upheld finding and per recommendation, in their issued words."""
    found = reply_of(session, review)
    if found is not None:
        return found
    reply = RectificationReply(
        review_id=review.id, round=review.round, organisation_id=review.legal_case.reviewed_org_id,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    for one in asked_of(session, review):
        reply.lines.append(
            ReplyLine(subject=one.subject, asked=one.words, created_at=now, created_by_id=by.id)
        )
    session.add(reply)
    session.flush()
    return reply


def save_reply(
    session: Session,
    review: CaseReview,
    answers: Iterable[Answered],
    *,
    remark: str,
    seen_edition: int,
    evidence: Mapping[str, Evidence],
    by: Person,
    now: datetime,
) -> RectificationReply:
    """Keep what the organ has written so far. ``evidence`` maps subjects to files just uploaded.

    Raises EditConflict with the stored answers when a colleague saved after the form was opened.
    """
    reply = open_reply(session, review, by=by)
    if reply.edition != seen_edition:
        raise EditConflict(theirs=stored_answers(reply))
    lines = {line.subject: line for line in reply.lines}
    for given in answers:
        if line := lines.get(given.subject):
            write_answer(line, given, evidence.get(given.subject))
    reply.remark, reply.edition = remark.strip(), reply.edition + 1
    session.flush()
    return reply


def submit_reply(
    session: Session, review: CaseReview, *, seen_edition: int, by: Person, now: datetime
) -> RectificationReply:
    """Hand the reply in as a whole; afterwards it cannot be changed. Raises ReviewError while an answer is
    missing."""
    reply = open_reply(session, review, by=by)
    if reply.edition != seen_edition:
        raise EditConflict(theirs=stored_answers(reply))
    lacks = lacks_of(reply, now=now)
    if lacks:
        count = len({lack.subject for lack in lacks})
        raise ReviewError(N_("还有%(count)d项没有答复完整，整改回复须逐项答复后整体提交。"), count=count)
    reply.state, reply.submitted_at, reply.submitted_by_id = ReplyState.SUBMITTED, now, by.id
    record(
        session, action="reply.submit", subject=reply, by=by, now=now, review_id=review.id,
        after={"answers": {line.subject: str(line.answer) for line in reply.lines}},
    )  # fmt: skip
    if review.coordinator is not None:
        notify(
            session, "reply-received", review.coordinator, now=now, review_id=review.id,
            link=f"/reviews/{review.id}/rectify", review_no=review.review_no or "",
        )  # fmt: skip
    return reply


def open_reply(session: Session, review: CaseReview, *, by: Person) -> RectificationReply:
    """The reply that may still be written."""
    if not can_reply(by, review):
        raise NotAllowed
    reply = reply_of(session, review)
    if reply is None:
        raise ReviewError(N_("整改回复尚未开放。"))
    session.refresh(reply, with_for_update=True)
    if reply.state is ReplyState.SUBMITTED:
        raise ReviewError(N_("整改回复已经提交，不能再修改。需要补充的，请联系评查协调员。"))
    return reply


def write_answer(line: ReplyLine, given: Answered, evidence: Evidence | None) -> None:
    line.answer, line.text = given.answer, given.text.strip()
    line.planned_on, line.case_no = given.planned_on, given.case_no.strip()
    if evidence is not None:
        line.evidence = evidence


def answered(line: ReplyLine) -> Answered:
    return Answered(line.subject, line.answer, line.text, line.planned_on, line.case_no)


def stored_answers(reply: RectificationReply) -> dict[str, object]:
    return {line.subject: answered(line) for line in reply.lines}


def lacks_of(reply: RectificationReply, *, now: datetime) -> list[Lack]:
    """What keeps the stored reply from being submitted."""
    return lacks_of_reply(
        [Asked(line.subject, line.asked) for line in reply.lines],
        {line.subject: answered(line) for line in reply.lines},
        today=local_day(now),
    )


def missing_rectify(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What RECTIFY still lacks: the organ's reply, submitted as a whole."""
    reply = reply_of(session, review)
    if reply is not None and (reply.state is ReplyState.SUBMITTED or not reply.lines):
        return []
    return [Missing(N_("被评查单位尚未提交整改回复。"), who=LIAISON, page="followup.rectify")]
