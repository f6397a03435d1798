from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.precedents.library import FACETS, Asked
from review_app.saved_searches.questions import Kept, fingerprint, from_json, kept, to_json

WORDS = st.text(min_size=1, max_size=8).filter(lambda text: text.strip() == text)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
QUESTIONS = st.builds(
    kept,
    st.builds(
        Asked,
        q=st.text(max_size=20),
        chosen=st.dictionaries(st.sampled_from(FACETS), LISTS, max_size=3),
        year_from=st.none() | st.integers(1900, 2100),
        year_to=st.none() | st.integers(1900, 2100),
        sort=st.sampled_from(("tier", "newest")),
        without=st.frozensets(WORDS, max_size=3),
        cursor=st.none() | st.just("somewhere"),
        like=st.just("") | WORDS,
        like_causes=LISTS,
        boost=st.booleans(),
    ),
    similar=st.booleans(),
    like_case=st.none() | st.integers(1, 10**9),
)


@settings(max_examples=50, deadline=None)
@given(question=QUESTIONS)
def test_stored_question_is_the_question(question: Kept) -> None:
    assert from_json(to_json(question)) == question


def test_every_part_of_a_question_is_kept_but_the_place_in_the_result() -> None:
    changed = {
        "bool": False,
        "str": "x",
        "tuple": ("x",),
        "frozenset": frozenset({"x"}),
        "dict": {"law": ("x",)},
    }
    lost = []
    for each in fields(Asked):
        default = getattr(Asked(), each.name)
        value = changed.get(type(default).__name__, 7)
        if from_json(to_json(kept(replace(Asked(), **{each.name: value})))).asked == Asked():
            lost.append(each.name)

    assert lost == ["cursor", "like"]


def test_question_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="fuzzy"):
        from_json('{"asked":{"q":"工伤","fuzzy":3},"similar":false,"like_case":null}')


def test_same_question_has_the_same_fingerprint_whatever_the_order_of_the_result() -> None:
    plain = fingerprint(kept(Asked(q="工伤")), None)

    assert fingerprint(kept(Asked(q=" 工伤 ", sort="newest", cursor="x")), None) == plain
    assert fingerprint(kept(Asked(q="工伤", year_from=2020)), None) != plain
    assert fingerprint(kept(Asked(q="工伤")), 7) != plain


@pytest.mark.parametrize(
    ("asked", "similar", "is_empty"),
    [
        (Asked(q="  ", sort="newest", without=frozenset({"交事"})), False, True),
        (Asked(chosen={"law": ()}), False, True),
        (Asked(chosen={"law": ("刑法第133条",)}), False, False),
        (Asked(year_to=2020), False, False),
        (Asked(parts=("facts",)), True, False),
    ],
)
def test_question_that_asks_nothing_is_empty(asked: Asked, similar: bool, is_empty: bool) -> None:
    assert kept(asked, similar=similar).is_empty is is_empty
