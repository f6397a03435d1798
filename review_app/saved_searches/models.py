"""Stored: saved searches, the alerts they gave, and the ledger of cases that came after saving."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview
from review_app.saved_searches.states import Condition, Frequency


class SavedSearch(Stored, Base):
    """A question somebody keeps asking. Name and question are sealed: what is asked shows what its owner, or the
    panel of a review, thinks about. A row is never deleted; one that was removed says when."""

    __tablename__ = "saved_search"

    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("case_review.id"), index=True)
    """the review it was made for; empty for one of the person's own"""
    name: Mapped[str] = mapped_column(SealedText)
    question: Mapped[str] = mapped_column(SealedText)
    """the whole question as JSON, see ``questions.py``"""
    question_print: Mapped[str] = mapped_column(String(64))
    """keyed fingerprint of the question, by which the same question is known again"""
    reading: Mapped[str] = mapped_column(String(64))
    """hash of how the words were read: it changes when the query language or the synonyms did"""
    reread_at: Mapped[datetime | None]
    """when a run noticed that; from then on cases may be found that were there before"""
    frequency: Mapped[Frequency]
    paused_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime]
    """the last time it ran to its end"""
    total: Mapped[int]
    """cases found that time"""
    known: Mapped[str] = mapped_column(SealedText, deferred=True)
    """ids of all versions of cases it ever found, packed (see ``known.py``): none of them is new again"""
    broken_at: Mapped[datetime | None]
    """since when it cannot be run; empty while it can"""
    problem: Mapped[str] = mapped_column(SealedText, default="")
    """why, as JSON of a sentence and its facts"""

    owner: Mapped[Person] = relationship(foreign_keys=[owner_id], lazy="joined")
    review: Mapped[CaseReview | None] = relationship()

    @property
    def condition(self) -> Condition:
        if self.paused_at is not None:
            return Condition.PAUSED
        return Condition.ACTIVE if self.broken_at is None else Condition.BROKEN


class SavedSearchAlert(Stored, Base):
    """One time that a saved search found new cases; the owner was told of exactly these."""

    __tablename__ = "saved_search_alert"

    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id"), index=True)
    found: Mapped[int]
    by_hand: Mapped[bool]
    """run by the owner, who saw the result at once; otherwise a notice was written"""


class SavedSearchHit(Stored, Base):
    """The ledger: a case that a saved search found after it was saved, one row however many versions it has.

    ``told_at`` is empty for a case that was among the results when the search was saved and has changed since.
    """

    __tablename__ = "saved_search_hit"
    __table_args__ = (UniqueConstraint("saved_search_id", "identity"),)

    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id"))
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("saved_search_alert.id"), index=True)
    identity: Mapped[str] = mapped_column(String(64))
    precedent_id: Mapped[int] = mapped_column(ForeignKey("precedent.id"), index=True)
    """the newest version that was found"""
    version: Mapped[int]
    told_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    """when a newer version than the first one was found"""
    seen_at: Mapped[datetime | None]
    """when the owner put it away as looked at"""

    precedent: Mapped[Precedent] = relationship()
