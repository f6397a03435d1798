"""Single documents on their way into the library: uploaded, read, checked by a person, stored."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.precedents.drafts import Draft, draft_of_text
from review_app.precedents.importing import finish_run, keep_notes, new_run, refusal, told_of
from review_app.precedents.keeping import Details
from review_app.precedents.models import ImportNote, ImportRun, Precedent, StagedCase
from review_app.precedents.rules import can_import_precedents
from review_app.precedents.service import Fate, Known, take_each
from review_app.precedents.sources import Options, Refused
from review_app.precedents.states import ImportState

MOST_FILES = 20  # of one upload
_NAMED = 60


def stage_upload(
    session: Session,
    read: Sequence[tuple[str, Draft | Refused]],
    options: Options,
    *,
    by: Person,
    now: datetime,
) -> ImportRun:
    """Begin an import of uploaded documents: what could be read waits to be checked, the rest is told with its reason.
    ``read`` are the documents by their names. Nothing is in the library yet."""
    if not can_import_precedents(by):
        raise NotAllowed
    if not options.licence_note.strip():
        raise ReviewError(N_("请填写来源和许可说明：从哪里取得、依据什么可以使用。"))
    if not 0 < len(read) <= MOST_FILES:
        raise ReviewError(
            N_("一次可以上传1至%(most)s份文书。更多的请系统管理员用命令导入。"), most=MOST_FILES
        )
    names = "、".join(name for name, _ in read)
    fingerprint = hashlib.sha256(f"{now.isoformat()}{by.id}{names}".encode()).hexdigest()
    source = names if len(names) <= _NAMED else f"{names[:_NAMED]}…"
    run = new_run(source, fingerprint, options, by=by, now=now)
    session.add(run)
    session.flush()
    for name, found in read:
        if isinstance(found, Draft):
            run.staged.append(StagedCase(place=name, text=found.text, created_at=now, created_by_id=by.id))
        else:
            refuse(session, run, Refused(name, found.reason), now)
    close_if_done(session, run, by=by, now=now)
    return run


def refuse(session: Session, run: ImportRun, refused: Refused, now: datetime) -> None:
    run.refused += 1
    run.position += 1
    keep_notes(session, run, [refusal(refused, now)])


def read_again(staged: StagedCase) -> Draft:
    """What the staged document says, read from its text."""
    name = staged.place.rsplit(".", 1)[0]
    return draft_of_text(staged.text, name=name, tier=staged.run.tier, licence_note=staged.run.licence_note)


def likely_known(session: Session, draft: Draft) -> tuple[Precedent | None, Precedent | None]:
    """The stored case with the same text, and the version that this one would replace."""
    known = Known(session, [draft])
    versions = known.versions(draft)
    return known.same_text(draft), versions[-1] if versions else None


def accept_staged(
    session: Session, staged: StagedCase, details: Details, *, by: Person, now: datetime
) -> Precedent:
    """Store a staged document with what a person says of it. A text that is there already stays as it is; the one
    stored is given back."""
    run = open_run(staged, by)
    if not details.licence_note.strip():
        raise ReviewError(N_("请填写来源和许可说明：从哪里取得、依据什么可以使用。"))
    said = asdict(details) | {"causes": details.causes, "year": details.year}
    fate = take_each(session, [replace(read_again(staged), **said)], by=by, now=now)[0]
    count(session, run, staged.place, fate, now)
    run.staged.remove(staged)
    close_if_done(session, run, by=by, now=now)
    return fate.precedent


def count(session: Session, run: ImportRun, place: str, fate: Fate, now: datetime) -> None:
    run.added += fate.taken.added
    run.renewed += fate.taken.renewed
    run.unchanged += fate.taken.unchanged
    run.position += 1
    note: ImportNote | None = told_of(place, fate, now)
    if note is not None:
        keep_notes(session, run, [note])


def discard_staged(session: Session, staged: StagedCase, *, by: Person, now: datetime) -> None:
    """Do not store a staged document."""
    run = open_run(staged, by)
    refuse(session, run, Refused(staged.place, ReviewError(N_("核对后未入库。"))), now)
    run.staged.remove(staged)
    close_if_done(session, run, by=by, now=now)


def open_run(staged: StagedCase, by: Person) -> ImportRun:
    if not can_import_precedents(by):
        raise NotAllowed
    return staged.run


def close_if_done(session: Session, run: ImportRun, *, by: Person, now: datetime) -> None:
    session.flush()
    if not run.staged and run.state is ImportState.RUNNING:
        finish_run(session, run, by=by, now=now)
