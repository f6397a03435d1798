"""Both sides are heard: the reviewed organ on the draft findings, the petitioner in person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.clocks.calendar import working_calendar
from review_app.clocks.computation import add_working_days
from review_app.deliberations import rules
from review_app.deliberations.models import Hearing, Interview, Objection
from review_app.deliberations.queries import findings_of, hearing_of, holders_of
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.reviews.models import CaseReview
from review_app.rulebook import load as load_rules

SHORTEST_OBJECTION = 10
SHORTEST_INTERVIEW = 20


@dataclass(frozen=True)
class Answer:
    """What the organ says to one finding: 异议 with text and evidence, or 无异议."""

    objects: bool
    text: str = ""
    evidence: str = ""


def open_hearing(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Hearing:
    """Lock the findings and put them before the reviewed organ, which has its working days to answer."""
    for finding in findings_of(session, review):
        finding.locked_at = now
    days = load_rules(review.rule_version).time.objection_wd
    hearing = Hearing(
        review=review, round=review.round, due_on=add_working_days(local_day(now), days, working_calendar()),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(hearing)
    record(
        session, action="hearing.open", subject=hearing, by=by, now=now, review_id=review.id,
        after={"due_on": hearing.due_on.isoformat()},
    )  # fmt: skip
    for liaison in holders_of(session, Role.REVIEWED_LIAISON, review.legal_case.reviewed_org_id):
        notify(
            session, "objection-open", liaison, now=now, review_id=review.id, step=f"hearing:{hearing.id}",
            link=f"/reviews/{review.id}/hearing", review_no=str(review.review_no),
            due=hearing.due_on.isoformat(),
        )  # fmt: skip
    return hearing


def answer_hearing(
    session: Session, hearing: Hearing, answers: Mapping[int, Answer], *, by: Person, now: datetime
) -> Hearing:
    """The organ's answer as a whole: one per finding (by id). Given once; late ones are refused.

    Raises ReviewError when a finding has no answer or an objection no words.
    """
    if not rules.can_answer(by, hearing):
        raise NotAllowed
    must_be_in_time(hearing, now)
    findings = {finding.id: finding for finding in findings_of(session, hearing.review)}
    if set(answers) != set(findings):
        raise ReviewError(N_("请对每一个问题表示异议或者无异议。"))
    for finding_id, answer in answers.items():
        words = len("".join(answer.text.split()))
        if answer.objects and words < SHORTEST_OBJECTION:
            raise ReviewError(
                N_("请写明对第%(number)s个问题的异议理由，不少于%(least)s个字。"),
                number=list(findings).index(finding_id) + 1, least=SHORTEST_OBJECTION,
            )  # fmt: skip
    for finding_id, answer in answers.items():
        hearing.objections.append(
            Objection(
                finding=findings[finding_id],
                objects=answer.objects,
                text=answer.text.strip(),
                evidence=answer.evidence.strip(),
                created_at=now,
                created_by_id=by.id,
            )
        )
    hearing.answered_at, hearing.answered_by = now, by
    hearing.no_objection = not any(answer.objects for answer in answers.values())
    record(
        session, action="hearing.answer", subject=hearing, by=by, now=now, review_id=hearing.review_id,
        after={"objections": sum(answer.objects for answer in answers.values())},
    )  # fmt: skip
    return hearing


def must_be_in_time(hearing: Hearing, now: datetime) -> None:
    if local_day(now) > hearing.due_on:
        raise ReviewError(
            N_("提出异议的期限已于%(due)s届满。确有正当理由的，请与评查协调员联系。"),
            due=hearing.due_on.isoformat(),
        )


def reply_to(session: Session, objection: Objection, *, text: str, by: Person, now: datetime) -> Objection:
    """The panel's answer to an objection; it may be reworded until the deliberation is over."""
    if not rules.can_reply(by, objection.hearing):
        raise NotAllowed
    if not objection.objects:
        raise ReviewError(N_("被评查单位对该问题没有异议，不需要答复。"))
    if len("".join(text.split())) < SHORTEST_OBJECTION:
        raise ReviewError(N_("请写明答复，不少于%(least)s个字。"), least=SHORTEST_OBJECTION)
    objection.reply, objection.replied_at, objection.replied_by_id = text.strip(), now, by.id
    record(
        session, action="objection.reply", subject=objection, by=by, now=now,
        review_id=objection.hearing.review_id,
    )  # fmt: skip
    return objection


def record_interview(
    session: Session,
    review: CaseReview,
    *,
    held_on: date,
    place: str,
    text: str,
    by: Person,
    now: datetime,
) -> Interview:
    """Keep the record of hearing the petitioner. It is written once; a correction is another record."""
    if not rules.can_record_interview(by, review):
        raise NotAllowed
    if held_on > local_day(now):
        raise ReviewError(N_("听取意见的日期不能晚于今天。"))
    if not place.strip():
        raise ReviewError(N_("请填写听取意见的地点。"))
    if len("".join(text.split())) < SHORTEST_INTERVIEW:
        raise ReviewError(N_("请记明信访人的意见，不少于%(least)s个字。"), least=SHORTEST_INTERVIEW)
    interview = Interview(
        review=review, round=review.round, held_on=held_on, place=place.strip(), recorder=by,
        text=text.strip(), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(interview)
    record(
        session, action="interview.record", subject=interview, by=by, now=now, review_id=review.id,
        after={"held_on": held_on.isoformat()},
    )  # fmt: skip
    return interview


def is_heard(session: Session, review: CaseReview, *, now: datetime) -> bool:
    """Whether the organ has answered, or let its days pass."""
    hearing = hearing_of(session, review)
    return hearing is not None and (hearing.answered_at is not None or local_day(now) > hearing.due_on)
