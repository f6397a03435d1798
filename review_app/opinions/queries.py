"""Reading opinions."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.opinions.advising import read_advice
from review_app.opinions.facts import Advice
from review_app.opinions.models import Opinion, OpinionPart, OpinionPartVersion, OpinionRemark
from review_app.opinions.states import PartKey
from review_app.reviews.models import CaseReview, StateChange


def opinion_of(session: Session, review: CaseReview) -> Opinion | None:
    """The opinion of the present round."""
    own = select(Opinion).where(Opinion.review_id == review.id, Opinion.round == review.round)
    return session.scalar(own)


def advice_of(session: Session, review: CaseReview) -> tuple[Advice, ...]:
    """The recommendations of the present round's opinion, in their order (the first is number one)."""
    opinion = opinion_of(session, review)
    part = opinion.part(PartKey.ADVICE) if opinion else None
    return read_advice(part.text) if part else ()


def versions_of(session: Session, part: OpinionPart) -> list[OpinionPartVersion]:
    """Everything saved for a part, newest first."""
    saved = (
        select(OpinionPartVersion)
        .where(OpinionPartVersion.part_id == part.id)
        .options(selectinload(OpinionPartVersion.created_by))
        .order_by(OpinionPartVersion.edition.desc())
    )
    return list(session.scalars(saved))


def edition_of(session: Session, part: OpinionPart, edition: int) -> OpinionPartVersion | None:
    """One saved version of a part; the words nobody has changed yet are no version."""
    own = select(OpinionPartVersion).where(
        OpinionPartVersion.part_id == part.id, OpinionPartVersion.edition == edition
    )
    return session.scalar(own)


def text_at(session: Session, part: OpinionPart, edition: int) -> str:
    """What the part said in one edition."""
    saved = edition_of(session, part, edition)
    return saved.text if saved else part.text


def find_remark(session: Session, opinion: Opinion, remark_id: int) -> OpinionRemark | None:
    """A comment or proposal on this opinion."""
    own = select(OpinionRemark).join(OpinionRemark.part)
    return session.scalar(own.where(OpinionRemark.id == remark_id, OpinionPart.opinion_id == opinion.id))


def latest_change(session: Session, review: CaseReview) -> StateChange | None:
    """The step the review has just taken."""
    steps = select(StateChange).where(StateChange.review_id == review.id)
    return session.scalars(steps.order_by(StateChange.id.desc())).first()


def people_with(session: Session, role: Role) -> list[Person]:
    """Everybody in whom a role is in force and whose account is open."""
    everybody = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    return [person for person in everybody if person.has(role)]
