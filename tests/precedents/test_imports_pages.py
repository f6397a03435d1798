"""Uploading, checking, correcting and withdrawing cases, through a browser."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.precedents.library import open_library
from review_app.precedents.models import ImportRun, Precedent, StagedCase
from review_app.precedents.states import ImportState, Withdrawal
from review_app.settings import Settings
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import JUDGMENT, indexed, stored_case

LICENCE = "虚构，仅供测试"


@pytest.fixture
def coordinator(session: Session) -> Person:
    person = factories.person(session, Role.COORD, name="协调甲")
    session.commit()
    return person


def upload(browser: Browser, *files: tuple[str, bytes], licence: str = LICENCE) -> Browser:
    browser.get("/precedents/imports")
    return browser.submit("#upload-form", {"files": list(files), "tier": "3", "licence_note": licence})


def test_uploaded_document_is_checked_corrected_and_stored(
    browser: Browser, session: Session, coordinator: Person, settings: Settings, now: datetime
) -> None:
    browser.sign_in(coordinator)
    upload(browser, ("孙某案.txt", JUDGMENT.encode()), ("表.xlsx", b"PK"), ("短.txt", "太短".encode()))
    assert "这里只能上传.txt、.docx和.pdf。" in browser.text
    assert "正文不足30个字" in browser.text

    browser.follow("核对")
    assert browser.page.select_one("#case_no")["value"] == "（2021）海0799刑初31号"  # type: ignore[index]
    assert "读出的结构" in browser.text
    assert session.scalars(select(Precedent)).all() == []
    session.rollback()

    browser.submit(
        "#case-form", {"title": "孙某交通肇事案", "causes": "交通肇事罪\n", "outcome": "缓刑（核对）"}
    )

    stored = session.scalars(select(Precedent)).one()
    run = session.scalars(select(ImportRun)).one()
    assert (stored.title, stored.outcome, stored.causes, stored.licence_note, stored.source_tier, stored.text) == (
        "孙某交通肇事案", "缓刑（核对）", ["交通肇事罪"], LICENCE, "3", JUDGMENT,
    )  # fmt: skip
    assert (run.state, run.added, run.refused, run.created_by_id) == (
        ImportState.FINISHED,
        1,
        2,
        coordinator.id,
    )
    assert session.scalars(select(StagedCase)).all() == []


def test_upload_without_licence_is_shown_again(
    browser: Browser, session: Session, coordinator: Person
) -> None:
    browser.sign_in(coordinator)

    upload(browser, ("孙某案.txt", JUDGMENT.encode()), licence="")

    assert browser.page.select_one(".error-summary") is not None
    assert session.scalars(select(ImportRun)).all() == []


def test_known_document_is_named_and_not_stored_twice(
    browser: Browser, session: Session, coordinator: Person, now: datetime
) -> None:
    known = stored_case(session, now)
    session.commit()
    browser.sign_in(coordinator)
    upload(browser, ("同一份.txt", JUDGMENT.replace("。 ", "。\n\n").encode()))

    browser.follow("核对")
    assert f"库中已有相同的文书，入库不会再增加：{known.title}" in browser.text.replace("\n", "").replace(
        " ", ""
    )
    browser.submit("#case-form", {})

    assert session.scalars(select(Precedent.id)).all() == [known.id]
    assert session.scalars(select(ImportRun)).one().unchanged == 1


def test_document_can_be_left_out(browser: Browser, session: Session, coordinator: Person) -> None:
    browser.sign_in(coordinator)
    upload(browser, ("孙某案.txt", JUDGMENT.encode()))
    browser.follow("核对")

    browser.submit("form[action$=discard]")

    assert "核对后未入库。" in browser.text
    assert session.scalars(select(Precedent)).all() == []
    report = browser.get("/precedents/imports/1.csv").content.decode("utf-8-sig").splitlines()
    assert report == ["位置,结果,原因或者说明,案例", "孙某案.txt,未能读取,核对后未入库。,"]


def test_correction_needs_a_reason_is_logged_and_found(
    browser: Browser, session: Session, coordinator: Person, settings: Settings, now: datetime
) -> None:
    case = stored_case(session, now)
    engine = open_library(settings.index_folder)
    indexed(session, engine, now)
    browser.sign_in(coordinator).get(f"/precedents/{case.id}").follow("更正案例信息")

    browser.submit("#correct-form", {"organ": "青岚市中级人民法院"})
    assert browser.page.select_one(".error-summary") is not None
    browser.submit(
        "#correct-form",
        {"organ": "青岚市中级人民法院", "decided_on": "2021-03-06", "reason": "与公报核对"},
    )

    session.refresh(case)
    row = session.scalars(select(AuditRow).where(AuditRow.action == "precedents.correct")).one()
    assert (case.organ, case.decided_on, case.indexed_at) == ("青岚市中级人民法院", date(2021, 3, 6), None)
    assert (row.reason, row.after) == (
        "与公报核对",
        {"organ": "青岚市中级人民法院", "decided_on": "2021-03-06"},
    )
    indexed(session, engine, now)
    assert "孙某交通肇事一审刑事判决书" in browser.get("/precedents", q="法院:青岚市中级人民法院").text


def test_correction_over_somebody_elses_is_shown_beside_his(
    browser: Browser, session: Session, coordinator: Person, now: datetime
) -> None:
    case = stored_case(session, now)
    session.commit()
    browser.sign_in(coordinator).get(f"/precedents/{case.id}/correct")
    case.outcome = "他人写的结果"
    session.commit()

    browser.submit("#correct-form", {"outcome": "我写的结果", "reason": "核对"})

    assert "他人已保存为：他人写的结果" in browser.text
    assert browser.page.select_one("#outcome")["value"] == "我写的结果"  # type: ignore[index]


def test_withdrawn_case_is_found_by_nobody_and_says_so_where_it_was_cited(
    browser: Browser, session: Session, coordinator: Person, settings: Settings, now: datetime
) -> None:
    case = stored_case(session, now)
    engine = open_library(settings.index_folder)
    indexed(session, engine, now)
    browser.sign_in(coordinator)
    assert "孙某交通肇事" in browser.get("/precedents", q="逃逸").text

    browser.get(f"/precedents/{case.id}").follow("撤下案例")
    browser.submit("#withdraw-form", {"why": "COURT", "note": "再审改判"})
    session.expire_all()
    indexed(session, engine, now)

    assert "孙某交通肇事" not in browser.get("/precedents", q="逃逸").text
    page = browser.get(f"/precedents/{case.id}")
    assert (page.status, "不再能检索和引用" in page.text, "再审改判" in page.text) == (200, True, True)

    browser.get("/precedents/imports").follow("恢复")
    browser.submit("#restore-form", {"reason": "误撤"})
    session.expire_all()
    indexed(session, engine, now)
    assert "孙某交通肇事" in browser.get("/precedents", q="逃逸").text


def test_case_withdrawn_for_personal_data_is_shown_to_nobody(
    browser: Browser, session: Session, coordinator: Person, settings: Settings, now: datetime
) -> None:
    case = stored_case(session, now)
    indexed(session, open_library(settings.index_folder), now)
    browser.sign_in(coordinator).get(f"/precedents/{case.id}/withdraw")

    browser.submit("#withdraw-form", {"why": "PRIVACY", "note": "当事人申请"})

    session.refresh(case)
    assert case.withdrawal is Withdrawal.PRIVACY
    assert browser.get(f"/precedents/{case.id}").status == 404
    assert browser.get(f"/precedents/{case.id}/correct").status == 404
    assert "孙某" not in browser.get("/precedents/imports").text
    assert browser.get(f"/precedents/{case.id}/restore").status == 200


@pytest.mark.parametrize("role", [Role.EXPERT, Role.SYSADMIN, Role.LEADER, Role.AUDITOR])
def test_only_the_office_imports(browser: Browser, session: Session, role: Role, now: datetime) -> None:
    case = stored_case(session, now)
    person = factories.person(session, role)
    session.commit()
    browser.sign_in(person)

    answers = [
        browser.get(url).status
        for url in (
            "/precedents/imports",
            f"/precedents/{case.id}/correct",
            f"/precedents/{case.id}/withdraw",
        )
    ]

    assert answers == ([200, 404, 404] if role is Role.AUDITOR else [404, 404, 404])
