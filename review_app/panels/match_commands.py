"""The command ``review-app match``: a match, its check, its replay, a what-if; JSON in and JSON out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from review_app.errors import N_, ReviewError
from review_app.panels.commands import content_of, leave
from review_app.panels.match_json import Instance, instance_of_text, problem_of
from review_app.panels.match_record import (
    instance_of_record,
    lots_given,
    matched_of_record,
    record_data,
    record_of,
    record_text,
    replay_match,
)
from review_app.panels.matching.explaining import explain
from review_app.panels.matching.insisting import Outcome, insist
from review_app.panels.matching.problem import Matched, Problem, Status
from review_app.panels.matching.reasons import what_if as what_if_sentences
from review_app.panels.matching.reasons import why_passed
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import faults
from review_app.panels.record import plain
from review_app.rulebook.reading import InvalidData, problem, to_json

EXPLAINED = 100_000
"""pairs of case and expert up to which reasons are given unasked"""

STANDARD_OUTPUT = 1
STANDARD_ERROR = 2


@click.command("match")
@click.argument("file", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="把结果写入此文件。")
@click.option("--verify", help="核对此结果文件是否违反任何规则，不重新求解。")
@click.option("--replay", help="仅凭此记录重新匹配并逐项比对。")
@click.option("--what-if", metavar="CASE=EXPERT", help="如果坚持某案必须有某专家，代价是什么。")
@click.option("--reasons/--no-reasons", default=None, help="是否说明每位未入组专家的理由。")
@click.option("--without-input", is_flag=True, help="结果中不附输入（复核时须另行给出输入文件）。")
def match_command(
    file: str | None,
    *,
    out: Path | None,
    verify: str | None,
    replay: str | None,
    what_if: str | None,
    reasons: bool | None,
    without_input: bool,
) -> None:
    """为一件或者多件案件精确匹配评查组（FILE 为 - 时从标准输入读取）。"""
    try:
        with nothing_else_printed():
            if replay is not None:
                text, failed = replayed(replay, file)
            elif verify is not None:
                text, failed = verified(verify, file)
            elif what_if is not None:
                text, failed = insisted(given(file), what_if)
            else:
                text, failed = matched_text(given(file), reasons=reasons, with_input=not without_input)
        write(text, out)
    except InvalidData as invalid:
        leave({"problems": [one.as_json() for one in invalid.problems]})
    except ReviewError as error:
        leave({"problems": [{"path": "", "sentence": str(error)}]})
    except OSError as error:
        leave({"problems": [{"path": "", "sentence": f"无法读写文件{error.filename}：{error.strerror}"}]})
    if failed:
        sys.exit(1)


@contextmanager
def nothing_else_printed() -> Iterator[None]:
    """Sends what libraries print by themselves to the standard error: the solver names its version and
    licence once in every process, which is no part of the JSON."""
    sys.stdout.flush()
    kept = os.dup(STANDARD_OUTPUT)
    os.dup2(STANDARD_ERROR, STANDARD_OUTPUT)
    try:
        yield
    finally:
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)


def given(file: str | None) -> Instance:
    """The input of the command. Raises InvalidData when none is named."""
    if file is None:
        raise InvalidData([problem("missing_key", "", N_("请给出输入文件。"))])
    return instance_of_text(content_of(file))


def write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text)
    else:
        out.write_text(f"{text}\n", "utf-8")


def matched_text(instance: Instance, *, reasons: bool | None, with_input: bool) -> tuple[str, bool]:
    """The result as text, and whether there are no panels."""
    lots = lots_given(instance)
    stated = problem_of(instance, bytes.fromhex(lots.seed))
    found = match(stated)
    wanted = stated.scores.size <= EXPLAINED if reasons is None else reasons
    draw = instance.file.draw
    record = record_of(
        instance,
        found,
        lots,
        reasons=reasons_of(stated, found) if wanted and not without_panels(found) else (),
        drawn_by=draw.drawn_by,
        witnessed_by=draw.witnessed_by,
    )
    return record_text(record, instance if with_input else None), without_panels(found)


def reasons_of(stated: Problem, found: Matched) -> list[dict[str, Any]]:
    """For every eligible expert who scores at least as much as a member and has no seat: what stands against
    it, as facts that can be checked and in words."""
    return [
        {**plain(passed), "sentences": [str(sentence) for sentence in why_passed(passed)]}
        for _case, all_passed in sorted(explain(stated, found).passed.items())
        for passed in all_passed
    ]


def insisted(instance: Instance, wanted: str) -> tuple[str, bool]:
    """What it would cost to have one expert on one panel; failed when he cannot be had."""
    case, separator, expert = wanted.partition("=")
    stated = problem_of(instance, bytes.fromhex(lots_given(instance).seed))
    if not separator or case not in stated.row_of:
        raise InvalidData([problem("unknown", "--what-if", N_("没有案件“%(id)s”。"), id=case)])
    if expert not in stated.place_of:
        raise InvalidData([problem("unknown", "--what-if", N_("名单中没有专家“%(id)s”。"), id=expert)])
    found = match(stated)
    if without_panels(found):
        return to_json(plain(found)), True
    answer = insist(stated, found, case, expert)
    words = [str(sentence) for sentence in what_if_sentences(answer)]
    cannot = answer.outcome in (Outcome.BARRED, Outcome.IMPOSSIBLE, Outcome.STOPPED)
    return to_json({**plain(answer), "sentences": words}), cannot


def without_panels(found: Matched) -> bool:
    return found.status in (Status.IMPOSSIBLE, Status.STOPPED)


def replayed(record: str, file: str | None) -> tuple[str, bool]:
    found = replay_match(content_of(record), match, instance_of_text(content_of(file)) if file else None)
    return to_json({"ok": found.ok, "differences": plain(found.differences)}), not found.ok


def verified(result: str, file: str | None) -> tuple[str, bool]:
    """Every fault of a result against its input: the one given apart, or else the one it holds itself."""
    text = content_of(result)
    instance = instance_of_text(content_of(file)) if file else instance_of_record(text)
    recorded = matched_of_record(record_data(text), instance)
    found = faults(problem_of(instance, bytes(32)), recorded)
    return to_json({"ok": not found, "faults": plain(found)}), bool(found)
