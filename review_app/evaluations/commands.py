"""The command ``review-app score``: one form in, points, score, grade and problems out."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from review_app.errors import N_, ReviewError
from review_app.evaluations.form_input import FormInput
from review_app.evaluations.scoring import score_form
from review_app.form_templates import catalogue as catalogues
from review_app.rulebook.reading import InvalidData, Problem, parse_json, problem, read, to_json
from review_app.rulebook.rules import CURRENT, Rules, changed, load


@click.command("score")
@click.argument("file")
def score_command(file: str) -> None:
    """计算一份评查表（JSON文件；FILE 为 - 时从标准输入读取）。"""
    answer(file, scored)


def scored(data: object) -> Mapping[str, object]:
    """The answer to one form. Raises :class:`InvalidData` for what cannot be read or contradicts the rules;
    what is only missing stands among the ``problems`` of the answer."""
    rules, rest = rules_and_rest(data)
    result = score_form(read(FormInput, rest), rules, catalogues.load(rules.rule_version))
    if result.wrong:
        raise InvalidData(list(result.problems))
    return {"rule_version": rules.rule_version, "template": rest["template"], **result.as_json()}


def rules_and_rest(data: object) -> tuple[Rules, dict[str, Any]]:
    """The rules a question names – ``rule_version``, and under ``rules`` values to be tried instead of the
    shipped ones – and the rest of the question."""
    if not isinstance(data, Mapping):
        raise InvalidData([problem("type", "", N_("输入应当是一个JSON对象。"))])
    rest = {key: value for key, value in data.items() if key not in ("rule_version", "rules")}
    version, changes = data.get("rule_version", CURRENT), data.get("rules", {})
    if isinstance(changes, str):
        version, changes = changes, {}
    if not isinstance(version, str) or not isinstance(changes, Mapping):
        raise InvalidData([problem("type", "rules", N_("此处应当是规则版本，或者要改变的规则值。"))])
    return known_rules(version, changes), rest


def known_rules(version: str, changes: Mapping[str, Any]) -> Rules:
    try:
        return changed(version, {**changes, "rule_version": version}) if changes else load(version)
    except InvalidData as error:
        raise InvalidData([below("rules", one) for one in error.problems]) from error
    except ReviewError as error:
        raise InvalidData([problem("unknown_rules", "rules", error.sentence, **error.facts)]) from error


def below(place: str, found: Problem) -> Problem:
    return problem(found.code, f"{place}.{found.path}", found.sentence, **found.facts)


def answer(file: str, compute: Callable[[object], Mapping[str, object]]) -> None:
    """Print what ``compute`` makes of the JSON in ``file``; on invalid input the problems, with exit code 1."""
    try:
        result = compute(parse_json(content_of(file)))
    except InvalidData as error:
        click.echo(to_json({"problems": [one.as_json() for one in error.problems]}))
        sys.exit(1)
    click.echo(to_json(result))


def content_of(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        unreadable = N_("无法读取文件“%(file)s”：%(reason)s")
        raise InvalidData([problem("file", "", unreadable, file=file[:200], reason=reason)]) from error
