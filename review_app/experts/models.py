"""Stored: the expert pool, with everything the recusal rules read."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.experts.states import ExpertCategory, ExpertStatus, TieKind
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
    ties_declared_at: Mapped[datetime | None]
    """when the expert last declared kin, representations and interests; never: 未核查"""

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship()
    ties: Mapped[list["ExpertTie"]] = relationship(back_populates="expert", order_by="ExpertTie.id")
    employments: Mapped[list["ExpertEmployment"]] = relationship(
        back_populates="expert", order_by="ExpertEmployment.id"
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
