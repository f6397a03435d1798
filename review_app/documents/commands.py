"""The command ``review-app check-document``: any .docx against GB/T 9704—2012."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from review_app.documents.checker import CheckResult, check, check_printed, errors, refuse_harmful
from review_app.documents.format_rules import LEVEL_LABELS, RULES
from review_app.documents.rendering import converter


@click.command("check-document")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出JSON，供程序读取")
@click.option("--file-only", is_flag=True, help="只检查文件本身，不转成PDF测量")
def check_document_command(file: Path, *, as_json: bool, file_only: bool) -> None:
    """按GB/T 9704—2012检查一份docx的格式；有错误时退出码为1。"""
    found = examined(file.read_bytes(), file_only=file_only)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo(told(found))
    sys.exit(1 if errors(found) else 0)


def examined(package: bytes, *, file_only: bool) -> list[CheckResult]:
    """Everything that can be found out on this machine; what cannot is itself a line of the answer."""
    refuse_harmful(package)
    if file_only:
        return check(package)
    if converter() is None:
        rule = RULES["F04"]
        unmeasured = CheckResult(
            "F04", rule.element, rule.expected, "没有安装LibreOffice，未测量", rule.level, None, rule.clause
        )
        return [*check(package), unmeasured]
    return check_printed(package)


def told(found: list[CheckResult]) -> str:
    """A line for each departure, and the sum."""
    lines = [
        f"[{LEVEL_LABELS[one.level]}] {one.rule_id} {one.element}"
        f"{f'（第{one.page}面）' if one.page else ''}：应为{one.expected}；实为{one.actual}（{one.clause}）"
        for one in found
    ]
    wrong = len(errors(found))
    lines.append(f"共{len(found)}条，其中错误{wrong}条。" if found else "没有发现不符合之处。")
    return "\n".join(lines)
