"""Reading panels, draws and seats."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.accounts.models import Person
from review_app.experts.models import Expert
from review_app.panels.models import (
    ConflictCheck,
    ConflictDecision,
    ConflictEvidence,
    ConflictOpinion,
    ConflictTask,
    KnownConflict,
    Panel,
    PanelDraw,
    PanelMember,
    Recusal,
)
from review_app.panels.recusal import plain_no
from review_app.panels.rules import may_ever_witness
from review_app.panels.states import SEATED, DrawState, OpinionState, SeatRole, SeatState
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
    """Ids of this legal case and of every other row for the same case number at the same organ, however its
    brackets and spaces were typed."""
    rows = select(LegalCase.id, LegalCase.case_no).where(LegalCase.reviewed_org_id == case.reviewed_org_id)
    wanted = plain_no(case.case_no)
    return [row_id for row_id, case_no in session.execute(rows) if plain_no(case_no) == wanted]


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


def running_panels(session: Session, legal_cases: Sequence[int] | None = None) -> Sequence[Panel]:
    """Panels that have not ended, of these legal cases or of all."""
    running = select(Panel).join(Panel.review).where(Panel.ended_at.is_(None)).order_by(Panel.id)
    if legal_cases is not None:
        running = running.where(CaseReview.legal_case_id.in_(legal_cases))
    return session.scalars(running.options(selectinload(Panel.members))).all()


def seats_of_experts(session: Session, experts: Collection[int]) -> Sequence[PanelMember]:
    """The seats and waiting places of these experts on panels that have not ended."""
    seats = (
        select(PanelMember)
        .join(PanelMember.panel)
        .where(
            Panel.ended_at.is_(None),
            PanelMember.expert_id.in_(experts),
            PanelMember.status.in_((*SEATED, SeatState.WAITING)),
        )
    )
    return session.scalars(seats.order_by(PanelMember.id)).all()


def check_of(session: Session, review: CaseReview, expert_id: int) -> ConflictCheck | None:
    """The latest answer of the rules about this expert in the present round."""
    found = select(ConflictCheck).where(
        ConflictCheck.review_id == review.id,
        ConflictCheck.round == review.round,
        ConflictCheck.expert_id == expert_id,
    )
    return session.scalar(found)


def evidence_of(
    session: Session, review: CaseReview, expert_id: int | None = None
) -> Sequence[ConflictEvidence]:
    """The evidence of the present round, what is gone included, of one expert if given."""
    found = select(ConflictEvidence).where(
        ConflictEvidence.review_id == review.id, ConflictEvidence.round == review.round
    )
    if expert_id is not None:
        found = found.where(ConflictEvidence.expert_id == expert_id)
    return session.scalars(found.order_by(ConflictEvidence.id)).all()


def opinions_on(session: Session, review: CaseReview) -> Sequence[ConflictOpinion]:
    """What was thought of this case's possible conflicts, the newest first."""
    found = (
        select(ConflictOpinion)
        .join(ConflictOpinion.review)
        .where(CaseReview.legal_case_id.in_(same_cases(session, review.legal_case)))
    )
    return session.scalars(found.order_by(ConflictOpinion.id.desc())).all()


def find_opinion(session: Session, review: CaseReview, opinion_id: int) -> ConflictOpinion | None:
    found = session.get(ConflictOpinion, opinion_id)
    return found if found is not None and found.review_id == review.id else None


def waiting_opinions(session: Session) -> Sequence[ConflictOpinion]:
    """Opinions that wait for a second person, in all reviews."""
    waiting = select(ConflictOpinion).where(ConflictOpinion.state == OpinionState.PROPOSED)
    return session.scalars(waiting.order_by(ConflictOpinion.id)).all()


def open_tasks(session: Session, review: CaseReview | None = None) -> Sequence[ConflictTask]:
    """Changed answers nobody has settled, of one review or of all."""
    waiting = select(ConflictTask).where(ConflictTask.settled_at.is_(None))
    if review is not None:
        waiting = waiting.where(ConflictTask.review_id == review.id)
    return session.scalars(waiting.order_by(ConflictTask.id)).all()


def find_task(session: Session, review: CaseReview, task_id: int) -> ConflictTask | None:
    found = session.get(ConflictTask, task_id)
    return found if found is not None and found.review_id == review.id else None


def member_of_expert(session: Session, review: CaseReview, expert_id: int) -> PanelMember | None:
    """The expert's seat or waiting place on the present panel."""
    panel = panel_of(session, review)
    here = (one for one in panel.members if one.expert_id == expert_id) if panel is not None else ()
    return next((one for one in here if one.is_seated or one.status is SeatState.WAITING), None)
