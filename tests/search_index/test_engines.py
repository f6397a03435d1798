"""The contract of `SearchEngine`, kept by every engine alike."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.engine import (
    SCORE,
    CursorUnreadable,
    Document,
    FacetCount,
    OneOf,
    Page,
    Query,
    SearchEngine,
    SortBy,
)
from search_index.folding import squeeze
from search_index.query import parse
from search_index.synonyms import widen
from search_index.tree import Between, Like, Not, Phrase, Words
from tests.search_index.conftest import SHAPE, document, library

Fill = Callable[[list[Document]], list[SearchEngine]]
ACCEPTANCE = {
    "工伤": "injury",
    "逃逸": "escape",
    "终本 恢复执行": "closed",
    "停产停业损失": "losses",
    "不予立案 轻伤二级": "refused",
    "“违法解除” 工会": "union",
    "评估报告 未送达": "appraisal",
    "案款 发放": "money",
    "缓刑 谅解": "probation",
    "执行异议 案外人": "outsider",
}


def keys(page: Page) -> list[str]:
    return [hit.key for hit in page.hits]


@pytest.mark.parametrize(("typed", "planted"), ACCEPTANCE.items())
def test_acceptance_query_returns_the_planted_case_first(
    engine: SearchEngine, typed: str, planted: str
) -> None:
    engine.write(put=library())

    page = engine.search(Query(widen(parse(typed, {})).tree))

    assert keys(page)[0] == planted


@pytest.mark.parametrize("word", ["征收", "抚恤", "轻", "刑初", "(2018)赣0111刑初485号", "💡", "、"])
def test_anything_that_stands_in_a_text_is_found(engine: SearchEngine, word: str) -> None:
    engine.write(put=[document("with", f"前文{word}后文"), document("without", "另一件事。")])

    assert keys(engine.search(Query(Phrase(word)))) == ["with"]


def test_phrase_passes_over_line_breaks_width_and_case(engine: SearchEngine) -> None:
    engine.write(put=[document("a", "第一百三十\n三条，ＡＢＣ公司")])

    assert keys(engine.search(Query(Phrase("第一百三十三条, abc")))) == ["a"]


def test_homophone_is_not_found(engine: SearchEngine) -> None:
    engine.write(put=[document("a", "搞蜜糖生意")])

    assert engine.search(Query(Words("高密"))).total == 0


def test_hit_carries_version_and_ranges_into_its_text(engine: SearchEngine) -> None:
    text = "被告人赔偿损失。" * 40 + "取得谅\n解，宣告缓刑。"
    engine.write(put=[document("a", text)])

    hit = engine.search(Query(Phrase("谅解"))).hits[0]

    snippet = hit.snippets[0]
    assert hit.version == "v-a"
    assert snippet.text == text[snippet.start : snippet.end]
    assert [text[start:end] for start, end in snippet.marks] == ["谅\n解"]


def test_write_replaces_by_key_and_removes(engine: SearchEngine) -> None:
    engine.write(put=[document("a", "旧文"), document("b", "旧文"), document("c", "旧文")])

    engine.write(put=[document("a", "新文")], remove=["b", "unknown"])

    assert keys(engine.search(Query(Phrase("旧文")))) == ["c"]
    assert keys(engine.search(Query(Phrase("新文")))) == ["a"]
    assert engine.state().documents == 2
    assert engine.versions(["a", "b", "c"]) == {"a": "v-a", "c": "v-c"}


def test_last_document_of_a_key_in_one_batch_wins(engine: SearchEngine) -> None:
    engine.write(put=[document("a", "第一稿"), document("a", "第二稿")])

    assert [engine.search(Query(Phrase(text))).total for text in ("第一稿", "第二稿")] == [0, 1]


def test_generation_changes_with_every_change(engine: SearchEngine) -> None:
    empty = engine.state()
    one = engine.write(put=[document("a", "文")])
    none = engine.write(remove=["a"])

    assert len({empty.generation, one.generation, none.generation}) == 3
    assert [empty.documents, one.documents, none.documents] == [0, 1, 0]


def test_many_small_writes_answer_like_one_large_write(engine: SearchEngine) -> None:
    for each in library():
        engine.write(put=[each])
    engine.write(put=[document("injury", "改写后的工伤案例。")], remove=["other-3"])

    page = engine.search(Query(limit=200))

    assert page.total == 19
    assert sorted(keys(page)) == sorted({each.key for each in library()} - {"other-3"})
    assert keys(engine.search(Query(Words("改写 工伤")))) == ["injury"]


def test_rebuild_replaces_everything(engine: SearchEngine) -> None:
    engine.write(put=[document("old", "旧文")])

    state = engine.rebuild([[document("a", "一")], [document("b", "二")]])

    assert state.documents == 2
    assert keys(engine.search(Query())) == ["a", "b"]


def test_empty_index_answers(engine: SearchEngine) -> None:
    page = engine.search(Query(Words("工伤"), facets=("cause",), sort=(SortBy("tier"), SortBy(SCORE, True))))

    assert (page.hits, page.total, page.first, page.after, page.before) == ((), 0, 1, None, None)


def test_tier_then_relevance(engine: SearchEngine) -> None:
    engine.write(
        put=[
            document("best", "工伤工伤工伤", tier=4),
            document("guiding", "工伤与其他许多事情", tier=1),
            document("local", "工伤", tier=4),
        ]
    )

    page = engine.search(Query(Words("工伤"), sort=(SortBy("tier"), SortBy(SCORE, descending=True))))

    assert keys(page) == ["guiding", "best", "local"]


def test_title_weighs_more_than_text(engine: SearchEngine) -> None:
    engine.write(
        put=[document("text", "关于工伤认定", title="甲案"), document("title", "关于责任认定", title="工伤")]
    )

    assert keys(engine.search(Query(Words("工伤")))) == ["title", "text"]


def test_field_limits_a_word_to_one_text(engine: SearchEngine) -> None:
    engine.write(
        put=[document("text", "工伤认定", title="甲案"), document("title", "责任认定", title="工伤")]
    )

    assert keys(engine.search(Query(Words("工伤", "title")))) == ["title"]


def test_filters_hold_together_and_not_excludes(engine: SearchEngine) -> None:
    engine.write(
        put=[
            document("a", "甲", cause="盗窃罪", year=2019),
            document("b", "甲乙", cause="盗窃罪", year=2021),
            document("c", "甲", cause="诈骗罪", year=2021),
        ]
    )
    chosen = (OneOf("cause", ("盗窃罪",)), Between("year", 2020, None))

    assert keys(engine.search(Query(filters=chosen))) == ["b"]
    assert keys(engine.search(Query(Not(Words("乙"))))) == ["a", "c"]


def test_pages_follow_each_other_in_both_directions(engine: SearchEngine) -> None:
    engine.write(
        put=[document(f"k{number:02}", "同样的文字", year=2000 + number % 4) for number in range(23)]
    )
    query = Query(Words("文字"), sort=(SortBy("year", True), SortBy(SCORE, True)), limit=5)
    every = keys(engine.search(Query(query.tree, sort=query.sort, limit=200)))

    there, page = [], engine.search(query)
    while True:
        there.append((page.first, keys(page)))
        if page.after is None:
            break
        page = engine.search(Query(query.tree, sort=query.sort, limit=5, cursor=page.after))
    back = [(page.first, keys(page))]
    while page.before is not None:
        page = engine.search(Query(query.tree, sort=query.sort, limit=5, cursor=page.before))
        back.append((page.first, keys(page)))

    assert [key for _, each in there for key in each] == every
    assert back == there[::-1]
    assert [first for first, _ in there] == [1, 6, 11, 16, 21]


def test_cursor_survives_the_loss_of_its_document(engine: SearchEngine) -> None:
    engine.write(put=[document(f"k{number}", "文字") for number in range(6)])
    page = engine.search(Query(limit=3))

    engine.write(remove=["k2"])

    assert keys(engine.search(Query(limit=3, cursor=page.after))) == ["k3", "k4", "k5"]


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "é", "WyJhZnRlciIsWzEsMl0sImsiXQ"])
def test_foreign_cursor_is_refused(engine: SearchEngine, cursor: str) -> None:
    with pytest.raises(CursorUnreadable):
        engine.search(Query(cursor=cursor))


def test_unknown_names_are_refused(engine: SearchEngine) -> None:
    with pytest.raises(ValueError, match="unknown facet: colour"):
        engine.search(Query(facets=("colour",)))
    with pytest.raises(ValueError, match="unknown number: weight"):
        engine.search(Query(sort=(SortBy("weight"),)))
    with pytest.raises(ValueError, match="unknown text: body"):
        engine.write(put=[Document("a", "v", {"body": "文"})])


def test_like_finds_the_case_that_shares_most_telling_words(engine: SearchEngine) -> None:
    engine.write(put=library())
    facts = "执行法院裁定终结本次执行程序，申请人发现新的财产线索，请求恢复执行，法院未答复。"

    assert keys(engine.search(Query(Like(facts))))[0] == "closed"


texts = st.text(alphabet="工伤轻终本，ａA1 \n", max_size=12)
libraries = st.lists(
    st.tuples(texts, st.sampled_from(["盗窃罪", "诈骗罪"]), st.integers(2018, 2020)), min_size=1, max_size=8
)


def some_documents(rows: list[tuple[str, str, int]]) -> list[Document]:
    return [document(f"k{at}", text, cause=cause, year=year) for at, (text, cause, year) in enumerate(rows)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=libraries, needle=texts)
def test_phrase_is_a_substring_after_normalisation(
    both: Fill, rows: list[tuple[str, str, int]], needle: str
) -> None:
    documents = some_documents(rows)
    wanted = squeeze(needle)
    expected = [
        each.key for each in documents if wanted and any(wanted in squeeze(t) for t in each.texts.values())
    ]

    for engine in both(documents):
        assert sorted(keys(engine.search(Query(Phrase(needle), limit=200)))) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=libraries, typed=st.text(alphabet="工伤轻终本a 或非与", max_size=8))
def test_engines_agree_and_facet_counts_equal_the_hits(
    both: Fill, rows: list[tuple[str, str, int]], typed: str
) -> None:
    engines = both(some_documents(rows))
    tree = widen(_parsed(typed)).tree
    query = Query(tree, facets=("cause",), limit=200)

    pages = [engine.search(query) for engine in engines]

    assert all(page == pages[0] for page in pages)
    for count in pages[0].facets[0].counts:
        chosen = engines[0].search(Query(tree, filters=(OneOf("cause", (count.value,)),), facets=("cause",)))
        assert chosen.total == count.hits
        assert FacetCount(count.value, count.hits) in chosen.facets[0].counts


def _parsed(typed: str) -> Words | None:
    return Words(typed) if typed.strip() else None


def test_engines_answer_the_acceptance_queries_alike(both: Fill) -> None:
    engines = both(library())

    for typed in [*ACCEPTANCE, "合同 OR 工伤", "非 合同", "本院认为，合同", "年:2020"]:
        pages = [
            engine.search(Query(widen(parse(typed, {})).tree, facets=SHAPE.facets)) for engine in engines
        ]
        assert all(page == pages[0] for page in pages)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=libraries, typed=st.text(alphabet="工伤轻终本a", max_size=4))
def test_filter_shows_nothing_of_documents_it_excludes(
    both: Fill, rows: list[tuple[str, str, int]], typed: str
) -> None:
    documents = some_documents(rows)
    readable = [each for each in documents if each.facets["cause"] == ("盗窃罪",)]
    query = Query(_parsed(typed), filters=(OneOf("cause", ("盗窃罪",)),), facets=SHAPE.facets, limit=200)

    filtered = [shown(engine.search(query)) for engine in both(documents)]
    alone = [shown(engine.search(query)) for engine in both(readable)]

    assert filtered == alone


def shown(page: Page) -> tuple[object, ...]:
    """What a reader sees of a page, scores aside: these weigh words by all documents."""
    hits = sorted((hit.key, hit.version, hit.snippets) for hit in page.hits)
    return page.total, hits, page.facets
