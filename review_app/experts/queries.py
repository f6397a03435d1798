"""Reading experts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.experts.models import (
    Expert,
    ExpertCredential,
    ExpertEmployment,
    ExpertLeave,
    ExpertLetter,
    ExpertRequest,
    ExpertTie,
)
from review_app.experts.specialties import matches
from review_app.experts.states import ExpertCategory, ExpertStatus, RequestState
from review_app.organisations.models import Organisation


@dataclass(frozen=True)
class ExpertFilter:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    category: ExpertCategory | None = None
    specialty: str = ""
    status: ExpertStatus | None = None


def find_expert(session: Session, expert_id: int) -> Expert | None:
    return session.get(Expert, expert_id)


def expert_of(session: Session, person: Person) -> Expert | None:
    """The person's own record in the pool."""
    return session.scalar(select(Expert).where(Expert.person_id == person.id))


def expert_numbered(session: Session, expert_no: str) -> Expert | None:
    return session.scalar(select(Expert).where(Expert.expert_no == expert_no))


def next_expert_no(session: Session) -> str:
    """The next free number ZJ-0001, ZJ-0002 …"""
    numbers = session.scalars(select(Expert.expert_no).where(Expert.expert_no.like("ZJ-%"))).all()
    taken = [int(number[3:]) for number in numbers if number[3:].isdigit()]
    return f"ZJ-{max(taken, default=0) + 1:04d}"


def listed_experts(session: Session, wanted: ExpertFilter) -> Sequence[Expert]:
    """The pool, narrowed, by number. Specialties lie in a JSON list, so they are compared here; looking
    for one finds everything below it in the tree."""
    chosen = select(Expert).options(
        joinedload(Expert.organisation),
        joinedload(Expert.person),
        selectinload(Expert.credentials),
        selectinload(Expert.leaves),
    )
    if wanted.words:
        like = f"%{wanted.words}%"
        chosen = chosen.outerjoin(Expert.organisation).where(
            or_(Expert.name.like(like), Expert.expert_no.like(like), Organisation.name.like(like))
        )
    if wanted.category:
        chosen = chosen.where(Expert.category == wanted.category)
    if wanted.status:
        chosen = chosen.where(Expert.status == wanted.status)
    found = session.scalars(chosen.order_by(Expert.expert_no)).all()
    return [one for one in found if not wanted.specialty or matches(wanted.specialty, one.specialties)]


def find_tie(session: Session, expert: Expert, tie_id: int) -> ExpertTie | None:
    found = session.get(ExpertTie, tie_id)
    return found if found is not None and found.expert_id == expert.id else None


def find_employment(session: Session, expert: Expert, employment_id: int) -> ExpertEmployment | None:
    found = session.get(ExpertEmployment, employment_id)
    return found if found is not None and found.expert_id == expert.id else None


Part = TypeVar("Part", ExpertCredential, ExpertLeave, ExpertLetter, ExpertRequest)


def find_part(session: Session, expert: Expert, kind: type[Part], part_id: int) -> Part | None:
    """A credential, leave, letter or request of this expert."""
    found = session.get(kind, part_id)
    return found if found is not None and found.expert_id == expert.id else None


def pending_requests(session: Session) -> Sequence[ExpertRequest]:
    """Requests waiting for a decision, the oldest first."""
    waiting = select(ExpertRequest).where(ExpertRequest.state == RequestState.PENDING)
    return session.scalars(waiting.options(joinedload(ExpertRequest.expert)).order_by(ExpertRequest.id)).all()


def unverified_credentials(session: Session) -> Sequence[ExpertCredential]:
    """Credentials waiting to be verified, the oldest first."""
    waiting = select(ExpertCredential).where(
        ExpertCredential.verified_at.is_(None), ExpertCredential.withdrawn_at.is_(None)
    )
    whole = waiting.options(joinedload(ExpertCredential.expert))
    return session.scalars(whole.order_by(ExpertCredential.id)).all()
