"""An office to measure: reviews with large files and well-filled forms, made by the services the pages use."""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import open_sign_in
from review_app.database import Database
from review_app.evaluations.drafting import add_deduction, add_law, save_draft
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import add_quote
from review_app.evaluations.readiness import signing_problems
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.instance import open_instance
from review_app.reviews.models import FileDocument
from review_app.settings import Settings
from review_app.web.app import create_app
from tests.conftest import NOW
from tests.evaluations import made

PAGES_EACH = 100
SENTENCE = "第{page}页第{place}处记载：执行法院作出裁定并送达各方当事人，卷内未见申请执行人签字确认的材料。"
PER_PAGE = 12


def still() -> datetime:
    return NOW


def office(data: Path, url: str = "") -> tuple[Flask, Database]:
    """The application on a fresh instance in ``data``, or on the database at ``url``."""
    settings = Settings(data=data, secure_cookies=False, database_url=url)
    database = open_instance(settings)
    app = create_app(settings, database=database, clock=still)
    return app, database


def page_text(number: int) -> str:
    return "\n".join(SENTENCE.format(page=number, place=place) for place in range(1, PER_PAGE + 1))


def add_file(session: Session, reading: made.Reading, pages: int) -> list[FileDocument]:
    """More volumes with ``pages`` pages in all."""
    documents = []
    for number in range(pages // PAGES_EACH):
        volume = made.volume(session, reading.review, 3 + number)
        texts = [page_text(number * PAGES_EACH + page) for page in range(1, PAGES_EACH + 1)]
        documents.append(made.document(session, volume, 1, f"卷宗材料{number + 1}", *texts))
    return documents


def fill(
    session: Session, form: EvalForm, documents: list[FileDocument], *, deductions: int, quotes: int
) -> None:
    """So many deductions with a citation each, and so many quotations spread over them and over the file."""
    codes = list(load_catalogue(form.rule_version).for_template(form.template))
    targets = []
    for number in range(deductions):
        one = add_deduction(session, form, codes[number % len(codes)], by=form.person, now=NOW)
        target = f"deduction.{one.seq}"
        add_law(
            session,
            form,
            target,
            law="民事诉讼法",
            version="2023",
            article="第264条",
            by=form.person,
            now=NOW,
        )
        note = {
            f"{target}.note": [f"第{number + 1}项问题所涉事实，详见摘录。"],
            f"{target}.locus": [f"材料{number}"],
        }
        save_draft(session, form, note, edition=form.edition, by=form.person, now=NOW)
        targets.append(target)
    for number in range(quotes):
        document = documents[(number + number // len(targets)) % len(documents)]
        page = document.pages[(number * 7) % PAGES_EACH]
        words = page.text.split("\n")[number % PER_PAGE]
        start = page.text.index(words)
        add_quote(
            session, form, document_id=document.id, page=page.number, start=start, end=start + len(words), text=words,
            target=targets[number % len(targets)], by=form.person, now=NOW,
        )  # fmt: skip


def complete(session: Session, form: EvalForm) -> None:
    """Everything else a signature needs."""
    made.complete(session, fresh(session, form))
    if problems := signing_problems(fresh(session, form)):
        raise RuntimeError("; ".join(map(str, problems)))


def signed_in(app: Flask, database: Database, person: Person) -> FlaskClient:
    client = app.test_client()
    with database.writing() as session, session.begin():
        token = open_sign_in(session, person, address="benchmark", hours=10, now=NOW)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


@contextlib.contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements sent while inside."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)
