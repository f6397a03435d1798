from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app import rulebook
from review_app.clocks import calendar as calendars
from review_app.clocks.calendar import CalendarUnknown
from review_app.clocks.computation import (
    Colour,
    Due,
    Pause,
    after_months,
    colour,
    due_date,
    in_time,
    rule_due,
    working_days_after,
)
from review_app.errors import ReviewError

CALENDAR = calendars.load()
RULES = rulebook.load()
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(start: str, limit: int, unit: str, **more: object) -> Due:
    return due_date(start=day(start), limit=limit, unit=unit, calendar=CALENDAR, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "limit", "extension", "unrolled", "rolled"),
    [
        ("2024-01-31", 15, 0, "2024-02-15", "2024-02-18"),
        ("2024-02-05", 15, 0, "2024-02-20", "2024-02-20"),
        ("2024-02-05", 60, 0, "2024-04-05", "2024-04-07"),
        ("2024-02-05", 60, 30, "2024-05-05", "2024-05-06"),
        ("2024-04-03", 30, 0, "2024-05-03", "2024-05-06"),
        ("2024-02-28", 1, 0, "2024-02-29", "2024-02-29"),
        ("2023-02-27", 2, 0, "2023-03-01", "2023-03-01"),
        ("2023-12-31", 1, 0, "2024-01-01", "2024-01-02"),
        ("2024-09-01", 30, 0, "2024-10-01", "2024-10-08"),
        ("2024-09-14", 15, 0, "2024-09-29", "2024-09-29"),
        ("2025-01-13", 15, 0, "2025-01-28", "2025-02-05"),
        ("2025-01-20", 15, 0, "2025-02-04", "2025-02-05"),
        ("2025-09-01", 30, 0, "2025-10-01", "2025-10-09"),
        ("2026-02-01", 15, 0, "2026-02-16", "2026-02-24"),
        ("2026-05-01", 1, 0, "2026-05-02", "2026-05-06"),
        ("2022-12-16", 15, 0, "2022-12-31", "2023-01-03"),
    ],
)
def test_calendar_days(start: str, limit: int, extension: int, unrolled: str, rolled: str) -> None:
    petitioner = due(start, limit, "d", extension=extension, roll_forward=True)
    organ = due(start, limit, "d", extension=extension)

    assert (petitioner.on, petitioner.unrolled) == (day(rolled), day(unrolled))
    assert (organ.on, organ.rolled) == (day(unrolled), day(rolled))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2024-02-07", 5, "2024-02-20"),
        ("2024-04-03", 5, "2024-04-11"),
        ("2024-04-26", 5, "2024-05-07"),
        ("2023-09-27", 5, "2023-10-10"),
        ("2024-02-02", 1, "2024-02-04"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-17", 1, "2024-02-18"),
        ("2024-09-13", 1, "2024-09-14"),
        ("2024-09-13", 2, "2024-09-18"),
        ("2024-09-30", 3, "2024-10-10"),
        ("2024-10-10", 2, "2024-10-12"),
        ("2024-10-11", 3, "2024-10-15"),
        ("2024-05-10", 1, "2024-05-11"),
        ("2024-06-07", 5, "2024-06-17"),
        ("2023-01-20", 3, "2023-01-30"),
        ("2023-04-28", 5, "2023-05-09"),
        ("2023-06-21", 3, "2023-06-27"),
        ("2023-12-29", 5, "2024-01-08"),
        ("2022-01-30", 2, "2022-02-08"),
        ("2022-04-29", 5, "2022-05-10"),
        ("2022-09-30", 2, "2022-10-09"),
        ("2022-12-30", 3, "2023-01-05"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-02-07", 1, "2025-02-08"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-05-30", 3, "2025-06-05"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-13", 6, "2026-02-28"),
        ("2026-01-01", 1, "2026-01-04"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2024-03-01", 30, "2024-04-15"),
        ("2024-03-01", 45, "2024-05-08"),
        ("2024-01-02", 0, "2024-01-02"),
    ],
)
def test_working_days(start: str, count: int, expected: str) -> None:
    assert working_days_after(day(start), count, CALENDAR).on == day(expected)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-01-15", 6, "2024-07-15"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-07-31", 12, "2024-07-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-10-31", 1, "2024-11-30"),
    ],
)
def test_months(start: str, months: int, expected: str) -> None:
    assert after_months(day(start), months) == day(expected)
    assert due(start, months, "m").on == day(expected)


@pytest.mark.parametrize(
    ("unit", "pauses", "expected"),
    [
        ("d", [], "2024-03-31"),
        ("d", [("2024-03-05", "2024-03-10")], "2024-04-05"),
        ("d", [("2024-03-05", "2024-03-10"), ("2024-03-08", "2024-03-12")], "2024-04-07"),
        ("d", [("2024-03-05", "2024-03-10"), ("2024-04-04", "2024-04-06")], "2024-04-07"),
        ("d", [("2024-02-01", "2024-02-20")], "2024-03-31"),
        ("d", [("2024-02-28", "2024-03-03")], "2024-04-01"),
        ("d", [("2024-06-01", "2024-07-01")], "2024-03-31"),
        ("d", [("2024-03-05", "2024-03-05")], "2024-03-31"),
        ("m", [("2024-03-05", "2024-03-10")], "2024-04-06"),
        ("wd", [], "2024-04-15"),
        ("wd", [("2024-03-09", "2024-03-11")], "2024-04-15"),
        ("wd", [("2024-03-11", "2024-03-16")], "2024-04-22"),
    ],
)
def test_pauses_stop_the_clock(unit: str, pauses: list[tuple[str, str]], expected: str) -> None:
    limit = 1 if unit == "m" else 30

    result = due("2024-03-01", limit, unit, pauses=[Pause(day(start), day(end)) for start, end in pauses])

    assert result.on == day(expected)


def test_open_pause_moves_the_date_every_day() -> None:
    pauses = [Pause(day("2024-03-05"))]

    first = due("2024-03-01", 30, "d", pauses=pauses, today=day("2024-03-06"))
    later = due("2024-03-01", 30, "d", pauses=pauses, today=day("2024-03-07"))

    assert (first.on, first.provisional) == (day("2024-04-02"), True)
    assert later.on == day("2024-04-03")


def test_open_pause_needs_the_day() -> None:
    with pytest.raises(ReviewError, match="计算截至哪一天"):
        due("2024-03-01", 30, "d", pauses=[Pause(day("2024-03-05"))])


@pytest.mark.parametrize(
    ("limit", "unit", "pauses", "sentence"),
    [
        (-1, "d", [], "不能是负数"),
        (1, "weeks", [], "没有期限单位"),
        (1, "d", [Pause(date(2024, 3, 5), date(2024, 3, 4))], "结束日不能早于开始日"),
    ],
)
def test_impossible_input_is_explained(limit: int, unit: str, pauses: list[Pause], sentence: str) -> None:
    with pytest.raises(ReviewError, match=sentence):
        due("2024-03-01", limit, unit, pauses=pauses)


def test_unknown_year_is_refused() -> None:
    with pytest.raises(CalendarUnknown, match="2027年"):
        working_days_after(day("2026-12-30"), 5, CALENDAR)


def test_assumed_year_is_shown_as_provisional() -> None:
    assumed = working_days_after(day("2026-12-30"), 5, CALENDAR.assuming_weekdays())

    assert (assumed.on, assumed.provisional) == (day("2027-01-06"), True)
    assert not working_days_after(day("2026-12-21"), 5, CALENDAR).provisional


def test_calendar_days_of_an_organ_need_no_calendar() -> None:
    result = due("2026-12-20", 30, "d")

    assert (result.on, result.provisional) == (day("2027-01-19"), False)


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        ("C01", "2024-01-31", "2024-02-15"),
        ("C04", "2024-02-07", "2024-02-20"),
        ("C05", "2024-02-05", "2024-04-05"),
        ("C07", "2024-04-03", "2024-05-06"),
        ("C08", "2024-04-03", "2024-05-03"),
        ("C14", "2024-09-30", "2024-10-10"),
    ],
)
def test_clocks_of_the_rule_file(code: str, start: str, expected: str) -> None:
    assert rule_due(code, start=day(start), rules=RULES, calendar=CALENDAR).on == day(expected)


def test_extension_lengthens_handling() -> None:
    extended = rule_due("C05", start=day("2024-02-05"), rules=RULES, calendar=CALENDAR, extended_by="C06")

    assert (extended.on, extended.rolled) == (day("2024-05-05"), day("2024-05-06"))


def test_hearing_pauses_only_the_recheck() -> None:
    hearing = [Pause(day("2024-03-05"), day("2024-03-10"))]

    recheck = rule_due("C10", start=day("2024-03-01"), rules=RULES, calendar=CALENDAR, pauses=hearing)

    assert recheck.on == day("2024-04-05")
    with pytest.raises(ReviewError, match="不因任何事由停止计算"):
        rule_due("C05", start=day("2024-03-01"), rules=RULES, calendar=CALENDAR, pauses=hearing)


def test_switched_off_clock_is_refused() -> None:
    with pytest.raises(ReviewError, match="C13未启用"):
        rule_due("C13", start=day("2024-03-01"), rules=RULES, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-03-09", Colour.GREEN),
        ("2024-03-10", Colour.YELLOW),
        ("2024-03-16", Colour.YELLOW),
        ("2024-03-17", Colour.ORANGE),
        ("2024-03-20", Colour.ORANGE),
        ("2024-03-21", Colour.RED),
    ],
)
def test_colour(today: str, expected: Colour) -> None:
    assert colour(day("2024-03-20"), day(today), RULES.clocks.colours) is expected


def test_mailed_request_is_in_time_by_postmark() -> None:
    last = day("2024-05-06")

    assert in_time(last, received_on=day("2024-05-06"))
    assert not in_time(last, received_on=day("2024-05-07"))
    assert in_time(last, received_on=day("2024-05-09"), posted_on=day("2024-05-06"))


days = st.dates(date(2022, 6, 1), date(2025, 6, 1))
pauses = st.lists(
    st.builds(lambda start, length: Pause(start, start + timedelta(length)), days, st.integers(0, 40)),
    max_size=4,
)


@calm
@given(
    days, st.integers(0, 90), st.sampled_from(["d", "wd"]), pauses, pauses, st.integers(0, 30), st.booleans()
)
def test_due_date_never_moves_back_with_pauses_or_extension(
    start: date, limit: int, unit: str, some: list[Pause], more: list[Pause], extension: int, roll: bool
) -> None:
    def with_pauses(given_pauses: list[Pause], extra: int) -> date:
        return due_date(
            start=start,
            limit=limit,
            unit=unit,
            calendar=CALENDAR,
            pauses=given_pauses,
            extension=extra,
            roll_forward=roll,
        ).on

    base = with_pauses(some, 0)
    assert base >= start
    assert with_pauses([*some, *more], 0) >= base
    assert with_pauses(some, extension) >= base


@calm
@given(days, st.integers(1, 60))
def test_last_working_day_is_worked(start: date, count: int) -> None:
    assert CALENDAR.is_working_day(working_days_after(start, count, CALENDAR).on)
