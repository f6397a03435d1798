import re
from datetime import date
from decimal import Decimal

import pytest

from review_app.demo.narratives import LAWS, later, waiting_reviews, written_cases, years_since_written
from review_app.rulebook import load

CASES = list(written_cases())


@pytest.mark.parametrize("key", CASES)
def test_points_of_each_member_give_the_scores_of_the_case(key: str) -> None:
    told = written_cases()[key]
    assert told.expected is not None
    maxima = load().templates[told.template].maxima

    scores = []
    for member in range(len(told.expected.scores)):
        sums: dict[str, Decimal] = {}
        for row in told.forms:
            dimension = row.code.partition("-")[0]
            sums[dimension] = sums.get(dimension, Decimal(0)) + (row.points[member] or 0)
        scores.append(100 - sum(min(maxima[name], points) for name, points in sums.items()))

    assert tuple(scores) == told.expected.scores


@pytest.mark.parametrize("key", CASES)
def test_every_deduction_has_the_proof_its_severity_demands(key: str) -> None:
    told = written_cases()[key]
    quoted = {row.code: [mark for mark in told.marks if mark.code == row.code] for row in told.forms}

    assert [code for code, marks in quoted.items() if not marks] == []
    assert [
        mark.words for marks in quoted.values() for mark in marks if not 10 <= len(mark.words) <= 200
    ] == []
    assert {one.law for text in told.findings.values() for one in text.law} <= set(LAWS)


def test_marks_are_taken_off_the_stored_pages() -> None:
    for told in [*written_cases().values(), *waiting_reviews().values()]:
        for volume in told.volumes:
            for document in volume.documents:
                assert "⟦" not in document.content.decode()


def test_every_date_and_case_number_moves_by_the_same_years() -> None:
    text = (
        "2023年6月13日收到（2020）海0799执1187号，〔2021〕17号，XF20230613-0047，act_on: 2020-03-11，0799号"
    )

    assert later(text, 2) == (
        "2025年6月13日收到（2022）海0799执1187号，〔2023〕17号，XF20250613-0047，act_on: 2022-03-11，0799号"
    )


@pytest.mark.parametrize(
    ("day", "years"), [(date(2024, 3, 1), 0), (date(2026, 2, 28), 1), (date(2026, 7, 16), 2)]
)
def test_cases_end_before_the_office_of_the_demo_opens(day: date, years: int) -> None:
    assert years_since_written(day) == years
    told = written_cases(years)["case1"]
    assert told.item.received_on < day


def test_folded_lines_leave_no_space_behind_chinese_punctuation() -> None:
    texts = [text for one in written_cases().values() for text in (one.summary, one.minutes, one.item.facts)]

    assert [text for text in texts if re.search("[，。；：、”）] ", text)] == []
    assert written_cases()["case1"].queries[0] == "终本 恢复执行"
