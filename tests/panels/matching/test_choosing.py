"""The best panel of every case at given prices, against trying all panels."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.matching.choosing import NEVER, Values, best_panels
from review_app.panels.matching.codes import LocksBreakRules, Table, table_of
from review_app.panels.matching.prices import Prices, own_best, sums_of
from review_app.panels.matching.problem import Problem
from review_app.panels.matching.reaching import reaching
from tests.panels.matching.made import backlog, demands_after, legal_panels, problems, sum_of


def table_or_none(problem: Problem) -> Table | None:
    try:
        return table_of(problem, [0] * len(problem.cases))
    except LocksBreakRules:
        return None


@given(problem=problems(), price=some.lists(some.integers(-5, 5), min_size=6, max_size=6))
@settings(max_examples=25, deadline=None)
def test_the_best_panel_at_prices_is_that_found_by_trying_all(problem: Problem, price: list[int]) -> None:
    table = table_or_none(problem)
    if table is None:
        return
    prices = np.array(price[: len(problem.experts)], np.int64) * table.unit

    chosen = best_panels(
        Values(table, prices, np.zeros(len(problem.cases), np.int64), digits=False),
        np.arange(len(problem.cases)),
    )

    assert [worth(value, table, row) for row, value in enumerate(chosen.values.tolist())] == [
        best_by_hand(problem, row, price) for row in range(len(problem.cases))
    ]


def worth(value: int, table: Table, row: int) -> int | None:
    """In points, with the locked seats, whose time is not paid for."""
    return None if value <= NEVER // 2 else value // table.unit + int(table.locked_score[row])


def best_by_hand(problem: Problem, row: int, price: list[int]) -> int | None:
    case = problem.cases[row]
    values = [
        sum_of(problem, case.id, members)
        - sum(price[problem.place_of[expert]] for expert in members if expert not in case.locked)
        for members in legal_panels(problem, case, demands_after(case, 0))
    ]
    return max(values, default=None)


@given(problem=problems(most_experts=7))
@settings(max_examples=25, deadline=None)
def test_a_panel_that_is_found_is_legal(problem: Problem) -> None:
    table = table_or_none(problem)
    if table is None:
        return
    nothing = np.zeros(len(problem.experts), np.int64)

    chosen = best_panels(
        Values(table, nothing, np.zeros(len(problem.cases), np.int64)), np.arange(len(problem.cases))
    )

    for row, case in enumerate(problem.cases):
        if chosen.values[row] > NEVER // 2:
            places = {*chosen.panels[row].tolist(), *table.bounds[row].locked} - {-1}
            members = tuple(problem.experts[place] for place in sorted(places))
            assert members in legal_panels(problem, case, case.demands)


def test_panels_that_reach_a_floor_are_those_found_by_trying_all() -> None:
    given = backlog(experts=18, cases=12, size=3, seed=3)
    table = table_of(given, [0] * 12)
    alone, panels = own_best(table)
    nothing = Prices(np.full(18, 40 * table.unit, np.int64), np.zeros(12, np.int64))
    floor = int(alone.min())

    reached = reaching(table, nothing, floor, panels, digits=False)

    for row, case in enumerate(given.cases):
        sums = [sum_of(given, case.id, members) for members in legal_panels(given, case, case.demands)]
        best = max(total for total in sums if total >= floor) - 3 * 40
        assert reached.bounds[row] == best * table.unit
    assert sums_of(table, np.arange(12), reached.panels).min() >= floor
