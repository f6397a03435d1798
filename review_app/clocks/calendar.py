"""Working days in mainland China: the announced days off and make-up working days (调休), year by year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources

from review_app.errors import N_, ReviewError
from review_app.rulebook.reading import parse_yaml, read

SATURDAY = 5


class CalendarUnknown(ReviewError):
    """A working day was asked for in a year whose days off are not announced (or not entered) yet."""


@dataclass(frozen=True)
class CalendarYear:
    """``days_off``: first and last day of each holiday; ``working``: weekend days that are worked."""

    source: str
    days_off: tuple[tuple[date, date], ...]
    working: tuple[date, ...]

    def is_working_day(self, day: date) -> bool:
        if day in self.working:
            return True
        return day.weekday() < SATURDAY and not any(first <= day <= last for first, last in self.days_off)


@dataclass(frozen=True)
class Calendar:
    """``assume_weekdays``: take Monday to Friday as working days in years after the last known one, instead
    of refusing. Whoever computes with that must show that the date is provisional."""

    years: Mapping[int, CalendarYear]
    assume_weekdays: bool = False

    @property
    def last_year(self) -> int:
        return max(self.years)

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Raises :class:`CalendarUnknown` for a year that is not known."""
        if self.knows(day):
            return self.years[day.year].is_working_day(day)
        if self.assume_weekdays and day.year > self.last_year:
            return day.weekday() < SATURDAY
        raise CalendarUnknown(
            N_(
                "系统中没有%(year)s年的放假调休安排（现有%(first)s至%(last)s年），不能计算工作日。请先录入国务院办公厅公布的安排。"
            ),
            year=day.year,
            first=min(self.years),
            last=self.last_year,
        )

    def working_day_from(self, day: date) -> date:
        """``day`` itself if it is a working day, else the next one."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def assuming_weekdays(self) -> "Calendar":
        return replace(self, assume_weekdays=True)


@cache
def load() -> Calendar:
    """The calendars shipped with the program."""
    text = (resources.files("review_app.clocks") / "data" / "holidays.yaml").read_text("utf-8")
    return read(Calendar, parse_yaml(text))


@cache
def working_calendar() -> Calendar:
    """The calendar for setting limits in daily work: a review is not held up because next year's days off are
    not announced yet. Dates for which :func:`is_provisional` holds are shown as such and counted anew once
    they are."""
    return load().assuming_weekdays()


def is_provisional(day: date) -> bool:
    """Whether a due date lies in a year whose days off are not announced (entered) yet."""
    return day.year > load().last_year
