"""Clock colours: the coordinator hears of a step that is due soon (orange) or late (red), once each."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.clock import local_day
from review_app.notices.service import notify
from review_app.notices.steps import Step, clock_steps, due_steps
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import RUNNING, STATE_LABELS
from review_app.rulebook import load


def tell_clock_colours(session: Session, *, now: datetime) -> int:
    """Queue what is due for every running review. Gives the number of notices queued."""
    running = select(CaseReview).where(CaseReview.state.in_(RUNNING)).order_by(CaseReview.id)
    return sum(tell_review(session, review, now=now) for review in session.scalars(running).all())


def tell_review(session: Session, review: CaseReview, *, now: datetime) -> int:
    change = last_change(session, review)
    if change is None or change.due_on is None:
        return 0
    orange = load(review.rule_version).clocks.colours.orange
    steps = due_steps(clock_steps(orange=orange), due=change.due_on, today=local_day(now))
    return sum(
        tell(session, step, person, review, change, change.due_on, now=now)
        for step in steps
        for person in responsible(session, review)
    )


def last_change(session: Session, review: CaseReview) -> StateChange | None:
    """The step that brought the review where it stands."""
    steps = select(StateChange).where(
        StateChange.review_id == review.id, StateChange.to_state == review.state
    )
    return session.scalar(steps.order_by(StateChange.id.desc()).limit(1))


def responsible(session: Session, review: CaseReview) -> list[Person]:
    """The review's coordinator; every coordinator while it has none."""
    if review.coordinator is not None and review.coordinator.disabled_at is None:
        return [review.coordinator]
    grants = select(RoleGrant).where(
        RoleGrant.role == Role.COORD, RoleGrant.approved_at.is_not(None), RoleGrant.ended_at.is_(None)
    )
    return [grant.person for grant in session.scalars(grants) if grant.person.disabled_at is None]


def tell(
    session: Session,
    step: Step,
    to: Person,
    review: CaseReview,
    change: StateChange,
    due: date,
    *,
    now: datetime,
) -> bool:
    notice = notify(
        session, step.kind, to, now=now, review_id=review.id, link=f"/reviews/{review.id}",
        step=f"clock:{change.id}:{due.isoformat()}:{step.name}",
        review_no=review.review_no or "", step_name=STATE_LABELS[review.state], due=due.isoformat(),
    )  # fmt: skip
    return notice is not None
