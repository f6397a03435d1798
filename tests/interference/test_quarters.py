from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from review_app.interference.quarters import Quarter, ended_quarters, quarter_of

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_quarter_begins_at_midnight_in_shanghai() -> None:
    first = Quarter(2024, 1)

    assert (first.starts_on, first.ends_on) == (date(2024, 1, 1), date(2024, 3, 31))
    assert first.begins == datetime(2023, 12, 31, 16, tzinfo=UTC)
    assert first.is_followed == datetime(2024, 3, 31, 16, tzinfo=UTC)
    assert (first.name, first.code) == ("2024年第一季度", "2024-1")


def test_the_fourth_is_followed_by_the_first_of_the_next_year() -> None:
    assert Quarter(2023, 4).following == Quarter(2024, 1)
    assert Quarter(2023, 4).ends_on == date(2023, 12, 31)


@given(day=days)
def test_every_day_is_in_exactly_one_quarter(day: date) -> None:
    quarter = quarter_of(day)

    assert quarter.starts_on <= day <= quarter.ends_on
    assert quarter_of(quarter.ends_on + timedelta(days=1)) == quarter.following


def test_only_quarters_that_are_over_have_ended() -> None:
    assert list(ended_quarters(date(2023, 8, 9), date(2024, 3, 31))) == [Quarter(2023, 3), Quarter(2023, 4)]
    assert list(ended_quarters(date(2024, 3, 31), date(2024, 4, 1))) == [Quarter(2024, 1)]
    assert list(ended_quarters(date(2024, 4, 1), date(2024, 4, 1))) == []
