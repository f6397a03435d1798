"""How one text became another."""

from hypothesis import given
from hypothesis import strategies as st

from review_app.documents.changes import Change, changes

TEXTS = st.text(alphabet="查明事实一二。\n", max_size=20)


@given(TEXTS, TEXTS)
def test_both_texts_are_the_sum_of_their_stretches(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(each.text for each in found if each.kind != "new") == before
    assert "".join(each.text for each in found if each.kind != "gone") == after


def test_islands_of_single_characters_are_told_as_changed() -> None:
    assert changes("房屋权属资料载明登记日期", "产权证载明登记日期") == [
        Change("gone", "房屋权属资料"),
        Change("new", "产权证"),
        Change("same", "载明登记日期"),
    ]


def test_the_beginning_and_the_end_stay_however_short() -> None:
    assert changes("甲一乙", "甲二乙") == [
        Change("same", "甲"),
        Change("gone", "一"),
        Change("new", "二"),
        Change("same", "乙"),
    ]
