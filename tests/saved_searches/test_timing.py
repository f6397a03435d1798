from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.clock import SHANGHAI
from review_app.saved_searches.states import Frequency
from review_app.saved_searches.timing import last_due


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of April 2024 in Asia/Shanghai; the 1st is a Monday."""
    return datetime(2024, 4, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        (local(1, 7), local(1, 7), local(1, 7)),
        (local(8, 6, 59), local(7, 7), local(1, 7)),
        (local(8, 7), local(8, 7), local(8, 7)),
        (local(10, 23), local(10, 7), local(8, 7)),
    ],
)
def test_daily_ones_are_due_at_seven_and_weekly_ones_on_monday(
    now: datetime, daily: datetime, weekly: datetime
) -> None:
    assert last_due(Frequency.DAILY, now) == daily
    assert last_due(Frequency.WEEKLY, now) == weekly
    assert last_due(Frequency.NEVER, now) is None


@given(
    now=st.integers(0, 10**9).map(lambda seconds: datetime.fromtimestamp(10**9 + seconds, UTC)),
    later=st.timedeltas(timedelta(0), timedelta(days=30)),
)
def test_due_moments_lie_behind_and_only_move_forward(now: datetime, later: timedelta) -> None:
    for frequency, longest in ((Frequency.DAILY, timedelta(days=1)), (Frequency.WEEKLY, timedelta(days=7))):
        due, next_due = last_due(frequency, now), last_due(frequency, now + later)
        assert due is not None
        assert next_due is not None
        assert timedelta(0) <= now - due < longest
        assert next_due >= due
