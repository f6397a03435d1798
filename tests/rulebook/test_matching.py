"""The published weights of matching: they add up, and what cannot be meant is refused."""

from dataclasses import replace

import pytest

from review_app.errors import ReviewError
from review_app.rulebook import versions
from review_app.rulebook.matching import impossible_weights, load_matching

RULES = load_matching()


def test_weights_of_every_template_add_up_to_a_hundred() -> None:
    sums = {name: RULES.weights_for(name).total for name in ("GEN", "CRIM", "CIV", "ADM", "EXE", "POL")}

    assert sums == dict.fromkeys(sums, 100)
    assert RULES.weights_for("EXE") != RULES.weights_for("CIV")


def test_weights_are_no_version_of_the_rules_of_a_review() -> None:
    assert not [one for one in versions() if one.startswith("matching")]


@pytest.mark.parametrize("version", ["9", "../2024", ""])
def test_unknown_version_is_refused(version: str) -> None:
    with pytest.raises(ReviewError):
        load_matching(version)


def test_impossible_values_are_named_by_their_path() -> None:
    odd = replace(
        RULES,
        weights=replace(RULES.weights, specialty=41),
        rotation=replace(RULES.rotation, less_per_panel=-1),
        noise=200_000,
        quality_floor=-1,
    )

    assert [one.path for one in impossible_weights(odd)] == [
        "weights", "rotation.less_per_panel", "noise", "quality_floor",
    ]  # fmt: skip
