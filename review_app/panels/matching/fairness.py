"""Worst panel first: the largest floor that the sums of all panels can keep together.

No panel can beat the best one its case could have alone, so the smallest of these bounds the floor. It is
reached when cases do not compete for the same few people; only when they do, the floor itself is maximised.
"""

from dataclasses import replace

import numpy as np

from review_app.panels.matching.engine import Undecided
from review_app.panels.matching.model import Model
from review_app.panels.matching.problem import Progress
from review_app.panels.matching.program import Program, Row, Whole
from review_app.panels.matching.stages import Best, Solver, Stages

STEPS = 500
"""by a STEPS-th of the bound the floor falls first; among very many columns that is also how close it is found"""

PARTS = 4096

PUZZLE = 2_000
"""open columns beyond which a floor that only whole numbers refuse is left to prices and exchanges"""


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

    The floor starts at a proven bound; the total of a single case is its own floor. When it cannot be
    kept, the cases in the way give a lower bound; when that foresees nothing, the floor falls by growing steps until it is kept, and the range between is halved
    down to the point. In a backlog of more than PUZZLE open columns sums that compete to the point are a
    puzzle: there the range is halved down to a STEPS-th of the first bound, and Undecided is raised when
    real numbers do not foresee that a floor cannot be kept.
    """
    same = len(model.problem.cases) == 1 and np.array_equal(gain, model.score)
    first = 0 if same else own_bests_least(model, solver)
    if first is None:
        return None
    drop = max(1, first // STEPS)
    puzzle = int(np.count_nonzero(model.program.lower < model.program.upper)) > PUZZLE
    step = drop if puzzle else 1
    ceiling = floor = first
    stages, best = Stages(model, solver), None
    while best is None or ceiling - best[0].least >= step:
        solver.watch.tell(Progress("WORST", len(stages.floored), len(model.problem.cases)))
        stages = Stages(model, solver, floor, set(stages.floored), ceiling, stages.start)
        if found := kept(stages, gain):
            reached = int(model.sums(found[1].values).min(initial=ceiling))
            best = (replace(stages, least=max(floor, min(ceiling, reached))), *found)
        else:
            bound = bound_of_floors(stages)
            if bound is None or floor == 0:
                return None
            foreseen, ceiling = bound < floor, min(bound, floor - 1)
            if not foreseen and puzzle:
                raise Undecided
            floor = ceiling if foreseen else max(0, ceiling - drop)
            drop = drop if foreseen else 2 * drop
        if best is not None:
            floor = best[0].least + (ceiling - best[0].least + 1) // 2
    return replace(best[0], ceiling=ceiling), *best[1:]


def kept(stages: Stages, gain: Whole) -> tuple[Program, Best] | None:
    """The best answer under a floor; a floor that stays undecided counts as one that cannot be kept, and
    nothing is called proven any more."""
    try:
        return stages.best(stages.model.program, gain, note=True)
    except Undecided:
        if stages.least == 0:
            raise
        stages.solver.proven = False
        return None


def bound_of_floors(stages: Stages) -> int | None:
    """What the floor of the cases in the way cannot exceed; None when there are no panels at all. The floor
    is counted in small parts, so that rounding the prices costs no whole point."""
    model = stages.model
    column = model.program.columns
    program = model.program.with_columns([0], [stages.least])
    program = program.with_rows([over_floor(model, case, column) for case in sorted(stages.floored)])
    gain = np.zeros(column + 1, dtype=np.int64)
    gain[column] = PARTS
    start = None if stages.start is None else replace(stages.start, primal=True)
    bound = stages.solver.bound(program, gain, start)
    return None if bound is None else bound // PARTS


def over_floor(model: Model, case: int, column: int) -> Row:
    """The row: the sum of this panel is at least the floor, which is a column itself."""
    row = model.floor_row(case, 0)
    return Row(np.append(row.index, column), np.append(row.value, -1), low=0)
