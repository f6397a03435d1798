"""The left pane of the desk: one page of the file beside the form."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from case_files.drawing import DRAWN
from case_files.kinds import BY_NAME
from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.evaluations.models import EvalForm, Quote
from review_app.reviews.file_queries import (
    ListedVolume,
    OpenedPage,
    find_document,
    index_of,
    open_page,
    was_read_today,
)
from review_app.reviews.file_search import FileSearch, search_file
from review_app.reviews.models import CaseReview, FileDocument


@dataclass(frozen=True)
class Viewer:
    """The index of the file and the page that is open; ``opened`` is None when the file holds no document
    that can be read. ``quoted`` are the ranges of this page already quoted on the form; ``search`` is what was looked for in the whole file."""

    volumes: list[ListedVolume]
    opened: OpenedPage | None
    quoted: list[tuple[int, int, int]]
    search: FileSearch | None = None

    @property
    def document(self) -> FileDocument | None:
        return self.opened.document if self.opened else None

    @property
    def is_picture(self) -> bool:
        """Whether the original is a picture that can be shown beside its text."""
        return self.opened is not None and BY_NAME[self.opened.document.kind].inline

    @property
    def is_drawn(self) -> bool:
        """Whether the page of the original is drawn as a picture beside its text."""
        return self.opened is not None and self.opened.document.kind in DRAWN

    @property
    def before(self) -> int | None:
        """The page before this one, if there is one."""
        return self.opened.number - 1 if self.opened and self.opened.number > 1 else None

    @property
    def after(self) -> int | None:
        opened = self.opened
        return opened.number + 1 if opened and opened.number < opened.document.page_count else None


@dataclass(frozen=True)
class Place:
    """Where somebody wants to read: document, page, and characters to mark; ``find`` are words looked for in the whole file."""

    document_id: int | None = None
    page: int = 1
    start: int | None = None
    end: int | None = None
    find: str = ""


def note_reading(
    session: Session, review: CaseReview, document: FileDocument, *, by: Person, now: datetime
) -> None:
    """One row for each person, document and day, in the transaction of the request."""
    if not was_read_today(session, document, by, now=now):
        record(
            session, action="files.read", subject=document, by=by, now=now, review_id=review.id,
            after={"sha256": document.sha256},
        )  # fmt: skip


def place_of(quote: Quote) -> Place:
    return Place(quote.document_id, quote.page, quote.start, quote.end)


def viewer(
    session: Session, review: CaseReview, person: Person, form: EvalForm | None, place: Place
) -> Viewer:
    """The file at ``place``; the nearest page when it has no such page, the first document when none is named."""
    volumes = index_of(session, review, person)
    document = chosen_document(session, review, volumes, place)
    if document is None:
        return Viewer(volumes, None, [])
    search = search_file(session, review, volumes, place.find) if place.find else None
    number = min(max(place.page, 1), max(document.page_count, 1))
    opened = open_page(session, document, number, start=place.start, end=place.end)
    return Viewer(volumes, opened, quoted_on(form, document, number), search)


def chosen_document(
    session: Session, review: CaseReview, volumes: list[ListedVolume], place: Place
) -> FileDocument | None:
    if place.document_id is not None:
        found = find_document(session, review, place.document_id)
        if found is not None:
            return found
    listed = (one.document for volume in volumes for one in volume.documents if one.can_open)
    return next(listed, None)


def quoted_on(form: EvalForm | None, document: FileDocument, page: int) -> list[tuple[int, int, int]]:
    quotes = form.quotes if form else []
    return [
        (quote.start, quote.end, quote.seq)
        for quote in quotes
        if quote.document_id == document.id and quote.page == page
    ]
