from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.queries import PER_PAGE
from review_app.audit.service import record
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser


@pytest.fixture
def auditor(session: Session) -> Person:
    return factories.person(session, Role.AUDITOR, name="曹审计")


@pytest.fixture
def review(session: Session, auditor: Person, now: datetime) -> CaseReview:
    review = factories.review(session)
    lead = factories.person(session, Role.LEADER, name="唐主任")
    record(
        session, action="review.move", subject=review, by=lead, now=now, review_id=review.id,
        before={"state": "FILES"}, after={"state": "DRAW"}, reason="卷宗已经齐备",
    )  # fmt: skip
    record(
        session, action="form.sign", subject="eval_form:1", by=auditor, now=now, after={"sha256": "a" * 64}
    )
    session.commit()
    return review


def test_log_shows_who_did_what_to_which_review(
    browser: Browser, auditor: Person, review: CaseReview
) -> None:
    page = browser.sign_in(auditor).get("/audit").text

    assert "唐主任" in page
    assert "评查项目：转换状态" in page
    assert "FILES → DRAW" in page
    assert "卷宗已经齐备" in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_the_auditor_finds_the_log(browser: Browser, session: Session, role: Role) -> None:
    organ = factories.organisation(session)
    somebody = factories.person(session, role, organisation=organ)
    session.commit()

    browser.sign_in(somebody)

    assert [browser.get(url).status for url in ("/audit", "/audit/verify", "/audit/secrets")] == [404] * 3


def test_log_is_narrowed_by_review_person_action_and_day(
    browser: Browser, auditor: Person, review: CaseReview
) -> None:
    browser.sign_in(auditor)

    def found(**query: object) -> list[str]:
        rows = browser.get("/audit", **query).page.select("tbody tr")
        return [row.select("td")[3].text.strip() for row in rows]

    assert found(review_no=review.review_no) == ["评查项目：转换状态"]
    assert found(review_no="PC20990001") == []
    assert found(action="form.sign") == ["评查表：签名"]
    assert found(person=auditor.id, action="form.sign") == ["评查表：签名"]
    assert found(until="2024-04-01") == []
    assert "评查表：签名" in found(since="2024-04-02", until="2024-04-02")


def test_log_is_turned_page_by_page(
    browser: Browser, session: Session, auditor: Person, now: datetime
) -> None:
    for number in range(PER_PAGE + 5):
        record(session, action="task.add", subject=f"followup_task:{number}", by=auditor, now=now)
    session.commit()

    browser.sign_in(auditor).get("/audit", action="task.add")
    first = len(browser.page.select("tbody tr"))
    browser.follow("下一页")

    assert (first, len(browser.page.select("tbody tr"))) == (PER_PAGE, 5)


def test_whole_chain_is_said_to_be_whole(browser: Browser, auditor: Person, review: CaseReview) -> None:
    assert "日志链完整" in browser.sign_in(auditor).get("/audit/verify").text


def test_broken_chain_names_the_row(
    browser: Browser, session: Session, auditor: Person, review: CaseReview
) -> None:
    session.execute(text("UPDATE audit_row SET reason = '改过' WHERE id = 1"))
    session.commit()

    page = browser.sign_in(auditor).get("/audit/verify").text

    assert "日志链已断裂" in page
    assert "第1行" in page


def test_closed_reviews_lead_to_the_pages_where_secrets_are_read_for_a_reason(
    browser: Browser, session: Session, auditor: Person, now: datetime
) -> None:
    closed = factories.review(session, ReviewState.CLOSED, closed_at=now, issued_at=now)
    running = factories.review(session, ReviewState.READING)
    record(
        session, action="form.audit-read", subject=closed, by=auditor, now=now, review_id=closed.id,
        reason="年度审计抽查",
    )  # fmt: skip
    session.commit()

    browser.sign_in(auditor).get("/audit/secrets")
    links = [str(link["href"]) for link in browser.page.select("tbody a")]

    assert f"/reviews/{closed.id}/forms" in links
    assert f"/reviews/{closed.id}/deliberation" in links
    assert str(running.review_no) not in browser.text
    assert "年度审计抽查" in browser.text
    assert [browser.get(link).status for link in links] == [200, 200, 200]
