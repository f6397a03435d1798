"""What can be done with the file of a review: volumes, documents, the self-review. Nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from case_files.checks import check_name
from case_files.refusals import CaseFileError
from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.reviews.file_intake import TakenIn, TurnedAway
from review_app.reviews.file_queries import uploader_of
from review_app.reviews.file_rules import can_change_document
from review_app.reviews.lacks import COORDINATOR, LIAISON, Missing
from review_app.reviews.models import CaseReview, FileDocument, FilePage, FileVolume
from review_app.reviews.rules import can_upload_files, is_coordinator
from review_app.reviews.states import VolumeKind

LONGEST_TITLE = 80


@dataclass(frozen=True)
class Refused:
    """A file that was not kept, and why."""

    name: str
    error: ReviewError


@dataclass(frozen=True)
class UploadReport:
    """What became of one upload, file by file."""

    kept: list[FileDocument]
    refused: list[Refused]


def add_volume(
    session: Session, review: CaseReview, *, kind: VolumeKind, title: str, by: Person, now: datetime
) -> FileVolume:
    """Add a volume (卷) with the next number."""
    if not can_upload_files(by, review):
        raise NotAllowed
    check_title(title)
    last = session.scalar(select(func.max(FileVolume.number)).where(FileVolume.review_id == review.id))
    volume = FileVolume(
        review=review, number=(last or 0) + 1, kind=kind, title=title.strip(),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(volume)
    record(
        session, action="files.add_volume", subject=volume, by=by, now=now,
        review_id=review.id, after={"number": volume.number, "kind": kind, "title": volume.title},
    )  # fmt: skip
    return volume


def upload_documents(
    session: Session,
    volume: FileVolume,
    files: Sequence[TakenIn | TurnedAway],
    *,
    by: Person,
    now: datetime,
) -> UploadReport:
    """Put files that were taken in into a volume; each by itself, so that one refused keeps the others.

    A content that the volume already holds is refused and told; a file that bears a state-secret mark is
    reported to the review's coordinator (保密法 art 14). Refused files are in the audit log.
    """
    session.refresh(volume, with_for_update=True)
    session.refresh(volume.review)
    if not can_upload_files(by, volume.review):
        raise NotAllowed
    report = UploadReport([], [])
    for file in files:
        try:
            with session.begin_nested():
                report.kept.append(put_document(session, volume, file, by=by, now=now))
        except ReviewError as error:
            report.refused.append(Refused(file.name, error))
            note_refusal(session, volume, file, error, by=by, now=now)
    return report


def put_document(
    session: Session, volume: FileVolume, file: TakenIn | TurnedAway, *, by: Person, now: datetime
) -> FileDocument:
    if isinstance(file, TurnedAway):
        raise ReviewError(file.refusal.sentence, **file.refusal.facts)
    refuse_double(session, volume, file)
    last = session.scalar(select(func.max(FileDocument.number)).where(FileDocument.volume_id == volume.id))
    document = FileDocument(
        volume=volume, number=(last or 0) + 1, title=PurePath(file.name).stem, file_name=file.name,
        kind=file.kind, sha256=file.sha256, size=file.size, page_count=len(file.pages),
        has_text=any(page.text.strip() for page in file.pages), created_at=now, created_by_id=by.id,
        pages=[FilePage(number=page.number, text=page.text) for page in file.pages],
    )  # fmt: skip
    session.add(document)
    record(
        session, action="files.upload", subject=document, by=by, now=now,
        review_id=volume.review_id,
        after={
            "volume": volume.number, "file_name": file.name, "sha256": file.sha256, "size": file.size,
            "pages": document.page_count,
        },
    )  # fmt: skip
    return document


def refuse_double(session: Session, volume: FileVolume, file: TakenIn) -> None:
    there = session.scalar(
        select(FileDocument).where(
            FileDocument.volume_id == volume.id,
            FileDocument.sha256 == file.sha256,
            FileDocument.withdrawn_at.is_(None),
        )
    )
    if there is not None:
        raise ReviewError(
            "本卷已有内容完全相同的文件“%(title)s”（第%(number)s件），没有重复存入。",
            title=there.title,
            number=there.number,
        )


def note_refusal(
    session: Session,
    volume: FileVolume,
    file: TakenIn | TurnedAway,
    error: ReviewError,
    *,
    by: Person,
    now: datetime,
) -> None:
    if isinstance(file, TurnedAway) and file.bears_secrecy_mark:
        report_secrecy_mark(session, volume, file, by=by, now=now)
        return
    record(
        session, action="files.refused", subject=volume, by=by, now=now, review_id=volume.review_id,
        after={"file_name": file.name[:200], "why": error.sentence},
    )  # fmt: skip


def report_secrecy_mark(
    session: Session, volume: FileVolume, file: TurnedAway, *, by: Person, now: datetime
) -> None:
    """The name of such a file may itself be secret: log and notice go without it."""
    record(
        session, action="files.secrecy_mark", subject=volume, by=by, now=now, review_id=volume.review_id,
        after={"name_sha256": file.name_sha256},
    )  # fmt: skip
    review = volume.review
    if review.coordinator is not None:
        notify(
            session, "secrecy-mark", review.coordinator, now=now, review_id=review.id,
            review_no=review.review_no or "", who=by.name,
        )  # fmt: skip


def rename_document(
    session: Session, document: FileDocument, *, title: str, seen_version: int, by: Person, now: datetime
) -> None:
    """Give a document another title; the name under which it came stays on record.

    ``seen_version`` is the row version the form showed; raises EditConflict when somebody changed the
    document meanwhile.
    """
    refuse_change(session, document, by=by)
    check_title(title)
    if document.row_version != seen_version:
        raise EditConflict(theirs={"title": document.title})
    before, document.title = document.title, title.strip()
    record(
        session, action="files.rename", subject=document, by=by, now=now,
        review_id=document.volume.review_id, before={"title": before}, after={"title": document.title},
    )  # fmt: skip


def withdraw_document(
    session: Session, document: FileDocument, *, reason: str, by: Person, now: datetime
) -> None:
    """Take a document out of its volume with a written reason. Bytes and text stay: quotations may point to
    them, and the audit must be able to show what was there."""
    refuse_change(session, document, by=by)
    if not reason.strip():
        raise ReviewError("请写明撤出该文件的理由。")
    document.withdrawn_at, document.withdrawn_reason = now, reason.strip()
    record(
        session, action="files.withdraw", subject=document, by=by, now=now,
        review_id=document.volume.review_id, before={"sha256": document.sha256}, reason=reason.strip(),
    )  # fmt: skip


def excuse_self_review(
    session: Session, review: CaseReview, *, reason: str, by: Person, now: datetime
) -> None:
    """Record why the reviewed organ's self-review (自评表) is not in the file (§C.4 FILES)."""
    if not (is_coordinator(by, review) and can_upload_files(by, review)):
        raise NotAllowed
    if not reason.strip():
        raise ReviewError("请写明没有自评表的原因。")
    review.self_review_absent = reason.strip()
    record(
        session, action="files.no_self_review", subject=review, by=by, now=now, review_id=review.id,
        reason=reason.strip(),
    )  # fmt: skip


def missing_files(review: CaseReview) -> list[Missing]:
    """What the file still lacks before the panel may be drawn: a volume with documents, and the reviewed
    organ's self-review or the recorded reason why there is none (§C.4 FILES)."""
    filled = {
        volume.kind for volume in review.volumes if any(d.withdrawn_at is None for d in volume.documents)
    }
    lacks = []
    if not filled - {VolumeKind.SELF_REVIEW}:
        lacks.append(
            Missing("案卷尚未上传：至少登记一卷，并上传卷内材料。", who=COORDINATOR, page="files.index")
        )
    if VolumeKind.SELF_REVIEW not in filled and not review.self_review_absent:
        lacks.append(Missing("被评查单位的自评表尚未上传，也没有写明原因。", who=LIAISON, page="files.index"))
    return lacks


def refuse_change(session: Session, document: FileDocument, *, by: Person) -> None:
    if document.withdrawn_at is not None and can_upload_files(by, document.volume.review):
        raise ReviewError("该文件已经撤出，不能再修改。")
    if not can_change_document(by, document.volume.review, document, uploader_of(session, document)):
        raise NotAllowed


def check_title(title: str) -> None:
    """Titles become names of downloaded files, so they obey the same rules."""
    if not title.strip():
        raise ReviewError("请填写名称。")
    if len(title.strip()) > LONGEST_TITLE:
        raise ReviewError("名称最多%(limit)s个字。请缩短后再保存。", limit=LONGEST_TITLE)
    try:
        check_name(title.strip())
    except CaseFileError as refusal:
        raise ReviewError(refusal.sentence, **refusal.facts) from None
