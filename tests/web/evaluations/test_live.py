"""What the desk's script sends and is told."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.queries import fresh
from tests.browser import Browser
from tests.evaluations import made
from tests.evaluations.made import RULING, SENTENCES


class Script:
    """Sends what the script of an open desk would send."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.token = browser.page.select_one("#desk input[name=csrf_token]")["value"]  # type: ignore[index]

    def send(self, path: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        self.browser.post(f"{self.address}/{path}", {**fields, "csrf_token": self.token})
        assert self.browser.answer is not None
        return self.browser.status, self.browser.answer.get_json()


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    session.commit()
    return reading


@pytest.fixture
def script(browser: Browser, reading: made.Reading) -> Script:
    address = f"/reviews/{reading.review.id}/form"
    return Script(browser.sign_in(reading.members[0]).get(address), address)


def test_typed_field_is_saved_and_the_running_score_comes_back(script: Script) -> None:
    status, told = script.send("draft", edition="0", **{"D1.clean": "1"})

    assert (status, told["edition"], told["score"], told["grade"]) == (200, 1, "100", "B")
    assert told["saved"] == "已保存 10:00:00"
    assert told["dimensions"]["D1"]["status"] == "done"
    assert told["dimensions"]["D2"] == {
        "left": "7", "deducted": "0", "capped": False, "status": "todo", "problems": 1,
    }  # fmt: skip


def test_added_deduction_changes_score_and_says_where_to_look(script: Script) -> None:
    _status, told = script.send("draft", edition="0", do="deduct", add_code="D7-04 财产调查未穷尽")

    assert (told["score"], told["anchor"], told["unfold"]) == ("94", "deduction-1", "D7")
    assert {
        "anchor": "deduction-1",
        "where": "D7-04",
        "sentence": "至少需要2处不同的摘录。",
        "unfold": "D7",
    } in told["problems"]


def test_refused_order_keeps_what_was_typed(session: Session, script: Script, reading: made.Reading) -> None:
    status, told = script.send("draft", edition="0", do="deduct", add_code="X", **{"D1.text": "已写"})

    assert (status, told["failed"], told["message"]) == (200, True, "本评查表没有扣分项X，请从目录中选择。")
    session.rollback()
    assert fresh(session, reading.forms[0]).notes[0].text == "已写"


def test_conflict_tells_the_other_version(script: Script) -> None:
    script.send("draft", edition="0", **{"D1.text": "甲窗口"})

    status, told = script.send("draft", edition="0", **{"D1.text": "乙窗口"})

    assert (status, told["theirs"], told["edition"]) == (409, {"D1.text": "甲窗口"}, 1)


def test_what_another_window_changed_is_told(script: Script) -> None:
    script.send("draft", edition="0", **{"D1.text": "甲窗口"})

    status, told = script.send("draft", edition="0", **{"D2.text": "乙窗口"})

    assert (status, told["elsewhere"]) == (200, {"D1.text": "甲窗口"})


def test_selected_words_are_quoted_exactly(session: Session, script: Script, reading: made.Reading) -> None:
    start = RULING.index(SENTENCES[2])
    place = {
        "document_id": reading.documents[0].id,
        "page": 1,
        "start": start,
        "end": start + len(SENTENCES[2]),
    }

    status, told = script.send("quotes", **place, text=SENTENCES[2], target="")
    refused, why = script.send("quotes", **place, text=SENTENCES[3], target="")

    assert (status, told["anchor"], told["unfold"]) == (200, "quote-1", "tray")
    assert (refused, why["message"]) == (400, "该页文字与您选取的文字不一致。请刷新页面后重新选取。")
    session.rollback()
    assert [quote.text for quote in fresh(session, reading.forms[0]).quotes] == [SENTENCES[2]]


def test_selection_at_the_very_beginning_of_a_page_is_kept(script: Script, reading: made.Reading) -> None:
    place = {"document_id": reading.documents[0].id, "page": 1, "start": 0, "end": 12}

    status, _told = script.send("quotes", **place, text=RULING[:12], target="")

    assert status == 200


def test_page_of_the_file_comes_alone(script: Script, reading: made.Reading) -> None:
    browser = script.browser.get(f"{script.address}/page", document=reading.documents[1].id, page=2)

    assert browser.page.select_one("#desk") is None
    assert browser.page.select_one(".file-text")["data-page"] == "2"  # type: ignore[index]


def test_nobody_else_reaches_the_script_addresses(script: Script, reading: made.Reading) -> None:
    script.browser.sign_in(reading.coordinator)
    for path in ("draft", "quotes", "citations"):
        script.browser.post(f"{script.address}/{path}", {"edition": "0", "csrf_token": script.token})
        assert script.browser.status in (400, 404)
