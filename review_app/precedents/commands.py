"""Commands: ``review-app precedents import PATH``, ``catch-up`` and ``rebuild-index``."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import click
from sqlalchemy import select

from review_app.instance import open_instance
from review_app.precedents.import_command import import_command
from review_app.precedents.indexing import catch_up
from review_app.precedents.library import as_document, open_library
from review_app.precedents.models import IN_FORCE, Precedent
from review_app.precedents.service import mark_lost
from review_app.settings import read_settings
from search_index.engine import Document

BATCH = 500
DATA = click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")


@click.group("precedents")
def precedents() -> None:
    """类案库：导入、索引。"""


precedents.add_command(import_command)


@precedents.command("catch-up")
@DATA
def catch_up_command(data: Path | None) -> None:
    """补齐索引：找出索引中缺少的案例并写入。"""
    settings = read_settings(data=data)
    database, engine = open_instance(settings), open_library(settings.index_folder)
    with database.writing() as session, session.begin():
        mark_lost(session, engine)
    click.echo(f"已写入索引{catch_up(database, engine)}件。")


@precedents.command("rebuild-index")
@DATA
def rebuild_command(data: Path | None) -> None:
    """在旁边重建整个索引，完成后一次替换；期间检索照常。"""
    settings = read_settings(data=data)
    database, engine = open_instance(settings), open_library(settings.index_folder)
    in_force = select(Precedent).where(IN_FORCE).order_by(Precedent.id)
    with database.reading() as session:
        state = engine.rebuild(batches(session.scalars(in_force.execution_options(yield_per=BATCH))))
    catch_up(database, engine)  # what was imported meanwhile
    click.echo(f"索引已重建，共{state.documents}件。")


def batches(rows: Iterable[Precedent]) -> Iterator[list[Document]]:
    each = iter(rows)
    while some := [as_document(row) for row in islice(each, BATCH)]:
        yield some
