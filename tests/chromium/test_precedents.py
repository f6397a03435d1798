"""Reading a case in a real browser: jumping from hit to hit, and citing by selecting."""

from datetime import datetime

import pytest
from selenium.webdriver.common.by import By
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.precedents.library import open_library
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests import factories
from tests.chromium.window import Window
from tests.evaluations import made
from tests.precedents.cases import JUDGMENT, indexed, stored_case

SELECT = """
const text = document.querySelector("[data-full-text]");
const mark = text.querySelector("mark");
const range = document.createRange();
range.setStart(mark.firstChild, 0);
range.setEnd(mark.nextSibling, arguments[0]);
document.getSelection().removeAllRanges();
document.getSelection().addRange(range);
"""


@pytest.fixture
def address_of_case(session: Session, settings: Settings, now: datetime) -> str:
    """A case opened from the form of a review whose expert is ``reader``."""
    case = stored_case(session, now, JUDGMENT.replace("公诉机关", "💡公诉机关"))
    review = factories.review(session, ReviewState.READING)
    reader = factories.person(session, Role.EXPERT, name="阅卷人")
    reader.login = "reader"
    factories.seat(session, review, reader)
    indexed(session, open_library(settings.index_folder), now)
    return f"/precedents/{case.id}?q=“不构成逃逸”&review={review.id}&for_form=1"


def test_selected_words_fill_the_citation_with_their_place(
    window: Window, session: Session, address_of_case: str
) -> None:
    text = JUDGMENT.replace("公诉机关", "💡公诉机关")
    window.sign_in(session.query(factories.Person).filter_by(login="reader").one()).open(address_of_case)

    window.driver.execute_script(SELECT, 8)

    window.wait_for("引用到评查表")
    values = {
        name: window.find(f"[data-cite] [name={name}]").get_attribute("value")
        for name in ("start", "end", "quote")
    }
    start, end = int(values["start"] or 0), int(values["end"] or 0)
    assert text[start:end] == values["quote"] == "不构成逃逸，且已取得谅解，"
    assert window.complaints == []


def test_case_is_read_hit_by_hit_and_on_a_phone(
    window: Window, session: Session, address_of_case: str
) -> None:
    window.sign_in(session.query(factories.Person).filter_by(login="reader").one()).open(address_of_case)

    window.find("[data-jump] button:last-of-type").click()

    focused = window.driver.switch_to.active_element
    assert (focused.tag_name, focused.text) == ("mark", "不构成逃逸")
    window.phone()
    assert window.overflow == 0
    assert window.driver.find_element(By.CSS_SELECTOR, "#quote").is_displayed()


def test_search_is_worked_by_keys_alone(
    window: Window, session: Session, settings: Settings, now: datetime
) -> None:
    for number in range(12):
        text = JUDGMENT.replace("31号", f"{number + 40}号")
        stored_case(session, now, text, title=f"第{number:02}件交通肇事案")
    indexed(session, open_library(settings.index_folder), now)
    reader = factories.person(session, Role.EXPERT)
    session.commit()
    window.sign_in(reader).open("/precedents?q=逃逸")

    def press(keys: str) -> None:
        window.driver.switch_to.active_element.send_keys(keys)

    second = window.all(".hit h2 a")[1].text
    press("jj")
    assert window.driver.switch_to.active_element.text == second
    press("c")
    window.wait_for("再选一件即可并排对比")
    press("n")
    window.wait_for("第11–12件，共12件")
    press("?")
    assert window.find("dialog[data-keys]").is_displayed()
    window.find("dialog[data-keys] button").click()
    press("/")
    assert window.driver.switch_to.active_element.get_attribute("id") == "q"
    window.driver.find_element(By.CSS_SELECTOR, "body").click()
    press("jo")
    window.wait_for("文书结构")

    assert window.find("[data-outline] .is-here").text
    assert window.complaints == []


def test_quotation_reaches_the_form_and_tells_of_a_newer_text(
    window: Window, session: Session, settings: Settings, now: datetime
) -> None:
    reading = made.reading(session, size=3)
    case = stored_case(session, now)
    indexed(session, open_library(settings.index_folder), now)
    form = f"/reviews/{reading.review.id}/form?open=cases"
    window.sign_in(reading.members[0]).open(form)
    search = window.find("#cases a[href*='for_form']").get_attribute("href") or ""
    window.driver.get(f"{search}&q=“不构成逃逸”")
    window.press(".hit h2 a")
    window.driver.execute_script(SELECT, 8)
    window.wait_for("引用到评查表")

    window.press("[data-cite] button")
    window.wait_for("案例已引入评查表")
    assert "不构成逃逸，且已取得谅解" in window.find("#cases").text
    stored_case(session, now, case.text.replace("四百米", "五百米"))
    session.commit()
    window.open(form)

    window.wait_for("来源已有新版本")
    window.press("#cases .quote-state a")
    window.wait_for("所引文字在现行文本中仍然存在")
    assert window.find("mark").text == "不构成逃逸，且已取得谅解，"
    assert window.complaints == []
