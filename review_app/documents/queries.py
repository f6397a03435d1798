"""Reading documents."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.documents.models import Document
from review_app.documents.states import DocumentKind, DocumentState


def documents_of(session: Session, review_id: int, *kinds: DocumentKind) -> list[Document]:
    """The documents of a review, oldest first."""
    own = select(Document).where(Document.review_id == review_id).order_by(Document.id)
    return list(session.scalars(own.where(Document.kind.in_(kinds)) if kinds else own))


def document_of_round(session: Session, review_id: int, kind: DocumentKind, round: int) -> Document | None:
    """The newest document of this kind for one round that is not void."""
    own = select(Document).where(
        Document.review_id == review_id,
        Document.kind == kind,
        Document.round == round,
        Document.state != DocumentState.VOID,
    )
    return session.scalars(own.order_by(Document.id.desc())).first()


def document_numbered(session: Session, number: str) -> Document | None:
    """The document with this number; its brackets and spaces may be typed in any of the usual ways."""
    folded = "".join(number.split()).translate(str.maketrans("[]［］()（）", "〔〕" * 4))
    return session.scalar(select(Document).where(Document.number == folded))


def find_document(session: Session, review_id: int, document_id: int) -> Document | None:
    """A document of this review."""
    own = select(Document).where(Document.id == document_id, Document.review_id == review_id)
    return session.scalar(own)


def last_number(session: Session, mark: str, year: int) -> int:
    """The highest serial given so far, void ones included; 0 before the first."""
    given = select(func.max(Document.seq)).where(Document.mark == mark, Document.year == year)
    return session.scalar(given) or 0
