"""Organisations are compared in their tree, never by letters (pitfall P26)."""

import pytest

from review_app.panels.units import Unit, UnitTree
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
