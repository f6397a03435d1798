"""Sign-in, language, passwords, people and roles, as people meet them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RoleGrant, SignIn
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from tests import factories
from tests.browser import Browser
from tests.conftest import TestClock
from tests.web.fresh import fresh

NEW_PASSWORD = "另外一句只有我知道的话"


def try_sign_in(browser: Browser, login: str, password: str = factories.PASSWORD) -> Browser:
    return browser.get("/sign-in").submit(fields={"login": login, "password": password})


def test_sign_in_leads_to_the_work_list(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD, name="周明")
    session.commit()

    try_sign_in(browser, someone.login.upper())

    assert browser.url == "/"
    assert "我的待办" in browser.text
    assert "周明" in browser.text


def test_sign_in_returns_to_the_page_that_was_asked_for(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.get("/reviews?state=DUE")
    browser.submit(fields={"login": someone.login, "password": factories.PASSWORD})

    assert browser.url == "/reviews?state=DUE"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "/\n/x"]
)
def test_sign_in_never_leads_elsewhere(browser: Browser, session: Session, elsewhere: str) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.get("/sign-in", next=elsewhere).submit(
        fields={"login": someone.login, "password": factories.PASSWORD}
    )

    assert browser.url == "/"


def test_sign_in_says_the_same_for_unknown_disabled_and_wrong_password(
    browser: Browser, session: Session, clock: TestClock
) -> None:
    known = factories.person(session)
    closed = factories.person(session, disabled_at=clock.now)
    session.commit()

    answers = [
        try_sign_in(browser, login, password).page.select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]
        for login, password in (
            ("nobody", "x" * 12),
            (known.login, "x" * 12),
            (closed.login, factories.PASSWORD),
        )
    ]

    assert "登录名、密码或者动态验证码不正确。" in answers[0]
    assert len(set(answers)) == 1


def test_sign_in_locks_after_five_failures_and_opens_again(
    browser: Browser, session: Session, clock: TestClock
) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()
    for _ in range(5):
        try_sign_in(browser, someone.login, "wrong password")

    try_sign_in(browser, someone.login)
    assert "登录失败次数过多，请15分钟后再试。" in browser.text

    clock.forward(minutes=16)
    try_sign_in(browser, someone.login)
    assert browser.url == "/"


def test_sign_in_renews_the_session(app: Flask, browser: Browser, session: Session) -> None:
    someone = factories.person(session)
    session.commit()
    browser.get("/sign-in")
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["language"] = "en"

    browser.submit(fields={"login": someone.login, "password": factories.PASSWORD})

    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["language"] == "en"


def test_sign_out_ends_the_stored_sign_in(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(someone).get("/")
    with browser.client.session_transaction() as cookie:
        token = cookie["_user_id"]

    browser.submit("form[action='/sign-out']")

    assert "您已退出登录。" in browser.text
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert browser.get("/").url.startswith("/sign-in")


def test_sign_in_ends_after_the_set_hours(browser: Browser, session: Session, clock: TestClock) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(someone)

    clock.forward(hours=11)

    assert browser.get("/").url.startswith("/sign-in")


def test_nothing_is_shown_without_sign_in(app: Flask, browser: Browser) -> None:
    """Every address that needs no value leads to the sign-in page."""
    public = {"/sign-in", "/healthz", "/favicon.ico"}
    addresses = {
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    } - public

    shown = {address for address in addresses if not browser.get(address).url.startswith("/sign-in")}

    assert shown == set()


def test_language_switch_keeps_the_page_and_is_remembered(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(someone).get("/reviews?state=DUE").submit(".language-switch", button="en")

    assert browser.url == "/reviews?state=DUE"
    assert "Case reviews" in browser.text
    assert browser.page.html is not None
    assert browser.page.html["lang"] == "en"
    fresh(session)
    assert session.get_one(Person, someone.id).language == "en"


def test_language_switch_refuses_other_languages(browser: Browser) -> None:
    browser.get("/sign-in")
    token = str(browser.page.select_one("[name=csrf_token]")["value"])  # type: ignore[index]

    browser.post("/language", {"language": "xx", "csrf_token": token})

    assert browser.status == 400


def test_change_password_ends_other_sign_ins_and_goes_on_here(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()
    another_browser.sign_in(someone)

    browser.sign_in(someone).get("/password")
    browser.submit(fields={"old": factories.PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert "密码已修改" in browser.text
    assert browser.url == "/"
    assert another_browser.get("/").url.startswith("/sign-in")
    assert try_sign_in(another_browser, someone.login, NEW_PASSWORD).url == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong password", NEW_PASSWORD, NEW_PASSWORD, "原密码不正确"),
        (factories.PASSWORD, NEW_PASSWORD, "somebody else", "两次输入的新密码不一致"),
        (factories.PASSWORD, "short", "short", "密码至少10个字符"),
        (factories.PASSWORD, factories.PASSWORD, factories.PASSWORD, "密码"),
    ],
)
def test_change_password_explains_what_is_wrong(
    browser: Browser, session: Session, old: str, new: str, again: str, words: str
) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(someone).get("/password").submit(fields={"old": old, "new": new, "again": again})

    assert words in browser.text
    assert browser.url == "/password"


def test_one_time_password_must_be_changed_first(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD, must_change_password=True)
    session.commit()

    browser.sign_in(someone).get("/reviews")
    assert browser.url == "/password"

    browser.submit(fields={"old": factories.PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert browser.get("/reviews").url == "/reviews"


OTHERS = [role for role in Role if role is not Role.SYSADMIN]


@pytest.mark.parametrize("role", OTHERS)
def test_people_are_the_administrators_alone(browser: Browser, session: Session, role: Role) -> None:
    someone = factories.person(session, role, organisation=factories.organisation(session))
    session.commit()
    browser.sign_in(someone)

    answers = {url: browser.get(url).status for url in ("/people", "/people/new", f"/people/{someone.id}")}

    assert set(answers.values()) == {404}
    refused = session.scalars(select(AuditRow).where(AuditRow.action == "refused")).all()
    assert {row.person_id for row in refused} == {someone.id}


def test_new_person_gets_a_one_time_password_that_works_once(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    admin = factories.person(session, Role.SYSADMIN)
    session.commit()

    browser.sign_in(admin).get("/people/new").submit(fields={"login": "Zhou.Ming", "name": "周明"})

    shown = browser.page.select_one("code.secret")
    assert shown is not None
    assert try_sign_in(another_browser, "zhou.ming", shown.get_text()).url == "/password"


def test_new_person_keeps_what_was_typed_when_the_login_is_taken(browser: Browser, session: Session) -> None:
    admin = factories.person(session, Role.SYSADMIN)
    session.commit()

    browser.sign_in(admin).get("/people/new").submit(fields={"login": admin.login, "name": "周明"})

    assert "已被使用" in browser.text
    field = browser.page.select_one("[name=name]")
    assert field is not None
    assert field["value"] == "周明"


def test_a_business_role_waits_for_a_second_approval(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    admin, leader = factories.person(session, Role.SYSADMIN), factories.person(session, Role.LEADER)
    someone = factories.person(session, name="周明")
    session.commit()

    browser.sign_in(admin).get(f"/people/{someone.id}").submit(
        f"form[action='/people/{someone.id}/roles']", {"role": "COORD"}
    )
    assert "批准后生效" in browser.text
    assert "须由他人批准" in browser.get("/grants").text
    fresh(session)
    assert not session.get_one(Person, someone.id).has(Role.COORD)

    another_browser.sign_in(leader).get("/").follow("去批准").submit("main form")
    fresh(session)
    assert session.get_one(Person, someone.id).has(Role.COORD)


def test_approving_ones_own_grant_is_refused(browser: Browser, session: Session) -> None:
    admin, someone = factories.person(session, Role.SYSADMIN), factories.person(session)
    session.commit()
    browser.sign_in(admin).get(f"/people/{someone.id}")
    browser.submit(f"form[action='/people/{someone.id}/roles']", {"role": "COORD"})
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == someone.id)).one()
    token = str(browser.page.select_one("[name=csrf_token]")["value"])  # type: ignore[index]

    browser.post(f"/grants/{grant.id}/approve", {"csrf_token": token})

    assert browser.status == 404
    fresh(session)
    assert not session.get_one(Person, someone.id).has(Role.COORD)


def test_a_role_is_taken_back_with_a_reason(browser: Browser, session: Session) -> None:
    admin, someone = factories.person(session, Role.SYSADMIN), factories.person(session, Role.COORD)
    session.commit()
    form = f"form[action^='/people/{someone.id}/roles/']"

    browser.sign_in(admin).get(f"/people/{someone.id}").submit(form, {"reason": ""})
    assert "请写明理由。" in browser.text

    browser.submit(form, {"reason": "调离岗位。"})
    assert "角色已收回。" in browser.text
    fresh(session)
    assert session.get_one(Person, someone.id).roles == set()


def test_disabling_ends_the_sign_ins(browser: Browser, another_browser: Browser, session: Session) -> None:
    admin, someone = factories.person(session, Role.SYSADMIN), factories.person(session, Role.COORD)
    session.commit()
    another_browser.sign_in(someone)

    browser.sign_in(admin).get(f"/people/{someone.id}")
    browser.submit(f"form[action='/people/{someone.id}/disable']", {"reason": "退休。"})

    assert "账号已停用" in browser.text
    assert another_browser.get("/").url.startswith("/sign-in")
    running = select(SignIn).where(SignIn.person_id == someone.id, SignIn.ended_at.is_(None))
    assert session.scalars(running).all() == []


def test_reset_gives_a_new_one_time_password(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    admin, someone = factories.person(session, Role.SYSADMIN), factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(admin).get(f"/people/{someone.id}").submit(
        f"form[action='/people/{someone.id}/password']"
    )

    shown = browser.page.select_one("code.secret")
    assert shown is not None
    assert "不正确" in try_sign_in(another_browser, someone.login).text
    assert try_sign_in(another_browser, someone.login, shown.get_text()).url == "/password"


def test_posting_without_the_token_is_refused(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(someone).post("/sign-out")

    assert browser.status == 400
    assert "页面已过期" in browser.text
    assert browser.get("/").status == 200


def test_errors_have_pages(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(someone).get("/nowhere")

    assert (browser.status, browser.page.h1.get_text() if browser.page.h1 else "") == (404, "没有这一页")


def test_lockout_counts_survive_a_restart(
    app: Flask, browser: Browser, another_browser: Browser, session: Session, clock: TestClock
) -> None:
    """The count lies in the database: another process sees it."""
    someone = factories.person(session)
    session.commit()
    for one in (browser, another_browser, browser, another_browser, browser):
        try_sign_in(one, someone.login, "wrong password")

    clock.now += timedelta(minutes=1)

    assert "请14分钟后再试" in try_sign_in(another_browser, someone.login).text
