"""What can be done after the reply: keeping tasks, and what the archive still lacks."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.followup.models import Evidence, FollowupTask
from review_app.followup.queries import (
    reply_of,
    resolutions_of,
    tasks_of,
)
from review_app.followup.rectification import missing_rectify, open_rectification
from review_app.followup.rules import can_follow_up
from review_app.followup.sources import promised_tasks
from review_app.followup.states import TaskKind, TaskState
from review_app.reviews.lacks import COORDINATOR, Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome, Resolution

__all__ = [
    "add_task",
    "missing_followup",
    "missing_rectify",
    "open_followup",
    "open_rectification",
    "plan_task",
    "settle_task",
]


def open_followup(session: Session, review: CaseReview, *, by: Person, now: datetime) -> list[FollowupTask]:
    """Make a task of every adopted measure, every route and every promise of the reply; those already made
    are left alone."""
    made = {task.source for task in tasks_of(session, review)}
    fresh = [
        FollowupTask(
            review_id=review.id, round=review.round, source=one.source, kind=one.kind, title=one.title,
            owner=one.owner, due_on=one.due_on, case_no=one.case_no, created_at=now, created_by_id=by.id,
        )
        for one in promised_tasks(session, review, reply_of(session, review))
        if one.source not in made
    ]  # fmt: skip
    session.add_all(fresh)
    session.flush()
    return fresh


def add_task(
    session: Session, review: CaseReview, *, title: str, owner: str, due_on: date, by: Person, now: datetime
) -> FollowupTask:
    """Note something else that has to happen."""
    if not can_follow_up(by, review):
        raise NotAllowed
    number = sum(task.kind is TaskKind.OTHER for task in tasks_of(session, review)) + 1
    task = FollowupTask(
        review_id=review.id, round=review.round, source=f"other:{number}", kind=TaskKind.OTHER, title=title.strip(),
        owner=owner.strip(), due_on=due_on, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(task)
    session.flush()
    record(
        session, action="task.add", subject=task, by=by, now=now, review_id=review.id,
        after={"due_on": due_on.isoformat()},
    )  # fmt: skip
    return task


def plan_task(
    session: Session,
    task: FollowupTask,
    *,
    owner: str,
    due_on: date | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> FollowupTask:
    """Say who does it and until when."""
    open_task(session, task, seen_version=seen_version, by=by)
    before = {"owner": task.owner, "due_on": task.due_on.isoformat() if task.due_on else None}
    task.owner, task.due_on = owner.strip(), due_on
    record(
        session, action="task.plan", subject=task, by=by, now=now, review_id=task.review_id, before=before,
        after={"owner": task.owner, "due_on": due_on.isoformat() if due_on else None},
    )  # fmt: skip
    return task


def settle_task(
    session: Session,
    task: FollowupTask,
    *,
    state: TaskState,
    result: str,
    result_on: date,
    case_no: str = "",
    evidence: Evidence | None = None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> FollowupTask:
    """Close a task as done, or as not pursued any more; both need words, a day not in the future."""
    open_task(session, task, seen_version=seen_version, by=by)
    if state is TaskState.OPEN:
        raise ReviewError(N_("请选择办理结果。"))
    if not result.strip():
        raise ReviewError(N_("请写明办理结果；不再进行的，请写明理由。"))
    if result_on > local_day(now):
        raise ReviewError(N_("办理结果的日期不能晚于今天。"))
    task.state, task.result, task.result_on = state, result.strip(), result_on
    task.case_no = case_no.strip() or task.case_no
    task.evidence = evidence
    record(
        session, action="task.settle", subject=task, by=by, now=now, review_id=task.review_id,
        before={"state": TaskState.OPEN}, after={"state": state},
    )  # fmt: skip
    return task


def open_task(session: Session, task: FollowupTask, *, seen_version: int, by: Person) -> None:
    """Refuse a task that is settled, not this person's, or changed since the form was opened."""
    if not can_follow_up(by, task.review):
        raise NotAllowed
    session.refresh(task, with_for_update=True)
    if task.row_version != seen_version:
        raise EditConflict(theirs={"owner": task.owner, "due_on": task.due_on, "result": task.result})
    if task.state is not TaskState.OPEN:
        raise ReviewError(N_("该事项已经办结，不能再修改。"))


def missing_followup(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What the archive still lacks: how the dispute ended, and every task settled."""
    lacks = []
    if not is_concluded(session, review):
        sentence = N_("尚无化解记录，也没有移送的终结材料。")
        lacks.append(Missing(sentence, who=COORDINATOR, page="followup.index"))
    count = sum(task.state is TaskState.OPEN for task in tasks_of(session, review))
    if count:
        sentence = N_("还有%(count)d项后续事项没有办结。")
        lacks.append(Missing(sentence, {"count": count}, who=COORDINATOR, page="followup.index"))
    return lacks


def is_concluded(session: Session, review: CaseReview) -> bool:
    """Resolved, terminated, handed over for termination, or led into a procedure that now goes its own way."""
    latest = next(iter(resolutions_of(session, review)), None)
    if latest is None or latest.reopened_at is not None:
        return False
    if latest.resolution is Resolution.IN_PROCEDURE:
        return review.outcome is Outcome.IMPORT
    return latest.resolution is not Resolution.OPEN
