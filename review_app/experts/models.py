"""Stored: the expert pool, with everything the recusal rules read."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.experts.states import (
    CredentialKind,
    ExitGround,
    ExpertCategory,
    ExpertStatus,
    LetterKind,
    RequestState,
    TieKind,
)
from review_app.organisations.models import Organisation


class Expert(Stored, Base):
    """Somebody of the expert pool; ``person`` is the account with which he signs in."""

    __tablename__ = "expert"

    expert_no: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    gender: Mapped[str] = mapped_column(default="")
    birth_year: Mapped[int | None]
    id_number: Mapped[str | None] = mapped_column(SealedText)
    id_fingerprint: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None] = mapped_column(SealedText)
    category: Mapped[ExpertCategory]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(default="")
    qualification_no: Mapped[str | None] = mapped_column(SealedText)
    practice_from: Mapped[date | None]
    specialties: Mapped[list[str]] = mapped_column(JSON, default=list)
    case_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[ExpertStatus]
    status_reason: Mapped[str] = mapped_column(default="")
    appointed_on: Mapped[date | None]
    term_end: Mapped[date | None]
    appointment_doc_no: Mapped[str] = mapped_column(default="")
    unavailable_until: Mapped[date | None]
    """a leave entered before leaves had a beginning; it counts like one that began long ago"""
    specialty_levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict, server_default="{}")
    """1–3 for those of ``specialties`` whose depth is known"""
    max_open: Mapped[int | None]
    max_month: Mapped[int | None]
    """caps of his own: reviews at a time, new panels in one calendar month; none: only the general cap"""
    ties_declared_at: Mapped[datetime | None]
    """when the expert last declared kin, representations and interests; never: 未核查"""

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship()
    ties: Mapped[list["ExpertTie"]] = relationship(back_populates="expert", order_by="ExpertTie.id")
    employments: Mapped[list["ExpertEmployment"]] = relationship(
        back_populates="expert", order_by="ExpertEmployment.id"
    )
    credentials: Mapped[list["ExpertCredential"]] = relationship(
        back_populates="expert", order_by="ExpertCredential.id"
    )
    leaves: Mapped[list["ExpertLeave"]] = relationship(
        back_populates="expert", order_by="ExpertLeave.since, ExpertLeave.id"
    )
    terms: Mapped[list["ExpertTerm"]] = relationship(back_populates="expert", order_by="ExpertTerm.id")
    steps: Mapped[list["ExpertStep"]] = relationship(back_populates="expert", order_by="ExpertStep.id")
    letters: Mapped[list["ExpertLetter"]] = relationship(back_populates="expert", order_by="ExpertLetter.id")
    requests: Mapped[list["ExpertRequest"]] = relationship(
        back_populates="expert", order_by="ExpertRequest.id"
    )


class ExpertTie(Stored, Base):
    """A declared or recorded tie to a person or organisation (relative, client, company …)."""

    __tablename__ = "expert_tie"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    kind: Mapped[TieKind]
    name: Mapped[str] = mapped_column(SealedText)
    id_fingerprint: Mapped[str | None] = mapped_column(index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """for kin: where the relative works; else the organisation the tie is with"""
    practises_law: Mapped[bool] = mapped_column(default=False)
    case_no: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(SealedText, default="")
    ended_at: Mapped[datetime | None]

    expert: Mapped[Expert] = relationship(back_populates="ties")
    organisation: Mapped[Organisation | None] = relationship()


class ExpertEmployment(Stored, Base):
    """A former or present employment, with dates."""

    __tablename__ = "expert_employment"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(default="")
    is_superior_of: Mapped[list[str]] = mapped_column(JSON, default=list)
    since: Mapped[date | None]
    until: Mapped[date | None]

    expert: Mapped[Expert] = relationship(back_populates="employments")
    organisation: Mapped[Organisation] = relationship()


class ExpertCredential(Stored, Base):
    """A licence or certificate: kind, number (sealed), issuer, validity, and who verified it when and how.

    Without ``valid_until`` it does not run out. Rows are never changed but for verifying and withdrawing.
    """

    __tablename__ = "expert_credential"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    kind: Mapped[CredentialKind]
    number: Mapped[str] = mapped_column(SealedText)
    number_fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    issuer: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_how: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    expert: Mapped[Expert] = relationship(back_populates="credentials")
    verified_by: Mapped[Person | None] = relationship(foreign_keys=[verified_by_id])


class ExpertLeave(Stored, Base):
    """Days, first and last included, on which an expert takes no part; ended early or taken back by
    ``withdrawn_at``."""

    __tablename__ = "expert_leave"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(SealedText, default="")
    withdrawn_at: Mapped[datetime | None]

    expert: Mapped[Expert] = relationship(back_populates="leaves")


class ExpertTerm(Stored, Base):
    """One appointment: vetted with the unit's opinion and the discipline check, then appointed for a term by
    a leader. A further term is a row of its own."""

    __tablename__ = "expert_term"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    unit_opinion: Mapped[str] = mapped_column(SealedText)
    discipline_check: Mapped[str] = mapped_column(SealedText)
    vetted_at: Mapped[datetime]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    appointed_at: Mapped[datetime | None]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    expert: Mapped[Expert] = relationship(back_populates="terms")
    appointed_by: Mapped[Person | None] = relationship(foreign_keys=[appointed_by_id])


class ExpertStep(Stored, Base):
    """One step of an expert's life in the pool, never changed afterwards."""

    __tablename__ = "expert_step"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    from_status: Mapped[ExpertStatus]
    to_status: Mapped[ExpertStatus]
    ground: Mapped[ExitGround | None]
    reason: Mapped[str] = mapped_column(default="")

    expert: Mapped[Expert] = relationship(back_populates="steps")


class ExpertLetter(Stored, Base):
    """A letter to an expert as issued: the bytes lie in the file store under ``sha256`` and are never
    replaced; ``content`` is the sealed JSON they were written from."""

    __tablename__ = "expert_letter"
    __table_args__ = (UniqueConstraint("mark", "year", "seq"),)

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    kind: Mapped[LetterKind]
    about_year: Mapped[int | None]
    """for a certificate of service: the year it is about"""
    mark: Mapped[str]
    year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[str] = mapped_column(SealedText)

    expert: Mapped[Expert] = relationship(back_populates="letters")


class ExpertRequest(Stored, Base):
    """Changes an expert asks for in his own record that count only once approved. ``content`` is the sealed
    JSON of field, value before and value wanted."""

    __tablename__ = "expert_request"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    content: Mapped[str] = mapped_column(SealedText)
    note: Mapped[str] = mapped_column(SealedText, default="")
    state: Mapped[RequestState] = mapped_column(default=RequestState.PENDING, index=True)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str] = mapped_column(SealedText, default="")

    expert: Mapped[Expert] = relationship(back_populates="requests")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
