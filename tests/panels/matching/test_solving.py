"""Exact matching against trying all panels."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from hypothesis import given, settings

from review_app.panels.lottery import noise_of
from review_app.panels.matching.problem import BARRED, Cancelled, Problem, Progress, Status
from review_app.panels.matching.seeding import digit_of
from review_app.panels.matching.solving import left_of, match
from review_app.panels.matching.verifying import faults
from tests.panels.matching.made import (
    all_assignments,
    backlog,
    best_by_trying_all,
    problem,
    problems,
    sum_of,
    value_of,
)

Panels = Mapping[str, tuple[str, ...]]


def digits(given: Problem, panels: Panels, level: int) -> int:
    return sum(
        digit_of(given.seed, case, expert, level) for case, members in panels.items() for expert in members
    )


def lots(given: Problem, panels: Panels) -> tuple[int, ...]:
    return tuple(digits(given, panels, level) for level in range(1, 4))


@settings(max_examples=150, deadline=None)
@given(problems(ladders=False))
def test_match_is_the_one_best_answer_of_all(given: Problem) -> None:
    best = best_by_trying_all(given)

    found = match(given)

    if best is None:
        assert found.status == Status.IMPOSSIBLE
        assert found.shortfalls
    else:
        assert found.status == Status.OPTIMAL
        assert found.panels == max(best.assignments, key=lambda panels: lots(given, panels))
        assert value_of(given, found.panels) == (best.worst, best.total, best.kept)
        assert faults(given, found) == ()


@settings(max_examples=50, deadline=None)
@given(problems(ladders=False, top=100_000))
def test_floor_of_few_people_is_proven_to_the_point(given: Problem) -> None:
    best = best_by_trying_all(given)

    found = match(given)

    if best is not None:
        assert (found.status, found.worst, found.worst_bound) == (Status.OPTIMAL, best.worst, best.worst)


@settings(max_examples=80, deadline=None)
@given(problems(ladders=False, top=30))
def test_seats_kept_first_come_before_the_worst_panel(without: Problem) -> None:
    given = replace(without, keep_first=True)
    best = best_by_trying_all(given)

    found = match(given)

    if best is None:
        assert found.status == Status.IMPOSSIBLE
    else:
        assert found.status == Status.OPTIMAL
        assert found.panels == max(best.assignments, key=lambda panels: lots(given, panels))
        assert value_of(given, found.panels) == (best.worst, best.total, best.kept)
        assert faults(given, found) == ()


def changed_seats(before: Panels, after: Panels) -> int:
    return sum(len(set(before[case]) - set(after[case])) for case in before)


def without_expert(given: Problem, panels: Panels, expert: str) -> Problem:
    """The problem once somebody has dropped out of these panels."""
    scores = given.scores.copy()
    scores[:, given.place_of[expert]] = BARRED
    cases = tuple(replace(case, previous=frozenset(panels[case.id])) for case in given.cases)
    return replace(given, scores=scores, cases=cases)


def test_one_drop_out_changes_only_his_seats() -> None:
    given = backlog(experts=80, cases=135, size=5)
    before = match(given)
    gone = next(expert for expert, seats in before.loads(given).items() if seats == 11)
    left = replace(without_expert(given, before.panels, gone), keep_first=True)

    found = match(left)

    assert found.status == Status.OPTIMAL
    assert changed_seats(before.panels, found.panels) == 11
    assert faults(left, found) == ()


def by_depth(given: Problem, steps: Mapping[str, int]) -> tuple[int, ...]:
    """How many cases take each step, the deepest first."""
    return tuple(sum(taken > depth for taken in steps.values()) for depth in (2, 1, 0))


def smallest_by_trying_all(given: Problem) -> tuple[tuple[int, ...], list[dict[str, int]]] | None:
    """The fewest steps, and every choice of cases that takes so few."""
    possible = []
    for taken in product(range(4), repeat=len(given.cases)):
        steps = {case.id: step for case, step in zip(given.cases, taken, strict=True)}
        if next(iter(all_assignments(given, steps)), None) is not None:
            possible.append(steps)
    if not possible:
        return None
    fewest = min(by_depth(given, steps) for steps in possible)
    return fewest, [steps for steps in possible if by_depth(given, steps) == fewest]


@settings(max_examples=60, deadline=None)
@given(problems(most_cases=2))
def test_relaxation_is_the_smallest_of_all(given: Problem) -> None:
    smallest = smallest_by_trying_all(replace(given, may_relax=True))

    found = match(replace(given, may_relax=True))

    if smallest is None:
        assert found.status == Status.IMPOSSIBLE
        assert found.shortfalls
    else:
        taken = {case.id: len(found.relaxed.get(case.id, ())) for case in given.cases}
        best = best_by_trying_all(given, taken)
        assert taken in smallest[1]
        assert best is not None
        assert found.panels == max(best.assignments, key=lambda panels: lots(given, panels))
        assert faults(replace(given, may_relax=True), found) == ()


@settings(max_examples=60, deadline=None)
@given(problems(most_cases=2, ladders=False, top=100))
def test_random_match_is_the_noisiest_within_its_floor(given: Problem) -> None:
    calm = match(given)
    noisy = replace(given, noise=40, quality_floor=200_000)

    found = match(noisy)

    assert found.status == calm.status
    if found.status == Status.OPTIMAL:
        allowed = [
            dict(panels)
            for panels in all_assignments(given, {})
            if total_of(given, panels) >= left_of(calm.total, noisy)
            and min(sum_of(given, *panel) for panel in panels.items())
            >= (left_of(calm.worst, noisy) if len(given.cases) > 1 else 0)
        ]
        assert found.panels == max(allowed, key=lambda panels: loud(noisy, panels))
        assert (found.bound, found.worst_bound) == (calm.total, calm.worst)


def total_of(given: Problem, panels: Panels) -> int:
    return sum(sum_of(given, *panel) for panel in panels.items())


def loud(given: Problem, panels: Panels) -> tuple[int, ...]:
    """Noisy value, kept seats, digits."""
    _worst, value, kept = value_of(given, panels)
    noise = sum(
        noise_of(given.seed, case, expert, given.noise)
        for case, members in panels.items()
        for expert in members
    )
    return (value + noise, kept, *lots(given, panels))


def test_locked_expert_who_is_barred_makes_the_match_impossible() -> None:
    given = problem([[5, -1, 3]], case_values={"C0": {"locked": frozenset({"E00001"})}})

    found = match(given)

    assert found.status == Status.IMPOSSIBLE
    assert [(short.rule, short.experts) for short in found.shortfalls] == [("LOCKED", ("E00001",))]


def test_case_without_anybody_is_impossible() -> None:
    found = match(problem([[-1, -1], [4, 4]]))

    assert found.status == Status.IMPOSSIBLE
    assert [(short.rule, short.cases, short.needed, short.available) for short in found.shortfalls] == [
        ("SIZE", ("C0",), 1, 0)
    ]


def test_worst_panel_comes_before_the_total() -> None:
    found = match(problem([[9, 5], [8, 0]]))

    assert (found.total, found.worst) == (13, 5)


def test_order_of_cases_and_experts_does_not_change_the_panels() -> None:
    given = backlog(experts=30, cases=12, size=3, top=4, apart=3)
    turned = replace(
        given,
        experts=given.experts[::-1],
        cases=given.cases[::-1],
        loads=given.loads[::-1],
        scores=given.scores[::-1, ::-1],
    )

    assert {case: set(members) for case, members in match(given).panels.items()} == {
        case: set(members) for case, members in match(turned).panels.items()
    }


def test_every_step_is_reported_and_stopping_keeps_what_is_legal() -> None:
    given = backlog(experts=80, cases=30, size=3, top=3)
    steps: list[str] = []

    def stop_at_ties(progress: Progress) -> None:
        steps.append(progress.step)
        if progress.step == "TIES":
            raise Cancelled

    found = match(given, report=stop_at_ties)

    assert list(dict.fromkeys(steps)) == ["MODEL", "WORST", "TIES"]
    assert found.status == Status.BOUNDED
    assert faults(given, found) == ()
    assert found.total <= found.bound


def test_stopped_before_anything_legal_is_found() -> None:
    def stop(_progress: Progress) -> None:
        raise Cancelled

    assert match(problem([[1]]), report=stop).status == Status.STOPPED
