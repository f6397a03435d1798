"""The command ``review-app statutes import PATH``."""

import sys
import time
from pathlib import Path

import click

from review_app.clock import utc_now
from review_app.database import Database
from review_app.errors import ReviewError
from review_app.instance import open_instance
from review_app.settings import Settings, read_settings
from review_app.statutes.drafts import Draft
from review_app.statutes.indexing import catch_up_index
from review_app.statutes.library import open_statutes
from review_app.statutes.service import Taken, end_repealed, record_import, take_in
from review_app.statutes.sources import Options, Refused, Source, open_source
from review_app.statutes.states import Dating
from search_index.engine import SearchEngine

INDEX_AFTER = 4_000  # articles stored before the index is brought up to date
TELL_AFTER = 2.0  # seconds between two lines of progress
DATA = click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")


@click.group("statutes")
def statutes() -> None:
    """法规库：导入。"""


@statutes.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--excerpt", "is_excerpt", is_flag=True, help="只含部分条文（节选），允许缺条")
@click.option("--source", default="", help="来源，随文本保存")
@click.option("--licence", "licence_note", default="", help="许可说明，随文本保存")
@click.option("--dry-run", is_flag=True, help="只读取和核对，不保存")
@DATA
def import_command(
    path: Path, is_excerpt: bool, source: str, licence_note: str, dry_run: bool, data: Path | None
) -> None:
    """导入法规：文件夹或单个文件（.md 每部一件；.jsonl、.jsonl.xz 每行一条）。

    同样的文本导入两次不会重复；新文本自动接上旧文本的有效期间。不能导入的逐件列出原因，其余照常导入，退出码为1。
    """
    settings = read_settings(data=data)
    options = Options(is_excerpt=is_excerpt, source=source, licence_note=licence_note)
    try:
        found = open_source(path, options)
        refused = Importing(settings, dry_run).run(found, source=path.name)
    except ReviewError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if refused else 0)


class Importing:
    """One import: every text in a transaction of its own, the index brought up to date in between."""

    def __init__(self, settings: Settings, dry_run: bool) -> None:
        self.database = open_instance(settings)
        self.engine = open_statutes(settings.index_folder, settings.search_engine)
        self.trial = self.database.writing() if dry_run else None
        self.taken = Taken()
        self.refused = 0
        self.ended = 0
        self.assumed: list[str] = []
        self.read = 0
        self.waiting = 0
        self.begun = self.told = time.monotonic()

    def run(self, found: Source, *, source: str) -> int:
        """Take everything in and tell how much was refused."""
        for each in found.texts:
            if isinstance(each, Refused):
                self.refuse(each)
            else:
                self.store(each)
            self.tell_progress(found.total)
        self.finish(source)
        click.echo(self.summary())
        return self.refused

    def store(self, draft: Draft) -> None:
        self.read += len(draft.places)
        try:
            taken = self.take(draft)
        except ReviewError as reason:
            self.refused += 1
            click.echo(f"{'、'.join(draft.places)}：{reason}", err=True)
            return
        self.taken += taken
        if draft.dating is Dating.ASSUMED and taken.articles:
            self.assumed.append(f"{draft.title}（{draft.promulgated_on}）")
        self.waiting += taken.articles
        if self.waiting >= INDEX_AFTER and self.trial is None:
            catch_up(self.database, self.engine)
            self.waiting = 0

    def take(self, draft: Draft) -> Taken:
        if self.trial is not None:
            return take_in(self.trial, draft, by=None, now=utc_now())
        with self.database.writing() as session, session.begin():
            return take_in(session, draft, by=None, now=utc_now())

    def refuse(self, refused: Refused) -> None:
        self.read += 1
        self.refused += 1
        click.echo(f"{refused.place}：{refused.reason}", err=True)

    def finish(self, source: str) -> None:
        if self.trial is not None:
            self.ended = end_repealed(self.trial)
            self.trial.rollback()
            self.trial.close()
            return
        with self.database.writing() as session, session.begin():
            self.ended = end_repealed(session)
            record_import(session, self.taken, self.refused, source=source, by=None, now=utc_now())
        catch_up(self.database, self.engine)

    def tell_progress(self, total: int) -> None:
        moment = time.monotonic()
        if moment - self.told < TELL_AFTER:
            return
        self.told = moment
        rate = self.read / (moment - self.begun)
        left = max(total - self.read, 0) / rate
        click.echo(f"已读{self.read}/{total}部，每秒{rate:.0f}部，约还需{left:.0f}秒", err=True)

    def summary(self) -> str:
        done = "核对完毕（未保存）" if self.trial is not None else "导入完毕"
        lines = [
            f"{done}：新增{self.taken.added}部，新文本{self.taken.renewed}件，未变{self.taken.unchanged}件，"
            f"未能导入{self.refused}件；共{self.taken.articles}条；用时{time.monotonic() - self.begun:.0f}秒。"
        ]
        if self.ended:
            lines.append(f"其中{self.ended}件被后来的法规写明废止，有效期间到废止前一日为止。")
        if self.assumed:
            some = "、".join(self.assumed[:10]) + ("等" if len(self.assumed) > 10 else "")
            lines.append(
                f"其中{len(self.assumed)}件没有载明施行日期，暂按公布（通过）之日计：{some}。"
                "请核对，或者在文件夹中放入validity.csv写明日期后重新导入。"
            )
        return "\n".join(lines)


def catch_up(database: Database, engine: SearchEngine) -> int:
    """Bring everything that waits into the index, one short transaction per batch; how many texts it was."""
    done = 0
    while True:
        with database.writing() as session, session.begin():
            some = catch_up_index(session, engine, now=utc_now())
        done += some
        if not some:
            return done
