from datetime import date, timedelta

import pytest

from review_app.clocks import calendar as calendars
from review_app.clocks.calendar import CalendarUnknown

CALENDAR = calendars.load()

WORKED_WEEKENDS = [
    "2022-01-29",
    "2022-01-30",
    "2022-04-02",
    "2022-04-24",
    "2022-05-07",
    "2022-10-08",
    "2022-10-09",
    "2023-01-28",
    "2023-01-29",
    "2023-04-23",
    "2023-05-06",
    "2023-06-25",
    "2023-10-07",
    "2023-10-08",
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]
HOLIDAY_WEEKDAYS = [
    "2022-01-03",
    "2022-01-31",
    "2022-02-04",
    "2022-04-05",
    "2022-05-04",
    "2022-06-03",
    "2022-09-12",
    "2022-10-07",
    "2023-01-02",
    "2023-01-27",
    "2023-04-05",
    "2023-05-03",
    "2023-06-22",
    "2023-09-29",
    "2023-10-06",
    "2024-01-01",
    "2024-02-12",
    "2024-02-16",
    "2024-04-04",
    "2024-04-05",
    "2024-05-03",
    "2024-06-10",
    "2024-09-16",
    "2024-10-07",
    "2025-01-01",
    "2025-01-28",
    "2025-02-04",
    "2025-04-04",
    "2025-05-05",
    "2025-06-02",
    "2025-10-08",
    "2026-01-02",
    "2026-02-16",
    "2026-02-23",
    "2026-04-06",
    "2026-05-05",
    "2026-06-19",
    "2026-09-25",
    "2026-10-07",
]
PLAIN_DAYS = [
    "2022-02-07",
    "2023-12-29",
    "2024-02-09",
    "2024-02-19",
    "2024-09-18",
    "2025-02-05",
    "2025-10-09",
    "2026-02-24",
    "2026-10-08",
]
PLAIN_WEEKENDS = [
    "2022-02-12",
    "2023-12-30",
    "2024-04-06",
    "2024-05-12",
    "2024-09-21",
    "2025-01-25",
    "2025-10-12",
    "2026-02-22",
    "2026-10-11",
]


@pytest.mark.parametrize("day", WORKED_WEEKENDS)
def test_make_up_weekend_is_a_working_day(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", HOLIDAY_WEEKDAYS)
def test_holiday_on_a_weekday_is_off(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", PLAIN_DAYS)
def test_ordinary_weekday_is_worked(day: str) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", PLAIN_WEEKENDS)
def test_ordinary_weekend_is_off(day: str) -> None:
    assert not CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(("year", "count"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_number_of_working_days_of_a_year(year: int, count: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]

    assert sum(CALENDAR.is_working_day(day) for day in days if day.year == year) == count


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2027, 1, 4)])
def test_unknown_year_is_refused_not_guessed(day: date) -> None:
    with pytest.raises(CalendarUnknown, match=f"没有{day.year}年的放假调休安排"):
        CALENDAR.is_working_day(day)


def test_assumption_is_for_later_years_only() -> None:
    assuming = CALENDAR.assuming_weekdays()

    assert assuming.is_working_day(date(2027, 1, 4))
    assert not assuming.is_working_day(date(2027, 1, 3))
    with pytest.raises(CalendarUnknown):
        assuming.is_working_day(date(2021, 12, 31))
    assert not CALENDAR.assume_weekdays


def test_working_day_from_stays_or_moves_on() -> None:
    assert CALENDAR.working_day_from(date(2024, 2, 9)) == date(2024, 2, 9)
    assert CALENDAR.working_day_from(date(2024, 2, 10)) == date(2024, 2, 18)


def test_every_listed_day_lies_in_its_year() -> None:
    for number, year in CALENDAR.years.items():
        assert {day.year for pair in year.days_off for day in pair} == {number}
        assert {day.year for day in year.working} == {number}
        assert all(first <= last for first, last in year.days_off)
        assert all(day.weekday() >= 5 for day in year.working)


def test_daily_work_goes_on_before_the_announcement_but_says_so() -> None:
    assert calendars.working_calendar().is_working_day(date(2027, 1, 4))
    assert calendars.is_provisional(date(2027, 1, 4))
    assert not calendars.is_provisional(date(2026, 12, 31))
