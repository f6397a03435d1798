"""A person's notices."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.notices.service import notify, unread
from tests import factories
from tests.browser import Browser


def test_notices_are_counted_shown_and_put_away(browser: Browser, session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    notify(session, "draw-witness", coordinator, now=now, review_no="PC20240001", link="/reviews")
    notify(session, "reply-received", coordinator, now=now, review_no="PC20240002")
    session.commit()

    browser.sign_in(coordinator).get("/notices")

    assert "评查项目PC20240001已发起专家抽选" in browser.text
    assert [count.get_text() for count in browser.page.select(".side-nav .nav-count")] == ["2"]
    browser.submit("main .work-item:nth-of-type(2) form", button="go")
    assert browser.url == "/reviews"
    browser.get("/notices").submit("main .actions form")
    session.expire_all()
    assert unread(session, coordinator) == []
    assert browser.page.select(".side-nav .nav-count") == []


def test_nobody_reads_or_puts_away_another_persons_notices(
    browser: Browser, session: Session, now: datetime
) -> None:
    someone, stranger = factories.person(session, Role.COORD), factories.person(session, Role.COORD)
    notice = notify(session, "draw-witness", someone, now=now, review_no="PC20240001")
    notify(session, "reply-received", stranger, now=now, review_no="PC20249999")
    session.commit()
    assert notice is not None

    browser.sign_in(stranger).get("/notices")
    assert "PC20240001" not in browser.text
    form = browser.page.select_one("main .work-item form")
    assert form is not None
    token = form.select_one("[name=csrf_token]")
    assert token is not None
    browser.post(f"/notices/{notice.id}/read", {"csrf_token": token["value"]})

    assert browser.status == 404
    session.expire_all()
    assert unread(session, someone) == [notice]


def test_without_notices_the_page_says_what_will_come(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.LEADER)
    session.commit()

    browser.sign_in(someone).get("/notices")

    assert "还没有通知" in browser.text
