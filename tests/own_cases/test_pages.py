"""The pages on the way into the library, through a browser."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.own_cases.models import OwnCase
from review_app.precedents.models import Precedent
from tests import factories
from tests.browser import Browser
from tests.own_cases.conftest import Closed


def own_case(session: Session) -> OwnCase:
    session.rollback()  # see what the pages committed meanwhile
    return session.scalars(select(OwnCase).order_by(OwnCase.id.desc())).first() or OwnCase()


def begun(browser: Browser, session: Session, closed: Closed, by: Person) -> OwnCase:
    session.commit()
    browser.sign_in(by).get("/own-cases")
    browser.submit("#offered form")
    return own_case(session)


def test_from_a_closed_review_to_the_library_by_two_people(
    browser: Browser, another_browser: Browser, session: Session, closed: Closed
) -> None:
    own = begun(browser, session, closed, closed.first)
    assert "已按评查意见书拟出去标识化文本" in browser.text
    assert {mark.get_text() for mark in browser.page.select(".part-original mark")} >= {"秦守田", "赵海斌"}
    assert "请确认是否为姓名：青岚市恒泽建材有限公司" in browser.text

    browser.submit("#text-form", {"audience": "EVERYONE", "holding": "恢复执行应当及时。"})
    assert "文本已保存" in browser.text
    browser.submit("#next form[action$='/submit']")
    assert "已提交复核" in browser.text
    assert "您参与处理了这份文本，应由另一人复核。" in browser.text
    assert not browser.page.select("#check")
    another_browser.sign_in(closed.officer).get("/")
    another_browser.follow("复核入库案例")
    another_browser.submit(".check-form", {})
    assert "请逐段核对后勾选" in another_browser.text
    another_browser.submit(".check-form", {"compared": True})

    assert "案例已入库，编号青评例〔2024〕1号" in another_browser.text
    assert "秦守田" not in another_browser.text
    session.rollback()
    case = session.query(Precedent).one()
    assert (own.precedent_id, case.holding) == (case.id, "恢复执行应当及时。")


def test_refused_text_keeps_what_was_typed_and_shows_what_must_go(
    browser: Browser, session: Session, closed: Closed
) -> None:
    own = begun(browser, session, closed, closed.first)

    browser.submit("#text-form", {"title": "", "facts": "秦守田申请恢复执行。"})
    assert browser.status == 422
    assert "请填写标题" in browser.text
    assert [
        each.get_text(" ", strip=True) for each in browser.page.select("#part-facts .part-warning li")
    ] == ["秦守田 姓名"]
    browser.submit("#text-form", {"title": "执行案例", "facts": "秦守田申请恢复执行。"})
    browser.submit("#next form[action$='/submit']")

    assert "“基本案情”中还有1处应当遮蔽的信息" in browser.text
    assert own_case(session).state == own.state


def test_returned_dropped_and_withdrawn_with_reasons(
    browser: Browser, another_browser: Browser, session: Session, closed: Closed
) -> None:
    own = begun(browser, session, closed, closed.first)
    at = f"/own-cases/{own.id}"
    browser.submit("#next form[action$='/submit']")
    another_browser.sign_in(closed.second).get(at)
    another_browser.submit(".return-form", {"reason": ""})
    assert another_browser.status == 422
    another_browser.submit(".return-form", {"reason": "公司名称可以识别。"})
    assert "退回理由 公司名称可以识别。" in browser.get(at).text
    browser.submit("#next form[action$='/submit']")
    another_browser.get(at).submit(".check-form", {"compared": True})
    another_browser.submit(".withdraw-form", {"reason": "当事人提出异议。"})
    assert "案例已撤回" in another_browser.text
    browser.get("/own-cases").submit("#offered form")
    browser.submit(".drop-form", {"reason": "案情过于特殊。"})

    assert "已记录为不入库" in browser.text


def test_nobody_else_opens_it_and_opening_is_logged(
    browser: Browser, session: Session, closed: Closed
) -> None:
    own = begun(browser, session, closed, closed.first)
    inside = factories.person(session, Role.SECRETARY, organisation=closed.review.legal_case.reviewed_org)
    leader, auditor = factories.person(session, Role.LEADER), factories.person(session, Role.AUDITOR)
    session.commit()

    for person in (closed.expert, leader, auditor, inside):
        assert browser.sign_in(person).get(f"/own-cases/{own.id}").status == 404
    for person in (closed.officer, closed.secretary):
        assert browser.sign_in(person).get(f"/own-cases/{own.id}").status == 200
    session.rollback()
    read = session.scalars(select(AuditRow.person_id).where(AuditRow.action == "own_cases.read")).all()
    assert read[-2:] == [closed.officer.id, closed.secretary.id]


def test_empty_list_says_what_to_do(browser: Browser, session: Session) -> None:
    officer = factories.person(session, Role.DPO)
    session.commit()

    assert "还没有入库案例" in browser.sign_in(officer).get("/own-cases").text
