"""Completing names while writing in a discussion: by keys alone, and only people of the panel and its secretary."""

from selenium.webdriver.common.keys import Keys
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from tests import factories
from tests.chromium.window import Window
from tests.deliberations.made import deliberating_case


def test_names_are_completed_by_keys_and_only_those_one_may_ask(window: Window, session: Session) -> None:
    made = deliberating_case(session, 4)
    factories.person(session, Role.LEADER, name="专家之外的领导")
    session.commit()
    writer, others = made.members[0], made.members[1:]
    window.sign_in(writer).open(f"/reviews/{made.review.id}/discussions/new")
    text = window.find("textarea[name=text]")

    text.send_keys("请@专家")
    window.until(lambda: window.all(".mention-list li"), "no names are offered")
    offered = {one.text for one in window.all(".mention-list li")}
    text.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    value = text.get_attribute("value")
    ticked = [box.get_attribute("value") for box in window.all("input[name=mentioned]") if box.is_selected()]

    assert offered == {one.name for one in others}
    assert value in {f"请@{one.name} " for one in others}
    assert len(ticked) == 1
    assert window.find(".mention-list").get_attribute("hidden") is not None
