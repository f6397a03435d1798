"""Caps, leave and credentials in the draw: nobody is drawn beyond what he can take."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from review_app.panels.board import Candidate, exclusions_of, most_open, seats_left
from review_app.panels.draw import DrawImpossible, draw
from tests.panels.made import RULES, candidate, draw_input, pool


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, 4),
        ({"open_reviews": 3}, 1),
        ({"open_reviews": 5}, 0),
        ({"max_open": 2, "open_reviews": 1}, 1),
        ({"max_open": 9, "open_reviews": 1}, 3),
        ({"month_left": 1}, 1),
        ({"month_left": 9}, 4),
        ({"month_left": -1}, 0),
        ({"max_open": 0}, 0),
    ],
)
def test_seats_left_is_the_tightest_of_all_caps(values: dict[str, Any], left: int) -> None:
    assert seats_left(candidate(1, **values), RULES.panel) == left


def test_own_cap_never_lifts_the_general_one() -> None:
    assert most_open(candidate(1, max_open=99), RULES.panel) == RULES.panel.max_open_reviews_per_expert


@pytest.mark.parametrize(
    ("values", "grounds"),
    [
        ({"max_open": 1, "open_reviews": 1}, [("LOAD", "")]),
        ({"month_left": 0}, [("MONTH_FULL", "")]),
        ({"lapsed": "LAWYER_LICENCE"}, [("CREDENTIAL", "LAWYER_LICENCE")]),
        ({"max_open": 2, "open_reviews": 1, "month_left": 1}, []),
    ],
)
def test_whoever_is_left_out_has_the_reason(values: dict[str, Any], grounds: list[tuple[str, str]]) -> None:
    given_input = draw_input([candidate(1, **values)])

    found = exclusions_of(given_input, upper_pool=False)

    assert [(one.rule, one.source) for one in found] == grounds


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 2)), min_size=20, max_size=20))
def test_nobody_is_drawn_beyond_his_caps(caps: list[tuple[int, int]]) -> None:
    people = [
        candidate(
            int(one.expert_no[3:]), one.category, employer=one.employer, max_open=most, month_left=left,
            open_reviews=1,
        )
        for one, (most, left) in zip(pool(), caps, strict=True)
    ]  # fmt: skip
    room = {one.expert_no for one in people if seats_left(one, RULES.panel)}

    found = draw_or_none(people)

    assert found <= room


def draw_or_none(people: list[Candidate]) -> set[str]:
    try:
        drawn = draw(draw_input(people, size=3))
    except DrawImpossible:
        return set()
    return {seat.expert_no for seat in drawn.members} | set(drawn.substitutes)
