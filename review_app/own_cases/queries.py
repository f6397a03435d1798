"""Reading cases on their way into the library."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from review_app.accounts.models import Person
from review_app.own_cases.models import OwnCase
from review_app.own_cases.rules import can_check, can_edit, can_prepare, can_see_own_case
from review_app.own_cases.states import IN_HAND, OwnCaseState
from review_app.reviews.models import CaseReview, LegalCase
from review_app.reviews.states import ReviewState


def find_own_case(session: Session, own_case_id: int) -> OwnCase | None:
    return session.get(OwnCase, own_case_id)


def own_case_of(session: Session, review: CaseReview) -> OwnCase | None:
    """The attempt that is under way or published."""
    own = select(OwnCase).where(OwnCase.review_id == review.id, OwnCase.state.in_(IN_HAND))
    return session.scalars(own.order_by(OwnCase.id.desc())).first()


def own_cases_seen_by(session: Session, person: Person) -> list[OwnCase]:
    """Every attempt the person may see, newest first."""
    every = (
        select(OwnCase)
        .options(joinedload(OwnCase.review).joinedload(CaseReview.legal_case))
        .order_by(OwnCase.id.desc())
    )
    return [own for own in session.scalars(every) if can_see_own_case(person, own)]


def reviews_to_prepare(session: Session, person: Person) -> list[CaseReview]:
    """Closed reviews with an issued opinion that nobody has begun to prepare."""
    begun = exists().where(OwnCase.review_id == CaseReview.id, OwnCase.state.in_(IN_HAND))
    closed = (
        select(CaseReview)
        .where(CaseReview.state == ReviewState.CLOSED, CaseReview.issued_at.is_not(None), ~begun)
        .options(joinedload(CaseReview.legal_case).joinedload(LegalCase.reviewed_org))
        .order_by(CaseReview.closed_at.desc(), CaseReview.id.desc())
    )
    return [review for review in session.scalars(closed) if can_prepare(person, review)]


def waiting_for(session: Session, person: Person) -> list[OwnCase]:
    """What waits for the person: own drafts to finish, and those of others to check."""
    open_ones = select(OwnCase).where(OwnCase.state.in_((OwnCaseState.PREPARING, OwnCaseState.CHECKING)))
    return [own for own in session.scalars(open_ones.order_by(OwnCase.id)) if waits_for(person, own)]


def waits_for(person: Person, own: OwnCase) -> bool:
    return can_check(person, own) or (can_edit(person, own) and person.id in own.editor_ids)


def last_seq(session: Session, year: int) -> int:
    return session.scalar(select(func.max(OwnCase.seq)).where(OwnCase.year == year)) or 0


def checkers(people: Sequence[Person], own: OwnCase) -> list[Person]:
    return [person for person in people if can_check(person, own)]
