"""Reading signed forms: who, when, and with what reason."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.evaluations import made
from tests.evaluations.made import SENTENCES


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    reading.forms[0] = made.fresh(session, reading.forms[0])
    made.signed(session, reading)
    session.commit()
    return reading


@pytest.fixture
def auditor(session: Session) -> Person:
    person = factories.person(session, Role.AUDITOR)
    session.commit()
    return person


def test_members_compare_their_forms_and_follow_a_quote_into_the_file(
    browser: Browser, reading: made.Reading
) -> None:
    browser.sign_in(reading.members[2]).get(f"/reviews/{reading.review.id}/forms")
    names = [row.select_one("a").get_text() for row in browser.page.select("tbody tr")]  # type: ignore[union-attr]

    browser.follow(reading.members[0].name)

    assert names == [member.name for member in reading.members]
    assert "内容与签名一致" in browser.text
    browser.follow("第1卷《执行裁定书》第1页")
    marked = browser.page.select_one("#quotation")
    assert marked is not None and marked.get_text() == SENTENCES[0]


def test_coordinator_reads_after_closing_but_not_the_file(
    session: Session, browser: Browser, reading: made.Reading
) -> None:
    address = f"/reviews/{reading.review.id}/forms"
    before = browser.sign_in(reading.coordinator).get(address).status
    reading.review.state = ReviewState.CLOSED
    session.commit()

    browser.get(address).follow(reading.members[0].name)

    assert (before, browser.status) == (404, 200)
    assert browser.page.select("a.quote-source") == []


def test_auditor_gives_a_reason_each_time(
    session: Session, browser: Browser, reading: made.Reading, auditor: Person
) -> None:
    address = f"/reviews/{reading.review.id}/forms"
    before = browser.sign_in(auditor).get(address).status
    reading.review.state = ReviewState.CLOSED
    session.commit()
    browser.get(address)
    asked = SENTENCES[0] in browser.text
    one = browser.get(f"{address}/{reading.forms[0].id}").status

    browser.get(address).submit("main form", {"reason": "核查当事人投诉反映的情况"})

    assert (before, asked, one) == (404, False, 404)
    assert SENTENCES[0] in browser.text
    session.rollback()
    logged = session.scalars(select(AuditRow).where(AuditRow.action == "form.audit-read")).all()
    assert [(row.person_id, row.reason) for row in logged] == [(auditor.id, "核查当事人投诉反映的情况")]


def test_auditor_without_reason_reads_nothing(
    session: Session, browser: Browser, reading: made.Reading, auditor: Person
) -> None:
    reading.review.state = ReviewState.CLOSED
    session.commit()

    browser.sign_in(auditor).get(f"/reviews/{reading.review.id}/forms").submit("main form", {"reason": "  "})

    assert "请写明查阅理由" in browser.text
    assert SENTENCES[0] not in browser.text


def test_form_of_another_review_is_not_found_here(
    session: Session, browser: Browser, reading: made.Reading
) -> None:
    other = made.reading(session, size=3)
    made.signed(session, other)
    session.commit()

    browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/forms/{other.forms[0].id}")

    assert browser.status == 404


def test_deadline_page_names_late_members_only_after_the_last_day(
    session: Session, browser: Browser, clock: object
) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:1])
    session.commit()
    names = [member.name for member in reading.members]
    address = f"/reviews/{reading.review.id}/reading"

    during = browser.sign_in(reading.coordinator).get(address).text
    clock.forward(days=15)  # type: ignore[attr-defined]
    after = browser.sign_in(reading.coordinator).get(address).text

    assert [name in during for name in names] == [False, False, False]
    assert [name in after for name in names] == [False, True, True]
    assert browser.sign_in(reading.members[0]).get(address).status == 404
