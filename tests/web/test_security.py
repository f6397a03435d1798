"""What every answer carries, what a cookie may do, and what happens with hostile addresses and uploads."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.database import Database
from review_app.precedents.library import open_library
from review_app.settings import Settings
from review_app.web.app import SUBJECTS, create_app
from review_app.web.security import POLICY
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW, TestClock
from tests.evaluations import made
from tests.factories import PASSWORD
from tests.precedents.cases import indexed, stored_case

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
# the largest id an address takes, one too long for it, one that no database column holds, and no number
IDS = ("999999999999999", "9999999999999999", "9" * 40, "-1", "٣", "1e3", "1%00", "%F0%9F%98%80")
VALUES = ("", "😀", "x" * 10_000, "a\x00b", "-1", "0", "9" * 30, "٣", "((\"' OR 1=1 --<script>")
# the pages that read their address, and what they read there
READ: dict[str, tuple[str, ...]] = {
    "accounts.sign_in": ("next",),
    "agreement.listing": ("template", "year"),
    "agreement.raters": ("template", "year"),
    "audit.listing": ("review_no", "person", "action", "since", "until", "page"),
    "discussions.new": ("about",),
    "evaluations.desk": ("document", "page", "start", "end", "quote", "find", "law_find", "law_on", "law_for", "open"),
    "evaluations.file_page": ("document", "page", "start", "end", "quote", "find"),
    "experts.listing": ("words", "category", "specialty", "status"),
    "files.go_to_page": ("page",),
    "files.page": ("q", "start", "end"),
    "files.page_text": ("start", "end"),
    "opinions.changes_file": ("from", "to"),
    "opinions.versions": ("from", "to"),
    "panels.insist": ("expert",),
    "planning.compare": ("one", "other", "page"),
    "planning.new": ("template", "organ"),
    "planning.proposal": ("words", "order", "page"),
    "precedents.changes": ("q", "left", "right"),
    "precedents.compare": ("left", "right", "q", "review"),
    "precedents.help_page": ("q", "review"),
    "precedents.search": ("q", "year_from", "year_to", "sort", "without", "cursor", "review", "for_form", "similar", "tier", "like_causes", "parts"),
    "precedents.show": ("q", "start", "end", "quote", "review", "part_no", "part", "for_form"),
    "precedents.values": ("facet", "find", "q"),
    "reviews.listing": ("words", "state", "template", "organ", "doubt", "grade", "page"),
    "saved_searches.alert": ("page",),
    "saved_searches.new": ("q", "year_from", "year_to", "sort", "review"),
    "statutes.article": ("on", "version"),
    "statutes.find": ("name", "on"),
    "statutes.search": ("q", "on", "cursor", "statute", "kind", "every", "sort"),
    "statutes.statute": ("on", "version", "no"),
}  # fmt: skip


@pytest.fixture
def member(session: Session) -> Person:
    """A chair who may open the desk, the file and the search."""
    chair = made.reading(session, size=3).members[0]
    session.commit()
    return chair


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/", 302),
        ("/sign-in", 200),
        ("/reviews/1", 302),
        ("/nowhere", 302),
        ("/healthz", 200),
        ("/favicon.ico", 301),
    ],
)
def test_every_answer_to_a_stranger_carries_the_headers(browser: Browser, url: str, status: int) -> None:
    answer = browser.client.get(url)

    assert answer.status_code == status
    assert headers_of(answer) == EVERYWHERE


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/reviews", 200),
        ("GET", "/reviews/1/form", 200),
        ("GET", "/reviews/1/files/1/pages/1/text", 200),
        ("GET", "/reviews/1/panel", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/reviews/999", 404),
        ("GET", "/audit", 404),
        ("PUT", "/reviews", 405),
        ("POST", "/reviews/1/form/draft", 400),
        ("POST", "/sign-out", 400),
    ],
)
def test_every_answer_to_a_member_carries_the_headers(
    browser: Browser, member: Person, method: str, url: str, status: int
) -> None:
    answer = browser.sign_in(member).client.open(url, method=method)

    assert answer.status_code == status
    assert headers_of(answer) == EVERYWHERE


def headers_of(answer: TestResponse) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name in EVERYWHERE}


def test_the_policy_is_the_one_that_is_promised() -> None:
    assert EVERYWHERE["Content-Security-Policy"] == POLICY


def test_a_failure_shows_no_trace_and_carries_the_headers(
    app: Flask, browser: Browser, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise RuntimeError("secret-of-the-inside")

    monkeypatch.setitem(app.view_functions, "reviews.listing", broken)
    monkeypatch.setattr(app, "testing", False)

    answer = browser.sign_in(member).client.get("/reviews")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert headers_of(answer) == EVERYWHERE
    assert not [word for word in ("secret-of-the-inside", "Traceback", "RuntimeError", ".py") if word in page]


@pytest.mark.parametrize("secure", [True, False])
def test_cookie_is_for_this_site_and_its_server_alone(
    tmp_path: Path, database: Database, session: Session, secure: bool
) -> None:
    app = create_app(Settings(data=tmp_path, secure_cookies=secure), database=database)
    somebody = factories.person(session, Role.COORD)
    session.commit()

    answer = signed_in(Browser(app, database, TestClock()), somebody).client.post("/language")

    assert answer.status_code == 400
    cookie = set_cookie(Browser(app, database, TestClock()).client.get("/sign-in"))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= cookie
    assert ("Secure" in cookie) == secure
    assert not any(part.startswith(("Domain", "Expires", "Max-Age")) for part in cookie)


def set_cookie(answer: TestResponse) -> set[str]:
    return {part.strip() for part in answer.headers["Set-Cookie"].split(";")}


def signed_in(browser: Browser, person: Person) -> Browser:
    browser.get("/sign-in").submit("main form", {"login": person.login, "password": PASSWORD})
    return browser


def token_of(browser: Browser) -> str:
    with browser.client.session_transaction() as cookie:
        return str(cookie.get("_user_id", ""))


def test_a_planted_session_is_renewed_at_sign_in(browser: Browser, session: Session) -> None:
    somebody = factories.person(session, Role.COORD)
    session.commit()
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"], cookie["planted"] = "planted-by-somebody-else", "yes"

    signed_in(browser, somebody)
    first = token_of(browser)
    browser.submit("form[action='/sign-out']")
    signed_in(browser, somebody)

    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie
    assert len({first, token_of(browser), "planted-by-somebody-else", ""}) == 4


def test_a_kept_cookie_is_dead_after_signing_out(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    somebody = factories.person(session, Role.COORD)
    session.commit()
    kept = token_of(signed_in(browser, somebody))

    browser.submit("form[action='/sign-out']")
    with another_browser.client.session_transaction() as cookie:
        cookie["_user_id"] = kept

    assert another_browser.client.get("/").headers["Location"].startswith("/sign-in")


def test_a_lock_survives_a_new_application(
    app: Flask, browser: Browser, database: Database, session: Session, tmp_path: Path, clock: TestClock
) -> None:
    somebody = factories.person(session, Role.COORD)
    session.commit()
    for _ in range(5):
        browser.get("/sign-in").submit("main form", {"login": somebody.login, "password": "wrong"})

    restarted = create_app(
        Settings(data=tmp_path, secure_cookies=False),
        database=Database(str(database.engine.url)),
        clock=clock,
    )
    again = signed_in(Browser(restarted, database, clock), somebody)

    assert "登录失败次数过多" in again.text
    assert token_of(again) == ""
    clock.forward(minutes=16)
    assert signed_in(Browser(restarted, database, clock), somebody).url == "/"


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "\\\\elsewhere.test", "javascript:alert(1)",
     "/\t/elsewhere.test", "http:elsewhere.test", "///elsewhere.test", " //elsewhere.test", "/%0d%0aX: y\r\nX: y"],
)  # fmt: skip
@pytest.mark.parametrize("way", ["sign-in", "language"])
def test_no_address_leads_elsewhere(browser: Browser, session: Session, wanted: str, way: str) -> None:
    somebody = factories.person(session, Role.COORD)
    session.commit()
    if way == "sign-in":
        form = browser.get("/sign-in", next=wanted).page.select_one("main form")
        assert form is not None
        token = form.select_one("[name=csrf_token]")
        fields = {"login": somebody.login, "password": PASSWORD, "next": wanted}
    else:
        token = browser.get("/sign-in").page.select_one("[name=csrf_token]")
        fields = {"language": "en", "back": wanted}
    assert token is not None

    answer = browser.client.post(f"/{way}", data={**fields, "csrf_token": str(token["value"])})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("value", IDS)
def test_impossible_ids_are_not_found(app: Flask, browser: Browser, member: Person, value: str) -> None:
    browser.sign_in(member)

    answers = {url: browser.client.get(url).status_code for url in addresses(app, value)}

    assert {url: status for url, status in answers.items() if status != 404} == {}


def addresses(app: Flask, value: str) -> Iterator[str]:
    """Every address with an id that is read by GET, with ``value`` for one id at a time and 1 for the others."""
    for rule in app.url_map.iter_rules():
        ids = [name for name in rule.arguments if name.endswith("_id") or name in ("number", "draw_no")]
        for name in ids if "GET" in (rule.methods or ()) else []:
            path = rule.rule
            for other in rule.arguments:
                converter = "<id:" if f"<id:{other}>" in path else "<"
                path = path.replace(f"{converter}{other}>", value if other == name else "1")
            yield path


@pytest.mark.parametrize("endpoint", READ)
def test_odd_query_strings_never_break_a_page(
    app: Flask, browser: Browser, session: Session, settings: Settings, endpoint: str
) -> None:
    reading = made.reading(session, size=3)
    chair = reading.members[0]
    for role in (Role.COORD, Role.AUDITOR):
        chair.grants.append(RoleGrant(role=role, approved_at=NOW, created_at=NOW))
    stored_case(session, NOW)
    indexed(session, open_library(settings.index_folder), NOW)
    known = {"review_id": reading.review.id, "document_id": reading.documents[0].id}
    url = address(app, endpoint, known)
    if endpoint != "accounts.sign_in":
        browser.sign_in(chair)

    answers = {
        (name, value): browser.client.get(url, query_string={name: value}).status_code
        for name in READ[endpoint]
        for value in VALUES
    }

    assert {asked: status for asked, status in answers.items() if status not in (200, 302, 404)} == {}


def address(app: Flask, endpoint: str, known: dict[str, int]) -> str:
    rule = next(app.url_map.iter_rules(endpoint))
    values = {name: known.get(name, 1) for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(endpoint, values))


def test_every_page_that_reads_its_address_is_tried(app: Flask) -> None:
    """A route that reads the query string is found by its source, and must stand in the table."""
    reading = re.compile(r"request\.(args|values)|question_from\(|PlaceForm\(|opened_viewer\(")
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint.partition(".")[0] in SUBJECTS
        and reading.search(inspect.getsource(app.view_functions[rule.endpoint]))
    }

    assert found <= set(READ)


def test_an_upload_beyond_the_limit_is_explained(
    app: Flask, browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = made.reading(session, size=3)
    session.commit()
    url = f"/reviews/{reading.review.id}/files/volumes/{reading.documents[0].volume_id}/upload"
    browser.sign_in(reading.coordinator).get(url)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 20_000)

    browser.submit("main form[enctype]", {"files": ("big.txt", b"x" * 50_000), "not_secret": "y"})

    assert browser.status == 413
    assert "没有保存任何内容" in browser.text
    assert headers_of(browser.answer) == EVERYWHERE  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["elsewhere.test", "elsewhere.test:8000", "127.0.0.1", "[::1]"])
def test_the_name_of_the_host_goes_into_no_answer(browser: Browser, member: Person, host: str) -> None:
    browser.sign_in(member)

    for url in ("/", "/reviews", "/nowhere", "/sign-out"):
        answer = browser.client.get(url, headers={"Host": host})
        assert answer.status_code in (200, 302, 404, 405), url
        assert host not in answer.get_data(as_text=True)
        assert host not in answer.headers.get("Location", "")


def test_the_icon_a_browser_asks_for_begins_no_session(browser: Browser) -> None:
    answer = browser.client.get("/favicon.ico")

    assert "Set-Cookie" not in answer.headers
    with browser.client.get(answer.headers["Location"]) as icon:
        assert icon.mimetype == "image/svg+xml"
