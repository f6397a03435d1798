"""Repeats the records of matches with the solver of scipy instead of the product's own.

Runs in a process of its own (both bring their own copy of HiGHS, compiled differently): reads the path of a
record, writes what differs as JSON.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from review_app.panels.match_record import replay_match
from review_app.panels.matching.engine import Answer
from review_app.panels.matching.problem import Matched, Problem
from review_app.panels.matching.program import NO_LIMIT, Program, Whole
from review_app.panels.matching.solving import match
from review_app.panels.matching.watching import Watch
from review_app.panels.record import plain


class Scipy:
    """`scipy.optimize` behind the two questions of the exact match."""

    def relaxed(self, program: Program, gain: Whole, watch: Watch, start: object = None) -> Answer | None:
        rows, low, high = sides(program)
        upper, lower = np.isfinite(high), np.isfinite(low)
        found = linprog(
            -gain.astype(float),
            A_ub=np.concatenate([rows.toarray()[upper], -rows.toarray()[lower]]),
            b_ub=np.concatenate([high[upper], -low[lower]]),
            bounds=np.column_stack([program.lower, program.upper]),
        )
        if found.x is None:
            return None
        prices = np.zeros(program.rows)
        prices[upper] -= found.ineqlin.marginals[: upper.sum()]
        prices[lower] += found.ineqlin.marginals[upper.sum() :]
        return Answer(found.x, prices)

    def whole(self, program: Program, gain: Whole, watch: Watch) -> Answer | None:
        rows, low, high = sides(program)
        found = milp(
            -gain.astype(float),
            constraints=[LinearConstraint(rows, low, high)] if program.rows else [],
            bounds=(program.lower.astype(float), program.upper.astype(float)),
            integrality=np.ones(program.columns),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else Answer(found.x, np.zeros(0))


def sides(program: Program) -> tuple[csr_array, np.ndarray, np.ndarray]:
    shape = (program.rows, program.columns)
    rows = csr_array((program.value.astype(float), program.index, program.start), shape=shape)
    low = np.where(program.low == -NO_LIMIT, -np.inf, program.low.astype(float))
    high = np.where(program.high == NO_LIMIT, np.inf, program.high.astype(float))
    return rows, low, high


def by_scipy(problem: Problem) -> Matched:
    return match(problem, engine=Scipy())


def differences(path: Path) -> list[object]:
    return [plain(one) for one in replay_match(path.read_bytes(), by_scipy).differences]


if __name__ == "__main__":
    answers = {name: differences(Path(name)) for name in sys.argv[1:]}
    print(json.dumps(answers))
