"""Two offices that differ only in what one member of a panel wrote, and everything that others are answered."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.database import Database
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.reviews.models import CaseReview, FileDocument
from review_app.settings import Settings
from tests import factories
from tests.browser import Browser
from tests.conftest import TestClock, fast
from tests.evaluations import made

TOKENS = (
    re.compile(rb'(name="csrf_token"[^>]* value=|data-csrf=|content=)"[\w.\-]{60,}"'),
    re.compile(rb'"[\w\-]{30,}\.[\w\-]{6}\.[\w\-]{20,}"'),
    re.compile(rb"<dcterms:(created|modified)[^<]*<"),
)
"""what is new in every answer and says nothing: the token against forged forms, the second of making a file"""
PLAIN_HEADERS = ("Date", "Set-Cookie")
ENDS_THE_VISIT = {
    "accounts.sign_in", "accounts.sign_out", "accounts.change_password", "accounts.begin_second_factor",
}  # fmt: skip
"""what is done to one's own account: it ends the visit, or draws a secret that differs every time"""
OTHER_IDS = (
    "alert_id", "article_id", "attachment_id", "comment_id", "credential_id", "document_id", "draw_no",
    "evidence_id", "expert_id", "finding_id", "grant_id", "hit_id", "involved_id", "leave_id", "letter_id",
    "member_id", "notice_id", "number", "objection_id", "opinion_id", "own_case_id", "plan_id", "plan_run_id",
    "precedent_id", "proposal_no", "recusal_id", "remark_id", "replacement_id", "report_id", "request_id", "route_id",
    "run_id", "saved_id", "search_id", "staged_id", "statute_id", "submission_id", "task_id", "telling_id",
    "thread_id", "tie_id", "version_id", "withdrawal_id", "volume_id",
)  # fmt: skip
"""of these the first is asked for; a new kind of id must be entered here, or in ``values``"""
Asked = tuple[str, int, str]
"""method, who asks, address"""
SECRET_WORDS = "只有本人知道的一句话，别人在签署以前不应得知。"
SEARCHED = ("/reviews", "/precedents", "/statutes", "/experts")
OFFICIALS = (
    Role.LEADER, Role.COMMITTEE_HEAD, Role.SECRETARY, Role.SUPERVISOR, Role.AUDITOR, Role.CLERK,
    Role.SYSADMIN, Role.DPO,
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What one person is answered at one address, without the tokens."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Case:
    """What every world has in common. ``quiet`` is the member whose work the others may not learn of."""

    review_id: int
    quiet: int
    form_ids: list[int]
    members: list[int]
    """the other members"""
    office: list[int]
    """the coordinator and the leader of the committee's office"""
    others: list[int]
    auditor: int
    liaison: int

    @property
    def everybody(self) -> list[int]:
        return [*self.members, *self.office, *self.others]


@dataclass
class World:
    """One of the offices, with its own database."""

    app: Flask
    database: Database
    settings: Settings
    clock: TestClock

    def enter(self) -> None:
        """Let the one application of the tests answer from this office."""
        for name in [name for name in self.app.extensions if name.startswith("yian_")]:
            del self.app.extensions[name]
        self.app.extensions |= {
            "yian_settings": self.settings, "yian_database": self.database, "yian_clock": self.clock,
        }  # fmt: skip

    def browser(self, person_id: int) -> Browser:
        with self.database.reading() as session:
            return Browser(self.app, self.database, self.clock).sign_in(session.get_one(Person, person_id))

    def read(self, case: Case, people: Iterable[int]) -> Iterator[tuple[Asked, Answer]]:
        """What the people are answered when they ask for every address that is read."""
        self.enter()
        for person_id in people:
            browser = self.browser(person_id)
            for url in addresses(self.app, case):
                yield ("GET", person_id, url), plain(browser.client.get(url))

    def write(self, case: Case, people: Iterable[int]) -> Iterator[tuple[Asked, Answer]]:
        """What they are answered when they send every form with nothing in it but a deduction's code."""
        self.enter()
        for person_id in people:
            browser = self.browser(person_id)
            fields = {"csrf_token": token_of(browser), "add_code": "D7-04", "code": "D7-04"}
            for rule in writing_routes(self.app):
                url = address(self.app, rule, values(case, case.form_ids[0]))
                yield ("POST", person_id, url), plain(browser.client.post(url, data=fields))


def token_of(browser: Browser) -> str:
    field = browser.get("/password").page.select_one("[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def values(case: Case, form_id: int) -> dict[str, int | str]:
    """The review's own ids; of anything else the first there is."""
    first: dict[str, int | str] = dict.fromkeys(OTHER_IDS, 1)
    return first | {
        "review_id": case.review_id, "form_id": form_id, "person_id": case.quiet, "token": "made-up",
        "mark": "LX-0000-0000", "key": "case", "code": "2024Q1", "template": "GEN", "copy": "FULL", "name": "signed",
    }  # fmt: skip


def address(app: Flask, rule: Rule, known: dict[str, int | str]) -> str:
    filled = {name: known[name] for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, filled))


def reading_routes(app: Flask) -> list[Rule]:
    """Every route that is read; what lies in the static folder is the same for everybody."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [rule for rule in rules if not rule.endpoint.endswith("static")]


def writing_routes(app: Flask) -> list[Rule]:
    """Every route that takes a form, but those that end the visit."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [rule for rule in rules if rule.endpoint not in ENDS_THE_VISIT]


def addresses(app: Flask, case: Case) -> Iterator[str]:
    """Every route that is read, once for each form where it names one; and the searches for what was written."""
    yield from (f"{path}?q={SECRET_WORDS}" for path in SEARCHED)
    yield f"/reviews/{case.review_id}/form?find={SECRET_WORDS}"
    for rule in reading_routes(app):
        forms = case.form_ids if "form_id" in rule.arguments else case.form_ids[:1]
        yield from (address(app, rule, values(case, form_id)) for form_id in forms)


def plain(answer: TestResponse) -> Answer:
    content = opened(
        answer.data, answer.mimetype or ""
    )  # its packed length depends on the second it was made
    free = PLAIN_HEADERS if content == answer.data else (*PLAIN_HEADERS, "Content-Length")
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name not in free))
    answer.close()
    for token in TOKENS:
        content = token.sub(b"", content)
    return Answer(answer.status_code, headers, content)


def opened(content: bytes, mimetype: str) -> bytes:
    """Of a document or workbook every part with its name, also the properties of the file."""
    if "openxmlformats" not in mimetype:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(name.encode() + b"\n" + package.read(name) for name in package.namelist())


def build(database: Database, now: datetime) -> Case:
    """A panel of five who read: the chair has signed, the lead has begun, and one's work is nobody's business."""
    with database.writing() as session, session.begin():
        found = made.reading(session, size=5)
        chair, lead, quiet, *_others = found.forms
        made.signed(session, found, [chair])
        made.write(session, lead, D1__text="主办人的意见还没有写完。")
        officials = {role: factories.person(session, role) for role in OFFICIALS}
        liaison, stranger = outside(session, found)
        return Case(
            review_id=found.review.id,
            quiet=quiet.person.id,
            form_ids=[form.id for form in found.forms],
            members=[member.id for member in found.members if member is not quiet.person],
            office=[found.coordinator.id, officials.pop(Role.LEADER).id],
            others=[person.id for person in (*officials.values(), liaison, stranger)],
            auditor=officials[Role.AUDITOR].id,
            liaison=liaison.id,
        )


def outside(session: Session, found: made.Reading) -> tuple[Person, Person]:
    """The organ's liaison, and an expert of no panel."""
    organ = found.review.legal_case.reviewed_org
    stranger = factories.expert(session).person
    assert stranger is not None
    return factories.person(session, Role.REVIEWED_LIAISON, organisation=organ), stranger


def copied(app: Flask, start: Path, folder: Path, clock: TestClock) -> World:
    """A new office that begins as ``start`` is."""
    folder.mkdir()
    shutil.copy(start, folder / "yian.db")
    settings = Settings(data=folder, secure_cookies=False)
    return World(app, fast(Database(f"sqlite:///{folder / 'yian.db'}")), settings, clock)


def quiet_form(session: Session, case: Case) -> tuple[made.Reading, EvalForm]:
    """The form of the member in question, with what filling it needs."""
    review = session.get_one(CaseReview, case.review_id)
    documents = list(
        session.scalars(select(FileDocument).where(FileDocument.volume.has(review_id=review.id)))
    )
    forms = [fresh(session, session.get_one(EvalForm, form_id)) for form_id in case.form_ids]
    form = next(form for form in forms if form.person.id == case.quiet)
    members = [form.person for form in forms]
    return made.Reading(review, members[0], members, forms, documents), form
