import json
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app.deliberations.commands import consolidate_command
from review_app.rulebook.reading import to_json
from tests.deliberations.cases import panel_of
from tests.evaluations.test_commands import example, plain

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def answer(text: str | bytes) -> tuple[int, Any]:
    result = CliRunner().invoke(consolidate_command, ["-"], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, json.loads(result.stdout)


def case_data(case: int) -> dict[str, Any]:
    """A written case as a JSON object, fields with defaults left out."""
    panel = panel_of(case)
    return {
        "template": panel.template,
        "members": list(panel.members),
        "doubt_flag": panel.doubt_flag,
        "forms": {
            member: {
                "template": form.template,
                "highlights": list(form.highlights),
                "deductions": [
                    {"code": one.code, "points": one.points, "veto": one.veto} for one in form.deductions
                ],
            }
            for member, form in panel.forms.items()
        },
        "findings": [{"code": one.code, "votes": dict(one.votes)} for one in panel.findings],
    }


def test_documented_example_gives_the_documented_answer() -> None:
    assert answer(example("consolidate input")) == (0, json.loads(example("consolidate output")))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (1, (75, "C", False)),
        (2, (87, "B", False)),
        (3, (52, "D", False)),
        (4, (97, "A", False)),
        (5, (66, "C", True)),
    ],
)
def test_written_cases(case: int, expected: tuple[int, str, bool]) -> None:
    exit_code, found = answer(to_json(case_data(case)))

    assert exit_code == 0
    assert (found["panel_score"], found["grade"], found["escalated"]) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"members": ["m1", "m2"]}, ("members", "panel_size")),
        ({"forms": {}}, ("forms.m1", "form_missing")),
        ({"findings": []}, ("forms.m1.D6-02", "not_in_findings")),
        ({"grade_ballot": {"m1": {"grade": "A"}}}, ("grade_ballot.m2", "vote_missing")),
        ({"more": 1}, ("more", "unknown_key")),
        ({"measure_ballots": {"EXPLAIN": {"m1": "abstain"}}}, ("measure_ballots.EXPLAIN.m1", "choice")),
        ({"rules": {"consolidation": {"uphold": "all"}}}, ("rules.consolidation.uphold", "choice")),
    ],
)
def test_what_cannot_be_consolidated_is_named(change: dict[str, Any], expected: tuple[str, str]) -> None:
    exit_code, found = answer(to_json(case_data(4) | change))

    assert exit_code == 1
    assert (found["problems"][0]["path"], found["problems"][0]["code"]) == expected


PLACES = [
    "template",
    "members",
    "forms",
    "findings",
    "doubt_flag",
    "grade_ballot",
    "outcome_ballot",
    "dissents",
]


@calm
@given(st.dictionaries(st.sampled_from([*PLACES, "measure_ballots", "x"]), plain, max_size=4))
def test_any_change_to_a_case_gets_an_answer(change: dict[str, Any]) -> None:
    exit_code, found = answer(to_json(case_data(4) | change))

    assert (exit_code == 0) == ("panel_score" in found)


@calm
@given(plain)
def test_any_json_gets_an_answer(data: object) -> None:
    assert answer(json.dumps(data))[0] == 1
