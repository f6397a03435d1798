"""Reading at the desk: words in the whole file, the place they stand at, quotations whose source changed."""

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.queries import fresh
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made
from tests.evaluations.made import RECORD, SENTENCES


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    session.commit()
    return reading


@pytest.fixture
def desk(browser: Browser, reading: made.Reading) -> Browser:
    return browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form")


def found(desk: Browser) -> list[str]:
    return [one.get_text(" ", strip=True) for one in desk.page.select(".file-hits .hits-of")]


def test_search_finds_words_in_every_document_of_the_file(desk: Browser) -> None:
    desk.submit("#desk", {"find": "卷内未见 申请执行人"}, button="find")

    assert found(desk) == ["第1卷 执行裁定书", "第2卷 执行笔录"]
    assert len(desk.page.select(".file-hits .hits li")) == len(SENTENCES)


def test_place_found_opens_with_the_words_marked_and_the_list_kept(
    desk: Browser, reading: made.Reading
) -> None:
    desk.submit("#desk", {"find": "第45处记载"}, button="find")
    start = RECORD.index("第45处记载")

    desk.submit(
        "#desk", {"D1.text": "还没有写完"}, button=f"hit:{reading.documents[1].id}:1:{start}:{start + 6}"
    )

    assert [one.get_text() for one in desk.page.select("mark#quotation")] == ["第45处记载"]
    assert found(desk) == ["第2卷 执行笔录"]
    assert "还没有写完" in str(desk.page.select_one("textarea[name='D1.text']"))


def test_withdrawn_documents_are_not_searched(session: Session, desk: Browser, reading: made.Reading) -> None:
    reading.documents[1].withdrawn_at = NOW
    session.commit()

    desk.submit("#desk", {"find": "第45处记载"}, button="find")

    assert found(desk) == ["没有找到“第45处记载”。可以减少字数再找；扫描页没有文字，找不到。"]


def test_quotation_shows_that_its_source_changed(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    made.deduct(session, reading.forms[0], reading, "D7-04")
    reading.documents[0].sha256 = "b" * 64
    session.commit()

    desk.get(f"/reviews/{reading.review.id}/form?open=D7")

    assert [one.get_text(strip=True) for one in desk.page.select(".quote-state")] == ["原件在摘录后已变更"]


def test_words_are_quoted_for_an_item_that_joins_the_form_with_them(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    desk.submit("#desk", {"quote_words": SENTENCES[2], "quote_target": "new.D7-04"}, button="quote")

    session.rollback()
    (deduction,) = fresh(session, reading.forms[0]).deductions
    assert (deduction.code, [quote.text for quote in deduction.quotes]) == ("D7-04", [SENTENCES[2]])


def test_refused_quotation_leaves_no_new_item(session: Session, desk: Browser, reading: made.Reading) -> None:
    desk.submit(
        "#desk", {"quote_words": "这句话不在这一页上面。", "quote_target": "new.D7-04"}, button="quote"
    )

    session.rollback()
    assert "没有这段文字" in desk.text
    assert fresh(session, reading.forms[0]).deductions == []
