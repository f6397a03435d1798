"""axe-core over the pages of scoring, deliberation and drafting: nothing that it can find may be wrong, at a desk or on a
phone, in Chinese or in English."""

import pytest
from axe_core_python.selenium import Axe
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.second_factor import begin
from review_app.accounts.states import Role
from review_app.documents.office import Office, use_office
from review_app.evaluations.withdrawing import ask_withdrawal
from review_app.opinions import service
from review_app.opinions.remarks import remark
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests import factories
from tests.chromium.window import Window
from tests.conftest import NOW
from tests.deliberations import made as deliberated
from tests.evaluations import made
from tests.form_templates import made as templates
from tests.opinions.conftest import Stage, stage

__all__ = ["stage"]

READING = ("form", "form?open=D1", "form?open=D7", "form/sign", "form/offline")
VOTING = ("deliberation", "agenda")
DECIDED = (
    "forms",
    "findings",
    "discussions",
    "discussions/new",
    "hearing",
    "deliberation",
    "result",
    "agreement",
)
DRAFTING = (
    "opinion",
    "opinion/parts/facts/remarks",
    "opinion/parts/facts/versions?from=1&to=2",
    "opinion/preview",
)
OF_TEMPLATES = (
    "/form-templates",
    "/form-templates/EXE",
    "/form-templates/versions/{}",
    "/form-templates/versions/{}/edit",
    "/form-templates/versions/{}/preview",
)
OF_COORDINATORS = ("/reviews", "/agreement", "/agreement/raters")


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> Office:
    return use_office(settings)


def drafted(stage: Stage) -> None:
    """A part with two saved versions and a proposal on the later one."""
    for edition, text in enumerate(("查明事实一", "查明事实二")):
        service.edit_part(
            stage.session, stage.opinion(), "facts", text=text, seen_edition=edition, by=stage.lead, now=NOW
        )
    remark(
        stage.session, stage.opinion(), "facts", words="应写明日期", proposal="查明事实三", seen_edition=2,
        by=stage.members[0], now=NOW,
    )  # fmt: skip


@pytest.fixture
def walks(session: Session, stage: Stage) -> list[tuple[Person, list[str]]]:
    """Who looks at which pages: a form being filled, an open ballot, a panel that has decided."""
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    voting = deliberated.deliberating_case(session, 4)
    deliberated.opened(session, voting)
    decided, _session = deliberated.decided_case(session, 1, grade="C", outcome="MAINTAIN")
    drafted(stage)
    closed = factories.review(session, ReviewState.CLOSED)
    version = templates.draft(session, templates.with_fields, by=factories.person(session, Role.COORD))
    extra = made.reading(
        session, size=3, form_template=templates.active(session, template="CIV"), template="CIV"
    )
    made.signed(session, reading, reading.forms[1:2])
    ask_withdrawal(
        session, reading.forms[1], reason="签名前没有保存最后一处修改", by=reading.members[1], now=NOW
    )
    leader, administrator = factories.person(session, Role.LEADER), factories.person(session, Role.SYSADMIN)
    begin(administrator)
    coordinator, auditor = factories.person(session, Role.COORD), factories.person(session, Role.AUDITOR)
    session.commit()
    return [
        (reading.members[0], [f"/reviews/{reading.review.id}/{page}" for page in READING]),
        (voting.members[2], [f"/reviews/{voting.review.id}/{page}" for page in VOTING]),
        (decided.chair, [f"/reviews/{decided.review.id}/{page}" for page in DECIDED]),
        (coordinator, list(OF_COORDINATORS)),
        (stage.lead, [f"/reviews/{stage.review.id}/{page}" for page in DRAFTING]),
        (auditor, ["/interference", f"/reviews/{closed.id}/archive"]),
        (extra.members[0], [f"/reviews/{extra.review.id}/form"]),
        (reading.members[1], [f"/reviews/{reading.review.id}/form"]),
        (leader, ["/withdrawals"]),
        (administrator, ["/second-factor", *(page.format(version.id) for page in OF_TEMPLATES)]),
    ]


def wrong(window: Window) -> list[str]:
    """What axe finds: the rule, and where."""
    found = Axe().run(window.driver, options={"resultTypes": ["violations"]})["violations"]
    return [f"{one['id']} {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("language", "wide"), [("zh", True), ("en", False)])
def test_axe_finds_nothing(
    window: Window, session: Session, walks: list[tuple[Person, list[str]]], language: str, wide: bool
) -> None:
    problems = list[str]()

    for person, pages in walks:
        person.language = language
        session.commit()
        window.sign_in(person)
        (window.wide if wide else window.phone)()
        for page in pages:
            window.open(page)
            assert window.all("h1"), page
            assert (
                "没有这一页" not in window.driver.title and "no such page" not in window.driver.title.lower()
            )
            assert window.find("html").get_attribute("lang")[:2] == language
            problems += [f"{page}: {problem}" for problem in wrong(window)]

    assert problems == []
