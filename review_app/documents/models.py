"""Stored: documents, their numbers, their copies as issued, signatures bound to content, deliveries."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.documents.states import CopyKind, DeliveryMethod, DocumentKind, DocumentState


class Document(Stored, Base):
    """One document of a review. Its number is given at release and never to another; its content is the
    sealed JSON of what was signed, and ``input_sha256`` the hash a signature binds."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("mark", "year", "seq"),)

    kind: Mapped[DocumentKind] = mapped_column(index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    title: Mapped[str] = mapped_column(SealedText)
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.DRAFT)
    mark: Mapped[str | None]
    year: Mapped[int | None]
    seq: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    template_version: Mapped[str] = mapped_column(default="")
    content: Mapped[str | None] = mapped_column(SealedText)
    input_sha256: Mapped[str | None] = mapped_column(String(64))
    released_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    voided_reason: Mapped[str] = mapped_column(default="")

    copies: Mapped[list["DocumentCopy"]] = relationship(
        back_populates="document", order_by="DocumentCopy.id", lazy="selectin"
    )
    signatures: Mapped[list["DocumentSignature"]] = relationship(
        back_populates="document", order_by="DocumentSignature.id", lazy="selectin"
    )
    deliveries: Mapped[list["DocumentDelivery"]] = relationship(
        back_populates="document", order_by="DocumentDelivery.id", lazy="selectin"
    )

    def copy(self, kind: CopyKind) -> "DocumentCopy | None":
        """The issued file of this kind, if there is one."""
        return next((copy for copy in self.copies if copy.copy is kind), None)


class DocumentCopy(Stored, Base):
    """One issued file. The bytes lie in the file store under ``sha256`` and are never replaced; ``content``
    is the sealed JSON it was written from, so that it can be written again byte for byte."""

    __tablename__ = "document_copy"
    __table_args__ = (UniqueConstraint("document_id", "copy"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    copy: Mapped[CopyKind]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    content: Mapped[str] = mapped_column(SealedText)
    check_report: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    document: Mapped[Document] = relationship(back_populates="copies")


class DocumentSignature(Stored, Base):
    """A member's signature on the content with this hash, or the written reason for not signing it. A later
    signature of the same person follows, none is changed."""

    __tablename__ = "document_signature"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content_sha256: Mapped[str] = mapped_column(String(64))
    declined_reason: Mapped[str] = mapped_column(SealedText, default="")

    document: Mapped[Document] = relationship(back_populates="signatures")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class DocumentDelivery(Stored, Base):
    """A document was served on somebody."""

    __tablename__ = "document_delivery"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    to: Mapped[str] = mapped_column(SealedText)
    method: Mapped[DeliveryMethod]
    on: Mapped[date]

    document: Mapped[Document] = relationship(back_populates="deliveries")
