"""Who may prepare a concluded review for the library, check it, take it out again."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.own_cases.models import OwnCase
from review_app.own_cases.states import OwnCaseState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState


def works_on_own_cases(person: Person) -> bool:
    """The list of cases on their way."""
    return person.has(Role.COORD, Role.SECRETARY, Role.DPO)


def is_preparer(person: Person, review: CaseReview) -> bool:
    """Coordinators, and secretaries who do not belong to the reviewed organ."""
    outside = person.organisation_id != review.legal_case.reviewed_org_id
    return person.has(Role.COORD) or (person.has(Role.SECRETARY) and outside)


def can_prepare(person: Person, review: CaseReview) -> bool:
    """Begin: the review is closed and its opinion was issued."""
    closed = review.state is ReviewState.CLOSED and review.issued_at is not None
    return closed and is_preparer(person, review)


def can_see_own_case(person: Person, own: OwnCase) -> bool:
    """The text on its way, and what became of it."""
    return person.has(Role.DPO) or is_preparer(person, own.review)


def can_compare(person: Person, own: OwnCase) -> bool:
    """The original beside the text, with names in full: while the text is worked on and checked, no longer."""
    at_work = own.state in (OwnCaseState.PREPARING, OwnCaseState.CHECKING)
    return at_work and can_see_own_case(person, own)


def can_edit(person: Person, own: OwnCase) -> bool:
    return own.state is OwnCaseState.PREPARING and is_preparer(person, own.review)


def can_check(person: Person, own: OwnCase) -> bool:
    """The second person: never one who had a hand in the text."""
    second = person.has(Role.DPO, Role.COORD) and person.id not in own.editor_ids
    return own.state is OwnCaseState.CHECKING and second


def can_withdraw(person: Person, own: OwnCase) -> bool:
    return own.state is OwnCaseState.PUBLISHED and person.has(Role.COORD, Role.DPO)
