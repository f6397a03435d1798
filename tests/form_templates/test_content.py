import copy
from collections.abc import Callable
from typing import Any

import pytest

from review_app.form_templates.catalogue import load as load_catalogue
from review_app.form_templates.changes import change_class, changes
from review_app.form_templates.content import (
    as_data,
    as_text,
    catalogue_with,
    read_content,
    rules_with,
    shipped,
)
from review_app.form_templates.states import ChangeClass
from review_app.rulebook import load as load_rules
from review_app.rulebook.reading import InvalidData, parse_json
from tests.form_templates.made import YES_NO, field, with_fields

TEMPLATES = sorted(load_rules().templates)


def edited(edit: Callable[[dict[str, Any]], None], template: str = "GEN") -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(as_data(shipped(template)))
    edit(data)
    return data


def problems(edit: Callable[[dict[str, Any]], None]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidData) as caught:
        read_content(parse_json(as_text(edited(edit))))
    return [(one.code, one.path) for one in caught.value.problems]


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_shipped_says_what_the_rule_file_and_the_catalogue_say(template: str) -> None:
    content = shipped(template)
    catalogue = load_catalogue()

    assert rules_with(content) == load_rules()
    assert {code: one.severity for code, one in catalogue_with(content).deductions.items()} == {
        code: one.severity for code, one in catalogue.for_template(template).items()
    }
    assert catalogue_with(content).vetoes == catalogue.vetoes


@pytest.mark.parametrize("template", TEMPLATES)
def test_content_written_down_is_read_back_whole(template: str) -> None:
    text = as_text(shipped(template))

    assert as_text(read_content(parse_json(text))) == text


def test_maxima_that_do_not_add_up_to_100_are_named_with_their_sum() -> None:
    assert problems(lambda data: data["dimensions"]["D1"].update(maximum=20)) == [("maxima", "dimensions")]


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (("dimensions", "D1", "zh"), " ", ("name", "dimensions.D1.zh")),
        (("severity_points", "S2"), [3, 2, 4], ("order", "severity_points.S2")),
        (("quotes_min", "S2"), 11, ("range", "quotes_min.S2")),
        (("dimension_text_min",), 0, ("range", "dimension_text_min")),
        (("items", "D1-01", "en"), "", ("name", "items.D1-01.zh")),
        (("items", "D1-01", "severity"), "S9", ("severity", "items.D1-01.severity")),
        (("items", "D1-01", "veto"), ["V10"], ("veto", "items.D1-01.veto")),
    ],
)
def test_what_cannot_be_meant_is_named(place: tuple[str, ...], value: Any, expected: tuple[str, str]) -> None:
    def edit(data: dict[str, Any]) -> None:
        for key in place[:-1]:
            data = data[key]
        data[place[-1]] = value

    assert problems(edit) == [expected]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"F1": field("SINGLE")}, ["fields.F1.choices"]),
        ({"F1": field("SINGLE", choices=[YES_NO[0], YES_NO[0]])}, ["fields.F1.choices"]),
        ({"F1": field("NUMBER", lowest=2, highest=1)}, ["fields.F1.lowest"]),
        ({"F0": field("TEXT")}, ["fields.F0"]),
        ({"F1": field("TEXT", shown_if={"field": "F1", "equals": "YES"})}, ["fields.F1.shown_if"]),
        (
            {
                "F1": field("TEXT", shown_if={"field": "F2", "equals": "YES"}),
                "F2": field("SINGLE", choices=YES_NO),
            },
            ["fields.F1.shown_if"],
        ),
        (
            {
                "F1": field("SINGLE", choices=YES_NO),
                "F2": field("TEXT", required_if={"field": "F1", "equals": "MAYBE"}),
            },
            ["fields.F2.required_if"],
        ),
    ],
)
def test_extra_fields_that_cannot_work_are_named(fields: dict[str, Any], expected: list[str]) -> None:
    assert [path for _code, path in problems(lambda data: data.update(fields=fields))] == expected


@pytest.mark.parametrize(
    ("edit", "reach"),
    [
        (lambda data: data["dimensions"]["D1"].update(zh="事实"), ChangeClass.WORDING),
        (lambda data: data["items"]["D1-01"].update(help_zh="看判决书"), ChangeClass.WORDING),
        (lambda data: data["fields"].update(F1=field("TEXT")), ChangeClass.ADDITION),
        (lambda data: data["items"].update({"D1-09": data["items"]["D1-01"]}), ChangeClass.ADDITION),
        (lambda data: data["fields"].update(F1=field("TEXT", required=True)), ChangeClass.REQUIREMENT),
        (lambda data: data["dimensions"]["D7"].update(may_not_apply=True), ChangeClass.REQUIREMENT),
        (lambda data: data["quotes_min"].update(S2=2), ChangeClass.REQUIREMENT),
        (lambda data: data["items"]["D1-01"].update(offered=False), ChangeClass.RESCORE),
        (lambda data: data["severity_points"].update(S2=[2, 2, 4]), ChangeClass.RESCORE),
        (lambda data: (data["dimensions"]["D1"].update(maximum=14), data["dimensions"]["D2"].update(maximum=16)), ChangeClass.RESCORE),
    ],
)  # fmt: skip
def test_the_class_of_a_change_is_its_farthest_reach(
    edit: Callable[[dict[str, Any]], None], reach: ChangeClass
) -> None:
    found = changes(shipped("GEN"), read_content(parse_json(as_text(edited(edit)))))

    assert change_class(found) is reach
    assert found


def test_the_same_content_has_no_change() -> None:
    assert changes(shipped("GEN"), shipped("GEN")) == []


def test_an_item_no_longer_offered_keeps_its_name_and_leaves_the_choice() -> None:
    content = read_content(
        parse_json(as_text(edited(lambda data: data["items"]["D1-01"].update(offered=False))))
    )

    catalogue = catalogue_with(content)

    assert catalogue.deductions["D1-01"].zh == load_catalogue().deductions["D1-01"].zh
    assert "D1-01" not in catalogue.for_template("GEN")


def test_every_kind_of_field_can_be_read() -> None:
    content = read_content(parse_json(as_text(edited(with_fields))))

    assert [one.kind for one in content.fields.values()] == [
        "SINGLE", "NUMBER", "MULTIPLE", "DATE", "TEXT", "QUOTATION", "LAW", "PRECEDENT",
    ]  # fmt: skip
