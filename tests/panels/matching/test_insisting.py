"""What if somebody insists: exact cost, who moves, and what would have to change."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from review_app.panels.matching import insisting
from review_app.panels.matching.insisting import Change, ChangeKind, Move, Outcome, WhatIf, insist
from review_app.panels.matching.problem import (
    BARRED,
    Cancelled,
    Load,
    Matched,
    Problem,
    Progress,
    Relaxation,
    Status,
)
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import faults, panel_sum
from review_app.panels.seating import AtLeast
from tests.panels.matching.made import backlog, best_by_trying_all, demands, problem, problems

ONE, TWO, THREE = "E00000", "E00001", "E00002"


def asked(given_problem: Problem, case: str, expert: str) -> WhatIf:
    return insist(given_problem, match(given_problem), case, expert)


def rules_broken(given_problem: Problem, panels: Iterable[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Rules broken by panels alone, whatever is said of chairs and sums."""
    found = faults(given_problem, Matched(Status.BOUNDED, dict(panels)))
    sums = {"TOTAL", "WORST", "BOUND", "WORST_BOUND", "CHAIR_NOT_NAMED"}
    return {fault.rule for fault in found} - sums


@settings(max_examples=25, deadline=None)
@given(problems(ladders=False))
def test_cost_equals_that_found_by_trying_all(given_problem: Problem) -> None:
    given_problem = replace(given_problem, keep_bonus=0)
    matched = match(given_problem)
    assume(matched.panels)
    case = given_problem.cases[0]

    for place, expert in enumerate(given_problem.experts):
        found = insist(given_problem, matched, case.id, expert)

        locked = replace(
            given_problem,
            cases=(replace(case, locked=case.locked | {expert}), *given_problem.cases[1:]),
        )
        best = best_by_trying_all(locked)
        if given_problem.scores[0, place] == BARRED:
            assert found.outcome == Outcome.BARRED
        elif best is None:
            assert found.outcome in (Outcome.WITH_CHANGES, Outcome.IMPOSSIBLE)
            assert found.changes or found.outcome == Outcome.IMPOSSIBLE
        else:
            assert found.outcome in (Outcome.POSSIBLE, Outcome.ALREADY)
            assert found.worst == best.worst - matched.worst
            assert found.total == best.total - matched.total


def test_expert_with_room_takes_the_seat_of_the_lowest() -> None:
    found = asked(problem([[9, 8, 7]], size=2), "C0", THREE)

    assert found == WhatIf(
        "C0", THREE, Outcome.POSSIBLE, -1, -1, (Move(TWO, ("C0",), ()), Move(THREE, (), ("C0",))),
        panels={"C0": (ONE, THREE)},
    )  # fmt: skip


def test_expert_who_sits_elsewhere_changes_places() -> None:
    found = asked(problem([[9, 8], [9, 2]]), "C0", ONE)

    assert found == WhatIf(
        "C0", ONE, Outcome.POSSIBLE, -6, -6,
        (Move(ONE, ("C1",), ("C0",)), Move(TWO, ("C0",), ("C1",))),
        panels={"C0": (ONE,), "C1": (TWO,)},
    )  # fmt: skip


def test_member_and_barred_expert_need_no_calculation() -> None:
    given_problem = problem([[9, BARRED]])

    assert asked(given_problem, "C0", ONE).outcome == Outcome.ALREADY
    assert asked(given_problem, "C0", TWO).outcome == Outcome.BARRED


def test_step_of_the_ladder_that_would_let_him_in_is_named() -> None:
    strict = demands([ONE, TWO], 1, at_least=(AtLeast("ACADEMIC", frozenset({ONE}), 1),))
    ladder = (Relaxation("ACADEMIC_SEAT", demands([ONE, TWO], 1)),)
    given_problem = problem([[5, 9]], case_values={"C0": {"demands": strict, "ladder": ladder}})

    for may_relax in (True, False):
        found = asked(replace(given_problem, may_relax=may_relax), "C0", TWO)

        assert found.outcome == Outcome.WITH_CHANGES
        assert found.changes == (Change(ChangeKind.RELAXED, "C0", "ACADEMIC_SEAT"),)


def test_load_that_would_have_to_grow_is_named() -> None:
    held = problem([[9, 8], [9, BARRED]], case_values={"C1": {"locked": frozenset({ONE})}})

    found = asked(held, "C0", ONE)

    assert (found.outcome, found.changes) == (
        Outcome.WITH_CHANGES,
        (Change(ChangeKind.ONE_MORE_PANEL, experts=(ONE,)),),
    )


def test_people_who_would_have_to_meet_are_named() -> None:
    given_problem = problem(
        [[9, 8, BARRED]], size=2, apart=frozenset({(TWO, THREE), (ONE, THREE)}),
        case_values={"C0": {"demands": demands([ONE, TWO, THREE], 2)}},
    )  # fmt: skip
    open_problem = replace(given_problem, scores=given_problem.scores.clip(0))

    found = asked(open_problem, "C0", THREE)

    assert found.outcome == Outcome.WITH_CHANGES
    assert found.changes == (Change(ChangeKind.TOGETHER, "C0", experts=(ONE, THREE)),)


def test_locked_seat_in_his_place_is_named() -> None:
    given_problem = problem([[9, 8]], case_values={"C0": {"locked": frozenset({ONE})}})

    found = asked(given_problem, "C0", TWO)

    assert found.changes == (Change(ChangeKind.UNLOCKED, "C0", experts=(ONE,)),)


def test_no_change_helps_where_nobody_else_can_fill_a_panel() -> None:
    given_problem = problem(
        [[9, 8]], case_values={"C0": {"chairs": frozenset({ONE})}}, loads=(Load(0, 1), Load(0, 1))
    )

    found = asked(given_problem, "C0", TWO)

    assert (found.outcome, found.panels) == (Outcome.IMPOSSIBLE, {})


def test_caller_may_stop() -> None:
    def stop(_progress: Progress) -> None:
        raise Cancelled

    given_problem = problem([[9, 8]])

    found = insist(given_problem, match(given_problem), "C0", TWO, report=stop)

    assert found.outcome == Outcome.STOPPED


def test_large_backlog_solves_only_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "LARGE", 100)
    monkeypatch.setattr(insisting, "AT_A_TIME", 80 * 12)
    given_problem = backlog(experts=80, cases=40, size=3)
    matched = match(given_problem)
    case = given_problem.cases[0].id
    expert = next(
        one
        for place, one in enumerate(given_problem.experts)
        if given_problem.scores[0, place] != BARRED
        and one in given_problem.cases[0].demands.employer
        and one not in matched.panels[case]
    )

    found = insist(given_problem, matched, case, expert)

    panels = {**matched.panels, **found.panels}
    assert (matched.relaxed, found.outcome, found.exact) == ({}, Outcome.POSSIBLE, False)
    assert expert in panels[case]
    assert rules_broken(given_problem, panels.items()) == set()
    assert found.total == (
        sum(panel_sum(given_problem, one, team) for one, team in panels.items()) - matched.total
    )
