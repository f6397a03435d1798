"""The auditor's pages of interference."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.deliberations.interventions import record_intervention
from review_app.deliberations.states import Channel
from review_app.documents.office import use_office
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW

WORDS = "来电要求不要认定程序违法。"


@pytest.fixture
def auditor(session: Session, settings: Settings) -> Person:
    use_office(settings)
    review = factories.review(session, ReviewState.READING)
    review.created_at = NOW - timedelta(days=60)
    record_intervention(
        session, review, who="某领导", post="", channel=Channel.PHONE, at=NOW - timedelta(days=20), content=WORDS,
        by=factories.person(session, Role.COORD), now=NOW - timedelta(days=10),
    )  # fmt: skip
    made = factories.person(session, Role.AUDITOR)
    session.commit()
    return made


def test_from_the_records_to_the_report_handed_in(
    browser: Browser, session: Session, auditor: Person
) -> None:
    browser.sign_in(auditor).get("/interference")
    assert WORDS in browser.text
    assert "任何组织和个人不得对证据采信" in browser.text

    browser.follow("预览报告")
    assert "某领导" in browser.text
    browser.submit("form[action$=issue]")

    assert "过问1件" in browser.text
    assert "尚未报告" not in browser.text
    link = browser.page.select_one("a[href$='.docx']")
    browser.submit("form[action$=handed-in]", {"on": "2024-04-02", "received_by": "市委政法委 王某"})
    assert "市委政法委 王某" in browser.text
    assert link is not None
    assert browser.get(str(link["href"])).content[:2] == b"PK"
    session.expire_all()
    actions = [row.action for row in session.query(AuditRow) if row.action.startswith("interference")]
    assert {
        "interference.issue",
        "interference.hand-in",
        "interference.download",
        "interference.read",
    } <= set(actions)


def test_a_refused_handing_in_shows_what_was_typed(browser: Browser, auditor: Person) -> None:
    browser.sign_in(auditor).get("/interference/2024-1/preview").submit("form[action$=issue]")

    browser.submit("form[action$=handed-in]", {"on": "2024-03-01", "received_by": "市委政法委"})

    assert browser.status == 422
    assert "报送日期不能早于报告日期" in browser.text
    assert browser.page.select_one("input[name=received_by]")["value"] == "市委政法委"


@pytest.mark.parametrize("code", ["2024-2", "2023-4", "2024-5", "2024", "x"])
def test_a_quarter_that_is_not_owed_has_no_page(browser: Browser, auditor: Person, code: str) -> None:
    assert browser.sign_in(auditor).get(f"/interference/{code}/preview").status == 404


@pytest.mark.parametrize(
    "role", [Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.SECRETARY, Role.SUPERVISOR]
)
def test_nobody_else_finds_the_pages(browser: Browser, session: Session, auditor: Person, role: Role) -> None:
    other = factories.person(session, role)
    session.commit()

    browser.sign_in(other)

    assert [browser.get(url).status for url in ("/interference", "/interference/2024-1/preview")] == [
        404,
        404,
    ]
