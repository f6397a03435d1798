"""The page of an invitation, the link an expert answers by, and what that link does not show."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.panels.models import Panel
from review_app.panels.states import SeatState
from tests.browser import Browser
from tests.conftest import TestClock
from tests.panels.stage import Stage, drawn, ready


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    made = drawn(session, stage)
    stage.review.coordinator = stage.coordinator
    session.commit()
    return made


def address(panel: Panel) -> str:
    return f"/reviews/{panel.review_id}/panel/members/{panel.seated[0].id}/invitation"


def new_link(browser: Browser, stage: Stage, panel: Panel) -> str:
    browser.sign_in(stage.coordinator).get(address(panel))
    browser.submit("#send-link", {"channel": "SMS"})
    field = browser.page.select_one("#answer-link")
    assert field is not None
    return "/answer/" + str(field["value"]).rsplit("/", 1)[1]


def test_link_is_shown_once(browser: Browser, stage: Stage, panel: Panel) -> None:
    link = new_link(browser, stage, panel)

    browser.get(address(panel))

    assert link not in browser.text
    assert "等待答复" in browser.text


def test_expert_says_yes_without_signing_in(
    browser: Browser, another_browser: Browser, session: Session, stage: Stage, panel: Panel
) -> None:
    link = new_link(browser, stage, panel)

    another_browser.get(link)
    another_browser.submit("#accept")

    assert "感谢您愿意参加" in another_browser.text
    assert another_browser.get(link).answer.status_code == 404
    assert "愿意参加" in browser.get(address(panel)).text


def test_expert_says_no_and_the_seat_is_filled(
    browser: Browser, another_browser: Browser, session: Session, stage: Stage, panel: Panel
) -> None:
    link, member = new_link(browser, stage, panel), panel.seated[0]

    another_browser.get(link)
    another_browser.submit("#decline", {"reason": "CONFLICT", "ground": "", "note": "与当事人有利害关系"})
    assert "请选择属于哪一种情形" in another_browser.text
    assert "与当事人有利害关系" in another_browser.text
    another_browser.submit("#decline", {"reason": "CONFLICT", "ground": "R03", "note": "与当事人有利害关系"})

    session.expire_all()
    assert "谢绝和理由已经登记" in another_browser.text
    assert member.status is SeatState.RECUSED
    assert len(panel.seated) == panel.size


def test_page_behind_the_link_names_nothing_of_the_case(
    browser: Browser, another_browser: Browser, stage: Stage, panel: Panel
) -> None:
    link = new_link(browser, stage, panel)
    others = [member.expert.name for member in panel.members[1:]]

    page = another_browser.get(link).text

    secrets = ["秦大田", "赵小斌", "孙承办", "青岚市人民法院", stage.review.summary or "秦大田", *others]
    assert panel.seated[0].expert.name in page
    assert [secret for secret in secrets if secret in page] == []


def test_link_opens_no_other_page(
    browser: Browser, another_browser: Browser, stage: Stage, panel: Panel
) -> None:
    link = new_link(browser, stage, panel)

    another_browser.get(link)
    another_browser.get(f"/reviews/{panel.review_id}")

    assert "登录" in another_browser.text
    assert (stage.review.review_no or "无编号") not in another_browser.text


def test_looking_at_a_link_does_not_use_it(
    browser: Browser, another_browser: Browser, stage: Stage, panel: Panel
) -> None:
    link = new_link(browser, stage, panel)

    assert [another_browser.get(link).answer.status_code for _ in range(3)] == [200, 200, 200]


def test_expired_link_says_what_to_do(
    browser: Browser, another_browser: Browser, clock: TestClock, stage: Stage, panel: Panel
) -> None:
    link = new_link(browser, stage, panel)
    clock.now += timedelta(hours=73)

    another_browser.get(link)

    assert another_browser.answer.status_code == 404
    assert "重新发送" in another_browser.text


def test_overdue_expert_is_passed_over_on_the_page(
    browser: Browser, session: Session, clock: TestClock, stage: Stage, panel: Panel
) -> None:
    member, where = panel.seated[0], address(panel)
    clock.now += timedelta(days=60)
    browser.sign_in(stage.coordinator).get(where)

    browser.submit("#pass-over")

    session.expire_all()
    assert "已按原次序递补" in browser.text
    assert member.status is SeatState.RELEASED


def test_page_of_an_invitation_is_the_coordinator_s(browser: Browser, stage: Stage, panel: Panel) -> None:
    for person in (stage.leader, stage.witness, stage.liaison, panel.seated[0].person):
        assert browser.sign_in(person).get(address(panel)).answer.status_code == 404
