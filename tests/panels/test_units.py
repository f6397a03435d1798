"""Organisations are compared in their tree, never by letters (pitfall P26)."""

import pytest

from review_app.panels.units import Unit, UnitTree, plain_body
from tests.panels.made import TREE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("COURT", "COURT", True),
        ("TRIBUNAL", "COURT", True),
        ("COURT", "CITY-COURT", False),
        ("COURT", "POLICE", False),
        ("", "", False),
        (None, "COURT", False),
        ("UNKNOWN", "COURT", False),
        ("UNKNOWN", "UNKNOWN", True),
    ],
)
def test_same_organ(one: str | None, other: str | None, same: bool) -> None:
    assert TREE.same_organ(one, other) is same


def test_units_of_unknown_kind_or_level_are_not_divisions() -> None:
    tree = UnitTree.of([Unit("A"), Unit("B", "A"), Unit("C", kind="COURT"), Unit("D", "C", "COURT")])

    assert not tree.same_organ("A", "B")
    assert not tree.same_organ("C", "D")


def test_a_circle_in_the_tree_ends() -> None:
    tree = UnitTree.of([Unit("A", "B", "COURT", "CITY"), Unit("B", "A", "COURT", "CITY")])

    assert tree.organ_of("A") == "B"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("海岱建材（渤宁）有限责任公司", "海岱建材(渤宁)有限公司", True),
        ("海岱建材股份有限公司", "海岱建材公司", True),
        ("海岱建材有限公司", "海岱建材有限公司渤宁分公司", False),
        ("海岱衡正律师事务所", "海岱衡正 律师事务所", True),
        ("青岚市人民法院", "青岚市人民检察院", False),
    ],
)
def test_names_of_bodies(one: str, other: str, same: bool) -> None:
    assert (plain_body(one) == plain_body(other)) is same
