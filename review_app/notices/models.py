"""Stored: the queue of notices to people."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, Stored
from review_app.notices.states import NoticeState


class Notice(Stored, Base):
    """One notice to one person. ``step`` makes it unique: the same step for the same thing and person is
    queued once, whatever the scheduler missed or repeats."""

    __tablename__ = "notice"

    kind: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(index=True)
    step: Mapped[str] = mapped_column(unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    link: Mapped[str] = mapped_column(default="")
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_reason: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
