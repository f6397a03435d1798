"""Commands: ``review-app precedents import PATH``, ``catch-up`` and ``rebuild-index``."""

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import click
from sqlalchemy import select

from review_app.clock import utc_now
from review_app.database import Database
from review_app.errors import ReviewError
from review_app.instance import open_instance
from review_app.precedents.drafts import Draft
from review_app.precedents.library import as_document, open_library
from review_app.precedents.models import Precedent
from review_app.precedents.service import Taken, catch_up_index, mark_lost, record_import, take_in
from review_app.precedents.sources import Refused, read_source
from review_app.precedents.states import TIER_LABELS, Tier
from review_app.settings import read_settings
from search_index.engine import Document, SearchEngine

BATCH = 500
DATA = click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")


@click.group("precedents")
def precedents() -> None:
    """类案库：导入、索引。"""


@precedents.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--tier", type=click.Choice([str(tier) for tier in Tier]), default="4", show_default=True,
              help="案例层级：" + "；".join(f"{tier} {label}" for tier, label in TIER_LABELS.items()))  # fmt: skip
@click.option("--licence", "licence_note", default="", help="来源和许可说明，随案例保存")
@click.option("--dry-run", is_flag=True, help="只读取和核对，不保存")
@DATA
def import_command(path: Path, tier: str, licence_note: str, dry_run: bool, data: Path | None) -> None:
    """导入案例：文件夹（.txt、.docx、.pdf）或者每行一件的 .jsonl、.jsonl.xz。

    同样的内容导入两次不会重复。有读不了的文件或行时逐条列出，其余照常导入，退出码为1。
    """
    settings = read_settings(data=data)
    database = open_instance(settings)
    try:
        refused = Importing(database, settings.index_folder, dry_run).run(
            read_source(path, tier=Tier(tier), licence_note=licence_note), source=path.name
        )
    except ReviewError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if refused else 0)


class Importing:
    """One import: batches are committed one by one, each followed by its part of the index."""

    def __init__(self, database: Database, index_folder: Path, dry_run: bool) -> None:
        self.database = database
        self.engine = open_library(index_folder)
        self.dry_run = dry_run
        self.taken = Taken()
        self.refused = 0
        self.begun = time.monotonic()

    def run(self, found: Iterator[Draft | Refused], *, source: str) -> int:
        """Take everything in and tell how much of it could not be read."""
        while batch := list(islice(found, BATCH)):
            for refusal in (each for each in batch if isinstance(each, Refused)):
                self.refused += 1
                click.echo(f"{refusal.place}：{refusal.reason}", err=True)
            self.store([each for each in batch if isinstance(each, Draft)])
            self.tell_progress()
        if not self.dry_run:
            with self.database.writing() as session, session.begin():
                record_import(session, self.taken, self.refused, source=source, by=None, now=utc_now())
        click.echo(self.summary())
        return self.refused

    def store(self, drafts: list[Draft]) -> None:
        with self.database.writing() as session:
            transaction = session.begin()
            self.taken += take_in(session, drafts, by=None, now=utc_now())
            if self.dry_run:
                transaction.rollback()
            else:
                transaction.commit()
        if not self.dry_run:
            catch_up(self.database, self.engine)

    def tell_progress(self) -> None:
        done, seconds = self.read, time.monotonic() - self.begun
        click.echo(f"已读{done}件，每秒{done / max(seconds, 0.001):.0f}件", err=True)

    @property
    def read(self) -> int:
        return self.taken.added + self.taken.renewed + self.taken.unchanged + self.refused

    def summary(self) -> str:
        done = "核对完毕（未保存）" if self.dry_run else "导入完毕"
        return (
            f"{done}：共{self.read}件，新增{self.taken.added}，更新{self.taken.renewed}，"
            f"未变{self.taken.unchanged}，未能读取{self.refused}；用时{time.monotonic() - self.begun:.0f}秒。"
        )


def catch_up(database: Database, engine: SearchEngine) -> int:
    """Bring everything that waits into the index, one short transaction per batch; how many cases it was."""
    done = 0
    while True:
        with database.writing() as session, session.begin():
            some = catch_up_index(session, engine, now=utc_now(), most=BATCH)
        done += some
        if not some:
            return done


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
    in_force = select(Precedent).where(Precedent.superseded_at.is_(None)).order_by(Precedent.id)
    with database.reading() as session:
        state = engine.rebuild(batches(session.scalars(in_force.execution_options(yield_per=BATCH))))
    catch_up(database, engine)  # what was imported meanwhile
    click.echo(f"索引已重建，共{state.documents}件。")


def batches(rows: Iterable[Precedent]) -> Iterator[list[Document]]:
    each = iter(rows)
    while some := [as_document(row) for row in islice(each, BATCH)]:
        yield some
