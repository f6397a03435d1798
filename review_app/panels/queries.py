"""Reading panels, draws and seats."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.accounts.models import Person
from review_app.experts.models import Expert
from review_app.panels.models import (
    ConflictDecision,
    KnownConflict,
    Panel,
    PanelDraw,
    PanelMember,
    Recusal,
)
from review_app.panels.rules import may_ever_witness
from review_app.panels.states import DrawState, SeatRole, SeatState
from review_app.reviews.models import CaseReview, LegalCase


def panel_of(session: Session, review: CaseReview) -> Panel | None:
    """The panel of the present round, while it lasts."""
    present = (
        select(Panel)
        .where(Panel.review_id == review.id, Panel.round == review.round, Panel.ended_at.is_(None))
        .options(selectinload(Panel.members).joinedload(PanelMember.expert))
    )
    return session.scalars(present).first()


def last_panel_of(session: Session, review: CaseReview) -> Panel | None:
    """The newest panel, ended or not: what is shown after closing."""
    panels = select(Panel).where(Panel.review_id == review.id).order_by(Panel.round.desc())
    return session.scalars(panels).first()


def draws_of(session: Session, review: CaseReview) -> Sequence[PanelDraw]:
    """All draws of a review, the newest first."""
    draws = select(PanelDraw).where(PanelDraw.review_id == review.id)
    return session.scalars(draws.order_by(PanelDraw.draw_no.desc())).all()


def find_draw(session: Session, review: CaseReview, draw_no: int) -> PanelDraw | None:
    found = select(PanelDraw).where(PanelDraw.review_id == review.id, PanelDraw.draw_no == draw_no)
    return session.scalar(found)


def running_draw(session: Session, review: CaseReview) -> PanelDraw | None:
    """The draw that waits for its nonce or its witness."""
    waiting = (DrawState.OPENED, DrawState.AWAITING_WITNESS)
    running = select(PanelDraw).where(PanelDraw.review_id == review.id, PanelDraw.state.in_(waiting))
    return session.scalars(running).first()


def last_draw(panel: Panel) -> PanelDraw:
    """The draw that gave the panel its present rules and lots."""
    return [draw for draw in panel.draws if draw.state is DrawState.DRAWN][-1]


def seat_of(session: Session, review: CaseReview, person: Person) -> PanelMember | None:
    """The person's seat on the present panel, however it stands; substitutes in waiting are not told."""
    seats = (
        select(PanelMember)
        .join(PanelMember.panel)
        .where(
            Panel.review_id == review.id,
            Panel.round == review.round,
            PanelMember.person_id == person.id,
            PanelMember.status.not_in((SeatState.WAITING, SeatState.PASSED_BY)),
        )
    )
    return session.scalars(seats).first()


def find_member(session: Session, panel: Panel | None, member_id: int) -> PanelMember | None:
    found = session.get(PanelMember, member_id)
    return found if found is not None and panel is not None and found.panel_id == panel.id else None


def find_recusal(session: Session, panel: Panel | None, recusal_id: int) -> Recusal | None:
    found = session.get(Recusal, recusal_id)
    return found if found is not None and panel is not None and found.panel_id == panel.id else None


def expert_by_no(session: Session, expert_no: str) -> Expert:
    """The expert with this number; raises NoResultFound."""
    return session.scalars(select(Expert).where(Expert.expert_no == expert_no)).one()


def same_cases(session: Session, case: LegalCase) -> Sequence[int]:
    """Ids of this legal case and of every other row for the same case number at the same organ."""
    same = select(LegalCase.id).where(
        LegalCase.case_no == case.case_no, LegalCase.reviewed_org_id == case.reviewed_org_id
    )
    return session.scalars(same).all()


def earlier_members(session: Session, review: CaseReview) -> Sequence[PanelMember]:
    """Everybody who held a seat in another review of the same case or in an earlier round of this one."""
    seats = (
        select(PanelMember)
        .join(PanelMember.panel)
        .join(Panel.review)
        .where(
            CaseReview.legal_case_id.in_(same_cases(session, review.legal_case)),
            (Panel.review_id != review.id) | (Panel.round != review.round),
            PanelMember.role != SeatRole.SUBSTITUTE,
        )
        .options(selectinload(PanelMember.expert))
    )
    return session.scalars(seats).all()


def known_conflicts(session: Session, case: LegalCase) -> Sequence[KnownConflict]:
    known = select(KnownConflict).where(KnownConflict.legal_case_id.in_(same_cases(session, case)))
    return session.scalars(known.order_by(KnownConflict.id)).all()


def conflict_decisions(session: Session, case: LegalCase) -> Sequence[ConflictDecision]:
    taken = select(ConflictDecision).where(ConflictDecision.legal_case_id.in_(same_cases(session, case)))
    return session.scalars(taken.order_by(ConflictDecision.id)).all()


def possible_witnesses(session: Session, draw: PanelDraw) -> list[Person]:
    """People who may witness this draw, by name."""
    people = session.scalars(select(Person).order_by(Person.name, Person.id))
    return [person for person in people if may_ever_witness(person, draw)]
