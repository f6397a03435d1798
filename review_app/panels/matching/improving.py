"""From wishes to a plan: exchanges of single members that bring the loads into their limits at the least loss, and
then go on as long as they win.

All exchanges together are a network between the experts: an arc from one to another is the best exchange of the
first for the second that keeps some panel legal. A way along arcs moves a seat from an expert who has too many to
one who has time, through as many panels as it takes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review_app.panels.matching.choosing import NEVER
from review_app.panels.matching.codes import CLOSED, Ints, Table
from review_app.panels.matching.prices import loads_of, sums_of

SHORT, LONG = 5, 16
"""arcs of a way: looked for first, and when there is no such way"""


@dataclass(frozen=True)
class Arc:
    """One exchange: this case gives `seat` (a column of its panel) to `expert`."""

    case: int
    seat: int
    expert: int


class Plan:
    """Legal panels of all cases; loads may still be beyond their limits."""

    def __init__(self, table: Table, panels: Ints, floor: int) -> None:
        self.table, self.panels, self.floor = table, panels.copy(), floor
        self.count()

    def count(self) -> None:
        """Count loads and sums anew."""
        self.load = loads_of(self.table, self.panels)
        self.sums = sums_of(self.table, np.arange(len(self.panels)), self.panels)

    @property
    def excess(self) -> int:
        """How many seats are beyond the loads, above and below."""
        table = self.table
        return int(np.maximum(self.load - table.most, 0).sum() + np.maximum(table.least - self.load, 0).sum())

    def weight(self) -> int:
        """Weight of all chosen seats."""
        chosen = np.where(
            self.panels >= 0,
            self.table.weights[np.arange(len(self.panels))[:, None], self.panels].astype(np.int64),
            0,
        )
        return int(chosen.sum())

    def gains(self, cases: Ints, seats: Ints) -> Ints:
        """What every expert would win (in weight) on each of these seats; NEVER where the panel would not
        be legal, would fall below the floor, or has the expert already."""
        found = np.full((len(cases), len(self.load)), NEVER, np.int64)
        for shape in np.unique(self.table.shape_of[cases]):
            mine = np.flatnonzero(self.table.shape_of[cases] == shape)
            found[mine] = self.gains_of_shape(int(shape), cases[mine], seats[mine])
        return found

    def gains_of_shape(self, number: int, cases: Ints, seats: Ints) -> Ints:
        table, shape = self.table, self.table.shapes[number]
        panel = self.panels[cases][:, : shape.seats]
        line = np.arange(len(cases))
        going = panel[line, seats]
        staying = panel[np.arange(shape.seats)[None, :] != seats[:, None]].reshape(len(cases), -1)
        weights = table.weights[cases]
        scores = table.problem.scores[cases]
        kind = table.kind[table.code_row[cases]]
        able = fitting_kinds(table, number, kind, staying)[line[:, None], kind] & (weights != CLOSED)
        able &= scores >= (self.floor - self.sums[cases] + scores[line, going])[:, None]
        able &= ~shut_by(table, cases, staying)
        able[line[:, None], panel] = False
        return np.where(able, weights.astype(np.int64) - weights[line, going][:, None], NEVER)

    def give(self, arc: Arc) -> None:
        """Make an exchange."""
        scores = self.table.problem.scores[arc.case]
        gone = self.panels[arc.case, arc.seat]
        self.panels[arc.case, arc.seat] = arc.expert
        self.sums[arc.case] += scores[arc.expert] - scores[gone]
        self.load[gone] -= 1
        self.load[arc.expert] += 1


def fitting_kinds(table: Table, number: int, kind: NDArray[np.int16], staying: Ints) -> NDArray[np.bool_]:
    """Which kinds of experts would complete the members who stay to a panel that meets every need and
    limit: (rows, kinds)."""
    shape = table.shapes[number]
    codes = np.array(table.kinds[shape], np.int64)
    there = codes[np.take_along_axis(kind, staying, axis=1)]
    able = np.ones((len(staying), len(codes)), bool)
    for bit, need in enumerate(shape.needs):
        have = (there >> bit & 1).sum(axis=1)
        able &= have[:, None] + (codes >> bit & 1) >= need
    for bit, room in enumerate(shape.rooms, start=len(shape.needs)):
        have = (there >> bit & 1).sum(axis=1)
        able &= have[:, None] + (codes >> bit & 1) <= room
    return able


def shut_by(table: Table, cases: Ints, staying: Ints) -> NDArray[np.bool_]:
    """Experts whose employer has sent as many as it may, or who are kept apart from somebody who stays."""
    employer = table.employer[table.employer_row[cases]]
    colleagues = np.zeros(employer.shape, np.int16)
    theirs = np.take_along_axis(employer, staying, axis=1)
    for column in range(staying.shape[1]):
        colleagues += employer == theirs[:, column][:, None]
    for row in np.flatnonzero(table.has_locks[cases]):
        for place in table.bounds[cases[row]].locked:
            colleagues[row] += employer[row] == employer[row, place]
    shut: NDArray[np.bool_] = colleagues >= table.employer_max[table.employer_row[cases]]
    if table.problem.apart:
        for column in range(staying.shape[1]):
            shut |= table.apart[staying[:, column]]
    return shut


class Exchanges:
    """The network of exchanges between the experts, kept up to date while they are made."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        experts = len(plan.load)
        self.gain = np.full((experts, experts), NEVER, np.int64)
        self.case = np.zeros((experts, experts), np.int32)
        self.seat = np.zeros((experts, experts), np.int8)
        self.seated: list[set[tuple[int, int]]] = [set() for _ in range(experts)]
        for case, seat in np.argwhere(plan.panels >= 0).tolist():
            self.seated[plan.panels[case, seat]].add((case, seat))
        for expert in range(experts):
            self.renew(expert)

    def renew(self, expert: int) -> None:
        """Find the best exchanges of this expert for every other anew."""
        self.gain[expert] = NEVER
        if not self.seated[expert]:
            return
        cases, seats = np.array(sorted(self.seated[expert]), np.int64).T
        gains = self.plan.gains(cases, seats)
        best = gains.argmax(axis=0)
        self.gain[expert] = gains[best, np.arange(len(best))]
        self.case[expert], self.seat[expert] = cases[best], seats[best]

    def way(
        self, start: NDArray[np.bool_], end: NDArray[np.bool_], least: int, longest: int = SHORT
    ) -> list[Arc]:
        """The way of at most so many arcs from one of `start` to one of `end` that wins most, if it wins
        more than `least`."""
        reach = np.where(start, 0, NEVER)
        steps: list[Ints] = []
        best, best_step, best_end = least, -1, -1
        for step in range(longest):
            live = np.flatnonzero(reach > NEVER // 2)
            if not len(live):
                break
            through = reach[live][:, None] + self.gain[live]
            came = through.argmax(axis=0)
            reach = through[came, np.arange(len(came))]
            steps.append(live[came])
            ends = np.where(end, reach, 2 * NEVER)
            if ends.max() > best:
                best, best_step, best_end = int(ends.max()), step, int(ends.argmax())
        return self.arcs(steps, best_step, best_end)

    def arcs(self, steps: list[Ints], last: int, end: int) -> list[Arc]:
        found: list[Arc] = []
        for step in range(last, -1, -1):
            begin = int(steps[step][end])
            found.append(Arc(int(self.case[begin, end]), int(self.seat[begin, end]), end))
            end = begin
        return found[::-1]

    def follow(self, arcs: list[Arc]) -> int:
        """Make the exchanges of a way, as far as each is still legal after those before; returns what
        they won."""
        won, touched = 0, set[int]()
        for arc in arcs:
            gain = int(self.plan.gains(np.array([arc.case]), np.array([arc.seat]))[0, arc.expert])
            if gain <= NEVER // 2:
                break
            touched.update(self.plan.panels[arc.case].tolist())
            self.make(arc)
            touched.add(arc.expert)
            won += gain
        for expert in sorted(touched - {-1}):
            self.renew(expert)
        return won

    def make(self, arc: Arc) -> None:
        gone = self.plan.panels[arc.case, arc.seat]
        self.seated[gone].discard((arc.case, arc.seat))
        self.seated[arc.expert].add((arc.case, arc.seat))
        self.plan.give(arc)


def repair(exchanges: Exchanges, report: Callable[[int], None]) -> bool:
    """Move seats until all loads are within their limits; False when no way leads there. `report` hears
    how many seats are still beyond."""
    plan, table = exchanges.plan, exchanges.plan.table
    for _turn in range(20 * plan.excess + 20):
        report(plan.excess)
        over, under = plan.load > table.most, plan.load < table.least
        if not over.any() and not under.any():
            return True
        if over.any():
            start, end = over, plan.load < table.most
        else:
            start, end = plan.load > table.least, under
        arcs = exchanges.way(start, end, NEVER // 2) or exchanges.way(start, end, NEVER // 2, LONG)
        if not arcs:
            return False
        exchanges.follow(arcs)
    return plan.excess == 0


def polish(exchanges: Exchanges, turns: int, report: Callable[[int], None]) -> int:
    """Make exchanges that win and keep the loads, at most so many; returns what they won (in weight)."""
    plan, table = exchanges.plan, exchanges.plan.table
    won = 0
    for turn in range(turns):
        report(turn)
        arcs = exchanges.way(plan.load > table.least, plan.load < table.most, 0) or pair(exchanges)
        if not arcs:
            break
        won += exchanges.follow(arcs)
    return won


def pair(exchanges: Exchanges) -> list[Arc]:
    """Two experts who change places in two panels with the greatest gain, if there are such."""
    both = exchanges.gain + exchanges.gain.T
    one, other = divmod(int(both.argmax()), len(both))
    if both[one, other] <= 0:
        return []
    there = Arc(int(exchanges.case[one, other]), int(exchanges.seat[one, other]), other)
    back = Arc(int(exchanges.case[other, one]), int(exchanges.seat[other, one]), one)
    return [] if there.case == back.case else [there, back]
