"""Cases like a given one: names of causes, votes, and how a lift moves hits."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from search_index.engine import Document, Lift, Page, Part, Query, SearchEngine, Shape
from search_index.similar import (
    ECHO,
    SCALE,
    are_alike,
    echo_candidates,
    echo_text,
    echo_words,
    factor,
    filled,
    pair_times,
    same_name,
    same_names,
    text_pairs,
    voted,
)
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


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("房屋买卖合同纠纷", "买卖合同纠纷", True),
        ("走私、贩卖、运输、制造毒品罪", "贩卖毒品罪", True),
        ("掩饰、隐瞒犯罪所得、犯罪所得收益罪", "掩饰、隐瞒犯罪所得罪", True),
        ("合同纠纷", "买卖合同纠纷", True),
        ("故意伤害罪", "故意杀人罪", False),
        ("民间借贷纠纷", "金融借款合同纠纷", False),
        ("行政处罚", "行政强制", False),
        ("盗窃罪", "诈骗罪", False),
        ("刑法第133条", "刑法第133条之1", False),
        ("刑法第133条", "刑法第133条", True),
    ],
)
def test_kinds_of_one_cause_are_alike(one: str, other: str, alike: bool) -> None:
    assert are_alike(one, other) is are_alike(other, one) is alike


def test_best_hits_vote_by_their_closeness() -> None:
    ballots: list[tuple[float, tuple[str, ...]]] = [
        (8.0, ("盗窃罪",)),
        (8.0, ("盗窃罪", "抢劫罪")),
        (4.0, ("诈骗罪", "诈骗罪")),
        (1.0, ("受贿罪",)),
        (8.0, ()),
    ]

    assert voted(ballots) == {"盗窃罪": 1.0, "抢劫罪": 0.5}
    assert voted([(8.0, ("盗窃罪",)), (4.0, ("诈骗罪",))]) == {"盗窃罪": 1.0, "诈骗罪": 0.0625}
    assert voted([(0.0, ("盗窃罪",))]) == voted([]) == {}


def test_document_is_lifted_by_its_strongest_value() -> None:
    cause = filled(Lift("cause", 0.5), (), [(8.0, ("盗窃罪",)), (8.0, ("盗窃罪", "抢劫罪"))])
    law = filled(Lift("law", 0.25, ("刑法第264条",)), ["刑法第264条", "刑法第72条"], ())

    assert factor((cause, law), {"cause": ("抢劫罪", "盗窃罪"), "law": ("刑法第264条",)}) == 1.5 * 1.25
    assert factor((cause,), {"cause": ("抢劫罪",)}) == 1.25
    assert factor((cause, law), {}) == 1.0


def test_pairs_of_characters_are_counted_wherever_they_stand() -> None:
    pairs = text_pairs("窃取电缆，电缆三百米")

    assert pairs == ("窃取", "取电", "电缆", "缆三", "三百", "百米")
    assert pair_times(pairs, "电缆电缆窃取").tolist() == [1, 0, 2, 0, 0, 0]
    assert pair_times(("看看",), "看看看").tolist() == [2]
    assert pair_times(pairs, "").tolist() == [0] * 6
    assert pair_times((), "电缆").tolist() == []


def test_echo_is_read_in_the_part_that_the_document_names() -> None:
    shape = Shape({"text": 1.0}, ("text",), numbers=("from", "to"), echo=Part("text", "from", "to"))

    assert echo_text(shape, "事实。本院认为构成盗窃罪。", {"from": 3, "to": 7}) == "本院认为"
    assert echo_text(shape, "事实。本院认为构成盗窃罪。", {"from": 3}) == ""
    assert echo_text(replace(shape, echo=Part("text")), "事实。", {}) == "事实。"


def test_words_that_only_one_of_the_best_hits_has_are_not_echoed() -> None:
    texts = [(8.0, "入户盗窃，从轻处罚"), (4.0, "入户盗窃，累犯"), (2.0, "")]

    candidates = echo_candidates(texts)

    assert list(candidates) == ["入户", "盗窃"] or list(candidates) == ["盗窃", "入户"]
    assert echo_candidates([]) == echo_candidates([(0.0, "盗窃"), (0.0, "盗窃")]) == {}


def test_echoed_words_weigh_together_what_the_scale_gives() -> None:
    asked = echo_words({"入户": 2.0, "盗窃": 1.0, "被告人": 9.0}, {"入户": 1.0, "盗窃": 2.0})

    assert asked == {"入户": SCALE * ECHO * 2 / 4, "盗窃": SCALE * ECHO * 1 / 4}
    assert echo_words({"被告人": 9.0}, {}) == {}


def test_lift_moves_hits_and_nothing_else(engine: SearchEngine) -> None:
    engine.write(put=library())

    bare, lifted = asked(engine), asked(engine, Lift("cause", 0.5, ("盗窃",)))

    assert bare.hits[0].key == "plain"
    assert [hit.key for hit in lifted.hits] == ["theft-0", "theft-1", "theft-2", "theft-3", "plain"]
    assert (bare.lifted, lifted.lifted) == ((), (Lift("cause", 0.5, ("盗窃罪",), (1.0,)),))
    assert bare.total == lifted.total == 5


def test_without_a_stated_cause_the_best_hits_vote(engine: SearchEngine) -> None:
    engine.write(put=library())

    page = asked(engine, Lift("cause", 0.5))

    assert [lift.values[0] for lift in page.lifted] == ["盗窃罪"]
    assert page.hits[0].key == "theft-0"


def test_cause_that_nobody_has_lifts_nothing(engine: SearchEngine) -> None:
    engine.write(put=library())

    assert asked(engine, Lift("cause", 0.5, ("危险驾驶罪",))) == asked(engine)


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
