"""Large backlogs: legal, bounded, repeatable, stoppable."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from review_app.panels.matching.large import match_large
from review_app.panels.matching.problem import Cancelled, Load, Matched, Problem, Progress, Status
from review_app.panels.matching.verifying import faults
from tests.panels.matching.made import (
    backlog,
    best_by_trying_all,
    problem,
    problems,
    sum_of,
)


@pytest.fixture(scope="module")
def many() -> Problem:
    """A hundred and twenty cases of three from forty experts, with little time to spare."""
    return backlog(experts=40, cases=120, size=3, seed=2, most=11, apart=4, locked=6)


@pytest.fixture(scope="module")
def plan(many: Problem) -> Matched:
    return match_large(many)


@given(problem=problems())
@settings(max_examples=20, deadline=None)
def test_what_is_found_is_legal_and_nothing_beats_its_bound(problem: Problem) -> None:
    found = match_large(problem)

    best = best_by_trying_all(problem)
    assert found.status is Status.BOUNDED or best is None
    if found.status is Status.BOUNDED:
        assert faults(problem, found) == ()
    if best is not None:
        assert found.relaxed == {}
        assert found.worst <= best.worst <= found.worst_bound
    if best is not None and found.worst == best.worst:
        assert found.bound >= min(total_of(problem, panels) for panels in best.assignments)
        assert found.total <= best.total


def total_of(given: Problem, panels: object) -> int:
    assert isinstance(panels, dict)
    return sum(sum_of(given, case_id, members) for case_id, members in panels.items())


def test_a_tight_backlog_keeps_every_rule_and_is_near_its_bound(many: Problem, plan: Matched) -> None:
    assert plan.status is Status.BOUNDED
    assert faults(many, plan) == ()
    assert plan.total == total_of(many, dict(plan.panels))
    assert plan.worst == min(sum_of(many, case, members) for case, members in plan.panels.items())
    assert plan.gap < 0.01


def test_the_same_problem_gives_the_same_panels(many: Problem, plan: Matched) -> None:
    assert match_large(many) == plan


def test_another_seed_decides_otherwise_between_equals() -> None:
    equals = problem([[5] * 6] * 4, size=2, most=2)

    panels = {seed: match_large(replace(equals, seed=bytes([seed]) * 32)).panels for seed in range(4)}

    assert any(panels[seed] != panels[0] for seed in panels)


def test_seats_are_kept_where_the_bonus_pays_for_it(many: Problem, plan: Matched) -> None:
    before = match_large(replace(many, noise=200, quality_floor=100_000))
    cases = tuple(replace(case, previous=frozenset(before.panels[case.id])) for case in many.cases)

    again = match_large(replace(many, cases=cases, keep_bonus=100))

    kept = [len(set(before.panels[case]) & set(again.panels[case])) for case in before.panels]
    without = [len(set(before.panels[case]) & set(plan.panels[case])) for case in before.panels]
    assert sum(kept) > sum(without)
    assert faults(many, again) == ()


def test_a_random_match_stays_within_the_quality_floor(many: Problem, plan: Matched) -> None:
    noisy = match_large(replace(many, noise=100))

    assert noisy.panels != plan.panels
    assert faults(many, noisy) == ()
    assert noisy.total * 1_000_000 >= noisy.bound * (1_000_000 - many.quality_floor)


def test_loads_that_leave_no_plan_are_proven_impossible(many: Problem) -> None:
    short = replace(many, loads=(Load(0, 8),) * 40, may_relax=False)

    found = match_large(short)

    assert found.status is Status.IMPOSSIBLE
    assert [(lack.rule, lack.needed, lack.available) for lack in found.shortfalls] == [("LOAD", 360, 320)]


def test_a_case_without_eligible_experts_is_named() -> None:
    barred = problem([[5, 5, 5], [-1, -1, 5]], size=2, most=2)

    found = match_large(barred)

    assert found.status is Status.IMPOSSIBLE
    assert [(lack.rule, lack.cases, lack.needed, lack.available) for lack in found.shortfalls] == [
        ("SIZE", ("C1",), 2, 1)
    ]


def test_a_case_takes_no_more_steps_of_its_ladder_than_it_needs(many: Problem) -> None:
    scores = many.scores.copy()
    case = many.cases[-1]
    specialists = next(need.experts for need in case.demands.at_least if need.rule == "SPECIALTY")
    keep = sorted(specialists & case.demands.employer.keys())[:1]
    for place, expert in enumerate(many.experts):
        if expert in specialists and expert not in keep:
            scores[-1, place] = -1

    found = match_large(replace(many, scores=scores))

    assert found.relaxed == {case.id: ("ACADEMIC_SEAT", "SPECIALTY_MINUS_ONE")}


def test_cancelling_before_a_plan_stands_stops() -> None:
    def stop(progress: Progress) -> None:
        raise Cancelled

    assert match_large(backlog(experts=20, cases=10, size=3), report=stop).status is Status.STOPPED


def test_cancelling_later_keeps_the_legal_plan(many: Problem) -> None:
    def stop(progress: Progress) -> None:
        if progress.step == "EXCHANGES":
            raise Cancelled

    found = match_large(many, report=stop)

    assert found.status is Status.BOUNDED
    assert faults(many, found) == ()
    assert found.log[-1] == "CANCELLED"


def test_progress_tells_step_and_bound(many: Problem) -> None:
    heard: list[Progress] = []

    match_large(many, report=heard.append)

    assert list(dict.fromkeys(progress.step for progress in heard)) == [
        "CASES", "PRICES", "LOADS", "EXCHANGES",
    ]  # fmt: skip
    bounds = [progress.bound for progress in heard if progress.step == "PRICES"]
    assert bounds == sorted(bounds, key=lambda bound: -(bound or 0))


def test_panels_of_many_sizes_stand_side_by_side() -> None:
    small, big = backlog(experts=30, cases=12, size=3), backlog(experts=30, cases=12, size=5)
    cases = tuple(replace(case, id=f"B{number:02d}") for number, case in enumerate(big.cases))
    both = replace(
        small, cases=(*cases, *small.cases), scores=np.concatenate([big.scores, small.scores]),
        loads=(Load(0, 5),) * 30,
    )  # fmt: skip

    found = match_large(both)

    assert found.status is Status.BOUNDED
    assert faults(both, found) == ()
