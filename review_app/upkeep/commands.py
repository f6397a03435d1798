"""Commands: ``review-app index catch-up``, ``rebuild``, ``convert`` and ``review-app doctor``."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from review_app.clock import utc_now
from review_app.instance import open_instance
from review_app.settings import SEARCH_ENGINES, Settings, read_settings
from review_app.upkeep.doctor import Mark, examine
from review_app.upkeep.indexes import INDEXES, agree, bring_up_to_date, rebuild

DATA = click.option("--data", type=click.Path(path_type=Path), help="数据文件夹（默认 ./instance）")
SIGNS = {Mark.GOOD: "✓", Mark.ADVICE: "!", Mark.BAD: "✗"}


@click.group("index")
def index_group() -> None:
    """全文索引：类案库和法规库。"""


@index_group.command("catch-up")
@DATA
def catch_up_command(data: Path | None) -> None:
    """补齐索引：写入索引中缺少的内容；属于旧版本或者多出内容的，重建。"""
    settings = read_settings(data=data)
    database = open_instance(settings)
    for index in INDEXES:
        done = bring_up_to_date(index, database, settings, now=utc_now())
        engine = index.open(settings.index_folder, settings.search_engine)
        if not agree(index, engine, database):
            done = rebuild(index, engine, database)
        click.echo(f"{index.title}：已写入{done}件。")


@index_group.command("rebuild")
@DATA
def rebuild_command(data: Path | None) -> None:
    """在旁边按数据库重建索引，完成后一次替换；期间检索照常。"""
    build_all(read_settings(data=data))


@index_group.command("convert")
@click.option("--to", "engine", type=click.Choice(SEARCH_ENGINES), required=True, help="换成哪个检索引擎")
@DATA
def convert_command(engine: str, data: Path | None) -> None:
    """为另一个检索引擎建立索引，不动现在使用的；建好以后改设置，重新启动。"""
    settings = read_settings(data=data)
    build_all(replace(settings, search_engine=engine))
    if engine == settings.search_engine:
        click.echo("这个引擎正在使用，索引已重建。")
        return
    click.echo(
        f"现在设置 YIAN_SEARCH_ENGINE={engine}，重新启动 serve 和 jobs，就改用新索引。"
        f"原来的索引仍在，改回设置就能退回；改用以后请执行 review-app index catch-up，补上其间导入的内容。"
    )


def build_all(settings: Settings) -> None:
    database = open_instance(settings)
    for index in INDEXES:
        begun = time.monotonic()
        engine = index.open(settings.index_folder, settings.search_engine)
        documents = rebuild(index, engine, database, lambda done: click.echo(f"已写入{done}件", err=True))
        click.echo(
            f"{index.title}（{settings.search_engine}）：共{documents}件，用时{time.monotonic() - begun:.0f}秒。"
        )


@click.command("doctor")
@DATA
def doctor_command(data: Path | None) -> None:
    """检查平台：数据库、密钥、索引、文件夹、字体、磁盘、审计链，每项一句话；有错误时退出码为1。"""
    settings = read_settings(data=data)
    findings = list(examine(settings))
    for finding in findings:
        click.echo(f"{SIGNS[finding.mark]} {finding.sentence}")
    sys.exit(1 if any(finding.mark is Mark.BAD for finding in findings) else 0)
