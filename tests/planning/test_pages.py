"""The pages of plans, read and filled in as people do, without JavaScript."""

import pytest
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.planning import queries
from review_app.planning.models import Plan, PlanDraw, PlanLock
from review_app.planning.states import PlanDrawState, PlanState
from tests import factories as make
from tests.browser import Browser
from tests.conftest import TestClock
from tests.factories import PASSWORD
from tests.planning.stage import (
    NONCE,
    Backlog,
    backlog,
    do_waiting,
    proposed,
    the_plan,
    the_proposal,
    witnessed,
)


def test_a_backlog_becomes_a_plan_and_its_progress_is_shown(
    browser: Browser, database: Database, clock: TestClock
) -> None:
    with database.writing() as session, session.begin():
        held = backlog(session)
    browser.sign_in(held.coordinator)

    browser.get("/planning/new").submit("#plan-form", {"title": "第四季度积案", "review": held.ids[:2]})

    assert "计划已建立，正在编排第一个方案。" in browser.text
    assert "排队等候" in browser.text
    do_waiting(database, clock)
    browser.get(browser.url)
    assert "已证明最优" in browser.text
    with database.reading() as session:
        assert [case.review_id for case in the_plan(session).cases] == held.ids[:2]


def test_choosing_nothing_is_refused_with_everything_typed_kept(browser: Browser, database: Database) -> None:
    with database.writing() as session, session.begin():
        held = backlog(session)
    browser.sign_in(held.coordinator)

    browser.get("/planning/new").submit("#plan-form", {"title": "第四季度积案", "review": []})

    assert browser.status == 422
    assert "请选择1至1000件评查项目。" in browser.text
    assert browser.page.select_one("[name=title]")["value"] == "第四季度积案"  # type: ignore[index]


def test_work_that_waits_is_cancelled_from_the_page(
    browser: Browser, database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    browser.sign_in(held.coordinator)
    browser.get("/planning").follow("第四季度").submit("#proposal-form")

    browser.submit("#plan-progress form")

    assert "已取消" in browser.text
    assert browser.page.select_one("#plan-progress") is None


def test_a_case_is_left_out_a_seat_locked_and_two_proposals_compared(
    browser: Browser, database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    browser.sign_in(held.coordinator)
    url = "/planning/1/proposals/1"
    browser.get(url).submit("#choose-form", {"review": held.ids[1:]})
    assert "已更新1件项目的纳入情况" in browser.text
    with database.reading() as session:
        kept = queries.panels_of(session, the_proposal(session))[1].members[0]["expert_no"]
    browser.get(f"{url}/cases/{held.ids[1]}").submit(
        "#lock-form", {"expert": [kept], "reason": "熟悉专门问题"}
    )
    assert "锁定已保存" in browser.text
    browser.get("/planning/1").submit("#proposal-form", {"based_on": 1, "change_cost": 5000})
    do_waiting(database, clock)

    browser.get("/planning/1").submit("#compare-form", {"one": 1, "other": 2})

    assert "共同的项目2件" in browser.text
    assert "只在方案1中的项目1件，只在方案2中的项目0件。" in browser.text
    with database.reading() as session:
        assert [lock.reason for lock in session.query(PlanLock)] == ["熟悉专门问题"]


def test_a_plan_is_sealed_witnessed_and_committed_through_the_pages(
    browser: Browser, another_browser: Browser, database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    browser.sign_in(held.coordinator).get("/planning/1/proposals/1").submit("#seal-form")
    browser.submit(
        "#nonce-form", {"nonce": NONCE, "source": "当日双色球开奖号码", "witness": held.witness.id}
    )
    assert "等待王督查" in browser.text
    assert browser.page.select_one("#witness-form") is None

    another_browser.sign_in(held.witness).get("/planning/1/draws/1")
    another_browser.submit("#witness-form", {"agreed": "y", "password": PASSWORD})
    do_waiting(database, clock)
    browser.get("/planning/1/draws/1")

    assert "3个评查组已一次组成，入组专家已收到通知。" in browser.text
    with database.reading() as session:
        assert the_plan(session).state is PlanState.COMMITTED
        draw = session.query(PlanDraw).one()
        assert browser.get("/planning/1/draws/1/record.json").content.startswith(b"{")
        assert draw.record_sha256 in browser.content.decode()


def test_the_same_input_is_drawn_again_only_with_a_reason(
    browser: Browser, database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    browser.sign_in(held.coordinator).get("/planning/1/proposals/1").submit("#seal-form")
    browser.submit("#void-form", {"reason": "公开随机数取错日期"})
    assert "本次抽签已作废" in browser.text

    browser.get("/planning/1/proposals/1").submit("#seal-form")
    assert "再次抽签请写明理由" in browser.text
    browser.submit("#seal-form", {"again_reason": "改用当日开奖号码"})

    with database.reading() as session:
        draws = session.query(PlanDraw).order_by(PlanDraw.id).all()
        assert [(one.state, one.again_reason) for one in draws] == [
            (PlanDrawState.VOIDED, ""),
            (PlanDrawState.OPENED, "改用当日开奖号码"),
        ]


@pytest.fixture
def held(database: Database, clock: TestClock) -> Backlog:
    return proposed(database, clock)


def test_who_would_sit_is_shown_to_the_coordinator_alone_until_the_panels_exist(
    browser: Browser, database: Database, session: Session, held: Backlog, clock: TestClock
) -> None:
    names = {
        make_name.name
        for make_name in held.experts
        if make_name.expert_no
        in {
            member["expert_no"]
            for panel in queries.panels_of(session, the_proposal(session))
            for member in panel.members
        }
    }
    pages = ("/planning/1", "/planning/1/proposals/1", f"/planning/1/proposals/1/cases/{held.ids[0]}")

    assert any(name in browser.sign_in(held.coordinator).get(pages[1]).text for name in names)
    browser.sign_in(held.secretary)
    assert [browser.get(page).status for page in pages] == [200, 404, 404]
    assert not any(name in browser.get(page).text for name in names for page in pages)
    session.rollback()
    with database.writing() as own, own.begin():
        witnessed(own, held)
    do_waiting(database, clock)
    assert [browser.get(page).status for page in pages] == [200, 200, 200]


def test_an_expert_finds_no_plan(browser: Browser, database: Database, held: Backlog) -> None:
    with database.writing() as session, session.begin():
        expert = held.experts[0].person
        assert expert is not None

    browser.sign_in(expert)

    pages = ("/planning", "/planning/new", "/planning/1", "/planning/1/proposals/1", "/planning/1/progress")
    assert [browser.get(page).status for page in pages] == [404] * 5


def test_a_coordinator_of_a_reviewed_organ_neither_works_on_the_plan_nor_witnesses_it(
    browser: Browser, database: Database, held: Backlog
) -> None:
    with database.writing() as session, session.begin():
        own = make.person(
            session, *[grant.role for grant in held.coordinator.grants], name="何协调",
            organisation=session.merge(held.reviews[0]).legal_case.reviewed_org,
        )  # fmt: skip

    browser.sign_in(own).get("/planning/1/proposals/1")

    assert browser.page.select_one("#seal-form") is None
    assert browser.page.select_one("#choose-form") is None


def test_a_thousand_cases_are_shown_page_by_page(browser: Browser, database: Database, held: Backlog) -> None:
    browser.sign_in(held.coordinator)
    number = held.reviews[2].review_no

    browser.get("/planning/1/proposals/1", words=number, order="score")

    assert [row.get_text(strip=True) for row in browser.page.select("tbody a")] == [number]
    assert browser.get("/planning/1/proposals/1", page="９９", order="nothing").status == 200


def test_what_if_is_asked_and_answered_on_the_page_of_a_case(
    browser: Browser, database: Database, session: Session, held: Backlog, clock: TestClock
) -> None:
    panel = queries.panels_of(session, the_proposal(session))[0]
    seated = {member["expert_no"] for member in panel.members}
    other = next(one for one in held.experts if one.expert_no not in seated)
    session.rollback()
    url = f"/planning/1/proposals/1/cases/{held.ids[0]}"
    browser.sign_in(held.coordinator).get(url).submit("#what-if-form", {"expert": other.expert_no})
    assert "试算不改变任何方案" in browser.text
    do_waiting(database, clock)

    browser.get(url)

    assert f"试算：{other.name}参加本组" in browser.text


def test_a_plan_is_given_up_with_a_reason(browser: Browser, session: Session, held: Backlog) -> None:
    browser.sign_in(held.coordinator).get("/planning/1").submit("#give-up-form", {"reason": "改为逐件抽选"})

    assert "计划已放弃" in browser.text
    assert session.query(Plan).one().given_up_reason == "改为逐件抽选"
