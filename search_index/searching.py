"""Answers a query on a snapshot: masks and scores over all documents at once."""

from dataclasses import dataclass, replace

import numpy as np

from search_index import scoring, similar, words
from search_index.cursors import Place, page_bounds, read_cursor, write_cursor
from search_index.engine import (
    BY_RELEVANCE,
    SCORE,
    Facet,
    FacetCount,
    Filter,
    Hit,
    Lift,
    OneOf,
    Page,
    Query,
    Snippet,
)
from search_index.folding import squeeze
from search_index.segments import Floats, Found, Integers, Mask, Snapshot
from search_index.snippets import cut_snippets
from search_index.tree import And, Between, Like, Node, Not, Or, Phrase, Value, Words


@dataclass(frozen=True)
class _Answer:
    """Which documents answer, and their scores; the scores of others mean nothing."""

    mask: Mask
    scores: Floats


@dataclass(frozen=True)
class _Ordered:
    """All hits in order: document numbers, and the values they were ordered by, one row per sort rule."""

    numbers: Integers
    values: Floats
    scores: Floats


def answer(query: Query, snapshot: Snapshot) -> Page:
    """The page a query asks for."""
    place = read_cursor(query.cursor, len(query.sort)) if query.cursor else None
    found = _evaluate(query.tree, snapshot) if query.tree is not None else _every(snapshot)
    mask = found.mask
    for wanted in query.filters:
        mask = mask & _filter(wanted, snapshot)
    lifted = _lifts(query, snapshot, mask, found.scores)
    scores = _lift(lifted, snapshot, found.scores)
    ordered = _order(query, snapshot, np.flatnonzero(mask), scores)
    total = len(ordered.numbers)
    first, last = page_bounds(place, query.limit, total, _position(place, ordered, snapshot))
    return Page(
        hits=tuple(_hit(query, snapshot, ordered, at) for at in range(first, last)),
        total=total,
        first=first + 1,
        after=_cursor("after", ordered, last - 1, snapshot) if first < last < total else None,
        before=_cursor("before", ordered, first, snapshot) if 0 < first < total else None,
        facets=tuple(_facet(name, query.facet_values, snapshot, mask) for name in query.facets),
        lifted=lifted,
    )


def _lifts(query: Query, snapshot: Snapshot, mask: Mask, scores: Floats) -> tuple[Lift, ...]:
    """The lifts that take effect, with the values that they mean, among those the index has."""
    filled = (
        replace(lift, values=_lifted_values(lift, query, snapshot, mask, scores)) for lift in query.lifts
    )
    return tuple(lift for lift in filled if lift.values)


def _lifted_values(
    lift: Lift, query: Query, snapshot: Snapshot, mask: Mask, scores: Floats
) -> tuple[str, ...]:
    if lift.values:
        return similar.same_names(lift.values, snapshot.facet_values(lift.field))
    bare = replace(query, sort=BY_RELEVANCE)
    first = _order(bare, snapshot, np.flatnonzero(mask), scores).numbers[: similar.VOTERS]
    return similar.voted(snapshot.values_of(lift.field, number) for number in first.tolist())


def _lift(lifts: tuple[Lift, ...], snapshot: Snapshot, scores: Floats) -> Floats:
    for lift in lifts:
        scores = np.where(snapshot.has_value(lift.field, set(lift.values)), scores * (1 + lift.by), scores)
    return scores


def _evaluate(node: Node, snapshot: Snapshot) -> _Answer:
    match node:
        case Words(text=text, field=field):
            return _words(text, field, snapshot)
        case Phrase(text=text, field=field):
            return _scored(snapshot.find(squeeze(text), field), snapshot)
        case Value(field=field, text=text, exact=exact):
            wanted = squeeze(text)
            has = (
                snapshot.equal_value(field, wanted)
                if exact
                else snapshot.has_value(field, None, containing=wanted)
            )
            return _unscored(has)
        case Between():
            return _unscored(_filter(node, snapshot))
        case And(branches=branches):
            return _all([_evaluate(branch, snapshot) for branch in branches])
        case Or(branches=branches):
            return _any([_evaluate(branch, snapshot) for branch in branches])
        case Not(branch=branch):
            return _unscored(~_evaluate(branch, snapshot).mask & snapshot.live)
        case Like(text=text):
            return _like(text, snapshot)


def _every(snapshot: Snapshot) -> _Answer:
    return _unscored(snapshot.live)


def _unscored(mask: Mask) -> _Answer:
    return _Answer(mask, np.zeros(len(mask), dtype=np.float64))


def _scored(found: Found, snapshot: Snapshot) -> _Answer:
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    scores = np.zeros(snapshot.size, dtype=np.float64)
    mask[found.documents] = True
    rarity = scoring.rarity(snapshot.live_count, len(found.documents))
    scores[found.documents] = rarity * (found.weights * (scoring.K1 + 1) / (found.weights + scoring.K1))
    return _Answer(mask, scores)


def _all(answers: list[_Answer]) -> _Answer:
    mask = np.logical_and.reduce([each.mask for each in answers])
    return _Answer(mask, _sum([each.scores for each in answers]))


def _any(answers: list[_Answer]) -> _Answer:
    mask = np.logical_or.reduce([each.mask for each in answers])
    return _Answer(mask, _sum([np.where(each.mask, each.scores, 0.0) for each in answers]))


def _sum(scores: list[Floats]) -> Floats:
    total = scores[0].copy()
    for each in scores[1:]:
        total += each
    return total


def _words(text: str, field: str, snapshot: Snapshot) -> _Answer:
    cut = words.cut(text)
    if not cut:
        return _unscored(np.zeros(snapshot.size, dtype=np.bool_))
    together = _all([_scored(snapshot.find(word, field), snapshot) for word in cut])
    if len(cut) == 1:
        return together
    unbroken = _scored(snapshot.find(squeeze(text), field), snapshot)
    return _Answer(together.mask, together.scores + unbroken.scores)


def _like(text: str, snapshot: Snapshot) -> _Answer:
    found = [(word, snapshot.find(word, proved=False)) for word in words.telling(text)]
    every = [each for _, each in found if len(each.documents)]
    rare = [each for each in every if len(each.documents) <= words.TOO_COMMON * snapshot.live_count]
    asked = (rare or every)[: words.TELLING_WORDS]
    if not asked:
        return _unscored(np.zeros(snapshot.size, dtype=np.bool_))
    answers = [_scored(each, snapshot) for each in asked]
    matched = np.add.reduce([each.mask.astype(np.int64) for each in answers])
    return _Answer(matched * 4 >= len(asked), _sum([each.scores for each in answers]))


def _filter(wanted: Filter, snapshot: Snapshot) -> Mask:
    if isinstance(wanted, OneOf):
        return snapshot.has_value(wanted.field, set(wanted.values))
    numbers = snapshot.number_column(wanted.field)
    mask: Mask = snapshot.live & ~np.isnan(numbers)
    if wanted.low is not None:
        mask = mask & (numbers >= wanted.low)
    if wanted.high is not None:
        mask = mask & (numbers <= wanted.high)
    return mask


def _order(query: Query, snapshot: Snapshot, numbers: Integers, scores: Floats) -> _Ordered:
    rounded = np.round(scores[numbers], scoring.DECIMALS)
    values = []
    for rule in query.sort:
        column = rounded if rule.field == SCORE else snapshot.number_column(rule.field)[numbers]
        turned = -column if rule.descending else column
        values.append(np.where(np.isnan(turned), np.inf, turned))
    order = np.lexsort((snapshot.key_ranks[numbers], *reversed(values)))
    table = np.array([value[order] for value in values], dtype=np.float64).reshape(len(values), len(numbers))
    return _Ordered(numbers[order], table, rounded[order])


def _position(place: Place | None, ordered: _Ordered, snapshot: Snapshot) -> int:
    """How many hits come before a place, the place's own hit counted for the side `after` only."""
    if place is None:
        return 0
    wanted = (place.values, place.key)
    low, high = 0, len(ordered.numbers)
    while low < high:
        middle = (low + high) // 2
        here = (_values(ordered, middle), snapshot.keys[ordered.numbers[middle]])
        if here < wanted or (place.side == "after" and here == wanted):
            low = middle + 1
        else:
            high = middle
    return low


def _values(ordered: _Ordered, at: int) -> tuple[float, ...]:
    return tuple(ordered.values[:, at].tolist())


def _cursor(side: str, ordered: _Ordered, at: int, snapshot: Snapshot) -> str:
    key = snapshot.keys[ordered.numbers[at]]
    return write_cursor(Place("after" if side == "after" else "before", _values(ordered, at), key))


def _hit(query: Query, snapshot: Snapshot, ordered: _Ordered, at: int) -> Hit:
    number = int(ordered.numbers[at])
    return Hit(
        key=snapshot.keys[number],
        version=snapshot.version(number),
        score=float(ordered.scores[at]),
        snippets=_snippets(query, snapshot, number),
    )


def _snippets(query: Query, snapshot: Snapshot, number: int) -> tuple[Snippet, ...]:
    if query.snippets < 1:
        return ()
    needles = words.needles(query.tree)
    source = snapshot.source(number)
    cuts = [
        cut
        for name in snapshot.shape.quoted
        for cut in cut_snippets(name, source.get(name, ""), needles, query.snippets)
    ]
    return tuple(cuts[: query.snippets])


def _facet(name: str, most: int, snapshot: Snapshot, mask: Mask) -> Facet:
    ranked = sorted(snapshot.facet_counts(name, mask).items(), key=lambda item: (-item[1], item[0]))
    return Facet(name, tuple(FacetCount(*item) for item in ranked[:most]), max(0, len(ranked) - most))
