"""Reading reviews: one, several, and the condition that says which ones a person may see."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews.models import CaseReview, LegalCase, ReviewAccess
from review_app.reviews.rules import BEFORE_FILES, OVERSEERS
from review_app.reviews.states import ReviewState


def visible_to(person: Person) -> ColumnElement[bool]:
    """The same condition as ``rules.can_see``, for lists and search."""
    if person.has(*OVERSEERS):
        return true()
    return or_(seated(person), liaised(person))


def seated(person: Person) -> ColumnElement[bool]:
    return exists().where(
        ReviewAccess.review_id == CaseReview.id,
        ReviewAccess.person_id == person.id,
        ReviewAccess.ended_at.is_(None),
    )


def liaised(person: Person) -> ColumnElement[bool]:
    organs = [
        grant.organisation_id
        for grant in person.grants
        if grant.in_force and grant.role is Role.REVIEWED_LIAISON
    ]
    if not organs:
        return false()
    case = aliased(LegalCase)  # the list joins the case itself
    of_organ = exists().where(case.id == CaseReview.legal_case_id, case.reviewed_org_id.in_(organs))
    return and_(of_organ, CaseReview.state.not_in(BEFORE_FILES))


def find_review(session: Session, review_id: int) -> CaseReview | None:
    return session.get(CaseReview, review_id)


def reviews_seen_by(session: Session, person: Person) -> list[CaseReview]:
    """All reviews the person may see, newest first."""
    seen = select(CaseReview).where(visible_to(person)).order_by(CaseReview.id.desc())
    return list(session.scalars(seen))


def running_review_of(session: Session, case_no: str, reviewed_org_id: int) -> CaseReview | None:
    """A review of the same case of the same organ that is neither closed nor withdrawn."""
    running = (
        select(CaseReview)
        .join(CaseReview.legal_case)
        .where(
            LegalCase.case_no == case_no,
            LegalCase.reviewed_org_id == reviewed_org_id,
            CaseReview.state.not_in((ReviewState.CLOSED, ReviewState.WITHDRAWN)),
        )
    )
    return session.scalars(running).first()


def find_by_number(session: Session, review_no: str) -> CaseReview | None:
    return session.scalar(select(CaseReview).where(CaseReview.review_no == review_no))


def numbers_of(session: Session, review_ids: Iterable[int]) -> dict[int, str]:
    """The review numbers by id, for lists of other subjects."""
    rows = select(CaseReview.id, CaseReview.review_no).where(CaseReview.id.in_(list(review_ids)))
    return {review_id: number or "" for review_id, number in session.execute(rows)}
