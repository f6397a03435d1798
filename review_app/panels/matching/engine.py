"""The solver HiGHS behind two questions: the best without whole numbers, and the best with them.

Whatever it answers is rounded and counted again in whole numbers before it is believed. One thread and
one seed everywhere, so that the same program gives the same answer on the same machine; that other
machines and other solvers give the same panels rests on the unique optimum, not on this.
"""

from dataclasses import dataclass
from typing import Protocol

import highspy
import numpy as np
from numpy.typing import NDArray

from review_app.panels.matching.program import NO_LIMIT, Program, Whole
from review_app.panels.matching.watching import Watch

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Answer:
    """What a solver found: values of the columns, prices of the rows (of the question without whole
    numbers only) and, when it was stopped, that it was."""

    values: Reals
    prices: Reals
    finished: bool = True


class Engine(Protocol):
    """A solver. Both functions maximise; None: nothing keeps the rows (or nothing was found when stopped)."""

    def relaxed(self, program: Program, gain: Whole, watch: Watch) -> Answer | None:
        """The best in real numbers, with the prices of the rows."""

    def whole(self, program: Program, gain: Whole, watch: Watch, start: Whole | None) -> Answer | None:
        """The best in whole numbers; `start` is a known answer to begin with."""


class Highs:
    """The engine of the product."""

    def relaxed(self, program: Program, gain: Whole, watch: Watch) -> Answer | None:
        solver = loaded(program, gain, watch, whole=False)
        if not ran(solver, watch):
            return None
        solution = solver.getSolution()
        return Answer(np.array(solution.col_value), -np.array(solution.row_dual))

    def whole(self, program: Program, gain: Whole, watch: Watch, start: Whole | None) -> Answer | None:
        solver = loaded(program, gain, watch, whole=True)
        if start is not None:
            begin_with(solver, start)
        if not ran(solver, watch):
            return None
        values = np.array(solver.getSolution().col_value)
        return Answer(values, np.zeros(0), finished=watch.stopped is None)


def loaded(program: Program, gain: Whole, watch: Watch, *, whole: bool) -> highspy.Highs:
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
        "mip_feasibility_tolerance": 1e-7,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    pass_to(solver, program, gain, whole=whole)
    if watch.report is not None:
        listen(solver, watch)
    return solver


def pass_to(solver: highspy.Highs, program: Program, gain: Whole, *, whole: bool) -> None:
    kind = np.full(program.columns, int(whole), dtype=np.int32)
    solver.passModel(
        program.columns,
        program.rows,
        len(program.index),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        -gain.astype(np.float64),
        program.lower.astype(np.float64),
        program.upper.astype(np.float64),
        np.where(program.low == -NO_LIMIT, -highspy.kHighsInf, program.low.astype(np.float64)),
        np.where(program.high == NO_LIMIT, highspy.kHighsInf, program.high.astype(np.float64)),
        program.start.astype(np.int32),
        program.index.astype(np.int32),
        program.value.astype(np.float64),
        kind,
    )


def begin_with(solver: highspy.Highs, start: Whole) -> None:
    solution = highspy.HighsSolution()
    solution.col_value = list(start.astype(float))
    solver.setSolution(solution)


def listen(solver: highspy.Highs, watch: Watch) -> None:
    """Let the caller stop the solver between two of its steps."""

    def ask(event: highspy.highs.HighsCallbackEvent) -> None:
        event.interrupt(watch.wants_stop())

    solver.cbMipInterrupt.subscribe(ask)
    solver.cbSimplexInterrupt.subscribe(ask)


def ran(solver: highspy.Highs, watch: Watch) -> bool:
    """Whether there is an answer. Raises Cancelled when stopped without one, RuntimeError when the solver
    gave up for a reason it must not have."""
    solver.run()
    status = solver.getModelStatus()
    ended = highspy.HighsModelStatus
    if status == ended.kOptimal:
        return True
    if status in (ended.kInfeasible, ended.kUnboundedOrInfeasible):
        return False
    if watch.stopped is not None:
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            watch.check()
        return True
    raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")


HIGHS = Highs()
