"""Stored: a concluded review prepared for the library, and every step it took."""

import json
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.own_cases.drafting import OwnText
from review_app.own_cases.states import OwnCaseState
from review_app.precedents.models import Precedent
from review_app.precedents.states import Audience
from review_app.reviews.models import CaseReview


class OwnCase(Stored, Base):
    """One attempt to bring one review into the library. ``original`` is what the text was made of, names in full; it
    never changes. ``text`` is what would be published; both are sealed JSON of ``OwnText``."""

    __tablename__ = "own_case"
    __table_args__ = (UniqueConstraint("year", "seq"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    state: Mapped[OwnCaseState] = mapped_column(default=OwnCaseState.PREPARING, index=True)
    original: Mapped[str] = mapped_column(SealedText)
    text: Mapped[str] = mapped_column(SealedText)
    audience: Mapped[Audience] = mapped_column(default=Audience.OFFICE)
    editor_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    """everybody who had a hand in the text: none of them is the second person"""
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    year: Mapped[int | None]
    seq: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    published_at: Mapped[datetime | None]
    precedent_id: Mapped[int | None] = mapped_column(ForeignKey("precedent.id"))

    review: Mapped[CaseReview] = relationship()
    precedent: Mapped[Precedent | None] = relationship()
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    created_by: Mapped[Person | None] = relationship(foreign_keys="OwnCase.created_by_id")
    steps: Mapped[list["OwnCaseStep"]] = relationship(back_populates="own_case", order_by="OwnCaseStep.id")

    @property
    def own_text(self) -> OwnText:
        return OwnText(**json.loads(self.text))

    @property
    def own_original(self) -> OwnText:
        return OwnText(**json.loads(self.original))


class OwnCaseStep(Stored, Base):
    """One step of it, never changed."""

    __tablename__ = "own_case_step"

    own_case_id: Mapped[int] = mapped_column(ForeignKey("own_case.id"), index=True)
    from_state: Mapped[OwnCaseState | None]
    to_state: Mapped[OwnCaseState]
    reason: Mapped[str] = mapped_column(SealedText, default="")

    own_case: Mapped[OwnCase] = relationship(back_populates="steps")
    created_by: Mapped[Person | None] = relationship(foreign_keys="OwnCaseStep.created_by_id")
