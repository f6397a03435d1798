"""Stored: threads, what was written in them, its earlier wordings, mentions, attachments, and how far each person
has read. All of it is class L3: texts and file names are sealed, attachments lie encrypted in the file store."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.deliberations.immutable import written_once
from review_app.deliberations.models import Finding, Question
from review_app.discussions.states import About, CommentKind
from review_app.reviews.models import CaseReview


class Thread(Stored, Base):
    """One matter under discussion in one round. ``item`` is a code of the catalogue, ``dimension`` D1 … D8.
    ``by_itself``: opened by the rules because the points on an item lie far apart."""

    __tablename__ = "discussion_thread"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    about: Mapped[About]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    item: Mapped[str] = mapped_column(default="")
    dimension: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(SealedText, default="")
    by_itself: Mapped[bool] = mapped_column(default=False)
    resolved_at: Mapped[datetime | None]

    review: Mapped[CaseReview] = relationship()
    finding: Mapped[Finding | None] = relationship()
    question: Mapped[Question | None] = relationship()
    comments: Mapped[list["Comment"]] = relationship(back_populates="thread", order_by="Comment.number")
    readings: Mapped[list["ThreadReading"]] = relationship(back_populates="thread")

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class Comment(Stored, Base):
    """What one person wrote, or a step with its reason. ``number`` counts within the thread from 1."""

    __tablename__ = "discussion_comment"
    __table_args__ = (UniqueConstraint("thread_id", "number"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("discussion_thread.id"), index=True)
    number: Mapped[int]
    kind: Mapped[CommentKind] = mapped_column(default=CommentKind.WORDS)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(SealedText)
    edited_at: Mapped[datetime | None]

    thread: Mapped[Thread] = relationship(back_populates="comments")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    versions: Mapped[list["CommentVersion"]] = relationship(
        back_populates="comment", order_by="CommentVersion.id"
    )
    mentions: Mapped[list["Mention"]] = relationship(back_populates="comment", order_by="Mention.id")
    attachments: Mapped[list["Attachment"]] = relationship(back_populates="comment", order_by="Attachment.id")


class CommentVersion(Stored, Base):
    """An earlier wording; ``created_at`` is when it was replaced. Never changed, never deleted."""

    __tablename__ = "discussion_comment_version"

    comment_id: Mapped[int] = mapped_column(ForeignKey("discussion_comment.id"), index=True)
    text: Mapped[str] = mapped_column(SealedText)

    comment: Mapped[Comment] = relationship(back_populates="versions")


class Mention(Stored, Base):
    """Somebody was asked by name to look."""

    __tablename__ = "discussion_mention"
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("discussion_comment.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    comment: Mapped[Comment] = relationship(back_populates="mentions")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Attachment(Stored, Base):
    """A file that came with a comment. ``sha256`` is of its content, ``sealed_sha256`` of the encrypted bytes,
    under which they lie in the file store; ``size`` in bytes of the content."""

    __tablename__ = "discussion_attachment"

    comment_id: Mapped[int] = mapped_column(ForeignKey("discussion_comment.id"), index=True)
    file_name: Mapped[str] = mapped_column(SealedText)
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    sealed_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]

    comment: Mapped[Comment] = relationship(back_populates="attachments")


class ThreadReading(Stored, Base):
    """How far one person has read one thread: the number of the last comment."""

    __tablename__ = "discussion_reading"
    __table_args__ = (UniqueConstraint("thread_id", "person_id"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("discussion_thread.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]

    thread: Mapped[Thread] = relationship(back_populates="readings")


written_once(CommentVersion, Mention, Attachment)
