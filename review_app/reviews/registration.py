"""Everything the coordinator writes when a review is registered, as one value; and how two people's versions
of it are compared."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from review_app.petitions.states import Channel, LegalStage
from review_app.reviews.models import CaseReview, Involved
from review_app.reviews.states import DoubtReason, InvolvedAs, MajorReason

MARK_LENGTH = 12


@dataclass(frozen=True)
class Participant:
    """Party, victim, counsel, officer, witness or appraiser of the case. ``id`` names the stored row that is
    changed (None: a new one); ``id_number`` is only ever turned into a fingerprint, empty keeps the old one.
    ``part`` is the role in words (原告, 审判长)."""

    involved_as: InvolvedAs
    name: str
    id: int | None = None
    is_organisation: bool = False
    organisation_id: int | None = None
    post: str = ""
    part: str = ""
    id_number: str = ""


@dataclass(frozen=True)
class Registration:
    """The whole registration: petition matter (条例第19条), concluded case, doubt, size, summary.

    ``requests`` are numbered from 1 in order. ``summary`` is what experts read before they sign the conflict
    statement: no names of people. ``amount`` is in yuan.
    """

    item_no: str
    title: str
    channel: Channel
    received_on: date
    petitioner_name: str
    requests: tuple[str, ...]
    legal_stage: LegalStage
    reviewed_org_id: int
    case_no: str
    cause: str
    template: str
    size: int
    summary: str
    gender: str = ""
    birth_year: int | None = None
    phone: str = ""
    address: str = ""
    id_number: str = ""
    place: str = ""
    group_size: int = 1
    repeats: int = 0
    facts: str = ""
    reasons: str = ""
    petition_history: str = ""
    case_name: str = ""
    subkind: str = ""
    stage: str = ""
    last_document: str = ""
    last_document_on: date | None = None
    act_on: date | None = None
    effective_on: date | None = None
    amount: int | None = None
    result: str = ""
    case_history: str = ""
    participants: tuple[Participant, ...] = ()
    doubt_reasons: tuple[DoubtReason, ...] = ()
    doubt_note: str = ""
    major_reasons: tuple[MajorReason, ...] = ()
    size_reason: str = ""


def registration_of(review: CaseReview) -> Registration:
    """What is stored now."""
    item, case, petitioner = review.item, review.legal_case, review.item.petitioner
    return Registration(
        item_no=item.item_no,
        title=item.title,
        channel=item.channel,
        received_on=item.received_on,
        petitioner_name=petitioner.name,
        gender=petitioner.gender,
        birth_year=petitioner.birth_year,
        phone=petitioner.phone or "",
        address=petitioner.address or "",
        place=item.place,
        group_size=item.group_size,
        repeats=item.repeats,
        requests=tuple(line.text for line in item.requests),
        facts=item.facts,
        reasons=item.reasons,
        petition_history=item.history,
        legal_stage=item.legal_stage,
        reviewed_org_id=case.reviewed_org_id,
        case_no=case.case_no,
        case_name=case.case_name,
        cause=case.cause,
        subkind=case.subkind,
        stage=case.stage,
        last_document=case.last_document,
        last_document_on=case.last_document_on,
        act_on=case.act_on,
        effective_on=case.effective_on,
        amount=case.amount,
        result=case.result,
        case_history=case.history,
        participants=tuple(
            participant_of(row) for row in case.involved if row.involved_as is not InvolvedAs.PETITIONER
        ),
        template=review.template,
        doubt_reasons=tuple(DoubtReason(reason) for reason in review.doubt_reasons),
        doubt_note=review.doubt_note,
        major_reasons=tuple(MajorReason(reason) for reason in review.major_reasons),
        size=review.size,
        size_reason=review.size_reason,
        summary=review.summary,
    )


def participant_of(row: Involved) -> Participant:
    return Participant(
        id=row.id,
        involved_as=row.involved_as,
        name=row.name,
        is_organisation=row.is_organisation,
        organisation_id=row.organisation_id,
        post=row.post,
        part=row.part,
    )


def marks_of(registration: Registration) -> dict[str, str]:
    """A short hash per field. The form carries the marks of what it showed; at saving they tell which fields
    somebody else changed meanwhile."""
    return {
        field.name: hashlib.sha256(repr(getattr(registration, field.name)).encode()).hexdigest()[:MARK_LENGTH]
        for field in fields(registration)
    }


def changed_since(marks: Mapping[str, str], stored: Registration) -> dict[str, object]:
    """Fields of ``stored`` that no longer have the mark the form was given, with their present value."""
    present = marks_of(stored)
    return {name: getattr(stored, name) for name, mark in present.items() if marks.get(name) != mark}


def differing_fields(before: Registration, after: Registration) -> list[str]:
    """Names of the fields that differ, for the audit log (never their content)."""
    return [
        field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)
    ]
