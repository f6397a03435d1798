from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
import yaml

from review_app import rulebook
from review_app.errors import ReviewError
from review_app.form_templates import catalogue as catalogues
from review_app.form_templates.catalogue import dimension_of
from review_app.rulebook.reading import InvalidData

CATALOGUE = catalogues.load()


def test_catalogue_has_64_deductions() -> None:
    per_dimension = Counter(dimension_of(code) for code in CATALOGUE.deductions)

    assert [per_dimension[dimension] for dimension in rulebook.load().dimensions] == [7, 8, 8, 12, 7, 6, 9, 7]
    assert len(CATALOGUE.deductions) == 64


def test_codes_are_numbered_without_gaps() -> None:
    for dimension, count in Counter(dimension_of(code) for code in CATALOGUE.deductions).items():
        wanted = [f"{dimension}-{number:02}" for number in range(1, count + 1)]
        assert [code for code in CATALOGUE.deductions if dimension_of(code) == dimension] == wanted


def test_only_the_discipline_clue_is_record_only() -> None:
    assert [code for code, item in CATALOGUE.deductions.items() if item.severity == "S0"] == ["D6-04"]


def test_vetoes_run_from_v01_to_v11() -> None:
    assert list(CATALOGUE.vetoes) == [f"V{number:02}" for number in range(1, 12)]
    assert [code for code, item in CATALOGUE.vetoes.items() if item.alone] == ["V10", "V11"]
    assert [code for code, item in CATALOGUE.vetoes.items() if item.documentary] == ["V11"]


def test_vetoes_hang_on_grave_deductions_only() -> None:
    with_veto = {code: item.veto for code, item in CATALOGUE.deductions.items() if item.veto}

    assert with_veto == {
        "D1-01": ("V01", "V04"),
        "D2-01": ("V02", "V03"),
        "D3-01": ("V01", "V05"),
        "D4-01": ("V06",),
        "D4-02": ("V07",),
        "D4-04": ("V08",),
        "D7-01": ("V09",),
        "D7-03": ("V09",),
    }
    assert {CATALOGUE.deductions[code].severity for code in with_veto} == {"S4"}


def test_exceeded_time_limit_may_rise_to_serious() -> None:
    assert CATALOGUE.severities("D4-05") == ("S2", "S3", "S0")
    assert CATALOGUE.severities("D4-06") == ("S2", "S0")


@pytest.mark.parametrize(
    ("template", "count"), [("GEN", 49), ("CRIM", 55), ("CIV", 54), ("ADM", 55), ("EXE", 59), ("POL", 55)]
)
def test_each_template_offers_its_own_deductions(template: str, count: int) -> None:
    offered = CATALOGUE.for_template(template)

    assert len(offered) == count
    assert all(template in item.templates for item in offered.values())


def test_every_item_has_both_languages_and_a_known_template() -> None:
    templates = set(rulebook.load().templates)

    for item in CATALOGUE.deductions.values():
        assert item.zh
        assert item.en
        assert set(item.templates) <= templates


def test_catalogue_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CATALOGUE.deductions["D1-01"].severity = "S1"  # type: ignore[misc]


@pytest.mark.parametrize("version", ["1999", "../../rulebook/data/2024.1", ""])
def test_unknown_version_is_explained(version: str) -> None:
    with pytest.raises(ReviewError, match="没有版本为"):
        catalogues.load(version)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"severity": "S9"}, "deductions.D1-01"),
        ({"veto": ["V99"]}, "deductions.D1-01.veto"),
        ({"colour": "red"}, "deductions.D1-01.colour"),
        ({"zh": None}, "deductions.D1-01.zh"),
    ],
)
def test_impossible_item_is_named(change: dict[str, Any], path: str) -> None:
    data = yaml.safe_load(
        Path(catalogues.__file__).with_name("data").joinpath("catalogue-2024.1.yaml").read_text()
    )
    data["deductions"]["D1-01"] |= change

    with pytest.raises(InvalidData) as caught:
        catalogues.read_catalogue(data)

    assert [problem.path for problem in caught.value.problems] == [path]
