"""A review as one reader may see it: names in full, masked, or not at all. Pages and lists of every subject
take titles and names from here, so that no page shows more than another."""

from dataclasses import dataclass

from review_app.accounts.models import Person
from review_app.errors import N_
from review_app.masking.names import mask_name, mask_text
from review_app.reviews.models import CaseReview, Involved
from review_app.reviews.rules import can_see_case, can_see_names
from review_app.reviews.states import InvolvedAs

UNSIGNED_TITLE = N_("案名在签署回避声明后显示")


@dataclass(frozen=True)
class FaceRow:
    """One person or organisation of the case, as shown."""

    involved_as: InvolvedAs
    name: str
    part: str
    post: str


@dataclass(frozen=True)
class Face:
    """What one reader sees of a review. ``opened`` is False before an expert signed the conflict statement:
    then title, case number, petitioner and people are empty and ``title`` is a sentence to be translated.
    ``named`` tells whether names are in full."""

    opened: bool
    named: bool
    title: str
    petitioner: str
    case_no: str
    people: tuple[FaceRow, ...]
    private_names: frozenset[str]

    def text(self, words: str) -> str:
        """Running text of the case with names as this reader may see them."""
        if not self.opened:
            return ""
        return words if self.named else mask_text(words, self.private_names)


def face_of(person: Person, review: CaseReview) -> Face:
    """``review`` for ``person``."""
    if not can_see_case(person, review):
        return Face(False, False, UNSIGNED_TITLE, "", "", (), frozenset())
    named = can_see_names(person, review)
    names = private_names(review)
    petitioner = review.item.petitioner.name
    return Face(
        opened=True,
        named=named,
        title=review.item.title if named else mask_text(review.item.title, names),
        petitioner=petitioner if named else mask_name(petitioner),
        case_no=review.legal_case.case_no,
        people=tuple(row(someone, named=named) for someone in review.legal_case.involved),
        private_names=names,
    )


def row(someone: Involved, *, named: bool) -> FaceRow:
    # officers act in office: their names are known to those who may see the case
    open_name = named or someone.involved_as is InvolvedAs.OFFICER
    name = someone.name if open_name else mask_name(someone.name, is_organisation=someone.is_organisation)
    return FaceRow(someone.involved_as, name, someone.part, someone.post)


def private_names(review: CaseReview) -> frozenset[str]:
    """Names of petitioner and people of the case that masking must not let through."""
    return frozenset(name for names in private_people(review) for name in names)


def private_people(review: CaseReview) -> list[tuple[str, ...]]:
    """Petitioner and people of the case, each with the other names he goes by; officers act in office."""
    people = (
        (someone.name, *(someone.aliases or []))
        for someone in review.legal_case.involved
        if not someone.is_organisation and someone.involved_as is not InvolvedAs.OFFICER
    )
    return [(review.item.petitioner.name,), *people]
