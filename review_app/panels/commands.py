"""The command ``review-app draw``: a draw or its replay, JSON in and JSON out."""

import sys
from pathlib import Path
from typing import Any

import click

from review_app.errors import ReviewError
from review_app.panels.draw import Draw, DrawImpossible, draw
from review_app.panels.draw_json import Prepared, prepare
from review_app.panels.record import plain, record_of, replay
from review_app.rulebook.reading import InvalidData, parse_json, to_json


@click.command("draw")
@click.argument("file")
@click.option("--replay", "is_record", is_flag=True, help="FILE 是抽选记录：仅凭记录重新抽选并比对。")
def draw_command(file: str, *, is_record: bool) -> None:
    """随机抽选评查组，或者复核一份抽选记录（FILE 为 - 时从标准输入读取）。"""
    try:
        data = parse_json(content_of(file))
        answer = replayed(data) if is_record else drawn(data)
    except InvalidData as invalid:
        leave({"problems": [one.as_json() for one in invalid.problems]})
    except ReviewError as error:
        leave({"problems": [{"path": "", "sentence": str(error)}]})
    except OSError as error:
        leave({"problems": [{"path": "", "sentence": f"无法读取文件{file}：{error.strerror}"}]})
    except DrawImpossible as impossible:
        leave({"problems": [{"path": "", "sentence": str(impossible)}], **counts_of(impossible)})
    click.echo(to_json(answer))
    if is_record and not answer["ok"]:
        sys.exit(1)


def content_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def leave(answer: dict[str, Any]) -> None:
    click.echo(to_json(answer))
    sys.exit(1)


def counts_of(impossible: DrawImpossible) -> dict[str, Any]:
    return {
        "pool": impossible.pool,
        "eligible": impossible.eligible,
        "excluded": impossible.excluded,
        "lacking": impossible.lacking,
    }


def drawn(data: object) -> dict[str, Any]:
    prepared = prepare(data)
    return answer_of(prepared, draw(prepared.given), data)


def answer_of(prepared: Prepared, result: Draw, data: object) -> dict[str, Any]:
    """The result with the evidence behind every exclusion, and the record that repeats it."""
    given = data if isinstance(data, dict) else {}
    return {
        "members": plain(result.members),
        "substitutes": plain(result.substitutes),
        "chair": result.chair,
        "lead": result.lead,
        "relaxations": plain(result.relaxations),
        "notes": plain(result.notes),
        "exclusions": plain(result.excluded),
        "hits": [{**plain(hit), "fact_key": hit.fact_key} for check in prepared.checks for hit in check.hits],
        "unchecked": [plain(one) for check in prepared.checks for one in check.unchecked],
        "statuses": {check.expert_no: check.status for check in prepared.checks},
        "passed_over": plain(result.passed_over),
        "record": record_of(
            prepared.frozen,
            prepared.lots,
            result,
            drawn_by=str(given.get("drawn_by", "")),
            witnessed_by=str(given.get("witnessed_by", "")),
            time=str(given.get("on", "")),
        ),
    }


def replayed(data: object) -> dict[str, Any]:
    found = replay(data)
    return {"ok": found.ok, "differences": plain(found.differences)}
