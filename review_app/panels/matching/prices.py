"""Prices on the experts' time: what a seat costs so that nobody is wanted on more panels than he can take.

With prices every case can be decided alone, and whatever the prices are, the worth of the best panels plus the price
of all the time there is can never be less than the total of any legal plan: that is the proof behind the gap.
Integers only, so that the same problem has the same prices on every machine.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from review_app.panels.matching.choosing import NEVER, PUSH_PARTS, Values, best_panels
from review_app.panels.matching.codes import Ints, Table

MOST_PRICE = 2**36
MOST_PUSH = 128 * PUSH_PARTS
ROUNDS = 150
FEWEST_ROUNDS = 30
BLUR = 20  # digits then count a quarter of the highest score
ROUNDS_PER_BLUR = 10
EASILY_EXCHANGED = 20
SETTLED = 400_000  # no more rounds when the last ten won less than this part

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Prices:
    """What a seat of each expert costs, and how much the score counts beyond its worth in each case so
    that the panel reaches the floor."""

    time: Ints
    push: Ints


@dataclass(frozen=True)
class Priced:
    """Prices, the best panels at these prices, and an upper bound of the weight of any plan."""

    prices: Prices
    panels: Ints
    bound: int


def find_prices(
    table: Table, floor: int, *, start: Prices | None = None, report: Report | None = None
) -> Priced:
    """Prices at which the wishes of all cases fit the loads nearly, and the panels reach the floor nearly.

    Where many cases wish the same, all of them turn at once and prices find no rest; then it is tried
    again with wishes that are blurred at first.
    """
    heard = report or (lambda _round, _bound: None)
    best = searched(table, floor, start, heard)
    if start is None and best.bound >= 0 and crowded(table, best.panels):
        blurred = annealed(table, floor, heard)
        best = blurred if blurred.bound < best.bound else best
    return best


def searched(table: Table, floor: int, start: Prices | None, report: Report) -> Priced:
    rising = Rising(table, start)
    best = now = at_price(table, rising.prices, floor)
    history = [best.bound]
    while len(history) < ROUNDS and best.bound >= 0 and not settled(history):
        rising.go(now.panels, floor)
        now = at_price(table, rising.prices, floor)
        best = now if now.bound < best.bound else best
        history.append(best.bound)
        report(len(history), best.bound)
    return best


def annealed(table: Table, floor: int, report: Report) -> Priced:
    """Prices for wishes that are blurred ever less; nobody's step is smaller than the blur wants it."""
    rising = Rising(table, None)
    for blur in range(BLUR, -1, -1):
        for round_ in range(ROUNDS_PER_BLUR):
            now = at_price(table, rising.prices, floor, blur=blur)
            rising.step = np.maximum(rising.step, 16 << blur)
            rising.go(now.panels, floor)
            report(round_, now.bound)
    best = at_price(table, rising.prices, floor)
    again = searched(table, floor, rising.prices, report)
    return again if again.bound < best.bound else best


def crowded(table: Table, panels: Ints) -> bool:
    """Whether more than one seat in eight is still beyond the loads, and more than exchanges see to easily."""
    beyond = int(np.maximum(0, loads_of(table, panels) - table.most).sum())
    return beyond > EASILY_EXCHANGED and beyond * 8 > int((panels >= 0).sum())


def settled(history: list[int]) -> bool:
    """Whether the last ten rounds won next to nothing."""
    return len(history) > FEWEST_ROUNDS and (history[-11] - history[-1]) * SETTLED < history[-1]


class Rising:
    """Prices on their way: each goes up while too much is wanted and down while there is room, with a
    step of its own that grows while the direction stays and is halved when it turns."""

    def __init__(self, table: Table, start: Prices | None) -> None:
        self.table = table
        experts, cases = len(table.problem.experts), len(table.bounds)
        self.prices = start or Prices(np.zeros(experts, np.int64), np.zeros(cases, np.int64))
        step = int(table.problem.scores.max(initial=1)) * table.unit // (256 if start else 32)
        self.step = np.full(experts, max(1, step), np.int64)
        self.push_step = np.full(cases, PUSH_PARTS // 8, np.int64)
        self.way, self.push_way = np.zeros(experts, np.int64), np.zeros(cases, np.int64)

    def go(self, panels: Ints, floor: int) -> None:
        time, push = self.prices.time, self.prices.push
        way = direction(self.table, time, loads_of(self.table, panels))
        low = sums_of(self.table, np.arange(len(panels)), panels) < floor
        push_way = np.where(low, 1, np.where(push > 0, -1, 0))
        self.step = adapted(self.step, way * self.way)
        self.push_step = adapted(self.push_step, push_way * self.push_way)
        push = np.clip(push + push_way * self.push_step, 0, MOST_PUSH)
        self.prices = Prices(levelled(self.table, moved(time, way * self.step)), push)
        self.way, self.push_way = way, push_way


def adapted(step: Ints, turn: Ints) -> Ints:
    """Steps grow by a quarter while the direction stays, and are halved when it turns."""
    return np.maximum(1, np.where(turn < 0, step // 2, np.where(turn > 0, step * 5 // 4, step)))


def at_price(table: Table, prices: Prices, floor: int, *, digits: bool = True, blur: int = 0) -> Priced:
    """The best panels at these prices, whether they reach the floor or not, and the bound they prove."""
    chosen = best_panels(Values(table, prices.time, prices.push, digits, blur), np.arange(len(table.bounds)))
    return Priced(prices, chosen.panels, bound_of(table, prices, floor, chosen.values))


def bound_of(table: Table, prices: Prices, floor: int, values: Ints) -> int:
    pushed = prices.push * (table.unit // PUSH_PARTS) * np.maximum(0, floor - table.locked_score)
    return int(values.sum()) - int(pushed.sum()) + worth_of_time(table, prices.time)


def worth_of_time(table: Table, price: Ints) -> int:
    """What all the time costs that experts may still take; who must take more lowers it."""
    most, least = table.most - table.locked_load, np.maximum(0, table.least - table.locked_load)
    return int(np.where(price > 0, price * most, price * least).sum())


def direction(table: Table, price: Ints, load: Ints) -> Ints:
    """Up where an expert is wanted too often, down where he is free and costs something, or wanted too
    little."""
    up = (load > table.most) | ((load > table.least) & (price < 0))
    down = (load < table.least) | ((load < table.most) & (price > 0))
    return np.where(up, 1, np.where(down, -1, 0))


def moved(price: Ints, by: Ints) -> Ints:
    """New prices; one that changes its sign stops at nothing first."""
    new = np.clip(price + by, -MOST_PRICE, MOST_PRICE)
    return np.where(((price > 0) & (new < 0)) | ((price < 0) & (new > 0)), 0, new)


def loads_of(table: Table, panels: Ints) -> Ints:
    """How many seats each expert has, locked ones included."""
    seated = panels[panels >= 0]
    return np.bincount(seated, minlength=len(table.problem.experts)) + table.locked_load


def levelled(table: Table, price: Ints) -> Ints:
    """All prices moved by the same amount, so that the time of those who cost something is just what is
    wanted: this changes no case's choice, and proves most."""
    seats = sum(bound.shape.seats for bound in table.bounds)
    most, least = table.most - table.locked_load, np.maximum(0, table.least - table.locked_load)
    order = np.argsort(price, kind="stable")
    dear = (
        np.cumsum((most - least)[order][::-1])[::-1] + least.sum()
    )  # time there is if these and dearer cost
    cheapest = np.flatnonzero(dear > seats)
    return price if len(cheapest) == 0 else price - price[order[cheapest[-1]]]


def sums_of(table: Table, cases: Ints, panels: Ints) -> Ints:
    """Score of each panel, locked seats included."""
    scores = np.where(panels >= 0, table.problem.scores[cases[:, None], panels], 0)
    sums: Ints = scores.sum(axis=1, dtype=np.int64) + table.locked_score[cases]
    return sums


def own_best(table: Table) -> tuple[Ints, Ints]:
    """Score of the best legal panel every case could have alone (NEVER where it has none), and a panel
    that has it."""
    cases = np.arange(len(table.bounds))
    nothing = np.zeros(len(table.problem.experts), np.int64)
    chosen = best_panels(Values(table, nothing, np.zeros(len(cases), np.int64), digits=False), cases)
    none = chosen.values <= NEVER // 2
    return np.where(none, NEVER, chosen.values // table.unit + table.locked_score), chosen.panels
