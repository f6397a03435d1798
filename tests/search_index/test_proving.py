"""What no index can answer is proved on the text: nearness, wildcards, spellings of articles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.folding import paragraph_ends, squeeze
from search_index.proving import asks_paragraphs, needed, places, times
from search_index.tree import Cited, Near, Node, Or, Phrase, Unit, Wild, Words

TEXT = "甲驾车逃逸。乙当场报警，甲的家属\n赔偿了损失。\n法院认为甲构成逃逸，未报警；乙有过错。"


def shown(node: Cited | Wild | Near, text: str) -> list[str]:
    squeezed = squeeze(text)
    return [squeezed[start:end] for start, end in places(node, squeezed, paragraph_ends(text))]


def near(unit: Unit, *words: str, distance: int = 0) -> Near:
    return Near(tuple(map(Words, words)), unit, distance)


@pytest.mark.parametrize(
    ("node", "marked"),
    [
        (near(Unit.SENTENCE, "逃逸", "报警"), ["逃逸", "报警"]),
        (near(Unit.SENTENCE, "驾车", "报警"), []),
        (near(Unit.SENTENCE, "报警", "家属", "损失"), ["报警", "家属", "损失"]),
        (near(Unit.PARAGRAPH, "驾车", "报警"), ["驾车", "报警"]),
        (near(Unit.PARAGRAPH, "驾车", "过错"), []),
        (near(Unit.CHARACTERS, "报警", "逃逸", distance=2), ["逃逸", "报警"]),
        (near(Unit.CHARACTERS, "报警", "逃逸", distance=1), []),
        (near(Unit.CHARACTERS, "逃逸", "报警", distance=5), ["逃逸", "报警", "逃逸", "报警"]),
        (
            Near((near(Unit.CHARACTERS, "甲", "逃逸", distance=2), Words("构成")), Unit.SENTENCE),
            ["甲", "构成", "逃逸"],
        ),
        (Near((Or((Words("停车"), Words("报警"))), Phrase("过错")), Unit.SENTENCE), ["报警", "过错"]),
        (Wild(("甲", "逃逸"), ((0, 20),)), ["甲驾车逃逸", "甲构成逃逸"]),
        (Wild(("甲", "逃逸"), ((1, 1),)), []),
        (Wild(("甲", "逃逸"), ((2, 2),)), ["甲驾车逃逸", "甲构成逃逸"]),
        (Wild(("逃逸", "报警"), ((0, 20),)), ["逃逸,未报警"]),
        (Cited(("第5条", "第五条")), []),
    ],
)
def test_words_are_proved_and_marked(node: Cited | Wild | Near, marked: list[str]) -> None:
    assert shown(node, TEXT) == marked
    assert (times(node, squeeze(TEXT), paragraph_ends(TEXT)) > 0) is bool(marked)


def test_article_is_not_another_that_begins_alike() -> None:
    text = "第133条之一、第133条之规定、第一百三十三条，第一百三十三条之二"

    assert shown(Cited(("第133条", "第一百三十三条")), text) == ["第133条", "第一百三十三条"]
    assert shown(Cited(("第133条之1", "第133条之一")), "第133条之一、第133条之十一、第133条之12") == [
        "第133条之一"
    ]


def test_candidates_need_what_every_match_has() -> None:
    node = Near((Or((Phrase("逃 逸"), Wild(("离", "现场"), ((0, 5),)))), Words("报警")), Unit.SENTENCE)

    assert needed(node) == (("逃逸", "现场"), ("报警",))
    assert asks_paragraphs(node)
    assert not asks_paragraphs(near(Unit.CHARACTERS, "甲", "乙", distance=3))


some_words = st.text(alphabet="甲乙丙", min_size=1, max_size=2).map(Words)
some_wild = st.tuples(
    *[st.text(alphabet="甲乙。", min_size=1, max_size=2)] * 2, st.integers(0, 2), st.integers(0, 3)
).map(lambda drawn: Wild((drawn[0], drawn[1]), ((drawn[2], drawn[2] + drawn[3]),)))
some_nodes: st.SearchStrategy[Node] = st.recursive(
    some_words | some_wild,
    lambda inner: (
        st.builds(Near, st.tuples(inner, inner), st.sampled_from(Unit), st.integers(0, 3))
        | st.builds(Or, st.tuples(inner, inner))
    ),
    max_leaves=5,
)
texts = st.text(alphabet="甲乙丙，。\n", max_size=40)


@given(some_nodes.filter(lambda node: isinstance(node, Near)), texts)
def test_what_holds_has_all_it_needs_and_marks_inside_the_text(node: Near, text: str) -> None:
    squeezed = squeeze(text)
    found = places(node, squeezed, paragraph_ends(text))

    if times(node, squeezed, paragraph_ends(text)):
        assert found
        assert all(any(needle in squeezed for needle in group) for group in needed(node))
    assert all(0 <= start < end <= len(squeezed) for start, end in found)


@given(
    st.text(alphabet="甲乙丙", min_size=1, max_size=2),
    st.text(alphabet="甲乙丙", min_size=1, max_size=2),
    texts,
    st.integers(0, 5),
)
def test_distance_is_the_characters_between(one: str, other: str, text: str, distance: int) -> None:
    squeezed = squeeze(text)
    starts = [[match.start() for match in re.finditer(f"(?={word})", squeezed)] for word in (one, other)]
    expected = any(
        max(b - a - len(one), a - b - len(other)) <= distance for a in starts[0] for b in starts[1]
    )

    assert bool(times(near(Unit.CHARACTERS, one, other, distance=distance), squeezed)) is expected


@given(
    st.text(alphabet="甲乙", min_size=1, max_size=2),
    st.text(alphabet="甲乙", min_size=1, max_size=2),
    texts,
    st.integers(0, 2),
    st.integers(0, 3),
)
def test_wildcard_is_a_regular_expression_inside_a_sentence(
    one: str, other: str, text: str, fewest: int, more: int
) -> None:
    squeezed = squeeze(text)
    pattern = f"{one}[^。!?]{{{fewest},{fewest + more}}}{other}"

    assert bool(times(Wild((one, other), ((fewest, fewest + more),)), squeezed)) is bool(
        re.search(pattern, squeezed)
    )


@given(
    st.text(alphabet="甲乙丙", min_size=1, max_size=2),
    st.text(alphabet="甲乙丙", min_size=1, max_size=2),
    texts,
)
def test_same_sentence_is_what_a_reader_takes_for_one(one: str, other: str, text: str) -> None:
    squeezed, ends = squeeze(text), paragraph_ends(text)
    paragraphs = [squeezed[start:end] for start, end in zip((0, *ends), (*ends, len(squeezed)), strict=True)]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.split("。")]

    assert times(near(Unit.SENTENCE, one, other), squeezed, ends) == sum(
        one in each and other in each for each in sentences
    )
    assert times(near(Unit.PARAGRAPH, one, other), squeezed, ends) == sum(
        one in each and other in each for each in paragraphs
    )


def test_long_text_is_read_in_one_pass_for_each_word() -> None:
    text = "甲乙。" * 10_000

    assert times(near(Unit.SENTENCE, "甲", "乙"), text) == 10_000
    assert times(Wild(("甲", "乙", "。"), ((0, 20), (0, 20))), text) == 10_000
    assert (
        times(Near((near(Unit.CHARACTERS, "甲", "乙", distance=9), Words("。")), Unit.CHARACTERS, 9), text)
        > 0
    )
