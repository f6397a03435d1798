"""Words in the whole file of a review: where they stand, in the order of the index."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from review_app.reviews.file_queries import MOST_HITS, Hit, ListedVolume, hits_on
from review_app.reviews.models import CaseReview, FileDocument, FilePage, FileVolume

PAGES_AT_ONCE = 200


@dataclass(frozen=True)
class DocumentHits:
    """The places in one document."""

    volume: FileVolume
    document: FileDocument
    hits: list[Hit]


@dataclass(frozen=True)
class FileSearch:
    """What was looked for and the places found; ``cut`` says that there are more than are listed."""

    words: str
    documents: list[DocumentHits]
    cut: bool

    @property
    def count(self) -> int:
        return sum(len(one.hits) for one in self.documents)


def search_file(
    session: Session, review: CaseReview, volumes: Iterable[ListedVolume], words: str
) -> FileSearch:
    """Every place in the documents of ``volumes`` that their reader may open, white space not counting; the
    first 200. One query however many documents and pages the file has; withdrawn documents are left out."""
    readable = {
        one.document.id: DocumentHits(volume.volume, one.document, [])
        for volume in volumes
        for one in volume.documents
        if one.can_open
    }
    needle, count = "".join(words.split()), 0
    for page in session.scalars(pages_in_order(review)) if needle and readable else ():
        found = readable.get(page.document_id)
        if found is None or needle not in "".join(page.text.split()):
            continue
        hits = hits_on(page, words)[: MOST_HITS + 1 - count]
        found.hits.extend(hits)
        count += len(hits)
        if count > MOST_HITS:
            found.hits.pop()
            break
    return FileSearch(words, [one for one in readable.values() if one.hits], count > MOST_HITS)


def pages_in_order(review: CaseReview) -> Select[FilePage]:
    return (
        select(FilePage)
        .join(FilePage.document)
        .join(FileDocument.volume)
        .where(FileVolume.review_id == review.id, FileDocument.withdrawn_at.is_(None))
        .order_by(FileVolume.number, FileDocument.number, FileDocument.id, FilePage.number)
        .execution_options(yield_per=PAGES_AT_ONCE)
    )
