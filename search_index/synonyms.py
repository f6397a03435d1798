"""Other words for what was typed: data, applied to a query in plain sight, each removable.

Short names of laws (刑诉法) and spellings of articles (刑法253, 第二百五十三条) are treated like the lists in
`data/synonyms.yaml`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from search_index.citations import Article, read_articles, spellings
from search_index.folding import is_wordly, squeeze
from search_index.laws import is_law_name, short_names
from search_index.tree import And, Cited, Near, Node, Not, Or, Phrase, Value, Words
from search_index.words import STOP_WORDS, join_neighbours, legal_terms, pieces

ALL = "*"  # among the words left as typed: no synonyms at all


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that are searched along with a typed one. `near`: close in meaning, not the same."""

    typed: str
    others: tuple[str, ...]
    near: bool


Synonyms = Mapping[str, tuple[Synonym, ...]]
"""By the squeezed word: its synonyms, those that are the same before those that are near."""


@dataclass(frozen=True)
class Widened:
    """A query with synonyms, and which of them were applied."""

    tree: Node | None
    applied: tuple[Synonym, ...]


@lru_cache(maxsize=1)
def shipped_synonyms() -> Synonyms:
    """The synonyms of `data/synonyms.yaml`."""
    text = resources.files("search_index").joinpath("data/synonyms.yaml").read_text("utf-8")
    lists = yaml.load(text, Loader=yaml.CSafeLoader)
    found: dict[str, tuple[Synonym, ...]] = {}
    for near in (False, True):
        for group in lists["near" if near else "same"]:
            for word in group:
                if others := _others(word, group):
                    found[squeeze(word)] = (*found.get(squeeze(word), ()), Synonym(word, others, near))
    return found


def _others(word: str, group: list[str]) -> tuple[str, ...]:
    """What a word adds: where a longer synonym contains the word, the word finds it anyway."""
    return tuple(other for other in group if squeeze(word) not in squeeze(other))


def widen(tree: Node | None, *, without: Iterable[str] = (), law: str = "") -> Widened:
    """The tree with every typed word that has synonyms replaced by any of them.

    `without` are words left as typed (`ALL`: every word). `law` names the facet with the articles a document cites; with
    it a typed article finds documents by that facet too. Phrases in quotation marks, fields and what is excluded stay
    exactly as typed.
    """
    left = frozenset(map(squeeze, without))
    if tree is None or ALL in left:
        return Widened(tree, ())
    widening = _Widening(left, law, shipped_synonyms())
    widened = widening.node(tree)
    return Widened(widened, tuple(widening.applied))


class _Widening:
    """Widens one query and keeps what it applied."""

    def __init__(self, without: frozenset[str], law: str, synonyms: Synonyms) -> None:
        self.without = without
        self.law = law
        self.synonyms = synonyms
        self.applied: dict[Synonym, None] = {}

    def node(self, node: Node) -> Node:
        match node:
            case And(branches=branches):
                return And(tuple(map(self.node, branches)))
            case Or(branches=branches):
                return Or(tuple(map(self.node, branches)))
            case Near(branches=branches, unit=unit, distance=distance):
                return Near(tuple(map(self._in_near, branches)), unit, distance)
            case Words(field=""):
                return self._words(node)
            case Not():
                return node
        return node

    def _words(self, node: Words) -> Node:
        typed = squeeze(node.text)
        if typed in self.without:
            return node
        return (
            self._article(node)
            or self._law(node)
            or self._whole(node, typed)
            or self._parts(node, typed)
            or node
        )

    def _in_near(self, node: Node) -> Node:
        """Inside Near a word stands unbroken, and no facet can tell where."""
        match node:
            case Words() if squeeze(node.text) not in self.without:
                law, self.law = self.law, ""
                widened = (
                    self._article(node) or self._law(node) or self._whole(node, squeeze(node.text)) or node
                )
                self.law = law
                return node if isinstance(widened, And) else widened
            case Or(branches=branches):
                return Or(tuple(map(self._in_near, branches)))
            case Near():
                return self.node(node)
        return node

    def _article(self, node: Words) -> Node | None:
        """An article in any spelling: documents that name it in any of them."""
        cited = read_articles(node.text)
        if not cited or not all(not each.law or is_law_name(each.law) for each in cited[0]):
            return None
        self._apply(Synonym(node.text, _shown(node.text, cited), near=False))
        groups = tuple(_any_of([self._cited(article) for article in articles]) for articles in cited)
        return groups[0] if len(groups) == 1 else And(groups)

    def _cited(self, article: Article) -> Node:
        spelt = Cited(spellings(article))
        return Or((Value(self.law, article.name, exact=True), spelt)) if self.law and article.law else spelt

    def _law(self, node: Words) -> Node | None:
        """A short name of a law: its whole name too."""
        law = short_names().get(squeeze(node.text).strip("《》"))
        if law is None:
            return None
        self._apply(Synonym(node.text, (law,), near=False))
        cites = (Value(self.law, f"{law}第"),) if self.law else ()
        return Or((node, Phrase(law), *cites))

    def _whole(self, node: Words, typed: str) -> Node | None:
        found = () if typed in self.without else self.synonyms.get(typed, ())
        for synonym in found:
            self._apply(synonym)
        return Or((node, *(Phrase(other) for each in found for other in each.others))) if found else None

    def _parts(self, node: Words, typed: str) -> Node | None:
        """A typed run of words: each of them with its synonyms. Documents with the run as typed come first."""
        parts = join_neighbours(pieces(typed), frozenset(self.synonyms) | legal_terms())
        words = [Words(part) for part in dict.fromkeys(parts) if part != typed]
        widened = [self._whole(word, word.text) for word in words]
        if not any(widened):
            return None
        plain = (word for word, wider in zip(words, widened, strict=True) if wider is None)
        rest = (word for word in plain if word.text not in STOP_WORDS and any(map(is_wordly, word.text)))
        return Or((node, And((*(each for each in widened if each is not None), *rest))))

    def _apply(self, synonym: Synonym) -> None:
        self.applied[synonym] = None


def _any_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _shown(typed: str, cited: tuple[tuple[Article, ...], ...]) -> tuple[str, ...]:
    """The article in the two usual spellings, without the one that was typed."""
    usual = [spelling for articles in cited for article in articles for spelling in spellings(article)[:2]]
    return tuple(spelling for spelling in dict.fromkeys(usual) if spelling != squeeze(typed))[:8]
