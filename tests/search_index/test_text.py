"""Folding, words, marks, citations, synonyms: the pure parts of the room."""

from collections import Counter
from importlib import resources
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from search_index.citations import articles_in, canonical_article, number_of
from search_index.folding import fold, squeeze
from search_index.laws import known_laws, law_name, short_names
from search_index.snippets import WINDOW, cut_snippets, find_marks
from search_index.synonyms import ALL, Synonym, Widened, widen
from search_index.tree import And, Cited, Near, Not, Or, Phrase, Unit, Value, Wild, Words
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


def test_word_has_its_synonyms_and_those_that_are_near() -> None:
    applied = widen(Words("征收补偿")).applied

    assert applied == (
        Synonym("征收补偿", ("征补", "征收与补偿"), near=False),
        Synonym("征收补偿", ("拆迁补偿",), near=True),
    )


def test_every_word_of_a_typed_run_is_widened() -> None:
    tree = widen(Words("终本后恢复执行")).tree

    closed = Or((Words("终本"), Phrase("终结本次执行程序"), Phrase("终结本次执行")))
    resumed = Or((Words("恢复执行"), Phrase("恢复强制执行")))
    assert tree == Or((Words("终本后恢复执行"), And((closed, resumed))))
    kept = widen(Words("终本后恢复执行"), without={"终本"}).tree
    assert kept == Or((Words("终本后恢复执行"), And((resumed, Words("终本")))))


def test_synonyms_apply_to_words_near_each_other_and_to_traditional_characters() -> None:
    near = Near((Words("交事"), Words("報警")), Unit.SENTENCE)

    assert widen(near).tree == Near((Or((Words("交事"), Phrase("交通事故"))), Words("報警")), Unit.SENTENCE)
    assert [each.others for each in widen(Words("終本")).applied] == [("终结本次执行程序", "终结本次执行")]


def test_short_name_of_a_law_is_its_whole_name_too() -> None:
    assert widen(Words("刑诉法"), law="law").tree == Or(
        (Words("刑诉法"), Phrase("刑事诉讼法"), Value("law", "刑事诉讼法第"))
    )


def test_article_is_searched_in_every_spelling() -> None:
    widened = widen(Words("民法典第八条"), law="law")

    spelt = ("民法典第8条", "民法典第八条", "民法典》第8条", "民法典》第八条")
    assert widened.tree == Or((Value("law", "民法典第8条", exact=True), Cited(spelt)))
    assert widened.applied == (Synonym("民法典第八条", ("民法典第8条",), near=False),)
    assert widen(Words("第八条")).tree == Cited(("第8条", "第八条"))


def test_all_synonyms_can_be_left_out() -> None:
    tree = And((Words("终本"), Words("刑法253")))

    assert widen(tree, without={ALL}) == Widened(tree, ())


def test_lists_hold_every_word_once() -> None:
    text = resources.files("search_index").joinpath("data/synonyms.yaml").read_text("utf-8")
    for groups in yaml.safe_load(text).values():
        words = Counter(squeeze(word) for group in groups for word in group)
        assert [word for word, times in words.items() if times > 1] == []
        assert [group for group in groups if len(group) < 2] == []


def test_laws_and_their_short_names_do_not_collide() -> None:
    assert not known_laws() & set(short_names())
    assert all(law_name(law) == law for law in known_laws())


def test_legal_terms_stay_together_in_a_query() -> None:
    assert cut("执行异议之诉中的案外人") == ("执行异议之诉", "案外人")


def test_needles_keep_what_only_a_proof_can_place() -> None:
    wild = Wild(("非法", "存款"), ((0, 20),))

    assert needles(And((Words("存款"), wild))) == ("存款", wild)
    assert find_marks("非法 吸收存\n款，存款。", ("存款", wild)) == ((0, 8), (9, 11))
