"""Quarters of the calendar, in Asia/Shanghai. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from review_app.clock import SHANGHAI
from review_app.documents.numerals import numeral


@dataclass(frozen=True, order=True)
class Quarter:
    """``number`` 1 to 4 of ``year``."""

    year: int
    number: int

    @property
    def starts_on(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_on(self) -> date:
        return self.following.starts_on - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return midnight(self.starts_on)

    @property
    def is_followed(self) -> datetime:
        """The first moment after it."""
        return midnight(self.following.starts_on)

    @property
    def name(self) -> str:
        """As documents print it: 2024年第一季度."""
        return f"{self.year}年第{numeral(self.number)}季度"

    @property
    def code(self) -> str:
        """As addresses and notices write it: 2024-1."""
        return f"{self.year}-{self.number}"


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def ended_quarters(first: date, today: date) -> Iterator[Quarter]:
    """The quarters over on ``today``, oldest first, beginning with the one of ``first``."""
    quarter, present = quarter_of(first), quarter_of(today)
    while quarter < present:
        yield quarter
        quarter = quarter.following
