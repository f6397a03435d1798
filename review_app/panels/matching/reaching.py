"""Panels that reach the floor, and what they can be worth at most.

At given prices the best panel of a case may stay below the floor. Letting the score count more lifts it, but may lift
it too far; so in these cases all panels that could still be better are looked at one by one.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from review_app.panels.matching.choosing import NEVER, PUSH_PARTS, Values, best_panels, first_clash
from review_app.panels.matching.codes import Ints, Table
from review_app.panels.matching.prices import MOST_PUSH, Prices, sums_of, worth_of_time

LOOKED_AT = {1: 500, 2: 120, 3: 60, 4: 32, 5: 24, 6: 20, 7: 18}
"""experts of a case of whom all panels of so many seats are looked at; of larger panels none"""


@dataclass(frozen=True)
class Reached:
    """For each case a panel that reaches the floor, and an upper bound of the value of any such panel."""

    bounds: Ints
    panels: Ints


def reaching(table: Table, prices: Prices, floor: int, alone: Ints, *, digits: bool = True) -> Reached:
    """The best panels at these prices that reach the floor; the best panel of a case alone (`alone`)
    always does."""
    cases = np.arange(len(table.bounds))
    chosen = best_panels(Values(table, prices.time, prices.push, digits), cases)
    pushed = prices.push * (table.unit // PUSH_PARTS) * np.maximum(0, floor - table.locked_score)
    bounds, panels = chosen.values - pushed, chosen.panels
    hard = np.flatnonzero((sums_of(table, cases, panels) < floor) | (prices.push > 0))
    lift(table, prices, floor, panels, alone, digits=digits)
    for case in hard.tolist():
        bound, panel = looked_at(Values(table, prices.time, prices.push, digits), case, floor, panels[case])
        panels[case] = panel
        bounds[case] = min(bounds[case], bound)
    return Reached(bounds, panels)


def lift(table: Table, prices: Prices, floor: int, panels: Ints, alone: Ints, *, digits: bool) -> None:
    """Where a panel stays below the floor, let the score count ever more until it does not."""
    cases = np.arange(len(panels))
    push, more = prices.push.copy(), 1
    low = np.flatnonzero(sums_of(table, cases, panels) < floor)
    while len(low) and more < MOST_PUSH:
        push[low] = np.minimum(prices.push[low] + more, MOST_PUSH)
        panels[low] = best_panels(Values(table, prices.time, push, digits), low).panels
        low = low[sums_of(table, low, panels[low]) < floor]
        more *= 2
    panels[low] = alone[low]


def looked_at(values: Values, case: int, floor: int, panel: Ints) -> tuple[int, Ints]:
    """The best panel of a case that reaches the floor, beginning with one that does, and its value; a
    bound without end when there are too many panels to look at."""
    table = values.table
    shape = table.shapes[table.shape_of[case]]
    many = LOOKED_AT.get(shape.seats, 0)
    rows = np.array([case])
    pushed = values.of(rows)[0]
    part = int(values.push[case]) * (table.unit // PUSH_PARTS)
    scores = table.problem.scores[case].astype(np.int64)
    plain = pushed - part * scores
    missing = floor - int(table.locked_score[case])
    members = panel[: shape.seats]
    best = int(plain[members].sum())
    least = best + part * missing  # who is better and reaches the floor has more than this
    order = np.argsort(-pushed, kind="stable")[: many + 1]
    order = order[pushed[order] > NEVER // 2]
    near = order[pushed[order] + pushed[order[: shape.seats - 1]].sum() > least]
    if len(near) < shape.seats:
        return best, panel
    tried = near[:many][all_of(min(len(near), many), shape.seats)]
    tried = tried[(pushed[tried].sum(axis=1) > least) & (scores[tried].sum(axis=1) >= missing)]
    tried = tried[np.argsort(-plain[tried].sum(axis=1), kind="stable")]
    found = next((one for one in tried if is_legal(table, case, one)), None)
    if found is not None and int(plain[found].sum()) > best:
        best, panel = int(plain[found].sum()), panel.copy()
        panel[: shape.seats] = found
    return (best if len(near) <= many else -NEVER), panel


@cache
def all_of(count: int, seats: int) -> Ints:
    """All choices of so many seats from so many people."""
    return np.array(list(combinations(range(count), seats)), np.int64).reshape(-1, seats)


def is_legal(table: Table, case: int, panel: Ints) -> bool:
    """Whether these people, beside those locked, break no rule of the case."""
    shape = table.shapes[table.shape_of[case]]
    codes = np.array(table.kinds[shape])[table.kind[table.code_row[case], panel]]
    bits = (codes[:, None] >> np.arange(len(shape.needs) + len(shape.rooms)) & 1).sum(axis=0)
    enough = bits[: len(shape.needs)] >= np.array(shape.needs)
    within = bits[len(shape.needs) :] <= np.array(shape.rooms)
    return bool(enough.all() and within.all() and not first_clash(table, np.array([case]), panel[None]).any())


def proven_bound(table: Table, prices: Prices, floor: int, alone: Ints) -> int:
    """Upper bound of the total score of any legal plan whose panels reach the floor."""
    reached = reaching(table, prices, floor, alone, digits=False)
    worth = int(reached.bounds.sum()) + worth_of_time(table, prices.time)
    return worth // table.unit + int(table.locked_score.sum())
