"""Whatever a person types is answered, by every engine alike, or with a sentence; in steps that grow with what was typed."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.engine import Document, Page, Query, SearchEngine
from search_index.query import FieldName, Kind, QueryProblem, parse
from search_index.synonyms import ALL, widen
from search_index.tree import Node
from tests.search_index.conftest import document, library

NAMES = {
    "案由": FieldName("cause", Kind.FACET),
    "标题": FieldName("title", Kind.TEXT),
    "法条": FieldName("law", Kind.LAW),
    "年": FieldName("year", Kind.NUMBER),
}
CITING = {
    "spelt": ("依照《中华人民共和国刑法》第二百五十三条之规定", ()),
    "digits": ("依照刑法第253条第一款之规定", ()),
    "listed": ("依照《刑法》第六十七条、第二百五十三条之规定", ("刑法第67条", "刑法第253条")),
    "next": ("依照《刑法》第二百五十三条之一", ("刑法第253条之1",)),
    "other": ("依照《民法典》第二百五十三条", ("民法典第253条",)),
}


def trees(typed: str, without: frozenset[str] = frozenset()) -> Node | None:
    return widen(parse(typed, NAMES), without=without, law="law").tree


def found(engine: SearchEngine, typed: str) -> list[str]:
    return sorted(hit.key for hit in engine.search(Query(trees(typed), limit=200)).hits)


@pytest.fixture
def citing(engine: SearchEngine) -> SearchEngine:
    engine.write(
        put=[
            Document(key, "v", {"text": text}, {"law": articles}) for key, (text, articles) in CITING.items()
        ]
    )
    return engine


@pytest.mark.parametrize(
    "typed",
    [
        "刑法253", "刑法第253条", "刑法253条", "刑法第二百五十三条", "刑法二百五十三条", "《刑法》第253条", "《刑法》 第二百五十三条",
        "中华人民共和国刑法第二百五十三条", "《中华人民共和国刑法》（2020修正）第二百五十三条", "刑法第２５３条", "刑法第253条第一款第（二）项",
        "刑法§253", "刑法第二百五十三條",
    ],
)  # fmt: skip
def test_article_in_any_spelling_returns_the_same_set(citing: SearchEngine, typed: str) -> None:
    assert found(citing, typed) == ["digits", "listed", "spelt"]


@pytest.mark.parametrize("typed", ["第253条", "253条", "第二百五十三条", "第253条第一款"])
def test_article_without_a_law_is_that_of_any_law(citing: SearchEngine, typed: str) -> None:
    assert found(citing, typed) == ["digits", "listed", "other", "spelt"]


def test_article_left_as_typed_is_searched_as_typed(citing: SearchEngine) -> None:
    tree = trees("第253条", frozenset({"第253条"}))

    assert [hit.key for hit in citing.search(Query(tree)).hits] == ["digits"]


def test_nearness_wildcards_and_traditional_characters(engine: SearchEngine) -> None:
    engine.write(
        put=[
            document("same", "甲驾车离开后报警。"),
            document("next", "甲驾车离开。乙报警。"),
            document("far", "甲驾车离开。\n乙报警。"),
        ]
    )

    assert found(engine, "離開 /s 報警") == ["same"]
    assert found(engine, "离开 /p 报警") == ["next", "same"]
    assert found(engine, "报警 /1 离开") == ["same"]
    assert found(engine, "驾车*报警") == ["same"]
    assert found(engine, "驾车???报警") == ["same"]
    assert found(engine, "报警 非 （离开 /p 报警）") == ["far"]


def test_marks_show_what_stands_together_and_nothing_else(engine: SearchEngine) -> None:
    text = "甲报警。甲离开，乙当场报警。离开"
    engine.write(put=[document("a", text)])

    (snippet,) = engine.search(Query(trees("离开 /s 报警"))).hits[0].snippets

    assert snippet.marks == ((5, 7), (11, 13))


def test_synonyms_of_words_typed_in_one_run_apply(engine: SearchEngine) -> None:
    engine.write(put=library())

    assert found(engine, "终本恢复执行") == found(engine, "终本 恢复执行") == ["closed"]
    assert engine.search(Query(trees("终本恢复执行", frozenset({ALL})))).total == 0


PIECES = st.sampled_from(
    ["工伤", "终本", "轻", "的", "第253条", "刑法253", "刑诉法", "(", ")", "（", "）", "“", "”", '"', " ", "  ", "AND", "或", "非", "/s", "/p",
     "/3", "/999", "*", "?", "？", "案由:", "标题:", "法条:", "年:", "2019..", "💡", "\0", "\ud800", "〔2018〕", "号", "，", "。", "\n", "執行"]
)  # fmt: skip
TYPED = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.text(max_size=30),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_any_string_is_answered_by_every_engine_alike(filled: list[SearchEngine], typed: str) -> None:
    try:
        tree = trees(typed)
    except QueryProblem as problem:
        assert str(problem).endswith("。") and problem.sentence % problem.facts
        return

    pages = [engine.search(Query(tree, facets=("cause",), limit=50)) for engine in filled]

    assert all(page == pages[0] for page in pages)
    assert all(
        snippet.text[start - snippet.start : end - snippet.start]
        for hit in pages[0].hits
        for snippet in hit.snippets
        for start, end in snippet.marks
    )


@pytest.fixture
def filled(both: Callable[[list[Document]], list[SearchEngine]]) -> list[SearchEngine]:
    others = [
        document(
            "long",
            "甲的工伤，轻伤。\n终结本次执行程序后恢复执行。依照刑法第二百五十三条、刑事诉讼法第九条。（2018）赣0111刑初4号",
        ),
        document("short", "轻"),
    ]
    return both([*library()[:6], *others])


def steps(act: Callable[[], object]) -> int:
    """How many Python functions are called."""
    called = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        act()
    except QueryProblem:
        pass
    finally:
        sys.setprofile(None)
    return called


@settings(max_examples=60, deadline=None)
@given(TYPED.map(lambda typed: typed * 20))
def test_steps_grow_with_what_was_typed(typed: str) -> None:
    trees("刑诉法 终本恢复执行 刑法253")  # lists are read once

    assert steps(lambda: trees(typed)) < 2_000 + 200 * len(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("工伤 " * 10_000, "检索式太长"),
        ("伤 " * 101, "检索词太多，最多100个"),
        (("伤" * 90 + " 或 ") * 20 + "伤", "一共最多1500字"),
        ("案由:盗窃 " + "伤" * 101, "一个检索词最多100字"),
        ("(" * 2_000, "括号"),
        ("(" * 21 + "伤" + ")" * 21, "括号套得太深"),
        ("“" * 999, "引号没有配对"),
        ("非 " * 2_000, "两边都要有检索词"),
        ("*", "通配符"),
        ("?????", "通配符"),
        ("a*b*c*d*e*f*g", "最多5处"),
        ("工伤 /s", "/s、/p、/n”的两边"),
        ("工伤 /500 轻伤", "相隔最多200字"),
        ("工伤 /s 轻伤 /p 重伤", "请用括号说明先后"),
        ("工伤 /s （非 轻伤）", "不能是字段和“非”"),
        ("标题:工伤 /s 轻伤", "不能是字段"),
        ("（工伤 轻伤） /5 重伤", "可以是词"),
        (" /s ".join("工伤" for _ in range(13)), "最多用于12个词"),
        ("非法*存款 " * 7, "最多用于12个词"),
        ("甲 /s 乙 /s 丙", "单个字最多2个"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(QueryProblem) as problem:
        trees(typed)

    assert sentence in str(problem.value)


@pytest.mark.parametrize(
    "typed",
    [
        "非 " * 2_000 + "伤",
        "(" * 20 + "伤" + ")" * 20,
        "💡" * 50,
        "\0\ud800\udfff",
        "工伤？",
        "*工伤*",
        "伤" * 100,
        " ".join(["伤"] * 100),
    ],
)
def test_odd_queries_are_answered(engine: SearchEngine, typed: str) -> None:
    engine.write(put=library())

    assert isinstance(engine.search(Query(trees(typed))), Page)
