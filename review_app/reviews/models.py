"""Stored: the review, the legal case behind it, who may see it, its files and its history."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.form_templates.models import FormTemplate
from review_app.organisations.models import Organisation
from review_app.petitions.models import PetitionItem
from review_app.reviews.states import (
    AccessStage,
    Capacity,
    InvolvedAs,
    Outcome,
    Resolution,
    ReviewState,
    VolumeKind,
)


class LegalCase(Stored, Base):
    """The concluded case whose handling is reviewed. ``reviewed_org`` is the organ that handled it."""

    __tablename__ = "legal_case"

    reviewed_org_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    case_no: Mapped[str]
    case_name: Mapped[str] = mapped_column(SealedText, default="")
    cause: Mapped[str]
    subkind: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default="")
    last_document: Mapped[str] = mapped_column(default="")
    last_document_on: Mapped[date | None]
    act_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(SealedText, default="")
    history: Mapped[str] = mapped_column(SealedText, default="")
    amount: Mapped[int | None]

    reviewed_org: Mapped[Organisation] = relationship()
    involved: Mapped[list["Involved"]] = relationship(
        back_populates="legal_case", order_by="Involved.id", cascade="all, delete-orphan"
    )

    def involved_as(self, *kinds: InvolvedAs) -> list["Involved"]:
        return [someone for someone in self.involved if someone.involved_as in kinds]


class Involved(Stored, Base):
    """Somebody involved in the case: party, counsel, officer, witness … Names are sealed; matching by ID
    number goes through ``id_fingerprint``."""

    __tablename__ = "involved"

    legal_case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    involved_as: Mapped[InvolvedAs]
    name: Mapped[str] = mapped_column(SealedText)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_organisation: Mapped[bool] = mapped_column(default=False)
    is_listed_company: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(default="")
    part: Mapped[str] = mapped_column(default="")
    id_fingerprint: Mapped[str | None] = mapped_column(index=True)

    legal_case: Mapped[LegalCase] = relationship(back_populates="involved")
    organisation: Mapped[Organisation | None] = relationship()


class CaseReview(Stored, Base):
    """One review (评查项目) of one legal case. Grade, outcome and resolution are three separate fields."""

    __tablename__ = "case_review"

    review_no: Mapped[str | None] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("petition_item.id"), index=True)
    legal_case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    template: Mapped[str]
    rule_version: Mapped[str]
    form_template_id: Mapped[int | None] = mapped_column(ForeignKey("form_template.id"))
    """the version of its form template; None: what the rule version ships"""
    state: Mapped[ReviewState] = mapped_column(index=True)
    state_since: Mapped[datetime]
    suspended_from: Mapped[ReviewState | None]
    round: Mapped[int] = mapped_column(default=1)
    doubt_flag: Mapped[bool] = mapped_column(default=False)
    doubt_reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    doubt_note: Mapped[str] = mapped_column(SealedText, default="")
    major_reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    size: Mapped[int]
    size_reason: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(SealedText, default="")
    """case summary without party names: all that an expert sees before signing the conflict statement"""
    self_review_absent: Mapped[str] = mapped_column(SealedText, default="")
    """why the reviewed organ's self-review (自评表) is not in the file; empty while nobody said so"""
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    grade: Mapped[str | None]
    score: Mapped[str | None]
    outcome: Mapped[Outcome | None]
    resolution: Mapped[Resolution] = mapped_column(default=Resolution.OPEN)
    issued_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    item: Mapped[PetitionItem] = relationship()
    legal_case: Mapped[LegalCase] = relationship()
    form_template: Mapped[FormTemplate | None] = relationship()
    coordinator: Mapped[Person | None] = relationship(foreign_keys=[coordinator_id])
    accesses: Mapped[list["ReviewAccess"]] = relationship(back_populates="review", lazy="selectin")
    volumes: Mapped[list["FileVolume"]] = relationship(back_populates="review", order_by="FileVolume.number")
    changes: Mapped[list["StateChange"]] = relationship(back_populates="review", order_by="StateChange.id")


class ReviewAccess(Stored, Base):
    """What gives an expert access to one review; the panels' service grants, widens and ends it."""

    __tablename__ = "review_access"
    __table_args__ = (Index("ix_review_access_review_person", "review_id", "person_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    capacity: Mapped[Capacity]
    stage: Mapped[AccessStage]
    round: Mapped[int] = mapped_column(default=1)
    ended_at: Mapped[datetime | None]

    review: Mapped[CaseReview] = relationship(back_populates="accesses")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class StateChange(Stored, Base):
    """One step of a review, never changed afterwards. ``due_on`` is the day the new state should be left."""

    __tablename__ = "state_change"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    from_state: Mapped[ReviewState | None]
    to_state: Mapped[ReviewState]
    reason: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]

    review: Mapped[CaseReview] = relationship(back_populates="changes")


class FileVolume(Stored, Base):
    """One volume (卷) of a review's file."""

    __tablename__ = "file_volume"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    number: Mapped[int]
    kind: Mapped[VolumeKind]
    title: Mapped[str]

    review: Mapped[CaseReview] = relationship(back_populates="volumes")
    documents: Mapped[list["FileDocument"]] = relationship(
        back_populates="volume", order_by="FileDocument.number"
    )


class FileDocument(Stored, Base):
    """One document of a volume. The bytes lie in the file store under ``sha256``."""

    __tablename__ = "file_document"
    __table_args__ = (UniqueConstraint("volume_id", "number"),)

    volume_id: Mapped[int] = mapped_column(ForeignKey("file_volume.id"))
    number: Mapped[int]
    title: Mapped[str]
    file_name: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    page_count: Mapped[int]
    has_text: Mapped[bool] = mapped_column(default=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    volume: Mapped[FileVolume] = relationship(back_populates="documents")
    pages: Mapped[list["FilePage"]] = relationship(back_populates="document", order_by="FilePage.number")


class FilePage(Base):
    """The text of one page, exactly as read; a quotation is a range of its characters."""

    __tablename__ = "file_page"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("file_document.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText)

    document: Mapped[FileDocument] = relationship(back_populates="pages")
