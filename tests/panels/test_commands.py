"""The command `review-app draw`: the documented example, refusals with paths, replay."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review_app.panels.commands import draw_command

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def example() -> dict[str, Any]:
    """The input printed in the documentation."""
    (page,) = (path for path in DOCS.glob("formats*.md") if "yian-draw-record/1" in path.read_text("utf-8"))
    text = page.read_text("utf-8").split("yian-draw-record/1")[0]
    blocks = [block.split("```")[0] for block in text.split("```json")[1:]]
    (found,) = (block for block in blocks if '"candidates"' in block)
    return dict(json.loads(found))


def run(data: Any, *options: str) -> Result:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    return CliRunner().invoke(draw_command, ["-", *options], input=text)


def answer(result: Result) -> dict[str, Any]:
    return dict(json.loads(result.output))


def test_documented_example_gives_its_panel(example: dict[str, Any]) -> None:
    result = run(example)

    found = answer(result)
    assert result.exit_code == 0
    assert {one["expert_no"] for one in found["members"]} <= {"ZJ-0001", "ZJ-0003", "ZJ-0004", "ZJ-0005"}
    assert [(one["expert_no"], one["rule"]) for one in found["exclusions"]] == [
        ("ZJ-0002", "R06"),
        ("ZJ-0006", "R09"),
    ]
    assert found["statuses"]["ZJ-0001"] == "UNCHECKED"
    assert found["record"]["lots"]["nonce"] == example["nonce"]


def test_record_of_the_command_replays(example: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(answer(run(example))["record"]), "utf-8")

    result = CliRunner().invoke(draw_command, ["--replay", str(file)])

    assert result.exit_code == 0
    assert answer(result) == {"ok": True, "differences": []}


def test_changed_record_is_found(example: dict[str, Any]) -> None:
    record = answer(run(example))["record"]
    record["result"]["substitutes"] = []

    result = run(record, "--replay")

    assert result.exit_code == 1
    assert [one["path"] for one in answer(result)["differences"]] == ["result.substitutes", "sha256"]


def test_order_of_candidates_does_not_matter(example: dict[str, Any]) -> None:
    turned = {**example, "candidates": example["candidates"][::-1]}

    assert answer(run(turned))["record"] == answer(run(example))["record"]


def test_bare_seed_is_accepted(example: dict[str, Any]) -> None:
    del example["secret"], example["nonce"]
    example["seed"] = "ab" * 32

    record = answer(run(example))["record"]

    assert record["lots"] == {"commit": "", "secret": "", "nonce": "", "seed": "ab" * 32}
    assert answer(run(record, "--replay"))["ok"]


def test_undecided_namesake_stays_out(example: dict[str, Any]) -> None:
    del example["decisions"]

    found = answer(run(example))

    assert {"expert_no": "ZJ-0005", "rule": "R01", "level": "PENDING", "source": "当事人名单"} in found[
        "exclusions"
    ]


def test_rules_can_be_changed(example: dict[str, Any]) -> None:
    example["rules"] = {"panel": {"same_organ_policy": "FORBID"}}

    found = answer(run(example))

    assert "ZJ-0003" not in {one["expert_no"] for one in found["members"]}


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("size", 4, "size"),
        ("size", "five", "size"),
        ("size", True, "size"),
        ("size", None, "size"),
        ("review_no", "PC|1", "review_no"),
        ("review_no", "\ud800", "review_no"),
        ("draw_no", 0, "draw_no"),
        ("template", "OTHER", "template"),
        ("on", "02.04.2024", "on"),
        ("secret", "00", "secret"),
        ("nonce", "", "nonce"),
        ("seed", "0" * 64, "seed"),
        ("rule_version", "1900.1", ""),
        ("rules", {"panel": {"more": 1}}, "panel.more"),
        ("rules", [], "rules"),
        ("candidates", [{"expert_no": "A", "category": "COOK"}], "candidates[0].category"),
        ("candidates", [{"expert_no": "A", "category": "JUDGE", "salary": 1}], "candidates[0].salary"),
        ("candidates", {}, "candidates"),
        ("fixed", ["ZJ-9999"], "fixed[0]"),
        ("chair", "ZJ-0001", "chair"),
        ("organisations", [], "case.reviewed_org"),
        ("decisions", [{"expert_no": "ZJ-0001", "rule": "R99", "confirmed": True}], "decisions[0].rule"),
        ("relations", [{"expert_no": "ZJ-9999", "kind": "SPOUSE"}], "relations[0].expert_no"),
        ("relations", [{"expert_no": "ZJ-0001", "kind": "SPOUSE", "rule": "R01"}], "relations[0].rule"),
        ("relations", [{"expert_no": "ZJ-0001", "kind": "PANEL"}], "relations[0].organisation"),
        ("relations", [{"expert_no": "ZJ-0001", "kind": "EMPLOYED", "until": "x"}], "relations[0].until"),
        ("unknown", 1, "unknown"),
    ],
)
def test_wrong_input_is_refused_with_its_path(
    example: dict[str, Any], key: str, value: Any, path: str
) -> None:
    result = run({**example, key: value})

    assert result.exit_code == 1
    assert path in [one["path"] for one in answer(result)["problems"]]
    assert all(one["sentence"] for one in answer(result)["problems"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "1e400",
        '{"size": NaN}',
        '{"a": 1, "a": 2}',
        "[" * 100_000,
        "9" * 10_000,
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("options", [(), ("--replay",)])
def test_nonsense_is_refused_without_a_traceback(text: str | bytes, options: tuple[str, ...]) -> None:
    result = run(text, *options)

    assert result.exit_code == 1
    assert answer(result)["problems"]


def test_missing_file_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(draw_command, [str(tmp_path / "none.json")])

    assert result.exit_code == 1
    assert "无法读取" in answer(result)["problems"][0]["sentence"]


def test_impossible_draw_gives_counts(example: dict[str, Any]) -> None:
    result = run({**example, "size": 7})

    found = answer(result)
    assert result.exit_code == 1
    assert (found["pool"], found["eligible"]) == (6, 4)
    assert found["excluded"] == {"R06": 1, "R09": 1}
    assert "SIZE" in found["lacking"]


def test_barred_fixed_member_is_said(example: dict[str, Any]) -> None:
    result = run({**example, "fixed": ["ZJ-0006"]})

    assert result.exit_code == 1
    assert answer(result)["problems"][0]["path"] == "fixed"
