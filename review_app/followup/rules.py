"""Who may reply, follow up and read what happened after the opinion."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_see, is_coordinator, is_liaison, is_panel_member
from review_app.reviews.states import ReviewState

WATCHERS = (Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR)


def is_issued(review: CaseReview) -> bool:
    return review.issued_at is not None


def can_reply(person: Person, review: CaseReview) -> bool:
    """Answer the opinion for the reviewed organ."""
    return is_liaison(person, review) and review.state is ReviewState.RECTIFY


def can_read_reply(person: Person, review: CaseReview) -> bool:
    """The reply, once the opinion is issued; a draft is the organ's alone."""
    near = person.has(*WATCHERS) or is_panel_member(person, review) or is_liaison(person, review)
    return is_issued(review) and can_see(person, review) and near


def can_read_draft_reply(person: Person, review: CaseReview) -> bool:
    return can_read_reply(person, review) and is_liaison(person, review)


def can_see_followup(person: Person, review: CaseReview) -> bool:
    """Tasks, resolution, termination file: not the reviewed organ, for the petitioner speaks there."""
    near = person.has(*WATCHERS) or is_panel_member(person, review)
    return is_issued(review) and can_see(person, review) and near


def can_follow_up(person: Person, review: CaseReview) -> bool:
    """Keep tasks, resolution and termination file. The resolution of a closed review can still be reopened."""
    after = review.state in (ReviewState.RECTIFY, ReviewState.FOLLOWUP, ReviewState.CLOSED)
    return is_coordinator(person, review) and after


def can_read_evidence(person: Person, review: CaseReview, *, of_reply: bool) -> bool:
    """Files follow the page they belong to."""
    return can_read_reply(person, review) if of_reply else can_see_followup(person, review)
