"""Who may write, sign, release and read opinions and the letters around them."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.documents.models import Document
from review_app.documents.states import CopyKind, DocumentKind
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import (
    can_see_names,
    is_chair,
    is_coordinator,
    is_lead,
    is_leader,
    is_liaison,
    is_panel_member,
)
from review_app.reviews.states import ReviewState as S

READERS = (Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR)
NAMED_READERS = (Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD)


def can_read_draft(person: Person, review: CaseReview) -> bool:
    """The opinion before it is released: the panel and the coordinator; the leader once it is submitted."""
    drafting = review.state in (S.OPINION, S.SIGNOFF)
    inside = is_panel_member(person, review) or is_coordinator(person, review)
    return (drafting and inside) or can_release(person, review)


def can_edit_parts(person: Person, review: CaseReview) -> bool:
    """The text: the lead reviewer and the chair, while it is drafted."""
    return review.state is S.OPINION and (is_lead(person, review) or is_chair(person, review))


def can_remark(person: Person, review: CaseReview) -> bool:
    """Comment on a part or propose other words: every member, while it is drafted."""
    return review.state is S.OPINION and is_panel_member(person, review)


def can_sign(person: Person, review: CaseReview) -> bool:
    return review.state is S.OPINION and is_panel_member(person, review)


def can_release(person: Person, review: CaseReview) -> bool:
    """Issuance, not content: the leader releases or returns once."""
    return review.state is S.SIGNOFF and is_leader(person, review)


def can_see_versions(person: Person, review: CaseReview) -> bool:
    """Who wrote what is known inside the panel alone."""
    return is_panel_member(person, review)


def can_read(person: Person, review: CaseReview, document: Document) -> bool:
    """A released document; the similar-case report has its own page and rule. The reviewed organ reads what was served on it; the notice to the petitioner is
    for those who may see his name."""
    if document.released_at is None or document.kind is DocumentKind.PRECEDENT_REPORT:
        return False
    if document.kind is DocumentKind.RESULT_NOTICE:
        return person.has(*NAMED_READERS) or is_panel_member(person, review)
    served = document.issued_at is not None and is_liaison(person, review)
    return served or person.has(*READERS) or is_panel_member(person, review)


def can_read_copy(person: Person, review: CaseReview, document: Document, copy: CopyKind) -> bool:
    """The internal copy of an opinion shows names in full and the panel's signatures."""
    named = document.kind is not DocumentKind.REVIEW_OPINION or copy is CopyKind.CIRCULATED
    inside = person.has(*NAMED_READERS) or is_panel_member(person, review)
    return can_read(person, review, document) and (named or (inside and can_see_names(person, review)))


def can_open_documents(person: Person, review: CaseReview) -> bool:
    """The page of issued documents: those who may read one kind of them at least."""
    inside = is_panel_member(person, review) or is_liaison(person, review)
    return person.has(*READERS) or inside


def can_request_files(person: Person, review: CaseReview) -> bool:
    return is_coordinator(person, review) and review.state in (S.INTAKE, S.FILES)


def can_serve(person: Person, review: CaseReview) -> bool:
    """Serve documents and make the notice to the petitioner."""
    return is_coordinator(person, review)


def can_notify_result(person: Person, review: CaseReview) -> bool:
    return is_coordinator(person, review) and review.state is S.ISSUED
