"""The exact match: from a problem to proven panels, or to the reasons why there are none."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from review_app.panels.matching.counting import counted
from review_app.panels.matching.engine import HIGHS, Engine, Undecided
from review_app.panels.matching.fairness import fairest
from review_app.panels.matching.keeping import by_prices, keeping
from review_app.panels.matching.model import Model, model_of
from review_app.panels.matching.problem import (
    Cancelled,
    Matched,
    Problem,
    Progress,
    Shortfall,
    Status,
)
from review_app.panels.matching.program import Row, Whole
from review_app.panels.matching.relaxing import demands_at, shortfalls, smallest_levels
from review_app.panels.matching.seeding import chair_of, noise_for
from review_app.panels.matching.stages import Legal, Solver, Stages
from review_app.panels.matching.watching import Report, Watch

MILLION = 1_000_000
LARGE = 100_000
"""eligible pairs beyond which a backlog is solved by prices, with a proven gap (`large.py`)"""


def match(problem: Problem, *, report: Report | None = None, engine: Engine = HIGHS) -> Matched:
    """Panels for all cases, proven best and unique under the problem's seed.

    With `keep_first` the most seats are kept. The smallest sum of one panel is as large as it can be; then the total plus `keep_bonus` for each seat
    kept; then the number of kept seats; then the seeded digits. The same problem gives the same panels on
    any machine and with any exact engine. With `noise`, the noisy total is maximised instead among panels
    that lose at most `quality_floor` of worst sum and total. `report` hears of every step and may raise
    Cancelled, which ends the work with what is there (BOUNDED, or STOPPED when nothing is). Beyond LARGE
    eligible pairs the answer is BOUNDED. Raises ValueError for numbers out of range.
    """
    check_numbers(problem)
    if int(np.count_nonzero(problem.scores >= 0)) > LARGE:
        return by_prices(problem, report)
    solver = Solver(engine, Watch(report))
    levels = [0] * len(problem.cases)
    try:
        return matched(problem, solver, levels)
    except Cancelled:
        return stopped(solver.legal, levels)
    except Undecided:
        return by_prices(problem, report)


def check_numbers(problem: Problem) -> None:
    """Raises ValueError when scores, bonus or quality floor leave the range that is counted exactly."""
    if problem.scores.size and not -1 <= problem.scores.min() <= problem.scores.max() <= MILLION:
        raise ValueError("scores lie between 0 and 1,000,000, or are BARRED")
    if not 0 <= problem.keep_bonus <= MILLION:
        raise ValueError("the bonus for a kept seat lies between 0 and 1,000,000")
    if not 0 <= problem.noise <= MILLION or not 0 <= problem.quality_floor <= MILLION:
        raise ValueError("noise and quality floor lie between 0 and 1,000,000")


def matched(problem: Problem, solver: Solver, levels: list[int]) -> Matched:
    """As `match`; `levels` tells the steps taken, also to a caller who stops the work."""
    solver.watch.tell(Progress("MODEL"))
    short = counted(problem, demands_at(problem, levels))
    if not short and (found := solved(model_at(problem, levels), solver, levels)):
        return found
    smallest = smallest_levels(problem, solver)
    if smallest is None or not problem.may_relax:
        return impossible(problem, solver, smallest)
    levels[:] = smallest
    found = solved(model_at(problem, levels), solver, levels)
    if found is None:
        raise RuntimeError("the smallest relaxation was proven to have panels")
    return replace(found, shortfalls=helped(problem, short, levels))


def impossible(problem: Problem, solver: Solver, smallest: Sequence[int] | None) -> Matched:
    """No panels: the reasons under the first demands, or under the last when the ladder was tried in vain."""
    last = [len(case.ladder) for case in problem.cases]
    in_vain = smallest is None and problem.may_relax
    short = shortfalls(problem, last if in_vain else [0] * len(last), solver)
    shown = short if smallest is None else helped(problem, short, smallest)
    return Matched(Status.IMPOSSIBLE, shortfalls=shown)


def helped(problem: Problem, short: Sequence[Shortfall], levels: Sequence[int]) -> tuple[Shortfall, ...]:
    """The shortfalls, each with the last step its cases take, or any case takes when they take none."""
    taken = {case.id: level for case, level in zip(problem.cases, levels, strict=True) if level}
    return tuple(replace(one, relaxation=step_for(problem, one, taken) or one.relaxation) for one in short)


def step_for(problem: Problem, short: Shortfall, taken: dict[str, int]) -> str:
    own = [case for case in short.cases if case in taken] or list(taken)
    if not own:
        return ""
    deepest = max(own, key=lambda case: (taken[case], case))
    return problem.cases[problem.row_of[deepest]].ladder[taken[deepest] - 1].rule


def model_at(problem: Problem, levels: Sequence[int]) -> Model:
    """The model with so many steps of each case's ladder taken."""
    return model_of(problem, demands_at(problem, levels))


def solved(model: Model, solver: Solver, levels: Sequence[int]) -> Matched | None:
    """The unique best panels of a model; None when it has none."""
    if model.problem.keep_first and model.kept.any():
        kept = keeping(model, solver)
        if kept is None:
            return None
        model = kept
    gain = model.score + model.problem.keep_bonus * model.kept
    if not (found := fairest(model, solver, gain)):
        return None
    stages, program, best = found
    if not solver.proven:
        return result_of(Legal(model, best.values, best.bound.whole, stages.ceiling), Status.BOUNDED, levels)
    values = stages.unique(program, gain, best, then_kept(model))
    sums = model.sums(values)
    total, worst = int(sums.sum()), min(sums.tolist(), default=0)
    if model.problem.noise:
        values = at_random(model, solver, gain, total=total, worst=worst)
    ceiling = max(stages.ceiling, worst)
    status = Status.OPTIMAL if solver.proven and ceiling <= worst else Status.BOUNDED
    return result_of(Legal(model, values, total, ceiling), status, levels)


def then_kept(model: Model) -> list[Whole]:
    return [model.kept] if model.kept.any() and not model.problem.keep_first else []


def at_random(model: Model, solver: Solver, gain: Whole, *, total: int, worst: int) -> Whole:
    """The best panels after noise, none of them below the quality floor."""
    problem = model.problem
    solver.watch.tell(Progress("NOISE", total=total, bound=total))
    everybody = np.arange(model.program.columns)
    program = model.program.with_rows([Row(everybody, model.score, low=left_of(total, problem))])
    stages = Stages(model, solver, left_of(worst, problem))
    noisy = gain + noise_for(model)
    found = stages.best(program, noisy)
    if found is None:
        raise RuntimeError("the optimum itself keeps the quality floor")
    return stages.unique(found[0], noisy, found[1], then_kept(model))


def left_of(value: int, problem: Problem) -> int:
    """The least that is left of a value after the loss that is allowed, rounded up."""
    return -(-value * (MILLION - problem.quality_floor) // MILLION)


def stopped(legal: Legal | None, levels: Sequence[int]) -> Matched:
    """What there is when the caller wants no more."""
    return Matched(Status.STOPPED) if legal is None else result_of(legal, Status.BOUNDED, levels)


def result_of(legal: Legal, status: Status, levels: Sequence[int]) -> Matched:
    """The result in words everyone shares."""
    model, problem = legal.model, legal.model.problem
    panels = model.panels(legal.values)
    chairs = {case.id: chair_of(problem, case, panels[case.id]) for case in problem.cases}
    sums = model.sums(legal.values)
    return Matched(
        status=status,
        panels=panels,
        chairs={case: chair for case, chair in chairs.items() if chair is not None},
        total=int(sums.sum()),
        worst=min(sums.tolist(), default=0),
        bound=legal.bound,
        worst_bound=legal.worst_bound,
        relaxed={
            case.id: tuple(step.rule for step in case.ladder[:level])
            for case, level in zip(problem.cases, levels, strict=True)
            if level
        },
    )
