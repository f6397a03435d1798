"""Due dates of statutory and internal time limits. Pure: the day, the calendar and the pauses are given.

The starting day is not counted (民法典第201条). Calendar days run through weekends and holidays. Pauses are
intervals, so that two overlapping ones stop the clock only once. Whether a last day that is a holiday rolls
forward to the next working day depends on whose limit it is (民法典第203条 by analogy)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from review_app.clocks.calendar import Calendar
from review_app.errors import N_, ReviewError
from review_app.rulebook.rules import Colours, Rules

DAY = timedelta(days=1)


class Colour(StrEnum):
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    ORANGE = "ORANGE"
    RED = "RED"


COLOUR_LABELS = {
    Colour.GREEN: N_("正常"),
    Colour.YELLOW: N_("将到期"),
    Colour.ORANGE: N_("临近到期"),
    Colour.RED: N_("已逾期"),
}


@dataclass(frozen=True)
class Pause:
    """The clock stands still from ``start`` up to, not including, ``end``; without ``end`` it still does."""

    start: date
    end: date | None = None


@dataclass(frozen=True)
class Due:
    """``on`` is the last day in time. ``unrolled`` is the counted last day, ``rolled`` the next working day
    if that is a holiday. ``provisional``: a calendar year was assumed, or the clock is paused still."""

    on: date
    unrolled: date
    rolled: date
    provisional: bool = False


def due_date(
    *,
    start: date,
    limit: int,
    unit: str,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    roll_forward: bool = False,
    today: date | None = None,
) -> Due:
    """The last day of ``limit`` + ``extension`` units after ``start``. ``unit``: d calendar days, wd working
    days, m months. ``today`` is needed while a pause is open: the clock is taken to run again tomorrow.
    Raises :class:`CalendarUnknown` where the calendar cannot tell."""
    if min(limit, extension) < 0:
        raise ReviewError(N_("期限不能是负数。"))
    closed = [closed_pause(pause, today) for pause in pauses]
    if unit == "wd":
        last = after_working_days(start, limit + extension, calendar, closed)
    elif unit == "m":
        last = after_days(start, (after_months(start, limit + extension) - start).days, closed)
    elif unit == "d":
        last = after_days(start, limit + extension, closed)
    else:
        raise ReviewError(N_("没有期限单位“%(unit)s”。"), unit=unit)
    rolled = (calendar if roll_forward else calendar.assuming_weekdays()).working_day_from(last)
    on = rolled if roll_forward else last
    counted = unit == "wd" or roll_forward
    provisional = any(pause.end is None for pause in pauses) or (counted and not calendar.knows(on))
    return Due(on, last, rolled, provisional)


def rule_due(
    code: str,
    *,
    start: date,
    rules: Rules,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extended_by: str | None = None,
    today: date | None = None,
) -> Due:
    """The due date of a clock of the rule file (C01 …), lengthened by ``extended_by`` (C06) if granted."""
    clock = rules.clocks.limits[code]
    if not clock.enabled:
        raise ReviewError(N_("期限%(code)s未启用。"), code=code)
    if pauses and not clock.pause:
        raise ReviewError(N_("期限%(code)s不因任何事由停止计算。"), code=code)
    return due_date(
        start=start,
        limit=clock.limit,
        unit=clock.unit,
        calendar=calendar,
        pauses=pauses,
        extension=rules.clocks.limits[extended_by].limit if extended_by else 0,
        roll_forward=rules.clocks.roll_forward[clock.party],
        today=today,
    )


def working_days_after(start: date, count: int, calendar: Calendar) -> Due:
    """The ``count``-th working day after ``start``."""
    return due_date(start=start, limit=count, unit="wd", calendar=calendar)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """The date of the ``count``-th working day after ``start``, for those who need no more than the date."""
    return working_days_after(start, count, calendar).on


def closed_pause(pause: Pause, today: date | None) -> tuple[date, date]:
    if pause.end is None:
        if today is None:
            raise ReviewError(N_("期限处于中止状态，须说明计算截至哪一天。"))
        return pause.start, max(pause.start, today + DAY)
    if pause.end < pause.start:
        raise ReviewError(N_("中止的结束日不能早于开始日。"))
    return pause.start, pause.end


def after_days(start: date, count: int, pauses: Sequence[tuple[date, date]]) -> date:
    day = start
    while count:
        day += DAY
        count -= not paused(day, pauses)
    return day


def after_working_days(
    start: date, count: int, calendar: Calendar, pauses: Sequence[tuple[date, date]]
) -> date:
    day = start
    while count:
        day += DAY
        count -= calendar.is_working_day(day) and not paused(day, pauses)
    return day


def after_months(start: date, count: int) -> date:
    """The same day ``count`` months later, or the last day of that month if it has no such day
    (民法典第202条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def paused(day: date, pauses: Sequence[tuple[date, date]]) -> bool:
    return any(start <= day < end for start, end in pauses)


def days_left(due: date, today: date) -> int:
    """Calendar days until the last day; negative when it has passed."""
    return (due - today).days


def colour(due: date, today: date, colours: Colours) -> Colour:
    """Green, yellow and orange while there is time, red once the last day has passed."""
    left = days_left(due, today)
    if left < 0:
        return Colour.RED
    if left <= colours.orange:
        return Colour.ORANGE
    return Colour.YELLOW if left <= colours.yellow else Colour.GREEN


def in_time(due: date, *, received_on: date, posted_on: date | None = None) -> bool:
    """Whether something arrived in time; what was mailed counts by its postmark
    (民事诉讼法（2023）第85条第四款 by analogy)."""
    return min(received_on, posted_on or received_on) <= due
