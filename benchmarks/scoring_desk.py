"""How long the requests of the scoring desk take and how many queries they send, inside the process (no network)."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from scoring_office import add_file, complete, counted, fill, office, signed_in
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from review_app.accounts.models import Person
from review_app.database import Database
from review_app.evaluations.content import score_of
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import own_form
from review_app.reviews.models import CaseReview
from tests.browser import encoded, present_values
from tests.evaluations import made
from tests.factories import PASSWORD

Values = dict[str, object]
Ask = Callable[[int, Values], TestResponse]


@dataclass
class Measured:
    """Milliseconds of each time, and the statements of the last."""

    milliseconds: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: float = 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


@dataclass
class Desk:
    """One member before one filled form."""

    app: Flask
    database: Database
    client: FlaskClient
    review_id: int
    documents: list[int]
    person: Person

    @property
    def url(self) -> str:
        return f"/reviews/{self.review_id}/form"

    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(self.url).data, "html.parser")

    def form_fields(self) -> dict[str, object]:
        form = self.page().select_one("form#desk, main form[method=post]")
        assert form is not None
        return present_values(form)


def nothing(_number: int) -> Values:
    return {}


def measure(
    database: Database, runs: int, ask: Ask, *, before: Callable[[int], Values] = nothing, good: int = 200
) -> Measured:
    """Ask so often; what ``before`` gets ready is outside the clock. Another status than ``good`` is an error."""
    found = Measured()
    for number in range(runs):
        values = before(number)
        with counted(database) as sent:
            start = time.perf_counter()
            answer = ask(number, values)
            body = answer.data
            found.milliseconds.append(1000 * (time.perf_counter() - start))
        if answer.status_code != good:
            raise RuntimeError(f"{answer.status_code}: {answer.request.path}")
        found.queries, found.kilobytes = len(sent), len(body) / 1024
    return found


def desk(app: Flask, database: Database, *, deductions: int, quotes: int, pages: int) -> list[Desk]:
    """A review of three members whose forms are all filled to the last field but not signed."""
    with database.writing() as session, session.begin():
        reading = made.reading(session, size=3)
        documents = add_file(session, reading, pages)
        session.flush()
        for form in reading.forms:
            fill(session, form, documents, deductions=deductions, quotes=quotes)
            complete(session, form)
        review_id, ids, people = reading.review.id, [one.id for one in documents], list(reading.members)
    return [
        Desk(app, database, signed_in(app, database, person), review_id, ids, person) for person in people
    ]


def requests_of(desks: list[Desk], runs: int) -> dict[str, Measured]:
    """Every request of the desk; signing once for each member."""
    one = desks[0]
    fields = one.form_fields()
    token = str(fields["csrf_token"])
    place = {"document": one.documents[0], "page": 40}

    def typed(number: int, _values: Values) -> TestResponse:
        sent = {
            "csrf_token": token,
            "D1.text": f"经审查，本维度存在的问题详见扣分项及所附摘录，第{number}稿。",
        }
        return one.client.post(f"{one.url}/draft", data=sent | {"edition": "999999"})

    def turned(number: int, _values: Values) -> TestResponse:
        return one.client.get(f"{one.url}/page", query_string=place | {"page": number % 90 + 1})

    def whole(_number: int, values: Values) -> TestResponse:
        return one.client.post(one.url, data=encoded(values | {"do": "save"}))

    few = max(runs // 3, 3)
    gc.collect()
    gc.freeze()  # what was made to be measured is not in a server's memory
    return {
        "open desk": measure(one.database, runs, lambda *_: one.client.get(one.url, query_string=place)),
        "turn page": measure(one.database, runs, turned),
        "save while typing": measure(one.database, runs, typed),
        "save whole form": measure(one.database, few, whole, before=lambda _: one.form_fields(), good=302),
        "open signing": measure(one.database, few, lambda *_: one.client.get(f"{one.url}/sign")),
        "sign": measure(
            one.database, len(desks), lambda number, values: sign(desks[number], values),
            before=lambda number: signing_fields(desks[number]), good=302,
        ),
    }  # fmt: skip


def signing_fields(desk: Desk) -> Values:
    page = BeautifulSoup(desk.client.get(f"{desk.url}/sign").data, "html.parser")
    form = page.select_one("main form:has(input[type=password])")
    if form is None:
        raise RuntimeError("the form is not ready to be signed")
    return present_values(form) | {"password": PASSWORD, "declared": "y"}


def sign(desk: Desk, values: Values) -> TestResponse:
    return desk.client.post(f"{desk.url}/sign", data=encoded(values))


def per_row(database: Database, desk: Desk, runs: int) -> tuple[Measured, Measured]:
    """Reading and scoring one form: ours, and the peer that fetches each deduction's quotations and citations when it
    comes to them (one query a row, as review systems without joined loading do)."""
    ours, peer = Measured(), Measured()
    for _ in range(runs):
        for found, loaded in ((ours, joined), (peer, lazily)):
            with database.reading() as session, counted(database) as sent:
                start = time.perf_counter()
                loaded(session, desk)
                found.milliseconds.append(1000 * (time.perf_counter() - start))
            found.queries = len(sent)
    return ours, peer


def joined(session: Session, desk: Desk) -> object:
    form = own_form(session, *asked(session, desk))
    assert form is not None
    return score_of(form)


def lazily(session: Session, desk: Desk) -> object:
    person, review = asked(session, desk)
    form = session.scalars(select(EvalForm).where(EvalForm.person == person, EvalForm.review == review)).one()
    return score_of(form)


def asked(session: Session, desk: Desk) -> tuple[Person, CaseReview]:
    return session.get_one(Person, desk.person.id), session.get_one(CaseReview, desk.review_id)


def measure_desk(runs: int, pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app, database = office(Path(folder))
        small = requests_of(desk(app, database, deductions=10, quotes=33, pages=pages), runs)
        many = desk(app, database, deductions=60, quotes=200, pages=pages)
        ours, peer = per_row(database, many[0], max(runs // 3, 3))
        large = requests_of(many, runs)
        database.engine.dispose()
    print(f"\nRequests, a file of {pages} pages, 10 findings with 33 quotations and 60 with 200\n")
    print("| | p50 ms (10) | p95 | queries | p50 ms (60) | p95 | queries | KB |\n| --- |" + " ---: |" * 7)
    for name, one in large.items():
        ten = small[name]
        print(
            f"| {name} | {ten.p50:.0f} | {ten.p95:.0f} | {ten.queries} | {one.p50:.0f} | {one.p95:.0f} | {one.queries} | {one.kilobytes:.0f} |"
        )
    print(
        f"\nReading and scoring one form of 60: {ours.p50:.0f} ms, {ours.queries} queries; row by row {peer.p50:.0f} ms,"
        f" {peer.queries} queries ({peer.p50 / ours.p50:.1f} times)"
    )
