"""A whole deliberation with five browsers: five members, each on a screen of his own, from the first question to the
last stance."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.deliberations.models import Deliberation
from review_app.deliberations.queries import present_session
from review_app.deliberations.sessions import open_questions
from review_app.deliberations.states import Stage, Stance
from tests.chromium.conftest import BROWSER, DRIVER, OPTIONS
from tests.chromium.window import Window
from tests.conftest import TestClock
from tests.deliberations.made import Made, answer_on, deliberating_case, upholders_by_code

CHOOSE = """
for (const [name, value] of Object.entries(arguments[0])) {
  const radio = document.querySelector(`#paper input[name="${name}"][value="${value}"]`);
  if (radio) { radio.checked = true; continue; }
  document.querySelector(`#paper [name="${name}"]`).value = value;
}
"""
DISSENT = "网络查控已覆盖主要财产形式，不宜评价为财产调查未穷尽。"


@pytest.fixture
def windows(
    tmp_path_factory: pytest.TempPathFactory, address: str, database: Database, clock: TestClock
) -> Iterator[list[Window]]:
    drivers = []
    for _one in range(5):
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER or ""
        for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('five')}"):
            options.add_argument(option)
        drivers.append(webdriver.Chrome(options=options, service=Service(DRIVER)))
    pictures = tmp_path_factory.mktemp("pictures")
    yield [Window(driver, address, database, clock, pictures) for driver in drivers]
    for driver in drivers:
        driver.quit()


def present(session: Session, made: Made) -> Deliberation:
    session.rollback()
    held = present_session(session, made.review)
    assert held is not None
    return held


def fields(session: Session, made: Made, index: int) -> dict[str, str]:
    """What the member writes on his paper: the votes of the written case, then C and SUPPLEMENT."""
    upholders, typed = upholders_by_code(made), {}
    for question in open_questions(present(session, made), made.members[index]):
        if question.finding is not None:
            cast = answer_on(question, f"m{index + 1}", upholders)
            choice, reason = cast.choice, cast.reason
        else:
            choice, reason = {"GRADE": "C", "OUTCOME": "SUPPLEMENT"}.get(question.kind, "uphold"), ""
        typed |= {f"choice_{question.id}": choice, f"reason_{question.id}": reason}
    return typed


def vote(session: Session, made: Made, windows: list[Window]) -> None:
    """Everybody hands in his paper; before the last one nobody sees a result of this round."""
    for index, window in enumerate(windows):
        window.open(f"/reviews/{made.review.id}/deliberation").find("#paper form")
        window.driver.execute_script(CHOOSE, fields(session, made, index))
        window.driver.execute_script("window.confirm = () => true")
        window.driver.execute_script("document.querySelector('#paper form').requestSubmit()")
        window.until(lambda window=window: "已投出" in window.find("body").text, "the paper was not taken")  # type: ignore[misc]


def test_five_members_deliberate_on_five_screens(windows: list[Window], session: Session) -> None:
    made = deliberating_case(session, 1)
    session.commit()
    at = f"/reviews/{made.review.id}/deliberation"
    for window, member in zip(windows, made.members, strict=True):
        window.sign_in(member).open(at)

    chair = windows[0]
    for box in chair.all('input[name="present"]'):
        if not box.is_selected():
            chair.driver.execute_script("arguments[0].click()", box)
    chair.driver.execute_script("document.querySelector('[name=place]').value = '第二会议室'")
    chair.driver.execute_script("document.querySelector('[name=place]').form.requestSubmit()")
    vote(session, made, windows)
    first = present(session, made).stage
    vote(session, made, windows)
    for index, window in enumerate(windows):
        window.open(at)
        stance, words = (Stance.DISSENT, DISSENT) if index == 4 else (Stance.AGREE, "")
        window.driver.execute_script(
            "const form = document.querySelector('#final-stance form');"
            "form.querySelector(`[value=${arguments[0]}]`).checked = true;"
            "form.querySelector('textarea').value = arguments[1]; form.requestSubmit()",
            stance, words,
        )  # fmt: skip
        window.until(
            lambda window=window: "最后态度已记录" in window.find("body").text, "no stance was taken"
        )  # type: ignore[misc]

    held = present(session, made)
    assert (first, held.stage) == (Stage.CONCLUSIONS, Stage.CLOSED)
    assert all(len(question.ballots) == 5 for question in held.questions)
    assert [held.final_stances[one.id].stance for one in made.members] == [
        Stance.AGREE, Stance.AGREE, Stance.AGREE, Stance.AGREE, Stance.DISSENT,
    ]  # fmt: skip
    assert DISSENT in chair.open(at).find("main").text
    assert [window.driver.get_log("browser") for window in windows] == [[]] * 5
