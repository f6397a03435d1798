"""Fifty experts sign within the same second, each of them twice (a double click), over a real server."""

import http.client
import logging
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask
from scoring_office import complete, office, signed_in
from sqlalchemy import func, select

from review_app.audit.models import AuditRow
from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.evaluations.content import is_intact
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.states import FormState
from review_app.server import make_server
from tests.browser import present_values
from tests.database.postgres import PostgresServer, free_port
from tests.evaluations import made
from tests.factories import PASSWORD

EXPERTS = 50
PER_REVIEW = 5


@dataclass
class Sender:
    """One expert with the signing page open, ready to press the button twice."""

    path: str
    body: str
    cookie: str
    took: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def send(self, port: int, start: threading.Barrier) -> None:
        start.wait()
        for _ in range(2):
            begun = time.perf_counter()
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            line.request(
                "POST", self.path, self.body,
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie},
            )  # fmt: skip
            self.statuses.append(line.getresponse().status)
            line.close()
            self.took.append(time.perf_counter() - begun)


def senders(app: Flask, database: Database) -> list[Sender]:
    """Experts with complete forms, the page of signing fetched."""
    found = []
    for _ in range(EXPERTS // PER_REVIEW):
        with database.writing() as session, session.begin():
            reading = made.reading(session, size=PER_REVIEW)
            for form in reading.forms:
                made.deduct(session, form, reading, "D4-12", "6")
                complete(session, form)
            review_id, people = reading.review.id, list(reading.members)
        for person in people:
            client = signed_in(app, database, person)
            path = f"/reviews/{review_id}/form/sign"
            page = BeautifulSoup(client.get(path).data, "html.parser")
            form = page.select_one("main form:has(input[type=password])")
            assert form is not None
            cookie = client.get_cookie("yian")
            assert cookie is not None
            body = urlencode(present_values(form) | {"password": PASSWORD, "declared": "y"})
            found.append(Sender(path, body, f"yian={cookie.value}"))
    return found


def rush(name: str, url: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        app, database = office(Path(folder), url)
        ready = senders(app, database)
        port = free_port()
        server = make_server(app, "127.0.0.1", port)
        threading.Thread(target=server.run, daemon=True).start()
        start = threading.Barrier(len(ready) + 1)
        threads = [threading.Thread(target=one.send, args=(port, start)) for one in ready]
        for thread in threads:
            thread.start()
        start.wait()
        begun = time.perf_counter()
        for thread in threads:
            thread.join()
        whole = time.perf_counter() - begun
        server.close()
        tell(name, database, ready, whole)
        database.engine.dispose()


def tell(name: str, database: Database, ready: list[Sender], whole: float) -> None:
    with database.reading() as session:
        forms = session.scalars(select(EvalForm).where(EvalForm.state == FormState.SIGNED)).all()
        intact = sum(is_intact(fresh(session, form)) for form in forms)
        rows = session.scalar(select(func.count()).where(AuditRow.action == "form.sign"))
        chain = verify_log(session)
    first = sorted(1000 * one.took[0] for one in ready)
    statuses = sorted({status for one in ready for status in one.statuses})
    print(
        f"| {name} | {len(ready)} | {len(forms)} | {rows} | {intact} | {'broken' if chain.broken else 'whole'} |"
        f" {first[len(first) // 2]:.0f} | {first[int(0.95 * len(first))]:.0f} | {whole:.1f} | {statuses} |"
    )


def measure_rush() -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    print(f"\n{EXPERTS} experts sign at once, each sends twice\n")
    print(
        "| | sent | signed | rows in the log | intact | chain | p50 ms | p95 ms | all s | statuses |\n| --- |"
        + " ---: |" * 9
    )
    rush("SQLite")
    server = PostgresServer()
    try:
        rush("PostgreSQL", server.new_database())
    finally:
        server.stop()
