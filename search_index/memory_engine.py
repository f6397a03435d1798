"""An engine that keeps everything in memory and reads every text for every query: for tests, and the plainest reading
of the contract. Other engines must answer exactly alike."""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from search_index import scoring, similar, words
from search_index.cursors import Place, order_value, page_bounds, read_cursor, write_cursor
from search_index.engine import (
    BY_RELEVANCE,
    SCORE,
    Document,
    Facet,
    FacetCount,
    Filter,
    Hit,
    IndexState,
    Lift,
    OneOf,
    Page,
    Query,
    Shape,
    SortBy,
    check_document,
    check_query,
)
from search_index.folding import squeeze
from search_index.snippets import cut_snippets
from search_index.tree import And, Between, Like, Node, Not, Or, Phrase, Value, Words

_Row = tuple[tuple[tuple[float, ...], str], Document, float]


class MemoryEngine:
    """See `SearchEngine`. The folder is not used."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self.folder = folder
        self._shape = shape
        self._documents: dict[str, Document] = {}
        self._changes = 0
        self._lock = threading.Lock()

    @property
    def shape(self) -> Shape:
        return self._shape

    def write(self, put: Sequence[Document] = (), remove: Iterable[str] = ()) -> IndexState:
        for document in put:
            check_document(self._shape, document)
        with self._lock:
            gone = set(remove)
            kept = {key: document for key, document in self._documents.items() if key not in gone}
            self._documents = kept | {document.key: document for document in put}
            self._changes += 1
        return self.state()

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> IndexState:
        documents = [document for batch in batches for document in batch]
        return self.write(
            put=documents, remove=set(self._documents) - {document.key for document in documents}
        )

    def versions(self, keys: Iterable[str]) -> dict[str, str]:
        documents = self._documents
        return {key: documents[key].version for key in keys if key in documents}

    def state(self) -> IndexState:
        return IndexState(len(self._documents), str(self._changes))

    def search(self, query: Query) -> Page:
        check_query(self._shape, query)
        place = read_cursor(query.cursor, len(query.sort)) if query.cursor else None
        reading = _Reading(self._documents, self._shape)
        lifted = self._lifts(query, reading)
        rows = sorted(self._rows(query, reading, lifted), key=lambda row: row[0])
        position = sum(_comes_before(row[0], place) for row in rows) if place else 0
        first, last = page_bounds(place, query.limit, len(rows), position)
        return Page(
            hits=tuple(self._hit(query, document, score) for _, document, score in rows[first:last]),
            total=len(rows),
            first=first + 1,
            after=_cursor("after", rows[last - 1]) if last < len(rows) and last > first else None,
            before=_cursor("before", rows[first]) if first and first < len(rows) else None,
            facets=tuple(self._facet(name, rows, query.facet_values) for name in query.facets),
            lifted=lifted,
        )

    def _lifts(self, query: Query, reading: "_Reading") -> tuple[Lift, ...]:
        filled = (replace(lift, values=self._lifted_values(lift, query, reading)) for lift in query.lifts)
        return tuple(lift for lift in filled if lift.values)

    def _lifted_values(self, lift: Lift, query: Query, reading: "_Reading") -> tuple[str, ...]:
        documents = self._documents.values()
        if lift.values:
            known = {value for each in documents for value in each.facets.get(lift.field, ())}
            return similar.same_names(lift.values, known)
        rows = sorted(self._rows(replace(query, sort=BY_RELEVANCE), reading, ()), key=lambda row: row[0])
        return similar.voted(each.facets.get(lift.field, ()) for _, each, _ in rows[: similar.VOTERS])

    def _rows(self, query: Query, reading: "_Reading", lifts: tuple[Lift, ...]) -> Iterable[_Row]:
        for document in self._documents.values():
            if not all(_passes(document, each) for each in query.filters):
                continue
            found = reading.answer(query.tree, document) if query.tree is not None else 0.0
            if found is None:
                continue
            for lift in lifts:
                found *= 1 + lift.by * (not set(lift.values).isdisjoint(document.facets.get(lift.field, ())))
            score = round(found, scoring.DECIMALS)
            order = tuple(_order(document, score, rule) for rule in query.sort)
            yield (order, document.key), document, score

    def _hit(self, query: Query, document: Document, score: float) -> Hit:
        needles = words.needles(query.tree)
        texts = ((name, document.texts.get(name, "")) for name in self._shape.quoted)
        snippets = [cut for name, text in texts for cut in cut_snippets(name, text, needles, query.snippets)]
        return Hit(document.key, document.version, score, tuple(snippets[: query.snippets]))

    def _facet(self, name: str, rows: Sequence[_Row], most: int) -> Facet:
        counts = Counter(value for _, document, _ in rows for value in set(document.facets.get(name, ())))
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return Facet(name, tuple(FacetCount(*item) for item in ranked[:most]), max(0, len(ranked) - most))


class _Reading:
    """All documents as one query needs them: squeezed, counted, with the statistics of the whole."""

    def __init__(self, documents: dict[str, Document], shape: Shape) -> None:
        self.documents = documents
        self.shape = shape
        self.counts = cache(self._counts)
        self.spread = cache(self._spread)
        self.telling = cache(self._telling)
        self.average = {name: self._average(name) for name in shape.texts}

    def answer(self, node: Node, document: Document) -> float | None:
        """The score of a document that answers the node, `None` for one that does not."""
        match node:
            case Words(text=text, field=field):
                return self._words(text, field, document)
            case Phrase(text=text, field=field):
                return self._word(squeeze(text), field, document)
            case Value(field=field, text=text, exact=exact):
                return 0.0 if _has_value(document, field, squeeze(text), exact=exact) else None
            case Between():
                return 0.0 if _is_between(document, node) else None
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
        return scoring.rarity(len(self.documents), with_word) * scoring.saturation(weight)

    def _like(self, text: str, document: Document) -> float | None:
        asked = self.telling(text)
        scores = [self._word(word, "", document, proved=False) for word in asked]
        found = [score for score in scores if score is not None]
        return sum(found) if found and 4 * len(found) >= len(asked) else None

    def _telling(self, text: str) -> tuple[str, ...]:
        every = [word for word in words.telling(text) if self.spread(word, "", False)]
        rare = [
            word for word in every if self.spread(word, "", False) <= words.TOO_COMMON * len(self.documents)
        ]
        return tuple((rare or every)[: words.TELLING_WORDS])

    def _spread(self, needle: str, field: str, proved: bool) -> int:
        return sum(self._weight(needle, field, document, proved) > 0 for document in self.documents.values())

    def _weight(self, needle: str, field: str, document: Document, proved: bool) -> float:
        weight = 0.0
        for name in [field] if field else self.shape.texts:
            squeezed, counts = self.counts(document.key, name)
            if not needle or (proved and needle not in squeezed):
                continue
            times = min(counts[gram] for gram in words.grams(needle))
            weight += self.shape.texts[name] * times / scoring.length_norm(len(squeezed), self.average[name])
        return weight

    def _counts(self, key: str, name: str) -> tuple[str, Counter[str]]:
        squeezed = squeeze(self.documents[key].texts.get(name, ""))
        return squeezed, words.gram_counts(squeezed)

    def _average(self, name: str) -> float:
        total = sum(len(self.counts(key, name)[0]) for key in self.documents)
        return total / len(self.documents) if self.documents else 0.0


def _passes(document: Document, wanted: Filter) -> bool:
    if isinstance(wanted, OneOf):
        return not set(wanted.values).isdisjoint(document.facets.get(wanted.field, ()))
    return _is_between(document, wanted)


def _is_between(document: Document, wanted: Between) -> bool:
    number = document.numbers.get(wanted.field)
    if number is None:
        return False
    return (wanted.low is None or wanted.low <= number) and (wanted.high is None or number <= wanted.high)


def _has_value(document: Document, field: str, text: str, *, exact: bool) -> bool:
    values = (squeeze(value) for value in document.facets.get(field, ()))
    return any(text == value if exact else text in value for value in values)


def _order(document: Document, score: float, rule: SortBy) -> float:
    number = score if rule.field == SCORE else document.numbers.get(rule.field)
    return order_value(number, descending=rule.descending)


def _comes_before(order: tuple[tuple[float, ...], str], place: Place) -> bool:
    other = (place.values, place.key)
    return order <= other if place.side == "after" else order < other


def _cursor(side: str, row: _Row) -> str:
    (values, key), _, _ = row
    return write_cursor(Place("after" if side == "after" else "before", values, key))
