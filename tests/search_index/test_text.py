"""Folding, words, marks, citations, synonyms: the pure parts of the room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.citations import articles_in, canonical_article, number_of
from search_index.folding import fold, squeeze
from search_index.snippets import WINDOW, cut_snippets, find_marks
from search_index.synonyms import Synonym, widen
from search_index.tree import And, Not, Or, Phrase, Words
from search_index.words import cut, needles


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert isinstance(squeeze(text).encode(), bytes)


def test_squeeze_makes_spellings_alike() -> None:
    assert squeeze("〔２０２４〕 鲁0785\n执 ＡＢ１号“甲”") == squeeze('(2024)鲁0785执ab1号"甲"')


def test_cut_drops_stop_words_unless_nothing_else_is_left() -> None:
    assert "的" not in cut("逃逸的认定")
    assert cut("的") == ("的",)
    assert cut("、") == ("、",)


def test_marks_prefer_the_longest_and_pass_over_white_space() -> None:
    text = "交通 肇事后逃逸，交通事故"

    marks = find_marks(text, ("交通", "交通肇事"))

    assert [text[start:end] for start, end in marks] == ["交通 肇事", "交通"]


def test_snippet_shows_the_window_with_most_different_words() -> None:
    text = "缓刑。" + "无关内容，" * 60 + "取得谅解，宣告缓刑。" + "其他，" * 60

    (snippet,) = cut_snippets("text", text, ("缓刑", "谅解"), 1)

    assert [text[start:end] for start, end in snippet.marks] == ["谅解", "缓刑"]
    assert snippet.end - snippet.start == WINDOW


@given(st.text(alphabet="工伤 ，。\n", max_size=400), st.integers(1, 3))
def test_snippets_are_true_pieces_that_do_not_overlap(text: str, most: int) -> None:
    snippets = cut_snippets("text", text, ("工伤", "伤"), most)

    assert len(snippets) <= most
    assert all(each.text == text[each.start : each.end] for each in snippets)
    assert all(a.end <= b.start for a, b in pairwise(snippets))
    assert all(each.start <= start < end <= each.end for each in snippets for start, end in each.marks)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("一百三十三", 133), ("二百五十", 250), ("十", 10), ("一千零二", 1002), ("二〇一八", 2018), ("12", 12)],
)
def test_number_of_numeral(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


@pytest.mark.parametrize(
    "typed",
    [
        "刑法第一百三十三条",
        "《中华人民共和国刑法》第133条",
        "刑法133",
        "刑法 第一百三十三条第一款",
        "刑法第１３３条",
    ],
)
def test_usual_spellings_of_an_article_are_one(typed: str) -> None:
    assert canonical_article(typed) == "刑法第133条"


def test_articles_in_a_judgment() -> None:
    text = (
        "依照《中华人民共和国刑法》第一百三十三条、第一百三十三条之一、第六十七条第一款及《关于审理交通肇事刑事案件具体"
        "应用法律若干问题的解释》第二条第二款第（五）项之规定，判决如下：第九条"
    )

    assert articles_in(text) == (
        "刑法第133条",
        "刑法第133条之1",
        "刑法第67条",
        "关于审理交通肇事刑事案件具体应用法律若干问题的解释第2条",
    )


def test_synonyms_are_applied_in_plain_sight_and_can_be_left_out() -> None:
    tree = And((Words("终本"), Not(Words("拆迁")), Phrase("征收")))

    widened = widen(tree)

    first = Or((Words("终本"), Phrase("终结本次执行程序"), Phrase("终结本次执行")))
    assert widened.tree == And((first, Not(Words("拆迁")), Phrase("征收")))
    assert widened.applied == (Synonym("终本", ("终结本次执行程序", "终结本次执行"), near=False),)
    assert widen(tree, without=frozenset({"终本"})).tree == tree


def test_longer_words_are_no_synonyms_since_they_are_found_anyway() -> None:
    assert widen(Words("终结本次执行")).applied == (Synonym("终结本次执行", ("终本",), near=False),)


def test_windows_show_different_words_before_more_of_the_same() -> None:
    text = "谅解、谅解、谅解。" + "无关，" * 80 + "缓刑。" + "无关，" * 80 + "谅解，谅解。"

    shown = [
        cut.text[a - cut.start : b - cut.start]
        for cut in cut_snippets("text", text, ("谅解", "缓刑"), 2)
        for a, b in cut.marks
    ]

    assert shown == ["谅解", "谅解", "谅解", "缓刑"]


def test_near_synonyms_are_told_apart() -> None:
    assert widen(Words("拆迁")).applied == (Synonym("拆迁", ("征收",), near=True),)


def test_needles_leave_out_what_is_excluded() -> None:
    assert needles(And((Words("工伤"), Not(Words("逃逸")), Phrase("轻 伤")))) == ("工伤", "轻伤")
