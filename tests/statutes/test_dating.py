"""From which day a text is law, and how surely that is known."""

from datetime import date

import pytest

from review_app.errors import ReviewError
from review_app.statutes.dating import (
    KnownDays,
    commencements,
    first_day,
    labels,
    promulgated,
    read_days,
)
from review_app.statutes.drafts import DraftArticle, Event
from review_app.statutes.states import Dating

PASSED = date(2022, 12, 5)
NEW = [Event(PASSED, "第十一届全国人民代表大会常务委员会第三次会议通过")]
AMENDED = [Event(date(1991, 4, 9), "通过"), Event(PASSED, "《关于修改的决定》第二次修正")]


def closing(words: str) -> tuple[DraftArticle, ...]:
    return (DraftArticle(9, 0, (), words),)


@pytest.mark.parametrize(
    ("events", "words", "expected"),
    [
        (NEW, "本法自2023年3月1日起施行。", (date(2023, 3, 1), Dating.STATED)),
        (NEW, "本法自二〇二三年三月一日起施行。", (date(2023, 3, 1), Dating.STATED)),
        (NEW, "本法自公布之日起施行。", (PASSED, Dating.STATED)),
        ([Event(PASSED, "某市第三次会议通过")], "本条例自公布之日起施行。", (PASSED, Dating.ASSUMED)),
        (AMENDED, "本法自1991年4月9日起施行。", (PASSED, Dating.ASSUMED)),
        (AMENDED, "本法自公布之日起施行。", (PASSED, Dating.ASSUMED)),
        ([*AMENDED, Event(date(2023, 3, 1), "施行")], "本法自公布之日起施行。", (date(2023, 3, 1), Dating.STATED)),
        ([*AMENDED, Event(date(1991, 6, 1), "施行")], "本法自公布之日起施行。", (PASSED, Dating.ASSUMED)),
        (NEW, "没有说。", (PASSED, Dating.ASSUMED)),
    ],
)  # fmt: skip
def test_closing_article_of_an_amended_law_speaks_of_its_first_text(
    events: list[Event], words: str, expected: tuple[date, Dating]
) -> None:
    assert first_day("渡船法", events, closing(words), PASSED, {}) == expected


def test_what_the_operator_states_goes_before_everything() -> None:
    stated = {("渡船法", PASSED): KnownDays(date(2023, 5, 1))}

    found = first_day("渡船法", NEW, closing("本法自2023年3月1日起施行。"), PASSED, stated)

    assert found == (date(2023, 5, 1), Dating.STATED)


def test_table_knows_when_an_amendment_took_effect() -> None:
    events = [Event(date(2023, 9, 1), "第五次修正")]

    found = first_day("民事诉讼法", events, closing("本法自公布之日起施行。"), date(2023, 9, 1), {})

    assert found == (date(2024, 1, 1), Dating.TABLE)


def test_row_of_the_table_may_be_an_omnibus_decision() -> None:
    events = [Event(date(2020, 12, 29), "最高人民法院审判委员会第1823次会议通过的决定修正")]

    found = first_day("某解释", events, closing("无"), date(2020, 12, 29), {})

    assert found == (date(2021, 1, 1), Dating.TABLE)


def test_no_change_of_the_table_takes_effect_before_it_was_passed() -> None:
    early = {
        key
        for key, day in commencements().items()
        if not key[1] <= day <= key[1].replace(year=key[1].year + 1)
    }

    assert early == set()


def test_text_without_any_day_is_undated() -> None:
    assert first_day("渡船法", [], closing("自公布之日起施行"), None, {}) == (None, Dating.UNKNOWN)


def test_text_is_of_the_last_thing_that_happened_to_it_but_its_beginning() -> None:
    events = [Event(date(2020, 5, 28), "通过"), Event(date(2021, 1, 1), "施行")]

    assert promulgated(events, None) == date(2020, 5, 28)
    assert promulgated(events, date(2021, 1, 1)) == date(2020, 5, 28)
    assert promulgated(events, date(2022, 2, 2)) == date(2022, 2, 2)
    assert promulgated([], None) is None


def test_table_of_days_names_the_line_that_is_wrong() -> None:
    table = "law,promulgated_on,valid_from,valid_to\n《渡船法》,2022-12-05,2023-03-01,\n"

    assert read_days(table) == {("渡船法", PASSED): KnownDays(date(2023, 3, 1), None)}
    with pytest.raises(ReviewError, match=r"日期表第3行的“5/1”不是日期"):
        read_days(table + "渡船法,2023-01-01,5/1\n")


def test_year_names_a_text_and_the_day_where_a_year_has_two() -> None:
    days = [date(2021, 3, 1), date(2023, 1, 1), date(2023, 9, 1), None]

    assert labels(days) == ["2021", "2023-01-01", "2023-09-01", "未注明"]
