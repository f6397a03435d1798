"""An integer program in whole numbers only: columns, rows, and what is proven about them without a solver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

NO_LIMIT = 2**62
"""a row without upper side; its negative, one without lower side"""


@dataclass(frozen=True, eq=False)
class Program:
    """Rows `low <= A x <= high` over whole columns `lower <= x <= upper`; A by rows (start, index, value)."""

    lower: Whole
    upper: Whole
    start: Whole
    index: Whole
    value: Whole
    low: Whole
    high: Whole

    @property
    def columns(self) -> int:
        return len(self.lower)

    @property
    def rows(self) -> int:
        return len(self.low)

    @cached_property
    def row_of(self) -> Whole:
        """The row of each entry."""
        return np.repeat(np.arange(self.rows, dtype=np.int64), np.diff(self.start))

    def activity(self, values: Whole) -> Whole:
        """A x."""
        sums = np.zeros(self.rows, dtype=np.int64)
        np.add.at(sums, self.row_of, self.value * values[self.index])
        return sums

    def priced(self, prices: Whole) -> Whole:
        """A transposed times the prices of the rows."""
        sums = np.zeros(self.columns, dtype=np.int64)
        np.add.at(sums, self.index, self.value * prices[self.row_of])
        return sums

    def admits(self, values: Whole) -> bool:
        """Whether these values keep every row and every column, counted exactly."""
        sums = self.activity(values)
        return bool(
            np.all(values >= self.lower)
            and np.all(values <= self.upper)
            and np.all(sums >= self.low)
            and np.all(sums <= self.high)
        )

    def with_rows(self, rows: Sequence["Row"]) -> "Program":
        """The program with more rows at its end."""
        lengths = np.array([len(row.index) for row in rows], dtype=np.int64)
        return replace(
            self,
            start=np.concatenate([self.start, self.start[-1] + np.cumsum(lengths)]),
            index=np.concatenate([self.index, *(row.index for row in rows)]),
            value=np.concatenate([self.value, *(row.value for row in rows)]),
            low=np.concatenate([self.low, np.array([row.low for row in rows], dtype=np.int64)]),
            high=np.concatenate([self.high, np.array([row.high for row in rows], dtype=np.int64)]),
        )

    def with_columns(self, lower: Sequence[int], upper: Sequence[int]) -> "Program":
        """The program with more columns at its end, which stand in no row yet."""
        return replace(
            self,
            lower=np.concatenate([self.lower, np.array(lower, dtype=np.int64)]),
            upper=np.concatenate([self.upper, np.array(upper, dtype=np.int64)]),
        )

    def with_bounds(self, lower: Whole, upper: Whole) -> "Program":
        return replace(self, lower=lower, upper=upper)

    def with_sides(self, low: Whole, high: Whole) -> "Program":
        return replace(self, low=low, high=high)

    def without_rows(self, dropped: Mask) -> "Program":
        """The program without the rows of the mask."""
        kept = ~dropped
        entries = kept[self.row_of]
        lengths = np.diff(self.start)[kept]
        return replace(
            self,
            start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            index=self.index[entries],
            value=self.value[entries],
            low=self.low[kept],
            high=self.high[kept],
        )

    def settled(self) -> "Settled":
        """The smaller program over the columns that are not fixed by their bounds."""
        free = self.lower < self.upper
        fixed = np.where(free, 0, self.lower)
        done = self.activity(fixed)
        place = np.cumsum(free) - 1
        entries = free[self.index]
        lengths = np.zeros(self.rows, dtype=np.int64)
        np.add.at(lengths, self.row_of[entries], 1)
        whole = Program(
            lower=self.lower[free],
            upper=self.upper[free],
            start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            index=place[self.index[entries]],
            value=self.value[entries],
            low=np.where(self.low == -NO_LIMIT, -NO_LIMIT, self.low - done),
            high=np.where(self.high == NO_LIMIT, NO_LIMIT, self.high - done),
        )
        empty = lengths == 0
        possible = bool(np.all(whole.low[empty] <= 0) and np.all(whole.high[empty] >= 0))
        return Settled(whole.without_rows(empty), np.flatnonzero(free), fixed, possible)


@dataclass(frozen=True, eq=False)
class Row:
    """One row to be added."""

    index: Whole
    value: Whole
    low: int = -NO_LIMIT
    high: int = NO_LIMIT


@dataclass(frozen=True, eq=False)
class Settled:
    """A program without its fixed columns: `places` of the free ones, `fixed` values of all others.
    Not `possible` when the fixed values alone break a row."""

    program: Program
    places: Whole
    fixed: Whole
    possible: bool

    def full(self, values: Whole) -> Whole:
        """Values of all columns, from those of the free ones."""
        found = self.fixed.copy()
        found[self.places] = values
        return found
