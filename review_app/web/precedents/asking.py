"""What the address of a search page says, as a question to the library; and addresses for questions a click away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from review_app.precedents.library import FACETS, SORTS, Asked

LONGEST_VALUE = 200
MOST_VALUES = 20


@dataclass(frozen=True)
class Question:
    """The question, and for whom it is asked: a review, the evaluation form a quotation goes back to, the saved search
    whose question is being changed."""

    asked: Asked
    review_id: int | None = None
    form_id: int | None = None
    similar: bool = False
    saved_id: int | None = None

    def parameters(self) -> dict[str, Any]:
        """The parameters of its address; empty ones are left out, and so is the page of the result."""
        asked = self.asked
        every: dict[str, Any] = {
            "q": asked.q,
            **{name: list(asked.chosen.get(name, ())) for name in FACETS},
            "year_from": asked.year_from,
            "year_to": asked.year_to,
            "sort": asked.sort if asked.sort != "tier" else "",
            "without": sorted(asked.without),
            "similar": 1 if self.similar else "",
            "review": self.review_id,
            "for_form": self.form_id,
            "saved": self.saved_id,
        }
        return {name: value for name, value in every.items() if value not in ("", None, [])}

    def flat(self) -> list[tuple[str, str]]:
        """The parameters one by one, as hidden fields need them."""
        return [
            (name, str(each))
            for name, value in self.parameters().items()
            for each in (value if isinstance(value, list) else [value])
        ]

    def address(self, **changes: Any) -> str:
        """The address of the search page with some parameters changed; None takes one away."""
        return url_for("precedents.search", **pruned({**self.parameters(), **changes}))

    def toggled(self, facet: str, value: str) -> str:
        """The address with one value of a facet chosen, or no longer chosen."""
        chosen = list(self.asked.chosen.get(facet, ()))
        chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
        return self.address(**{facet: chosen})

    def without(self, word: str) -> str:
        return self.address(without=sorted({*self.asked.without, word}))

    def again_with(self, word: str) -> str:
        return self.address(without=sorted(self.asked.without - {word}))

    def case(self, precedent_id: int) -> str:
        """The address of a case, with the words to mark there and the way back."""
        kept = {name: value for name, value in self.parameters().items() if name not in (*FACETS, "sort", "saved")}
        return url_for("precedents.show", precedent_id=precedent_id, **kept)

    def like(self, text: str) -> "Question":
        return replace(self, asked=replace(self.asked, like=text))


def question_from(values: MultiDict[str, str]) -> Question:
    """Read a question from an address or a form; what makes no sense is left out."""
    asked = Asked(
        q=values.get("q", ""),
        chosen={name: some(values.getlist(name)) for name in FACETS if some(values.getlist(name))},
        year_from=whole(values.get("year_from")),
        year_to=whole(values.get("year_to")),
        sort=values.get("sort", "tier") if values.get("sort") in SORTS else "tier",
        without=frozenset(some(values.getlist("without"))),
        cursor=values.get("cursor") or None,
    )
    return Question(
        asked,
        review_id=whole(values.get("review")),
        form_id=whole(values.get("for_form")),
        similar=bool(values.get("similar")),
        saved_id=whole(values.get("saved")),
    )


def some(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in values if 0 < len(value) <= LONGEST_VALUE)[:MOST_VALUES]


def whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None


def pruned(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value not in ("", None, [])}
