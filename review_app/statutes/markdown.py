"""Reads one law written as markdown: ``# title``, lines of its history, ``<!-- INFO END -->``, headings, 第一条 ….

Only what can be read surely becomes an article: a line counts as one when its number is followed by a space, or when
it is exactly the next number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from review_app.statutes.drafts import DraftArticle, Event
from search_index.citations import number_of

END_OF_FACTS = "<!-- INFO END -->"
_NUMERAL = r"(?:[零〇一二两三四五六七八九十百千]+|[0-9]{1,4})"
_ARTICLE = re.compile(rf"第\s?({_NUMERAL})\s?条(?:之({_NUMERAL}))?([\s\u3000]*)(.*)", re.DOTALL)
_INSIDE = re.compile(rf"(?<=[。；）」”\n])[ \t\u3000]*(?=第({_NUMERAL})条[ \u3000])")
_HEADING = re.compile(r"^(#{1,6})(?:\s+(.*))?$")
_DAY = re.compile(r"((?:18|19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_APPENDIX = re.compile(r"^附(?:件|录|表|图|：|:|\s*$)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_REFERS = ("第", "规定", "至", "到", "、", "和", "与", "及", "或", "的", "所")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass
class Reading:
    """What one file says, before anything is made of it."""

    title: str = ""
    parts: tuple[str, ...] = ()
    """further titles: the 编 of a law that is split over several files"""
    events: list[Event] = field(default_factory=list)
    front: dict[str, str] = field(default_factory=dict)
    preamble: list[str] = field(default_factory=list)
    articles: list[DraftArticle] = field(default_factory=list)
    appendix: list[str] = field(default_factory=list)


def read_markdown(text: str) -> Reading:
    """Take a file apart. Never fails: what is missing is empty in the result."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    head, body = split_facts(text[front.end() :] if front else text)
    titles = [match[2] for line in head.splitlines() if (match := _HEADING.match(line.strip())) and match[2]]
    reading = Reading(
        title=joined(plain(titles[0])) if titles else "",
        parts=tuple(spaced(plain(title)) for title in titles[1:]),
        events=sorted(events_in(_COMMENT.sub("", head)), key=lambda event: event.day),
        front=front_matter(front[1]) if front else {},
    )
    Body(reading).read(_COMMENT.sub("", body))
    return reading


def split_facts(text: str) -> tuple[str, str]:
    """The lines about the law, and the law. Without the mark the law begins at its first heading or article."""
    head, mark, body = text.partition(END_OF_FACTS)
    if mark:
        return head, body
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.lstrip().startswith("##") or _ARTICLE.match(line.strip()):
            return "\n".join(lines[:at]), "\n".join(lines[at:])
    return text, ""


def front_matter(block: str) -> dict[str, str]:
    """``name: value`` lines between ``---`` lines."""
    pairs = (line.split(":", 1) for line in block.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def events_in(head: str) -> Iterator[Event]:
    """Every day the preface names, with the words up to the next one."""
    for line in head.splitlines():
        days = list(_DAY.finditer(line))
        for at, found in enumerate(days):
            until = days[at + 1].start() if at + 1 < len(days) else len(line)
            words = line[found.end() : until].strip(" \t\u3000，,、；;。()（）")
            day = day_of(found)
            if day is not None:
                yield Event(day, re.sub(r"[\s\u3000]+", " ", words))


def day_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def plain(text: str) -> str:
    """Without markdown's emphasis and escapes."""
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!])", r"\1", text.replace("**", "")).strip(" \t\u3000\u200b")


def joined(title: str) -> str:
    return re.sub(r"[\s\u3000]+", "", title)


def spaced(heading: str) -> str:
    """第一编　总 则 becomes 第一编 总则."""
    first, *rest = heading.split()
    return f"{first} {''.join(rest)}".strip()


class Body:
    """Walks through the lines of a law's text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.headings: dict[int, str] = {}
        self.order: tuple[int, int] | None = None
        self.lines: list[str] = []
        self.is_over = False

    def read(self, body: str) -> None:
        for line in body.splitlines():
            bare = plain(line)
            if bare:
                self.take(bare)
        self.close()

    def take(self, line: str) -> None:
        heading = _HEADING.match(line)
        words = plain(heading[2] or "") if heading else line
        if _APPENDIX.match(words) and (heading or len(words) <= 20) and self.reading_articles:
            self.close()
            self.is_over = True
        if self.is_over:
            self.reading.appendix.append(words)
        elif heading:
            if words:
                self.enter(len(heading[1]), spaced(words))
        else:
            self.take_words(line)

    @property
    def reading_articles(self) -> bool:
        return self.order is not None or bool(self.reading.articles)

    def enter(self, level: int, words: str) -> None:
        self.close()
        self.headings = {at: text for at, text in self.headings.items() if at < level} | {level: words}

    def take_words(self, line: str) -> None:
        begun = self.begins(line)
        if begun is not None:
            self.close()
            self.order, words = begun
            self.lines = [words] if words else []
        elif self.order is not None:
            self.lines.append(line)
        elif not self.reading.articles:
            self.reading.preamble.append(line)
        else:  # words between a heading and its first article, or after the last one
            self.reading.appendix.append(line)

    def begins(self, line: str) -> tuple[tuple[int, int], str] | None:
        """Number and first words, if the line begins an article."""
        found = _ARTICLE.match(line)
        if found is None:
            return None
        order = (number_of(found[1]), number_of(found[2]) if found[2] else 0)
        if not found[3] and found[4] and (not self.follows(order) or found[4].startswith(_REFERS)):
            return None
        return order, found[4].strip()

    def follows(self, order: tuple[int, int]) -> bool:
        last = self.order or (self.reading.articles[-1].order if self.reading.articles else (0, 0))
        return order in ((last[0] + 1, 0), (last[0], last[1] + 1))

    def close(self) -> None:
        """Put the article that was being read away; an article with the next number inside its text is cut off."""
        if self.order is None:
            return
        order, text = self.order, "\n".join(self.lines)
        self.order, self.lines = None, []
        heading = (*self.reading.parts, *(self.headings[level] for level in sorted(self.headings)))
        cut = next((each for each in _INSIDE.finditer(text) if number_of(each[1]) == order[0] + 1), None)
        self.reading.articles.append(
            DraftArticle(*order, heading, (text[: cut.start()] if cut else text).strip())
        )
        if cut:
            self.order, self.lines = (order[0] + 1, 0), [text[cut.end() :].partition("条")[2].strip()]
            self.close()
