from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from review_app.notices.steps import REPLY_STEPS, TASK_STEPS, clock_steps, due_steps

DUE = date(2024, 4, 10)
DAYS = st.integers(-400, 400)


def names(day: date) -> list[str]:
    return [step.name for step in due_steps(TASK_STEPS, due=DUE, today=day)]


def test_steps_follow_the_due_day() -> None:
    days = [-4, -3, 0, 1, 200]

    assert [names(DUE + timedelta(days=day)) for day in days] == [
        [],
        ["before"],
        ["before"],
        ["overdue"],
        ["overdue"],
    ]


def test_reminder_before_does_not_need_its_exact_day() -> None:
    assert names(DUE - timedelta(days=1)) == ["before"]


def test_overdue_is_said_although_nothing_was_said_before() -> None:
    assert names(DUE + timedelta(days=30)) == ["overdue"]


def test_clock_turns_orange_then_red() -> None:
    steps = clock_steps(orange=3)

    assert [step.kind for step in due_steps(steps, due=DUE, today=DUE - timedelta(days=3))] == [
        "clock-orange"
    ]
    assert [step.kind for step in due_steps(steps, due=DUE, today=DUE + timedelta(days=1))] == ["clock-red"]


@given(DAYS)
def test_never_two_steps_on_one_day(days: int) -> None:
    for steps in (TASK_STEPS, REPLY_STEPS, clock_steps(orange=3)):
        assert len(due_steps(steps, due=DUE, today=DUE + timedelta(days=days))) <= 1
