"""Who may search the library, keep searches for a review and write its report."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.precedents.models import Precedent
from review_app.precedents.states import BEFORE_DRAFT, SEARCHING, WRITING, Audience
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import OVERSEERS, is_panel_member


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
    as ``queries.readable_by`` and ``queries.readable_filters``."""
    source = precedent.source_review
    shared = precedent.audience is Audience.EVERYONE or person.has(*OVERSEERS)
    return can_search_precedents(person) and (
        shared or (source is not None and is_panel_member(person, source))
    )


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
