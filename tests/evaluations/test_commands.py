import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app.evaluations.commands import score_command

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
FORMATS = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")


def example(name: str) -> str:
    """The JSON under a heading comment of docs/formats.md."""
    found = re.search(rf"<!-- {name} -->\n```json\n(.*?)\n```", FORMATS, re.DOTALL)
    assert found
    return found[1]


def run(text: str | bytes) -> Result:
    return CliRunner().invoke(score_command, ["-"], input=text)


def answer(text: str | bytes) -> tuple[int, Any]:
    result = run(text)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, json.loads(result.stdout)


def codes(text: str | bytes) -> list[tuple[str, str]]:
    exit_code, found = answer(text)
    assert exit_code == 1
    assert list(found) == ["problems"]
    assert all(one["sentence"] for one in found["problems"])
    return [(one["path"], one["code"]) for one in found["problems"]]


def test_documented_example_gives_the_documented_answer() -> None:
    assert answer(example("score input")) == (0, json.loads(example("score output")))


def test_documented_refusal_is_what_is_printed() -> None:
    assert answer(example("refused input")) == (1, json.loads(example("refused output")))


def test_form_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text('{"template": "EXE"}', "utf-8")

    result = CliRunner().invoke(score_command, [str(file)])

    assert (result.exit_code, json.loads(result.stdout)["score"]) == (0, 100)


def test_missing_file_is_explained(tmp_path: Path) -> None:
    result = CliRunner().invoke(score_command, [str(tmp_path / "none.json")])

    assert result.exit_code == 1
    assert [one["code"] for one in json.loads(result.stdout)["problems"]] == ["file"]


def test_incomplete_form_is_scored_and_lists_what_is_missing() -> None:
    exit_code, found = answer('{"template": "CIV", "deductions": [{"code": "D5-05", "points": 1.5}]}')

    assert (exit_code, found["score"], found["complete"]) == (0, 98.5, False)
    assert {
        "path": "deductions[0].quotes",
        "code": "quotes_missing",
        "sentence": "至少需要1处不同的摘录。",
    } in found["problems"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("", "json")),
        ("[]", ("", "type")),
        ("null", ("", "type")),
        ("{}", ("template", "missing_key")),
        ('{"template": "XYZ"}', ("template", "unknown_template")),
        ('{"template": "EXE", "template": "CIV"}', ("", "json")),
        ('{"template": "EXE", "deductions": {}}', ("deductions", "type")),
        (
            '{"template": "EXE", "deductions": [{"code": "D5-07", "points": "1"}]}',
            ("deductions[0].points", "type"),
        ),
        ('{"template": "EXE", "deductions": [{"code": "D5-07", "points": NaN}]}', ("", "json")),
        (
            '{"template": "EXE", "deductions": [{"code": "D5-07", "points": 1e99999}]}',
            ("deductions[0].points", "type"),
        ),
        ('{"template": "EXE", "rule_version": "1999"}', ("rules", "unknown_rules")),
        ('{"template": "EXE", "rules": 7}', ("rules", "type")),
        ('{"template": "EXE", "rules": {"grading": {"step": -1}}}', ("rules.grading.step", "range")),
        ('{"template": "EXE", "rules": {"colour": 1}}', ("rules.colour", "unknown_key")),
    ],
)
def test_what_cannot_be_read_is_named(text: str, expected: tuple[str, str]) -> None:
    assert codes(text)[0] == expected


def test_rules_can_be_tried() -> None:
    text = '{"template": "EXE", "deductions": [{"code": "D8-03", "points": 6}], "rules": {"grading": %s}}'

    assert answer(text % '{"s3_count_to_C": 1}')[1]["grade"] == "C"
    assert answer(text % "{}")[1]["grade"] == "B"


def test_half_a_character_does_not_break_the_answer() -> None:
    assert codes('{"template": "\\ud800"}') == [("template", "unknown_template")]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
deduction_like = st.fixed_dictionaries(
    {"code": st.sampled_from(["D4-12", "D6-04", "D4-02", "D0"]) | plain, "points": plain},
    optional=dict.fromkeys(("severity", "fact", "veto", "quotes", "citations", "record_reason", "x"), plain),
)
form_like = st.fixed_dictionaries(
    {
        "template": st.sampled_from(["EXE", "ADM"]) | plain,
        "deductions": st.lists(deduction_like, max_size=3) | plain,
    },
    optional=dict.fromkeys(("vetoes", "dimensions", "highlights", "proposed_grade", "rules", "x"), plain),
)


@calm
@given(plain | form_like)
def test_any_json_gets_an_answer(data: object) -> None:
    exit_code, found = answer(json.dumps(data))

    assert (exit_code == 0) == ("score" in found)
    if exit_code:
        assert all(set(one) == {"path", "code", "sentence"} for one in found["problems"])


@calm
@given(st.binary(max_size=40))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert answer(data)[0] in (0, 1)
