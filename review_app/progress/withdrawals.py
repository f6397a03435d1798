"""A signed form taken back: the review returns to reading when its findings were being drafted already."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.deliberations.consolidating import let_go_of_form
from review_app.evaluations.models import EvalForm, FormWithdrawal
from review_app.evaluations.withdrawing import decide_withdrawal
from review_app.progress.service import due_day
from review_app.reviews.moves import move
from review_app.reviews.states import ReviewState


def decide(
    session: Session, asked: FormWithdrawal, *, approve: bool, answer: str, by: Person, now: datetime
) -> EvalForm | None:
    """Decide on the request, and take the review back to reading where that is needed. The draft that the member now
    has is given; None when refused."""
    before = asked.form
    review = before.review
    again = decide_withdrawal(session, asked, approve=approve, answer=answer, by=by, now=now)
    if again is not None and review.state is ReviewState.DRAFT:
        let_go_of_form(session, before, by=by, now=now)
        move(
            session, review, ReviewState.READING, by=by, now=now, reason="一份评查表经批准撤回，重新签名",
            due_on=due_day(review, ReviewState.READING, now),
        )  # fmt: skip
    return again
