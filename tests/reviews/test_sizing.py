from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.reviews.sizing import Ground, SizeFacts, Weight, later, propose_size
from review_app.reviews.states import DOUBT_LABELS, DoubtReason, MajorReason
from review_app.rulebook import CURRENT, load

RULES = load(CURRENT)
PLAIN = SizeFacts(petition_since=date(2023, 6, 13), today=date(2024, 4, 2))


def test_propose_size_is_three_for_an_ordinary_case() -> None:
    proposal = propose_size(PLAIN, RULES)

    assert (proposal.size, proposal.weight, proposal.doubt_flag) == (3, Weight.ORDINARY, False)
    assert proposal.grounds == (Ground("没有存疑或者重大情形，按普通案件组成"),)


def test_propose_size_is_five_for_a_ticked_doubt() -> None:
    proposal = propose_size(replace(PLAIN, doubt_reasons=frozenset({DoubtReason.NEW_EVIDENCE})), RULES)

    assert (proposal.size, proposal.doubt_flag) == (5, True)
    assert proposal.grounds == (Ground(DOUBT_LABELS[DoubtReason.NEW_EVIDENCE]),)


@pytest.mark.parametrize(("repeats", "size"), [(4, 3), (5, 5), (40, 5)])
def test_propose_size_counts_repeats(repeats: int, size: int) -> None:
    assert propose_size(replace(PLAIN, repeats=repeats), RULES).size == size


@pytest.mark.parametrize(("today", "size"), [(date(2026, 6, 13), 3), (date(2026, 6, 14), 5)])
def test_propose_size_finds_a_petition_of_more_than_three_years(today: date, size: int) -> None:
    assert propose_size(replace(PLAIN, today=today), RULES).size == size


@pytest.mark.parametrize(
    ("changed", "size"),
    [
        ({"group_size": 4}, 3),
        ({"group_size": 5}, 7),
        ({"amount": 999_999}, 3),
        ({"amount": 1_000_000}, 7),
        ({"major_reasons": frozenset({MajorReason.DEATH})}, 7),
    ],
)
def test_propose_size_is_seven_for_a_major_case(changed: dict[str, object], size: int) -> None:
    assert propose_size(replace(PLAIN, **changed), RULES).size == size  # type: ignore[arg-type]


def test_propose_size_explains_numbers_with_the_limit() -> None:
    facts = replace(PLAIN, repeats=6, amount=1_200_000)

    proposal = propose_size(facts, RULES)

    assert [ground.sentence % ground.facts for ground in proposal.grounds] == [
        "标的额1,200,000元（1,000,000元以上为重大）",
        "重复信访6次（5次以上为存疑）",
    ]


@given(
    st.sets(st.sampled_from(DoubtReason)),
    st.sets(st.sampled_from(MajorReason)),
    st.integers(1, 20),
    st.integers(0, 20),
    st.none() | st.integers(0, 5_000_000),
)
def test_propose_size_never_drops_a_ticked_reason_and_is_odd(
    doubts: set[DoubtReason], majors: set[MajorReason], people: int, repeats: int, amount: int | None
) -> None:
    facts = replace(
        PLAIN, doubt_reasons=frozenset(doubts), major_reasons=frozenset(majors),
        group_size=people, repeats=repeats, amount=amount,
    )  # fmt: skip

    proposal = propose_size(facts, RULES)

    assert proposal.size % 2 == 1
    assert doubts <= set(proposal.doubt_reasons)
    assert majors <= set(proposal.major_reasons)
    assert proposal.size == (7 if proposal.major_reasons else 5 if proposal.doubt_reasons else 3)
    assert proposal.grounds


def test_later_knows_leap_days() -> None:
    assert later(date(2020, 2, 29), 3) == date(2023, 2, 28)
