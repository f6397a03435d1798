"""Seats kept before anything else: when somebody drops out, as few others as possible are moved."""

from dataclasses import replace

import numpy as np

from review_app.panels.matching.bounding import face
from review_app.panels.matching.large import match_large
from review_app.panels.matching.model import JOINT, Meaning, Model
from review_app.panels.matching.problem import Case, Matched, Problem
from review_app.panels.matching.stages import Solver
from review_app.panels.matching.watching import Report

MOST_BONUS = 1_000_000


def keeping(model: Model, solver: Solver) -> Model | None:
    """The model of all panels that keep as many seats as can be kept; None when there are no panels."""
    best = solver.best(model.program, model.kept)
    if best is None:
        return None
    program = face(model.program, model.kept, best.bound, best.gain)
    if best.gain == int(model.kept.sum()):
        program = program.with_bounds(np.maximum(program.lower, model.kept), program.upper)
    added = (Meaning("KEPT", JOINT),) * (program.rows - model.program.rows)
    return replace(model, program=program, meanings=(*model.meanings, *added))


def by_prices(problem: Problem, report: Report | None) -> Matched:
    """The panels of a backlog too large for proofs, with a proven gap. With `keep_first` every seat that can
    still be kept by itself is locked first; where not all of them hold together, the highest bonus keeps
    most of them."""
    if not problem.keep_first:
        return match_large(problem, report=report)
    found = match_large(with_all_kept(problem), report=report)
    if found.panels:
        return found
    return match_large(replace(problem, keep_bonus=MOST_BONUS), report=report)


def with_all_kept(problem: Problem) -> Problem:
    """The problem with each seat of the plan before locked whose holder may still sit there."""
    cases = tuple(replace(case, locked=case.locked | still_able(problem, case)) for case in problem.cases)
    return replace(problem, cases=cases, may_relax=False)


def still_able(problem: Problem, case: Case) -> frozenset[str]:
    """Whoever sat on the panel, is not barred and still belongs to the pool of the case."""
    row = problem.scores[problem.row_of[case.id]]
    places = {one: problem.place_of[one] for one in case.previous & case.demands.employer.keys()
              if one in problem.place_of}  # fmt: skip
    return frozenset(
        one for one, place in places.items() if row[place] >= 0 and problem.loads[place].most > 0
    )
