"""Other words for what was typed: data, applied to a query in plain sight, each removable."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from search_index.folding import squeeze
from search_index.tree import And, Node, Not, Or, Phrase, Words


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that are searched along with a typed one. `near`: close in meaning, not the same."""

    typed: str
    others: tuple[str, ...]
    near: bool


@dataclass(frozen=True)
class Widened:
    """A query with synonyms, and which of them were applied."""

    tree: Node | None
    applied: tuple[Synonym, ...]


@lru_cache(maxsize=1)
def shipped_synonyms() -> dict[str, Synonym]:
    """The synonyms of `data/synonyms.yaml`, by the squeezed word they belong to."""
    read = yaml.safe_load(resources.files("search_index").joinpath("data/synonyms.yaml").read_text("utf-8"))
    return {**_by_word(read["near"], near=True), **_by_word(read["same"], near=False)}


def _by_word(groups: list[list[str]], *, near: bool) -> dict[str, Synonym]:
    found = ((word, _others(word, group)) for group in groups for word in group)
    return {squeeze(word): Synonym(word, others, near) for word, others in found if others}


def _others(word: str, group: list[str]) -> tuple[str, ...]:
    """What a word adds: where a longer synonym contains the word, the word finds it anyway."""
    return tuple(other for other in group if squeeze(word) not in squeeze(other))


def widen(tree: Node | None, *, without: frozenset[str] = frozenset()) -> Widened:
    """The tree with every typed word that has synonyms replaced by any of them; `without` are words left as typed.

    Phrases in quotation marks, fields and what is excluded stay exactly as typed.
    """
    applied: dict[str, Synonym] = {}
    widened = _widen(tree, without, applied) if tree is not None else None
    return Widened(widened, tuple(applied.values()))


def _widen(node: Node, without: frozenset[str], applied: dict[str, Synonym]) -> Node:
    match node:
        case And(branches=branches):
            return And(tuple(_widen(branch, without, applied) for branch in branches))
        case Or(branches=branches):
            return Or(tuple(_widen(branch, without, applied) for branch in branches))
        case Words(text=text, field="") if squeeze(text) not in without:
            return _with_others(node, text, applied)
        case Not():
            return node
    return node


def _with_others(node: Node, text: str, applied: dict[str, Synonym]) -> Node:
    synonym = shipped_synonyms().get(squeeze(text))
    if synonym is None:
        return node
    applied[squeeze(text)] = synonym
    return Or((node, *(Phrase(other) for other in synonym.others)))
