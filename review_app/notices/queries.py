"""Reading notices."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.notices.models import Notice

SHOWN = 100


def latest(session: Session, person: Person) -> list[Notice]:
    """The person's newest notices, unread ones first."""
    mine = select(Notice).where(Notice.person_id == person.id)
    return list(session.scalars(mine.order_by(Notice.read_at.is_not(None), Notice.id.desc()).limit(SHOWN)))


def unread_count(session: Session, person: Person) -> int:
    """How many notices wait to be read."""
    mine = select(func.count()).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    return session.scalar(mine) or 0
