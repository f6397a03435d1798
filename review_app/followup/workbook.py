"""The coordinator's workbook: his reviews at a glance, and the tasks after the opinion to be planned in bulk.

Tasks come back keyed by their number; only the unit responsible and the day may be changed, the rest is shown. A
dry run explains every row before anything is written, and writing goes through ``plan_task`` as on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.documents.spreadsheet import Sheet, TableRow, workbook
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.followup.models import FollowupTask
from review_app.followup.rules import can_follow_up
from review_app.followup.service import plan_task
from review_app.followup.states import TASK_KIND_LABELS, TASK_STATE_LABELS, TaskState
from review_app.reviews.models import CaseReview, LegalCase
from review_app.reviews.queries import visible_to
from review_app.reviews.states import OUTCOME_LABELS, RESOLUTION_LABELS, STATE_LABELS, TEMPLATE_LABELS

REVIEWS, TASKS = "评查项目", "后续事项"
REVIEW_HEADS = (
    ("评查编号", 14), ("被评查单位", 28), ("评查表", 10), ("存疑", 6), ("状态", 14), ("进入本环节", 12),
    ("本环节期限", 12), ("席位", 8), ("等次", 6), ("处理结果", 22), ("化解", 12),
)  # fmt: skip
NUMBER, REVIEW_NO, OWNER, DUE, VERSION = "事项号", "评查编号", "责任单位", "期限", "版本（请勿修改）"
TASK_HEADS = (
    (NUMBER, 8), (REVIEW_NO, 14), ("种类", 10), ("事项", 44), (OWNER, 24), (DUE, 12), ("状态", 10), (VERSION, 14),
)  # fmt: skip
NEEDED = (NUMBER, REVIEW_NO, OWNER, DUE, VERSION)
LONGEST_OWNER = 200


class Fate(StrEnum):
    """What will become of a row."""

    CHANGED = "CHANGED"
    SAME = "SAME"
    WRONG = "WRONG"


@dataclass(frozen=True)
class PlannedRow:
    """A row of the dry run. ``changes`` are head, old and new value; ``problem`` why it cannot be written."""

    number: int
    task_no: str
    review_no: str
    fate: Fate
    changes: tuple[tuple[str, str, str], ...] = ()
    problem: ReviewError | None = None


def can_use_workbook(person: Person) -> bool:
    """The coordinators."""
    return person.has(Role.COORD)


def export_workbook(session: Session, *, by: Person, now: datetime) -> bytes:
    """The coordinator's reviews and open tasks. Says nothing of forms: who has signed is nobody's to know, and
    grades and outcomes stand there only once issued."""
    if not can_use_workbook(by):
        raise NotAllowed
    reviews, tasks = reviews_of(session, by), tasks_of_all(session, by)
    record(session, action="task.export", subject=by, by=by, now=now, after={"tasks": len(tasks)})
    return workbook(
        [
            Sheet(REVIEWS, REVIEW_HEADS, [review_row(review) for review in reviews]),
            Sheet(TASKS, TASK_HEADS, [task_row(task) for task in tasks]),
        ]
    )


def reviews_of(session: Session, person: Person) -> Sequence[CaseReview]:
    chosen = (
        select(CaseReview)
        .where(visible_to(person))
        .options(
            joinedload(CaseReview.legal_case).joinedload(LegalCase.reviewed_org),
            selectinload(CaseReview.changes),
        )
    )
    return session.scalars(chosen.order_by(CaseReview.review_no, CaseReview.id)).all()


def tasks_of_all(session: Session, person: Person) -> list[FollowupTask]:
    """Open tasks of reviews this person keeps, by review and day."""
    chosen = (
        select(FollowupTask)
        .join(FollowupTask.review)
        .where(visible_to(person), FollowupTask.state == TaskState.OPEN)
        .where(FollowupTask.round == CaseReview.round)
        .options(joinedload(FollowupTask.review))
        .order_by(CaseReview.review_no, FollowupTask.due_on, FollowupTask.id)
    )
    return [task for task in session.scalars(chosen) if can_follow_up(person, task.review)]


def review_row(review: CaseReview) -> list[str]:
    here = [change for change in review.changes if change.to_state is review.state]
    seats = sum(access.ended_at is None for access in review.accesses)
    issued = review.issued_at is not None
    return [
        review.review_no or "未立项",
        review.legal_case.reviewed_org.name,
        TEMPLATE_LABELS[review.template],
        "是" if review.doubt_flag else "",
        STATE_LABELS[review.state],
        day(local_day(review.state_since)),
        day(here[-1].due_on if here else None),
        f"{seats}/{review.size}",
        (review.grade or "") if issued else "",
        OUTCOME_LABELS[review.outcome] if issued and review.outcome else "",
        RESOLUTION_LABELS[review.resolution],
    ]


def task_row(task: FollowupTask) -> list[str]:
    return [
        str(task.id), task.review.review_no or "", TASK_KIND_LABELS[task.kind], task.title, task.owner,
        day(task.due_on), TASK_STATE_LABELS[task.state], str(task.row_version),
    ]  # fmt: skip


def day(given: date | None) -> str:
    return given.isoformat() if given else ""


def dry_run(session: Session, rows: Sequence[TableRow], *, by: Person) -> list[PlannedRow]:
    """What each row would do; nothing is stored."""
    if not can_use_workbook(by):
        raise NotAllowed
    known = {str(task.id): task for task in tasks_of_all(session, by)}
    seen: set[str] = set()
    planned = []
    for row in rows:
        number = row.cells.get(NUMBER, "")
        planned.append(
            plan_row(row, known.get(number))
            if number not in seen
            else wrong(row, ReviewError(N_("事项号在本文件中重复。")))
        )
        seen.add(number)
    return planned


def plan_row(row: TableRow, task: FollowupTask | None) -> PlannedRow:
    if task is None or task.review.review_no != row.cells.get(REVIEW_NO):
        return wrong(row, ReviewError(N_("没有这个事项，或者它已经办结，或者评查编号与事项号不符。")))
    if str(task.row_version) != row.cells.get(VERSION):
        return wrong(row, ReviewError(N_("导出以后该事项又有改动。请重新导出，再修改。")))
    try:
        owner, due_on = owner_in(row), day_in(row)
    except ReviewError as error:
        return wrong(row, error)
    pairs = ((OWNER, task.owner, owner), (DUE, day(task.due_on), day(due_on)))
    changes = tuple(pair for pair in pairs if pair[1] != pair[2])
    fate = Fate.CHANGED if changes else Fate.SAME
    return PlannedRow(row.number, row.cells[NUMBER], row.cells[REVIEW_NO], fate, changes)


def wrong(row: TableRow, problem: ReviewError) -> PlannedRow:
    number, review_no = row.cells.get(NUMBER, "")[:20], row.cells.get(REVIEW_NO, "")[:40]
    return PlannedRow(row.number, number, review_no, Fate.WRONG, (), problem)


def owner_in(row: TableRow) -> str:
    owner = " ".join(row.cells.get(OWNER, "").split())
    if len(owner) > LONGEST_OWNER:
        raise ReviewError(N_("责任单位最多%(limit)s个字。"), limit=LONGEST_OWNER)
    return owner


def day_in(row: TableRow) -> date | None:
    typed = row.cells.get(DUE, "").strip()
    if not typed:
        return None
    plain = typed.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, number = (int(part) for part in plain.split("-"))
        return date(year, month, number)
    except ValueError:
        raise ReviewError(N_("“%(value)s”不是日期，请写成2024-03-12。"), value=typed[:40]) from None


def carry_out(session: Session, rows: Sequence[TableRow], *, by: Person, now: datetime) -> list[PlannedRow]:
    """Write what the dry run of the same rows shows: all of it, or nothing when a row is wrong by now."""
    planned = dry_run(session, rows, by=by)
    if any(one.fate is Fate.WRONG for one in planned):
        raise ReviewError(N_("有的行不能写入，表格一行也没有写入。请改正后重新检查。"))
    tasks = {str(task.id): task for task in tasks_of_all(session, by)}
    for row, one in zip(rows, planned, strict=True):
        if one.fate is Fate.CHANGED:
            task = tasks[one.task_no]
            plan_task(
                session, task, owner=owner_in(row), due_on=day_in(row), seen_version=task.row_version, by=by,
                now=now,
            )  # fmt: skip
    return planned
