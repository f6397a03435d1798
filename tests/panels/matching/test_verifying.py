"""The verifier: it accepts every match, and names each rule once somebody breaks it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from review_app.panels.matching.problem import BARRED, Load, Matched, Problem, Relaxation, Status
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import Fault, faults, panel_faults
from review_app.panels.seating import AtLeast, AtMost
from tests.panels.matching.made import all_assignments, backlog, demands, legal_panels, problem, problems

ONE, TWO, THREE, FOUR = "E00000", "E00001", "E00002", "E00003"
PAIR = {"C0": (ONE, TWO)}


def claimed(panels: Mapping[str, tuple[str, ...]], total: int, worst: int, **values: Any) -> Matched:
    given = {"bound": total, "worst_bound": worst, **values}
    return Matched(Status.OPTIMAL, panels, total=total, worst=worst, **given)


def of_two(**case: Any) -> Problem:
    """One panel of two out of four experts; `case` replaces fields of the case."""
    return problem([[5, 4, 3, 2]], size=2, case_values={"C0": case})


@settings(max_examples=80, deadline=None)
@given(problems())
def test_every_match_of_small_problems_keeps_all_rules(given_problem: Problem) -> None:
    matched = match(given_problem)

    assert faults(given_problem, matched) == ()


def test_match_of_a_backlog_keeps_all_rules() -> None:
    given_problem = backlog(experts=60, cases=40, apart=15, locked=5, least=1)

    matched = match(given_problem)

    assert (matched.status, faults(given_problem, matched)) == (Status.OPTIMAL, ())


@settings(max_examples=60, deadline=None)
@given(problems(ladders=False))
def test_panels_without_fault_are_those_found_by_trying_all(given_problem: Problem) -> None:
    case = given_problem.cases[0]
    legal = legal_panels(given_problem, case, case.demands)
    everybody = replace(
        given_problem, scores=given_problem.scores * 0, cases=(replace(case, chairs=frozenset()),)
    )
    free = demands(given_problem.experts, case.demands.size)
    possible = legal_panels(everybody, replace(everybody.cases[0], locked=frozenset()), free)

    accepted = [members for members in possible if not panel_faults(given_problem, case, 0, members)]

    assert accepted == legal


@settings(max_examples=40, deadline=None)
@given(problems(ladders=False, most_experts=4, most_cases=2))
def test_sums_that_are_right_are_the_only_ones_accepted(given_problem: Problem) -> None:
    for panels in all_assignments(given_problem, {}):
        sums = [
            sum(int(given_problem.scores[row, given_problem.place_of[one]]) for one in panels[case.id])
            for row, case in enumerate(given_problem.cases)
        ]
        chairs = {case.id: min(case.chairs & set(panels[case.id])) for case in given_problem.cases}
        right = claimed(dict(panels), sum(sums), min(sums), chairs=chairs)

        wrong = replace(right, total=right.total + 1)

        assert faults(given_problem, right) == ()
        assert {fault.rule for fault in faults(given_problem, wrong)} == {"TOTAL"}


@pytest.mark.parametrize(
    ("given_problem", "members", "fault"),
    [
        (of_two(), (ONE,), Fault("SIZE", "C0", (), 2, 1)),
        (of_two(), (ONE, "E9"), Fault("UNKNOWN_EXPERT", "C0", ("E9",))),
        (of_two(), (ONE, ONE), Fault("TWICE", "C0", (ONE,))),
        (problem([[5, BARRED]], size=2), (ONE, TWO), Fault("BARRED", "C0", (TWO,))),
        (of_two(demands=demands([ONE, THREE], 2)), (ONE, TWO), Fault("NOT_IN_POOL", "C0", (TWO,))),
        (of_two(locked=frozenset({THREE})), (ONE, TWO), Fault("LOCKED", "C0", (THREE,))),
        (of_two(chairs=frozenset({THREE})), (ONE, TWO), Fault("CHAIR", "C0", (), 1)),
        (
            of_two(demands=demands([ONE, TWO], 2, at_least=(AtLeast("LAWYER", frozenset({ONE}), 2),))),
            (ONE, TWO),
            Fault("LAWYER", "C0", (), 2, 1),
        ),
        (
            of_two(demands=demands([ONE, TWO], 2, at_most=(AtMost("SAME_SYSTEM", frozenset(PAIR["C0"]), 1),))),
            (ONE, TWO),
            Fault("SAME_SYSTEM", "C0", (ONE, TWO), 1, 2),
        ),
        (
            of_two(
                demands=demands([ONE, TWO], 2, employer=dict.fromkeys([ONE, TWO], "F"), employer_max={"F": 1})
            ),
            (ONE, TWO),
            Fault("SAME_EMPLOYER", "C0", (ONE, TWO), 1, 2),
        ),
        (replace(of_two(), apart=frozenset({(ONE, TWO)})), (TWO, ONE), Fault("APART", "C0", (ONE, TWO))),
    ],
)  # fmt: skip
def test_each_broken_rule_of_a_panel_is_named(
    given_problem: Problem, members: tuple[str, ...], fault: Fault
) -> None:
    found = panel_faults(given_problem, given_problem.cases[0], 0, members)

    assert found == (fault,)


@pytest.mark.parametrize(
    ("given_problem", "matched", "found"),
    [
        (of_two(), claimed({}, 0, 0), [Fault("PANEL_MISSING", "C0")]),
        (of_two(), claimed({**PAIR, "C9": ()}, 9, 9), [Fault("UNKNOWN_CASE", "C9")]),
        (of_two(), claimed(PAIR, 9, 8, worst_bound=9), [Fault("WORST", "", (), 9, 8)]),
        (of_two(), claimed(PAIR, 9, 9, bound=10), [Fault("TOTAL_NOT_PROVEN", "", (), 10, 9)]),
        (of_two(), claimed(PAIR, 9, 9, worst_bound=10), [Fault("WORST_NOT_PROVEN", "", (), 10, 9)]),
        (of_two(), claimed(PAIR, 9, 9, bound=8), [Fault("BOUND", "", (), 9, 8)]),
        (
            of_two(),
            replace(claimed(PAIR, 9, 9, bound=8), status=Status.BOUNDED),
            [Fault("BOUND", "", (), 9, 8)],
        ),
        (of_two(), replace(claimed(PAIR, 9, 9, bound=20), status=Status.BOUNDED), []),
        (of_two(), claimed(PAIR, 9, 9, chairs={"C0": ONE}), [Fault("CHAIR_NOT_QUALIFIED", "C0", (ONE,))]),
        (of_two(chairs=frozenset({ONE})), claimed(PAIR, 9, 9), [Fault("CHAIR_NOT_NAMED", "C0")]),
        (of_two(), claimed(PAIR, 9, 9, relaxed={"C0": ("X",)}), [Fault("NO_SUCH_RELAXATION", "C0")]),
        (
            replace(of_two(ladder=(Relaxation("X", demands([ONE, TWO], 2)),)), may_relax=False),
            claimed(PAIR, 9, 9, relaxed={"C0": ("X",)}),
            [Fault("MAY_NOT_RELAX", "C0", found=1)],
        ),
        (of_two(), Matched(Status.IMPOSSIBLE, PAIR), [Fault("PANELS_WITHOUT_RESULT", found=1)]),
        (
            replace(of_two(), loads=(Load(0, 0), Load(0, 1), Load(1, 1), Load(0, 1))),
            claimed(PAIR, 9, 9),
            [Fault("LOAD_FULL", "", (ONE,), 0, 1), Fault("LOAD_MINIMUM", "", (THREE,), 1, 0)],
        ),
        (replace(of_two(), noise=5), claimed(PAIR, 9, 9, bound=9, worst_bound=9), []),
        (
            replace(of_two(), noise=5, quality_floor=100_000),
            claimed(PAIR, 9, 9, bound=11, worst_bound=10),
            [Fault("TOTAL_NOT_PROVEN", "", (), 11, 9)],
        ),
    ],
)  # fmt: skip
def test_each_false_claim_of_a_result_is_named(
    given_problem: Problem, matched: Matched, found: list[Fault]
) -> None:
    assert list(faults(given_problem, matched)) == found
