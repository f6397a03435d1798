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
Marks = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Start:
    """Where a solver may begin: the state of the columns and rows at an earlier optimum of a program that
    has the same columns and rows first. `primal`: the old answer still keeps all rows."""

    columns: Marks
    rows: Marks
    primal: bool = False


@dataclass(frozen=True, eq=False)
class Answer:
    """What a solver found: values of the columns and, without whole numbers, prices of the rows and the
    state to begin the next question with."""

    values: Reals
    prices: Reals
    start: Start | None = None
    proven: bool = True


class Undecided(Exception):
    """The solver reached its limit of branches before it found an answer or proved that there is none."""


NODES = 200
"""branches a solver may look into; a question that needs more is hard for any solver"""


class Engine(Protocol):
    """A solver. Both functions maximise; None: nothing keeps the rows (or nothing was found when stopped)."""

    def relaxed(
        self, program: Program, gain: Whole, watch: Watch, start: Start | None = None
    ) -> Answer | None:
        """The best in real numbers, with the prices of the rows."""

    def whole(self, program: Program, gain: Whole, watch: Watch) -> Answer | None:
        """The best in whole numbers; not `proven` when the limit of branches ended the search. Raises
        Undecided when it did so before anything was found."""


class Highs:
    """The engine of the product."""

    def relaxed(
        self, program: Program, gain: Whole, watch: Watch, start: Start | None = None
    ) -> Answer | None:
        solver = loaded(program, gain, watch, whole=False)
        if start is not None:
            begin_at(solver, program, start)
        if not ran(solver, watch):
            return None
        solution = solver.getSolution()
        return Answer(np.array(solution.col_value), -np.array(solution.row_dual), state_of(solver))

    def whole(self, program: Program, gain: Whole, watch: Watch) -> Answer | None:
        solver = loaded(program, gain, watch, whole=True)
        if not ran(solver, watch):
            return None
        proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Answer(np.array(solver.getSolution().col_value), np.zeros(0), proven=proven)


class Quiet(highspy.Highs):
    """HiGHS without the line it prints when its callbacks are set up."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's own name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def loaded(program: Program, gain: Whole, watch: Watch, *, whole: bool) -> highspy.Highs:
    solver = Quiet()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
        "mip_max_nodes": NODES,
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


STATES = (
    highspy.HighsBasisStatus.kLower,
    highspy.HighsBasisStatus.kBasic,
    highspy.HighsBasisStatus.kUpper,
    highspy.HighsBasisStatus.kZero,
    highspy.HighsBasisStatus.kNonbasic,
)
DUAL, PRIMAL = 1, 4


def state_of(solver: highspy.Highs) -> Start:
    basis = solver.getBasis()
    return Start(
        np.array([int(mark) for mark in basis.col_status], dtype=np.int8),
        np.array([int(mark) for mark in basis.row_status], dtype=np.int8),
    )


def begin_at(solver: highspy.Highs, program: Program, start: Start) -> None:
    """Begin at an earlier state; columns that are new stand at their lower side, new rows are open."""
    basis = highspy.HighsBasis()
    new_columns = [0] * (program.columns - len(start.columns))
    new_rows = [1] * (program.rows - len(start.rows))
    basis.col_status = [STATES[mark] for mark in [*start.columns.tolist(), *new_columns]]
    basis.row_status = [STATES[mark] for mark in [*start.rows.tolist(), *new_rows]]
    basis.valid = True
    solver.setBasis(basis)
    solver.setOptionValue("simplex_strategy", PRIMAL if start.primal else DUAL)


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
    limits = (ended.kSolutionLimit, ended.kIterationLimit)
    if status in limits or watch.stopped is not None:
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            watch.check()
            raise Undecided
        return True
    raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")


HIGHS = Highs()
