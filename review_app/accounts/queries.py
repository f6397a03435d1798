"""Reading people and roles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from review_app.accounts.models import Person, RoleGrant


def all_people(session: Session) -> Sequence[Person]:
    """Everybody with an account, those who may sign in first."""
    return session.scalars(select(Person).order_by(Person.disabled_at.is_not(None), Person.login)).all()


def find_person(session: Session, person_id: int) -> Person | None:
    return session.get(Person, person_id)


def find_grant(session: Session, grant_id: int) -> RoleGrant | None:
    return session.get(RoleGrant, grant_id)


def waiting_grants(session: Session) -> Sequence[RoleGrant]:
    """Roles given but not yet approved, oldest first."""
    waiting = select(RoleGrant).where(RoleGrant.approved_at.is_(None), RoleGrant.ended_at.is_(None))
    return session.scalars(waiting.options(joinedload(RoleGrant.person)).order_by(RoleGrant.id)).all()
