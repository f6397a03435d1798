"""The best legal panel of each of many cases at once, when every expert has a value there.

Exact: experts of a case fall into kinds, of a kind only the most valuable can be taken, and a dynamic programme
over the kinds finds how many of each. Employers' limits, pairs kept apart and the floor of the case are not in it;
where its panel breaks one of these, it is branched: one of those who clash is left out, and all is tried again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from review_app.panels.matching.codes import CLOSED, LAST_DIGITS, Ints, Shape, Table

NEVER = -(2**50)
"""value of an expert who may not be seated, and of a panel that does not exist"""
VALUE_BITS = 40  # values lie within plus and minus half of what fits
CELLS = 1_500_000
"""of an array that is worked on at once"""
MOST_ROUNDS = 60
PUSH_PARTS = 64

State = tuple[int, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Chosen:
    """For each case: an upper bound of the value of any legal panel, and the best panel found (rows of -1
    where there is none). The two agree except where branching was given up."""

    values: Ints
    panels: Ints


@dataclass(frozen=True)
class Stage:
    """One kind in the dynamic programme: `after[t]` gives for every state the state after taking t of the
    kind, the last state being the one from which no panel is possible."""

    after: tuple[Ints, ...]


@cache
def stages_of(shape: Shape, kinds: tuple[int, ...]) -> tuple[Stage, ...]:
    """The states that can be reached, kind by kind. The first state of the first kind is the start; the
    last kind ends in state 0 (a legal panel) or 1 (none)."""
    start: State = (shape.seats, shape.needs, tuple(min(room, shape.seats) for room in shape.rooms))
    states, stages = [start], []
    for place, code in enumerate(kinds):
        last = place == len(kinds) - 1
        behind = list(kinds[place + 1 :])
        follow: dict[State, int] = {(0, (0,) * len(shape.needs), ()): 0} if last else {}
        takes = []
        for count in range(shape.seats + 1):
            reached = [taken(state, code, count, behind, shape) for state in states]
            takes.append([-1 if s is None else follow.setdefault(s, len(follow)) for s in reached])
        dead = len(follow)
        stages.append(Stage(tuple(np.array([*(dead if s < 0 else s for s in t), dead]) for t in takes)))
        states = list(follow)
    return tuple(stages)


def taken(state: State, code: int, count: int, behind: list[int], shape: Shape) -> State | None:
    """The state after taking so many of the kind, None when it breaks a limit or cannot be completed."""
    seats, needs, rooms = state
    bits = len(needs)
    seats -= count
    needs = tuple(max(0, need - count * (code >> bit & 1)) for bit, need in enumerate(needs))
    if rooms:
        rooms = tuple(room - count * (code >> (bits + bit) & 1) for bit, room in enumerate(rooms))
    if seats < 0 or any(room < 0 for room in rooms) or any(need > seats for need in needs):
        return None
    if any(need and not any(other >> bit & 1 for other in behind) for bit, need in enumerate(needs)):
        return None
    if not behind:
        return (0, needs, ()) if seats == 0 else None
    if seats == 0:
        return (0, needs, (0,) * len(rooms))
    return seats, needs, tuple(min(room, seats) for room in rooms)


@dataclass(frozen=True)
class Values:
    """What experts are worth in cases: their weight less their price, and in some cases the score once more
    (`push`, in parts of `PUSH_PARTS`), so that the panel reaches its floor.

    Without `digits` the weights are the bare scores, as proofs need them. With `blur` the seeded digits
    count so much (to the power of two) that cases which are alike wish differently.
    """

    table: Table
    price: Ints
    push: Ints
    digits: bool = True
    blur: int = 0

    def of(self, cases: Ints) -> Ints:
        """Values of all experts in these cases, NEVER where one may not be seated."""
        weights = self.table.weights[cases].astype(np.int64)
        closed = weights == CLOSED
        if not self.digits:
            weights = self.table.problem.scores[cases] * np.int64(self.table.unit)
        if self.blur:
            weights += (weights & LAST_DIGITS) << self.blur
        weights -= self.price
        for row in np.flatnonzero(self.push[cases]):
            part = self.push[cases[row]] * (self.table.unit // PUSH_PARTS)
            weights[row] += self.table.problem.scores[cases[row]] * part
        weights[closed] = NEVER
        return weights


def best_panels(values: Values, cases: Ints) -> Chosen:
    """The most valuable legal panel (beside the locked seats) of each case."""
    table = values.table
    found = Chosen(np.full(len(cases), NEVER, np.int64), np.full((len(cases), widest(table)), -1, np.int64))
    for number, shape in enumerate(table.shapes):
        mine = np.flatnonzero(table.shape_of[cases] == number)
        for part in chunks(mine, shape, table):
            node = Branching(table, shape, cases[part], values.of(cases[part]))
            node.run()
            found.values[part] = node.bounds
            found.panels[part, : shape.seats] = node.panels
    return found


def widest(table: Table) -> int:
    return max(shape.seats for shape in table.shapes)


def chunks(mine: Ints, shape: Shape, table: Table) -> Iterator[Ints]:
    if shape.seats == 0:
        states = 1
    else:
        states = max(len(stage.after[0]) for stage in stages_of(shape, table.kinds[shape]))
    step = max(
        1, CELLS // max(len(table.problem.experts), states, len(table.kinds[shape]) * max(1, shape.seats))
    )
    for begin in range(0, len(mine), step):
        yield mine[begin : begin + step]


class Branching:
    """Best panels of cases of one shape, with the rules the dynamic programme does not know."""

    def __init__(self, table: Table, shape: Shape, cases: Ints, values: Ints) -> None:
        self.table, self.shape, self.cases, self.values = table, shape, cases, values
        self.bounds = np.full(len(cases), NEVER, np.int64)
        self.best = np.full(len(cases), NEVER, np.int64)
        self.panels = np.full((len(cases), shape.seats), -1, np.int64)

    def run(self) -> None:
        if self.shape.seats == 0:
            self.bounds[:] = self.best[:] = 0
            return
        rows, shut = np.arange(len(self.cases)), np.empty((len(self.cases), 0), np.int64)
        for _round in range(MOST_ROUNDS):
            value, picks = self.solved(rows, shut)
            clash = self.clashes(rows, picks, value)
            legal = np.asarray(~clash.any(axis=1))
            self.accept(rows, picks, value, legal)
            open_ = ~legal & (value > self.best[rows])
            if not open_.any():
                break
            rows, shut = children(rows[open_], shut[open_], picks[open_], clash[open_])
        else:
            np.maximum.at(self.bounds, rows, self.solved(rows, shut)[0])
        np.maximum(self.bounds, self.best, out=self.bounds)

    def solved(self, rows: Ints, shut: Ints) -> tuple[Ints, Ints]:
        values = self.values[rows]
        if shut.shape[1]:
            line = np.arange(len(rows))[:, None]
            values[np.broadcast_to(line, shut.shape), shut] = NEVER
        kind = self.table.kind[self.table.code_row[self.cases[rows]]]
        return dynamic(self.shape, self.table.kinds[self.shape], kind, values)

    def clashes(self, rows: Ints, picks: Ints, value: Ints) -> NDArray[np.bool_]:
        """Which picks take part in the first clash of each panel; none where the panel is legal or void."""
        return first_clash(self.table, self.cases[rows], picks) & (value > NEVER // 2)[:, None]

    def accept(self, rows: Ints, picks: Ints, value: Ints, legal: NDArray[np.bool_]) -> None:
        """Keep the legal panels that beat what their cases have."""
        order = np.flatnonzero(legal & (value > NEVER // 2))
        for place in order[np.argsort(value[order], kind="stable")]:
            row = rows[place]
            if value[place] > self.best[row]:
                self.best[row] = value[place]
                self.panels[row] = picks[place]


def children(rows: Ints, shut: Ints, picks: Ints, clash: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """For every pick in the clash one branch that leaves it out."""
    node, pick = np.nonzero(clash)
    return rows[node], np.concatenate([shut[node], picks[node, pick][:, None]], axis=1)


def first_clash(table: Table, cases: Ints, people: Ints) -> NDArray[np.bool_]:
    """Which members stand in the first clash of each panel: too many of one employer, or a pair apart.
    Locked members count with the employers but are not marked."""
    row = table.employer_row[cases][:, None]
    employer, limit = table.employer[row, people], table.employer_max[row, people]
    alike = employer[:, :, None] == employer[:, None, :]
    over = alike.sum(axis=2) + locked_colleagues(table, cases, employer) > limit
    marked = np.zeros(people.shape, bool)
    crowded = over.any(axis=1)
    first = over.argmax(axis=1)
    marked[crowded] = alike[np.flatnonzero(crowded), first[crowded]]
    if table.problem.apart:
        pairs = table.apart[people[:, :, None], people[:, None, :]]
        clash = pairs.any(axis=(1, 2)) & ~crowded
        one = pairs.any(axis=2).argmax(axis=1)
        at = np.flatnonzero(clash)
        marked[at, one[at]] = True
        marked[at, pairs[at, one[at]].argmax(axis=1)] = True
    return marked


def locked_colleagues(table: Table, cases: Ints, employer: NDArray[np.int32]) -> Ints:
    """How many locked members share the employer of each member."""
    counts = np.zeros(employer.shape, np.int64)
    for place in np.flatnonzero(table.has_locks[cases]):
        case = cases[place]
        theirs = table.employer[table.employer_row[case], list(table.bounds[case].locked)]
        counts[place] = (employer[place][:, None] == theirs[None, :]).sum(axis=1)
    return counts


def dynamic(shape: Shape, kinds: tuple[int, ...], kind: NDArray[np.int16], values: Ints) -> tuple[Ints, Ints]:
    """Value and columns of the best panel per row under needs and limits alone."""
    worth, column = best_of_kinds(kind, values, len(kinds), shape.seats)
    stages = stages_of(shape, kinds)
    sums = np.zeros((len(kinds), shape.seats + 1, len(values)), np.int64)
    np.cumsum(worth.transpose(1, 2, 0), axis=1, out=sums[:, 1:])
    taken_of = choose_counts(stages, sums)
    start = np.zeros(len(values), np.int64)
    picked = np.zeros((len(values), len(kinds), shape.seats), bool)
    for place, (stage, counts) in enumerate(zip(stages, taken_of[1], strict=True)):
        count = counts[start, np.arange(len(values))]
        picked[:, place] = np.arange(shape.seats)[None, :] < count[:, None]
        start = np.stack(stage.after)[count, start]
    value = taken_of[0]
    picked[value <= NEVER // 2] = False
    picked[value <= NEVER // 2, 0] = True
    return value, column[picked].reshape(len(values), shape.seats)


def choose_counts(stages: tuple[Stage, ...], sums: Ints) -> tuple[Ints, list[NDArray[np.int8]]]:
    """From the last kind to the first: the best value from every state, and how many to take there."""
    ahead = np.full((2, sums.shape[2]), NEVER, np.int64)
    ahead[0] = 0
    chosen: list[NDArray[np.int8]] = []
    for place in range(len(stages) - 1, -1, -1):
        after = stages[place].after
        best = ahead[after[0]]
        counts = np.zeros(best.shape, np.int8)
        for count in range(1, len(after)):
            live = np.flatnonzero(after[count] != after[count][-1])
            value = ahead[after[count][live]] + sums[place, count]
            better = value > best[live]
            best[live] = np.where(better, value, best[live])
            counts[live] = np.where(better, np.int8(count), counts[live])
        ahead = best
        chosen.append(counts)
    return np.maximum(ahead[0], NEVER), chosen[::-1]


def best_of_kinds(kind: NDArray[np.int16], values: Ints, kinds: int, most: int) -> tuple[Ints, Ints]:
    """The `most` most valuable columns of every kind, best first: their values (NEVER when there are
    fewer) and places, both (rows, kinds, most)."""
    rows, width = values.shape
    bits = max(1, (width - 1).bit_length())
    open_ = values > NEVER // 2
    rank = np.where(open_, kind.astype(np.int64), kinds)
    shifted = np.where(open_, 2 ** (VALUE_BITS - 1) - values, 0)
    packed = np.sort((rank << (VALUE_BITS + bits)) | (shifted << bits) | np.arange(width), axis=1)
    flat = (np.arange(rows)[:, None] * (kinds + 1) + rank).ravel()
    counts = np.bincount(flat, minlength=rows * (kinds + 1)).reshape(rows, kinds + 1)
    starts = np.cumsum(counts, axis=1) - counts
    slot = np.arange(most)
    there = slot < counts[:, :kinds, None]
    at = np.minimum(starts[:, :kinds, None] + slot, width - 1)
    got = np.take_along_axis(packed, at.reshape(rows, -1), axis=1).reshape(at.shape)
    worth = 2 ** (VALUE_BITS - 1) - (got >> bits & (2**VALUE_BITS - 1))
    return np.where(there, worth, NEVER), got & (2**bits - 1)
