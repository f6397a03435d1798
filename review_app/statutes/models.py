"""Stored: statutes, their versions in time, and the articles of each version."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.database import Base, Stored
from review_app.statutes.names import article_of
from review_app.statutes.states import Dating, Force, Kind


class Statute(Stored, Base):
    """A law, regulation or judicial interpretation, whatever its text says from year to year."""

    __tablename__ = "statute"

    code: Mapped[str] = mapped_column(String(200), unique=True)
    """its name as citations in the index spell it (``search_index.citations.law_name``): 刑法, 民事诉讼法; stable"""
    title: Mapped[str]
    """the whole name: 中华人民共和国刑法"""
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind: Mapped[Kind]
    organ: Mapped[str] = mapped_column(default="")

    versions: Mapped[list["StatuteVersion"]] = relationship(
        back_populates="statute", order_by="StatuteVersion.valid_from, StatuteVersion.id"
    )


class StatuteVersion(Stored, Base):
    """One text of a statute and the days on which it is law. The text never changes: a corrected one is a new row, and
    the old row stays, marked ``superseded_at``, so that what was cited can be read."""

    __tablename__ = "statute_version"
    __table_args__ = (Index("ix_statute_version_to_index", "indexed_at"),)

    statute_id: Mapped[int] = mapped_column(ForeignKey("statute.id"), index=True)
    label: Mapped[str]
    """the year of the text as citations name it (2023), with month and day where one year has two; 未注明 if unknown"""
    promulgated_on: Mapped[date | None]
    """the day on which this text was passed or promulgated"""
    valid_from: Mapped[date | None]
    """first day on which it is law; empty when the source does not date the text at all"""
    valid_to: Mapped[date | None]
    """last day on which it is law, itself included; empty while no end is known"""
    ends: Mapped[date | None]
    """the last day that the source itself states (a repeal); ``valid_to`` is worked out from this and from what is
    known about later texts"""
    dating: Mapped[Dating]
    is_excerpt: Mapped[bool] = mapped_column(default=False)
    history: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """what the text tells of its own past, ``[[2021-12-24, 第十三届…第四次修正], …]``, oldest first"""
    preamble: Mapped[str] = mapped_column(default="")
    appendix: Mapped[str] = mapped_column(default="")
    article_count: Mapped[int]
    text_sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(default="")
    licence_note: Mapped[str] = mapped_column(default="")
    superseded_at: Mapped[datetime | None]
    indexed_at: Mapped[datetime | None]
    """when the index took over this row as it is now; empty while it still has to"""

    statute: Mapped[Statute] = relationship(back_populates="versions", lazy="joined")
    articles: Mapped[list["StatuteArticle"]] = relationship(
        back_populates="version", order_by="StatuteArticle.position"
    )

    def force_on(self, day: date) -> Force:
        """Whether this text is law on a day."""
        if self.valid_from is None:
            return Force.UNKNOWN
        if day < self.valid_from:
            return Force.COMING
        return Force.ENDED if self.valid_to is not None and self.valid_to < day else Force.IN_FORCE


class StatuteArticle(Stored, Base):
    """One article of one version."""

    __tablename__ = "statute_article"
    __table_args__ = (
        UniqueConstraint("version_id", "number", "branch"),
        Index("ix_statute_article_name", "name"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("statute_version.id"))
    number: Mapped[int]
    branch: Mapped[int] = mapped_column(default=0)
    """of 第133条之1 it is 1; 0 for the article itself"""
    name: Mapped[str]
    """as citations in the index spell it: 刑法第133条, 刑法第133条之1"""
    heading: Mapped[list[str]] = mapped_column(JSON, default=list)
    """the headings above it, from the outermost: 第二编 分则, 第二章 危害公共安全罪"""
    text: Mapped[str]
    position: Mapped[int]

    version: Mapped[StatuteVersion] = relationship(back_populates="articles", lazy="joined")

    @property
    def article(self) -> str:
        """第133条之1 without the law's name."""
        return article_of(self.number, self.branch)
