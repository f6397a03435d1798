"""Empty seats: substitutes move up only while every rule still holds."""

from dataclasses import replace

import pytest

from review_app.panels.board import DrawInput, Exclusion
from review_app.panels.draw import Draw, DrawImpossible, Passed, draw
from review_app.panels.seating import Demands
from review_app.panels.succession import Vacancy, succeed
from tests.panels.made import candidate, draw_input


def without(given: DrawInput, result: Draw, gone: str, **values: object) -> Vacancy:
    """The panel after one member left."""
    remaining = tuple(seat.expert_no for seat in result.members if seat.expert_no != gone)
    after = replace(
        given,
        fixed=remaining,
        chair="" if result.chair == gone else result.chair,
        lead="" if result.lead == gone else result.lead,
        exclusions=(*given.exclusions, Exclusion(gone, "LEFT", "POOL")),
        **values,  # type: ignore[arg-type]
    )
    return Vacancy(after, result.substitutes, result.relaxations)


def test_first_fitting_substitute_moves_up() -> None:
    given = draw_input([candidate(n) for n in range(1, 9)], size=3)
    result = draw(given)
    gone = next(seat.expert_no for seat in result.members if seat.role == "MEMBER")

    found = succeed(without(given, result, gone))

    assert found.expert_no == result.substitutes[0]
    assert (found.by, found.chair, found.lead) == ("SUBSTITUTE", result.chair, result.lead)


def test_substitute_who_would_break_a_limit_is_passed_by() -> None:
    """Only a lawyer can follow the only lawyer of a panel."""
    technical = [candidate(n, "TECHNICAL") for n in range(3, 10)]
    given = draw_input([candidate(1), candidate(2), *technical])
    panel = ("ZJ-0001", "ZJ-0003", "ZJ-0004", "ZJ-0005", "ZJ-0006")
    left = (Exclusion("ZJ-0001", "LEFT", "POOL"),)

    after = replace(given, fixed=panel[1:], chair="ZJ-0003", lead="ZJ-0004", exclusions=left)
    found = succeed(Vacancy(after, substitutes=("ZJ-0009", "ZJ-0002")))

    assert found.expert_no == "ZJ-0002"
    assert found.skipped == (Passed("ZJ-0009", ("LAWYER",)),)


def test_substitute_with_a_new_conflict_is_passed_by() -> None:
    given = draw_input([candidate(n) for n in range(1, 9)], size=3)
    result = draw(given)
    first, second = result.substitutes
    gone = result.members[0].expert_no

    vacancy = without(given, result, gone)
    after = replace(vacancy.given, exclusions=(*vacancy.given.exclusions, Exclusion(first, "R02", "HARD")))
    found = succeed(replace(vacancy, given=after))

    assert found.expert_no == second


def test_when_no_substitute_fits_the_same_lots_go_on() -> None:
    given = draw_input([candidate(n) for n in range(1, 9)], size=3)
    result = draw(given)

    found = succeed(replace(without(given, result, result.members[0].expert_no), substitutes=()))

    assert (found.expert_no, found.by) == (result.order[3], "NEXT_LOT")


def test_lost_chair_and_lead_are_named_anew() -> None:
    given = draw_input([candidate(n) for n in range(1, 9)], size=5, matching=("执行",))
    result = draw(given)

    after_chair = succeed(without(given, result, result.chair))
    after_lead = succeed(without(given, result, result.lead))

    assert after_chair.chair not in (result.chair, result.lead)
    assert after_chair.lead == result.lead
    assert after_lead.chair == result.chair
    assert after_lead.lead not in (result.chair, result.lead)


def test_impossible_succession_says_so() -> None:
    given = draw_input([candidate(n) for n in range(1, 4)], size=3)
    result = draw(given)

    with pytest.raises(DrawImpossible) as caught:
        succeed(without(given, result, result.chair))

    assert caught.value.lacking["SIZE"] == " 需3有2"


def test_two_empty_seats_are_filled_one_after_the_other() -> None:
    given = draw_input([candidate(n) for n in range(1, 9)], size=5)
    result = draw(given)
    first, second = [seat.expert_no for seat in result.members if seat.role == "MEMBER"][:2]
    gone = (Exclusion(first, "LEFT", "POOL"), Exclusion(second, "LEFT", "POOL"))
    remaining = tuple(seat.expert_no for seat in result.members if seat.expert_no not in (first, second))
    after = replace(given, fixed=remaining, chair=result.chair, lead=result.lead, exclusions=gone)

    one = succeed(Vacancy(after, result.substitutes))
    other = succeed(Vacancy(replace(after, fixed=(*remaining, one.expert_no)), result.substitutes))

    assert (one.expert_no, other.expert_no) == result.substitutes


def test_demands_name_what_is_broken() -> None:
    made = Demands(3, (), (), {"A": "F", "B": "F", "C": "G"}, {"F": 1, "G": 1})

    assert made.broken_limits(["A", "B"]) == ("SAME_EMPLOYER",)
    assert not made.is_legal(["A", "C", "C"])
