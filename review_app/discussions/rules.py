"""Who may read and write discussions: the panel and the secretary, after every member has signed (C.7.1, C.11)."""

from review_app.accounts.models import Person
from review_app.deliberations.rules import can_see_findings
from review_app.discussions.models import Comment, Thread
from review_app.discussions.states import CommentKind
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_chair, is_lead
from review_app.reviews.states import ReviewState

S = ReviewState
OPEN_STATES = frozenset({S.DRAFT, S.HEARING, S.DELIBERATION, S.ESCALATED})


def can_see_discussions(person: Person, review: CaseReview) -> bool:
    """As the findings: nobody before all have signed, and shut again while a larger panel reads."""
    return can_see_findings(person, review)


def can_discuss(person: Person, review: CaseReview) -> bool:
    """Open threads and write, until the result is locked."""
    return can_see_discussions(person, review) and review.state in OPEN_STATES


def can_write(person: Person, thread: Thread) -> bool:
    return can_discuss(person, thread.review) and thread.is_open


def can_edit(person: Person, comment: Comment) -> bool:
    """Reword what one wrote oneself, while the thread is open."""
    own = comment.person_id == person.id and comment.kind is CommentKind.WORDS
    return own and can_write(person, comment.thread)


def can_settle_thread(person: Person, thread: Thread) -> bool:
    """Mark as resolved or take up again: chair and lead reviewer, and who opened it."""
    leads = is_chair(person, thread.review) or is_lead(person, thread.review)
    opened = thread.created_by_id == person.id and not thread.by_itself
    return can_discuss(person, thread.review) and (leads or opened)
