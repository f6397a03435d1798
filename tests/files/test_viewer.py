"""Reading: pages, marks, search, originals, and what the log says about it."""

from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from case_files.store import FileStore
from review_app.audit.models import AuditRow
from review_app.reviews import files
from review_app.reviews.models import FileDocument
from tests import factories
from tests.browser import Browser
from tests.case_files import samples
from tests.conftest import NOW, TestClock
from tests.files.conftest import Case, put_one

FIRST = "\n 青岚市人民法院\n𠮷某 <b>& 裁定书</b>\t\n"
SECOND = "终结本次执行程序。\n申请执行人未签字。"


@pytest.fixture
def document(session: Session, store: FileStore, case: Case) -> FileDocument:
    content = f"{FIRST}\f{SECOND}".encode()
    return put_one(session, store, case.volume, "执行裁定书.txt", content, by=case.coordinator)


def fetched(browser: Browser, url: str) -> tuple[bytes, Headers]:
    """Content and headers of a file, its stream closed as a server does."""
    answer = browser.get(url).answer
    assert answer is not None
    content = answer.data
    answer.close()
    return content, answer.headers


def page_of(case: Case, document: FileDocument, number: int = 1) -> str:
    return f"/reviews/{case.review.id}/files/{document.id}/pages/{number}"


def text_in(page: BeautifulSoup) -> str:
    pane = page.select_one(".file-text")
    assert pane is not None
    return pane.get_text()


def read_rows(session: Session) -> list[str]:
    session.rollback()  # see what was written since
    rows = session.scalars(select(AuditRow).where(AuditRow.action.in_(["files.read", "files.download"])))
    return [row.action for row in rows]


@pytest.mark.parametrize("part", ["", "/text"])
def test_the_text_of_the_pane_is_exactly_the_text_of_the_page(
    case: Case, document: FileDocument, browser: Browser, part: str
) -> None:
    browser.sign_in(case.member).get(page_of(case, document) + part)

    assert text_in(browser.page) == FIRST
    pane = browser.page.select_one(".file-text")
    assert pane is not None
    assert {name: pane[name] for name in pane.attrs if name.startswith("data-")} == {
        "data-document-id": str(document.id),
        "data-sha256": document.sha256,
        "data-page": "1",
        "data-pages": "2",
        "data-volume": "1",
        "data-volume-id": str(case.volume.id),
        "data-volume-title": "执行卷宗第1册",
        "data-title": "执行裁定书",
        "data-empty": "",
    }


def test_a_quotation_is_marked_by_code_points(case: Case, document: FileDocument, browser: Browser) -> None:
    start = FIRST.index("𠮷某")

    browser.sign_in(case.member).get(page_of(case, document), start=start, end=start + 6)

    mark = browser.page.select_one("mark#quotation")
    assert mark is not None
    assert mark.get_text() == FIRST[start : start + 6] == "𠮷某 <b>"
    assert text_in(browser.page) == FIRST


@pytest.mark.parametrize(
    "query", [{"start": 3}, {"start": 9, "end": 3}, {"start": 0, "end": 999}, {"start": "x"}]
)
def test_offsets_that_do_not_fit_mark_nothing(
    case: Case, document: FileDocument, browser: Browser, query: dict[str, object]
) -> None:
    browser.sign_in(case.member).get(page_of(case, document), **query)

    assert browser.status == 200
    assert not browser.page.select("mark")
    assert text_in(browser.page) == FIRST


def test_pages_are_turned_and_gone_to(case: Case, document: FileDocument, browser: Browser) -> None:
    browser.sign_in(case.member).get(page_of(case, document)).follow("下一页")
    assert text_in(browser.page) == SECOND
    assert not browser.page.select(".page-turn a[rel=next]")

    browser.submit("form.page-go", {"page": "1"})
    assert text_in(browser.page) == FIRST
    browser.submit("form.page-go", {"page": "99"})
    assert browser.url == page_of(case, document, 2)


@pytest.mark.parametrize("number", [0, 3, 99999])
def test_a_page_that_is_not_there_is_not_found(
    case: Case, document: FileDocument, browser: Browser, number: int
) -> None:
    assert browser.sign_in(case.member).get(page_of(case, document, number)).status == 404


def test_words_are_found_across_line_breaks_with_a_link_to_the_place(
    case: Case, document: FileDocument, browser: Browser
) -> None:
    browser.sign_in(case.member).get(page_of(case, document))

    browser.submit("form.find-form", {"q": "程序。申请执行人"})

    assert [hit.get_text() for hit in browser.page.select(".hits mark")] == ["程序。\n申请执行人"]
    browser.follow("第2页")
    mark = browser.page.select_one("#quotation")
    assert mark is not None
    assert mark.get_text() == "程序。\n申请执行人"


def test_words_that_are_not_there_are_told(case: Case, document: FileDocument, browser: Browser) -> None:
    browser.sign_in(case.member).get(page_of(case, document), q="恢复执行")

    assert "没有找到“恢复执行”。" in browser.text


def test_a_scanned_page_says_so_and_leads_to_the_original(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    scan = put_one(session, store, case.volume, "扫描.pdf", samples.pdf([[]]), by=case.coordinator)

    browser.sign_in(case.member).get(page_of(case, scan))

    assert "本页没有可读的文字（扫描件或者空白页）。" in browser.text
    assert browser.page.select(f"a[href='/reviews/{case.review.id}/files/{scan.id}/original']")


def test_a_picture_is_shown_beside_its_facts_and_logged_as_read(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    content = samples.picture("PNG")
    photo = put_one(session, store, case.volume, "现场.png", content, by=case.coordinator)

    browser.sign_in(case.member).get(page_of(case, photo))
    picture = browser.page.select_one(".file-picture img")
    assert picture is not None
    shown, headers = fetched(browser, str(picture["src"]))

    assert (shown, headers["Content-Type"]) == (content, "image/png")
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'none'; sandbox"
    assert headers["Content-Disposition"].startswith("inline")
    assert read_rows(session) == ["files.read"]


def test_a_page_of_a_pdf_is_shown_as_it_looks_beside_its_text_and_logged_as_read(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    content = samples.pdf([["第一页"], ["第二页有章"]])
    scan = put_one(session, store, case.volume, "裁定书.pdf", content, by=case.coordinator)

    browser.sign_in(case.member).get(page_of(case, scan, 2))
    picture = browser.page.select_one(".file-picture img")
    assert picture is not None
    shown, headers = fetched(browser, str(picture["src"]))

    assert (shown[:3], headers["Content-Type"]) == (b"\xff\xd8\xff", "image/jpeg")
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"
    assert read_rows(session) == ["files.read"]
    assert browser.get(str(picture["src"]).replace("pages/2", "pages/3")).status == 404


def test_a_damaged_original_is_not_drawn(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    scan = put_one(session, store, case.volume, "裁定书.pdf", samples.pdf([["第一页"]]), by=case.coordinator)
    store.path(scan.sha256).write_bytes(samples.pdf([["换过的一页"]]))

    browser.sign_in(case.member).get(f"{page_of(case, scan)}/picture")

    assert browser.status == 400
    assert "可能已损坏或者被改动" in browser.text


def test_a_document_that_is_no_picture_is_not_shown_as_one(
    case: Case, document: FileDocument, browser: Browser
) -> None:
    browser.sign_in(case.member)
    base = f"/reviews/{case.review.id}/files/{document.id}"

    answers = [browser.get(f"{base}/{part}").status for part in ("picture", "pages/1/picture")]

    assert answers == [404, 404]


def test_the_original_is_a_download_that_can_run_nothing_and_every_one_is_logged(
    session: Session, store: FileStore, case: Case, document: FileDocument, browser: Browser
) -> None:
    browser.sign_in(case.member)

    address = f"/reviews/{case.review.id}/files/{document.id}/original"
    for _ in range(2):
        content, headers = fetched(browser, address)

    assert content == store.read(document.sha256)
    assert unquote(headers["Content-Disposition"]).endswith("执行裁定书.txt")
    assert headers["Content-Disposition"].startswith("attachment")
    assert quote("执行裁定书") in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"
    assert read_rows(session) == ["files.download", "files.download"]


def test_reading_is_logged_once_a_day(
    session: Session, case: Case, document: FileDocument, browser: Browser, clock: TestClock
) -> None:
    browser.sign_in(case.member)
    for number in (1, 2, 1):
        browser.get(page_of(case, document, number))
    assert read_rows(session) == ["files.read"]

    clock.now = NOW.replace(hour=15, minute=59)  # 23:59 in Asia/Shanghai, still the same day
    browser.sign_in(case.member).get(page_of(case, document))
    assert read_rows(session) == ["files.read"]
    clock.now += timedelta(minutes=1)
    browser.get(page_of(case, document))

    assert read_rows(session) == ["files.read", "files.read"]


@pytest.mark.parametrize("who", ["coordinator", "liaison", "invited", "outsider"])
def test_nobody_outside_the_panel_reads_and_the_attempts_are_logged(
    session: Session, case: Case, document: FileDocument, browser: Browser, who: str
) -> None:
    browser.sign_in(getattr(case, who))
    base = f"/reviews/{case.review.id}/files/{document.id}"

    tried = [
        f"{base}/{part}"
        for part in ("pages/1", "pages/1/text", "pages", "original", "picture", "pages/1/picture")
    ]

    assert [browser.get(address).status for address in tried] == [404] * 6
    assert "裁定书" not in browser.text
    assert read_rows(session) == []
    refused = session.scalars(select(AuditRow.subject).where(AuditRow.action == "refused"))
    assert list(refused) == tried


def test_the_liaison_reads_what_the_organ_handed_in(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    own = put_one(session, store, case.volume, "自评表.txt", "自评情况".encode(), by=case.liaison)

    assert text_in(browser.sign_in(case.liaison).get(page_of(case, own)).page) == "自评情况"


def test_a_document_is_not_found_under_another_review(
    session: Session, case: Case, document: FileDocument, browser: Browser
) -> None:
    other = factories.review(session)
    factories.seat(session, other, case.member)
    session.commit()

    assert browser.sign_in(case.member).get(f"/reviews/{other.id}/files/{document.id}/pages/1").status == 404


def test_a_withdrawn_document_can_still_be_read_and_says_why_it_was_withdrawn(
    session: Session, case: Case, document: FileDocument, browser: Browser
) -> None:
    files.withdraw_document(session, document, reason="误传别案材料", by=case.coordinator, now=NOW)
    session.commit()

    browser.sign_in(case.member).get(page_of(case, document))

    assert text_in(browser.page) == FIRST
    assert "误传别案材料" in browser.text


def test_a_damaged_original_is_not_handed_out(
    store: FileStore, case: Case, document: FileDocument, browser: Browser
) -> None:
    store.path(document.sha256).write_bytes(b"altered")

    browser.sign_in(case.member).get(f"/reviews/{case.review.id}/files/{document.id}/original")

    assert browser.status == 400
    assert "校验值不符" in browser.text
    assert b"altered" not in browser.content


def test_the_page_carries_the_readers_name_as_watermark(
    case: Case, document: FileDocument, browser: Browser
) -> None:
    browser.sign_in(case.member).get(page_of(case, document))

    mark = browser.page.select_one("svg.watermark")
    assert mark is not None
    assert mark.get_text(strip=True) == "专家甲 2024-04-02 10:00 工作秘密"
