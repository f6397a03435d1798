"""Documents like a whole text in every engine: what is found, in which order, and why."""

from pathlib import Path

import pytest

from search_index.engine import Document, Lift, OneOf, Part, Query, SearchEngine, Shape
from search_index.engines import ENGINES, open_engine
from search_index.similar import like_question
from search_index.tree import Like

SHAPE = Shape(
    texts={"title": 3.0, "text": 1.0},
    quoted=("text",),
    facets=("cause",),
    numbers=("year", "from", "to"),
    echo=Part("text", "from", "to"),
)
FACTS = "被告人深夜翻越围墙进入电缆仓库，剪断铜芯电缆装车运走"
REASONING = "本院认为，以非法占有为目的秘密窃取财物，数额巨大，系累犯。"


def case(key: str, facts: str, reasoning: str, cause: str) -> Document:
    text = f"经查，{facts}。{reasoning}"
    start = text.index("。") + 1
    return Document(
        key, "1", {"title": key, "text": text}, {"cause": (cause,)}, {"from": start, "to": len(text)}
    )


def library() -> list[Document]:
    """Three cases of the same facts, one that shares a few words and all the reasoning, one that shares the few words
    alone, and others."""
    sales = (f"出卖人交付货物{number}吨后买受人拖欠货款" for number in range(12))
    return [
        *(case(f"cable-{n}", f"{FACTS}{'多次' * n}", REASONING, "盗窃罪") for n in range(3)),
        case("same-reasons", "被告人剪断电缆时伤人", REASONING, "盗窃罪"),
        case(
            "other-reasons",
            "被告人剪断电缆时伤人",
            "本院认为，施工过失造成停电，应当赔偿损失。",
            "侵权责任纠纷",
        ),
        *(case(f"sale-{n}", facts, "本院认为，合同有效。", "买卖合同纠纷") for n, facts in enumerate(sales)),
    ]


@pytest.fixture(params=list(ENGINES))
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    engine = open_engine(str(request.param), tmp_path / "index", SHAPE)
    engine.write(put=library())
    return engine


def keys(engine: SearchEngine, *lifts: Lift, **more: object) -> list[str]:
    return [hit.key for hit in engine.search(Query(Like(FACTS), lifts=lifts, **more)).hits]  # type: ignore[arg-type]


def test_words_of_the_best_reasoning_bring_up_what_reasons_alike(filled: SearchEngine) -> None:
    order = keys(filled)

    assert order[-2:] == ["same-reasons", "other-reasons"]
    assert set(order[:3]) == {"cable-0", "cable-1", "cable-2"}


def test_boost_and_echo_change_the_order_alone(filled: SearchEngine) -> None:
    bare = filled.search(Query(Like(FACTS), facets=("cause",)))
    boosted = filled.search(Query(Like(FACTS), facets=("cause",), lifts=(Lift("cause", 2.0, ("侵权责任",)),)))

    assert (boosted.total, boosted.facets) == (bare.total, bare.facets)
    assert {hit.key for hit in boosted.hits} == {hit.key for hit in bare.hits}


def test_votes_are_cast_by_the_hits_that_pass_the_filters(filled: SearchEngine) -> None:
    asked = Query(Like(FACTS), (OneOf("cause", ("侵权责任纠纷",)),), lifts=(Lift("cause", 1.0),))

    page = filled.search(asked)

    assert [hit.key for hit in page.hits] == ["other-reasons"]
    assert page.lifted == (Lift("cause", 1.0, ("侵权责任纠纷",), (1.0,)),)


def test_pages_of_like_documents_have_no_gap(filled: SearchEngine) -> None:
    lift = Lift("cause", 1.0)
    page = filled.search(Query(Like(FACTS), lifts=(lift,), limit=2))
    found = [hit.key for hit in page.hits]
    while page.after:
        page = filled.search(Query(Like(FACTS), lifts=(lift,), limit=2, cursor=page.after))
        found += [hit.key for hit in page.hits]

    assert found == keys(filled, lift)


def test_engines_order_like_documents_alike(tmp_path: Path) -> None:
    engines = [open_engine(name, tmp_path / name, SHAPE) for name in ENGINES]
    for engine in engines:
        engine.write(put=library())
    asked = Query(Like(FACTS), lifts=(Lift("cause", 1.0),), snippets=0)

    pages = [[(hit.key, hit.score) for hit in engine.search(asked).hits] for engine in engines]

    assert pages[0] and all(page == pages[0] for page in pages)


def test_question_asks_for_likeness_and_the_statutes_of_the_best() -> None:
    assert like_question("欠钱不还怎么办", "statute") == (Like("欠钱不还怎么办"), (Lift("statute", 0.2),))
