"""Stored: petition matters, their petitioner and the numbered requests."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.database import Base, SealedText, Stored
from review_app.petitions.states import Channel, LegalStage, RequestResult


class Petitioner(Stored, Base):
    """Who petitions. Identity papers and addresses are sealed; ``id_fingerprint`` matches without reading."""

    __tablename__ = "petitioner"

    name: Mapped[str] = mapped_column(SealedText)
    gender: Mapped[str] = mapped_column(default="")
    birth_year: Mapped[int | None]
    id_number: Mapped[str | None] = mapped_column(SealedText)
    id_fingerprint: Mapped[str | None] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(SealedText)
    phone: Mapped[str | None] = mapped_column(SealedText)


class PetitionItem(Stored, Base):
    """One petition matter (信访事项)."""

    __tablename__ = "petition_item"

    item_no: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    channel: Mapped[Channel]
    received_on: Mapped[date]
    petitioner_id: Mapped[int] = mapped_column(ForeignKey("petitioner.id"))
    place: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(SealedText, default="")
    reasons: Mapped[str] = mapped_column(SealedText, default="")
    history: Mapped[str] = mapped_column(SealedText, default="")
    group_size: Mapped[int] = mapped_column(default=1)
    repeats: Mapped[int] = mapped_column(default=0)
    legal_stage: Mapped[LegalStage]

    petitioner: Mapped[Petitioner] = relationship()
    requests: Mapped[list["RequestLine"]] = relationship(
        back_populates="item", order_by="RequestLine.seq", cascade="all, delete-orphan"
    )


class RequestLine(Stored, Base):
    """One numbered request; the opinion answers row by row."""

    __tablename__ = "request_line"
    __table_args__ = (UniqueConstraint("item_id", "seq"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("petition_item.id"))
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText)
    answer: Mapped[str] = mapped_column(SealedText, default="")
    result: Mapped[RequestResult | None]

    item: Mapped[PetitionItem] = relationship(back_populates="requests")
