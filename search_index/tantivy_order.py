"""The order of hits in a tantivy index.

Tantivy's own score is an estimate: it knows lengths only roughly. The best hits by the estimate, `HEAD` of them or fewer
long ones, are therefore scored as every engine scores (`reading.Reading`) and ordered by that; the others follow in the
order of their estimates. Where no more hits are found than that, the order is exactly that of the other engines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import tantivy
from tantivy import Occur
from tantivy import Query as Asked

from search_index import scoring, similar, tantivy_fields
from search_index.cursors import Place, order_value, page_bounds
from search_index.engine import SCORE, Document, Lift, Query, SortBy
from search_index.reading import Reading, asks_likeness
from search_index.tantivy_view import View, narrowed
from search_index.tree import Between, Node, Value, leaves

HEAD = 100
LEAST = 30  # hits that are scored exactly, however long their texts are
READ = 300_000  # characters of hits beyond these that are read for it
LIKE_HEAD = 40  # for a whole text, whose many words make exact scores dear
_EVERY = 10_000_000

Rules = Sequence[SortBy]


@dataclass(frozen=True)
class Row:
    """A hit in order. `values` are those of all sort rules, turned so that smaller comes first."""

    values: tuple[float, ...]
    document: Document
    score: float

    @property
    def place(self) -> tuple[tuple[float, ...], str]:
        return self.values, self.document.key


@dataclass(frozen=True)
class Rows:
    """The hits of one page."""

    rows: Sequence[Row]
    first: int
    total: int


@dataclass(frozen=True)
class _Group:
    """Some hits with the same value of a number; `value` is turned, infinite where the number is missing."""

    value: float
    asked: Asked
    size: int


class Ordering:
    """All hits of one query, from which pages are taken."""

    def __init__(self, view: View, query: Query, asked: Asked) -> None:
        self._view = view
        self._query = query
        self._asked = asked
        self._reading = Reading(view)
        self._most = LIKE_HEAD if asks_likeness(query.tree) else HEAD
        self._is_scored = query.tree is not None and any(map(_is_scoring, leaves(query.tree)))
        self._answers: dict[str, float] = {}
        self._echo: Mapping[str, float] = {}
        self.lifts: tuple[Lift, ...] = ()
        self.lifts = tuple(lift for lift in map(self._filled, query.lifts) if lift.values)
        if asks_likeness(query.tree):
            self._echo = self._reading.echo(self._best(similar.ECHOED))

    def page(self, place: Place | None, limit: int) -> Rows:
        """The page beside a place, or the first."""
        total = self._view.count(self._asked)
        rules = self._query.sort
        position = 0 if place is None else self._before(self._asked, rules, place, place.values)
        first, last = page_bounds(place, limit, total, position)
        return Rows(list(self._slice(self._asked, rules, first, last)), first, total)

    # slices

    def _slice(self, asked: Asked, rules: Rules, first: int, last: int) -> Iterator[Row]:
        """The hits from `first` to `last` among the answers of a query, in the order of some of the rules."""
        if first >= last:
            return
        rule = self._next(rules)
        if rule is None:
            yield from map(self._row, self._view.documents(self._view.by_key(asked, first, last)))
        elif rule.field == SCORE:
            yield from self._scored_slice(asked, rule, first, last)
        else:
            rest = rules[rules.index(rule) + 1 :]
            for group in self._groups(asked, rule):
                yield from self._slice(group.asked, rest, max(0, first), min(last, group.size))
                first, last = first - group.size, last - group.size
                if last <= 0:
                    return

    def _next(self, rules: Rules) -> SortBy | None:
        """The first rule that tells hits apart."""
        return next((rule for rule in rules if rule.field != SCORE or self._is_scored), None)

    def _groups(self, asked: Asked, rule: SortBy) -> list[_Group]:
        counted = self._view.number_counts(asked, rule.field)
        field = tantivy_fields.number(self._view.shape, rule.field)
        groups = [
            _Group(
                order_value(value, descending=rule.descending),
                narrowed(asked, Asked.term_query(self._view.schema, field, value)),
                count,
            )
            for value, count in (reversed(counted) if rule.descending else counted)
        ]
        missing = self._view.count(asked) - sum(group.size for group in groups)
        if missing:
            exists = Asked.exists_query(field)
            without = Asked.boolean_query([(Occur.Must, asked), (Occur.MustNot, exists)])
            groups.append(_Group(order_value(None, descending=False), without, missing))
        return groups

    def _scored_slice(self, asked: Asked, rule: SortBy, first: int, last: int) -> Iterator[Row]:
        head = self._head(asked, rule)
        yield from head[first:last]
        start = max(first, len(head))
        if start < last:
            hits = self._tail(asked, head, start - len(head), last - len(head))
            yield from (row for row, _ in self._tail_rows(head, hits))

    def _head(self, asked: Asked, rule: SortBy) -> list[Row]:
        """The best hits, scored exactly and in order. Worst first means that every hit is scored."""
        most = self._most if rule.descending else _EVERY
        hits = self._view.searcher.search(asked, limit=most).hits
        if rule.descending:
            hits = hits[: max(LEAST, self._view.readable(hits, READ))]
        found = {document.key: document for document in self._view.documents(hits)}
        if len(hits) >= LEAST:
            for lift in self.lifts:
                lifted = narrowed(asked, self._view.one_of(lift.field, lift.values))
                more = self._view.documents(self._view.searcher.search(lifted, limit=most).hits)
                found |= {document.key: document for document in more}
        return sorted(map(self._row, found.values()), key=lambda row: row.place)

    def _tail(
        self, asked: Asked, head: Sequence[Row], first: int, last: int
    ) -> list[tuple[float, tantivy.DocAddress]]:
        """Hits outside the head, by their estimates."""
        keys = [tantivy_fields.clean(row.document.key) for row in head]
        known = Asked.term_set_query(self._view.schema, tantivy_fields.KEY, keys)
        others = Asked.boolean_query([(Occur.Must, asked), (Occur.MustNot, known)])
        hits: list[tuple[float, tantivy.DocAddress]] = self._view.searcher.search(
            others, limit=last - first, offset=first
        ).hits
        return hits

    def _tail_rows(
        self, head: Sequence[Row], hits: Sequence[tuple[float, tantivy.DocAddress]]
    ) -> Iterator[tuple[Row, float]]:
        for (estimate, _), document in zip(hits, self._view.documents(hits), strict=True):
            score = _tail_score(head, estimate)
            yield Row(self._values(document, score), document, score), score

    def _row(self, document: Document) -> Row:
        score = self._score(document)
        return Row(self._values(document, score), document, score)

    def _values(self, document: Document, score: float) -> tuple[float, ...]:
        found = (
            score if rule.field == SCORE else document.numbers.get(rule.field) for rule in self._query.sort
        )
        return tuple(
            order_value(value, descending=rule.descending)
            for value, rule in zip(found, self._query.sort, strict=True)
        )

    def _score(self, document: Document) -> float:
        answer = self._answer(document) * similar.factor(self.lifts, document.facets)
        return round(answer + self._reading.echoed(self._echo, document), scoring.DECIMALS)

    def _answer(self, document: Document) -> float:
        """What the tree alone gives, worked out once for each document."""
        if document.key not in self._answers:
            tree = self._query.tree
            found = self._reading.answer(tree, document) if tree is not None else 0.0
            self._answers[document.key] = found or 0.0
        return self._answers[document.key]

    # lifts

    def _filled(self, lift: Lift) -> Lift:
        """The lift with the values that it means, among those the index has."""
        best = [] if lift.values else self._best(similar.VOTERS)
        ballots = ((score, document.facets.get(lift.field, ())) for document, score in best)
        return similar.filled(lift, self._view.values(lift.field), ballots)

    def _best(self, count: int) -> list[tuple[Document, float]]:
        """The best hits with their scores, as they stand before anything else is added."""
        best = SortBy(SCORE, descending=True)
        rows = islice(self._slice(self._asked, (best,), 0, count), count)
        return [(row.document, row.score) for row in rows]

    # places

    def _before(self, asked: Asked, rules: Rules, place: Place, values: Sequence[float]) -> int:
        """How many answers come before a place; for the side `after` the place's own hit counts as well."""
        rule = self._next(rules)
        if rule is None:
            return self._before_key(asked, place)
        at = rules.index(rule)
        value, rest = values[at], rules[at + 1 :]
        if rule.field == SCORE:
            return self._before_score(asked, rule, place)
        count = 0
        for group in self._groups(asked, rule):
            if group.value < value:
                count += group.size
            elif group.value == value:
                count += self._before(group.asked, rest, place, values[at + 1 :])
        return count

    def _before_key(self, asked: Asked, place: Place) -> int:
        start = tantivy_fields.key_start(place.key)
        before = Asked.empty_query() if not start else self._key_starts(0, start - 1)
        same = narrowed(asked, self._key_starts(start, start))
        keys = [key for key, _ in self._view.by_key(same, 0, _EVERY)]
        counted = sum(key <= place.key if place.side == "after" else key < place.key for key in keys)
        return self._view.count(narrowed(asked, before)) + counted

    def _key_starts(self, low: int, high: int) -> Asked:
        kind = tantivy.FieldType.Unsigned
        return Asked.range_query(self._view.schema, tantivy_fields.KEY_START, kind, low, high)

    def _before_score(self, asked: Asked, rule: SortBy, place: Place) -> int:
        head = self._head(asked, rule)
        wanted = (place.values, place.key)
        after = place.side == "after"
        count = sum(row.place < wanted or (after and row.place == wanted) for row in head)
        return count if count < len(head) else count + self._before_in_tail(asked, head, place)

    def _before_in_tail(self, asked: Asked, head: Sequence[Row], place: Place) -> int:
        """Equal estimates stand in the index's own order, so the place is looked for among them."""
        at = next(at for at, rule in enumerate(self._query.sort) if rule.field == SCORE)
        score = -place.values[at]
        hits = self._tail(asked, head, 0, _EVERY)
        scores = [_tail_score(head, estimate) for estimate, _ in hits]
        better = sum(each > score for each in scores)
        equal = [hit for hit, each in zip(hits, scores, strict=True) if each == score]
        for number, document in enumerate(self._view.documents(equal)):
            if document.key == place.key:
                return better + number + (place.side == "after")
        return better


def _tail_score(head: Sequence[Row], estimate: float) -> float:
    """An estimate as a score: never above those of the head."""
    rounded = round(estimate, scoring.DECIMALS)
    return min(rounded, head[-1].score) if head else rounded


def _is_scoring(leaf: Node) -> bool:
    return not isinstance(leaf, Value | Between)
