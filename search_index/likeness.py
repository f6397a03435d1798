"""Documents like a whole text, found on a snapshot: the steps of `similar.py` over all documents at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, tee

import numpy as np

from search_index import scoring, similar, words
from search_index.engine import Lift
from search_index.ordering import Hits
from search_index.reading import asks_likeness
from search_index.segments import Floats, Found, Integers, Mask, Snapshot
from search_index.tree import Node


def like(text: str, snapshot: Snapshot) -> tuple[Mask, Floats]:
    """Which documents are like a text, and how much. Remembered, because each page of one search asks again."""
    found: tuple[Mask, Floats] = snapshot.remembered(("like", text), lambda: _like(text, snapshot))
    return found


def _like(text: str, snapshot: Snapshot) -> tuple[Mask, Floats]:
    asked = _telling(text, snapshot)
    matched = np.zeros(snapshot.size, dtype=np.int64)
    for found in asked:
        matched[found.documents] += 1
    mask: Mask = matched >= max(1, words.enough(len(asked)))
    asked_pairs = similar.text_pairs(text)
    pairs = (found for name in snapshot.shape.quoted for found in snapshot.grams(name, asked_pairs))
    return mask, similar.SCALE * (_share(asked, snapshot) + _share(_rare(pairs, snapshot), snapshot))


def _telling(text: str, snapshot: Snapshot) -> list[Found]:
    every = (snapshot.find(word, proved=False) for word in words.telling(text))
    found, again = tee(each for each in every if len(each.documents))
    rare = list(islice(_rare(found, snapshot), words.TELLING_WORDS))
    return rare or list(islice(again, words.TELLING_WORDS))


def _rare(found: Iterable[Found], snapshot: Snapshot) -> Iterator[Found]:
    most = words.TOO_COMMON * snapshot.live_count
    return (each for each in found if 0 < len(each.documents) <= most)


def _share(asked: Iterable[Found], snapshot: Snapshot) -> Floats:
    """BM25 in parts of what a document could reach that has every word as often as an average one has it once."""
    scores = np.zeros(snapshot.size, dtype=np.float64)
    attainable = 0.0
    for found in asked:
        rarity = scoring.rarity(snapshot.live_count, len(found.documents))
        attainable += rarity
        scores[found.documents] += rarity * _saturated(found.weights)
    return scores / attainable if attainable else scores


def _saturated(weights: Floats) -> Floats:
    saturated: Floats = weights * (scoring.K1 + 1) / (weights + scoring.K1)
    return saturated


def lifts_in_effect(
    lifts: tuple[Lift, ...], numbers: Integers, scores: Floats, snapshot: Snapshot
) -> tuple[Lift, ...]:
    """The lifts that take effect on some hits, with the values that they mean, among those the index has."""
    filled = (_filled(lift, numbers, scores, snapshot) for lift in lifts)
    return tuple(lift for lift in filled if lift.values)


def _filled(lift: Lift, numbers: Integers, scores: Floats, snapshot: Snapshot) -> Lift:
    facet = snapshot.facet(lift.field)
    best = [] if lift.values else _best(numbers, scores, similar.VOTERS, snapshot)
    return similar.filled(lift, facet.values, ((score, facet.of(number)) for number, score in best))


def _best(numbers: Integers, scores: Floats, count: int, snapshot: Snapshot) -> list[tuple[int, float]]:
    """The best hits with their scores, as they stand before anything else is added."""
    rounded = np.round(scores[numbers], scoring.DECIMALS)
    at = Hits(numbers, [-rounded], snapshot).page(None, count).at
    return list(zip(numbers[at].tolist(), rounded[at].tolist(), strict=True))


def lifted(lifts: tuple[Lift, ...], scores: Floats, snapshot: Snapshot) -> Floats:
    """The scores with every lift applied: a document counts by the strongest of its values."""
    for lift in lifts:
        facet = snapshot.facet(lift.field)
        shares = dict(zip(lift.values, lift.shares, strict=True))
        by_code = np.array([shares.get(value, 0.0) for value in facet.values], dtype=np.float64)
        strongest = np.zeros(snapshot.size, dtype=np.float64)
        np.maximum.at(strongest, facet.owners, by_code[facet.codes])
        scores = scores * (1 + lift.by * strongest)
    return scores


def echoed(tree: Node | None, numbers: Integers, scores: Floats, snapshot: Snapshot) -> Floats:
    """The scores with those of the words added that the best hits have in common, where the tree asks for likeness."""
    if snapshot.shape.echo is None or not asks_likeness(tree):
        return scores
    best = tuple(_best(numbers, scores, similar.ECHOED, snapshot))
    total: Floats = scores + snapshot.remembered(("echo", best), lambda: _echoes(best, snapshot))
    return total


def _echoes(best: Sequence[tuple[int, float]], snapshot: Snapshot) -> Floats:
    """What the words that the best hits have in common add to each document."""
    candidates = similar.echo_candidates([(score, _echo_text(number, snapshot)) for number, score in best])
    found = {word: snapshot.find(word, proved=False) for word in candidates}
    most = words.TOO_COMMON * snapshot.live_count
    rarities = {
        word: scoring.rarity(snapshot.live_count, len(each.documents))
        for word, each in found.items()
        if 0 < len(each.documents) <= most
    }
    echoes = np.zeros(snapshot.size, dtype=np.float64)
    for word, weight in similar.echo_words(candidates, rarities).items():
        echoes[found[word].documents] += weight * (rarities[word] * _saturated(found[word].weights))
    return echoes


def _echo_text(number: int, snapshot: Snapshot) -> str:
    shape = snapshot.shape
    if shape.echo is None:
        return ""
    names = [name for name in (shape.echo.start, shape.echo.end) if name]
    places = {name: float(snapshot.number_column(name)[number]) for name in names}
    known = {name: place for name, place in places.items() if not np.isnan(place)}
    return similar.echo_text(shape, snapshot.source(number)[shape.echo.text], known)
