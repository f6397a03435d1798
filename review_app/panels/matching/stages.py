"""The stages of an exact match: best value, worst panel, unique panels. Each is proven before the next.

Real-number prices first; they bound every answer and decide most columns (`bounding.py`). The rest, a small
core, is solved in whole numbers; the answer is optimal when nothing outside the core could be better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from review_app.panels.matching.bounding import FINE, Bound, bound_by, face, narrowed
from review_app.panels.matching.engine import Engine, Start
from review_app.panels.matching.model import Model
from review_app.panels.matching.problem import Progress
from review_app.panels.matching.program import Program, Row, Whole
from review_app.panels.matching.seeding import digits_of
from review_app.panels.matching.watching import Watch

ASK_AFTER = 2
"""levels of digits after which it is asked whether another answer is left at all"""

CORE_AT_MOST = 20_000
"""an answer whose proof would need a larger core is given with its bound instead"""

CORE_AT_LEAST = 1_500
"""a core of fewer columns is not worth a second attempt"""


@dataclass(frozen=True, eq=False)
class Best:
    """A proven optimum: the values, what they gain, and the bound by prices it was proven with."""

    values: Whole
    gain: int
    bound: Bound
    start: Start | None = None


NOTHING = np.zeros(0, dtype=np.int64)
NOBODY = Best(NOTHING, 0, Bound(0, NOTHING, NOTHING))
"""the only answer of a program without columns"""


@dataclass(frozen=True, eq=False)
class Legal:
    """Panels that break no rule, kept for a caller who stops the work: no total exceeds `bound`, no floor
    exceeds `worst_bound`."""

    model: Model
    values: Whole
    bound: int
    worst_bound: int


@dataclass
class Solver:
    """An engine, the caller who watches it, the legal panels found last, and whether every answer so far
    was proven."""

    engine: Engine
    watch: Watch
    legal: Legal | None = None
    proven: bool = True

    def best(self, program: Program, gain: Whole, start: Start | None = None) -> Best | None:
        """The proven optimum in whole numbers, or None when nothing keeps the rows."""
        if program.columns == 0:
            return NOBODY if program.admits(NOBODY.values) else None
        answer = self.engine.relaxed(program, gain, self.watch, start)
        self.watch.check()
        if answer is None:
            return None
        bound = bound_by(program, gain, answer.prices)
        near = np.rint(answer.values).astype(np.int64)
        if program.admits(near) and int(gain @ near) >= bound.whole:
            return Best(near, int(gain @ near), bound, answer.start)
        found = self.best_of_core(program, gain, bound)
        return None if found is None else replace(found, start=answer.start)

    def bound(self, program: Program, gain: Whole, start: Start | None = None) -> int | None:
        """What no answer in whole numbers can exceed; None when nothing keeps the rows."""
        answer = self.engine.relaxed(program, gain, self.watch, start)
        self.watch.check()
        return None if answer is None else bound_by(program, gain, answer.prices).whole

    def best_of_core(self, program: Program, gain: Whole, bound: Bound) -> Best | None:
        room: int | None = first_room(bound)
        while True:
            core = program if room is None else narrowed(program, bound, room)
            values = self.solved(core, gain)
            if values is not None:
                found = int(gain @ values)
                if room is None or bound.room(found) <= room or not self.proven:
                    return Best(values, found, bound)
                room = bound.room(found)
                if int(np.count_nonzero(np.abs(bound.columns) <= room)) > CORE_AT_MOST:
                    self.proven = False
                    return Best(values, found, bound)
            elif room is None:
                return None
            else:
                room = wider(bound, room)

    def solved(self, program: Program, gain: Whole) -> Whole | None:
        """The optimum over the columns that are free, without further ado."""
        small = program.settled()
        if not small.possible:
            return None
        if small.program.columns == 0:
            return small.fixed
        answer = self.engine.whole(small.program, gain[small.places], self.watch)
        self.watch.check()
        if answer is None:
            return None
        self.proven &= answer.proven
        values = np.rint(answer.values).astype(np.int64)
        if not small.program.admits(values):
            raise RuntimeError("the solver's answer breaks a row when counted exactly")
        return small.full(values)


def first_room(bound: Bound) -> int | None:
    """Room that leaves about three undecided columns for each one the prices leave open."""
    lost = np.sort(np.abs(bound.columns))
    open_columns = int(np.searchsorted(lost, FINE // 1000, side="right"))
    wanted = max(CORE_AT_LEAST, 3 * open_columns)
    return None if wanted >= len(lost) else int(lost[wanted])


def wider(bound: Bound, room: int) -> int | None:
    """The next room when a core held no answer at all: four times as many columns."""
    lost = np.sort(np.abs(bound.columns))
    inside = int(np.searchsorted(lost, room, side="right"))
    return None if 4 * inside >= len(lost) else int(lost[4 * inside])


@dataclass
class Stages:
    """The stages over one model with every panel's sum at least `least`. `floored` are the cases whose
    floor had to be written into the rows; all others keep it by themselves, which is looked at each time.
    No floor above `ceiling` can be kept."""

    model: Model
    solver: Solver
    least: int = 0
    floored: set[int] = field(default_factory=set)
    ceiling: int = 0
    start: Start | None = None

    def below(self, values: Whole) -> list[int]:
        """Cases whose panel stays under the floor."""
        return [int(case) for case in np.flatnonzero(self.model.sums(values) < self.least)]

    def floors(self, cases: Iterable[int]) -> list[Row]:
        return [self.model.floor_row(case, self.least) for case in sorted(cases)]

    def best(self, program: Program, gain: Whole, *, note: bool = False) -> tuple[Program, Best] | None:
        """The best answer that keeps the floor, and the program with the floors that had to be written.
        `note`: keep legal panels for a caller who stops the work."""
        program = program.with_rows(self.floors(self.floored))
        start = self.start
        while True:
            best = self.solver.best(program, gain, start)
            if best is None:
                return None
            start = best.start
            if note:
                self.solver.legal = Legal(self.model, best.values, best.bound.whole, self.ceiling)
            self.start = self.start or start
            low = self.below(best.values)
            if not low:
                return program, best
            self.floored.update(low)
            program = program.with_rows(self.floors(low))

    def unique(self, program: Program, gain: Whole, best: Best, then: Sequence[Whole] = ()) -> Whole:
        """The only answer that is best in `gain`, `then` in further gains, then in the seeded digits,
        level by level."""
        program = face(program, gain, best.bound, best.gain)
        for gain in then:
            program, best = self.refined(program, gain)
            program = face(program, gain, best.bound, best.gain)
        level = 0
        while not self.is_only(program, best.values, level):
            level += 1
            self.solver.watch.tell(Progress("TIES", level))
            gain = digits_of(self.model, level, program.lower < program.upper)
            program, best = self.refined(program, gain)
            program = face(program, gain, best.bound, best.gain)
        return best.values

    def refined(self, program: Program, gain: Whole) -> tuple[Program, Best]:
        """The best answer of what earlier stages left, which always holds one."""
        self.floored.clear()
        self.start = None
        found = self.best(program, gain)
        if found is None:
            raise RuntimeError("what an optimum leaves holds an answer")
        return found

    def is_only(self, program: Program, values: Whole, level: int) -> bool:
        """Whether no other answer is left; asked of a solver only when digits alone did not settle it."""
        if not (program.lower < program.upper).any():
            return True
        if level < ASK_AFTER:
            return False
        other = self.solver.best(program, 1 - 2 * values)
        return other is None or bool(np.all(other.values == values))
