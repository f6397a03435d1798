"""Other ways to form the panels of a backlog, to measure ours against. Each gives seats as an array of zeros and ones,
cases by experts, or None when it finds nothing; some know all rules, some only size, load and bars.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from panel_instances import SIZES, instance
from panel_measures import show
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from review_app.panels.matching.problem import BARRED, Matched, Problem, Status
from review_app.panels.seating import Demands

Seats = NDArray[np.int8]
SECONDS = 60.0


@dataclass(frozen=True)
class Model:
    """Columns are the pairs that may be seated."""

    problem: Problem

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        case, expert = np.nonzero(self.problem.scores != BARRED)
        return case, expert

    @cached_property
    def column(self) -> NDArray[np.int64]:
        found = np.full(self.problem.scores.shape, -1, np.int64)
        found[self.pairs] = np.arange(len(self.pairs[0]))
        return found

    @cached_property
    def gain(self) -> NDArray[np.int64]:
        return self.problem.scores[self.pairs].astype(np.int64)

    def seats(self, chosen: NDArray[np.float64]) -> Seats:
        seated = np.zeros(self.problem.scores.shape, np.int8)
        seated[self.pairs] = np.rint(chosen)
        return seated


class Rows:
    """Rows of a linear programme, collected one by one."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, columns: NDArray[np.int64], low: float, high: float) -> None:
        columns = columns[columns >= 0]
        self.row += [len(self.low)] * len(columns)
        self.column += columns.tolist()
        self.low.append(low)
        self.high.append(high)

    def constraint(self, width: int) -> LinearConstraint:
        ones = np.ones(len(self.row))
        matrix = csr_array((ones, (self.row, self.column)), shape=(len(self.low), width))
        return LinearConstraint(matrix, self.low, self.high)


def basic_rows(model: Model, sizes: NDArray[np.int64], most: NDArray[np.int64], rows: Rows) -> None:
    """Size of every panel and most loads."""
    for case, size in enumerate(sizes.tolist()):
        rows.add(model.column[case], size, size)
    for expert, load in enumerate(most.tolist()):
        rows.add(model.column[:, expert], 0, load)


def rule_rows(model: Model, rows: Rows) -> None:
    """Everything else that binds."""
    problem = model.problem
    for expert, load in enumerate(problem.loads):
        rows.add(model.column[:, expert], load.least, load.most)
    for number, case in enumerate(problem.cases):
        columns, demands = model.column[number], case.demands
        for need in demands.at_least:
            rows.add(columns[places(problem, need.experts)], need.count, np.inf)
        for limit in demands.at_most:
            rows.add(columns[places(problem, limit.experts)], 0, limit.count)
        for employer, colleagues in colleagues_of(demands).items():
            if len(colleagues) > demands.employer_max[employer]:
                rows.add(columns[places(problem, colleagues)], 0, demands.employer_max[employer])
        for one, other in problem.apart:
            rows.add(columns[places(problem, [one, other])], 0, 1)


def places(problem: Problem, experts: object) -> list[int]:
    return sorted(problem.place_of[expert] for expert in experts)  # type: ignore[attr-defined]


def colleagues_of(demands: Demands) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for expert, employer in demands.employer.items():
        found.setdefault(employer, []).append(expert)
    return found


def solved(model: Model, gain: NDArray[np.int64], rows: Rows) -> NDArray[np.float64] | None:
    answer = milp(
        -gain, constraints=rows.constraint(len(gain)), integrality=np.ones(len(gain)), bounds=Bounds(0, 1),
        options={"time_limit": SECONDS, "mip_rel_gap": 0},
    )  # fmt: skip
    return None if answer.x is None else np.asarray(answer.x)


def with_milp(problem: Problem) -> Seats | None:
    """One integer programme with all rules, for the total alone, one minute at most."""
    model, rows = Model(problem), Rows()
    basic_rows(model, sizes_of(problem), most_of(problem), rows)
    rule_rows(model, rows)
    chosen = solved(model, model.gain, rows)
    return None if chosen is None else model.seats(chosen)


def sizes_of(problem: Problem) -> NDArray[np.int64]:
    return np.array([case.demands.size for case in problem.cases])


def most_of(problem: Problem) -> NDArray[np.int64]:
    return np.array([load.most for load in problem.loads])


def with_flow(problem: Problem) -> Seats | None:
    """Min-cost flow by networkx: size, loads and bars, no other rule."""
    graph = nx.DiGraph()
    for number, case in enumerate(problem.cases):
        graph.add_node(f"c{number}", demand=-case.demands.size)
    graph.add_node("sink", demand=int(sizes_of(problem).sum()))
    for place, load in enumerate(problem.loads):
        graph.add_edge(f"e{place}", "sink", capacity=load.most, weight=0)
    for number, place in np.argwhere(problem.scores != BARRED).tolist():
        graph.add_edge(f"c{number}", f"e{place}", capacity=1, weight=-int(problem.scores[number, place]))
    _cost, flow = nx.network_simplex(graph)
    seated = np.zeros(problem.scores.shape, np.int8)
    for number in range(len(problem.cases)):
        for target, amount in flow[f"c{number}"].items():
            seated[number, int(target[1:])] = amount
    return seated


def with_two_passes(problem: Problem) -> Seats | None:
    """Two min-cost flows: first the chairs with the specialties they must have, then everybody else; limits of
    employers and systems are not known to either."""
    model = Model(problem)
    first = np.zeros(problem.scores.shape, bool)
    for number, case in enumerate(problem.cases):
        first[number, places(problem, case.chairs)] = True
    chairs = flow_of(model, first, np.ones(len(problem.cases), np.int64), most_of(problem))
    if chairs is None:
        return None
    left = most_of(problem) - chairs.sum(axis=0)
    rest = flow_of(model, chairs == 0, sizes_of(problem) - 1, left)
    return None if rest is None else chairs + rest


def flow_of(
    model: Model, allowed: NDArray[np.bool_], sizes: NDArray[np.int64], most: NDArray[np.int64]
) -> Seats | None:
    """A min-cost flow as a linear programme, whose corners are whole."""
    rows = Rows()
    basic_rows(model, sizes, most, rows)
    open_ = allowed[model.pairs]
    answer = milp(
        -model.gain, constraints=rows.constraint(len(model.gain)), bounds=Bounds(0, open_.astype(float))
    )
    return None if answer.x is None else model.seats(np.asarray(answer.x))


def with_fairness(problem: Problem) -> Seats | None:
    """Like FairFlow: the case that is worst off takes the best expert next, within all limits and with seats
    kept for its needs."""
    work = Fair(problem)
    work.fill()
    return work.seated


class Fair:
    """The seats while they are handed out."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seated: Seats = np.zeros(problem.scores.shape, np.int8)
        self.free = most_of(problem)
        self.panels: list[list[str]] = [[] for _ in problem.cases]
        self.sums = np.zeros(len(problem.cases), np.int64)
        self.apart = {pair for one, other in problem.apart for pair in ((one, other), (other, one))}
        self.best_first = np.argsort(-problem.scores, axis=1, kind="stable")

    def fill(self) -> None:
        waiting = set(range(len(self.panels)))
        while waiting:
            case = min(waiting, key=lambda number: (self.sums[number], number))
            place = next((int(e) for e in self.best_first[case] if self.fits(case, int(e))), None)
            if place is None:  # gives up on this case
                waiting.discard(case)
                continue
            self.take(case, place)
            if len(self.panels[case]) == self.problem.cases[case].demands.size:
                waiting.discard(case)

    def take(self, case: int, place: int) -> None:
        self.panels[case].append(self.problem.experts[place])
        self.seated[case, place] = 1
        self.free[place] -= 1
        self.sums[case] += self.problem.scores[case, place]

    def fits(self, case: int, place: int) -> bool:
        expert, panel = self.problem.experts[place], self.panels[case]
        if not self.free[place] or self.problem.scores[case, place] == BARRED or expert in panel:
            return False
        demands, after = self.problem.cases[case].demands, [*panel, expert]
        if demands.broken_limits(after) or any((expert, other) in self.apart for other in panel):
            return False
        left = demands.size - len(after)
        return all(need.count - len(need.experts.intersection(after)) <= left for need in demands.at_least)


def as_matched(problem: Problem, seated: Seats | None) -> Matched:
    """Seats as the verifier reads them."""
    if seated is None:
        return Matched(Status.STOPPED)
    panels = {
        case.id: tuple(problem.experts[place] for place in np.flatnonzero(seated[row]))
        for row, case in enumerate(problem.cases)
    }
    chairs = {
        case.id: member for case in problem.cases for member in panels[case.id] if member in case.chairs
    }
    sums = np.where(seated > 0, problem.scores, 0).sum(axis=1, dtype=np.int64)
    total, worst = int(sums.sum()), int(sums.min())
    return Matched(Status.BOUNDED, panels, chairs, total, worst, total, worst)


PEERS: dict[str, Callable[[Problem], Seats | None]] = {
    "flow": with_flow,
    "milp": with_milp,
    "two-pass": with_two_passes,
    "fairness": with_fairness,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", choices=SIZES)
    asked.add_argument("--solver", choices=PEERS, required=True)
    asked.add_argument("--runs", type=int, default=1)
    options = asked.parse_args()
    solve = PEERS[options.solver]
    show(instance(options.name), lambda problem: as_matched(problem, solve(problem)), options.runs)


if __name__ == "__main__":
    main()
