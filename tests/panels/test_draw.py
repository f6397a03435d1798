"""The draw: strata, limits, ladder, roles, substitutes; §H.3 invariants 2 and 5."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.board import LADDER, Candidate, DrawInput, Exclusion
from review_app.panels.draw import Draw, DrawImpossible, draw
from tests.panels.made import RULES, candidate, draw_input, pool


def drawn_people(given: DrawInput, result: Draw) -> list[Candidate]:
    people = {one.expert_no: one for one in given.candidates}
    return [people[seat.expert_no] for seat in result.members]


def count(people: list[Candidate], *categories: str) -> int:
    return sum(one.category in categories for one in people)


@some.composite
def inputs(pick: some.DrawFn) -> DrawInput:
    size = pick(some.integers(6, 24))
    categories = ["LAWYER", "JUDGE", "PROSECUTOR", "POLICE", "JUSTICE_ADMIN", "ACADEMIC", "TECHNICAL"]
    candidates = []
    for number in range(1, size + 1):
        category = pick(some.sampled_from(categories))
        judge = category == "JUDGE"
        employer = f"F{pick(some.integers(1, 9))}"
        candidates.append(
            candidate(
                number,
                category,
                employer="COURT" if judge else employer,
                is_law_firm=category == "LAWYER",
                system="COURT" if judge else "",
                same_organ=judge and pick(some.booleans()),
                specialties=pick(some.sampled_from([("执行",), ("民事合同",), ("医疗",), ()])),
                practice_years=pick(some.sampled_from([None, 3, 8, 20])),
                open_reviews=pick(some.sampled_from([0, 0, 0, 3, 4])),
                available=pick(some.sampled_from([True, True, True, False])),
                served_often=pick(some.sampled_from([False, False, True])),
            )
        )
    barred = pick(some.sets(some.sampled_from([one.expert_no for one in candidates]), max_size=4))
    return draw_input(
        candidates,
        size=pick(some.sampled_from([3, 5, 7])),
        seed=pick(some.binary(min_size=32, max_size=32)),
        exclusions=tuple(Exclusion(no, "R02", "HARD", "近亲属申报") for no in sorted(barred)),
    )


@settings(max_examples=300, deadline=None)
@given(inputs(), some.randoms(use_true_random=False))
def test_draw_keeps_its_invariants(given: DrawInput, chance: Any) -> None:
    try:
        result = draw(given)
    except DrawImpossible:
        return
    people = drawn_people(given, result)
    numbers = [seat.expert_no for seat in result.members]
    shuffled = list(given.candidates)
    chance.shuffle(shuffled)

    assert len(set(numbers)) == given.size
    assert given.size % 2 == 1
    assert draw(replace(given, candidates=tuple(shuffled))) == result
    assert not {one.expert_no for one in given.exclusions} & {*numbers, *result.substitutes}
    assert all(one.available and one.open_reviews < 4 for one in people)
    assert count(people, "JUDGE") <= given.size // 3
    assert sum(one.same_organ for one in people) <= 1
    assert count(people, "LAWYER", "ACADEMIC", "TECHNICAL") >= (given.size - 1) // 2
    assert result.chair != result.lead
    (chair,) = (one for one in people if one.expert_no == result.chair)
    assert (chair.practice_years or 0) >= 8
    assert chair.category != "JUDGE"


@settings(max_examples=200, deadline=None)
@given(inputs(), some.data())
def test_a_new_hard_relation_never_selects_the_expert(given: DrawInput, choose: Any) -> None:
    try:
        first = draw(given)
    except DrawImpossible:
        return
    member = choose.draw(some.sampled_from([seat.expert_no for seat in first.members]))

    try:
        again = draw(replace(given, exclusions=(*given.exclusions, Exclusion(member, "R01", "HARD"))))
    except DrawImpossible:
        return

    assert member not in {seat.expert_no for seat in again.members} | {*again.substitutes}


@pytest.mark.parametrize("size", [3, 5, 7])
def test_draw_meets_the_strata_of_its_size(size: int) -> None:
    given = draw_input(size=size)

    result = draw(given)

    people = drawn_people(given, result)
    assert result.relaxations == ()
    assert count(people, "LAWYER", "ACADEMIC", "TECHNICAL") >= {3: 1, 5: 2, 7: 3}[size]
    assert count(people, "LAWYER") >= {3: 0, 5: 1, 7: 2}[size]
    assert count(people, "ACADEMIC", "TECHNICAL") >= {3: 0, 5: 1, 7: 0}[size]
    assert count(people, "ACADEMIC") >= {3: 0, 5: 0, 7: 1}[size]
    assert sum("执行" in one.specialties for one in people) >= {3: 2, 5: 3, 7: 4}[size]
    assert len(result.substitutes) == 2


@pytest.mark.parametrize("size", [0, 1, 2, 4])
def test_draw_refuses_an_even_or_tiny_panel(size: int) -> None:
    with pytest.raises(ValueError, match="odd number"):
        draw(draw_input(size=size))


def test_members_stand_in_the_order_of_lots() -> None:
    result = draw(draw_input())

    places = [result.order.index(seat.expert_no) for seat in result.members]
    assert places == sorted(places)
    assert [seat.order for seat in result.members] == [1, 2, 3, 4, 5]


def test_lead_is_the_first_who_is_not_chair() -> None:
    result = draw(draw_input())

    roles = {seat.expert_no: seat.role for seat in result.members}
    others = [seat.expert_no for seat in result.members if seat.expert_no != result.chair]
    assert roles == {result.chair: "CHAIR", result.lead: "LEAD"} | {
        no: "MEMBER" for no in others if no != result.lead
    }


def test_member_of_the_reviewed_organ_is_flagged_and_never_chair_or_lead() -> None:
    own = [candidate(n, "JUDGE", system="COURT", employer="COURT", same_organ=True) for n in (1, 2, 3)]
    outside = [candidate(4), candidate(5, "PROSECUTOR")]

    result = draw(draw_input([*own, *outside], size=3))

    flagged = [seat for seat in result.members if seat.same_organ]
    assert len(flagged) == 1
    assert flagged[0].role == "MEMBER"
    assert flagged[0].same_system


def test_policy_forbid_keeps_the_reviewed_organ_out() -> None:
    rules = replace(RULES.panel, same_organ_policy="FORBID")

    result = draw(draw_input(rules=rules))

    assert not any(seat.same_organ for seat in result.members)
    assert Exclusion("ZJ-0008", "SAME_ORGAN_FORBIDDEN", "POOL") in result.excluded


def test_profession_counts_as_own_system_whatever_the_employer() -> None:
    retired = [candidate(n, "JUDGE", employer="") for n in range(1, 6)]
    others = [candidate(n) for n in range(6, 8)]

    result = draw(draw_input([*retired, *others], size=3))

    assert sum(seat.same_system for seat in result.members) == 1


def test_two_lawyers_of_one_firm_never_sit_together() -> None:
    one_firm = [candidate(n, employer="FIRM", is_law_firm=True) for n in range(1, 6)]
    others = [candidate(n, "PROSECUTOR") for n in range(6, 8)]

    result = draw(draw_input([*one_firm, *others], size=3))

    assert sum(seat.expert_no <= "ZJ-0005" for seat in result.members) == 1


def test_at_least_one_lawyer_admits_two() -> None:
    """A minimum is a minimum, not an equality (pitfall P3)."""
    lawyers = [candidate(n) for n in range(1, 5)]
    technical = [candidate(5, "TECHNICAL")]

    result = draw(draw_input([*lawyers, *technical]))

    assert sum(seat.expert_no <= "ZJ-0004" for seat in result.members) == 4


def test_greedy_dead_end_is_avoided() -> None:
    """Whoever's lot comes first, the only academic of the employer that may send one is kept a seat."""
    shared = [candidate(n, employer="X", is_law_firm=True) for n in range(1, 4)]
    academic = candidate(4, "ACADEMIC", employer="X", is_law_firm=True)
    others = [candidate(n, "PROSECUTOR") for n in range(5, 9)] + [candidate(9), candidate(10)]

    for byte in range(20):
        given = draw_input([*shared, academic, *others], size=7, seed=bytes([byte]) * 32)
        rules = replace(RULES.panel, academic_min={7: 1})
        result = draw(replace(given, rules=rules))

        assert "ZJ-0004" in {seat.expert_no for seat in result.members}
        assert result.relaxations == ()


def test_technical_seat_is_void_when_nobody_could_take_it() -> None:
    people = [candidate(n) for n in range(1, 4)] + [candidate(n, "PROSECUTOR") for n in range(4, 7)]

    result = draw(draw_input(people))

    assert result.relaxations == ()
    assert result.notes[0] == "ACADEMIC_OR_TECHNICAL_NOT_AVAILABLE"


def test_ladder_is_taken_in_its_order_and_recorded() -> None:
    lawyers = [candidate(n, employer=f"F{n}") for n in range(1, 4)]
    police = [candidate(n, "POLICE", specialties=()) for n in range(4, 9)]
    seven = [*lawyers, candidate(9), *police]

    result = draw(draw_input(seven, size=7, seed=b"1" * 32))

    assert result.relaxations == ("RELAXED:ACADEMIC_SEAT",)

    fewer = [*lawyers, *police]
    result = draw(draw_input(fewer, size=7, seed=b"1" * 32))

    assert result.relaxations == ("RELAXED:ACADEMIC_SEAT", "RELAXED:SPECIALTY_MINUS_ONE")


def test_last_step_invites_experts_of_the_upper_pool() -> None:
    people = [candidate(1), candidate(2), candidate(3, upper_pool=True)]

    result = draw(draw_input(people, size=3))

    assert result.relaxations[-1] == "RELAXED:UPPER_POOL"
    assert {seat.expert_no for seat in result.members} == {"ZJ-0001", "ZJ-0002", "ZJ-0003"}


def test_upper_pool_is_left_alone_while_the_own_pool_suffices() -> None:
    result = draw(draw_input([*pool(), candidate(30, upper_pool=True)]))

    assert Exclusion("ZJ-0030", "UPPER_POOL", "POOL") in result.excluded


def test_impossible_draw_says_what_is_lacking() -> None:
    people = [candidate(n, "PROSECUTOR") for n in range(1, 9)]
    barred = (Exclusion("ZJ-0001", "R02", "HARD"),)

    with pytest.raises(DrawImpossible) as caught:
        draw(draw_input(people, exclusions=barred))

    assert caught.value.pool == 8
    assert caught.value.eligible == 7
    assert caught.value.excluded == {"R02": 1}
    assert caught.value.lacking == {"EXTERNAL": " 需2有0", "LAWYER": " 需1有0"}
    assert "补充专家" in str(caught.value)


def test_hard_recusal_is_never_relaxed() -> None:
    people = [candidate(1), candidate(2), candidate(3)]

    with pytest.raises(DrawImpossible):
        draw(draw_input(people, size=3, exclusions=(Exclusion("ZJ-0001", "R01", "HARD"),)))


def test_undecided_possible_conflict_keeps_the_expert_out() -> None:
    waiting = Exclusion("ZJ-0001", "R01", "PENDING", "当事人名单")

    result = draw(draw_input(exclusions=(waiting,)))

    assert waiting in result.excluded
    assert "ZJ-0001" not in result.order


def test_experts_who_served_often_come_last() -> None:
    people = [candidate(n, served_often=n <= 5) for n in range(1, 12)]

    result = draw(draw_input(people, size=3))

    assert all(seat.expert_no > "ZJ-0005" for seat in result.members)
    assert set(result.order[-5:]) == {f"ZJ-{n:04d}" for n in range(1, 6)}


def test_preferred_specialty_is_seated_if_possible() -> None:
    people = [candidate(n) for n in range(1, 9)] + [candidate(9, "PROSECUTOR", specialties=("劳动", "执行"))]

    for byte in range(10):
        result = draw(draw_input(people, size=3, preferred=("劳动",), seed=bytes([byte]) * 32))

        assert "ZJ-0009" in {seat.expert_no for seat in result.members}


def test_missing_preferred_specialty_is_noted_only() -> None:
    result = draw(draw_input(preferred=("医疗",)))

    assert result.notes == ("PREFERRED_SPECIALTY_NOT_MET",)
    assert result.relaxations == ()


def test_enlarging_keeps_members_and_their_roles() -> None:
    first = draw(draw_input(size=3))
    fixed = tuple(seat.expert_no for seat in first.members)

    enlarged = draw(
        draw_input(size=5, fixed=fixed, chair=first.chair, lead=first.lead, draw_no=2, seed=b"2" * 32)
    )

    assert set(fixed) < {seat.expert_no for seat in enlarged.members}
    assert (enlarged.chair, enlarged.lead) == (first.chair, first.lead)


def test_enlarging_a_panel_of_seven_goes_on_with_the_pattern() -> None:
    first = draw(draw_input(size=7))
    fixed = tuple(seat.expert_no for seat in first.members)

    given = draw_input(size=9, fixed=fixed, chair=first.chair, lead=first.lead, seed=b"2" * 32)
    enlarged = draw(given)

    assert count(drawn_people(given, enlarged), "LAWYER", "ACADEMIC", "TECHNICAL") >= 4


def test_a_barred_member_cannot_be_kept() -> None:
    with pytest.raises(ValueError, match="cannot stay: ZJ-0001"):
        draw(draw_input(fixed=("ZJ-0001",), exclusions=(Exclusion("ZJ-0001", "R01", "HARD"),)))


def test_everybody_passed_over_has_a_reason() -> None:
    for byte in range(30):
        result = draw(draw_input(size=7, seed=bytes([byte]) * 32))
        seated = {seat.expert_no for seat in result.members}
        last = max(result.order.index(expert) for expert in seated)

        before = [expert for expert in result.order[:last] if expert not in seated]
        assert [passed.expert_no for passed in result.passed_over] == before
        assert all(passed.rules for passed in result.passed_over)


def test_every_expert_has_nearly_the_same_chance() -> None:
    people = [candidate(n) for n in range(1, 11)]
    seats = dict.fromkeys((one.expert_no for one in people), 0)

    for number in range(1000):
        for seat in draw(draw_input(people, size=3, seed=number.to_bytes(32))).members:
            seats[seat.expert_no] += 1

    assert all(240 <= times <= 360 for times in seats.values())


def test_ladder_has_the_order_of_the_rules() -> None:
    assert LADDER == ("ACADEMIC_SEAT", "SPECIALTY_MINUS_ONE", "EMPLOYER_PLUS_ONE", "UPPER_POOL")
