"""Who may search the library, keep searches for a review and write its report."""

from datetime import datetime

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.precedents.models import Precedent
from review_app.precedents.states import BEFORE_DRAFT, SEARCHING, WRITING, Audience, Withdrawal
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import OVERSEERS, is_panel_member
from review_app.reviews.states import AccessStage, ReviewState


def can_search_precedents(person: Person) -> bool:
    """Everybody who works on reviews; petitioners and liaisons only when they are also one of these."""
    return person.has(
        Role.EXPERT,
        Role.COORD,
        Role.SECRETARY,
        Role.LEADER,
        Role.COMMITTEE_HEAD,
        Role.SUPERVISOR,
        Role.AUDITOR,
    )


def can_read_precedent(person: Person, precedent: Precedent) -> bool:
    """A case for everyone, or one kept to the office and the panel of the review it was made from; the same condition
    as ``queries.readable_by`` and ``queries.readable_filters``. One withdrawn for the sake of somebody's personal
    data is read by nobody."""
    if precedent.withdrawal is Withdrawal.PRIVACY:
        return False
    source = precedent.source_review
    shared = precedent.audience is Audience.EVERYONE or person.has(*OVERSEERS)
    return can_search_precedents(person) and (shared or (source is not None and judged(person, source)))


def judged(person: Person, review: CaseReview) -> bool:
    """On the panel now, or until the review was closed: seats end with the closing, and one that ended before it was
    given up or taken away."""
    seats = (seat for seat in review.accesses if seat.person_id == person.id)
    return any(seat.stage is AccessStage.FULL and lasted(seat.ended_at, review) for seat in seats)


def lasted(ended_at: datetime | None, review: CaseReview) -> bool:
    if ended_at is None or review.closed_at is None:
        return ended_at is None
    return review.state is ReviewState.CLOSED and ended_at >= review.closed_at


def can_see_imports(person: Person) -> bool:
    """What was imported into the library, from where and what was refused."""
    return person.has(Role.COORD, Role.AUDITOR)


def can_import_precedents(person: Person) -> bool:
    """Take cases into the library, correct and withdraw them: the office's work; the system administrator carries no
    business and imports large collections by command."""
    return person.has(Role.COORD)


def can_see_report(person: Person, review: CaseReview) -> bool:
    """The panel alone: what was searched shows what the experts think about."""
    return is_panel_member(person, review)


def can_record_search(person: Person, review: CaseReview) -> bool:
    """Keep a search for the review."""
    return is_panel_member(person, review) and review.state in SEARCHING


def can_write_report(person: Person, review: CaseReview) -> bool:
    """Choose, compare, conclude and sign: after all forms are signed, before the ballots are locked."""
    return is_panel_member(person, review) and review.state in WRITING


def searches_are_shared(review: CaseReview) -> bool:
    """Until every expert has signed a form, each sees only the searches of his own."""
    return (review.suspended_from or review.state) not in BEFORE_DRAFT
