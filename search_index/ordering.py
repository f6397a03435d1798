"""Which hits stand on a page: chosen out of all hits without sorting all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search_index.cursors import Place, page_bounds
from search_index.segments import Floats, Integers, Mask, Snapshot

_FEW = 2_000  # ties up to so many are ordered by their own keys, without ranking the keys of the whole index


@dataclass(frozen=True)
class Chosen:
    """The hits of a page in order: `at` are their places among all hits; `first` is how many hits come before them."""

    at: Integers
    first: int
    total: int


@dataclass(frozen=True)
class Hits:
    """All hits: document numbers, and the values they are ordered by, smaller first, one array per sort rule."""

    numbers: Integers
    values: Sequence[Floats]
    snapshot: Snapshot

    def page(self, place: Place | None, limit: int) -> Chosen:
        """The page beside a place, or the first."""
        every = np.arange(len(self.numbers))
        if place is None:
            at = self._first(every, limit)
            return Chosen(at, 0, len(every))
        before = self._before(place)
        first, last = page_bounds(place, limit, len(every), int(np.count_nonzero(before)))
        if place.side == "after":
            return Chosen(self._first(every[~before], last - first), first, len(every))
        return Chosen(self._first(every[before], last - first, turned=-1)[::-1], first, len(every))

    def _before(self, place: Place) -> Mask:
        """Hits that come before a place; for the side `after` the place's own hit counts as well."""
        before = np.zeros(len(self.numbers), dtype=np.bool_)
        equal = np.ones(len(self.numbers), dtype=np.bool_)
        for column, value in zip(self.values, place.values, strict=True):
            before |= equal & (column < value)
            equal &= column == value
        at = np.flatnonzero(equal)
        before[at] = self._keys_before(self.numbers[at], place.key, also_equal=place.side == "after")
        return before

    def _keys_before(self, numbers: Integers, key: str, *, also_equal: bool) -> Mask:
        if len(numbers) > _FEW:
            bound = (bisect_right if also_equal else bisect_left)(self.snapshot.sorted_keys, key)
            ranked: Mask = self.snapshot.key_ranks[numbers] < bound
            return ranked
        keys = map(self.snapshot.key, numbers.tolist())
        return np.array([each <= key if also_equal else each < key for each in keys], dtype=np.bool_)

    def _first(self, among: Integers, count: int, turned: int = 1) -> Integers:
        """The first `count` of some hits in order, or, turned by -1, the last ones, last first."""
        sure, left = [], count
        for column in self.values:
            if len(among) <= left or left < 1:
                break
            values = turned * column[among]
            bound = np.partition(values, left - 1)[left - 1]
            smaller = values < bound
            sure.append(among[smaller])
            left -= len(sure[-1])
            among = among[values == bound]
        if len(among) > left:
            among = among[np.argsort(turned * self._key_order(among), kind="stable")[: max(0, left)]]
        chosen = np.concatenate([*sure, among])
        columns = [turned * column[chosen] for column in self.values]
        return chosen[np.lexsort((turned * self._key_order(chosen), *reversed(columns)))]

    def _key_order(self, among: Integers) -> Integers:
        """Numbers that order some hits by key."""
        if len(among) > _FEW:
            return self.snapshot.key_ranks[self.numbers[among]]
        keys = [self.snapshot.key(number) for number in self.numbers[among].tolist()]
        order = np.empty(len(among), dtype=np.int64)
        order[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        return order
