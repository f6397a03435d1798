"""An import and how far it got: each batch of cases is stored together with the position behind it, so that an import
that was stopped at any moment goes on where it stopped."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.documents.spreadsheet import harmless
from review_app.errors import ReviewError
from review_app.precedents.drafts import Draft
from review_app.precedents.models import ImportNote, ImportRun
from review_app.precedents.service import Fate, Known, Taken, record_import, take_each
from review_app.precedents.sources import Options, Refused
from review_app.precedents.states import IMPORT_FATE_LABELS, ImportFate, ImportState

MOST_NOTES = 20_000  # of one import; more are counted only
_LONGEST_FACT = 300
COLUMNS = ("位置", "结果", "原因或者说明", "案例")


@dataclass(frozen=True)
class Read:
    """What was read of one piece of a source."""

    place: str
    found: tuple[Draft | Refused, ...]


def begin_run(
    session: Session, *, source: str, fingerprint: str, options: Options, by: Person | None, now: datetime
) -> ImportRun:
    """The import with this fingerprint that was not finished, or a new one."""
    unfinished = select(ImportRun).where(
        ImportRun.fingerprint == fingerprint, ImportRun.state == ImportState.RUNNING
    )
    run = session.scalars(unfinished.order_by(ImportRun.id.desc())).first()
    if run is not None:
        return run
    run = new_run(source, fingerprint, options, by=by, now=now)
    session.add(run)
    session.flush()
    return run


def new_run(
    source: str, fingerprint: str, options: Options, *, by: Person | None, now: datetime
) -> ImportRun:
    """An import that has done nothing yet."""
    return ImportRun(
        source=source, fingerprint=fingerprint, tier=options.tier, licence_note=options.licence_note, created_at=now,
        created_by_id=by.id if by else None, position=0, added=0, renewed=0, unchanged=0, refused=0,
        state=ImportState.RUNNING,
    )  # fmt: skip


def store_batch(
    session: Session, run: ImportRun, batch: Sequence[Read], *, by: Person | None, now: datetime
) -> None:
    """Store what was read and put the position behind it, in one transaction of the caller."""
    told = run.refused + run.renewed + run.unchanged
    fates = take_each(session, [draft for _, draft in drafts_in(batch)], by=by, now=now)
    keep_notes(session, run, counted(run, batch, fates, now)[: max(0, MOST_NOTES - told)])


def keep_notes(session: Session, run: ImportRun, notes: Iterable[ImportNote]) -> None:
    """Notes of an import that may have very many, without loading them."""
    for note in notes:
        note.run_id = run.id
        session.add(note)
    session.flush()


def rehearse_batch(
    session: Session, run: ImportRun, batch: Sequence[Read], rehearsed: Known, *, now: datetime
) -> list[ImportNote]:
    """What ``store_batch`` would tell; ``run`` is not stored and the caller rolls back. ``rehearsed`` grows by what
    would have been stored, so that later batches know it."""
    drafts = [draft for _, draft in drafts_in(batch)]
    fates = take_each(session, drafts, by=None, now=now, rehearsed=rehearsed)
    told = counted(run, batch, fates, now)
    for fate in fates:
        if not fate.taken.unchanged:
            session.expunge(fate.precedent)
            fate.precedent.text = ""  # only what tells cases apart is needed of it
            rehearsed.add(fate.precedent)
    return told


def drafts_in(batch: Sequence[Read]) -> list[tuple[str, Draft]]:
    return [(read.place, found) for read in batch for found in read.found if isinstance(found, Draft)]


def counted(run: ImportRun, batch: Sequence[Read], fates: Sequence[Fate], now: datetime) -> list[ImportNote]:
    """Adds a batch to the counts of its import; what has to be told of it."""
    refused = [found for read in batch for found in read.found if isinstance(found, Refused)]
    taken = sum((fate.taken for fate in fates), Taken())
    run.added += taken.added
    run.renewed += taken.renewed
    run.unchanged += taken.unchanged
    run.refused += len(refused)
    run.position += len(batch)
    places = [place for place, _ in drafts_in(batch)]
    told = [told_of(place, fate, now) for place, fate in zip(places, fates, strict=True)]
    return [*(refusal(one, now) for one in refused), *(note for note in told if note is not None)]


def refusal(refused: Refused, now: datetime) -> ImportNote:
    facts = {name: short(value) for name, value in refused.reason.facts.items()}
    return ImportNote(
        place=refused.place,
        fate=ImportFate.REFUSED,
        sentence=refused.reason.sentence,
        facts=facts,
        created_at=now,
    )


def short(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)[:_LONGEST_FACT]


def told_of(place: str, fate: Fate, now: datetime) -> ImportNote | None:
    """What has to be told of a case that was taken: nothing when it is simply new."""
    if fate.taken.added:
        return None
    kind = ImportFate.RENEWED if fate.taken.renewed else ImportFate.SAME
    return ImportNote(place=place, fate=kind, precedent_id=fate.precedent.id, created_at=now)


def finish_run(session: Session, run: ImportRun, *, by: Person | None, now: datetime) -> None:
    """Everything is done with: the import is closed and written to the audit log."""
    run.state, run.finished_at = ImportState.FINISHED, now
    taken = Taken(run.added, run.renewed, run.unchanged)
    record_import(session, taken, run.refused, source=run.source, by=by, now=now)


def report_rows(notes: Iterable[ImportNote]) -> list[tuple[str, str, str, str]]:
    """What an import has to tell, as rows of a table."""
    return [
        (note.place, IMPORT_FATE_LABELS[note.fate], str(sentence_of(note)), named(note)) for note in notes
    ]


def sentence_of(note: ImportNote) -> ReviewError | str:
    return ReviewError(note.sentence, **note.facts) if note.sentence else ""


def named(note: ImportNote) -> str:
    if note.precedent is None:
        return ""
    return f"{note.precedent.title}（{note.precedent.case_no or note.precedent.id}）"


def report_csv(notes: Iterable[ImportNote]) -> bytes:
    """The report as a CSV file that a spreadsheet opens as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in report_rows(notes))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def report_xlsx(notes: Iterable[ImportNote]) -> bytes:
    """The report as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("导入情况")
    sheet.append(COLUMNS)
    for row in report_rows(notes):
        sheet.append([harmless(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
