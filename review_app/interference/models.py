"""Stored: quarterly reports on interference as issued, and their handing in."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.deliberations.immutable import written_once


class InterferenceReport(Stored, Base):
    """The report of one quarter, written once. The bytes lie in the file store under ``sha256``; ``content`` is the
    sealed JSON they were written from. ``substance`` counts the records about evidence, facts, law or result, 0 makes
    it a zero report (零报告); ``others`` counts leaders' notes on time, coordination and resources."""

    __tablename__ = "interference_report"
    __table_args__ = (UniqueConstraint("year", "quarter"), UniqueConstraint("mark", "number_year", "seq"))

    year: Mapped[int]
    quarter: Mapped[int]
    substance: Mapped[int]
    others: Mapped[int]
    mark: Mapped[str]
    number_year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[str] = mapped_column(SealedText)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    issued_by: Mapped[Person] = relationship(foreign_keys=[issued_by_id])
    handing_in: Mapped["ReportHandedIn | None"] = relationship(back_populates="report")


class ReportHandedIn(Stored, Base):
    """The report was handed in to the political and legal affairs commission (政法委)."""

    __tablename__ = "interference_handed_in"

    report_id: Mapped[int] = mapped_column(ForeignKey("interference_report.id"), unique=True)
    on: Mapped[date]
    received_by: Mapped[str] = mapped_column(SealedText)

    report: Mapped[InterferenceReport] = relationship(back_populates="handing_in")


written_once(InterferenceReport, ReportHandedIn)
