from decimal import Decimal
from typing import Any

import pytest

from review_app import rulebook
from review_app.errors import ReviewError
from review_app.reviews.states import OUTCOME_LABELS, TEMPLATE_LABELS
from review_app.rulebook.reading import InvalidData
from review_app.rulebook.rules import changed


def test_current_version_is_shipped() -> None:
    assert rulebook.CURRENT in rulebook.versions()
    assert rulebook.load().rule_version == rulebook.CURRENT


def test_every_shipped_version_reads() -> None:
    for version in rulebook.versions():
        assert rulebook.load(version).rule_version == version


def test_unknown_version_is_explained() -> None:
    with pytest.raises(ReviewError, match="没有版本为“1999”的评查规则"):
        rulebook.load("1999")


@pytest.mark.parametrize("version", ["../2024.1", "", "2024.1.yaml"])
def test_version_cannot_leave_the_folder(version: str) -> None:
    with pytest.raises(ReviewError, match="没有版本为"):
        rulebook.load(version)


def test_values_are_the_published_defaults() -> None:
    rules = rulebook.load("2024.1")

    assert dict(rules.panel.size) == {"ordinary": 3, "doubtful": 5, "major": 7}
    assert dict(rules.panel.external_min) == {3: 1, 5: 2, 7: 3}
    assert dict(rules.panel.specialty_min) == {3: 2, 5: 3, 7: 4}
    assert dict(rules.grading.thresholds) == {"A": 92, "B": 80, "C": 60}
    assert rules.grading.severity_points["S3"] == (5, 6, 8)
    assert rules.grading.default_points("S1") == 1
    assert rules.time.objection_wd == 5
    assert rules.clocks.limits["C05"].limit == 60
    assert rules.clocks.limits["C13"].enabled is False
    assert rules.clocks.limits["C07"].party == "petitioner"
    assert rules.consolidation.dispersion_deliberate == 15


@pytest.mark.parametrize("template", ["GEN", "CRIM", "CIV", "ADM", "EXE", "POL"])
def test_maxima_of_each_template_add_up_to_100(template: str) -> None:
    maxima = rulebook.load().templates[template].maxima

    assert list(maxima) == ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]
    assert sum(maxima.values()) == 100


def test_maxima_of_enforcement() -> None:
    assert [int(value) for value in rulebook.load().templates["EXE"].maxima.values()] == [
        8,
        7,
        15,
        20,
        8,
        10,
        22,
        10,
    ]


def test_names_agree_with_the_stored_ones() -> None:
    rules = rulebook.load()

    assert set(rules.templates) == set(TEMPLATE_LABELS)
    assert {code: outcome.zh for code, outcome in rules.outcomes.items()} == dict(OUTCOME_LABELS)
    assert {code: template.zh for code, template in rules.templates.items()} == TEMPLATE_LABELS


def test_panel_result_never_says_wrong_case_outright() -> None:
    label = rulebook.load().grade_label("D", "WRONG_CASE")

    assert label.zh.startswith("疑似")
    assert rulebook.load().grade_label("C").zh == "瑕疵案件"


def test_every_grade_and_expired_route_leaves_a_route_that_needs_no_party() -> None:
    routes = rulebook.load().routes

    assert {code for code, route in routes.items() if not route.by_party} >= {"COURT_PRESIDENT", "PROTEST"}
    assert all(route.by_party for route in routes.values() if route.period)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"templates": {"EXE": {"maxima": {"D1": 9}}}}, "templates.EXE.maxima"),
        ({"panel": {"size": {"ordinary": 4}}}, "panel.size.ordinary"),
        ({"grading": {"thresholds": {"B": 95}}}, "grading.thresholds"),
        ({"grading": {"severity_points": {"S1": [2, 1, 3]}}}, "grading.severity_points.S1"),
        ({"grading": {"step": 0}}, "grading.step"),
        ({"grading": {"stepp": 1}}, "grading.stepp"),
        ({"consolidation": {"points": "mean"}}, "consolidation.points"),
        ({"dimensions": {"D9": {"zh": "九", "en": "nine"}}}, "dimensions"),
        ({"grade_scheme": "NONE"}, "grade_scheme"),
        ({"time": {"objection_wd": "5"}}, "time.objection_wd"),
    ],
)
def test_impossible_value_is_named(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidData) as caught:
        changed("2024.1", changes)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_changed_leaves_the_shipped_rules_alone() -> None:
    tried = changed("2024.1", {"consolidation": {"dispersion_deliberate": 10}})

    assert tried.consolidation.dispersion_deliberate == Decimal(10)
    assert rulebook.load("2024.1").consolidation.dispersion_deliberate == Decimal(15)
