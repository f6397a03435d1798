"""Stored: the organ's reply, tasks after the opinion, resolution records, termination files, their evidence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.followup.states import Answer, Basis, ReplyState, TaskKind, TaskState
from review_app.organisations.models import Organisation
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Resolution


class Evidence(Stored, Base):
    """A file that proves something after the opinion. The bytes lie in the file store under ``sha256``."""

    __tablename__ = "followup_evidence"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    file_name: Mapped[str] = mapped_column(SealedText)
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]

    review: Mapped[CaseReview] = relationship()


class RectificationReply(Stored, Base):
    """The reviewed organ's reply to one issued opinion: one per round, submitted as a whole."""

    __tablename__ = "rectification_reply"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    round: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[ReplyState] = mapped_column(default=ReplyState.DRAFT)
    edition: Mapped[int] = mapped_column(default=0)
    """rises with every save of the reply or one of its lines"""
    remark: Mapped[str] = mapped_column(SealedText, default="")
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    review: Mapped[CaseReview] = relationship()
    organisation: Mapped[Organisation] = relationship()
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    lines: Mapped[list["ReplyLine"]] = relationship(back_populates="reply", order_by="ReplyLine.id")


class ReplyLine(Stored, Base):
    """The answer to one finding or recommendation. ``subject`` names it (``finding:12``, ``advice:2``) and
    ``asked`` keeps its words as they were issued."""

    __tablename__ = "reply_line"
    __table_args__ = (UniqueConstraint("reply_id", "subject"),)

    reply_id: Mapped[int] = mapped_column(ForeignKey("rectification_reply.id"))
    subject: Mapped[str]
    asked: Mapped[str] = mapped_column(SealedText)
    answer: Mapped[Answer | None]
    text: Mapped[str] = mapped_column(SealedText, default="")
    planned_on: Mapped[date | None]
    case_no: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("followup_evidence.id"))

    reply: Mapped[RectificationReply] = relationship(back_populates="lines")
    evidence: Mapped[Evidence | None] = relationship()


class FollowupTask(Stored, Base):
    """Something that must happen after the opinion: a measure, a statutory route, a promised correction.
    ``source`` names where it came from (``measure:EXPLAIN``, ``route:3``, ``line:8``) and makes it unique."""

    __tablename__ = "followup_task"
    __table_args__ = (UniqueConstraint("review_id", "round", "source"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    source: Mapped[str]
    kind: Mapped[TaskKind]
    title: Mapped[str] = mapped_column(SealedText)
    owner: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN)
    case_no: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(SealedText, default="")
    result_on: Mapped[date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("followup_evidence.id"))

    review: Mapped[CaseReview] = relationship()
    evidence: Mapped[Evidence | None] = relationship()


class ResolutionRecord(Stored, Base):
    """How the dispute stands, apart from grade and outcome. Never changed: a new record follows the old one.
    ``reopened_at`` is set on a RESOLVED record when the matter is petitioned again in time."""

    __tablename__ = "resolution_record"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    resolution: Mapped[Resolution]
    basis: Mapped[Basis | None]
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(SealedText)
    document_no: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=False)
    """the tick that belongs to the basis: performed in full, request met, nothing made conditional"""
    remedies_told_on: Mapped[date | None]
    interview_on: Mapped[date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("followup_evidence.id"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("followup_evidence.id"))
    reopened_at: Mapped[datetime | None]
    reopened_petition_on: Mapped[date | None]
    reopened_reason: Mapped[str] = mapped_column(SealedText, default="")

    review: Mapped[CaseReview] = relationship()
    created_by: Mapped[Person | None] = relationship(foreign_keys="ResolutionRecord.created_by_id")
    evidence: Mapped[Evidence | None] = relationship(foreign_keys=[evidence_id])
    interview: Mapped[Evidence | None] = relationship(foreign_keys=[interview_id])


class TerminationFile(Stored, Base):
    """The prepared file for a lawful termination. ``checks`` maps a check to ``{"met": bool, "note": str}``."""

    __tablename__ = "termination_file"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    round: Mapped[int]
    checks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    organ: Mapped[str] = mapped_column(default="")
    handed_over_on: Mapped[date | None]

    review: Mapped[CaseReview] = relationship()
