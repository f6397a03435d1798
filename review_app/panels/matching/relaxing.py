"""When there are no legal panels: the fewest steps of the ladder that help, and why there are none.

The deepest step is spared first: as few cases as possible take it, then as few as possible the one before,
and so on. Where several choices of cases are equally few, the seed decides, so that the choice is unique.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from review_app.panels.lottery import number_of
from review_app.panels.matching.bounding import face
from review_app.panels.matching.counting import counted
from review_app.panels.matching.elastic import Elastic, elastic_of
from review_app.panels.matching.model import JOINT, Model, model_of
from review_app.panels.matching.problem import Problem, Progress, Shortfall
from review_app.panels.matching.program import NO_LIMIT, Program, Whole
from review_app.panels.matching.seeding import DIGIT
from review_app.panels.matching.stages import Best, Solver
from review_app.panels.seating import Demands


def smallest_levels(problem: Problem, solver: Solver) -> list[int] | None:
    """How many steps of its ladder each case has to take; None when even all steps of all do not help."""
    lowest, count = [], len(problem.cases)
    for number in range(count):
        solver.watch.tell(Progress("LADDER", number, count))
        level = level_alone(problem, number, solver)
        if level is None:
            return None
        lowest.append(level)
    if has_panels(model_of(problem, demands_at(problem, lowest)), solver):
        return lowest
    return fewest_steps(problem, lowest, solver)


def demands_at(problem: Problem, levels: Sequence[int]) -> list[Demands]:
    """The demands of each case after so many steps of its ladder."""
    return [
        case.ladder[level - 1].demands if level else case.demands
        for case, level in zip(problem.cases, levels, strict=True)
    ]


def level_alone(problem: Problem, number: int, solver: Solver) -> int | None:
    """The fewest steps after which this case would have a panel if it were the only one."""
    case = problem.cases[number]
    loads = tuple(replace(load, least=0) for load in problem.loads)
    row = problem.scores[number : number + 1]
    single = replace(problem, cases=(case,), scores=row, loads=loads)
    for level in range(len(case.ladder) + 1):
        if has_panels(model_of(single, demands_at(single, [level])), solver):
            return level
    return None


def has_panels(model: Model, solver: Solver) -> bool:
    return solver.best(model.program, model.score) is not None


def fewest_steps(problem: Problem, lowest: Sequence[int], solver: Solver) -> list[int] | None:
    """The choice of steps, each case at least at its lowest, that spares the deepest steps first."""
    elastic = elastic_of(problem, lowest)
    program, best = elastic.program, solver.best(elastic.program, np.zeros_like(elastic.program.lower))
    for rule in reversed(rules_in_order(problem)):
        if best is None:
            return None
        gain = -taking(problem, elastic, rule)
        program, best = narrower(program, gain, solver)
    return None if best is None else elastic.levels(settled(problem, elastic, program, best, solver))


def narrower(program: Program, gain: Whole, solver: Solver) -> tuple[Program, Best]:
    """The best of a program that holds an answer, and the program of all answers as good."""
    best = solver.best(program, gain)
    if best is None:
        raise RuntimeError("what an optimum leaves holds an answer")
    return face(program, gain, best.bound, best.gain), best


def settled(problem: Problem, elastic: Elastic, program: Program, best: Best, solver: Solver) -> Whole:
    """Of equally few steps those with the largest seeded numbers, level by level until one choice is left."""
    number = 0
    while not is_settled(program, np.array(sorted(elastic.steps)), best, solver):
        number += 1
        gain = np.zeros(program.columns, dtype=np.int64)
        for column, (case, level) in elastic.steps.items():
            words = problem.cases[case].id, str(level)
            gain[column] = number_of(problem.seed, f"ladder{number}", *words) % DIGIT
        program, best = narrower(program, gain, solver)
    return best.values


def is_settled(program: Program, columns: Whole, best: Best, solver: Solver) -> bool:
    """Whether every answer left takes the same steps."""
    if (program.lower[columns] == program.upper[columns]).all():
        return True
    differ = np.zeros(program.columns, dtype=np.int64)
    differ[columns] = 1 - 2 * best.values[columns]
    other = solver.best(program, differ)
    return other is None or bool((other.values[columns] == best.values[columns]).all())


def rules_in_order(problem: Problem) -> list[str]:
    """The rules of all ladders, the one to be given up first in front: by the latest place a rule has."""
    place: dict[str, int] = {}
    for case in problem.cases:
        for number, step in enumerate(case.ladder):
            place[step.rule] = max(number, place.get(step.rule, 0))
    return sorted(place, key=lambda rule: (place[rule], rule))


def taking(problem: Problem, elastic: Elastic, rule: str) -> Whole:
    """1 for each column that takes this step of a ladder."""
    taken = np.zeros(elastic.program.columns, dtype=np.int64)
    for column, (case, level) in elastic.steps.items():
        taken[column] = any(step.rule == rule for step in problem.cases[case].ladder[:level])
    return taken


def shortfalls(problem: Problem, levels: Sequence[int], solver: Solver) -> tuple[Shortfall, ...]:
    """Why no legal panels exist after these steps: by counting, or else the fewest seats that are lacking."""
    demands = demands_at(problem, levels)
    return counted(problem, demands) or lacking(model_of(problem, demands), solver)


def lacking(model: Model, solver: Solver) -> tuple[Shortfall, ...]:
    """The rows that would have to give way, by as little as possible in sum."""
    program = model.program
    rows, columns = program.rows, program.columns
    slack = [0] * (2 * rows)
    wide = program.with_columns(slack, [int(np.abs(program.value).sum())] * (2 * rows))
    wide = loosened(wide, columns)
    gain = np.concatenate([np.zeros(columns, dtype=np.int64), np.full(2 * rows, -1, dtype=np.int64)])
    best = solver.best(wide, gain)
    if best is None:
        return ()
    more, less = best.values[columns : columns + rows], best.values[columns + rows :]
    return tuple(
        shortfall_of(model, row, int(more[row]), int(less[row]))
        for row in np.flatnonzero(more + less).tolist()
    )


def loosened(program: Program, columns: int) -> Program:
    """Each row may be helped by one column up and by another down."""
    rows = program.rows
    lengths = np.diff(program.start) + 2
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    index = np.zeros(start[-1], dtype=np.int64)
    value = np.zeros(start[-1], dtype=np.int64)
    old = np.arange(len(program.index)) + 2 * program.row_of
    index[old], value[old] = program.index, program.value
    ends = start[1:]
    index[ends - 2], value[ends - 2] = columns + np.arange(rows), 1
    index[ends - 1], value[ends - 1] = columns + rows + np.arange(rows), -1
    return replace(program, start=start, index=index, value=value)


def shortfall_of(model: Model, row: int, more: int, less: int) -> Shortfall:
    """`more` are lacking below, `less` are too many above the row's sides."""
    meaning, problem = model.meanings[row], model.problem
    low, high = int(model.program.low[row]), int(model.program.high[row])
    cases = (
        tuple(case.id for case in problem.cases)
        if meaning.case == JOINT
        else (problem.cases[meaning.case].id,)
    )
    experts = (problem.experts[meaning.expert],) if meaning.expert >= 0 else ()
    if more and low > -NO_LIMIT:
        rule = "LOAD_LEAST" if meaning.rule == "LOAD" else meaning.rule
        return Shortfall(rule, cases, low, low - more, experts)
    return Shortfall(meaning.rule, cases, high + less, high, experts)
