"""The list of reviews: what may be filtered and searched, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.organisations.models import Organisation
from review_app.petitions.models import PetitionItem
from review_app.reviews.models import CaseReview, LegalCase, ReviewAccess
from review_app.reviews.queries import liaised, visible_to
from review_app.reviews.rules import OVERSEERS
from review_app.reviews.states import AccessStage, ReviewState

PER_PAGE = 30


@dataclass(frozen=True)
class ReviewFilter:
    """What the reader asks for; empty values do not narrow. ``words`` is part of a review, case or matter
    number. ``grade`` finds issued reviews only: before that nobody outside the panel learns it."""

    state: ReviewState | None = None
    template: str = ""
    reviewed_org_id: int | None = None
    doubt: bool | None = None
    grade: str = ""
    words: str = ""


def case_known_to(person: Person) -> ColumnElement[bool]:
    """The same condition as ``rules.can_see_case`` over reviews the person can see."""
    if person.has(*OVERSEERS):
        return true()
    opened = exists().where(
        ReviewAccess.review_id == CaseReview.id,
        ReviewAccess.person_id == person.id,
        ReviewAccess.ended_at.is_(None),
        ReviewAccess.stage == AccessStage.FULL,
    )
    return or_(opened, liaised(person))


def narrowed(person: Person, wanted: ReviewFilter) -> Select[CaseReview]:
    """Reviews the person may see that fit ``wanted``."""
    chosen = select(CaseReview).join(CaseReview.legal_case).join(CaseReview.item).where(visible_to(person))
    if wanted.state:
        chosen = chosen.where(CaseReview.state == wanted.state)
    if wanted.template:
        chosen = chosen.where(CaseReview.template == wanted.template)
    if wanted.reviewed_org_id:
        chosen = chosen.where(LegalCase.reviewed_org_id == wanted.reviewed_org_id)
    if wanted.doubt is not None:
        chosen = chosen.where(CaseReview.doubt_flag.is_(wanted.doubt))
    if wanted.grade:
        chosen = chosen.where(CaseReview.grade == wanted.grade, CaseReview.issued_at.is_not(None))
    if wanted.words.strip():
        chosen = chosen.where(bearing(person, wanted.words.strip()))
    return chosen


def bearing(person: Person, words: str) -> ColumnElement[bool]:
    """The number holds ``words``. Who may not see the case cannot find it by its case number either."""
    numbers = or_(
        LegalCase.case_no.contains(words, autoescape=True),
        PetitionItem.item_no.contains(words, autoescape=True),
    )
    return or_(CaseReview.review_no.contains(words, autoescape=True), numbers & case_known_to(person))


def listed_reviews(
    session: Session, person: Person, wanted: ReviewFilter, *, page: int = 1
) -> tuple[Sequence[CaseReview], int]:
    """One page of the reviews, newest first, and how many there are in all."""
    chosen = narrowed(person, wanted)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    loaded = chosen.options(
        joinedload(CaseReview.legal_case).joinedload(LegalCase.reviewed_org),
        joinedload(CaseReview.legal_case).selectinload(LegalCase.involved),
        joinedload(CaseReview.item).joinedload(PetitionItem.petitioner),
        selectinload(CaseReview.accesses),
    )
    ordered = loaded.order_by(CaseReview.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return session.scalars(ordered).unique().all(), total


def reviewed_organs(session: Session, person: Person) -> Sequence[Organisation]:
    """Organs that appear in reviews the person may see; for the list's filter."""
    ids = select(LegalCase.reviewed_org_id).join(CaseReview).where(visible_to(person))
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.code)
    ).all()
