"""Who may see, read and change single documents of a review's file. The coordinator keeps the index and
never reads the text; the reviewed organ sees what it handed in itself; the panel reads everything."""

from review_app.accounts.models import Person
from review_app.reviews.models import CaseReview, FileDocument
from review_app.reviews.rules import (
    can_list_files,
    can_read_files,
    can_upload_files,
    is_coordinator,
    is_liaison,
    is_panel_member,
)
from review_app.reviews.states import ReviewState


def sees_whole_index(person: Person, review: CaseReview) -> bool:
    """Every document's name, pages and hash; the reviewed organ's liaison sees the organ's own only."""
    return can_list_files(person, review) and (
        not is_liaison(person, review) or is_coordinator(person, review) or is_panel_member(person, review)
    )


def handed_in_by_own_organ(person: Person, review: CaseReview, uploader: Person | None) -> bool:
    """Whether the reviewed organ for which this person speaks handed the document in."""
    if uploader is None or not is_liaison(person, review):
        return False
    return uploader.id == person.id or uploader.liaison_of(review.legal_case.reviewed_org_id)


def can_list_document(person: Person, review: CaseReview, uploader: Person | None) -> bool:
    """That the document exists, its name, pages and hash."""
    return sees_whole_index(person, review) or handed_in_by_own_organ(person, review, uploader)


def can_open_document(person: Person, review: CaseReview, uploader: Person | None) -> bool:
    """Text and original."""
    return can_read_files(person, review) or handed_in_by_own_organ(person, review, uploader)


def can_change_document(
    person: Person, review: CaseReview, document: FileDocument, uploader: Person | None
) -> bool:
    """Rename or withdraw: the coordinator; the reviewed organ its own while files are being collected, since
    nothing may vanish from under a panel that reads."""
    if document.withdrawn_at is not None or not can_upload_files(person, review):
        return False
    own = handed_in_by_own_organ(person, review, uploader) and review.state is ReviewState.FILES
    return is_coordinator(person, review) or own
