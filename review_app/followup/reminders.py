"""Reminders after the opinion: replies that organs owe, tasks that are due. Each step goes out once."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.clock import local_day
from review_app.followup.models import FollowupTask
from review_app.followup.queries import is_replied, open_tasks, reply_due_on
from review_app.notices.service import notify
from review_app.notices.steps import REPLY_STEPS, TASK_STEPS, Step, due_steps
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState


def remind_of_replies(session: Session, *, now: datetime) -> int:
    """Remind the liaisons of every organ that owes a reply. Gives the number of notices queued."""
    owed = select(CaseReview).where(CaseReview.state == ReviewState.RECTIFY).order_by(CaseReview.id)
    return sum(remind_liaisons(session, review, now=now) for review in session.scalars(owed).all())


def remind_liaisons(session: Session, review: CaseReview, *, now: datetime) -> int:
    due = reply_due_on(session, review)
    if due is None or is_replied(session, review):
        return 0
    steps = due_steps(REPLY_STEPS, due=due, today=local_day(now))
    return sum(
        remind(
            session,
            step,
            liaison,
            review,
            due,
            thing=f"reply:{review.id}:{review.round}",
            page="rectify",
            now=now,
        )
        for step in steps
        for liaison in liaisons_of(session, review.legal_case.reviewed_org_id)
    )


def liaisons_of(session: Session, organisation_id: int) -> list[Person]:
    """People who speak for an organ now."""
    grants = select(RoleGrant).where(
        RoleGrant.role == Role.REVIEWED_LIAISON,
        RoleGrant.organisation_id == organisation_id,
        RoleGrant.approved_at.is_not(None),
        RoleGrant.ended_at.is_(None),
    )
    people = (grant.person for grant in session.scalars(grants.order_by(RoleGrant.id)))
    return [person for person in people if person.disabled_at is None]


def remind_of_tasks(session: Session, *, now: datetime) -> int:
    """Remind the coordinator of every task that is due soon or overdue."""
    return sum(remind_coordinator(session, task, now=now) for task in open_tasks(session))


def remind_coordinator(session: Session, task: FollowupTask, *, now: datetime) -> int:
    coordinator = task.review.coordinator
    if task.due_on is None or coordinator is None:
        return 0
    return sum(
        remind(
            session,
            step,
            coordinator,
            task.review,
            task.due_on,
            thing=f"task:{task.id}",
            page="followup",
            now=now,
        )
        for step in due_steps(TASK_STEPS, due=task.due_on, today=local_day(now))
    )


def remind(
    session: Session,
    step: Step,
    to: Person,
    review: CaseReview,
    due: date,
    *,
    thing: str,
    page: str,
    now: datetime,
) -> bool:
    """Queue one reminder; False when this step for this thing and day went out before."""
    notice = notify(
        session, step.kind, to, now=now, review_id=review.id, step=f"{thing}:{due.isoformat()}:{step.name}",
        link=f"/reviews/{review.id}/{page}", review_no=review.review_no or "", due=due.isoformat(),
    )  # fmt: skip
    return notice is not None
