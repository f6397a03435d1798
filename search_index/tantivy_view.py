"""A tantivy index as one commit left it: what a tree means there, and what scores need to know of all documents."""

import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import tantivy
from tantivy import Occur
from tantivy import Query as Asked

from search_index import proving, tantivy_fields, words
from search_index.engine import Document, Filter, OneOf, Shape
from search_index.folding import squeeze
from search_index.reading import Reading, ReadText
from search_index.tantivy_fields import StoredDocument
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
)

_EVERY = 10_000_000  # more hits, or values, than there can be
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_REMEMBERED = 4_096  # counts of words
_PROVED = 64  # nodes of which the proved documents are kept


class View:
    """See `reading.Corpus`. Numbers found once are kept, because a committed index never changes."""

    def __init__(self, index: tantivy.Index, shape: Shape, generation: str) -> None:
        self.generation = generation
        self.shape = shape
        self.searcher = index.searcher()
        self.schema = index.schema
        self.size: int = self.searcher.num_docs
        self.average = lru_cache(None)(self._average)
        self.spread = lru_cache(_REMEMBERED)(self._spread)
        self.values = lru_cache(None)(self._values)
        self.keys_proved = lru_cache(_PROVED)(self._keys_proved)
        self._texts = threading.local()

    # what scores need

    def spread_of(self, node: Proved) -> int:
        """How many documents hold a node that is proved on the text."""
        return len(self.keys_proved(node))

    def text(self, document: Document, name: str) -> ReadText:
        """A text of a document, kept while the same document is looked at."""
        if getattr(self._texts, "document", None) is not document:
            self._texts.document, self._texts.read = document, {}
        read: dict[str, ReadText] = self._texts.read
        if name not in read:
            squeezed = document.squeezed.get(name, "") if isinstance(document, StoredDocument) else None
            read[name] = ReadText(document.texts.get(name, ""), squeezed)
        return read[name]

    def _average(self, name: str) -> float:
        field = tantivy_fields.length(self.shape, name)
        told = self.searcher.aggregate(Asked.all_query(), {"all": {"sum": {"field": field}}})
        return float(told["all"]["value"] or 0.0) / self.size if self.size else 0.0

    def _spread(self, needle: str, field: str, proved: bool) -> int:
        return self.count(self.needle(needle, field, proved=proved))

    # looking

    def count(self, asked: Asked) -> int:
        """How many documents answer."""
        found: int = self.searcher.search(asked, limit=1).count  # type: ignore[attr-defined] # not in its stub
        return found

    def documents(self, hits: Iterable[tuple[object, tantivy.DocAddress]]) -> list[Document]:
        """The documents of hits."""
        return [tantivy_fields.as_document(self.searcher.doc(address)) for _, address in hits]

    def readable(self, hits: Sequence[tuple[object, tantivy.DocAddress]], characters: int) -> int:
        """How many of the first hits have together no more than so many characters."""
        addresses = [address for _, address in hits]
        total = np.zeros(len(addresses), dtype=np.int64)
        for name in self.shape.texts:
            lengths = self.searcher.fast_field_values(tantivy_fields.length(self.shape, name), addresses)
            total += np.array(lengths, dtype=np.int64)
        return int(np.searchsorted(np.cumsum(total), characters, side="right"))

    def by_key(self, asked: Asked, first: int, last: int) -> list[tuple[str, tantivy.DocAddress]]:
        """The hits from `first` to `last` when all are ordered by key."""
        if first >= last:
            return []
        ascending = tantivy.Order.Asc
        found = self.searcher.search(
            asked, limit=last - first, offset=first, order_by_field=tantivy_fields.KEY, order=ascending
        )
        hits: list[tuple[str, tantivy.DocAddress]] = found.hits
        return hits

    def facet_counts(self, asked: Asked, names: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """For each facet all values among the answers with their counts, most frequent first, then by value."""
        if not names:
            return {}
        told = self.searcher.aggregate(
            asked, {name: _terms(tantivy_fields.facet(self.shape, name)) for name in names}
        )
        counts = {
            name: [(each["key"][1:], each["doc_count"]) for each in told[name]["buckets"]] for name in names
        }
        return {name: sorted(some, key=lambda each: (-each[1], each[0])) for name, some in counts.items()}

    def number_counts(self, asked: Asked, name: str) -> list[tuple[int, int]]:
        """The values of a number among the answers with their counts, ascending."""
        told = self.searcher.aggregate(asked, {"all": _terms(tantivy_fields.number(self.shape, name))})
        return sorted((int(each["key"]), int(each["doc_count"])) for each in told["all"]["buckets"])

    def _values(self, name: str) -> tuple[str, ...]:
        terms = self.searcher.terms_with_prefix(tantivy_fields.facet(self.shape, name), "=")
        return tuple(term[1:] for term, _ in terms)

    # what a tree means

    def asked(self, tree: Node | None, filters: Iterable[Filter]) -> Asked:
        """Everything that answers a tree and passes the filters."""
        found = Asked.all_query() if tree is None else self.node(tree)
        return narrowed(found, *(self.filter(each) for each in filters))

    def filter(self, wanted: Filter) -> Asked:
        if isinstance(wanted, OneOf):
            return self.one_of(wanted.field, wanted.values)
        low = _SMALLEST if wanted.low is None else max(_SMALLEST, wanted.low)
        high = _LARGEST if wanted.high is None else min(_LARGEST, wanted.high)
        if low > high:
            return Asked.empty_query()
        field = tantivy_fields.number(self.shape, wanted.field)
        return Asked.range_query(self.schema, field, tantivy.FieldType.Integer, low, high)

    def one_of(self, name: str, values: Iterable[str]) -> Asked:
        terms = [tantivy_fields.value_term(value) for value in values]
        if not terms:
            return Asked.empty_query()
        return Asked.term_set_query(self.schema, tantivy_fields.facet(self.shape, name), terms)

    def node(self, node: Node) -> Asked:
        match node:
            case Words(text=text, field=field):
                return self._words(text, field)
            case Phrase(text=text, field=field):
                return self.needle(squeeze(text), field)
            case Value(field=field, text=text, exact=exact):
                return silent(self._like_value(field, squeeze(text), exact))
            case Between():
                return silent(self.filter(node))
            case And(branches=branches):
                return all_of([self.node(branch) for branch in branches])
            case Or(branches=branches):
                return any_of([self.node(branch) for branch in branches])
            case Not(branch=branch):
                every = (Occur.Must, silent(Asked.all_query()))
                return Asked.boolean_query([every, (Occur.MustNot, self.node(branch))])
            case Like(text=text):
                return self._like(text)
            case Cited() | Wild() | Near():
                return self._proved(node)

    def needle(self, needle: str, field: str = "", *, proved: bool = True) -> Asked:
        """Documents with a needle in one of their texts, or, unproved, with all its grams in one of them."""
        if not needle:
            return Asked.empty_query()
        names = [field] if field else list(self.shape.texts)
        made = self._unbroken if proved else self._grams
        return any_of([Asked.boost_query(made(name, needle), self.shape.texts[name]) for name in names])

    def _unbroken(self, name: str, needle: str) -> Asked:
        if len(needle) < 3:
            return self._gram(name, needle)
        last = len(needle) - 2
        at = sorted({*range(0, last + 1, 2), last})
        placed: list[str | tuple[int, str]] = [(place, needle[place : place + 2]) for place in at]
        return Asked.phrase_query(self.schema, tantivy_fields.pairs(self.shape, name), placed)

    def _grams(self, name: str, needle: str) -> Asked:
        return all_of([self._gram(name, gram) for gram in words.grams(needle)])

    def _gram(self, name: str, gram: str) -> Asked:
        kind = tantivy_fields.pairs if len(gram) == 2 else tantivy_fields.singles
        return Asked.term_query(self.schema, kind(self.shape, name), gram, index_option="freq")

    def _words(self, text: str, field: str) -> Asked:
        cut = words.cut(text)
        if not cut:
            return Asked.empty_query()
        must = [(Occur.Must, self.needle(word, field)) for word in cut]
        if len(cut) > 1:
            must.append((Occur.Should, self.needle(squeeze(text), field)))
        return Asked.boolean_query(must)

    def _like(self, text: str) -> Asked:
        asked = Reading(self).telling(text)
        if not asked:
            return Asked.empty_query()
        enough = words.enough(len(asked))
        should = [(Occur.Should, self.needle(word, proved=False)) for word in asked]
        return Asked.boolean_query(should, minimum_number_should_match=enough)

    def _like_value(self, field: str, text: str, exact: bool) -> Asked:
        squeezed = ((value, squeeze(value)) for value in self.values(field))
        return self.one_of(
            field, [value for value, bare in squeezed if (text == bare if exact else text in bare)]
        )

    def _proved(self, node: Proved) -> Asked:
        terms = [tantivy_fields.clean(key) for key in self.keys_proved(node)]
        if not terms:
            return Asked.empty_query()
        these = Asked.term_set_query(self.schema, tantivy_fields.KEY, terms)
        return narrowed(self._needed(node), these)

    def _needed(self, node: Proved) -> Asked:
        """The documents that have everything a node needs."""
        field = "" if isinstance(node, Near) else node.field
        return all_of(
            [any_of([self.needle(each, field) for each in group]) for group in proving.needed(node)]
        )

    def _keys_proved(self, node: Proved) -> frozenset[str]:
        """The documents in one text of which the node holds: candidates by the index, proved on the text."""
        field = "" if isinstance(node, Near) else node.field
        names = [field] if field else list(self.shape.texts)
        hits = self.searcher.search(silent(self._needed(node)), limit=_EVERY).hits
        return frozenset(
            document.key
            for document in self.documents(hits)
            if any(holds(node, self.text(document, name)) for name in names)
        )


def holds(node: Proved, text: ReadText) -> bool:
    """Whether a node that is proved on the text holds in it."""
    paragraphs = text.paragraphs if proving.asks_paragraphs(node) else ()
    return proving.times(node, text.squeezed, paragraphs) > 0


def all_of(asked: Sequence[Asked]) -> Asked:
    """What answers every query."""
    return asked[0] if len(asked) == 1 else Asked.boolean_query([(Occur.Must, each) for each in asked])


def any_of(asked: Sequence[Asked]) -> Asked:
    """What answers at least one query."""
    return asked[0] if len(asked) == 1 else Asked.boolean_query([(Occur.Should, each) for each in asked])


def narrowed(asked: Asked, *filters: Asked) -> Asked:
    """A query whose answers also answer others, which add nothing to the score."""
    if not filters:
        return asked
    return Asked.boolean_query([(Occur.Must, asked), *((Occur.Must, silent(each)) for each in filters)])


def silent(asked: Asked) -> Asked:
    """A query that adds nothing to the score."""
    return Asked.const_score_query(asked, 0.0)


def _terms(field: str) -> dict[str, dict[str, str | int]]:
    return {"terms": {"field": field, "size": 65_000}}
