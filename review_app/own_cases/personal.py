"""The data of a review that must not get into the library: everybody in the case, the panel and the office, addresses,
numbers of persons, cases and documents."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.documents.queries import documents_of
from review_app.masking.kinds import DatumKind
from review_app.masking.texts import (
    Datum,
    address_masked,
    names_masked,
    organisations_masked,
    values_masked,
)
from review_app.organisations.states import OrgKind
from review_app.reviews.models import CaseReview, ReviewAccess

# organs that act in public keep their names; firms and parties do not
PRIVATE = frozenset({OrgKind.PARTY, OrgKind.LAW_FIRM, OrgKind.VILLAGE, OrgKind.OTHER})


def personal_data(session: Session, review: CaseReview) -> list[Datum]:
    """Everything to mask in texts about this review."""
    petitioner, item, case = review.item.petitioner, review.item, review.legal_case
    numbers = [document.number for document in documents_of(session, review.id)]
    return [
        *names_masked(people(session, review)),
        *organisations_masked(organisations(review)),
        *address_masked(petitioner.address or ""),
        *address_masked(item.place),
        *values_masked(DatumKind.ID_NUMBER, [petitioner.id_number], "（证件号略）"),
        *values_masked(DatumKind.PHONE, [petitioner.phone], "（电话略）"),
        *values_masked(DatumKind.CASE_NO, [case.case_no], "（案号略）"),
        *values_masked(DatumKind.REFERENCE, [item.item_no, review.review_no, *numbers], "（编号略）"),
    ]


def people(session: Session, review: CaseReview) -> Iterator[list[str]]:
    """Petitioner and people of the case first, so that they get the first letters; then panel and office."""
    yield [review.item.petitioner.name]
    for someone in review.legal_case.involved:
        if not someone.is_organisation:
            yield [someone.name, *(someone.aliases or [])]
    seated = select(Person.name).join(ReviewAccess, ReviewAccess.person_id == Person.id)
    for name in session.scalars(seated.where(ReviewAccess.review_id == review.id).order_by(ReviewAccess.id)):
        yield [name]
    if review.coordinator is not None:
        yield [review.coordinator.name]


def organisations(review: CaseReview) -> Iterator[str]:
    for someone in review.legal_case.involved:
        if someone.is_organisation and someone.name != review.legal_case.reviewed_org.name:
            yield someone.name
            yield from someone.aliases or []
        if someone.organisation is not None and someone.organisation.kind in PRIVATE:
            yield someone.organisation.name
