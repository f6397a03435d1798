"""Everybody of the demonstration follows every link; then everybody asks for every address the others found.
The oracle says who opens what, nothing else opens, and every refusal is in the log."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from review_app.accounts.models import Person
from review_app.audit.models import AuditRow
from review_app.database import Database
from review_app.experts.models import Expert
from review_app.reviews.faces import private_names
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.rules import can_see_names
from review_app.reviews.states import ReviewState
from tests.browser import Browser
from tests.conftest import TestClock
from tests.permissions.conftest import Built
from tests.permissions.digests import digests
from tests.permissions.oracle import ORACLE, Asked, kind_of

PER_ENDPOINT = 1
"""so many different objects of one kind each person opens in each review"""
LIKE_ANOTHER = {ReviewState.INTAKE, ReviewState.FILES, ReviewState.DELIBERATION, ReviewState.RECTIFY}
"""states whose pages are those of a neighbour: their reviews are left out to keep the walk short"""
SAME_AS_ANOTHER = {"coord2", "admin2", "police", "procuratorate", "urban"}
STRANGERS = {"SYSADMIN", "CLERK", "DPO", "other liaison", "expert"}
OF_THE_POOL = ("reviews.edit", "experts.edit", "experts.own_edit", "experts.one")
"""where the office enters numbers, and an expert reads his own"""
WHOSE_FILE = ("files.page", "files.page_text", "files.original", "files.picture", "files.page_picture")
"""what the organ handed in itself stands there in the organ's own words"""
COMPARED = ("own_cases.one",)
"""where a second person compares the de-identified text with the original"""
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
FORM = re.compile(r"<form\b[^>]*>")
ID_NUMBER = re.compile(r"(?<!\d)\d{6}(19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![\dA-Za-z])")
PHONE = re.compile(r"1XX-\d{4}-\d{4}|(?<![\da-f])1[3-9]\d{9}(?![\da-f])")


@dataclass
class Found:
    """An address that somebody found, and what it is to the platform."""

    url: str
    endpoint: str
    values: dict[str, int | str]

    @property
    def review_id(self) -> int | None:
        value = self.values.get("review_id")
        return int(value) if value is not None else None

    def left_out(self, reviews: dict[int, CaseReview]) -> bool:
        return self.review_id is not None and self.review_id not in reviews


@dataclass
class Walker:
    """One person's walk: what was answered at each address, and the words that must not be there but are."""

    person: Person
    client: FlaskClient
    statuses: dict[str, int] = field(default_factory=dict)
    leaks: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Office:
    """The demo as the test sees it."""

    app: Flask
    session: Session
    reviews: dict[int, CaseReview]
    walkers: list[Walker]
    names: dict[int, frozenset[str]]

    def found(self, url: str) -> Found | None:
        """The route of an address within the platform; None for static files and addresses of nothing."""
        path = unquote(urlsplit(url).path)
        try:
            endpoint, values = self.app.url_map.bind("localhost").match(path, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        found = Found(path, endpoint, dict(values))
        return None if endpoint.endswith("static") or found.left_out(self.reviews) else found

    def ask(self, walker: Walker, found: Found) -> str:
        """Ask once; remember the status and every name that should be masked. Gives the page's text."""
        answer = walker.client.get(found.url)
        content = answer.data
        answer.close()
        walker.statuses[found.url] = answer.status_code
        if answer.status_code != 200:
            return str(answer.headers.get("Location", ""))
        text = words_of(content, answer.mimetype)
        walker.leaks += ((found.url, word) for word in self.leaked(walker.person, found, text))
        return text

    def leaked(self, person: Person, found: Found, text: str) -> Iterator[str]:
        if found.endpoint not in (*WHOSE_FILE, *COMPARED):
            for review_id, review in self.reviews.items():
                if not can_see_names(person, review):
                    yield from (name for name in self.names[review_id] if name in text)
        if found.endpoint not in (*WHOSE_FILE, *OF_THE_POOL):
            yield from (hit.group() for hit in PHONE.finditer(text))
            yield from (hit.group() for hit in ID_NUMBER.finditer(text))

    def verdict(self, person: Person, found: Found) -> bool | None:
        review = self.reviews[found.review_id] if found.review_id else next(iter(self.reviews.values()))
        return ORACLE[found.endpoint].rule(Asked(self.session, person, review, found.values))


def words_of(content: bytes, mimetype: str) -> str:
    """The text of an answer; of a document, its body and its properties."""
    if not mimetype.endswith("wordprocessingml.document"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "\n".join(parts))


@pytest.fixture
def office(app: Flask, database: Database, session: Session, clock: TestClock, built: Built) -> Office:
    loaded = select(CaseReview).options(
        selectinload(CaseReview.accesses), selectinload(CaseReview.legal_case), selectinload(CaseReview.item)
    )
    reviews = {review.id: review for review in session.scalars(loaded) if review.state not in LIKE_ANOTHER}
    walkers = [
        Walker(person, Browser(app, database, clock).sign_in(person).client)
        for person in people(session, built)
    ]
    names = {review.id: private_names(review) for review in reviews.values()}
    return Office(app, session, reviews, walkers, names)


def people(session: Session, built: Built) -> list[Person]:
    """Every official, an expert in each place and state of a panel, and one who never sat."""
    logins = {line.login for line in built.lines if not line.login.startswith("zj")} - SAME_AS_ANOTHER
    officials = session.scalars(select(Person).where(Person.login.in_(logins)).order_by(Person.id)).all()
    seats = session.scalars(select(ReviewAccess).order_by(ReviewAccess.id)).all()
    never = select(Expert).where(Expert.person_id.not_in({seat.person_id for seat in seats}))
    outsider = session.scalars(never.order_by(Expert.id)).first()
    assert outsider is not None
    assert outsider.person is not None
    placed = {("ended" if seat.ended_at else f"{seat.stage} {seat.capacity}"): seat.person for seat in seats}
    assert set(placed) >= {"ended", "FULL CHAIR", "FULL LEAD", "FULL MEMBER", "SUMMARY MEMBER"}
    return list({person.id: person for person in (*officials, *placed.values(), outsider.person)}.values())


def links(page: str) -> Iterable[str]:
    """Where links lead, and forms that only ask."""
    yield from (unescape(found) for found in LINK.findall(page))
    for form in FORM.findall(page):
        action = re.search(r'\baction="([^"]+)"', form)
        if action and 'method="post"' not in form:
            yield unescape(action[1])


def crawl(office: Office, walker: Walker) -> dict[str, Found]:
    """Follow every link from the start page, each kind of object a few times for each review."""
    waiting, seen, opened = ["/"], {"/"}, dict[tuple[str, int | None], int]()
    addresses: dict[str, Found] = {}
    while waiting:
        found = office.found(waiting.pop())
        if found is None:
            continue
        place = (found.endpoint, found.review_id)
        if found.url in addresses or opened.get(place, 0) >= PER_ENDPOINT:
            continue
        opened[place] = opened.get(place, 0) + 1
        addresses[found.url] = found
        for link in links(office.ask(walker, found)):
            if link.startswith("/") and link not in seen:
                seen.add(link)
                waiting.append(link)
    return addresses


def built_addresses(office: Office) -> Iterator[Found]:
    """Every page of every review, whether or not somebody links to it."""
    for rule in office.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments == {"review_id"}:
            for review_id in office.reviews:
                yield Found(
                    rule.rule.replace("<id:review_id>", str(review_id)),
                    rule.endpoint,
                    {"review_id": review_id},
                )


def asked_by(office: Office, walker: Walker, addresses: list[Found], turn: int) -> Iterator[Found]:
    """Everything, but of reviews that are nothing to the person only one of each kind, another for each."""
    strange: dict[str, list[Found]] = {}
    for found in addresses:
        kind = kind_of(walker.person, office.reviews.get(found.review_id or 0))
        if found.review_id is None or kind not in STRANGERS:
            yield found
        else:
            strange.setdefault(found.endpoint, []).append(found)
    yield from (same[turn % len(same)] for same in strange.values())


def test_every_route_stands_in_the_oracle(app: Flask) -> None:
    routes = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.endswith("static")
    }

    assert routes == set(ORACLE)


def test_nobody_opens_what_another_found(office: Office, database: Database, app: Flask) -> None:
    before = digests(database.engine)
    addresses = {found.url: found for found in built_addresses(office)}
    lost, wrong, too_wide, expected_log = [], [], [], set()
    for walker in office.walkers:
        own = crawl(office, walker)
        lost += [(walker.person.login, url) for url in own if walker.statuses[url] not in (200, 302)]
        addresses |= own
    for turn, walker in enumerate(office.walkers):
        for found in asked_by(office, walker, list(addresses.values()), turn):
            if found.url not in walker.statuses:
                office.ask(walker, found)
            status, verdict = walker.statuses[found.url], office.verdict(walker.person, found)
            if (status in (200, 302)) != (verdict is True) or status not in (200, 302, 404):
                wrong.append((walker.person.login, found.url, status, verdict))
            review = office.reviews.get(found.review_id or 0)
            kind = kind_of(walker.person, review)
            if status != 404 and kind not in ORACLE[found.endpoint].people:
                too_wide.append((kind, walker.person.login, found.url))
            if verdict is False:
                expected_log.add((walker.person.id, found.url))
    leaks = [(walker.person.login, *leak) for walker in office.walkers for leak in walker.leaks]
    with database.reading() as session:
        refused = select(AuditRow.person_id, AuditRow.subject).where(AuditRow.action == "refused")
        logged = {(row.person_id, row.subject) for row in session.execute(refused)}

    assert lost == [], "links lead to pages the reader may not open"
    assert wrong == []
    assert too_wide == []
    assert leaks == []
    assert expected_log - logged == set()

    assert digests(database.engine) == before, "asking for a page changed something"

    stranger = app.test_client()
    for url in addresses:
        if url not in ("/sign-in", "/healthz", "/favicon.ico"):
            answer = stranger.get(url)
            assert (answer.status_code, answer.headers["Location"][:8]) == (302, "/sign-in"), url
