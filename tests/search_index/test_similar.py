"""Cases like a given one: names of causes, votes, and how a lift moves hits."""

from collections.abc import Callable

import pytest

from search_index.engine import Document, Lift, Page, Query, SearchEngine
from search_index.similar import same_name, same_names, voted
from search_index.tree import Like
from tests.search_index.conftest import document

FACTS = "被告人夜间翻墙进入仓库，窃取电缆三百米，销赃得款后被抓获"


def library() -> list[Document]:
    """Five cases about a stolen cable under two causes; the plainest one has a cause of its own."""
    return [
        document("plain", f"{FACTS}。", cause="掩饰、隐瞒犯罪所得罪"),
        *(document(f"theft-{n}", f"{FACTS}，{n}次作案，退赔失主损失。", cause="盗窃罪") for n in range(4)),
        *(
            document(f"sale-{n}", f"出卖人交付货物{n}吨，买受人未付货款。", cause="买卖合同纠纷")
            for n in range(6)
        ),
    ]


def asked(engine: SearchEngine, *lifts: Lift, limit: int = 10, cursor: str | None = None) -> Page:
    return engine.search(Query(Like(FACTS), lifts=lifts, limit=limit, cursor=cursor))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("盗窃罪", "盗窃"),
        ("盗窃", "盗窃"),
        ("民间借贷纠纷", "民间借贷"),
        ("工伤认定", "工伤认定"),
        ("犯罪", "犯罪"),
    ],
)
def test_cause_is_compared_without_its_ending(name: str, bare: str) -> None:
    assert same_name(name) == bare


def test_stated_causes_are_those_the_library_knows_by_either_spelling() -> None:
    known = ["盗窃罪", "盗窃", "诈骗罪", "民间借贷纠纷"]

    assert same_names(["盗窃", "民间借贷", "抢劫罪"], known) == ("民间借贷纠纷", "盗窃", "盗窃罪")


def test_most_frequent_cause_of_the_best_hits_is_voted() -> None:
    assert voted([("盗窃罪",), ("盗窃罪", "抢劫罪"), ("盗窃罪",), ("诈骗罪",), ()]) == ("盗窃罪",)
    assert voted([("盗窃罪", "抢劫罪")] * 3 + [("盗窃罪",)] * 2) == ("抢劫罪", "盗窃罪")
    assert voted([("盗窃罪",), ("诈骗罪",)]) == ()


def test_lift_moves_hits_and_nothing_else(engine: SearchEngine) -> None:
    engine.write(put=library())

    bare, lifted = asked(engine), asked(engine, Lift("cause", 0.5, ("盗窃",)))

    assert bare.hits[0].key == "plain"
    assert [hit.key for hit in lifted.hits] == ["theft-0", "theft-1", "theft-2", "theft-3", "plain"]
    assert (bare.lifted, lifted.lifted) == ((), (Lift("cause", 0.5, ("盗窃罪",)),))
    assert bare.total == lifted.total == 5


def test_without_a_stated_cause_the_best_hits_vote(engine: SearchEngine) -> None:
    engine.write(put=library())

    page = asked(engine, Lift("cause", 0.5))

    assert page.lifted == (Lift("cause", 0.5, ("盗窃罪",)),)
    assert page.hits[0].key == "theft-0"


def test_cause_that_nobody_has_lifts_nothing(engine: SearchEngine) -> None:
    engine.write(put=library())

    assert asked(engine, Lift("cause", 0.5, ("抢劫罪",))) == asked(engine)


def test_lifted_hits_are_paged_without_gap_or_repeat(engine: SearchEngine) -> None:
    engine.write(put=library())
    lift = Lift("cause", 0.5)

    first = asked(engine, lift, limit=2)
    second = asked(engine, lift, limit=2, cursor=first.after)
    third = asked(engine, lift, limit=2, cursor=second.after)

    every = [hit.key for page in (first, second, third) for hit in page.hits]
    assert every == [hit.key for hit in asked(engine, lift).hits]
    assert asked(engine, lift, limit=2, cursor=second.before) == first


def test_engines_lift_alike(both: Callable[[list[Document]], list[SearchEngine]]) -> None:
    pages = [asked(engine, Lift("cause", 0.25)) for engine in both(library())]

    assert all(
        [(h.key, h.score) for h in page.hits] == [(h.key, h.score) for h in pages[0].hits] for page in pages
    )
