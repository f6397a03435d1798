"""Reading again what a page has stored meanwhile."""

from sqlalchemy.orm import Session


def fresh(session: Session) -> Session:
    """The session with a new view of the database and nothing remembered."""
    session.rollback()
    session.expire_all()
    return session
