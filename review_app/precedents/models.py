"""Stored: cases of the library, recorded searches, and the similar-case report of a review."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.documents.models import Document
from review_app.precedents.states import (
    Audience,
    Conclusion,
    ImportFate,
    ImportState,
    Likeness,
    Section,
    Stage,
    Submitter,
    Tier,
    Withdrawal,
)
from review_app.reviews.models import CaseReview


class Precedent(Stored, Base):
    """One version of one case of the library. Its text never changes: a corrected text is a new row with the same
    ``identity`` and the next ``version``, and the old row stays so that what was cited can be read."""

    __tablename__ = "precedent"
    __table_args__ = (UniqueConstraint("identity", "version"), Index("ix_precedent_to_index", "indexed_at"))

    identity: Mapped[str] = mapped_column(String(64))
    """the same for every version of a case: hash of organ, number, kind and day, or of the text alone"""
    version: Mapped[int] = mapped_column(default=1)
    superseded_at: Mapped[datetime | None]
    source_tier: Mapped[Tier]
    title: Mapped[str]
    case_no: Mapped[str] = mapped_column(default="", index=True)
    organ: Mapped[str] = mapped_column(default="")
    doc_type: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    year: Mapped[int | None]
    causes: Mapped[list[str]] = mapped_column(JSON, default=list)
    issues: Mapped[list[str]] = mapped_column(JSON, default=list)
    holding: Mapped[str] = mapped_column(default="")
    law_refs: Mapped[list[str]] = mapped_column(JSON, default=list)
    outcome: Mapped[str] = mapped_column(default="")
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    sections: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    """ranges of the text: ``{"facts": [start, end], …}``, names of ``states.Section``"""
    text: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    licence_note: Mapped[str] = mapped_column(default="")
    audience: Mapped[Audience] = mapped_column(default=Audience.EVERYONE, server_default="EVERYONE")
    source_review_id: Mapped[int | None] = mapped_column(ForeignKey("case_review.id"), index=True)
    """the concluded review of this platform that the case was made from; empty for all others"""
    stage: Mapped[Stage | None]
    normal_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="", index=True)
    """of the text without white space and differences of width: the same judgment from two sources has the same"""
    withdrawn_at: Mapped[datetime | None]
    """since when nobody finds the case any more; what was cited from it stays"""
    withdrawal: Mapped[Withdrawal | None]
    withdrawal_note: Mapped[str] = mapped_column(default="", server_default="")
    indexed_at: Mapped[datetime | None]
    """when the index took over this row as it is now; empty while it still has to"""

    source_review: Mapped[CaseReview | None] = relationship()

    @property
    def is_found(self) -> bool:
        """Whether searches find this row: the version in force of a case that was not withdrawn; the same condition as
        ``IN_FORCE``."""
        return self.superseded_at is None and self.withdrawn_at is None

    @property
    def cause(self) -> str:
        """All causes in one line."""
        return "、".join(self.causes)

    @property
    def facts(self) -> str:
        return self.section(Section.FACTS)

    @property
    def reasoning(self) -> str:
        return self.section(Section.REASONING)

    @property
    def result(self) -> str:
        return self.section(Section.RESULT)

    def section(self, name: Section) -> str:
        """The text of a section; empty where the judgment's parts were not recognised."""
        start, end = self.sections.get(name, (0, 0))
        return self.text[start:end]


IN_FORCE = and_(Precedent.superseded_at.is_(None), Precedent.withdrawn_at.is_(None))


class ImportRun(Stored, Base):
    """One import of a file, folder or upload: what it was, how far it got, what came of it."""

    __tablename__ = "precedent_import"

    source: Mapped[str]
    """name of the file or folder"""
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    """of the place, the files in it and the options: the same import goes on where it stopped"""
    tier: Mapped[Tier]
    licence_note: Mapped[str] = mapped_column(default="")
    state: Mapped[ImportState] = mapped_column(default=ImportState.RUNNING)
    position: Mapped[int] = mapped_column(default=0)
    """how many files and lines are done with"""
    added: Mapped[int] = mapped_column(default=0)
    renewed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]

    importer: Mapped[Person | None] = relationship(foreign_keys="ImportRun.created_by_id")
    notes: Mapped[list["ImportNote"]] = relationship(
        back_populates="run", order_by="ImportNote.id", cascade="all, delete-orphan"
    )
    staged: Mapped[list["StagedCase"]] = relationship(
        back_populates="run", order_by="StagedCase.id", cascade="all, delete-orphan"
    )


class ImportNote(Stored, Base):
    """Something of an import that has to be told: refused with the reason, the same as a known case, a new version."""

    __tablename__ = "precedent_import_note"

    run_id: Mapped[int] = mapped_column(ForeignKey("precedent_import.id"), index=True)
    place: Mapped[str]
    """file, and line where there are lines"""
    fate: Mapped[ImportFate]
    sentence: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    precedent_id: Mapped[int | None] = mapped_column(ForeignKey("precedent.id"))

    run: Mapped[ImportRun] = relationship(back_populates="notes")
    precedent: Mapped["Precedent | None"] = relationship()


class StagedCase(Stored, Base):
    """A document that was uploaded and read, and waits for somebody to check what was read before it is stored."""

    __tablename__ = "precedent_staged"

    run_id: Mapped[int] = mapped_column(ForeignKey("precedent_import.id"), index=True)
    place: Mapped[str]
    text: Mapped[str]

    run: Mapped[ImportRun] = relationship(back_populates="staged")


class PrecedentSearch(Stored, Base):
    """A search that somebody kept for a review: what was asked, of what, and what came."""

    __tablename__ = "precedent_search"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    query: Mapped[str] = mapped_column(SealedText)
    is_similar: Mapped[bool] = mapped_column(default=False)
    """whether cases like the review itself were looked for, from its facts and points"""
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    corpora: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """how many cases of each tier the library held"""
    corpus_version: Mapped[str]
    tools: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """what answered: engine, query language, and the library of statutes where articles were asked for"""
    boost: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    """causes of action that raised a case, by how much, and whether the searcher stated them; empty when none did"""
    tiers: Mapped[dict[str, int]] = mapped_column(JSON, default=dict, server_default="{}")
    """how many of the cases found are of each tier"""
    total: Mapped[int]
    shown: Mapped[list[int]] = mapped_column(JSON, default=list)
    """ids of the precedents on the page, best first"""
    removed_at: Mapped[datetime | None]

    searcher: Mapped[Person] = relationship(foreign_keys="PrecedentSearch.created_by_id", lazy="joined")


class PrecedentReport(Stored, Base):
    """Similar-case report (类案检索报告) of a review; one that is signed never changes, a later one replaces it."""

    __tablename__ = "precedent_report"
    __table_args__ = (UniqueConstraint("review_id", "round", "number"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    round: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    conclusion: Mapped[Conclusion | None]
    explanation: Mapped[str] = mapped_column(SealedText, default="")
    skipped: Mapped[str | None] = mapped_column(SealedText)
    """why a tier was not searched, as JSON by tier (类案检索指导意见(试行) art.4); empty while nothing was said"""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """the file of the signed report"""
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    content_sha256: Mapped[str] = mapped_column(String(64), default="")
    content: Mapped[str] = mapped_column(SealedText, default="")
    """what was signed, as canonical JSON; empty until then"""

    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    document: Mapped[Document | None] = relationship()
    submissions: Mapped[list["PrecedentSubmission"]] = relationship(
        back_populates="report", order_by="PrecedentSubmission.id", cascade="all, delete-orphan"
    )
    hits: Mapped[list["PrecedentReportHit"]] = relationship(
        back_populates="report", order_by="PrecedentReportHit.id", cascade="all, delete-orphan"
    )


class PrecedentReportHit(Stored, Base):
    """One found case in the comparison table of a report."""

    __tablename__ = "precedent_report_hit"
    __table_args__ = (UniqueConstraint("report_id", "precedent_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("precedent_report.id"))
    precedent_id: Mapped[int] = mapped_column(ForeignKey("precedent.id"))
    facts_like: Mapped[Likeness | None]
    issues_like: Mapped[Likeness | None]
    law_like: Mapped[Likeness | None]
    result_like: Mapped[Likeness | None]
    note: Mapped[str] = mapped_column(SealedText, default="")
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    """the words of the case that decide the comparison: its text[start:end]"""
    followed: Mapped[bool | None]
    """whether a guiding case is followed"""
    departure: Mapped[str | None] = mapped_column(SealedText)
    """why a guiding case is not followed"""

    report: Mapped[PrecedentReport] = relationship(back_populates="hits")
    precedent: Mapped[Precedent] = relationship(lazy="joined")

    @property
    def is_compared(self) -> bool:
        """Whether every aspect has been judged."""
        return None not in (self.facts_like, self.issues_like, self.law_like, self.result_like)

    @property
    def quote(self) -> str:
        """The quoted words; empty when none were."""
        if self.quote_start is None or self.quote_end is None:
            return ""
        return self.precedent.text[self.quote_start : self.quote_end]

    @property
    def must_be_answered(self) -> bool:
        """Guiding cases are followed, or the report says why not (类案检索指导意见(试行) art.9)."""
        return self.precedent.source_tier is Tier.GUIDING


class PrecedentSubmission(Stored, Base):
    """A case that the petitioner or the reviewed organ relied on, and the panel's response (类案检索指导意见(试行)
    art.10: to guiding cases a response with reasons is owed)."""

    __tablename__ = "precedent_submission"

    report_id: Mapped[int] = mapped_column(ForeignKey("precedent_report.id"), index=True)
    submitted_by: Mapped[Submitter]
    is_guiding: Mapped[bool] = mapped_column(default=False)
    named: Mapped[str] = mapped_column(SealedText)
    """the case as they named it: title or number"""
    response: Mapped[str] = mapped_column(SealedText, default="")

    report: Mapped[PrecedentReport] = relationship(back_populates="submissions")
