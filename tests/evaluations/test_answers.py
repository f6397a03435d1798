from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import ReviewError
from review_app.evaluations.answers import as_typed, read_answer, reading_for
from review_app.evaluations.form_input import RecordReason
from review_app.evaluations.states import ReadingMethod
from review_app.reviews.states import Outcome


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("D1.text", ["第一行\r\n第二行"], "第一行\n第二行"),
        ("D8.clean", ["", "1"], True),
        ("D8.clean", [""], False),
        ("highlights", [" 说理充分 "], " 说理充分 "),
        ("proposed_grade", ["B"], "B"),
        ("proposed_grade", [""], None),
        ("proposed_outcome", ["IMPORT"], Outcome.IMPORT),
        ("proposed_measures", ["", "MEDIATE", "EXPLAIN", "EXPLAIN"], ["EXPLAIN", "MEDIATE"]),
        ("volumes_read", ["", "2", "1"], [1, 2]),
        ("method", ["PAPER"], ReadingMethod.PAPER),
        ("minutes_spent", ["180"], 180),
        ("minutes_spent", ["0"], 0),
        ("minutes_spent", [""], None),
        ("deduction.3.points", ["1.50"], Decimal("1.5")),
        ("deduction.3.points", ["0"], Decimal(0)),
        ("deduction.3.points", ["10"], Decimal(10)),
        ("deduction.3.veto_code", [""], None),
        ("deduction.3.record_reason", ["LATER_LAW"], RecordReason.LATER_LAW),
        ("deduction.12.locus", ["裁定书\n第2页"], "裁定书 第2页"),
        ("veto.4.document_no", ["（2023）青刑终12号"], "（2023）青刑终12号"),
        ("law.5.article", [" 第264条 "], "第264条"),
    ],
)
def test_answers_are_read_by_their_field(name: str, typed: list[str], value: object) -> None:
    assert read_answer(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("proposed_grade", ["E"]),
        ("proposed_outcome", ["REVOKE"]),
        ("method", ["GUESS"]),
        ("minutes_spent", ["三小时"]),
        ("minutes_spent", ["-5"]),
        ("minutes_spent", ["１８０"]),
        ("minutes_spent", ["99999"]),
        ("deduction.3.points", ["三"]),
        ("deduction.3.points", ["NaN"]),
        ("deduction.3.points", ["-1"]),
        ("deduction.3.points", ["1e9"]),
        ("deduction.3.points", ["1E-2000"]),
        ("deduction.3.severity", [""]),
        ("deduction.3.severity", ["S9"]),
        ("D1.text", ["字" * 20_001]),
        ("D9.text", ["没有这个维度"]),
        ("deduction.3.code", ["D1-01"]),
        ("state", ["SIGNED"]),
        ("signed_at", ["2024-01-01"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str, typed: list[str]) -> None:
    with pytest.raises(ReviewError):
        read_answer(name, typed)


@pytest.mark.parametrize(
    "name", ["person_id", "content_sha256", "deduction.3.form_id", "D1.form_id", "edition"]
)
def test_columns_that_are_no_fields_cannot_be_named(name: str) -> None:
    assert reading_for(name) is None


@given(st.decimals(min_value=0, max_value=100, places=1))
def test_points_survive_being_shown_and_typed_again(points: Decimal) -> None:
    read = read_answer("deduction.1.points", [str(points)])

    assert read == points
    assert read_answer("deduction.1.points", [str(as_typed(read))]) == points
