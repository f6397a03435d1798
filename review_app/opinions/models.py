"""Stored: the opinion of one round, the parts its panel writes with every version of them, the leader's decisions."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.documents.models import Document
from review_app.opinions.states import Decision, RemarkState
from review_app.petitions.states import RequestResult
from review_app.reviews.models import CaseReview


class Opinion(Stored, Base):
    """The opinion of one round. ``locked`` is the sealed JSON of everything gathered when the result was locked:
    findings, votes, figures; nobody edits it."""

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    round: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    locked: Mapped[str] = mapped_column(SealedText)
    submitted_at: Mapped[datetime | None]

    review: Mapped[CaseReview] = relationship()
    document: Mapped[Document] = relationship()
    parts: Mapped[list["OpinionPart"]] = relationship(
        back_populates="opinion", order_by="OpinionPart.id", lazy="selectin"
    )
    decisions: Mapped[list["ReleaseDecision"]] = relationship(
        back_populates="opinion", order_by="ReleaseDecision.id", lazy="selectin"
    )

    def part(self, key: str) -> "OpinionPart | None":
        """The part with this key."""
        return next((part for part in self.parts if part.key == key), None)


class OpinionPart(Stored, Base):
    """A part as it stands. ``edition`` rises with every save; ``result`` belongs to answers to requests;
    recommendations are kept as JSON in ``text``."""

    __tablename__ = "opinion_part"
    __table_args__ = (UniqueConstraint("opinion_id", "key"),)

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"))
    key: Mapped[str]
    edition: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(SealedText, default="")
    result: Mapped[RequestResult | None]

    opinion: Mapped[Opinion] = relationship(back_populates="parts")
    versions: Mapped[list["OpinionPartVersion"]] = relationship(
        back_populates="part", order_by="OpinionPartVersion.edition"
    )
    remarks: Mapped[list["OpinionRemark"]] = relationship(
        back_populates="part", order_by="OpinionRemark.id", lazy="selectin"
    )


class OpinionPartVersion(Stored, Base):
    """What was saved, when and by whom. Never changed."""

    __tablename__ = "opinion_part_version"
    __table_args__ = (UniqueConstraint("part_id", "edition"),)

    part_id: Mapped[int] = mapped_column(ForeignKey("opinion_part.id"))
    edition: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText)
    result: Mapped[RequestResult | None]

    part: Mapped[OpinionPart] = relationship(back_populates="versions")
    created_by: Mapped[Person | None] = relationship(foreign_keys="OpinionPartVersion.created_by_id")


class OpinionRemark(Stored, Base):
    """What a member says to a part while it is drafted: a comment, or with ``proposal`` the words he proposes in
    place of edition ``edition``. Answered by those who write; never changed, known inside the panel alone."""

    __tablename__ = "opinion_remark"

    part_id: Mapped[int] = mapped_column(ForeignKey("opinion_part.id"), index=True)
    edition: Mapped[int]
    words: Mapped[str] = mapped_column(SealedText)
    proposal: Mapped[str | None] = mapped_column(SealedText)
    state: Mapped[RemarkState] = mapped_column(default=RemarkState.OPEN)
    answer: Mapped[str] = mapped_column(SealedText, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    part: Mapped[OpinionPart] = relationship(back_populates="remarks")
    created_by: Mapped[Person] = relationship(foreign_keys="OpinionRemark.created_by_id")
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])


class ReleaseDecision(Stored, Base):
    """The leader released the opinion, or returned it once for completeness with a written reason."""

    __tablename__ = "release_decision"

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"), index=True)
    decision: Mapped[Decision]
    reason: Mapped[str] = mapped_column(SealedText, default="")

    opinion: Mapped[Opinion] = relationship(back_populates="decisions")
    created_by: Mapped[Person | None] = relationship(foreign_keys="ReleaseDecision.created_by_id")
