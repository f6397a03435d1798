"""Quotations: exact characters of a page, 10 to 200 of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files.quotation import Quotation, find, holds, occurrences, quote
from case_files.refusals import QuotationRefused

PAGE = "本院认为，被告恒泽公司应当支付货款386000元\n及逾期付款损失。𠮷某未到庭。\n"


def test_a_quotation_is_the_text_between_its_offsets() -> None:
    assert quote(PAGE, 5, 24) == Quotation(5, 24, "被告恒泽公司应当支付货款386000元")


def test_white_space_at_the_ends_is_left_out() -> None:
    start = PAGE.index("\n")

    assert quote(PAGE, start, len(PAGE)) == Quotation(25, 39, "及逾期付款损失。𠮷某未到庭。")


@pytest.mark.parametrize(("start", "end"), [(-1, 12), (0, 999), (12, 3)])
def test_offsets_outside_the_page_are_refused(start: int, end: int) -> None:
    with pytest.raises(QuotationRefused) as refusal:
        quote(PAGE, start, end)

    assert str(refusal.value) == "引文的位置超出了该页文字。请在页面上重新选取。"


def test_fewer_than_ten_characters_are_refused_white_space_not_counting() -> None:
    with pytest.raises(QuotationRefused) as refusal:
        quote("货 款\n三 十 八 万 元 整" + " " * 20, 0, 30)

    assert str(refusal.value) == "引文不足10个字。请选取能说明问题的完整语句。"


def test_more_than_two_hundred_characters_are_refused() -> None:
    assert quote("字" * 200, 0, 200).text == "字" * 200

    with pytest.raises(QuotationRefused) as refusal:
        quote("字" * 201, 0, 201)

    assert str(refusal.value) == "引文有201个字，超过200个字。请只选取与问题直接有关的文字。"


def test_typed_text_is_found_across_the_line_breaks_of_the_page() -> None:
    found = find(PAGE, "支付货款386000元及 逾期付款损失")

    assert found == Quotation(13, 32, "支付货款386000元\n及逾期付款损失")
    assert PAGE[found.start : found.end] == found.text


def test_text_that_is_not_there_is_not_found() -> None:
    assert find(PAGE, "支付货款396000元") is None
    assert find(PAGE, " \n") is None


def test_every_occurrence_is_found_in_order() -> None:
    assert [found.start for found in occurrences("甲乙 甲\n乙 甲乙", "甲乙")] == [0, 3, 7]


def test_a_page_holds_only_what_stands_between_the_offsets() -> None:
    assert holds(PAGE, 5, 11, "被告恒泽公司")
    assert not holds(PAGE, 5, 11, "被告恒泽公同")
    assert not holds(PAGE, 5, 10, "被告恒泽公司")
    assert not holds(PAGE, -6, -1, PAGE[-6:-1])
    assert not holds(PAGE, 3, 3, "")


@given(st.text(min_size=1, max_size=300), st.data())
def test_every_slice_of_a_page_is_held_and_every_quotation_can_be_found_again(
    page: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(page) - 1))
    end = data.draw(st.integers(start + 1, len(page)))

    assert holds(page, start, end, page[start:end])
    try:
        taken = quote(page, start, end)
    except QuotationRefused:
        return
    assert holds(page, taken.start, taken.end, taken.text)
    assert taken.text in [found.text for found in occurrences(page, taken.text)] or find(page, taken.text)
