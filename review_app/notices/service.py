"""Queueing notices. Sending is a job; a person also reads them on the start page."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import NotAllowed
from review_app.notices.kinds import KINDS
from review_app.notices.models import Notice


def notify(
    session: Session,
    kind: str,
    to: Person,
    *,
    now: datetime,
    review_id: int | None = None,
    link: str = "",
    step: str = "",
    **facts: str | int,
) -> Notice | None:
    """Queue one notice of ``kind`` (an entry of ``notices.kinds.KINDS``) to a person.

    ``facts`` fill the kind's sentence and never hold secret content; ``link`` is a path of ours.
    ``step`` names the occasion (for reminders: ``clock:12:orange``): a second call with the same step for
    the same person queues nothing and gives None.
    """
    if kind not in KINDS:
        raise KeyError(f"unknown kind of notice: {kind}")
    occasion = f"{kind}:{to.id}:{step or secrets.token_hex(12)}"
    if session.scalar(select(Notice.id).where(Notice.step == occasion)):
        return None
    notice = Notice(
        kind=kind, person_id=to.id, review_id=review_id, step=occasion, facts=facts, link=link, created_at=now
    )
    session.add(notice)
    session.flush()
    return notice


def unread(session: Session, person: Person) -> list[Notice]:
    """The person's unread notices, newest first."""
    mine = select(Notice).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    return list(session.scalars(mine.order_by(Notice.id.desc())))


def mark_read(session: Session, notice: Notice, *, by: Person, now: datetime) -> None:
    """Put a notice away; only its addressee can."""
    if notice.person_id != by.id:
        raise NotAllowed
    notice.read_at = notice.read_at or now
