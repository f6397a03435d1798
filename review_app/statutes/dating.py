"""From which day a text is law: read from the text where it says so, from a table of known days, or assumed.

An amended law keeps its old closing article ("本法自1991年…起施行"), so that article is believed only when it does not
speak of a day before the text itself was passed.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from io import StringIO

from review_app.errors import N_, ReviewError
from review_app.statutes.drafts import DraftArticle, Event
from review_app.statutes.names import code_of
from review_app.statutes.states import Dating
from search_index.citations import number_of

_COMMENCES = re.compile(r"^(?:起|之日起)?(?:正式)?(?:施行|实施|生效|执行)")
_CHANGES = re.compile(r"修正|修订|修改")
_AMENDS = re.compile(r"修正|修改")
_PUBLISHED = re.compile(r"公布|发布|印发|颁布|全国人民代表大会")
_FROM_DAY = re.compile(
    r"自?((?:18|19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:起|开始)?(?:正式)?(?:施行|实施|生效|执行)"
)
_FROM_PUBLICATION = re.compile(r"自?(?:公布|发布|印发|颁布|通过)之日(?:起)?(?:正式)?(?:施行|实施|生效|执行)")
_NUMERAL = re.compile(r"[零○〇一二三四五六七八九十]+")
_WRITTEN_DAY = re.compile(
    r"[一二][零○〇一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_CLOSING = 3  # articles at the end in which the beginning is usually said
_SAME_ACT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What an operator or the table states about one text: first and last day."""

    valid_from: date | None = None
    valid_to: date | None = None


Stated = Mapping[tuple[str, date], KnownDays]
"""by code and day of promulgation"""


def promulgated(events: Sequence[Event], written: date | None) -> date | None:
    """The day of the text: the last thing that happened to it, or the day in the file's name when that is later."""
    days = [event.day for event in events if not _COMMENCES.match(event.words)]
    beginnings = {event.day for event in events if _COMMENCES.match(event.words)}
    if written is not None and written not in beginnings:
        days.append(written)
    return max(days, default=None)


def changes(events: Sequence[Event]) -> tuple[date, ...]:
    """The days on which the law's text was changed, by its own account, oldest first."""
    return tuple(sorted({event.day for event in events if _CHANGES.search(event.words)}))


def first_day(
    code: str,
    events: Sequence[Event],
    articles: Sequence[DraftArticle],
    passed: date | None,
    stated: Stated,
) -> tuple[date | None, Dating]:
    """The first day of validity, and where it was found."""
    if passed is None:
        return None, Dating.UNKNOWN
    known = stated.get((code, passed), KnownDays()).valid_from
    told = known or said_in_preface(events, passed)
    if told is not None:
        return told, Dating.STATED
    tabled = tabled_day(code, events, passed)
    if tabled is not None:
        return tabled, Dating.TABLE
    closing = "\n".join(article.text for article in articles[-_CLOSING:])
    told = said_in_closing(closing, passed)
    if told is not None:
        return told, Dating.STATED
    if _FROM_PUBLICATION.search(closing) and not is_amended(events, passed) and is_published(events, passed):
        return passed, Dating.STATED
    return passed, Dating.ASSUMED


def said_in_preface(events: Sequence[Event], passed: date) -> date | None:
    days = [event.day for event in events if _COMMENCES.match(event.words) and event.day >= passed]
    return max(days, default=None)


def said_in_closing(closing: str, passed: date) -> date | None:
    for found in _FROM_DAY.finditer(in_digits(closing)):
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
        if day >= passed:
            return day
    return None


def in_digits(text: str) -> str:
    """二〇〇七年二月一日 becomes 2007年2月1日."""
    return _WRITTEN_DAY.sub(lambda day: "年".join(map(arabic, day[0].split("年"))), text)


def arabic(written: str) -> str:
    return _NUMERAL.sub(lambda numeral: str(number_of(numeral[0].replace("○", "〇"))), written)


def is_amended(events: Sequence[Event], passed: date) -> bool:
    """Whether this text came about by amendment: then its closing article speaks of the first text. When the preface
    ends long before the text's day, what happened in between is unknown and counts as an amendment."""
    recent = [event for event in events if abs(event.day - passed) <= _SAME_ACT]
    return not recent or any(_AMENDS.search(event.words) for event in recent)


def is_published(events: Sequence[Event], passed: date) -> bool:
    return any(event.day == passed and _PUBLISHED.search(event.words) for event in events)


def tabled_day(code: str, events: Sequence[Event], passed: date) -> date | None:
    """The table's day for this law, or for the omnibus decision (a row that begins with *) its history names."""
    known = commencements()
    if (code, passed) in known:
        return known[code, passed]
    omnibus = ((name[1:], day) for (name, on), day in known.items() if on == passed and name.startswith("*"))
    said = "\n".join(event.words for event in events)
    return next((day for name, day in omnibus if name in said), None)


@cache
def commencements() -> Mapping[tuple[str, date], date]:
    """Known first days of amended texts, which do not tell them themselves: ``data/commencement.csv``."""
    text = files("review_app.statutes").joinpath("data/commencement.csv").read_text("utf-8")
    found = ((key, days.valid_from) for key, days in read_days(text).items())
    return {key: day for key, day in found if day is not None}


def commencement_of(code: str, change: date) -> date:
    """When a change took effect as far as is known; the day of the change itself where nothing is, because then it
    is no longer sure that the earlier text is law."""
    return commencements().get((code, change), change)


def known_changes(code: str) -> list[date]:
    """The days on which the table knows a law to have been changed."""
    return [passed for law, passed in commencements() if law == code]


def read_days(text: str) -> dict[tuple[str, date], KnownDays]:
    """A table ``law,promulgated_on,valid_from,valid_to``; later columns may be missing or empty.

    Raises ReviewError that names the line.
    """
    rows = csv.reader(line for line in StringIO(text.removeprefix("\ufeff")) if not line.startswith("#"))
    found: dict[tuple[str, date], KnownDays] = {}
    for number, row in enumerate(rows, start=1):
        if row and row[0].strip() not in ("", "law"):
            name, passed, *days = (value.strip() for value in row)
            found[name if name.startswith("*") else code_of(name), needed_day(passed, number)] = KnownDays(
                *(needed_day(day, number) if day else None for day in days[:2])
            )
    return found


def needed_day(value: str, line: int) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ReviewError(
            N_("日期表第%(line)s行的“%(value)s”不是日期。请写成2024-01-01。"), line=line, value=value[:20]
        ) from None


def day_in_name(stem: str) -> date | None:
    """The day at the end of a file's name: 民事诉讼法(2023-09-01)."""
    found = re.search(r"[(（](\d{4}-\d{2}-\d{2})[)）]$", stem)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def labels(days: Iterable[date | None]) -> list[str]:
    """How citations name texts passed on these days: the year, or the whole day where a year has two."""
    listed = list(days)
    years = [day.year for day in listed if day]
    return [
        "未注明" if day is None else day.isoformat() if years.count(day.year) > 1 else str(day.year)
        for day in listed
    ]
