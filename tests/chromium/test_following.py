"""A member's page follows the session of his panel without being loaded again."""

from sqlalchemy.orm import Session

from review_app.deliberations.models import Ballot, Deliberation
from review_app.deliberations.sessions import cast_ballots, open_questions
from tests.chromium.window import Window
from tests.conftest import NOW
from tests.deliberations.made import Made, answer_on, deliberating_case, opened, upholders_by_code

MARK = "document.body.dataset.same = 'page'"
SAME = "return document.body.dataset.same === 'page'"


def others_vote(session: Session, made: Made, deliberation: Deliberation, *, but: int) -> None:
    upholders = upholders_by_code(made)
    for index, person in enumerate(made.members):
        if index == but:
            continue
        asked = open_questions(deliberation, person)
        votes = {question.id: answer_on(question, f"m{index + 1}", upholders) for question in asked}
        cast_ballots(session, deliberation, votes, by=person, now=NOW)
    session.commit()


def until_gone(window: Window, selector: str) -> None:
    window.until(lambda: not window.all(selector), f"{selector} is still there")


def test_a_session_is_followed_without_reloading(window: Window, session: Session) -> None:
    made = deliberating_case(session, 4)
    session.commit()
    window.sign_in(made.members[2]).open(f"/reviews/{made.review.id}/deliberation")
    window.driver.execute_script(MARK)

    deliberation = opened(session, made)
    session.commit()
    window.find("#paper")

    window.find("#paper textarea").send_keys("卷内材料不足")
    others_vote(session, made, deliberation, but=2)
    window.driver.execute_script("document.activeElement.blur()")
    waiting = window.find("#paper textarea").get_attribute("value")
    told_before_the_last_vote = window.find("main").text

    asked = open_questions(deliberation, made.members[2])
    votes = {question.id: answer_on(question, "m3", upholders_by_code(made)) for question in asked}
    cast_ballots(session, deliberation, votes, by=made.members[2], now=NOW)
    session.commit()
    window.until(lambda: "研讨有新进展" in window.find("main").text, "no word of the news")

    assert waiting == window.find("#paper textarea").get_attribute("value") == "卷内材料不足"
    assert "表决情况" not in told_before_the_last_vote
    assert session.query(Ballot).count() > 0
    assert window.driver.execute_script(SAME)

    window.driver.execute_script("document.querySelector('#paper textarea').value = ''")
    window.until(lambda: "表决情况" in window.find("main").text, "the result of the vote did not appear")
    assert window.driver.execute_script(SAME)
