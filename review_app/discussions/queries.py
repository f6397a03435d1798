"""Reading threads, in a number of queries that does not grow with them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.models import Finding, Question
from review_app.deliberations.queries import holders_of
from review_app.discussions.models import Attachment, Comment, Mention, Thread, ThreadReading
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_read_secrets


def threads_of(session: Session, review: CaseReview) -> list[Thread]:
    """The threads of the present round: open ones first, those last written in before others."""
    found = session.scalars(
        whole_threads().where(Thread.review_id == review.id, Thread.round == review.round)
    )
    return sorted(found, key=lambda one: (not one.is_open, -last_moment(one), one.id))


def last_moment(thread: Thread) -> float:
    return (thread.comments[-1].created_at if thread.comments else thread.created_at).timestamp()


def whole_threads() -> Select[Thread]:
    comments = selectinload(Thread.comments)
    return select(Thread).options(
        comments.joinedload(Comment.person),
        comments.selectinload(Comment.versions),
        comments.selectinload(Comment.attachments),
        comments.selectinload(Comment.mentions).joinedload(Mention.person),
        selectinload(Thread.readings),
        joinedload(Thread.finding),
        joinedload(Thread.question).joinedload(Question.finding),
    )


def find_thread(session: Session, review: CaseReview, thread_id: int) -> Thread | None:
    one = whole_threads().where(
        Thread.id == thread_id, Thread.review_id == review.id, Thread.round == review.round
    )
    return session.scalars(one).one_or_none()


def find_comment(thread: Thread, comment_id: int) -> Comment | None:
    return next((one for one in thread.comments if one.id == comment_id), None)


def find_attachment(session: Session, review: CaseReview, attachment_id: int) -> Attachment | None:
    own = (
        select(Attachment)
        .join(Attachment.comment)
        .join(Comment.thread)
        .where(Attachment.id == attachment_id, Thread.review_id == review.id, Thread.round == review.round)
    )
    return session.scalars(own).one_or_none()


def participants_of(session: Session, review: CaseReview) -> list[Person]:
    """Everybody who may read the discussions now: the panel as it sits, and the secretaries."""
    seated = [access.person for access in review.accesses if access.ended_at is None]
    people = dict.fromkeys([*seated, *holders_of(session, Role.SECRETARY)])
    return [one for one in people if can_read_secrets(one, review)]


def unread_in(thread: Thread, person: Person) -> int:
    """How many comments of others the person has not read."""
    read = reading_of(thread, person)
    seen = read.number if read else 0
    return sum(one.number > seen and one.person_id != person.id for one in thread.comments)


def reading_of(thread: Thread, person: Person) -> ThreadReading | None:
    return next((one for one in thread.readings if one.person_id == person.id), None)


def threads_on(threads: Sequence[Thread], finding: Finding) -> list[Thread]:
    """Threads about a finding, about one merged into it, or about its item of the form."""
    return [one for one in threads if concerns(one, finding)]


def concerns(thread: Thread, finding: Finding) -> bool:
    if thread.item:
        return thread.item == finding.code
    about = thread.question.finding if thread.question else thread.finding
    return about is not None and finding.id in (about.id, about.merged_into_id)
