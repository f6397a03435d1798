"""The pages of saved searches, through a browser."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState
from review_app.saved_searches.models import SavedSearch
from review_app.saved_searches.states import Frequency
from tests import factories
from tests.browser import Browser
from tests.saved_searches.made import Library, expert, shaky

SAVE = "main form.sheet-form"


@pytest.fixture
def library(app: Flask, session: Session, now: datetime) -> Library:
    """The library that the pages search, with one case."""
    library = Library(session, shaky(), now)
    app.extensions["yian_library"] = library.engine
    library.add("早先的工伤案", "上班途中受伤，认定为工伤")
    return library


@pytest.fixture
def owner(session: Session, library: Library, browser: Browser) -> Person:
    person = expert(session, name="存检索的人")
    session.commit()
    browser.sign_in(person)
    return person


@pytest.fixture
def review(session: Session, owner: Person) -> CaseReview:
    review = factories.review(session, ReviewState.READING)
    factories.seat(session, review, owner, Capacity.LEAD)
    session.commit()
    return review


def saved(session: Session) -> SavedSearch:
    session.rollback()  # what the page has stored meanwhile
    return session.scalars(select(SavedSearch).order_by(SavedSearch.id.desc())).first()  # type: ignore[return-value]


def titles(browser: Browser) -> list[str]:
    return [each.get_text(strip=True) for each in browser.page.select(".saved-hits h3")]


def save(browser: Browser, **question: object) -> Browser:
    browser.get("/precedents", **question).follow("保存检索")
    return browser.submit(SAVE)


def test_question_is_saved_from_the_search_page(browser: Browser, session: Session, owner: Person) -> None:
    browser.get("/precedents", q="工伤", sort="newest", year_from="2001").follow("保存检索")
    assert "检索式 工伤" in browser.text
    assert "年份 2001–" in browser.text

    browser.submit(SAVE, {"name": "工伤认定", "frequency": "WEEKLY"})

    assert "检索已保存" in browser.text
    assert (saved(session).name, saved(session).frequency) == ("工伤认定", Frequency.WEEKLY)
    browser.follow("打开检索")
    assert browser.url == "/precedents?q=%E5%B7%A5%E4%BC%A4&year_from=2001&sort=newest"


def test_search_page_offers_nothing_to_save_while_nothing_is_asked(browser: Browser, owner: Person) -> None:
    browser.get("/precedents")

    assert "保存检索" not in browser.text
    assert "还没有检索条件" in browser.get("/precedents/saved/new").text


def test_question_without_hits_can_be_saved_too(browser: Browser, session: Session, owner: Person) -> None:
    save(browser, q="前所未有")

    assert saved(session).total == 0


def test_same_question_leads_to_the_saved_one(browser: Browser, owner: Person) -> None:
    save(browser, q="工伤")

    browser.get("/precedents", q="工伤", sort="relevance").follow("保存检索")

    assert browser.page.select(SAVE) == []
    browser.follow("打开已保存的检索")
    assert browser.url == "/precedents/saved/1"


def test_query_that_cannot_be_read_is_said_and_what_was_typed_stays(browser: Browser, owner: Person) -> None:
    browser.get("/precedents/saved/new", q="工伤 与")

    browser.submit(SAVE, {"name": "半句", "frequency": "NEVER"})

    assert browser.status == 400
    assert "两边都要有检索词" in browser.text
    assert browser.page.select_one("[name=name]")["value"] == "半句"  # type: ignore[index]


def test_new_cases_are_found_by_hand_listed_and_put_away(
    browser: Browser, library: Library, owner: Person
) -> None:
    save(browser, q="工伤")
    library.add("后来的工伤案", "下班途中受伤，认定为工伤")

    browser.submit("form[action$='/run']")

    assert "找到1件新案例" in browser.text
    assert titles(browser) == ["后来的工伤案"]
    assert "我的检索 1" in browser.get("/precedents").text
    browser.get("/precedents/saved")
    assert "1件未看" in browser.text

    browser.get("/precedents/saved/1").submit("form[action$='/seen']")

    assert "我的检索 1" not in browser.text
    assert titles(browser) == ["后来的工伤案"]
    browser.submit("form[action$='/run']")
    assert "没有新案例" in browser.text


def test_alert_lists_exactly_its_cases(browser: Browser, library: Library, owner: Person) -> None:
    save(browser, q="工伤")
    library.add("第一批", "认定为工伤")
    browser.submit("form[action$='/run']")
    library.add("第二批", "又认定为工伤")
    browser.submit("form[action$='/run']")

    browser.get("/precedents/saved/1/alerts/1")

    assert titles(browser) == ["第一批"]
    assert browser.get("/precedents/saved/1/alerts/3").status == 404


def test_hundreds_of_new_cases_are_all_listed_page_by_page(
    browser: Browser, library: Library, owner: Person
) -> None:
    save(browser, q="工伤")
    for number in range(45):
        library.add(f"第{number}件", f"第{number}次认定为工伤")

    browser.submit("form[action$='/run']")

    found = titles(browser)
    while browser.page.select("a[rel=next]"):
        browser.follow("下一页")
        found += titles(browser)
    assert sorted(found) == sorted(f"第{number}件" for number in range(45))


def test_question_is_changed_through_the_search_page(
    browser: Browser, session: Session, library: Library, owner: Person
) -> None:
    library.add("拆迁案", "房屋征收与拆迁补偿")
    save(browser, q="工伤")

    browser.follow("修改检索条件")
    browser.submit("form.search-bar", {"q": "拆迁"})
    browser.follow("更新已存检索")
    browser.submit("form[action$='/question']")

    assert "检索条件已更新" in browser.text
    assert "检索式 拆迁" in browser.text
    assert titles(browser) == []
    assert session.scalars(select(SavedSearch)).all() == [saved(session)]


def test_search_is_renamed_paused_resumed_and_removed(
    browser: Browser, session: Session, owner: Person
) -> None:
    save(browser, q="工伤")

    browser.follow("修改名称和提醒").submit(SAVE, {"name": "新名称", "frequency": "NEVER"})
    assert (saved(session).name, saved(session).frequency) == ("新名称", Frequency.NEVER)
    browser.submit("form[action$='/pause']")
    assert "已暂停" in browser.text
    browser.submit("form[action$='/resume']")
    assert "正常" in browser.text
    browser.submit("form[action$='/remove']")

    assert "还没有保存的检索" in browser.text
    assert saved(session).removed_at is not None
    assert browser.get("/precedents/saved/1").status == 404


def test_broken_search_says_why_and_leads_to_its_repair(
    browser: Browser, session: Session, owner: Person
) -> None:
    save(browser, q="工伤")
    broken = saved(session)
    broken.broken_at = broken.created_at
    broken.problem = '{"sentence": "检索式太长，最多%(most)s字。请只保留要找的词。", "facts": {"most": 2000}}'
    session.commit()

    browser.get("/precedents/saved")
    assert "未能执行" in browser.text
    assert "检索式太长，最多2000字" in browser.text
    browser.get("/precedents/saved/1").follow("修改检索条件")

    assert browser.url == "/precedents?q=%E5%B7%A5%E4%BC%A4&saved=1"


def test_nobody_else_sees_a_saved_search(
    browser: Browser, another_browser: Browser, session: Session, owner: Person
) -> None:
    save(browser, q="工伤")
    for role in (Role.EXPERT, Role.COORD, Role.LEADER, Role.AUDITOR, Role.SYSADMIN):
        other = factories.person(session, role)
        session.commit()
        another_browser.sign_in(other)

        assert another_browser.get("/precedents/saved/1").status == 404
        assert another_browser.get("/precedents/saved/1/edit").status == 404
        assert "工伤" not in another_browser.get("/precedents/saved").text


def test_search_for_a_review_ends_with_the_seat(
    browser: Browser, session: Session, owner: Person, review: CaseReview
) -> None:
    save(browser, q="工伤", review=review.id)
    assert saved(session).review_id == review.id
    assert review.review_no is not None
    assert review.review_no in browser.get("/precedents/saved").text

    review.accesses[0].ended_at = review.created_at
    session.commit()

    assert browser.get("/precedents/saved/1").status == 404
    browser.get("/precedents/saved")
    assert "另有1项检索属于您已不在评查组的项目" in browser.text
    assert review.review_no not in browser.text
    assert session.scalars(select(AuditRow).where(AuditRow.action == "refused")).one().review_id == review.id


def test_nothing_of_the_question_is_readable_in_the_database_or_the_log(
    browser: Browser, session: Session, owner: Person, review: CaseReview
) -> None:
    save(browser, q="绝不外传的想法", review=review.id)

    stored = session.connection().exec_driver_sql("SELECT * FROM saved_search").one()
    logged = session.connection().exec_driver_sql("SELECT * FROM audit_row").all()

    assert saved(session).name == "绝不外传的想法"
    assert "绝不外传" not in f"{stored}{logged}"
