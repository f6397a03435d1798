"""From signatures to service, each step by the person who may take it, through real pages."""

import hashlib
import io
from datetime import datetime

import docx
import pytest
from sqlalchemy import select

from review_app.audit.models import AuditRow
from review_app.documents.models import Document
from review_app.documents.queries import documents_of
from review_app.documents.states import CopyKind, DocumentKind, DocumentState
from review_app.reviews.states import ReviewState
from tests.browser import Browser
from tests.opinions.conftest import Stage


@pytest.fixture
def url(stage: Stage, now: datetime) -> str:
    stage.sign_all(now)
    stage.session.commit()
    return f"/reviews/{stage.review.id}"


def refreshed(stage: Stage) -> Stage:
    stage.session.rollback()
    stage.session.expire_all()
    return stage


def submitted(stage: Stage, url: str, browser: Browser) -> Browser:
    browser.sign_in(stage.lead).get(f"{url}/opinion").submit(f"form[action='{url}/opinion/submit']")
    assert "评查意见书已提交签发" in browser.text
    return browser


def released(stage: Stage, url: str, browser: Browser) -> Document:
    submitted(stage, url, browser)
    browser.sign_in(stage.leader).get(f"{url}/opinion").submit(f"form[action='{url}/opinion/release']")
    assert "已签发，文号青评意〔2024〕1号" in browser.text
    return refreshed(stage).opinion().document


def test_leader_reads_the_rule_and_releases_but_finds_no_way_to_edit(
    stage: Stage, url: str, browser: Browser
) -> None:
    submitted(stage, url, browser)

    browser.sign_in(stage.leader).get(f"{url}/opinion")

    assert "不得对案件的证据采信、事实认定、司法裁判等作出具体决定" in browser.text
    assert not browser.page.select("a[href*='/parts/'], a[href$='/advice']")
    assert [browser.get(f"{url}/opinion/{page}").status for page in ("parts/facts", "advice")] == [404, 404]


def test_return_without_a_reason_is_explained_beside_the_field(
    stage: Stage, url: str, browser: Browser
) -> None:
    submitted(stage, url, browser)

    browser.sign_in(stage.leader).get(f"{url}/opinion").submit(
        f"form[action='{url}/opinion/return']", {"reason": ""}
    )

    assert "请写明缺少什么。" in browser.text
    assert refreshed(stage).review.state is ReviewState.SIGNOFF


@pytest.mark.parametrize("act", ["submit", "release", "return"])
def test_others_cannot_submit_release_or_return(stage: Stage, url: str, browser: Browser, act: str) -> None:
    for who in (stage.members[0], stage.coordinator, stage.liaison):
        assert browser.sign_in(who).post(f"{url}/opinion/{act}", {"reason": "x"}).status in (400, 404)

    assert refreshed(stage).review.state is ReviewState.OPINION


def test_coordinator_gets_the_issued_bytes_and_a_member_a_marked_copy(
    stage: Stage, url: str, browser: Browser
) -> None:
    document = released(stage, url, browser)
    served = document.copy(CopyKind.CIRCULATED)
    assert served is not None
    address = f"{url}/documents/{document.id}/CIRCULATED.docx"

    browser.sign_in(stage.coordinator).get(address)
    assert hashlib.sha256(browser.content).hexdigest() == served.sha256
    browser.sign_in(stage.members[0]).get(address)
    assert hashlib.sha256(browser.content).hexdigest() != served.sha256
    assert stage.members[0].name in docx.Document(io.BytesIO(browser.content)).sections[0].header._element.xml

    rows = (
        refreshed(stage).session.scalars(select(AuditRow).where(AuditRow.action == "document.download")).all()
    )
    assert [(row.person_id, row.after and row.after["original"]) for row in rows] == [
        (stage.coordinator.id, True),
        (stage.members[0].id, False),
    ]


def test_organ_reads_the_masked_copy_once_it_is_served_and_nothing_else(
    stage: Stage, url: str, browser: Browser
) -> None:
    document = released(stage, url, browser)
    address = f"{url}/documents/{document.id}"
    assert browser.sign_in(stage.liaison).get(f"{address}/CIRCULATED").status == 404

    browser.sign_in(stage.coordinator).get(f"{url}/documents")
    browser.submit(f"form[action='{address}/serve']", {"method": "DIRECT", "on": "2024-04-02"})
    assert "送达已登记" in browser.text

    browser.sign_in(stage.liaison).get(f"{address}/CIRCULATED")
    assert browser.status == 200
    assert "秦某甲" in browser.text
    assert "秦守田" not in browser.text
    assert browser.get(f"{address}/INTERNAL").status == 404
    assert browser.get(f"{address}/INTERNAL.docx").status == 404


def test_wrong_day_of_service_is_explained(stage: Stage, url: str, browser: Browser) -> None:
    document = released(stage, url, browser)

    browser.sign_in(stage.coordinator).get(f"{url}/documents")
    browser.submit(f"form[action$='/{document.id}/serve']", {"method": "POST", "on": "2024-04-01"})

    assert "送达日期不能早于签发之日" in browser.text
    assert refreshed(stage).opinion().document.state is DocumentState.RELEASED


def test_coordinator_makes_the_notice_and_the_liaison_never_sees_it(
    stage: Stage, url: str, browser: Browser
) -> None:
    released(stage, url, browser)

    browser.sign_in(stage.coordinator).get(f"{url}/documents/result-notice")
    assert "秦守田" in browser.text
    browser.submit(f"form[action='{url}/documents/result-notice']")

    assert "评查结果告知书已制发" in browser.text
    notice = documents_of(refreshed(stage).session, stage.review.id, DocumentKind.RESULT_NOTICE)[0]
    assert notice.number == "青评告〔2024〕1号"
    assert browser.sign_in(stage.liaison).get(f"{url}/documents/{notice.id}/INTERNAL").status == 404
    assert "告知书" not in browser.get(f"{url}/documents").text


def test_coordinator_asks_for_the_file_by_letter(stage: Stage, url: str, browser: Browser) -> None:
    stage.review.state = ReviewState.FILES
    stage.session.commit()

    browser.sign_in(stage.coordinator).get(f"{url}/documents/file-request")
    browser.submit(
        "main form",
        {"volumes": "执行卷宗正卷", "mode": "ELECTRONIC", "due_on": "2024-04-12", "return_on": ""},
    )

    assert "调卷函已制发" in browser.text
    assert "青评调〔2024〕1号" in browser.text


def test_letter_with_an_impossible_day_keeps_what_was_typed(stage: Stage, url: str, browser: Browser) -> None:
    stage.review.state = ReviewState.FILES
    stage.session.commit()

    browser.sign_in(stage.coordinator).get(f"{url}/documents/file-request")
    browser.submit("main form", {"volumes": "执行卷宗正卷", "mode": "PAPER", "due_on": "2024-04-01"})

    assert "期限应当晚于今天" in browser.text
    assert browser.page.select_one("textarea[name=volumes]").get_text().strip() == "执行卷宗正卷"  # type: ignore[union-attr]


def test_documents_of_another_review_are_not_found(stage: Stage, url: str, browser: Browser) -> None:
    document = released(stage, url, browser)
    browser.sign_in(stage.coordinator)

    assert browser.get(f"/reviews/{stage.review.id + 999}/documents").status == 404
    assert browser.get(f"{url}/documents/{document.id + 999}/CIRCULATED").status == 404
    assert browser.get(f"{url}/documents/{document.id}/SOMETHING").status == 404
