"""The command `review-app match`: the documented example, refusals with paths, check, replay."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review_app.panels.lottery import commit_to, match_seed
from review_app.panels.match_commands import match_command

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def documented() -> dict[str, Any]:
    """The input printed in the documentation."""
    text = (DOCS / "formats.md").read_text("utf-8").split("## `review-app match`")[1]
    return dict(json.loads(text.split("```json")[1].split("```")[0]))


@pytest.fixture
def example(documented: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(documented)


def run(data: Any, *options: str) -> Result:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    return CliRunner().invoke(match_command, ["-", *options], input=text)


def answer(result: Result) -> dict[str, Any]:
    return dict(json.loads(result.output))


def on_record(option: str, record: Any, folder: Path) -> Result:
    file = folder / "result.json"
    file.write_text(json.dumps(record), "utf-8")
    return CliRunner().invoke(match_command, [option, str(file)])


def put(data: Any, path: str, value: Any) -> None:
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        data = data[step]
    data[last] = value


def test_documented_example_gives_its_panels(example: dict[str, Any]) -> None:
    result = run(example)

    found = answer(result)
    assert result.exit_code == 0
    assert {name: found[name] for name in ("status", "panels", "chairs", "total", "worst", "gap")} == {
        "status": "OPTIMAL",
        "panels": {
            "PC20240001": ["ZJ-0002", "ZJ-0003", "ZJ-0004"],
            "PC20240002": ["ZJ-0001", "ZJ-0002", "ZJ-0004"],
        },
        "chairs": {"PC20240001": "ZJ-0003", "PC20240002": "ZJ-0004"},
        "total": 4450,
        "worst": 2200,
        "gap": 0,
    }
    assert found["changes"] == {"PC20240002": {"joined": ["ZJ-0001"], "left": ["ZJ-0005"]}}
    assert found["loads"]["ZJ-0002"] == 2


def test_lots_can_be_computed_from_the_documentation(example: dict[str, Any]) -> None:
    found = answer(run(example))

    secret = bytes.fromhex(example["draw"]["secret"])
    seed = match_seed(secret=secret, input_sha256=found["input_sha256"], nonce=example["draw"]["nonce"])
    assert found["lots"]["commit"] == commit_to(secret)
    assert found["lots"]["seed"] == seed.hex()


def test_order_in_the_file_changes_nothing(example: dict[str, Any]) -> None:
    turned = {
        **example,
        **{name: example[name][::-1] for name in ("experts", "cases", "scores", "barred", "apart")},
    }

    assert answer(run(turned)) == answer(run(example))


def test_scores_by_place_are_the_same_as_by_id(example: dict[str, Any]) -> None:
    cases = [one["id"] for one in example["cases"]]
    experts = [one["id"] for one in example["experts"]]
    by_place = [
        [cases.index(case), experts.index(expert), score] for case, expert, score in example["scores"]
    ]

    assert answer(run({**example, "scores": by_place})) == answer(run(example))


def test_result_is_verified_and_replayed_from_itself(example: dict[str, Any], tmp_path: Path) -> None:
    found = answer(run(example))

    assert answer(on_record("--verify", found, tmp_path)) == {"ok": True, "faults": []}
    assert answer(on_record("--replay", found, tmp_path)) == {"ok": True, "differences": []}


def test_result_without_input_is_replayed_with_the_input_beside_it(
    example: dict[str, Any], tmp_path: Path
) -> None:
    record = tmp_path / "result.json"
    assert run(example, "--without-input", "--out", str(record)).exit_code == 0

    result = run(example, "--replay", str(record))

    assert "input" not in json.loads(record.read_text("utf-8"))
    assert answer(result) == {"ok": True, "differences": []}


def test_record_without_input_says_what_is_missing(example: dict[str, Any], tmp_path: Path) -> None:
    found = answer(run(example, "--without-input"))

    result = on_record("--replay", found, tmp_path)

    assert result.exit_code == 1
    assert answer(result)["problems"][0]["path"] == "input"


@pytest.mark.parametrize(
    ("path", "value", "differing"),
    [
        ("total", 9999, ["total", "sha256"]),
        ("chairs.PC20240001", "ZJ-0004", ["chairs.PC20240001", "sha256"]),
        ("lots.nonce", "other", ["lots.seed", "sha256"]),
        ("input.barred", [], ["input_sha256", "lots.seed"]),
    ],
)
def test_changed_record_is_found(
    example: dict[str, Any], tmp_path: Path, path: str, value: Any, differing: list[str]
) -> None:
    found = answer(run(example))
    put(found, path, value)

    result = on_record("--replay", found, tmp_path)

    assert result.exit_code == 1
    assert set(differing) <= {one["path"] for one in answer(result)["differences"]}


def test_broken_rules_are_found(example: dict[str, Any], tmp_path: Path) -> None:
    found = answer(run(example))
    found["panels"]["PC20240002"] = ["ZJ-0001", "ZJ-0003", "ZJ-0004"]

    result = on_record("--verify", found, tmp_path)

    assert result.exit_code == 1
    assert not answer(result)["ok"]
    assert "PC20240002" in {one["case"] for one in answer(result)["faults"]}


def test_panels_from_elsewhere_are_verified(example: dict[str, Any], tmp_path: Path) -> None:
    panels = answer(run(example))["panels"]
    file = tmp_path / "panels.json"
    file.write_text(json.dumps({"panels": panels}), "utf-8")

    faults = answer(run(example, "--verify", str(file)))["faults"]

    assert {one["rule"] for one in faults} == {"CHAIR_NOT_NAMED"}


def test_impossible_panels_leave_with_one(example: dict[str, Any]) -> None:
    example["rules"]["at_least"][0]["count"] = 3
    example["rules"]["ladder"] = []

    result = run(example)

    assert result.exit_code == 1
    assert answer(result)["status"] == "IMPOSSIBLE"


def test_ladder_is_taken_step_by_step(example: dict[str, Any]) -> None:
    example["cases"] = [{"id": "PC20240001", "size": 3, "specialties": ["会计审计"]}]
    example["scores"] = []
    example["barred"] = [["PC20240001", "ZJ-0006", "R01"]]
    example["previous"] = {}

    found = answer(run(example))

    assert found["relaxed"] == {"PC20240001": ["SPECIALTY_MINUS_ONE"]}


def test_seats_of_the_plan_before_may_come_first(example: dict[str, Any], tmp_path: Path) -> None:
    example["previous"] = {"PC20240002": ["ZJ-0002", "ZJ-0004", "ZJ-0005"]}
    example["keep_first"] = True

    found = answer(run(example))

    assert found["panels"]["PC20240002"] == ["ZJ-0002", "ZJ-0004", "ZJ-0005"]
    assert found["input"]["keep_first"] is True
    assert on_record("--replay", found, tmp_path).exit_code == 0


def test_unscored_pairs_may_be_barred(example: dict[str, Any]) -> None:
    example["unscored"] = "BARRED"
    example["scores"] = [one for one in example["scores"] if one[1] != "ZJ-0002"]

    found = answer(run(example))

    assert all("ZJ-0002" not in members for members in found["panels"].values())


def test_admitted_experts_sit_only_from_their_step_on(example: dict[str, Any]) -> None:
    example["groups"] = {"upper": ["ZJ-0004"]}
    example["experts"][3]["min_load"] = 0
    example["locked"] = {}
    example["rules"]["ladder"].append({"rule": "UPPER_POOL", "admits": {"group": "upper"}})

    found = answer(run(example))

    for case, members in found["panels"].items():
        assert ("ZJ-0004" in members) <= ("UPPER_POOL" in found["relaxed"].get(case, []))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("experts.0.salary", 1, "experts[0].salary"),
        ("experts.0.max_load", -1, "experts[0].max_load"),
        ("experts.0.min_load", 2, "experts[0].min_load"),
        ("experts.1.id", "ZJ-0001", "experts[1].id"),
        ("experts.1.id", "A|B", "experts[1].id"),
        ("experts.1.id", "", "experts[1].id"),
        ("experts.1.may_chair", 1, "experts[1].may_chair"),
        ("experts", [], "experts"),
        ("cases.0.size", 0, "cases[0].size"),
        ("cases.0.size", 7, "cases[0].size"),
        ("cases.0.size", 2.5, "cases[0].size"),
        ("cases.0.size", True, "cases[0].size"),
        ("cases.0.specialties", [], "cases[0].specialties"),
        ("cases.0.rules", {"more": 1}, "cases[0].rules.more"),
        ("scores.0.2", -1, "scores[0][2]"),
        ("scores.0.2", 0.5, "scores[0][2]"),
        ("scores.0.2", 1_000_001, "scores[0][2]"),
        ("scores.0.2", True, "scores[0][2]"),
        ("scores.0.0", "PC", "scores[0][0]"),
        ("scores.0.1", 6, "scores[0][1]"),
        ("scores.0.1", True, "scores[0][1]"),
        ("scores.1", ["PC20240001", "ZJ-0001", 5], "scores[1]"),
        ("scores.1", ["PC20240001", 5], "scores[1]"),
        ("scores", {}, "scores"),
        ("scores", None, "scores"),
        ("barred.0.0", "PC", "barred[0][0]"),
        ("barred.0.1", "ZJ", "barred[0][1]"),
        ("barred.0.2", " ", "barred[0][2]"),
        ("apart.0", ["ZJ-0005", "ZJ-0005"], "apart[0]"),
        ("apart.0", ["ZJ-0005"], "apart[0]"),
        ("groups", {"g": ["ZJ"]}, "groups.g[0]"),
        ("rules.at_least.0.count", 4, "rules.at_least[0].count"),
        ("rules.at_least.0.group", "none", "rules.at_least[0].group"),
        ("rules.at_least.0", {"rule": "LAWYER", "count": 1}, "rules.at_least[0]"),
        ("rules.at_least.1.rule", "LAWYER", "rules.at_least[1].rule"),
        ("rules.institution_max", -1, "rules.institution_max"),
        ("rules.ladder.0.at_least", {"NONE": 0}, "cases[0].rules.ladder[0].at_least.NONE"),
        ("rules.ladder.1.rule", "SPECIALTY_MINUS_ONE", "rules.ladder[1].rule"),
        ("previous", {"PC": []}, "previous.PC"),
        ("locked", {"PC20240002": ["ZJ-0003"]}, "locked.PC20240002[0]"),
        ("locked", {"PC20240001": ["ZJ-0001"] * 2}, "locked.PC20240001"),
        ("keep_bonus", -1, "keep_bonus"),
        ("keep_first", 1, "keep_first"),
        ("draw.secret", "00", "draw.secret"),
        ("draw.nonce", "", "draw.nonce"),
        ("draw.seed", "ab" * 32, "draw.seed"),
        ("draw.noise", -1, "draw.noise"),
        ("draw.quality_floor", 1_000_001, "draw.quality_floor"),
        ("unknown", 1, "unknown"),
    ],
)
def test_wrong_input_is_refused_with_its_path(
    example: dict[str, Any], path: str, value: Any, where: str
) -> None:
    put(example, path, value)

    result = run(example)

    assert result.exit_code == 1
    assert where in [one["path"] for one in answer(result)["problems"]]
    assert all(one["sentence"] for one in answer(result)["problems"])


def test_several_problems_are_reported_at_once(example: dict[str, Any]) -> None:
    example["experts"][0]["max_load"] = -1
    example["cases"][1]["size"] = 0
    example["scores"][3][2] = -5
    example["apart"].append(["ZJ-0001", "ZJ-9999"])

    found = [one["path"] for one in answer(run(example))["problems"]]

    assert {"experts[0].max_load", "cases[1].size", "scores[3][2]", "apart[1][1]"} <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"scores": [[0, 0, 1]',
        '{"scores": [[0, 0, 1],]}',
        '{"scores": [[0, 0, 1]], "scores": []}',
        '{"scores": [[0, 0, NaN]], "experts": [{"id": "A"}], "cases": [{"id": "B", "size": 1}]}',
        '{"cases": NaN}',
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("option", [None, "--replay", "--verify"])
def test_nonsense_is_refused_without_a_traceback(
    text: str | bytes, option: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)

    result = CliRunner().invoke(match_command, [option, str(file)] if option else [str(file)])

    assert result.exit_code == 1
    assert answer(result)["problems"]


def test_missing_file_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(match_command, [str(tmp_path / "none.json")])

    assert result.exit_code == 1
    assert "无法读写" in answer(result)["problems"][0]["sentence"]


def test_every_higher_scored_expert_without_seat_has_a_reason(example: dict[str, Any]) -> None:
    found = answer(run(example))

    scores = {(case, expert): score for case, expert, score in example["scores"]}
    barred = {(case, expert) for case, expert, _reason in example["barred"]}
    passed = {
        (case, expert)
        for (case, expert), score in scores.items()
        if expert not in found["panels"][case]
        and (case, expert) not in barred
        and score >= min(scores[case, member] for member in found["panels"][case])
    }
    assert {(one["case"], one["expert"]) for one in found["reasons"]} == passed
    assert all(one["obstacles"] and one["sentences"] for one in found["reasons"])
    assert answer(run(example, "--no-reasons"))["reasons"] == []


def test_what_if_gives_the_exact_cost(example: dict[str, Any]) -> None:
    before = answer(run(example))
    example["locked"]["PC20240001"].append("ZJ-0001")
    after = answer(run(example))
    example["locked"]["PC20240001"].pop()

    result = run(example, "--what-if", "PC20240001=ZJ-0001")

    found = answer(result)
    assert result.exit_code == 0
    assert (found["outcome"], found["total"]) == ("POSSIBLE", after["total"] - before["total"])
    assert found["moves"]
    assert found["sentences"]


def test_what_if_of_a_barred_expert_is_refused(example: dict[str, Any]) -> None:
    result = run(example, "--what-if", "PC20240002=ZJ-0003")

    assert result.exit_code == 1
    assert answer(result)["outcome"] == "BARRED"


@pytest.mark.parametrize("wanted", ["", "=", "PC20240001", "PC20240001=ZJ-9999", "PC=ZJ-0001"])
def test_what_if_names_a_case_and_an_expert(example: dict[str, Any], wanted: str) -> None:
    result = run(example, "--what-if", wanted)

    assert result.exit_code == 1
    assert answer(result)["problems"][0]["path"] == "--what-if"
