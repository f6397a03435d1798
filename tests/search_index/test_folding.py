"""Spellings of one character, white space, paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.folding import VERSION, fold, paragraph_ends, squeeze, squeeze_placed

long_texts = st.text(max_size=30).map(lambda text: text * 20)


@given(st.one_of(st.text(), long_texts))
def test_folding_keeps_every_position_and_is_done_at_once(text: str) -> None:
    folded = fold(text)

    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert "".join(map(fold, text)) == folded


@given(st.one_of(st.text(), long_texts))
def test_squeezed_characters_know_their_place(text: str) -> None:
    squeezed, offsets = squeeze_placed(text)

    assert squeezed == squeeze(text)
    assert squeezed == "".join(fold(text)[offset] for offset in offsets)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("〔２０２４〕 魯0785\n執 ＡＢ１號「甲」", '(2024)鲁0785执ab1号"甲"'),
        ("終結本次執行程序後恢復執行", "终结本次执行程序后恢复执行"),
        ("頭髮、發現、乾部、幹部、皇后、以後", "头发、发现、干部、干部、皇后、以后"),
        ("案﹃由﹄⾦額", '案"由"金额'),
        ("\ud800\0甲\u200b乙", "\ufffd甲乙"),
    ],
)
def test_spellings_are_alike(one: str, other: str) -> None:
    assert squeeze(one) == squeeze(other)


def test_index_can_tell_another_folding() -> None:
    assert len(VERSION) == 10


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("第一段。\n第二段", ["第一段。", "第二段"]),
        ("判决书 本院查明。 甲乙。本院认为： 丙", ["判决书本院查明。", "甲乙。本院认为:", "丙"]),
        (
            "一行文字很长很长很长很长很长很长很长\n在句子中间断开。",
            ["一行文字很长很长很长很长很长很长很长在句子中间断开。"],
        ),
        ("本院认为\n一、甲方应当支付", ["本院认为", "一、甲方应当支付"]),
        (
            "这一行没有句号但是后面空了一行这一行没有\n\n乙",
            ["这一行没有句号但是后面空了一行这一行没有", "乙"],
        ),
        (
            "这一行没有句号但是后面一行缩进这一行没有\n　　乙",
            ["这一行没有句号但是后面一行缩进这一行没有", "乙"],
        ),
        ("他说：“不。”\n走了", ['他说:"不。"', "走了"]),
        ("\n\n甲。\n \n乙。\n\n", ["甲。", "乙。"]),
        ("", [""]),
    ],
)
def test_paragraphs_of_different_files(text: str, paragraphs: list[str]) -> None:
    squeezed, ends = squeeze(text), paragraph_ends(text)

    assert [
        squeezed[start:end] for start, end in zip((0, *ends), (*ends, len(squeezed)), strict=True)
    ] == paragraphs


@given(st.text(alphabet="甲。： \n　a.\0”", max_size=60))
def test_paragraph_ends_ascend_inside_the_squeezed_text(text: str) -> None:
    ends = paragraph_ends(text)

    assert list(ends) == sorted(set(ends))
    assert all(0 < end < len(squeeze(text)) for end in ends)
