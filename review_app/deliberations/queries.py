"""Reading findings, hearings, sessions and results."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.deliberations.models import (
    Attendance,
    Ballot,
    Deliberation,
    Dissent,
    Escalation,
    FinalStance,
    Finding,
    FindingSource,
    Hearing,
    Intervention,
    Interview,
    LockedResult,
    Objection,
    OutcomeRoute,
    Question,
)
from review_app.deliberations.rules import can_read_intervention
from review_app.deliberations.states import EscalationWay, Stage
from review_app.evaluations.models import Deduction, EvalForm, Quote, VetoProposal
from review_app.reviews.models import CaseReview, FileDocument
from review_app.reviews.states import ReviewState


def findings_of(session: Session, review: CaseReview) -> list[Finding]:
    """The findings of the present round in their order, with who proposed them and the proofs, in a number of
    queries that does not grow with them."""
    found = whole_findings().where(
        Finding.review_id == review.id, Finding.round == review.round, Finding.removed_at.is_(None)
    )
    return sorted(session.scalars(found), key=lambda one: (one.dimension, one.code, one.number))


def whole_findings() -> Select[Finding]:
    deduction = selectinload(Finding.sources).selectinload(FindingSource.deduction)
    veto = selectinload(Finding.sources).selectinload(FindingSource.veto)
    quotes = deduction.selectinload(Deduction.quotes)
    return select(Finding).options(
        deduction.joinedload(Deduction.form).joinedload(EvalForm.person),
        deduction.joinedload(Deduction.form).joinedload(EvalForm.access),
        deduction.selectinload(Deduction.law_citations),
        quotes.joinedload(Quote.document).joinedload(FileDocument.volume),
        veto.joinedload(VetoProposal.form).joinedload(EvalForm.person),
        veto.joinedload(VetoProposal.form).joinedload(EvalForm.access),
        veto.selectinload(VetoProposal.law_citations),
        veto.selectinload(VetoProposal.quotes).joinedload(Quote.document).joinedload(FileDocument.volume),
    )


def find_finding(session: Session, review: CaseReview, finding_id: int) -> Finding | None:
    return next((one for one in findings_of(session, review) if one.id == finding_id), None)


def highest_number(session: Session, review: CaseReview) -> int:
    """The highest number a finding of this round ever had."""
    numbers = select(Finding.number).where(Finding.review_id == review.id, Finding.round == review.round)
    return max(session.scalars(numbers), default=0)


def hearing_of(session: Session, review: CaseReview) -> Hearing | None:
    """The latest hearing of the present round, with objections and replies."""
    latest = (
        select(Hearing)
        .where(Hearing.review_id == review.id, Hearing.round == review.round)
        .options(selectinload(Hearing.objections).joinedload(Objection.finding))
        .order_by(Hearing.id.desc())
    )
    return session.scalars(latest).first()


def interviews_of(session: Session, review: CaseReview) -> Sequence[Interview]:
    held = select(Interview).where(Interview.review_id == review.id, Interview.round == review.round)
    return session.scalars(held.options(joinedload(Interview.recorder)).order_by(Interview.id)).all()


def sessions_of(session: Session, review: CaseReview) -> list[Deliberation]:
    """Every session of the present round, void ones too, oldest first."""
    questions = selectinload(Deliberation.questions)
    held = (
        select(Deliberation)
        .where(Deliberation.review_id == review.id, Deliberation.round == review.round)
        .options(
            joinedload(Deliberation.chair),
            joinedload(Deliberation.secretary),
            selectinload(Deliberation.attendances).joinedload(Attendance.person),
            selectinload(Deliberation.dissents).joinedload(Dissent.person),
            selectinload(Deliberation.stances).joinedload(FinalStance.person),
            questions.selectinload(Question.ballots).joinedload(Ballot.person),
            questions.joinedload(Question.finding),
        )
        .order_by(Deliberation.number)
    )
    return list(session.scalars(held))


def present_session(session: Session, review: CaseReview) -> Deliberation | None:
    """The latest session of the present round that counts."""
    counting = [one for one in sessions_of(session, review) if one.stage is not Stage.VOID]
    return counting[-1] if counting else None


def routes_of(session: Session, review: CaseReview) -> Sequence[OutcomeRoute]:
    """The recommendations of the present round, in their order."""
    written = select(OutcomeRoute).where(
        OutcomeRoute.review_id == review.id,
        OutcomeRoute.round == review.round,
        OutcomeRoute.removed_at.is_(None),
    )
    return session.scalars(written.order_by(OutcomeRoute.number)).all()


def find_route(session: Session, review: CaseReview, route_id: int) -> OutcomeRoute | None:
    return next((one for one in routes_of(session, review) if one.id == route_id), None)


def escalation_of(session: Session, review: CaseReview) -> Escalation | None:
    """The latest escalation of the present round."""
    latest = select(Escalation).where(Escalation.review_id == review.id, Escalation.round == review.round)
    return session.scalars(latest.order_by(Escalation.id.desc())).first()


def ways_on(session: Session, review: CaseReview) -> frozenset[ReviewState]:
    """Where an escalated review goes: to the draw of more members, or with the office meeting's minutes to
    the opinion."""
    escalation = escalation_of(session, review)
    if escalation is None or escalation.way is None:
        return frozenset({ReviewState.DRAW, ReviewState.OPINION})
    enlarged = escalation.way is EscalationWay.ENLARGE
    return frozenset({ReviewState.DRAW if enlarged else ReviewState.OPINION})


def locked_result_of(session: Session, review: CaseReview) -> LockedResult | None:
    """The locked result of the present round."""
    latest = select(LockedResult).where(
        LockedResult.review_id == review.id, LockedResult.round == review.round
    )
    return session.scalars(latest.order_by(LockedResult.id.desc())).first()


def interventions_read_by(session: Session, person: Person, review: CaseReview) -> list[Intervention]:
    """What is on record and this person may read, newest first."""
    on_record = (
        select(Intervention)
        .where(Intervention.review_id == review.id)
        .options(joinedload(Intervention.recorded_by))
        .order_by(Intervention.id.desc())
    )
    return [one for one in session.scalars(on_record) if can_read_intervention(person, one)]


def holders_of(session: Session, role: Role, organisation_id: int | None = None) -> list[Person]:
    """People who hold a role in force, for one organisation if given."""
    grants = select(RoleGrant).where(RoleGrant.role == role).options(joinedload(RoleGrant.person))
    if organisation_id is not None:
        grants = grants.where(RoleGrant.organisation_id == organisation_id)
    in_force = [grant.person for grant in session.scalars(grants) if grant.in_force]
    return list(dict.fromkeys(person for person in in_force if person.is_active))
