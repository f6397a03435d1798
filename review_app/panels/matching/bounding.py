"""What the prices of the rows prove, counted exactly: no answer is better, and which columns are decided.

For any prices of the rows, the gain of an answer equals the gain of its columns after paying the prices
plus what the rows give back. Taking each column and each row at its best side bounds every answer from
above, whatever the prices and however a solver found them. Prices are rounded to 1/2^20, the rest is whole.
"""

from dataclasses import dataclass

import numpy as np

from review_app.panels.matching.engine import Reals
from review_app.panels.matching.program import NO_LIMIT, Mask, Program, Row, Whole

FINE = 2**20
"""prices and bounds are counted in units of 1/FINE"""


@dataclass(frozen=True, eq=False)
class Bound:
    """A proven bound in units of 1/FINE; what each column and each row loses per unit away from the side
    it was taken at (the upper one where the number is positive)."""

    fine: int
    columns: Whole
    rows: Whole

    @property
    def whole(self) -> int:
        """No answer in whole numbers gains more."""
        return self.fine // FINE

    def room(self, gain: int) -> int:
        """How much may be lost against the bound by an answer that gains at least this."""
        return self.fine - gain * FINE


def bound_by(program: Program, gain: Whole, prices: Reals) -> Bound:
    """The bound these prices prove."""
    fine = np.rint(prices * FINE).astype(np.int64)
    fine[(fine > 0) & (program.high == NO_LIMIT)] = 0
    fine[(fine < 0) & (program.low == -NO_LIMIT)] = 0
    left = gain * FINE - program.priced(fine)
    columns = np.where(left > 0, program.upper, program.lower)
    rows = np.where(fine > 0, program.high, np.where(fine < 0, program.low, 0))
    return Bound(int(left @ columns) + int(fine @ rows), left, fine)


def narrowed(program: Program, bound: Bound, room: int) -> Program:
    """The program with every column and row fixed that no answer within the room can have elsewhere."""
    upper = bound.columns > room
    lower = bound.columns < -room
    high = bound.rows > room
    low = bound.rows < -room
    return program.with_bounds(
        np.where(upper, program.upper, program.lower), np.where(lower, program.lower, program.upper)
    ).with_sides(np.where(high, program.high, program.low), np.where(low, program.low, program.high))


def face(program: Program, gain: Whole, bound: Bound, best: int) -> Program:
    """All answers that gain at least `best`, as a program."""
    small = narrowed(program, bound, bound.room(best))
    if follows(small, bound, best):
        return small
    used = np.flatnonzero(gain)
    return small.with_rows([Row(used, gain[used], low=best)])


def follows(small: Program, bound: Bound, best: int) -> bool:
    """Whether the fixed columns and rows alone leave only answers that gain at least `best`."""
    loose: Mask = (bound.rows != 0) & (small.low != small.high)
    if loose.any():
        return False
    lost = int(np.abs(bound.columns) @ (small.upper - small.lower))
    return bound.fine - lost > (best - 1) * FINE
