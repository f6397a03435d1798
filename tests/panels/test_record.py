"""The record of a draw: it repeats itself, and every change in it is found (§H.3 invariant 5)."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.board import Depth
from review_app.panels.draw import draw
from review_app.panels.record import frozen_of, input_of, lots_of, record_of, replay
from review_app.rulebook.reading import InvalidData
from tests.panels.made import candidate, draw_input, pool

SECRET = bytes(range(32))


def made_record(nonce: str = "双色球 03 07 11", size: int = 5) -> dict[str, Any]:
    lots = lots_of(secret=SECRET, review_no="PC20240001", draw_no=1, nonce=nonce)
    frozen = frozen_of(draw_input(size=size), template="EXE", rule_version="2024.1")
    result = draw(input_of(frozen, bytes.fromhex(lots.seed)))
    return record_of(
        frozen, lots, result, drawn_by="李某协调", witnessed_by="王某秘书", time="2024-04-02T02:00:00+00:00"
    )


@settings(max_examples=30, deadline=None)
@given(
    some.text(min_size=1, max_size=20, alphabet=some.characters(codec="utf-8")), some.sampled_from([3, 5, 7])
)
def test_replay_from_the_record_alone_gives_the_same(nonce: str, size: int) -> None:
    exported = json.dumps(made_record(nonce, size), ensure_ascii=False, indent=2)

    found = replay(json.loads(exported))

    assert found.ok
    assert found.differences == ()


def put(record: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    place: Any = record
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("result.chair", "ZJ-0001", "result.chair"),
        ("result.members.0.expert_no", "ZJ-9999", "result.members[0].expert_no"),
        ("input.candidates.0.practice_years", 40, "input_sha256"),
        ("input.candidates.0.specialties", [], "candidate_list_sha256"),
        ("input.rules.panel.same_law_firm_max", 2, "input_sha256"),
        ("lots.nonce", "1", "lots.seed"),
        ("lots.secret", "11" * 32, "lots.commit"),
        ("lots.commit", "0" * 64, "lots.commit"),
        ("witnessed_by", "赵某", "sha256"),
        ("format", "yian-draw-record/9", "format"),
    ],
)
def test_replay_names_what_was_changed(path: str, value: Any, found: str) -> None:
    record = made_record()
    put(record, path, value)

    answer = replay(record)

    assert not answer.ok
    assert found in [difference.path for difference in answer.differences]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lots.secret", "zz"),
        ("lots.secret", ""),
        ("input.size", "5"),
        ("input.size", None),
        ("input.more", 1),
    ],
)
def test_replay_refuses_an_unreadable_record(path: str, value: Any) -> None:
    record = made_record()
    record["lots"]["seed"] = "00"
    put(record, path, value)

    with pytest.raises(InvalidData):
        replay(record)


def test_replay_of_an_even_panel_differs() -> None:
    record = made_record()
    record["input"]["size"] = 4

    assert not replay(record).ok


def test_record_holds_no_names_and_no_evidence() -> None:
    record = copy.deepcopy(made_record())

    assert set(record["input"]["candidates"][0]) == {
        "expert_no", "category", "employer", "is_law_firm", "system", "specialties", "practice_years",
        "open_reviews", "active", "available", "same_organ", "served_often", "upper_pool",
    }  # fmt: skip


def test_record_without_later_fields_keeps_its_digest() -> None:
    record = made_record()

    assert record["sha256"] == "f475f3454cb502c86d382239ca45c943e507b246bcb6c98dce2fab72d8961a52"


def test_later_fields_that_say_something_are_recorded_and_replayed() -> None:
    later: dict[str, Any] = {"max_open": 2, "month_left": 1, "specialty_levels": (Depth("执行", 3),)}
    given_input = draw_input([*pool()[:-1], candidate(20, "TECHNICAL", **later)])
    lots = lots_of(secret=SECRET, review_no="PC20240001", draw_no=1, nonce="03 07")
    frozen = frozen_of(given_input, template="EXE", rule_version="2024.1")
    result = draw(input_of(frozen, bytes.fromhex(lots.seed)))

    record = record_of(
        frozen, lots, result, drawn_by="甲", witnessed_by="乙", time="2024-04-02T02:00:00+00:00"
    )

    told = {key: record["input"]["candidates"][-1][key] for key in later}
    assert told == {"max_open": 2, "month_left": 1, "specialty_levels": [{"specialty": "执行", "level": 3}]}
    assert replay(json.loads(json.dumps(record))).ok
