"""Worst panel first: the largest floor that the sums of all panels can keep together.

No panel can beat the best one its case could have alone, so the smallest of these bounds the floor. It is
reached when cases do not compete for the same few people; only when they do, the floor itself is maximised.
"""

from dataclasses import replace

import numpy as np

from review_app.panels.matching.model import Model
from review_app.panels.matching.problem import Progress
from review_app.panels.matching.program import Program, Row, Whole
from review_app.panels.matching.stages import Best, Solver, Stages


def own_bests_least(model: Model, solver: Solver) -> int | None:
    """The least of every case's own best panel; None when some case has no panel at all. Cases are tried
    from the one whose best people are weakest until no further one can be lower."""
    least: int | None = None
    bounds = [(easy_bound(model, case), case) for case in range(len(model.problem.cases))]
    for bound, case in sorted(bounds):
        if least is not None and bound >= least:
            break
        best = solver.best(model.alone(case), own_score(model, case))
        if best is None:
            return None
        least = best.gain if least is None else min(least, best.gain)
    return least


def easy_bound(model: Model, case: int) -> int:
    """The scores of the best people of a case, as many as its panel has seats."""
    scores = np.sort(model.score[model.first[case] : model.first[case + 1]])
    size = model.demands[case].size
    return int(scores[len(scores) - size :].sum()) if size <= len(scores) else -1


def own_score(model: Model, case: int) -> Whole:
    own = np.zeros_like(model.score)
    own[model.first[case] : model.first[case + 1]] = model.score[model.first[case] : model.first[case + 1]]
    return own


def fairest(model: Model, solver: Solver, gain: Whole) -> tuple[Stages, Program, Best] | None:
    """The highest floor and the best answer in `gain` that keeps it; None when there are no panels.

    The floor starts at a proven bound. As long as it cannot be kept, the cases whose floors were in the way
    give the next, lower bound; the first floor that can be kept is therefore the highest.
    """
    floor = own_bests_least(model, solver) if len(model.problem.cases) > 1 else 0
    stages = Stages(model, solver)
    while floor is not None:
        solver.watch.tell(Progress("WORST", len(stages.floored), len(model.problem.cases)))
        stages = Stages(model, solver, floor, stages.floored, stages.start)
        if found := stages.best(model.program, gain, note=True):
            return stages, *found
        floor = lower_floor(stages)
    return None


def lower_floor(stages: Stages) -> int | None:
    """A bound below a floor that was refused: the highest floor of the cases in the way, first in real
    numbers, then in whole ones when that says no more. None when there are no panels at all."""
    model, refused = stages.model, stages.least
    column = model.program.columns
    program = model.program.with_columns([0], [refused])
    program = program.with_rows([over_floor(model, case, column) for case in sorted(stages.floored)])
    gain = np.zeros(column + 1, dtype=np.int64)
    gain[column] = 1
    start = None if stages.start is None else replace(stages.start, primal=True)
    bound = stages.solver.bound(program, gain, start)
    if bound is None or bound < refused:
        return bound
    best = stages.solver.best(program, gain, start)
    return None if best is None else best.gain


def over_floor(model: Model, case: int, column: int) -> Row:
    """The row: the sum of this panel is at least the floor, which is a column itself."""
    row = model.floor_row(case, 0)
    return Row(np.append(row.index, column), np.append(row.value, -1), low=0)
