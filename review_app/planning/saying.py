"""Sentences kept as data: worked out once in the background, put into words in each reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from review_app.panels.matching.reasons import Sentence, Term

Translate = Callable[[str], str]


def kept(sentence: Sentence) -> dict[str, Any]:
    """A sentence as plain JSON."""
    return {
        "sentence": sentence.msgid,
        "facts": {name: kept_fact(fact) for name, fact in sentence.facts.items()},
    }


def kept_fact(fact: object) -> Any:
    if isinstance(fact, Sentence):
        return kept(fact)
    if isinstance(fact, Term):
        return {"term": str(fact)}
    return [kept_fact(one) for one in fact] if isinstance(fact, tuple) else fact


def taken_out(data: Mapping[str, Any]) -> Sentence:
    """The sentence that was kept."""
    return Sentence(data["sentence"], {name: fact_again(fact) for name, fact in data["facts"].items()})


def fact_again(fact: Any) -> object:
    if isinstance(fact, Mapping):
        return Term(fact["term"]) if "term" in fact else taken_out(fact)
    return tuple(fact_again(one) for one in fact) if isinstance(fact, list) else fact
