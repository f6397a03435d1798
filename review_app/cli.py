"""The command ``review-app`` and everything under it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.deliberations.commands import consolidate_command
from review_app.demo.commands import demo_command
from review_app.documents.commands import check_document_command
from review_app.errors import ReviewError
from review_app.evaluations.commands import score_command
from review_app.instance import open_instance
from review_app.jobs.commands import job_group, jobs_command
from review_app.migrations.runner import revise, upgrade
from review_app.panels.commands import draw_command
from review_app.panels.match_commands import match_command
from review_app.precedents.commands import precedents
from review_app.server import serve_command, setup_command
from review_app.settings import read_settings
from review_app.statutes.commands import statutes
from review_app.upkeep.commands import doctor_command, index_group
from review_app.upkeep.document_commands import document_group

CHECKOUT = Path(__file__).resolve().parent.parent


class Sentences(click.Group):
    """A group whose commands end with our sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReviewError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Sentences)
def commands() -> None:
    """一案 Yi'an：涉法涉诉信访事项专家评查平台。"""


@commands.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def test_command(options: tuple[str, ...]) -> None:
    """运行全部测试（可附 pytest 选项）。"""
    chosen = options or ("-q", "-n", "auto", "--dist", "loadgroup")
    sys.exit(subprocess.call([sys.executable, "-m", "pytest", *chosen], cwd=CHECKOUT))  # noqa: S603


@commands.group("audit")
def audit_group() -> None:
    """审计日志。"""


@audit_group.command("verify")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
def audit_verify(data: Path | None) -> None:
    """核验审计链，指出第一处断裂。"""
    with open_instance(read_settings(data=data)).reading() as session:
        verdict = verify_log(session)
    found = {"rows": verdict.rows, "head": verdict.head, "ok": verdict.broken is None}
    if verdict.broken:
        found["broken"] = {"row": verdict.broken.row_id, "why": verdict.broken.why}
    click.echo(json.dumps(found, ensure_ascii=False))
    sys.exit(0 if verdict.broken is None else 1)


@commands.group("database")
def database_group() -> None:
    """数据库结构。"""


@database_group.command("upgrade")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
def database_upgrade(data: Path | None) -> None:
    """把数据库升级到当前版本（启动时也会自动进行）。"""
    open_instance(read_settings(data=data))
    click.echo("数据库结构已是最新。")


@database_group.command("revise")
@click.argument("title")
def database_revise(title: str) -> None:
    """比较模型与迁移，写出新的迁移文件（供开发使用，须人工核对）。"""
    with tempfile.TemporaryDirectory() as folder:
        engine = Database(f"sqlite:///{folder}/revise.db").engine
        upgrade(engine)
        revise(engine, title)


for command in (
    demo_command, draw_command, match_command, score_command, consolidate_command, precedents, statutes, jobs_command, job_group,
    serve_command, setup_command, index_group, doctor_command, check_document_command, document_group,
):  # fmt: skip
    commands.add_command(command)
