from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app.rulebook.reading import InvalidData, merged, parse_json, parse_yaml, read, to_json


class Colour(StrEnum):
    RED = "RED"
    GREEN = "GREEN"


@dataclass(frozen=True)
class Inner:
    points: Decimal
    pair: tuple[int, int] = (1, 2)


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner
    sizes: Mapping[int, bool]
    notes: tuple[str, ...] = ()
    colour: Colour | None = None


GOOD = {"name": "甲", "inner": {"points": 0.5}, "sizes": {3: True}, "colour": "RED"}


def problems_of(data: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidData) as caught:
        read(Outer, data)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_read_gives_the_frozen_record() -> None:
    outer = read(Outer, GOOD)

    assert outer == Outer("甲", Inner(Decimal("0.5")), {3: True}, (), Colour.RED)


def test_read_takes_numbers_as_keys_from_json_text() -> None:
    outer = read(Outer, parse_json('{"name":"甲","inner":{"points":1.5},"sizes":{"3":true}}'))

    assert outer.sizes == {3: True}
    assert outer.inner.points == Decimal("1.5")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"naem": "甲"}, ("naem", "unknown_key")),
        ({"name": 3}, ("name", "type")),
        ({"name": None}, ("name", "type")),
        ({"inner": []}, ("inner", "type")),
        ({"inner": {"points": "3"}}, ("inner.points", "type")),
        ({"inner": {"points": True}}, ("inner.points", "type")),
        ({"inner": {"points": float("nan")}}, ("inner.points", "type")),
        ({"inner": {"points": Decimal("1e999999999")}}, ("inner.points", "type")),
        ({"inner": {"points": 1, "pair": [1]}}, ("inner.pair", "length")),
        ({"inner": {"points": 1, "pair": [1, 2.5]}}, ("inner.pair[1]", "type")),
        ({"sizes": {"x": True}}, ("sizes.x", "type")),
        ({"sizes": {3: 1}}, ("sizes.3", "type")),
        ({"notes": "一"}, ("notes", "type")),
        ({"notes": ["一", 2]}, ("notes[1]", "type")),
        ({"colour": "BLUE"}, ("colour", "choice")),
    ],
)
def test_read_names_the_place_of_what_is_wrong(change: dict[str, object], expected: tuple[str, str]) -> None:
    assert problems_of({**GOOD, **change}) == [expected]


def test_read_lists_everything_at_once() -> None:
    assert problems_of({"inner": {"points": "x"}, "sizes": 1, "more": 2}) == [
        ("more", "unknown_key"),
        ("name", "missing_key"),
        ("inner.points", "type"),
        ("sizes", "type"),
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[NaN]", '{"a":1,"a":2}', "[" * 5000, "1" * 5000, b"\xff", "[1e99999999999999999999]"]
)
def test_parse_json_refuses(text: str | bytes) -> None:
    with pytest.raises(InvalidData) as caught:
        parse_json(text)

    assert [problem.code for problem in caught.value.problems] == ["json"]


@pytest.mark.parametrize("text", ["a: 1\na: 2", "a: [", "!!python/object:os.system {}", "{[1]: 2}"])
def test_parse_yaml_refuses(text: str) -> None:
    with pytest.raises(InvalidData):
        parse_yaml(text)


def test_to_json_writes_exact_numbers() -> None:
    assert to_json([Decimal("75.0"), Decimal("97.5"), "甲"]) == '[\n  75,\n  97.5,\n  "甲"\n]'


def test_merged_keeps_what_is_not_changed() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 9}}) == {"a": {"b": 9, "c": 2}, "d": 3}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*GOOD, "other"), json_values)))
def test_read_never_fails_otherwise(data: object) -> None:
    try:
        outer = read(Outer, data)
    except InvalidData as error:
        assert error.problems
        assert str(error)
    else:
        assert isinstance(outer, Outer)
