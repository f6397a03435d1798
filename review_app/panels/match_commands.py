"""The command ``review-app match``: a match, its check, its replay, a what-if; JSON in and JSON out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
from review_app.panels.matching.problem import Matched, Status
from review_app.panels.matching.solving import match
from review_app.panels.matching.verifying import faults
from review_app.panels.record import plain
from review_app.rulebook.reading import InvalidData, problem, to_json

STANDARD_OUTPUT = 1
STANDARD_ERROR = 2


@click.command("match")
@click.argument("file", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="把结果写入此文件。")
@click.option("--verify", help="核对此结果文件是否违反任何规则，不重新求解。")
@click.option("--replay", help="仅凭此记录重新匹配并逐项比对。")
@click.option("--without-input", is_flag=True, help="结果中不附输入（复核时须另行给出输入文件）。")
def match_command(
    file: str | None, *, out: Path | None, verify: str | None, replay: str | None, without_input: bool
) -> None:
    """为一件或者多件案件精确匹配评查组（FILE 为 - 时从标准输入读取）。"""
    try:
        with nothing_else_printed():
            if replay is not None:
                text, failed = replayed(replay, file)
            elif verify is not None:
                text, failed = verified(verify, file)
            else:
                text, failed = matched_text(given(file), with_input=not without_input)
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


def matched_text(instance: Instance, *, with_input: bool) -> tuple[str, bool]:
    """The result as text, and whether there are no panels."""
    lots = lots_given(instance)
    stated = problem_of(instance, bytes.fromhex(lots.seed))
    found = match(stated)
    draw = instance.file.draw
    record = record_of(instance, found, lots, drawn_by=draw.drawn_by, witnessed_by=draw.witnessed_by)
    return record_text(record, instance if with_input else None), without_panels(found)


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
