"""A panel by match: the same rules as the draw, the best sum, a reason for everybody ranked higher, one replay."""

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.board import LADDER, DrawInput, Exclusion, board_of, demands_of
from review_app.panels.draw import Draw, DrawImpossible, draw
from review_app.panels.fitness import Fit
from review_app.panels.forming import formed, solved
from review_app.panels.matched import Entry, problem_of, seated
from review_app.panels.matching.confirming import wrong
from review_app.panels.matching.explaining import explain
from review_app.panels.matching.problem import BARRED, Load
from review_app.panels.matching.verifying import faults
from review_app.panels.record import (
    Frozen,
    PlanOf,
    Weighing,
    frozen_of,
    input_of,
    lots_for,
    record_of,
    replay,
    result_of_draw,
    sha256_of,
)
from review_app.panels.states import DrawMethod
from review_app.panels.succession import Vacancy, succeed
from review_app.rulebook.matching import load_matching
from tests.panels.made import SEED, candidate, draw_input, pool

SECRET = bytes(range(32))
MATCHING = load_matching()


def scored(**values: Any) -> DrawInput:
    """Twenty experts with different scores, the last the highest."""
    given_input = draw_input(**values)
    worth = {one.expert_no: 1000 * place for place, one in enumerate(given_input.candidates, start=1)}
    return replace(given_input, scores=worth)


def matched(given_input: DrawInput, method: DrawMethod = DrawMethod.MATCH) -> Draw:
    return formed(given_input, method, quality_floor=MATCHING.quality_floor)


def numbers(result: Draw) -> list[str]:
    return [seat.expert_no for seat in result.members]


def total(given_input: DrawInput, members: list[str]) -> int:
    return sum(given_input.scores[expert] for expert in members)


def best_of_all(given_input: DrawInput) -> int:
    """The largest sum of any legal panel without relaxation, by trying all of them."""
    board = board_of(given_input, upper_pool=False)
    demands, _notes = demands_of(board, ())
    legal = (one for one in combinations(sorted(board.people), given_input.size) if demands.is_legal(one))
    return max(sum(given_input.scores[expert] for expert in one) for one in legal)


@settings(max_examples=8, deadline=None)
@given(some.lists(some.integers(0, 100_000), min_size=20, max_size=20), some.sampled_from([3, 5]))
def test_matched_panel_is_the_best_legal_one(scores: list[int], size: int) -> None:
    base = draw_input(size=size)
    given_input = replace(
        base, scores={one.expert_no: worth for one, worth in zip(base.candidates, scores, strict=True)}
    )

    result = matched(given_input)

    assert total(given_input, numbers(result)) == best_of_all(given_input)
    assert result.relaxations == ()


def test_matched_panel_has_every_seat_of_a_draw() -> None:
    result = matched(scored())

    assert [(seat.expert_no, seat.role, seat.seat_kind) for seat in result.members] == [
        ("ZJ-0020", "LEAD", "ACADEMIC_OR_TECHNICAL"),
        ("ZJ-0019", "MEMBER", "EXTERNAL"),
        ("ZJ-0018", "MEMBER", "SPECIALTY"),
        ("ZJ-0017", "CHAIR", "OPEN"),
        ("ZJ-0007", "MEMBER", "LAWYER"),
    ]
    assert len(result.substitutes) == 2
    assert result.order[0] == "ZJ-0020"


def test_everybody_ranked_higher_has_a_reason() -> None:
    result = matched(scored())

    last = max(result.order.index(expert) for expert in numbers(result))
    above = [expert for expert in result.order[:last] if expert not in numbers(result)]
    assert [one.expert_no for one in result.passed_over] == above
    assert all(one.rules for one in result.passed_over)
    assert "SAME_SCORE" not in {rule for one in result.passed_over for rule in one.rules}


def test_barred_experts_have_no_score_in_the_problem() -> None:
    given_input = scored(exclusions=(Exclusion("ZJ-0020", "R07", "HARD"),))

    problem = problem_of([Entry(given_input, given_input.scores)])

    assert problem.scores[0, problem.place_of["ZJ-0020"]] == BARRED
    assert "ZJ-0020" not in numbers(matched(given_input))


def test_loads_are_what_the_caps_leave() -> None:
    people = (*pool()[:-1], candidate(20, "TECHNICAL", open_reviews=3))
    first, second = (draw_input(people, review_no=f"PC2024000{n}") for n in (1, 2))

    problem = problem_of([Entry(one, {}) for one in (first, second)])

    assert [case.id for case in problem.cases] == ["PC20240001", "PC20240002"]
    assert problem.loads[problem.place_of["ZJ-0020"]] == Load(0, 1)
    assert problem.loads[problem.place_of["ZJ-0001"]] == Load(0, 4)


def test_equal_sets_of_many_cases_are_kept_once() -> None:
    problem = problem_of([Entry(draw_input(review_no=f"PC2024000{n}"), {}) for n in range(1, 5)])

    first, *others = problem.cases
    assert all(other.demands.employer is first.demands.employer for other in others)
    assert all(other.demands.at_least[0].experts is first.demands.at_least[0].experts for other in others)


def test_members_who_stay_are_locked_and_keep_their_roles() -> None:
    given_input = scored(size=5, fixed=("ZJ-0001", "ZJ-0012", "ZJ-0016"), chair="ZJ-0001", lead="ZJ-0012")

    result = matched(given_input)

    assert {"ZJ-0001", "ZJ-0012", "ZJ-0016"} <= set(numbers(result))
    assert (result.chair, result.lead) == ("ZJ-0001", "ZJ-0012")


def test_ladder_is_climbed_as_in_the_draw() -> None:
    people = [one for one in pool() if one.category not in ("ACADEMIC", "TECHNICAL")]
    given_input = scored(candidates=people, size=7)

    result = matched(given_input)

    assert result.relaxations == ("RELAXED:ACADEMIC_SEAT",)


def test_upper_pool_is_asked_last() -> None:
    lawyers = [candidate(n, is_law_firm=True) for n in range(1, 3)]
    given_input = scored(candidates=[*lawyers, candidate(3, upper_pool=True)], size=3)

    result = matched(given_input)

    assert "RELAXED:UPPER_POOL" in result.relaxations
    assert set(numbers(result)) == {"ZJ-0001", "ZJ-0002", "ZJ-0003"}


def test_no_legal_panel_says_what_is_lacking() -> None:
    with pytest.raises(DrawImpossible):
        matched(scored(candidates=pool()[7:12]))


def test_preferred_specialty_is_seated_or_noted() -> None:
    with_one = [*pool(), candidate(21, specialties=("劳动", "执行"))]
    asked = scored(candidates=with_one, preferred=("劳动",))
    without = scored(preferred=("劳动",))

    assert "ZJ-0021" in numbers(matched(asked))
    assert "PREFERRED_SPECIALTY_NOT_MET" in matched(without).notes


def test_seats_of_an_illegal_panel_are_refused() -> None:
    given_input = scored()

    with pytest.raises(ValueError, match="not a legal panel"):
        seated(given_input, ["ZJ-0008", "ZJ-0009", "ZJ-0010", "ZJ-0011", "ZJ-0001"], chair="", relaxed=LADDER)


def test_lost_member_is_followed_by_the_best_who_fits() -> None:
    given_input = scored()
    result = matched(given_input)
    gone, *stay = numbers(result)
    barred = (Exclusion(gone, "LEFT", "POOL"),)

    found = succeed(Vacancy(replace(given_input, fixed=tuple(stay), exclusions=barred), result.substitutes))

    board = board_of(given_input, upper_pool=False)
    demands, _notes = demands_of(board, ())
    fitting = [one for one in result.order if one != gone and demands.is_legal([*stay, one])]
    assert found.expert_no == fitting[0]


def frozen(method: DrawMethod, **values: Any) -> Frozen:
    given_input = draw_input(**values)
    fits = tuple(
        Fit(one.expert_no, 40 * place, 500, 7 * place, 1000 - 40 * place, 500)
        for place, one in enumerate(given_input.candidates, start=1)
    )
    noise = MATCHING.noise if method is DrawMethod.RANDOM_MATCH else 0
    return replace(
        frozen_of(given_input, template="EXE", rule_version="2024.1"),
        method=method,
        fits=fits,
        weighing=Weighing("1", MATCHING.weights_for("EXE"), noise, MATCHING.quality_floor),
    )


def record_made(given_frozen: Frozen, nonce: str = "03 07 11") -> dict[str, Any]:
    lots = lots_for(given_frozen, secret=SECRET, nonce=nonce)
    result = result_of_draw(given_frozen, bytes.fromhex(lots.seed))
    return record_of(
        given_frozen, lots, result, drawn_by="甲", witnessed_by="乙", time="2024-04-02T02:00:00+00:00"
    )


@pytest.mark.parametrize("method", [DrawMethod.MATCH, DrawMethod.RANDOM_MATCH])
def test_matched_record_replays_from_itself_alone(method: DrawMethod) -> None:
    record = json.loads(json.dumps(record_made(frozen(method)), ensure_ascii=False))

    assert record["input"]["method"] == method
    assert replay(record).ok


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("input", "fits", 0, "timeliness"), 1000, "input_sha256"),
        (("input", "weighing", "noise"), 1, "lots.seed"),
        (("lots", "nonce"), "1", "lots.seed"),
        (("result", "chair"), "ZJ-0008", "result.chair"),
    ],
)
def test_replay_of_a_match_finds_what_was_changed(path: tuple[Any, ...], value: Any, found: str) -> None:
    record = json.loads(json.dumps(record_made(frozen(DrawMethod.MATCH))))
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    answer = replay(record)

    assert found in [difference.path for difference in answer.differences]


def test_seed_of_a_match_is_bound_to_its_frozen_input() -> None:
    first, second = frozen(DrawMethod.MATCH), frozen(DrawMethod.MATCH, draw_no=2)

    assert lots_for(first, secret=SECRET, nonce="7").seed != lots_for(second, secret=SECRET, nonce="7").seed


def test_random_match_loses_no_more_than_the_published_floor() -> None:
    frozen_input = frozen(DrawMethod.RANDOM_MATCH)
    best = total(
        input_of(frozen_input, bytes(32)),
        numbers(matched(replace(input_of(frozen_input, bytes(32)), noise=0))),
    )

    seen = set()
    for place in range(12):
        given_input = input_of(frozen_input, bytes([place]) * 32)
        members = numbers(matched(given_input, DrawMethod.RANDOM_MATCH))
        seen.add(tuple(sorted(members)))
        assert total(given_input, members) * 1_000_000 >= best * (1_000_000 - MATCHING.quality_floor)

    assert len(seen) > 1


def test_record_of_a_planned_panel_is_checked_without_the_plan() -> None:
    base = frozen(DrawMethod.MATCH)
    planned = replace(base, method=DrawMethod.PLAN, plan=PlanOf("第三季度", "a" * 64, "b" * 64))
    lots = lots_for(planned, secret=SECRET, nonce="7")
    given_input = input_of(planned, bytes.fromhex(lots.seed))
    second_best = [seat.expert_no for seat in matched(replace(given_input, noise=9000)).members]
    result = seated(given_input, second_best, chair=second_best[0], relaxed=())

    record = record_of(
        planned, lots, result, drawn_by="甲", witnessed_by="乙", time="2024-04-02T02:00:00+00:00"
    )

    assert replay(json.loads(json.dumps(record))).ok
    record["result"]["members"][0]["expert_no"] = "ZJ-0008"
    assert not replay(json.loads(json.dumps(record))).ok
    assert sha256_of(planned) == record["input_sha256"]


@pytest.mark.parametrize("method", [DrawMethod.MATCH, DrawMethod.RANDOM_MATCH])
@pytest.mark.parametrize("values", [{}, {"size": 7, "preferred": ("劳动",)}, {"size": 3}])
def test_recorded_match_is_explained_completely_and_checkably(
    method: DrawMethod, values: dict[str, Any]
) -> None:
    given_input = input_of(frozen(method, **values), SEED)

    made = solved(given_input, matched(given_input, method), quality_floor=MATCHING.quality_floor)

    assert faults(made.problem, made.matched) == ()
    assert wrong(made.problem, made.matched, explain(made.problem, made.matched)) == ()


def test_seat_that_nobody_can_take_is_void_as_in_the_draw() -> None:
    barred = tuple(Exclusion(f"ZJ-{number:04d}", "R07", "HARD") for number in range(16, 21))

    result = matched(scored(exclusions=barred))

    assert result.notes == ("ACADEMIC_OR_TECHNICAL_NOT_AVAILABLE",)
    assert result.relaxations == ()


@settings(max_examples=40, deadline=None)
@given(some.sets(some.integers(0, 19), min_size=4, max_size=14), some.sampled_from([3, 5, 7]))
def test_match_finds_a_panel_exactly_where_the_draw_does(absent: set[int], size: int) -> None:
    people = [one for place, one in enumerate(pool()) if place not in absent]
    given_input = scored(candidates=people, size=size)
    try:
        drawn = draw(replace(given_input, scores={}))
    except DrawImpossible:
        with pytest.raises(DrawImpossible):
            matched(given_input)
        return

    result = matched(given_input)

    assert result.relaxations == drawn.relaxations
    assert total(given_input, numbers(result)) >= total(given_input, numbers(drawn))
