"""Answers a query on a snapshot: masks and scores over all documents at once."""

from dataclasses import dataclass

import numpy as np

from search_index import likeness, proving, scoring, words
from search_index.cursors import Place, Side, read_cursor, write_cursor
from search_index.engine import (
    SCORE,
    Facet,
    FacetCount,
    Filter,
    Hit,
    OneOf,
    Page,
    Query,
    Snippet,
)
from search_index.folding import squeeze
from search_index.ordering import Hits
from search_index.segments import Floats, Found, Integers, Mask, Snapshot
from search_index.snippets import cut_snippets
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


@dataclass(frozen=True)
class _Answer:
    """Which documents answer, and their scores; the scores of others mean nothing."""

    mask: Mask
    scores: Floats


def answer(query: Query, snapshot: Snapshot) -> Page:
    """The page a query asks for."""
    place = read_cursor(query.cursor, len(query.sort)) if query.cursor else None
    found = _evaluate(query.tree, snapshot) if query.tree is not None else _every(snapshot)
    mask = found.mask
    for wanted in query.filters:
        mask = mask & _filter(wanted, snapshot)
    numbers = np.flatnonzero(mask)
    lifts = likeness.lifts_in_effect(query.lifts, numbers, found.scores, snapshot)
    lifted = likeness.lifted(lifts, found.scores, snapshot)
    scores = np.round(likeness.echoed(query.tree, numbers, lifted, snapshot), scoring.DECIMALS)
    hits = _hits(query, snapshot, numbers, scores)
    page = hits.page(place, query.limit)
    chosen = numbers[page.at].tolist()
    needles = words.needles(query.tree)
    last = page.first + len(chosen)
    return Page(
        hits=tuple(_hit(query, needles, snapshot, number, scores) for number in chosen),
        total=page.total,
        first=page.first + 1,
        after=_cursor("after", hits, page.at[-1]) if page.first < last < page.total else None,
        before=_cursor("before", hits, page.at[0]) if 0 < page.first < last else None,
        facets=tuple(_facet(name, query.facet_values, snapshot, mask) for name in query.facets),
        lifted=lifts,
    )


def _cursor(side: Side, hits: Hits, at: int) -> str:
    values = tuple(float(column[at]) for column in hits.values)
    return write_cursor(Place(side, values, hits.snapshot.key(int(hits.numbers[at]))))


def _evaluate(node: Node, snapshot: Snapshot) -> _Answer:
    match node:
        case Words(text=text, field=field):
            return _words(text, field, snapshot)
        case Phrase(text=text, field=field):
            return _scored(snapshot.find(squeeze(text), field), snapshot)
        case Value(field=field, text=text, exact=exact):
            return _unscored(snapshot.reads_like(field, squeeze(text), exact=exact))
        case Between():
            return _unscored(_filter(node, snapshot))
        case And(branches=branches):
            return _all([_evaluate(branch, snapshot) for branch in branches])
        case Or(branches=branches):
            return _any([_evaluate(branch, snapshot) for branch in branches])
        case Not(branch=branch):
            return _unscored(~_evaluate(branch, snapshot).mask & snapshot.live)
        case Like(text=text):
            return _Answer(*likeness.like(text, snapshot))
        case Cited() | Wild() | Near():
            return _proved(node, snapshot)


def _proved(node: Proved, snapshot: Snapshot) -> _Answer:
    """What is proved on the text: as rare as the rarest of the needles it needs."""
    field = proving.field_of(node)
    spread = min(
        max(len(snapshot.find(needle, field, proved=False).documents) for needle in group)
        for group in proving.needed(node)
    )
    return _scored(snapshot.prove(node), snapshot, spread)


def _every(snapshot: Snapshot) -> _Answer:
    return _unscored(snapshot.live)


def _unscored(mask: Mask) -> _Answer:
    return _Answer(mask, np.zeros(len(mask), dtype=np.float64))


def _scored(found: Found, snapshot: Snapshot, spread: int | None = None) -> _Answer:
    """`spread`: in how many documents to take the word to be, when not in those that were found."""
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    scores = np.zeros(snapshot.size, dtype=np.float64)
    mask[found.documents] = True
    rarity = scoring.rarity(snapshot.live_count, len(found.documents) if spread is None else spread)
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


def _filter(wanted: Filter, snapshot: Snapshot) -> Mask:
    if isinstance(wanted, OneOf):
        return snapshot.has_value(wanted.field, wanted.values)
    numbers = snapshot.number_column(wanted.field)
    mask: Mask = snapshot.live & ~np.isnan(numbers)
    if wanted.low is not None:
        mask = mask & (numbers >= wanted.low)
    if wanted.high is not None:
        mask = mask & (numbers <= wanted.high)
    return mask


def _hits(query: Query, snapshot: Snapshot, numbers: Integers, scores: Floats) -> Hits:
    """Hits with the values that order them. `scores` are those of all documents, rounded."""
    values = []
    for rule in query.sort:
        column = scores if rule.field == SCORE else snapshot.number_column(rule.field)
        turned = -column[numbers] if rule.descending else column[numbers]
        values.append(np.where(np.isnan(turned), np.inf, turned))
    return Hits(numbers, values, snapshot)


def _hit(
    query: Query, needles: tuple[words.Needle, ...], snapshot: Snapshot, number: int, scores: Floats
) -> Hit:
    return Hit(
        key=snapshot.key(number),
        version=snapshot.version(number),
        score=float(scores[number]),
        snippets=_snippets(query.snippets, needles, snapshot, number) if query.snippets > 0 else (),
    )


def _snippets(
    most: int, needles: tuple[words.Needle, ...], snapshot: Snapshot, number: int
) -> tuple[Snippet, ...]:
    cuts = [
        cut
        for name, text in snapshot.source(number).items()
        for cut in cut_snippets(name, text, needles, most)
    ]
    return tuple(cuts[:most])


def _facet(name: str, most: int, snapshot: Snapshot, mask: Mask) -> Facet:
    counts, left_off = snapshot.facet_counts(name, mask, most)
    return Facet(name, tuple(FacetCount(*each) for each in counts), left_off)
