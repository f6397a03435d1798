"""What is the same for the checks of many reviews: pool, units, panels of late, loads. Read once, used often."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.clock import local_day
from review_app.experts.models import Expert, ExpertTie
from review_app.experts.states import TieKind
from review_app.organisations.models import Organisation
from review_app.organisations.states import OrgKind
from review_app.panels.models import Panel, PanelMember
from review_app.panels.states import GONE, SeatRole, SeatState
from review_app.panels.units import Unit, UnitTree
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import ReviewState

OVER = (ReviewState.CLOSED, ReviewState.WITHDRAWN)

Served = dict[int, list[tuple[int, str, date]]]
"""by expert id: review, reviewed organ and day of every panel he was drawn for"""
Clients = dict[int, list[tuple[int, ExpertTie]]]
"""by law firm: which of its lawyers represented whom"""
Joined = dict[int, list[tuple[int, date]]]
"""by expert id: review and day of every seat that was not given up"""


@dataclass(frozen=True)
class Shared:
    """Everything about the pool that does not depend on the review, as of one reading."""

    pool: Sequence[Expert]
    tree: UnitTree
    served: Served
    clients: Clients
    seated_on: dict[int, frozenset[int]]
    """by person id: the running reviews in which he has a seat"""
    joined: Joined

    def served_elsewhere(self, expert: Expert, review: CaseReview) -> tuple[tuple[str, date], ...]:
        """Organ and day of each panel of another review."""
        return tuple((organ, on) for other, organ, on in self.served.get(expert.id, ()) if other != review.id)

    def of_one(self, expert: Expert) -> "Shared":
        """The same with one expert as the whole pool."""
        return replace(self, pool=(expert,))

    def open_reviews(self, expert: Expert, review: CaseReview) -> int:
        """On how many other running reviews the expert sits."""
        return len(self.seated_on.get(expert.person_id or 0, frozenset()) - {review.id})

    def joined_in_month(self, expert: Expert, review: CaseReview, on: date) -> int:
        """How many other panels the expert joined in the calendar month of `on` and did not leave."""
        joined = self.joined.get(expert.id, ())
        return len({other for other, day in joined if other != review.id and same_month(day, on)})


def shared_facts(session: Session) -> Shared:
    """What the checks of all reviews have in common; valid until somebody changes the pool or a panel."""
    pool = all_experts(session)
    return Shared(
        pool,
        unit_tree(session),
        panels_on(session),
        clients_of_firms(pool),
        seated_on(session),
        joined(session, pool),
    )


def facts_for_one(session: Session, expert: Expert) -> Shared:
    """The same for a single expert, read without the rest of the pool but his firm's lawyers."""
    firm = expert.organisation_id if expert.category == "LAWYER" else None
    colleagues = whole_experts().where(Expert.organisation_id == firm) if firm else None
    known = session.scalars(colleagues).all() if colleagues is not None else []
    return Shared(
        pool=(expert,),
        tree=unit_tree(session),
        served=panels_on(session, expert),
        clients=clients_of_firms(known),
        seated_on={},
        joined={},
    )


def whole_experts() -> Select[Expert]:
    return select(Expert).options(
        selectinload(Expert.ties),
        selectinload(Expert.employments),
        selectinload(Expert.credentials),
        selectinload(Expert.leaves),
        joinedload(Expert.person),
        joinedload(Expert.organisation),
    )


def all_experts(session: Session) -> Sequence[Expert]:
    return session.scalars(whole_experts().order_by(Expert.expert_no)).all()


def unit_tree(session: Session) -> UnitTree:
    return UnitTree.of(
        Unit(str(one.id), text_of(one.parent_id), one.kind, one.level, one.system)
        for one in session.scalars(select(Organisation))
    )


def text_of(row_id: int | None) -> str:
    return "" if row_id is None else str(row_id)


def lasting(expert: Expert) -> list[ExpertTie]:
    """Ties that were not withdrawn as entered by mistake."""
    return [tie for tie in expert.ties if tie.ended_at is None]


def clients_of_firms(pool: Sequence[Expert]) -> Clients:
    """What the lawyers of each firm represent: it binds their colleagues too."""
    firms: Clients = {}
    for one in pool:
        if one.organisation is not None and one.organisation.kind is OrgKind.LAW_FIRM:
            represented = [(one.id, tie) for tie in lasting(one) if tie.kind is TieKind.REPRESENTED]
            firms.setdefault(one.organisation.id, []).extend(represented)
    return firms


def panels_on(session: Session, expert: Expert | None = None) -> Served:
    """The panels each expert was drawn for, with review, organ and day; of one expert, if given."""
    drawn = (
        select(PanelMember)
        .join(PanelMember.panel)
        .where(PanelMember.role != SeatRole.SUBSTITUTE)
        .options(joinedload(PanelMember.panel).joinedload(Panel.review).joinedload(CaseReview.legal_case))
        .order_by(PanelMember.id)
    )
    if expert is not None:
        drawn = drawn.where(PanelMember.expert_id == expert.id)
    found: Served = {}
    for seat in session.scalars(drawn):
        review = seat.panel.review
        day = seat.invited_on or local_day(seat.created_at)
        found.setdefault(seat.expert_id, []).append((review.id, str(review.legal_case.reviewed_org_id), day))
    return found


def seated_on(session: Session) -> dict[int, frozenset[int]]:
    """The running reviews in which each person has a seat."""
    seats = (
        select(ReviewAccess.person_id, ReviewAccess.review_id)
        .join(ReviewAccess.review)
        .where(ReviewAccess.ended_at.is_(None), CaseReview.state.not_in(OVER))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for person_id, review_id in session.execute(seats):
        found.setdefault(person_id, set()).add(review_id)
    return {person: frozenset(reviews) for person, reviews in found.items()}


def joined(session: Session, pool: Sequence[Expert]) -> Joined:
    """When experts with a monthly cap joined panels: the day of invitation of seats held or served out."""
    capped = [one.id for one in pool if one.max_month is not None]
    seats = (
        select(PanelMember.expert_id, Panel.review_id, PanelMember.invited_on)
        .join(PanelMember.panel)
        .where(
            PanelMember.expert_id.in_(capped),
            PanelMember.status.not_in((*GONE, SeatState.WAITING, SeatState.PASSED_BY)),
        )
    )
    found: Joined = {}
    for expert_id, review_id, day in session.execute(seats) if capped else ():
        if day is not None:
            found.setdefault(expert_id, []).append((review_id, day))
    return found


def same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)
