import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.models import AuditRow
from review_app.followup.models import FollowupTask
from review_app.followup.service import add_task, plan_task
from tests.browser import Browser
from tests.followup.conftest import Scene


@pytest.fixture
def tasks(session: Session, scene: Scene, now: datetime) -> list[FollowupTask]:
    made = [
        add_task(
            session, scene.review, title=title, owner="青岚市人民法院", due_on=date(2024, 6, 1),
            by=scene.coordinator, now=now,
        )
        for title in ("=HYPERLINK(1)", "恢复执行")
    ]  # fmt: skip
    session.commit()
    return made


def exported(browser: Browser) -> bytes:
    browser.get("/reviews").follow("表格导出和批量修改")
    browser.submit(".actions form")
    return browser.content


def edited(package: bytes, cells: dict[str, object]) -> tuple[str, bytes]:
    book = load_workbook(io.BytesIO(package))
    for place, value in cells.items():
        book["后续事项"][place] = value
    out = io.BytesIO()
    book.save(out)
    return "工作表.xlsx", out.getvalue()


def check(browser: Browser, upload: tuple[str, bytes]) -> list[list[str]]:
    browser.get("/reviews/workbook").submit("#check-form", {"file": upload})
    rows = browser.page.select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def stored(session: Session, task: FollowupTask) -> tuple[str, date | None]:
    session.rollback()
    session.refresh(task)
    return task.owner, task.due_on


def test_workbook_shows_reviews_and_open_tasks_without_formulas(
    browser: Browser, scene: Scene, tasks: list[FollowupTask]
) -> None:
    book = load_workbook(io.BytesIO(exported(browser.sign_in(scene.coordinator))))

    (review,) = book["评查项目"].iter_rows(min_row=2, values_only=True)
    assert review[0] == scene.review.review_no
    assert (review[1], review[6], review[7]) == ("青岚市人民法院", "2024-05-02", f"1/{scene.review.size}")
    titles = [row[3] for row in book["后续事项"].iter_rows(min_row=2, values_only=True)]
    assert titles == ["'=HYPERLINK(1)", "恢复执行"]


def test_dry_run_tells_every_row_and_writes_nothing(
    browser: Browser, session: Session, scene: Scene, tasks: list[FollowupTask]
) -> None:
    upload = edited(
        exported(browser.sign_in(scene.coordinator)), {"E2": "青岚市司法局", "F2": date(2024, 7, 1)}
    )

    rows = check(browser, upload)

    number = str(scene.review.review_no)
    assert rows == [
        [
            "2",
            str(tasks[0].id),
            number,
            "将修改",
            "责任单位 ：青岚市人民法院 → 青岚市司法局； 期限 ：2024-06-01 → 2024-07-01",
        ],
        ["3", str(tasks[1].id), number, "无变化", ""],
    ]
    assert stored(session, tasks[0]) == ("青岚市人民法院", date(2024, 6, 1))


def test_checked_rows_are_written_and_logged(
    browser: Browser, session: Session, scene: Scene, tasks: list[FollowupTask]
) -> None:
    check(browser, edited(exported(browser.sign_in(scene.coordinator)), {"F3": "2024年8月1日"}))

    browser.submit("#carry-form")

    assert "已修改1个事项。" in browser.text
    assert [stored(session, task) for task in tasks] == [
        ("青岚市人民法院", date(2024, 6, 1)),
        ("青岚市人民法院", date(2024, 8, 1)),
    ]
    actions = select(AuditRow.action).where(AuditRow.action.in_(["task.export", "task.plan"]))
    assert session.scalars(actions.order_by(AuditRow.id)).all() == ["task.export", "task.plan"]


def test_one_wrong_row_keeps_the_whole_table_out(
    browser: Browser, session: Session, scene: Scene, tasks: list[FollowupTask]
) -> None:
    upload = edited(exported(browser.sign_in(scene.coordinator)), {"F2": "下个月", "F3": date(2024, 8, 1)})

    rows = check(browser, upload)

    assert [row[3:] for row in rows] == [
        ["不能写入", "“下个月”不是日期，请写成2024-03-12。"],
        ["将修改", "期限 ：2024-06-01 → 2024-08-01"],
    ]
    assert browser.page.select("#carry-form") == []


def test_task_changed_since_the_export_is_not_overwritten(
    browser: Browser, session: Session, scene: Scene, tasks: list[FollowupTask], now: datetime
) -> None:
    upload = edited(exported(browser.sign_in(scene.coordinator)), {"E2": "青岚市司法局"})
    session.rollback()
    task = session.get_one(FollowupTask, tasks[0].id)
    plan_task(
        session, task, owner="青岚市公安局", due_on=None, seen_version=task.row_version,
        by=session.get_one(Person, scene.coordinator.id), now=now,
    )  # fmt: skip
    session.commit()

    rows = check(browser, upload)

    assert rows[0][3:] == ["不能写入", "导出以后该事项又有改动。请重新导出，再修改。"]


def test_workbook_is_the_coordinators_alone(browser: Browser, scene: Scene) -> None:
    for person in (scene.leader, scene.liaison, scene.member):
        assert browser.sign_in(person).get("/reviews/workbook").status == 404
