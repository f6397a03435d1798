"""Explanations: everybody who could have been seated is explained, and every reason can be checked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.matching.confirming import wrong
from review_app.panels.matching.explaining import Explanation, Hold, Kind, Obstacle, Passed, Seated, explain
from review_app.panels.matching.problem import Load, Matched, Problem, Status
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import Fault
from review_app.panels.seating import AtLeast
from tests.panels.matching.made import backlog, demands, problem, problems

ONE, TWO, THREE = "E00000", "E00001", "E00002"


def explained(given_problem: Problem) -> Explanation:
    explanation = explain(given_problem, matched := match(given_problem))
    assert wrong(given_problem, matched, explanation) == ()
    return explanation


def loads(*most: int) -> tuple[Load, ...]:
    return tuple(Load(0, count) for count in most)


def one_of_two(scores: Sequence[int], **values: Any) -> Problem:
    return problem([scores], **values)


@settings(max_examples=100, deadline=None)
@given(problems(), some.sampled_from([0, 0, 3]), some.booleans())
def test_every_reason_of_a_proven_match_holds_and_nobody_is_left_out(
    given_problem: Problem, noise: int, keep_first: bool
) -> None:
    given_problem = replace(given_problem, noise=noise, quality_floor=200_000, keep_first=keep_first)
    matched = match(given_problem)

    explanation = explain(given_problem, matched)

    assert wrong(given_problem, matched, explanation) == ()
    assert not kinds_in(explanation) & {Kind.NOT_PROVEN, Kind.SEEDED_TIE if noise else Kind.NOISE}


def kinds_in(explanation: Explanation) -> set[Kind]:
    passed = [one for group in explanation.passed.values() for one in group]
    return {kind for one in passed for kind in (*one.kinds, *(hold.kind for hold in one.holds))}


def test_every_higher_scored_expert_of_a_backlog_is_explained() -> None:
    given_problem = backlog(experts=60, cases=20, size=3, apart=8, locked=3)
    matched = match(given_problem)

    explanation = explain(given_problem, matched)

    expected = {
        (case.id, expert)
        for row, case in enumerate(given_problem.cases)
        for place, expert in enumerate(given_problem.experts)
        if expert in case.demands.employer
        and expert not in matched.panels[case.id]
        and given_problem.scores[row, place]
        > min(given_problem.scores[row, given_problem.place_of[one]] for one in matched.panels[case.id])
    }
    found = {(case, one.expert) for case, group in explanation.passed.items() for one in group}
    assert wrong(given_problem, matched, explanation) == ()
    assert expected
    assert expected <= found


def test_rule_that_stands_against_an_exchange_is_named_with_its_figures() -> None:
    lawyers = demands([ONE, TWO], 1, at_least=(AtLeast("LAWYER", frozenset({ONE}), 1),))
    given_problem = one_of_two([5, 9], case_values={"C0": {"demands": lawyers}})

    explanation = explained(given_problem)

    fault = Fault("LAWYER", "C0", (), 1, 0)
    assert explanation.passed["C0"] == (Passed("C0", TWO, 9, (Obstacle(ONE, Kind.RULE, 4, (fault,)),)),)
    assert explanation.seats["C0"] == {ONE: Seated(ONE, 5, ("LAWYER",), is_chair=False)}


def test_people_kept_apart_are_named() -> None:
    given_problem = problem(
        [[9, 8, 7]],
        size=2,
        apart=frozenset({(ONE, TWO)}),
        case_values={"C0": {"locked": frozenset({ONE})}},
    )

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.obstacles == (Obstacle(THREE, Kind.APART, 1, (Fault("APART", "C0", (ONE, TWO)),)),)


def test_locked_seat_is_named() -> None:
    given_problem = one_of_two([5, 9], case_values={"C0": {"locked": frozenset({ONE})}})

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.obstacles == (Obstacle(ONE, Kind.LOCKED, 4),)


def test_full_load_names_the_panels_and_what_leaving_them_would_cost() -> None:
    given_problem = problem([[9, 8], [9, 2]])

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.obstacles == (Obstacle(TWO, Kind.LOAD_FULL, 1),)
    assert passed.holds == (Hold("C1", Kind.PRICE, TWO, TWO, difference=-6, sum=2),)


def test_full_load_without_lawful_successor_says_so() -> None:
    given_problem = problem([[9, 8], [4, -1]])

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.holds == (Hold("C1", Kind.RULE),)


def test_floor_of_the_other_panel_is_named() -> None:
    lower = problem([[99, 9], [9, 0]])

    (held,) = explained(lower).passed["C0"]

    assert match(lower).panels == {"C0": (TWO,), "C1": (ONE,)}
    assert held.holds == (Hold("C1", Kind.FLOOR_OF_OTHER_CASE, TWO, TWO, difference=81, sum=0),)


def test_colleague_who_needs_his_panel_is_named() -> None:
    given_problem = one_of_two([5, 9], loads=(Load(1, 1), Load(0, 1)))

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.obstacles == (Obstacle(ONE, Kind.COLLEAGUE_UNDER_MINIMUM, 4),)


def test_seat_kept_from_before_is_named() -> None:
    given_problem = problem(
        [[5, 6, 0], [0, 0, 1]], keep_bonus=3, case_values={"C0": {"previous": frozenset({ONE})}}
    )

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.obstacles == (Obstacle(ONE, Kind.KEPT, 1),)


def test_equal_scores_are_a_matter_of_the_seed() -> None:
    given_problem = one_of_two([5, 5])

    (passed,) = explained(given_problem).passed["C0"]

    assert passed.kinds == (Kind.SEEDED_TIE,)


@pytest.mark.parametrize(("noise", "kind"), [(0, Kind.NOT_PROVEN), (4, Kind.NOISE)])
def test_what_is_better_is_not_talked_away(noise: int, kind: Kind) -> None:
    given_problem = one_of_two([5, 9], noise=noise)
    matched = Matched(Status.BOUNDED, {"C0": (ONE,)}, total=5, worst=5, bound=9, worst_bound=9)

    explanation = explain(given_problem, matched)

    assert explanation.passed["C0"] == (Passed("C0", TWO, 9, (Obstacle(ONE, kind, 4),)),)
    assert wrong(given_problem, matched, explanation) == ()


def test_equal_scores_of_an_unproven_plan_are_only_called_equal() -> None:
    given_problem = one_of_two([5, 5])
    matched = Matched(Status.BOUNDED, {"C0": (ONE,)}, total=5, worst=5, bound=9, worst_bound=9)

    explanation = explain(given_problem, matched)

    assert explanation.passed["C0"] == (Passed("C0", TWO, 5, (Obstacle(ONE, Kind.EQUAL, 0),)),)
    assert wrong(given_problem, matched, explanation) == ()


def test_false_reasons_are_found() -> None:
    given_problem = problem([[9, 8], [9, 2]])
    matched = match(given_problem)
    right = explain(given_problem, matched)
    (passed,) = right.passed["C0"]
    (hold,) = passed.holds

    def told(**values: Any) -> tuple[str, ...]:
        changed = {**right.passed, "C0": (replace(passed, **values),)}
        return wrong(given_problem, matched, replace(right, passed=changed))

    assert wrong(given_problem, matched, right) == ()
    assert wrong(given_problem, matched, replace(right, passed={"C0": ()})) == (f"C0/{ONE}: not explained",)
    assert told(score=8) == (f"C0/{ONE}: score",)
    assert told(obstacles=(Obstacle(TWO, Kind.RULE, 1),)) == (f"C0/{ONE}: RULE against {TWO}",)
    assert told(obstacles=(Obstacle(TWO, Kind.SEEDED_TIE, 1),)) == (f"C0/{ONE}: SEEDED_TIE against {TWO}",)
    assert told(holds=(replace(hold, difference=-5),)) == (f"C0/{ONE}: PRICE in C1",)
    assert told(holds=(Hold("C1", Kind.RULE),)) == (f"C0/{ONE}: RULE in C1",)
    assert told(holds=()) == (f"C0/{ONE}: not every panel that holds him is named",)
