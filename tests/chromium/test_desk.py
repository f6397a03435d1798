"""The scoring desk in a real browser: saving while typing, quoting what is selected, two tabs, a lost connection."""

from typing import Any

import pytest
from selenium.webdriver.common.by import By
from sqlalchemy.orm import Session

from review_app.evaluations.drafting import save_draft
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from tests.chromium.window import Window
from tests.conftest import NOW
from tests.evaluations import made
from tests.evaluations.made import RULING, SENTENCES

SELECT = """
const text = document.querySelector(".file-text").firstChild;
const range = document.createRange();
range.setStart(text, arguments[0]);
range.setEnd(text, arguments[1]);
getSelection().removeAllRanges();
getSelection().addRange(range);
"""

LEAVE_WITHOUT_ASKING = "addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)"
SEND_NOTHING_MORE = "window.fetch = () => new Promise(() => {})"
AIMED = "return Boolean(document.activeElement.closest('#deduction-1'))"


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    session.commit()
    return reading


@pytest.fixture
def desk(window: Window, reading: made.Reading) -> Window:
    return window.sign_in(reading.members[0]).open(f"/reviews/{reading.review.id}/form?open=D1")


def stored(session: Session, reading: made.Reading) -> EvalForm:
    session.rollback()
    return fresh(session, reading.forms[0])


def until(window: Window, selector: str, words: str) -> None:
    """Wait until an element says ``words``."""
    window.until(
        lambda: any(words in str(one.get_attribute("textContent")) for one in window.all(selector)),
        f"{words!r} did not appear in {selector}",
    )


def value(window: Window, selector: str) -> Any:
    return window.driver.execute_script("return document.querySelector(arguments[0]).value", selector)


def offline(window: Window, cut: bool) -> None:
    window.driver.execute_cdp_cmd("Network.enable", {})
    conditions = {"offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    window.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)


def test_typing_is_saved_by_itself(desk: Window, session: Session, reading: made.Reading) -> None:
    desk.type("#f-D1-text", "原判认定的基本事实清楚，与卷内证据相互印证，没有遗漏。")

    until(desk, "[data-saved]", "已保存")

    assert stored(session, reading).notes[0].text == "原判认定的基本事实清楚，与卷内证据相互印证，没有遗漏。"
    assert "strip-done" in desk.find("[data-strip=D1]").get_attribute("class")
    assert desk.complaints == []


def test_selected_words_become_evidence_of_the_deduction(
    desk: Window, session: Session, reading: made.Reading
) -> None:
    desk.type("#add_code", "D7-04\n")
    until(desk, ".score-total [data-score]", "94")
    desk.until(lambda: desk.driver.execute_script(AIMED), "the new deduction has not got the focus")
    start = RULING.index(SENTENCES[5])

    desk.driver.execute_script(SELECT, start, start + len(SENTENCES[5]))
    desk.find("#quote-bar:not([hidden]) #quote-button").click()
    until(desk, "#deduction-1 .quote", SENTENCES[5])

    (deduction,) = stored(session, reading).deductions
    assert [(quote.text, quote.start) for quote in deduction.quotes] == [(SENTENCES[5], start)]
    assert desk.complaints == []


def test_turning_a_page_leaves_the_form_as_it_is(desk: Window, reading: made.Reading) -> None:
    desk.type("#f-D1-text", "还没有写完")

    desk.choose("#document", str(reading.documents[1].id))
    until(desk, ".file-text", "执行笔录")
    desk.find("[data-turn=next]").click()
    until(desk, ".file-text", "第二页只有这一句话")

    assert value(desk, "#f-D1-text") == "还没有写完"
    assert desk.path.startswith(f"/reviews/{reading.review.id}/form?open=D1")


def test_two_tabs_writing_one_field_lose_nothing(
    desk: Window, session: Session, reading: made.Reading
) -> None:
    first = desk.driver.current_window_handle
    desk.driver.switch_to.new_window("tab")
    second = desk.driver.current_window_handle
    desk.open(f"/reviews/{reading.review.id}/form?open=D1")
    desk.type("#f-D1-text", "第二个窗口先写")
    until(desk, "[data-saved]", "已保存")
    desk.driver.switch_to.window(first)

    desk.type("#f-D1-text", "第一个窗口后写")
    until(desk, "#D1 .theirs", "第二个窗口先写")
    before = stored(session, reading).notes[0].text
    desk.find("#D1 .theirs button").click()
    until(desk, "[data-saved]", "已保存")

    assert before == "第二个窗口先写"
    assert stored(session, reading).notes[0].text == "第一个窗口后写"
    desk.driver.switch_to.window(second)
    desk.driver.close()
    desk.driver.switch_to.window(first)


def test_text_typed_without_connection_is_kept_sealed_and_offered_back(
    desk: Window, session: Session, reading: made.Reading
) -> None:
    offline(desk, True)
    desk.type("#f-D1-text", "断网时写下的判断")
    until(desk, "[data-saved]", "已加密暂存在本机")
    kept = desk.driver.execute_script("return Object.values(localStorage).join()")
    desk.driver.execute_script(LEAVE_WITHOUT_ASKING)
    desk.driver.execute_script(SEND_NOTHING_MORE)
    desk.driver.get("about:blank")  # the lid is closed before the connection is back
    offline(desk, False)
    lost = stored(session, reading).notes[0].text
    desk.open(f"/reviews/{reading.review.id}/form?open=D1")

    desk.find(".kept .btn-primary").click()
    until(desk, "[data-saved]", "已保存")

    assert lost == ""
    assert "断网" not in kept and kept != ""
    assert value(desk, "#f-D1-text") == "断网时写下的判断"
    assert stored(session, reading).notes[0].text == "断网时写下的判断"
    assert desk.driver.execute_script("return localStorage.length") == 0


def test_kept_and_saved_versions_are_compared_field_by_field(
    desk: Window, session: Session, reading: made.Reading
) -> None:
    offline(desk, True)
    desk.type("#f-D1-text", "离线时写下的认定。")
    desk.type("#f-highlights", "离线时写下的亮点。")
    until(desk, "[data-saved]", "暂存在本机")
    desk.driver.execute_script(LEAVE_WITHOUT_ASKING)
    desk.driver.execute_script(SEND_NOTHING_MORE)
    form = stored(session, reading)
    save_draft(
        session, form, {"D1.text": ["在家里写下的认定。"], "highlights": ["在家里写下的亮点。"]},
        edition=form.edition, by=reading.members[0], now=NOW,
    )  # fmt: skip
    session.commit()
    offline(desk, False)
    desk.open(f"/reviews/{reading.review.id}/form?open=D1")

    marked = [one.text for one in desk.until(lambda: desk.all(".kept .version mark"), "nothing compared")]
    desk.find(".kept input[name='kept-D1.text'][value=both]").click()
    desk.find(".kept input[name='kept-highlights'][value=theirs]").click()
    desk.picture("kept-versions")
    desk.find(".kept .btn-primary").click()
    until(desk, "[data-saved]", "已保存")

    form = stored(session, reading)
    assert any("离线" in one for one in marked) and any("家里" in one for one in marked)
    assert form.notes[0].text.replace("\r\n", "\n") == "在家里写下的认定。\n离线时写下的认定。"
    assert form.highlights == "在家里写下的亮点。"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_desk_fits_a_phone_one_pane_at_a_time(desk: Window, language: str) -> None:
    if language == "en":
        desk.press(".language-switch button")
        desk.open(desk.path)
    desk.phone()

    form_shown = (desk.find("#form-pane").is_displayed(), desk.find("#file-pane").is_displayed())
    desk.driver.find_element(By.CSS_SELECTOR, "label[for=pane-file]").click()
    file_shown = (desk.find("#form-pane").is_displayed(), desk.find("#file-pane").is_displayed())

    assert (form_shown, file_shown) == ((True, False), (False, True))
    assert desk.overflow == 0


def test_single_keys_can_be_switched_off(desk: Window) -> None:
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}))"
    opened = "return document.getElementById('desk-keys').open"

    desk.driver.execute_script(press)
    on = desk.driver.execute_script(opened)
    desk.find("#single-keys").click()
    desk.driver.execute_script(press)
    still = desk.driver.execute_script(opened)
    desk.find("#single-keys").click()

    assert (on, still) == (True, True)
    assert desk.driver.execute_script("return localStorage.length") == 0
    assert desk.complaints == []
