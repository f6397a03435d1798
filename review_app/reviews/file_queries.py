"""Reading the file of a review: the index, one page, the places where words stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from case_files.quotation import occurrences
from review_app.accounts.models import Person
from review_app.audit.models import AuditRow
from review_app.audit.service import name_of
from review_app.clock import SHANGHAI, local_day
from review_app.reviews.file_rules import can_change_document, can_list_document, can_open_document
from review_app.reviews.models import CaseReview, FileDocument, FilePage, FileVolume

MOST_HITS = 200
AROUND = 24


@dataclass(frozen=True)
class ListedDocument:
    """One line of the index and what the reader may do with it."""

    document: FileDocument
    uploader: Person | None
    can_open: bool
    can_change: bool


@dataclass(frozen=True)
class ListedVolume:
    """One volume of the index; ``withdrawn`` are the documents taken out of it."""

    volume: FileVolume
    documents: list[ListedDocument]
    withdrawn: list[ListedDocument]

    @property
    def pages(self) -> int:
        return sum(listed.document.page_count for listed in self.documents)


@dataclass(frozen=True)
class Piece:
    """A stretch of a page's text; ``marked`` is the quotation."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class OpenedPage:
    """One page for reading. The pieces joined are exactly the page's text."""

    document: FileDocument
    volume: FileVolume
    number: int
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Hit:
    """A place where the words searched for stand: page, character range, text around."""

    page: int
    start: int
    end: int
    before: str
    found: str
    after: str


def index_of(session: Session, review: CaseReview, person: Person) -> list[ListedVolume]:
    """The index as this person may see it. A fixed number of queries, however many documents."""
    volumes = (
        select(FileVolume)
        .where(FileVolume.review_id == review.id)
        .order_by(FileVolume.number)
        .options(selectinload(FileVolume.documents))
    )
    found = list(session.scalars(volumes))
    uploaders = people_by_id(session, (d.created_by_id for volume in found for d in volume.documents))
    return [listed_volume(volume, review, person, uploaders) for volume in found]


def listed_volume(
    volume: FileVolume, review: CaseReview, person: Person, uploaders: dict[int, Person]
) -> ListedVolume:
    listed = [
        ListedDocument(
            document,
            uploader,
            can_open=can_open_document(person, review, uploader),
            can_change=can_change_document(person, review, document, uploader),
        )
        for document in volume.documents
        for uploader in [uploaders.get(document.created_by_id or 0)]
        if can_list_document(person, review, uploader)
    ]
    present = [one for one in listed if one.document.withdrawn_at is None]
    return ListedVolume(volume, present, [one for one in listed if one not in present])


def people_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, Person]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(wanted)))}


def find_volume(session: Session, review: CaseReview, volume_id: int) -> FileVolume | None:
    volume = session.get(FileVolume, volume_id)
    return volume if volume is not None and volume.review_id == review.id else None


def find_document(session: Session, review: CaseReview, document_id: int) -> FileDocument | None:
    """The document, if it belongs to this review; withdrawn ones too, since quotations may point to them."""
    found = session.get(FileDocument, document_id, options=[selectinload(FileDocument.volume)])
    return found if found is not None and found.volume.review_id == review.id else None


def uploader_of(session: Session, document: FileDocument) -> Person | None:
    return session.get(Person, document.created_by_id) if document.created_by_id else None


def open_page(
    session: Session, document: FileDocument, number: int, *, start: int | None = None, end: int | None = None
) -> OpenedPage | None:
    """One page with the characters ``start`` to ``end`` (code points, end excluded) marked. None when the
    document has no such page; offsets that do not fit the page mark nothing."""
    page = session.scalar(
        select(FilePage).where(FilePage.document_id == document.id, FilePage.number == number)
    )
    if page is None:
        return None
    return OpenedPage(document, document.volume, number, page.text, pieces_of(page.text, start, end))


def pieces_of(text: str, start: int | None, end: int | None) -> tuple[Piece, ...]:
    if start is None or end is None or not 0 <= start < end <= len(text):
        return (Piece(text),)
    pieces = (Piece(text[:start]), Piece(text[start:end], marked=True), Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def search_document(session: Session, document: FileDocument, words: str) -> list[Hit]:
    """Every place where the words stand, white space not counting; the first 200 in order of pages."""
    pages = session.scalars(
        select(FilePage).where(FilePage.document_id == document.id).order_by(FilePage.number)
    )
    hits: list[Hit] = []
    for page in pages:
        hits += hits_on(page, words)
        if len(hits) >= MOST_HITS:
            return hits[:MOST_HITS]
    return hits


def hits_on(page: FilePage, words: str) -> list[Hit]:
    text = page.text
    return [
        Hit(
            page.number,
            found.start,
            found.end,
            before=text[max(0, found.start - AROUND) : found.start],
            found=found.text,
            after=text[found.end : found.end + AROUND],
        )
        for found in occurrences(text, words)
    ]


def was_read_today(session: Session, document: FileDocument, person: Person, *, now: datetime) -> bool:
    """Whether the log already says that this person read this document on this day (Asia/Shanghai)."""
    since = datetime.combine(local_day(now), time(), tzinfo=SHANGHAI)
    seen = select(AuditRow.id).where(
        AuditRow.action == "files.read",
        AuditRow.subject == name_of(document),
        AuditRow.person_id == person.id,
        AuditRow.at >= since,
    )
    return session.scalar(seen.limit(1)) is not None
