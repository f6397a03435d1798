from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from review_app.followup.answering import Answered, Asked, Lack, lacks_of_reply
from review_app.followup.states import Answer

TODAY = date(2024, 4, 2)
ASKED = [Asked("finding:1", "财产调查未穷尽"), Asked("advice:1", "恢复执行")]


def lacks(*answers: Answered) -> list[tuple[str, str]]:
    found = lacks_of_reply(ASKED, {one.subject: one for one in answers}, today=TODAY)
    return [(lack.subject, lack.field) for lack in found]


def test_reply_with_an_answer_to_everything_lacks_nothing() -> None:
    done = Answered("finding:1", Answer.DONE, "已补作财产调查。")
    route = Answered("advice:1", Answer.ROUTE, "已恢复执行。", case_no="（2024）海0799执恢63号")

    assert lacks(done, route) == []


def test_reply_lacks_every_subject_that_has_no_answer() -> None:
    assert lacks() == [("finding:1", "answer"), ("advice:1", "answer")]


def test_refusal_needs_reasons_of_twenty_characters() -> None:
    short = Answered("finding:1", Answer.REFUSED, "不同意该意见。")
    blanks = Answered("advice:1", Answer.REFUSED, "不 同 意" + " " * 40)

    assert lacks(short, blanks) == [("finding:1", "text"), ("advice:1", "text")]


def test_plan_needs_a_day_that_is_not_past() -> None:
    without = Answered("finding:1", Answer.PLANNED, "将组织培训。")
    past = Answered("advice:1", Answer.PLANNED, "将组织培训。", planned_on=date(2024, 4, 1))

    assert lacks(without, past) == [("finding:1", "planned_on"), ("advice:1", "planned_on")]


def test_plan_for_today_is_complete() -> None:
    today = Answered("finding:1", Answer.PLANNED, "今天补正完毕。", planned_on=TODAY)

    assert lacks_of_reply(ASKED[:1], {"finding:1": today}, today=TODAY) == []


def test_route_needs_a_case_number() -> None:
    route = Answered("finding:1", Answer.ROUTE, "已启动程序。", case_no="  ")

    found = lacks_of_reply(ASKED[:1], {"finding:1": route}, today=TODAY)

    assert found == [Lack("finding:1", "case_no", "请填写所启动程序的案号。")]


def test_answer_to_something_not_asked_changes_nothing() -> None:
    stray = Answered("finding:99", Answer.DONE, "没有人问过。")

    assert lacks(stray) == lacks()


@given(st.sampled_from(Answer), st.text(max_size=60), st.none() | st.dates(), st.text(max_size=20))
def test_answer_that_lacks_nothing_says_something(
    answer: Answer, text: str, planned_on: date | None, case_no: str
) -> None:
    given_answer = Answered("finding:1", answer, text, planned_on, case_no)

    if not lacks_of_reply(ASKED[:1], {"finding:1": given_answer}, today=TODAY):
        assert text.strip()
        assert answer is not Answer.PLANNED or planned_on is not None
        assert answer is not Answer.ROUTE or case_no.strip()
