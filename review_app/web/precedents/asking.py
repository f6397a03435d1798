"""What the address of a search page says, as a question to the library; and addresses for questions a click away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from review_app.precedents.library import FACETS, SORTS, Asked
from review_app.precedents.similar import ReviewPart
from search_index.synonyms import Synonym

LONGEST_VALUE = 200
MOST_VALUES = 20
COMPARED = 2  # cases beside each other


@dataclass(frozen=True)
class Question:
    """The question, and for whom it is asked: a review, the evaluation form a quotation goes back to, the saved search
    whose question is being changed. ``similar`` asks for cases like that review, ``like_case`` for cases like a case of
    the library; ``compare`` are the cases picked to be shown side by side."""

    asked: Asked
    review_id: int | None = None
    form_id: int | None = None
    similar: bool = False
    saved_id: int | None = None
    like_case: int | None = None
    compare: tuple[int, ...] = ()

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
            "like": self.like_case,
            "part": list(asked.parts),
            "like_cause": list(asked.like_causes),
            "boost": "" if asked.boost else "off",
            "compare": list(self.compare),
            "review": self.review_id,
            "for_form": self.form_id,
            "saved": self.saved_id,
        }
        return pruned(every)

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

    def asking(self, asked: Asked) -> str:
        """The address of the same search with other conditions."""
        return replace(self, asked=asked).address()

    def loosened(self, fewer: Asked) -> Asked:
        """The typed conditions with fewer of them; what a search for similar cases starts from stays out of it."""
        return replace(
            self.asked,
            q=fewer.q,
            chosen=fewer.chosen,
            year_from=fewer.year_from,
            year_to=fewer.year_to,
            cursor=None,
        )

    def unfiltered(self) -> str:
        """The address without any filter."""
        return self.address(**dict.fromkeys((*FACETS, "year_from", "year_to")))

    def toggled(self, facet: str, value: str) -> str:
        """The address with one value of a facet chosen, or no longer chosen."""
        chosen = list(self.asked.chosen.get(facet, ()))
        chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
        return self.address(**{facet: chosen})

    def values_address(self, facet: str, **changes: Any) -> str:
        """The address of the page with all values of a facet."""
        return url_for("precedents.values", facet=facet, **pruned({**self.parameters(), **changes}))

    def without(self, word: str) -> str:
        return self.address(without=sorted({*self.asked.without, word}))

    def without_all(self, synonyms: Iterable[Synonym]) -> str:
        return self.address(without=sorted({*self.asked.without, *(each.typed for each in synonyms)}))

    def again_with(self, word: str) -> str:
        return self.address(without=sorted(self.asked.without - {word}))

    def case(self, precedent_id: int, **further: Any) -> str:
        """The address of a case, with the words to mark there and the way back."""
        left_out = (*FACETS, "sort", "part", "boost", "like_cause", "saved")
        kept = {name: value for name, value in self.parameters().items() if name not in left_out}
        return url_for("precedents.show", precedent_id=precedent_id, **pruned({**kept, **further}))

    def picked(self, precedent_id: int) -> tuple[int, ...]:
        """The cases to compare with one more picked, or no longer picked; a third one takes the first one's place."""
        if precedent_id in self.compare:
            return tuple(each for each in self.compare if each != precedent_id)
        return (*self.compare, precedent_id)[-COMPARED:]

    def picking(self, precedent_id: int) -> str:
        """The address of the same page of results with a case picked for comparison, or no longer picked."""
        picked = list(self.picked(precedent_id))
        return self.address(compare=picked, cursor=self.asked.cursor, _anchor=f"case-{precedent_id}")

    def comparison(self, *sides: int | str) -> str:
        """The address of two cases side by side; a side may be ``review``."""
        left, right = (*(sides or self.compare), None, None)[:2]
        kept = {name: self.parameters().get(name) for name in ("q", "review", "for_form")}
        return url_for("precedents.compare", **pruned({"left": left, "right": right, **kept}))


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
        like_causes=some(
            each.strip() for value in values.getlist("like_cause") for each in re.split("[、，,;；]", value)
        ),
        boost=values.get("boost") != "off",
        parts=tuple(part for part in ReviewPart if part in values.getlist("part")),
    )
    return Question(
        asked,
        review_id=whole(values.get("review")),
        form_id=whole(values.get("for_form")),
        similar=bool(values.get("similar")),
        saved_id=whole(values.get("saved")),
        like_case=whole(values.get("like")),
        compare=numbers(values.getlist("compare"))[-COMPARED:],
    )


def some(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in values if 0 < len(value) <= LONGEST_VALUE)[:MOST_VALUES]


def numbers(values: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for number in map(whole, values) if number is not None))


def whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None


def pruned(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value not in ("", None, [])}
