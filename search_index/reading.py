"""How one query reads one document: whether it answers, and its score. The plainest reading of the contract.

Engines differ in where the statistics of the whole come from and in how they find candidates, never in this.
"""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Protocol

from search_index import proving, scoring, similar, words
from search_index.engine import Document, Filter, OneOf, Shape
from search_index.folding import paragraph_ends, squeeze
from search_index.tree import (
    And,
    Between,
    Cited,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Proved,
    Value,
    Wild,
    Words,
    leaves,
)


class ReadText:
    """One text of a document, as much of it as is asked for."""

    def __init__(self, text: str, squeezed: str | None = None) -> None:
        self._text = text
        self._squeezed = squeezed

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self._text) if self._squeezed is None else self._squeezed

    @cached_property
    def paragraphs(self) -> Sequence[int]:
        """Where paragraphs end, see `folding.paragraph_ends`."""
        return paragraph_ends(self._text)

    def times(self, gram: str) -> int:
        """How often one or two characters stand in the text; 看看 stands twice in 看看看."""
        if len(set(gram)) < len(gram):
            return sum(self.squeezed.startswith(gram, at) for at in range(len(self.squeezed) - 1))
        return self.squeezed.count(gram)


class Corpus(Protocol):
    """What a score needs to know of all documents, and the texts of one."""

    @property
    def shape(self) -> Shape: ...

    @property
    def size(self) -> int:
        """How many documents there are."""

    def average(self, name: str) -> float:
        """Characters of this text in the average document, squeezed."""

    def spread(self, needle: str, field: str, proved: bool) -> int:
        """How many documents have a needle, or, unproved, all its grams in one text."""

    def text(self, document: Document, name: str) -> ReadText:
        """A text of a document."""


class Reading:
    """One query's reading of documents of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.shape = corpus.shape
        self.spread = cache(corpus.spread)
        self.telling = cache(self._telling)
        self.pairs = cache(self._pairs)
        self.average = cache(corpus.average)

    def answer(self, node: Node, document: Document) -> float | None:
        """The score of a document that answers the node, `None` for one that does not."""
        match node:
            case Words(text=text, field=field):
                return self._words(text, field, document)
            case Phrase(text=text, field=field):
                return self._word(squeeze(text), field, document)
            case Value(field=field, text=text, exact=exact):
                return 0.0 if has_value(document, field, squeeze(text), exact=exact) else None
            case Between():
                return 0.0 if is_between(document, node) else None
            case And(branches=branches):
                found = [self.answer(branch, document) for branch in branches]
                return None if None in found else sum(score for score in found if score is not None)
            case Or(branches=branches):
                scores = [s for s in (self.answer(branch, document) for branch in branches) if s is not None]
                return sum(scores) if scores else None
            case Not(branch=branch):
                return 0.0 if self.answer(branch, document) is None else None
            case Like(text=text):
                return self._like(text, document)
            case Cited() | Wild() | Near():
                return self._proved(node, document)

    def _proved(self, node: Proved, document: Document) -> float | None:
        """What is proved on the text: as rare as the rarest of the needles it needs."""
        weight = 0.0
        for name in [field] if (field := proving.field_of(node)) else self.shape.texts:
            text = self.corpus.text(document, name)
            times = proving.times(
                node, text.squeezed, text.paragraphs if proving.asks_paragraphs(node) else ()
            )
            weight += (
                self.shape.texts[name] * times / scoring.length_norm(len(text.squeezed), self.average(name))
            )
        if not weight:
            return None
        groups = proving.needed(node)
        with_it = min(max(self.spread(needle, field, False) for needle in group) for group in groups)
        return scoring.rarity(self.corpus.size, with_it) * scoring.saturation(weight)

    def _words(self, text: str, field: str, document: Document) -> float | None:
        cut = words.cut(text)
        found = [self._word(word, field, document) for word in cut]
        if not cut or None in found:
            return None
        unbroken = self._word(squeeze(text), field, document) if len(cut) > 1 else None
        return sum(score for score in found if score is not None) + (unbroken or 0.0)

    def _word(self, needle: str, field: str, document: Document, *, proved: bool = True) -> float | None:
        weight = self._weight(needle, field, document, proved)
        if not weight:
            return None
        with_word = self.spread(needle, field, proved)
        return scoring.rarity(self.corpus.size, with_word) * scoring.saturation(weight)

    def _like(self, text: str, document: Document) -> float | None:
        asked = self.telling(text)
        scores = [self._word(word, "", document, proved=False) for word in asked]
        found = [score for score in scores if score is not None]
        if not found or len(found) < words.enough(len(asked)):
            return None
        words_share = sum(found) / sum(self._rarity(word) for word in asked)
        return similar.SCALE * (words_share + self._pairs_share(text, document))

    def _rarity(self, word: str, field: str = "") -> float:
        return scoring.rarity(self.corpus.size, self.spread(word, field, False))

    def _pairs_share(self, text: str, document: Document) -> float:
        """See `similar`: the score of the text's pairs in the quoted texts, in parts of what could be reached."""
        score = attainable = 0.0
        for name in self.shape.quoted:
            pairs, rarities = self.pairs(text, name)
            read = self.corpus.text(document, name)
            norm = scoring.length_norm(len(read.squeezed), self.average(name))
            times = similar.pair_times(pairs, read.squeezed).tolist()
            attainable += sum(rarities)
            for rarity, count in zip(rarities, times, strict=True):
                score += rarity * scoring.saturation(count / norm) if count else 0.0
        return score / attainable if attainable else 0.0

    def _pairs(self, text: str, name: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """The pairs of a text that are neither absent from the library nor too common, with their rarity."""
        most = words.TOO_COMMON * self.corpus.size
        rare = tuple(pair for pair in similar.text_pairs(text) if 0 < self.spread(pair, name, False) <= most)
        return rare, tuple(self._rarity(pair, name) for pair in rare)

    def echo(self, best: Sequence[tuple[Document, float]]) -> dict[str, float]:
        """Words that the best hits have in common, with weights; see `similar.echo_candidates`."""
        if self.shape.echo is None:
            return {}
        name = self.shape.echo.text
        texts = [
            (score, similar.echo_text(self.shape, document.texts.get(name, ""), document.numbers))
            for document, score in best
        ]
        candidates = similar.echo_candidates(texts)
        most = words.TOO_COMMON * self.corpus.size
        rare = [word for word in candidates if 0 < self.spread(word, "", False) <= most]
        return similar.echo_words(candidates, {word: self._rarity(word) for word in rare})

    def echoed(self, echo: Mapping[str, float], document: Document) -> float:
        """What the words of an echo add to a document's score."""
        return sum(
            weight * (self._word(word, "", document, proved=False) or 0.0) for word, weight in echo.items()
        )

    def _telling(self, text: str) -> tuple[str, ...]:
        every = [word for word in words.telling(text) if self.spread(word, "", False)]
        rare = [word for word in every if self.spread(word, "", False) <= words.TOO_COMMON * self.corpus.size]
        return tuple((rare or every)[: words.TELLING_WORDS])

    def _weight(self, needle: str, field: str, document: Document, proved: bool) -> float:
        weight = 0.0
        for name in [field] if field else self.shape.texts:
            weight += self.weight_in(name, needle, self.corpus.text(document, name), proved)
        return weight

    def weight_in(self, name: str, needle: str, text: ReadText, proved: bool) -> float:
        """The weight of a needle in one text, 0.0 where it does not occur."""
        if not needle or (proved and needle not in text.squeezed):
            return 0.0
        times = min(text.times(gram) for gram in words.grams(needle))
        norm = scoring.length_norm(len(text.squeezed), self.average(name))
        return self.shape.texts[name] * times / norm


def asks_likeness(tree: Node | None) -> bool:
    """Whether a query asks for documents like a whole text."""
    return any(isinstance(leaf, Like) for leaf in leaves(tree))


def passes(document: Document, wanted: Filter) -> bool:
    if isinstance(wanted, OneOf):
        return not set(wanted.values).isdisjoint(document.facets.get(wanted.field, ()))
    return is_between(document, wanted)


def is_between(document: Document, wanted: Between) -> bool:
    number = document.numbers.get(wanted.field)
    if number is None:
        return False
    return (wanted.low is None or wanted.low <= number) and (wanted.high is None or number <= wanted.high)


def has_value(document: Document, field: str, text: str, *, exact: bool) -> bool:
    values = (squeeze(value) for value in document.facets.get(field, ()))
    return any(text == value if exact else text in value for value in values)
