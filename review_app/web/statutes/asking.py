"""What the address of the statutes' search page says, and addresses a click away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from review_app.statutes.library import FACETS, SORTS, Asked, with_day

LONGEST_VALUE = 200
MOST_VALUES = 20


@dataclass(frozen=True)
class Question:
    """What is asked, and which day was chosen: none means today, ``every`` all texts."""

    asked: Asked
    day: date | None = None
    every: bool = False
    page: int = 1

    @property
    def is_search(self) -> bool:
        """Whether articles are looked for; otherwise the statutes are listed."""
        return bool(self.asked.q.strip() or self.asked.chosen.get("statute"))

    def parameters(self) -> dict[str, Any]:
        """The parameters of its address; empty ones are left out, and so is the page of the result."""
        every: dict[str, Any] = {
            "q": self.asked.q,
            **{name: list(self.asked.chosen.get(name, ())) for name in FACETS},
            "on": self.day.isoformat() if self.day else "",
            "every": 1 if self.every else "",
            "sort": self.asked.sort if self.asked.sort != "relevance" else "",
            "without": sorted(self.asked.without),
        }
        return pruned(every)

    def flat(self, *left_out: str) -> list[tuple[str, str]]:
        """The parameters one by one, as hidden fields need them."""
        return [
            (name, str(each))
            for name, value in self.parameters().items()
            if name not in left_out
            for each in (value if isinstance(value, list) else [value])
        ]

    def address(self, **changes: Any) -> str:
        return url_for("statutes.search", **pruned({**self.parameters(), **changes}))

    def toggled(self, facet: str, value: str) -> str:
        """The address with one value of a facet chosen, or no longer chosen."""
        chosen = list(self.asked.chosen.get(facet, ()))
        chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
        return self.address(**{facet: chosen})

    def without(self, word: str) -> str:
        return self.address(without=sorted({*self.asked.without, word}))

    def again_with(self, word: str) -> str:
        return self.address(without=sorted(self.asked.without - {word}))

    def article(self, article_id: int) -> str:
        return url_for("statutes.article", article_id=article_id, **self.kept())

    def statute(self, statute_id: int) -> str:
        return url_for("statutes.statute", statute_id=statute_id, **self.kept())

    def kept(self) -> dict[str, Any]:
        """What goes along to the page of an article: the day."""
        return {"on": self.day.isoformat()} if self.day else {}


def question_from(values: MultiDict[str, str], today: date) -> Question:
    """Read a question from an address; what makes no sense is left out. A day written in the query counts."""
    day, every = day_from(values.get("on")), bool(values.get("every"))
    asked = with_day(
        Asked(
            q=values.get("q", ""),
            on=None if every else day or today,
            chosen={name: some for name in FACETS if (some := chosen_values(values, name))},
            sort=values.get("sort", "") if values.get("sort") in SORTS else "relevance",
            without=frozenset(chosen_values(values, "without")),
            cursor=values.get("cursor") or None,
        )
    )
    if asked.on is not None and asked.on != (day or today):
        day, every = asked.on, False
    return Question(asked, day, every and asked.on is None, page_from(values.get("page")))


def chosen_values(values: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(value for value in values.getlist(name) if 0 < len(value) <= LONGEST_VALUE)[:MOST_VALUES]


def day_from(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == len("2024-01-01") else None
    except ValueError:
        return None


def page_from(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) <= 6 and int(text) else 1


def pruned(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value not in ("", None, [])}
