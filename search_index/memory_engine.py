"""An engine that keeps everything in memory and reads every text for every query: for tests, and the plainest reading
of the contract. Other engines must answer exactly alike."""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    Hit,
    IndexState,
    Lift,
    Page,
    Query,
    Shape,
    SortBy,
    check_document,
    check_query,
)
from search_index.reading import Reading, ReadText, asks_likeness, passes
from search_index.snippets import cut_snippets

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
        reading = _Library(self._documents, self._shape).reading
        lifts = self._lifts(query, reading)
        rows = sorted(self._ranked(query, reading, lifts), key=lambda row: row[0])
        position = sum(_comes_before(row[0], place) for row in rows) if place else 0
        first, last = page_bounds(place, query.limit, len(rows), position)
        return Page(
            hits=tuple(self._hit(query, document, score) for _, document, score in rows[first:last]),
            total=len(rows),
            first=first + 1,
            after=_cursor("after", rows[last - 1]) if last < len(rows) and last > first else None,
            before=_cursor("before", rows[first]) if first and first < len(rows) else None,
            facets=tuple(self._facet(name, rows, query.facet_values) for name in query.facets),
            lifted=lifts,
        )

    def _lifts(self, query: Query, reading: Reading) -> tuple[Lift, ...]:
        """The lifts that take effect, with the values that they mean."""
        filled = (self._filled(lift, query, reading) for lift in query.lifts)
        return tuple(lift for lift in filled if lift.values)

    def _filled(self, lift: Lift, query: Query, reading: Reading) -> Lift:
        known = {value for each in self._documents.values() for value in each.facets.get(lift.field, ())}
        best = [] if lift.values else self._best(query, reading, (), similar.VOTERS)
        ballots = ((score, document.facets.get(lift.field, ())) for document, score in best)
        return similar.filled(lift, known, ballots)

    def _ranked(self, query: Query, reading: Reading, lifts: tuple[Lift, ...]) -> Iterable[_Row]:
        """All hits, the words echoed that the best of them have in common."""
        echo = (
            reading.echo(self._best(query, reading, lifts, similar.ECHOED))
            if asks_likeness(query.tree)
            else {}
        )
        return self._rows(query, reading, lifts, echo)

    def _best(
        self, query: Query, reading: Reading, lifts: tuple[Lift, ...], count: int
    ) -> list[tuple[Document, float]]:
        rows = sorted(
            self._rows(replace(query, sort=BY_RELEVANCE), reading, lifts, {}), key=lambda row: row[0]
        )
        return [(document, score) for _, document, score in rows[:count]]

    def _rows(
        self, query: Query, reading: Reading, lifts: tuple[Lift, ...], echo: Mapping[str, float]
    ) -> Iterable[_Row]:
        for document in self._documents.values():
            if not all(passes(document, each) for each in query.filters):
                continue
            found = reading.answer(query.tree, document) if query.tree is not None else 0.0
            if found is None:
                continue
            found = found * similar.factor(lifts, document.facets) + reading.echoed(echo, document)
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


class _Library:
    """See `Corpus`: all documents, squeezed and counted as they are asked for."""

    def __init__(self, documents: dict[str, Document], shape: Shape) -> None:
        self.documents = documents
        self.shape = shape
        self.read = cache(self._read)
        self.reading = Reading(self)

    @property
    def size(self) -> int:
        return len(self.documents)

    def average(self, name: str) -> float:
        total = sum(len(self.read(key, name).squeezed) for key in self.documents)
        return total / self.size if self.size else 0.0

    def spread(self, needle: str, field: str, proved: bool) -> int:
        names = [field] if field else list(self.shape.texts)
        return sum(
            any(self.reading.weight_in(name, needle, self.read(key, name), proved) for name in names)
            for key in self.documents
        )

    def text(self, document: Document, name: str) -> ReadText:
        return self.read(document.key, name)

    def _read(self, key: str, name: str) -> ReadText:
        return ReadText(self.documents[key].texts.get(name, ""))


def _order(document: Document, score: float, rule: SortBy) -> float:
    number = score if rule.field == SCORE else document.numbers.get(rule.field)
    return order_value(number, descending=rule.descending)


def _comes_before(order: tuple[tuple[float, ...], str], place: Place) -> bool:
    other = (place.values, place.key)
    return order <= other if place.side == "after" else order < other


def _cursor(side: str, row: _Row) -> str:
    (values, key), _, _ = row
    return write_cursor(Place("after" if side == "after" else "before", values, key))
