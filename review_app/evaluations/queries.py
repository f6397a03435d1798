"""Reading evaluation forms."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.evaluations.models import (
    Deduction,
    EvalForm,
    FormAnswer,
    FormWithdrawal,
    PrecedentCitation,
    Quote,
    VetoProposal,
)
from review_app.evaluations.states import FormState, WithdrawalState
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview, FileDocument, ReviewAccess, StateChange
from review_app.reviews.rules import access_of
from review_app.reviews.states import ReviewState


def own_form(session: Session, person: Person, review: CaseReview) -> EvalForm | None:
    """The form of the person's present seat, with everything on it."""
    seat = access_of(person, review)
    return session.scalar(present_form(seat)) if seat else None


def present_form(seat: ReviewAccess) -> Select[EvalForm]:
    """The form a seat has now; one that was taken back is not it."""
    return whole_forms().where(EvalForm.access_id == seat.id, EvalForm.state != FormState.WITHDRAWN)


def taken_back(session: Session, form: EvalForm) -> Sequence[EvalForm]:
    """The signed forms of the same seat that were taken back before this one."""
    earlier = select(EvalForm).where(
        EvalForm.access_id == form.access_id, EvalForm.state == FormState.WITHDRAWN, EvalForm.id < form.id
    )
    return session.scalars(earlier.order_by(EvalForm.id)).all()


def last_withdrawal(session: Session, form: EvalForm) -> FormWithdrawal | None:
    """The member's last request about this form."""
    asked = select(FormWithdrawal).where(FormWithdrawal.form_id == form.id)
    return session.scalar(asked.order_by(FormWithdrawal.id.desc()).limit(1))


def open_withdrawals(session: Session) -> Sequence[FormWithdrawal]:
    """Requests that wait for a decision, oldest first."""
    waiting = (
        select(FormWithdrawal)
        .join(FormWithdrawal.form)
        .options(contains_eager(FormWithdrawal.form).joinedload(EvalForm.review))
        .where(FormWithdrawal.state == WithdrawalState.ASKED)
    )
    return session.scalars(waiting.order_by(FormWithdrawal.id)).all()


def whole_forms() -> Select[EvalForm]:
    """Forms with everything on them, in a number of queries that does not grow with what is on them."""
    deductions = selectinload(EvalForm.deductions)
    vetoes = selectinload(EvalForm.veto_proposals)
    answers = selectinload(EvalForm.answers)
    document = selectinload(EvalForm.quotes).joinedload(Quote.document).joinedload(FileDocument.volume)
    return select(EvalForm).options(
        joinedload(EvalForm.person),
        joinedload(EvalForm.access),
        selectinload(EvalForm.notes),
        document,
        selectinload(EvalForm.law_citations),
        selectinload(EvalForm.precedent_citations)
        .joinedload(PrecedentCitation.precedent)
        .defer(Precedent.text),
        deductions.selectinload(Deduction.quotes),
        deductions.selectinload(Deduction.law_citations),
        deductions.selectinload(Deduction.precedent_citations)
        .joinedload(PrecedentCitation.precedent)
        .defer(Precedent.text),
        vetoes.selectinload(VetoProposal.quotes),
        vetoes.selectinload(VetoProposal.law_citations),
        answers.selectinload(FormAnswer.quotes),
        answers.selectinload(FormAnswer.law_citations),
        answers.selectinload(FormAnswer.precedent_citations)
        .joinedload(PrecedentCitation.precedent)
        .defer(Precedent.text),
        joinedload(EvalForm.form_template),
    )


def bare_forms(session: Session, review: CaseReview) -> Sequence[EvalForm]:
    """The review's forms without their content: enough to ask who has signed."""
    return session.scalars(select(EvalForm).where(EvalForm.review_id == review.id)).all()


def signed_forms(session: Session, review: CaseReview) -> list[EvalForm]:
    """The forms that count, in order of their seats: signed, by members who still sit. Whoever shows them
    asks ``rules.can_see_others`` first."""
    counting = (
        whole_forms()
        .join(EvalForm.access)
        .where(
            EvalForm.review_id == review.id,
            EvalForm.state == FormState.SIGNED,
            ReviewAccess.ended_at.is_(None),
        )
        .order_by(EvalForm.access_id)
    )
    return list(session.scalars(counting))


def forms_ever_signed(session: Session, review: CaseReview) -> list[EvalForm]:
    """Every form ever signed for the review, of all rounds and of replaced members too."""
    signed = whole_forms().where(EvalForm.review_id == review.id, EvalForm.signed_at.is_not(None))
    return list(session.scalars(signed.order_by(EvalForm.round, EvalForm.access_id)))


def fresh(session: Session, form: EvalForm) -> EvalForm:
    """The form as the database has it now, parts included."""
    session.flush()
    reread = whole_forms().where(EvalForm.id == form.id).execution_options(populate_existing=True)
    return session.scalars(reread).one()


def find_form(session: Session, review: CaseReview, form_id: int) -> EvalForm | None:
    return session.scalar(whole_forms().where(EvalForm.review_id == review.id, EvalForm.id == form_id))


def reading_due(session: Session, review: CaseReview) -> date | None:
    """The last day of the present reading."""
    steps = select(StateChange.due_on).where(
        StateChange.review_id == review.id, StateChange.to_state == ReviewState.READING
    )
    return session.scalar(steps.order_by(StateChange.id.desc()).limit(1))


def open_drafts(session: Session) -> Sequence[EvalForm]:
    """Drafts of reviews that are being read now, of members who still sit."""
    waiting = (
        select(EvalForm)
        .join(EvalForm.review)
        .join(EvalForm.access)
        .options(joinedload(EvalForm.review), joinedload(EvalForm.person))
        .where(
            EvalForm.state == FormState.DRAFT,
            CaseReview.state == ReviewState.READING,
            ReviewAccess.ended_at.is_(None),
        )
    )
    return session.scalars(waiting.order_by(EvalForm.id)).all()
