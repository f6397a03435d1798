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
