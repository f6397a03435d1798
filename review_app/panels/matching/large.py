"""Backlogs too large for one exact model: legal panels with a proven distance from the best there could be.

Prices decide every case alone, exchanges bring the loads into their limits, and the prices prove how much better any
other plan could be. Only integers and the seed decide, so the same problem has the same panels on every machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from review_app.panels.matching.choosing import NEVER, Values, best_panels
from review_app.panels.matching.codes import Ints, LocksBreakRules, Table, table_of
from review_app.panels.matching.improving import Exchanges, Plan, polish, repair
from review_app.panels.matching.prices import (
    Prices,
    at_price,
    find_prices,
    own_best,
)
from review_app.panels.matching.problem import (
    BARRED,
    Cancelled,
    Matched,
    Problem,
    Progress,
    Shortfall,
    Status,
)
from review_app.panels.matching.reaching import proven_bound, reaching
from review_app.panels.matching.seeding import chair_of

Report = Callable[[Progress], None]

FLOORS_TRIED = 6
POLISHING = 3_000
PROOFS_TRIED = 4
STARTS_TRIED = 3
DIGIT_BITS = 12  # more than the seeded digits of a panel take
MILLION = 1_000_000


@dataclass(frozen=True)
class Found:
    """A legal plan, the prices it came from, and what is proven about it."""

    table: Table
    plan: Plan
    prices: Prices
    bound: int
    worst_bound: int

    @property
    def total(self) -> int:
        return int(self.plan.sums.sum())


class NoPanels(Exception):
    """There are no legal panels, or none were found; carries the answer."""

    def __init__(self, answer: Matched) -> None:
        super().__init__(answer.status)
        self.answer = answer


def match_large(problem: Problem, *, report: Report | None = None) -> Matched:
    """Legal panels for all cases with a proven gap (BOUNDED), or why there are none (IMPOSSIBLE).

    The smallest sum of one panel is lifted to the least of what every case could have alone, as far as
    that can be reached; then the total plus the bonus for seats kept is made as large as exchanges can
    make it. `report` hears of every step and may raise Cancelled: then the best legal plan so far is
    returned, or STOPPED when there is none yet.
    """
    work = Work(problem, report or (lambda _progress: None))
    try:
        work.run()
    except NoPanels as none:
        return none.answer
    except Cancelled:
        work.note("CANCELLED")
    return work.answer()


class Work:
    """One match on its way; `found` is the best legal plan by now."""

    def __init__(self, problem: Problem, report: Report) -> None:
        self.problem, self.report = problem, report
        self.log: list[str] = []
        self.found: Found | None = None
        self.tried = Prices(np.zeros(len(problem.experts), np.int64), np.zeros(len(problem.cases), np.int64))

    def run(self) -> None:
        quiet = replace(self.problem, noise=0)
        table, alone, panels = self.possible(quiet, [0] * len(quiet.cases))
        while not (found := self.best_plan(table, int(alone.min()), panels)):
            table, alone, panels = self.relaxed(table)
        self.found = found
        self.improve(found)
        if self.problem.noise:
            self.shake(found, panels)

    def note(self, line: str) -> None:
        self.log.append(line)

    def possible(self, problem: Problem, levels: list[int]) -> tuple[Table, Ints, Ints]:
        """The arrays with as many steps of each case's ladder taken as the case needs to have a panel at
        all, and the best panel of each case alone."""
        while True:
            self.report(Progress("CASES"))
            table = self.table_at(problem, levels)
            alone, panels = own_best(table)
            without = np.flatnonzero(alone == NEVER).tolist()
            if not without:
                return table, alone, panels
            self.climb(problem, levels, without)

    def table_at(self, problem: Problem, levels: list[int]) -> Table:
        while True:
            try:
                return table_of(problem, levels)
            except LocksBreakRules as broken:
                self.climb(problem, levels, [problem.row_of[case] for case in broken.cases])

    def climb(self, problem: Problem, levels: list[int], rows: Sequence[int]) -> None:
        """One more step of the ladder for these cases. Raises NoPanels when one has no step left."""
        ended = [row for row in rows if levels[row] == len(problem.cases[row].ladder)]
        if ended or not problem.may_relax:
            shown = [
                shortfall(problem, row, levels[row]) for row in (rows if not problem.may_relax else ended)
            ]
            raise NoPanels(Matched(Status.IMPOSSIBLE, shortfalls=tuple(shown), log=tuple(self.log)))
        for row in rows:
            levels[row] += 1

    def best_plan(self, table: Table, most: int, alone: Ints) -> Found | None:
        """A legal plan with as high a floor as is found; None when loads and rules leave none."""
        if found := self.plan_above(table, most, alone, None, most):
            return found
        self.note(f"FLOOR_NOT_REACHED {most}")
        if proven_impossible(table, self.tried):  # whatever the floor
            return None
        if not (found := self.plan_above(table, 0, alone, None, most)):
            return None
        low, high = int(found.plan.sums.min()), most
        for _try in range(FLOORS_TRIED):
            floor = (low + high + 1) // 2
            if floor <= low:
                break
            better = self.plan_above(table, floor, alone, found.prices, most)
            if better:
                found, low = better, max(floor, int(better.plan.sums.min()))
            else:
                high = floor - 1
        return found

    def plan_above(
        self, table: Table, floor: int, alone: Ints, start: Prices | None, most: int
    ) -> Found | None:
        """A plan whose panels all reach the floor, or None. Where exchanges end before the loads are
        within their limits, they start again from prices driven on a little."""
        for _try in range(STARTS_TRIED):
            priced = find_prices(table, floor, start=start, report=self.hears_of_prices(table.unit))
            self.tried = start = priced.prices
            if priced.bound < 0 or proven_impossible(table, start):
                return None
            plan = Plan(table, reaching(table, start, floor, alone).panels, floor)
            excess = plan.excess
            if repair(Exchanges(plan), self.hears_of_loads(excess)):
                bound = max(proven_bound(table, start, floor, alone), int(plan.sums.sum()))
                self.note(f"FLOOR {floor} TOTAL {int(plan.sums.sum())} BOUND {bound} EXCHANGED {excess}")
                return Found(table, plan, start, bound, min(most, bound // len(table.bounds)))
        return None

    def hears_of_prices(self, unit: int) -> Callable[[int, int], None]:
        return lambda round_, bound: self.report(Progress("PRICES", round_, bound=bound // unit))

    def hears_of_loads(self, excess: int) -> Callable[[int], None]:
        return lambda left: self.report(Progress("LOADS", max(0, excess - left), excess))

    def improve(self, found: Found) -> None:
        """Exchanges that win, until there are none or enough was tried."""

        def heard(done: int) -> None:
            self.report(Progress("EXCHANGES", done, POLISHING, found.total, found.bound))

        won = polish(Exchanges(found.plan), POLISHING, heard)
        self.note(f"EXCHANGES {won // found.table.unit} TOTAL {found.total}")

    def relaxed(self, table: Table) -> tuple[Table, Ints, Ints]:
        """When the loads leave no plan: one step more of the ladder for the cases it helps most."""
        problem, levels = table.problem, list(table.levels)
        self.note("LOADS_LEAVE_NO_PLAN")
        ahead = [row for row, case in enumerate(problem.cases) if levels[row] < len(case.ladder)]
        if not ahead or not problem.may_relax:
            raise NoPanels(self.impossible(table))
        after = [min(level + 1, len(case.ladder)) for level, case in zip(levels, problem.cases, strict=True)]
        gain = wishes(problem, after, self.tried) - wishes(problem, levels, self.tried)
        helped = [row for row in ahead if gain[row] > 0]
        self.climb(problem, levels, helped or ahead)
        return self.possible(problem, levels)

    def impossible(self, table: Table) -> Matched:
        """IMPOSSIBLE when that is proven, otherwise STOPPED: nothing legal was found."""
        seats = sum(case.demands.size for case in table.problem.cases)
        there = int(table.most.sum())
        cases = tuple(case.id for case in table.problem.cases)
        lack = Shortfall("LOAD", cases, seats, there)
        status = Status.IMPOSSIBLE if self.proves(table) else Status.STOPPED
        return Matched(status, shortfalls=(lack,), log=tuple(self.log))

    def proves(self, table: Table) -> bool:
        """Whether prices, driven on while no plan is found, prove at last that there is none."""
        for _try in range(PROOFS_TRIED):
            if proven_impossible(table, self.tried):
                return True
            self.report(Progress("PROOF"))
            self.tried = find_prices(table, 0, start=self.tried).prices
        return proven_impossible(table, self.tried)

    def shake(self, found: Found, alone: Ints) -> None:
        """A random match: the best plan under scores with noise whose loss stays within the quality floor."""
        keep = MILLION - self.problem.quality_floor
        floor = -(-int(found.plan.sums.min()) * keep // MILLION)
        least = -(-found.bound * keep // MILLION)
        level = self.problem.noise
        while level:
            noisy = table_of(replace(self.problem, noise=level), found.table.levels)
            tried = self.plan_above(noisy, floor, alone, found.prices, found.worst_bound)
            if tried:
                self.improve(tried)
                if tried.total >= least:
                    self.note(f"NOISE {level}")
                    self.found = replace(tried, bound=found.bound, worst_bound=found.worst_bound)
                    return
            level //= 2
        self.note("NOISE 0")

    def answer(self) -> Matched:
        if self.found is None:
            return Matched(Status.STOPPED, log=tuple(self.log))
        problem, table, plan = self.problem, self.found.table, self.found.plan
        panels, chairs = {}, {}
        for row, case in enumerate(problem.cases):
            places = {*plan.panels[row].tolist(), *table.bounds[row].locked} - {-1}
            panels[case.id] = tuple(problem.experts[place] for place in sorted(places))
            if chair := chair_of(problem, case, panels[case.id]):
                chairs[case.id] = chair
        return Matched(
            status=Status.BOUNDED,
            panels=panels,
            chairs=chairs,
            total=self.found.total,
            worst=int(plan.sums.min()),
            bound=self.found.bound,
            worst_bound=self.found.worst_bound,
            relaxed={
                case.id: tuple(step.rule for step in case.ladder[:level])
                for case, level in zip(problem.cases, table.levels, strict=True)
                if level
            },
            log=tuple(self.log),
        )


def shortfall(problem: Problem, row: int, level: int) -> Shortfall:
    """Why a case alone has no legal panel: the first need that cannot be met, too few people, or the rules
    together."""
    case = problem.cases[row]
    demands = case.ladder[level - 1].demands if level else case.demands
    able = {
        expert
        for place, expert in enumerate(problem.experts)
        if problem.scores[row, place] != BARRED and expert in demands.employer
    }
    if len(able) < demands.size:
        return Shortfall("SIZE", (case.id,), demands.size, len(able))
    for need in demands.at_least:
        if len(able & need.experts) < need.count:
            return Shortfall(need.rule, (case.id,), need.count, len(able & need.experts))
    return Shortfall("COMBINATION", (case.id,), demands.size, len(able))


def proven_impossible(table: Table, prices: Prices) -> bool:
    """Whether these prices prove that the loads leave no plan: even with scores of nothing everywhere a
    plan would have to be worth less than nothing."""
    bare = table_of(without_scores(table.problem), table.levels)
    return at_price(bare, Prices(prices.time, np.zeros_like(prices.push)), 0).bound < 0


def without_scores(problem: Problem) -> Problem:
    return replace(problem, scores=np.minimum(problem.scores, 0), keep_bonus=0)


def wishes(problem: Problem, levels: Sequence[int], prices: Prices) -> Ints:
    """What the best panel of every case is worth after so many steps of its ladder when only time counts."""
    table = table_of(without_scores(problem), levels)
    values = Values(table, prices.time, np.zeros(len(levels), np.int64))
    return best_panels(values, np.arange(len(levels))).values >> DIGIT_BITS
