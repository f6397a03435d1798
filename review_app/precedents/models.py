"""Stored: cases of the library, recorded searches, and the similar-case report of a review."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.precedents.states import Audience, Conclusion, Likeness, Section, Tier
from review_app.reviews.models import CaseReview


class Precedent(Stored, Base):
    """One version of one case of the library. Its text never changes: a corrected text is a new row with the same
    ``identity`` and the next ``version``, and the old row stays so that what was cited can be read."""

    __tablename__ = "precedent"
    __table_args__ = (UniqueConstraint("identity", "version"), Index("ix_precedent_to_index", "indexed_at"))

    identity: Mapped[str] = mapped_column(String(64))
    """the same for every version of a case: hash of organ, number, kind and title, or of the text alone"""
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
    indexed_at: Mapped[datetime | None]
    """when the index took over this row as it is now; empty while it still has to"""

    source_review: Mapped[CaseReview | None] = relationship()

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
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    content_sha256: Mapped[str] = mapped_column(String(64), default="")
    content: Mapped[str] = mapped_column(SealedText, default="")
    """what was signed, as canonical JSON; empty until then"""

    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
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

    report: Mapped[PrecedentReport] = relationship(back_populates="hits")
    precedent: Mapped[Precedent] = relationship(lazy="joined")

    @property
    def is_compared(self) -> bool:
        """Whether every aspect has been judged."""
        return None not in (self.facts_like, self.issues_like, self.law_like, self.result_like)
