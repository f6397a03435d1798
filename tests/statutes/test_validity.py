"""On every day at most one text is law, and exactly the right one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import ReviewError
from review_app.statutes.validity import DatedText, last_days

FIRST = DatedText(date(2012, 3, 1), date(2013, 1, 1))
SECOND = DatedText(date(2017, 6, 1), date(2017, 7, 1))
THIRD = DatedText(date(2021, 12, 1), date(2022, 1, 1))


def same_day(change: date) -> date:
    return change


def ends(*texts: DatedText) -> list[date | None]:
    return last_days("渡船法", texts, same_day)


def test_text_ends_on_the_day_before_the_next_begins() -> None:
    assert ends(FIRST, SECOND, THIRD) == [date(2017, 6, 30), date(2021, 12, 31), None]


def test_order_in_which_texts_come_makes_no_difference() -> None:
    assert ends(THIRD, FIRST, SECOND) == [None, date(2017, 6, 30), date(2021, 12, 31)]


def test_amendment_whose_text_is_not_there_ends_the_text_before_it() -> None:
    third = DatedText(THIRD.passed, THIRD.valid_from, changes=(SECOND.passed, THIRD.passed))

    assert last_days("渡船法", [FIRST, third], {SECOND.passed: SECOND.valid_from}.__getitem__) == [
        date(2017, 6, 30), None,
    ]  # fmt: skip


def test_change_known_from_elsewhere_ends_the_newest_text() -> None:
    begins = {THIRD.passed: THIRD.valid_from}

    assert last_days("渡船法", [FIRST, SECOND], begins.__getitem__, [THIRD.passed]) == [
        date(2017, 6, 30), date(2021, 12, 31),
    ]  # fmt: skip


def test_stated_end_holds() -> None:
    repealed = DatedText(THIRD.passed, THIRD.valid_from, ends=date(2023, 5, 31))

    assert ends(SECOND, repealed) == [date(2021, 12, 31), date(2023, 5, 31)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FIRST, DatedText(date(2016, 1, 1), date(2013, 1, 1))),
        (FIRST, DatedText(date(2011, 1, 1), date(2014, 1, 1))),
        (DatedText(FIRST.passed, FIRST.valid_from, ends=date(2017, 7, 1)), SECOND),
    ],
)
def test_overlap_is_refused_and_names_both(one: DatedText, other: DatedText) -> None:
    with pytest.raises(ReviewError, match="有效期间重叠") as refused:
        ends(one, other)

    assert one.passed.isoformat() in str(refused.value)
    assert other.passed.isoformat() in str(refused.value)


def test_unexplained_hole_is_refused_and_names_both() -> None:
    early = DatedText(FIRST.passed, FIRST.valid_from, ends=date(2016, 12, 31))

    with pytest.raises(ReviewError, match=r"2012-03-01文本.*2017-06-01文本.*之间有空缺"):
        ends(early, SECOND)


def test_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(ReviewError, match="失效日期早于施行日期"):
        ends(DatedText(FIRST.passed, FIRST.valid_from, ends=date(2012, 12, 31)))


@st.composite
def chains(draw: st.DrawFn) -> list[DatedText]:
    """Texts passed one after another, each with the whole history so far; some of them are left out afterwards."""
    gaps = draw(st.lists(st.integers(100, 2000), min_size=1, max_size=6))
    passed, days = [], date(1990, 1, 1)
    for gap in gaps:
        days += timedelta(days=gap)
        passed.append(days)
    delays = [draw(st.integers(0, 99)) for _ in passed]
    return [
        DatedText(day, day + timedelta(days=delay), changes=tuple(passed[1 : at + 1]))
        for at, (day, delay) in enumerate(zip(passed, delays, strict=True))
    ]


@given(chains(), st.data())
def test_every_day_has_exactly_the_text_that_was_law_or_none_is_claimed(
    chain: list[DatedText], data: st.DataObject
) -> None:
    held = sorted(data.draw(st.sets(st.sampled_from(chain), min_size=1)), key=lambda text: text.valid_from)
    begins = {text.passed: text.valid_from for text in chain}
    found = last_days("渡船法", held, begins.__getitem__)

    first, last = chain[0].valid_from - timedelta(days=3), chain[-1].valid_from + timedelta(days=3)
    checked = {
        edge + timedelta(days=step) for text in chain for edge in (text.valid_from,) for step in (-1, 0, 1)
    }
    for day in sorted(checked | {first, last}):
        true = max(
            (text for text in chain if text.valid_from <= day), key=lambda text: text.valid_from, default=None
        )
        claimed = [
            text
            for text, end in zip(held, found, strict=True)
            if text.valid_from <= day and (end is None or day <= end)
        ]
        newest = held[-1]
        assert claimed == ([true] if true in held else [newest] if day >= newest.valid_from else [])
