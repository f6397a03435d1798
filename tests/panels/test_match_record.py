"""Records of matches: what the platform writes is what is read, and both solvers repeat it."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from review_app.panels.match_json import instance_of_text, problem_of
from review_app.panels.match_record import (
    input_sha256,
    instance_of_record,
    lots_of_match,
    plain_input,
    record_of,
    record_text,
    replay_match,
)
from review_app.panels.match_scores import BLOCK, triples_of
from review_app.panels.match_writing import instance_of
from review_app.panels.matching.problem import Problem
from review_app.panels.matching.solving import match
from review_app.panels.seating import Demands
from tests.panels.matching import made

SECRET = bytes(range(32))
SECOND_ENGINE = "tests.panels.second_engine"
CHECKOUT = Path(__file__).parents[2]

CRITICAL_AT_ONE_IN_A_THOUSAND = 27.88
"""of the chi-square distribution with nine degrees of freedom"""


def small(seed: int = 1) -> Problem:
    return made.backlog(experts=40, cases=8, size=3, seed=seed, apart=4, recused=0.05)


def record(problem: Problem, nonce: str = "1") -> str:
    instance = instance_of(problem)
    lots = lots_of_match(secret=SECRET, nonce=nonce, digest=input_sha256(instance))
    matched = match(problem_of(instance, bytes.fromhex(lots.seed)))
    return record_text(record_of(instance, matched, lots), instance)


def test_problem_written_and_read_back_has_the_same_panels() -> None:
    problem = small()

    again = problem_of(instance_of(problem), problem.seed)

    assert match(again).panels == match(problem).panels
    assert np.array_equal(again.scores, problem.scores)
    assert (again.loads, again.apart, again.experts) == (problem.loads, problem.apart, problem.experts)


def test_demands_written_and_read_back_are_the_same_for_whoever_may_sit() -> None:
    problem = small()

    again = problem_of(instance_of(problem), problem.seed)

    for case, other, scores in zip(problem.cases, again.cases, problem.scores, strict=True):
        eligible = {expert for expert, score in zip(problem.experts, scores, strict=True) if score >= 0}
        steps = zip(
            (case.demands, *(step.demands for step in case.ladder)),
            [other.demands, *(step.demands for step in other.ladder)],
            strict=True,
        )
        for before, after in steps:
            assert rules_among(before, eligible) == rules_among(after, eligible)


def rules_among(demands: Demands, eligible: set[str]) -> object:
    present = eligible & set(demands.employer)
    return (
        demands.size,
        {one.rule: (one.experts & present, one.count) for one in demands.at_least},
        {one.rule: (one.experts & present, one.count) for one in demands.at_most},
        {expert: demands.employer_max[demands.employer[expert]] for expert in present},
    )


def test_written_input_is_readable_as_a_file_of_its_own() -> None:
    instance = instance_of(small())
    rows = ",".join(triples_of(instance.scores, unscored_is_zero=False))
    text = json.dumps({**plain_input(instance), "scores": json.loads(f"[{rows}]")})

    again = instance_of_text(text.encode())

    assert input_sha256(again) == input_sha256(instance)


def test_record_repeats_itself() -> None:
    text = record(small()).encode()

    assert replay_match(text, match).ok
    assert record_text(json.loads(text), None)


def test_digest_changes_with_every_score_and_rule() -> None:
    problem = small()
    scores = problem.scores.copy()
    scores[0, np.argmax(scores[0] >= 0)] += 1

    digests = {
        input_sha256(instance_of(one))
        for one in (
            problem,
            replace(problem, scores=scores),
            replace(problem, keep_bonus=1),
            replace(problem, keep_first=True),
            replace(problem, noise=1),
            replace(problem, quality_floor=1),
            replace(problem, apart=frozenset()),
        )
    }

    assert len(digests) == 7


def test_key_that_says_nothing_new_leaves_the_digest_as_it_was() -> None:
    assert "keep_first" not in plain_input(instance_of(small()))
    assert plain_input(instance_of(replace(small(), keep_first=True)))["keep_first"] is True


def test_digest_does_not_hold_the_seed() -> None:
    problem = small()

    other = replace(problem, seed=b"x" * 32)

    assert input_sha256(instance_of(problem)) == input_sha256(instance_of(other))


def test_two_employers_of_one_expert_are_refused() -> None:
    problem = made.problem([[1, 1], [1, 1]])
    demands = made.demands(problem.experts, 1, employer={"E00000": "A", "E00001": "B"})
    other = made.demands(problem.experts, 1, employer={"E00000": "B", "E00001": "B"})
    first, second = problem.cases

    with pytest.raises(ValueError, match="E00000 has two employers"):
        instance_of(replace(problem, cases=(replace(first, demands=demands), replace(second, demands=other))))


def test_instance_of_a_record_is_the_instance() -> None:
    instance = instance_of(small())

    again = instance_of_record(record(small()).encode())

    assert input_sha256(again) == input_sha256(instance)


def test_scores_of_many_blocks_are_read_whole() -> None:
    scores = np.arange(90_000).reshape(300, 300)
    triples = ",\n ".join(f'["C{c:03d}", "E{e:03d}", {scores[c, e]}]' for c in range(300) for e in range(300))
    cases = ",".join(f'{{"id": "C{number:03d}", "size": 1}}' for number in range(300))
    experts = ",".join(f'{{"id": "E{number:03d}"}}' for number in range(300))
    text = f'{{"cases": [{cases}], "scores": [ {triples} ] , "experts": [{experts}]}}'

    instance = instance_of_text(text.encode())

    assert len(text) > 2 * BLOCK
    assert np.array_equal(instance.scores, scores)


def test_second_engine_repeats_the_records(tmp_path: Path) -> None:
    files = []
    for number, problem in enumerate([small(1), small(2), made.problem([[5] * 6] * 3, size=2)]):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(record(problem), "utf-8")

    found = subprocess.run(
        [sys.executable, "-m", SECOND_ENGINE, *map(str, files)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(found.stdout.splitlines()[-1]) == {str(file): [] for file in files}


def test_lots_of_equal_experts_fall_evenly() -> None:
    problem = made.problem([[7] * 5], size=2)

    counts = Counter(
        match(replace(problem, seed=sha256(b"%d" % number).digest())).panels["C0"] for number in range(500)
    )

    assert len(counts) == 10
    assert sum((count - 50) ** 2 / 50 for count in counts.values()) < CRITICAL_AT_ONE_IN_A_THOUSAND
