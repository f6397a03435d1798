"""The step of a review from one state to the next: stored, dated and audited. What a step needs is known
one floor higher (``progress``), which alone calls this."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.errors import ReviewError
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import STATE_LABELS, ReviewState, steps_from


def move(
    session: Session,
    review: CaseReview,
    to: ReviewState,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    due_on: date | None = None,
) -> StateChange:
    """Take ``review`` to state ``to``. ``due_on`` is the day by which the new state should be left.

    Raises ReviewError when the table of steps does not have this step.
    """
    before = review.state
    if to not in steps_from(before, review.suspended_from):
        raise ReviewError(
            "评查项目现处于“%(before)s”，不能转到“%(to)s”。", before=STATE_LABELS[before], to=STATE_LABELS[to]
        )
    review.suspended_from = before if to is ReviewState.SUSPENDED else None
    review.state, review.state_since = to, now
    if to is ReviewState.INTAKE and review.review_no is None:
        review.review_no = next_review_no(session, local_day(now).year)
    if to is ReviewState.ISSUED:
        review.issued_at = now
    if to is ReviewState.CLOSED:
        review.closed_at = now
    if to is ReviewState.REOPENED:
        review.round += 1
    change = StateChange(
        review=review, from_state=before, to_state=to, reason=reason, due_on=due_on,
        created_at=now, created_by_id=by.id if by else None,
    )  # fmt: skip
    session.add(change)
    record(
        session, action="review.move", subject=review, by=by, now=now, review_id=review.id,
        before={"state": before}, after={"state": to}, reason=reason or None,
    )  # fmt: skip
    return change


def next_review_no(session: Session, year: int) -> str:
    """``PC`` + year + four digits, without gaps; the unique column refuses a double."""
    one_at_a_time(session, "review_no")
    taken = select(func.max(CaseReview.review_no)).where(CaseReview.review_no.like(f"PC{year}%"))
    last = session.scalar(taken)
    return f"PC{year}{int(last[6:]) + 1 if last else 1:04d}"
