"""The exact match: from a problem to proven panels, or to the reasons why there are none."""

from collections.abc import Sequence

from review_app.panels.matching.engine import HIGHS, Engine
from review_app.panels.matching.fairness import fairest
from review_app.panels.matching.model import Model, model_of
from review_app.panels.matching.problem import Cancelled, Matched, Problem, Progress, Status
from review_app.panels.matching.program import Whole
from review_app.panels.matching.seeding import chair_of
from review_app.panels.matching.stages import Solver
from review_app.panels.matching.watching import Report, Watch


def match(problem: Problem, *, report: Report | None = None, engine: Engine = HIGHS) -> Matched:
    """Panels for all cases, proven best and unique under the problem's seed.

    The smallest sum of one panel is as large as it can be; then the total plus `keep_bonus` for each seat
    kept; then the number of kept seats; then the seeded digits. The same problem gives the same panels on
    any machine and with any exact engine. `report` hears of every step and may raise Cancelled, which ends
    the work with what is there (BOUNDED, or STOPPED when nothing is). Raises ValueError for numbers out of
    range.
    """
    watch = Watch(report)
    try:
        return matched(problem, Solver(engine, watch))
    except Cancelled:
        return Matched(Status.STOPPED)


def matched(problem: Problem, solver: Solver) -> Matched:
    levels = [0] * len(problem.cases)
    while True:
        solver.watch.tell(Progress("MODEL"))
        model = model_at(problem, levels)
        if found := solved(model, solver, levels):
            return found
        raised = [min(level + 1, len(case.ladder)) for level, case in zip(levels, problem.cases, strict=True)]
        if raised == levels or not problem.may_relax:
            return Matched(Status.IMPOSSIBLE)
        levels = raised


def model_at(problem: Problem, levels: Sequence[int]) -> Model:
    """The model with so many steps of each case's ladder taken."""
    demands = [
        case.ladder[level - 1].demands if level else case.demands
        for case, level in zip(problem.cases, levels, strict=True)
    ]
    return model_of(problem, demands)


def solved(model: Model, solver: Solver, levels: Sequence[int]) -> Matched | None:
    problem = model.problem
    gain = model.score + problem.keep_bonus * model.kept
    if not (found := fairest(model, solver, gain)):
        return None
    stages, program, best = found
    kept = [model.kept] if model.kept.any() else []
    values = stages.unique(program, gain, best, kept)
    return result_of(model, values, levels)


def result_of(model: Model, values: Whole, levels: Sequence[int]) -> Matched:
    problem = model.problem
    panels = model.panels(values)
    chairs = {case.id: chair_of(problem, case, panels[case.id]) for case in problem.cases}
    sums = model.sums(values)
    total, worst = int(sums.sum()), min(sums.tolist(), default=0)
    return Matched(
        status=Status.OPTIMAL,
        panels=panels,
        chairs={case: chair for case, chair in chairs.items() if chair is not None},
        total=total,
        worst=worst,
        bound=total,
        worst_bound=worst,
        relaxed={
            case.id: tuple(step.rule for step in case.ladder[:level])
            for case, level in zip(problem.cases, levels, strict=True)
            if level
        },
    )
