"""Command ``review-app precedents import PATH``."""

import fcntl
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path

import click
from click._termui_impl import ProgressBar
from sqlalchemy.orm import Session

from review_app.clock import utc_now
from review_app.database import Database
from review_app.errors import N_, ReviewError
from review_app.instance import open_instance
from review_app.precedents.importing import (
    Read,
    begin_run,
    finish_run,
    new_run,
    rehearse_batch,
    report_csv,
    report_xlsx,
    store_batch,
)
from review_app.precedents.indexing import catch_up
from review_app.precedents.library import open_library
from review_app.precedents.mapping import Mapped, read_mapping
from review_app.precedents.models import ImportNote, ImportRun
from review_app.precedents.service import Known
from review_app.precedents.sources import Options, Piece, Source, find_source, pieces, read_piece
from review_app.precedents.states import TIER_LABELS, ImportFate, Tier
from review_app.settings import Settings, read_settings

BATCH = 250  # pieces stored in one transaction
INDEX_EVERY = 2_000  # cases taken into the index at once
AHEAD = 12  # chunks that are read before they are stored
CHUNK = 50  # pieces handed to the reading process at once
FEW = 200  # pieces for which a second process is not worth its start
TELL_EVERY = 2.0  # seconds between two lines of progress
PRINTED = 20  # refusals shown on the screen; all are in the report
BUSY = 75  # exit code of a command that may be tried again later


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--tier", type=click.Choice([str(tier) for tier in Tier]), default="4", show_default=True,
              help="案例层级：" + "；".join(f"{tier} {label}" for tier, label in TIER_LABELS.items()))  # fmt: skip
@click.option("--licence", "licence_note", default="", help="来源和许可说明，随案例保存")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="对照表（YAML）：每行“字段: 键名”，用于其他格式的JSON")  # fmt: skip
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path),
              help="导入情况表（.csv或者.xlsx）；不指定时有未能读取的才写入数据文件夹的imports")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="只读取和核对，不保存")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
def import_command(
    path: Path,
    tier: str,
    licence_note: str,
    mapping: Path | None,
    report: Path | None,
    dry_run: bool,
    data: Path | None,
) -> None:
    """导入案例：.txt、.docx、.pdf、.json，每行一件的 .jsonl、.jsonl.xz，或者装有这些文件的文件夹。

    中断后再次运行同一命令，从中断处继续。同样的内容导入两次不会重复。有读不了的文件或行时其余照常导入，退出码为1。
    """
    settings = read_settings(data=data)
    try:
        checked_report(report)
        options = Options(Tier(tier), licence_note, read_mapping(mapping) if mapping else Mapped())
        source = find_source(path)
        database = open_instance(settings)
        with alone(settings):
            importing = Importing(database, settings, source, options, report)
            refused = importing.rehearse() if dry_run else importing.run()
    except ReviewError as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if refused else 0)


def checked_report(report: Path | None) -> None:
    if report is not None and report.suffix.lower() not in (".csv", ".xlsx"):
        raise ReviewError(N_("导入情况表的文件名应当以.csv或者.xlsx结尾。"))


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Only one import at a time: two of the same source would take turns at one position."""
    with (settings.data / "import.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo("另一个导入正在进行。请等它完成后再运行。", err=True)
            sys.exit(BUSY)
        yield


class Importing:
    """One run of the command: each batch is committed by itself, with the position behind it."""

    def __init__(
        self, database: Database, settings: Settings, source: Source, options: Options, report: Path | None
    ) -> None:
        self.database = database
        self.settings = settings
        self.engine = open_library(settings.index_folder, settings.search_engine)
        self.source = source
        self.options = options
        self.report = report
        self.begun = time.monotonic()
        self.to_index = 0

    def run(self) -> int:
        """Take everything in and tell what came of it; how many pieces could not be read."""
        run_id, position = self.begin()
        with Progress(self.source.size, position) as progress:
            for batch in batches(self.source, self.options, skip=position):
                with self.database.writing() as session, session.begin():
                    run = kept_run(session, run_id)
                    store_batch(session, run, [read for _, read in batch], by=None, now=utc_now())
                self.index(len(batch))
                progress.advance(batch[-1][0].done, len(batch))
        self.index(INDEX_EVERY)
        with self.database.writing() as session, session.begin():
            finish_run(session, kept_run(session, run_id), by=None, now=utc_now())
        with self.database.reading() as session:
            run = kept_run(session, run_id)
            return self.tell(run, run.notes, dry_run=False)

    def begin(self) -> tuple[int, int]:
        with self.database.writing() as session, session.begin():
            run = begin_run(
                session,
                source=self.source.path.name,
                fingerprint=self.source.fingerprint(self.options),
                options=self.options,
                by=None,
                now=utc_now(),
            )
            if run.position:
                click.echo(f"继续上次中断的导入：已完成{run.position}项。", err=True)
            return run.id, run.position

    def rehearse(self) -> int:
        """Read and compare everything and keep nothing; how many pieces could not be read."""
        run = new_run(self.source.path.name, "", self.options, by=None, now=utc_now())
        notes: list[ImportNote] = []
        with self.database.reading() as session:
            rehearsed = Known(session, [])
        with Progress(self.source.size, 0) as progress:
            for batch in batches(self.source, self.options, skip=0):
                with self.database.writing() as session:
                    read = [each for _, each in batch]
                    notes += rehearse_batch(session, run, read, rehearsed, now=utc_now())
                    session.rollback()
                progress.advance(batch[-1][0].done, len(batch))
        return self.tell(run, notes, dry_run=True)

    def index(self, stored: int) -> None:
        self.to_index += stored
        if self.to_index >= INDEX_EVERY:
            catch_up(self.database, self.engine)
            self.to_index = 0

    def tell(self, run: ImportRun, notes: list[ImportNote], *, dry_run: bool) -> int:
        """Refusals and summary on the screen, everything in the report."""
        refused = [note for note in notes if note.fate is ImportFate.REFUSED]
        for note in refused[:PRINTED]:
            click.echo(f"{note.place}：{ReviewError(note.sentence, **note.facts)}", err=True)
        if len(refused) > PRINTED:
            click.echo(f"……共{run.refused}项未能读取，其余见导入情况表。", err=True)
        if written := self.write_report(run, notes, dry_run=dry_run):
            click.echo(f"导入情况表：{written}", err=True)
        click.echo(summary(run, time.monotonic() - self.begun, dry_run=dry_run))
        return run.refused

    def write_report(self, run: ImportRun, notes: list[ImportNote], *, dry_run: bool) -> Path | None:
        report = self.report
        if report is None:
            if dry_run or not run.refused:
                return None
            report = self.settings.data / "imports" / f"import-{run.id}.csv"
            report.parent.mkdir(exist_ok=True)
        report.write_bytes(report_xlsx(notes) if report.suffix.lower() == ".xlsx" else report_csv(notes))
        return report


def kept_run(session: Session, run_id: int) -> ImportRun:
    return session.get_one(ImportRun, run_id)


def summary(run: ImportRun, seconds: float, *, dry_run: bool) -> str:
    done = "核对完毕（未保存）" if dry_run else "导入完毕"
    total = run.added + run.renewed + run.unchanged + run.refused
    return (
        f"{done}：共{total}件，新增{run.added}，更新{run.renewed}，"
        f"未变{run.unchanged}，未能读取{run.refused}；用时{seconds:.0f}秒。"
    )


def batches(source: Source, options: Options, *, skip: int) -> Iterator[list[tuple[Piece, Read]]]:
    """What is read, in the order of the source, in batches."""
    read = read_all(pieces(source, skip=skip), options)
    while batch := list(islice(read, BATCH)):
        yield batch


def read_all(found: Iterator[Piece], options: Options) -> Iterator[tuple[Piece, Read]]:
    """Read pieces: few of them here, many in a second process while this one stores."""
    first = list(islice(found, FEW))
    yield from read_chunk(first, options)
    if len(first) < FEW:
        return
    with get_context("spawn").Pool(1) as pool:
        yield from read_elsewhere(pool, found, options)


def read_elsewhere(pool: Pool, found: Iterator[Piece], options: Options) -> Iterator[tuple[Piece, Read]]:
    waiting: deque[AsyncResult[list[tuple[Piece, Read]]]] = deque()
    while True:
        while len(waiting) < AHEAD and (chunk := list(islice(found, CHUNK))):
            waiting.append(pool.apply_async(read_chunk, (chunk, options)))
        if not waiting:
            return
        yield from waiting.popleft().get()


def read_chunk(chunk: list[Piece], options: Options) -> list[tuple[Piece, Read]]:
    return [(without_line(piece), Read(piece.place, tuple(read_piece(piece, options)))) for piece in chunk]


def without_line(piece: Piece) -> Piece:
    return replace(piece, line=None)


class Progress:
    """How far an import is, in bytes of its source: a bar on a terminal, else a line every few seconds."""

    def __init__(self, size: int, position: int) -> None:
        self.size = max(size, 1)
        self.position = position
        self.here = 0
        self.from_byte: int | None = None
        self.begun = self.told = time.monotonic()
        self.bar: ProgressBar[int] | None = None

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            self.bar = click.progressbar(
                length=self.size, label="导入", file=sys.stderr, item_show_func=shown
            )
            self.bar.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        if self.bar:
            self.bar.render_finish()

    def advance(self, done: int, pieces: int) -> None:
        """``done`` bytes of the source are done with, and so many more pieces."""
        self.position += pieces
        self.here += pieces
        if self.bar:
            self.bar.update(done - self.bar.pos, self.position)
        elif time.monotonic() - self.told >= TELL_EVERY:
            self.told = time.monotonic()
            click.echo(self.line(done), err=True)
        if self.from_byte is None:
            self.from_byte = done

    def line(self, done: int) -> str:
        seconds = time.monotonic() - self.begun
        left = seconds * (self.size - done) / max(done - (self.from_byte or 0), 1)
        rate = self.here / max(seconds, 0.001)
        return f"已完成{self.position}项（{100 * done / self.size:.0f}%），每秒{rate:.0f}项，约剩{left:.0f}秒"


def shown(position: int | None) -> str:
    return f"{position}项" if position else ""
