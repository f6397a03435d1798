"""What happens to evaluation forms: opened for every seat, signed, closed when a member is replaced, read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import confirm_password
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.evaluations import rules
from review_app.evaluations.content import content_sha256
from review_app.evaluations.drafting import must_be_open, next_seq
from review_app.evaluations.models import DimensionNote, EvalForm, FormAnswer
from review_app.evaluations.queries import (
    bare_forms,
    forms_ever_signed,
    fresh,
    open_drafts,
    present_form,
    reading_due,
)
from review_app.evaluations.readiness import signing_problems
from review_app.evaluations.states import FORM_STEPS, FormState
from review_app.experts.models import Expert
from review_app.form_templates.reading import fields_of, rules_of
from review_app.notices.service import notify
from review_app.panels.track_record import note_form_done
from review_app.reviews.lacks import EXPERTS, Missing
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import Capacity, ReviewState

SHORTEST_REASON = 5


def open_forms(session: Session, review: CaseReview, *, by: Person | None, now: datetime) -> list[EvalForm]:
    """Open a form for every seat of the panel that has none and tell its member; close the forms of seats
    that ended. Done when reading begins and whenever the panel changed; doing it again changes nothing."""
    close_ended(session, review, by=by, now=now)
    having = {form.access_id for form in bare_forms(session, review) if form.state is not FormState.WITHDRAWN}
    seats = [seat for seat in rules.seats_of(review) if seat.id not in having]
    return [open_form(session, review, seat, by=by, now=now) for seat in seats]


def open_form(
    session: Session, review: CaseReview, seat: ReviewAccess, *, by: Person | None, now: datetime
) -> EvalForm:
    form = EvalForm(
        review=review, access=seat, person=seat.person, expert=expert_of(session, seat.person),
        round=review.round, template=review.template, rule_version=review.rule_version,
        form_template=review.form_template,
        last_seq=0, created_at=now, created_by_id=by.id if by else None,
    )  # fmt: skip
    for dimension in rules_of(review).dimensions:
        form.notes.append(DimensionNote(dimension=dimension, created_at=now))
    for code in fields_of(review):
        form.answers.append(FormAnswer(seq=next_seq(form), code=code, created_at=now))
    session.add(form)
    record(session, action="form.open", subject=form, by=by, now=now, review_id=review.id)
    due = reading_due(session, review)
    notify(
        session, "form-open", seat.person, now=now, review_id=review.id, step=f"form:{form.id}",
        link=f"/reviews/{review.id}/form", review_no=str(review.review_no), due=due.isoformat() if due else "—",
    )  # fmt: skip
    return form


def expert_of(session: Session, person: Person) -> Expert | None:
    return session.scalar(select(Expert).where(Expert.person_id == person.id))


def open_own_form(session: Session, review: CaseReview, *, by: Person, now: datetime) -> EvalForm:
    """A member whose form was not opened with the others (a substitute) opens it himself."""
    seat = next((seat for seat in rules.seats_of(review) if seat.person_id == by.id), None)
    if seat is None or not rules.can_open_desk(by, review):
        raise NotAllowed
    if review.state is not ReviewState.READING:
        raise ReviewError(N_("评查项目现在不在阅卷评查环节，评查表不能填写。已保存的内容保留不变。"))
    close_ended(session, review, by=by, now=now)
    existing = session.scalar(present_form(seat))
    return existing or open_form(session, review, seat, by=by, now=now)


def close_ended(session: Session, review: CaseReview, *, by: Person | None, now: datetime) -> None:
    """Close the drafts of members who no longer sit. What they wrote is kept and does not count."""
    for form in bare_forms(session, review):
        if form.access.ended_at is not None and form.state is FormState.DRAFT:
            close_form(session, form, by=by, now=now, reason="专家不再参加评查")


def close_form(session: Session, form: EvalForm, *, by: Person | None, now: datetime, reason: str) -> None:
    """Keep a form without letting it count: its member was replaced. A signed form keeps its signature."""
    if form.access.ended_at is None:
        raise ReviewError(N_("该专家仍在评查组中，其评查表不能停用。"))
    if FormState.WITHDRAWN not in FORM_STEPS[form.state]:
        return
    before = form.state
    form.state, form.withdrawn_at, form.withdrawn_reason = FormState.WITHDRAWN, now, reason
    record(
        session, action="form.close", subject=form, by=by, now=now, review_id=form.review_id,
        before={"state": before}, after={"state": form.state}, reason=reason,
    )  # fmt: skip


def sign_form(
    session: Session,
    form: EvalForm,
    *,
    password: str,
    declared: bool,
    edition: int,
    by: Person,
    now: datetime,
    code: str = "",
) -> EvalForm:
    """Sign one's own form: from here on nothing on it changes, and its hash stands in the audit log.

    ``edition`` is the edition the signer read; ``declared`` that he judged independently. Raises
    EditConflict when the form changed since, ReviewError while something is missing or the password is wrong.
    """
    must_be_open(form, by)
    confirm_password(session, by, password, code=code, now=now)
    form = fresh(session, form)
    if form.edition != edition:
        raise EditConflict(N_("您打开签名页后，评查表又有改动。请重新核对后再签名。"))
    if not declared:
        raise ReviewError(N_("请先确认独立评查声明。"))
    if problems := signing_problems(form):
        raise ReviewError(N_("评查表还有%(count)s处需要补正，暂不能签名。"), count=len(problems))
    form.independence_declared, form.signed_at = True, now.astimezone(UTC)
    form.content_sha256 = content_sha256(form)
    form.state = FormState.SIGNED
    note_form_done(session, form.access, minutes=form.minutes_spent, now=now)
    record(
        session, action="form.sign", subject=form, by=by, now=now, review_id=form.review_id,
        after={"sha256": form.content_sha256},
    )  # fmt: skip
    if all_signed(session, form.review):
        tell_all_signed(session, form.review, now=now)
    return form


def tell_all_signed(session: Session, review: CaseReview, *, now: datetime) -> None:
    """The lead reviewer consolidates, the coordinator takes the review on; who signed when is not told."""
    told = [seat.person for seat in rules.seats_of(review) if seat.capacity is Capacity.LEAD]
    told += [review.coordinator] if review.coordinator else []
    newest = max(form.id for form in bare_forms(session, review))
    for person in told:
        notify(
            session, "all-signed", person, now=now, review_id=review.id, link=f"/reviews/{review.id}",
            step=f"all-signed:{review.id}:{review.round}:{newest}",
            review_no=str(review.review_no),
        )  # fmt: skip


def all_signed(session: Session, review: CaseReview) -> bool:
    """Whether every seat of the panel is filled and every member has signed."""
    return rules.all_signed(review, bare_forms(session, review))


def missing_reading(session: Session, review: CaseReview) -> list[Missing]:
    """What READING still lacks: one sentence, without names, numbers or dates of what is done."""
    if all_signed(session, review):
        return []
    return [Missing(N_("评查组成员尚未全部签署评查表。"), who=EXPERTS)]


def late_members(session: Session, review: CaseReview, *, by: Person, now: datetime) -> list[Person]:
    """Members whose form is unsigned although the last day of reading is over, so that a substitute can be
    called. Before that day is over nobody learns who has signed, the coordinator included; he never learns
    more than these names, and nobody else learns even them."""
    if not rules.can_follow_reading(by, review):
        raise NotAllowed
    due = reading_due(session, review)
    if due is None or local_day(now) <= due:
        return []
    signed = {form.access_id for form in bare_forms(session, review) if form.state is FormState.SIGNED}
    return [seat.person for seat in rules.seats_of(review) if seat.id not in signed]


def read_for_audit(
    session: Session, review: CaseReview, *, reason: str, by: Person, now: datetime
) -> Sequence[EvalForm]:
    """Every form ever signed for a closed review, for the auditor who gives a reason; each reading is logged."""
    if not rules.can_audit_forms(by, review):
        raise NotAllowed
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明查阅理由（不少于%(least)s个字）。"), least=SHORTEST_REASON)
    record(
        session, action="form.audit-read", subject=review, by=by, now=now, reason=reason.strip(),
        review_id=review.id,
    )  # fmt: skip
    return forms_ever_signed(session, review)


def remind_open_forms(session: Session, *, now: datetime) -> int:
    """Remind members of forms that are due soon or overdue, each once per step and last day. Gives the number
    of notices queued; running it again queues nothing."""
    queued = 0
    for form in open_drafts(session):
        due = reading_due(session, form.review)
        step = reminder_step(form, due, local_day(now)) if due else ""
        if due and step:
            queued += remind(session, form, step, due, now=now)
    return queued


def reminder_step(form: EvalForm, due: date, today: date) -> str:
    near = timedelta(days=rules_of(form).clocks.colours.orange)
    if today > due:
        return "form-overdue"
    return "form-reminder" if today >= due - near else ""


def remind(session: Session, form: EvalForm, step: str, due: date, *, now: datetime) -> bool:
    notice = notify(
        session, step, form.person, now=now, review_id=form.review_id, step=f"form:{form.id}:{due}",
        link=f"/reviews/{form.review_id}/form", review_no=str(form.review.review_no), due=due.isoformat(),
    )  # fmt: skip
    return notice is not None
