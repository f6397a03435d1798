"""Reading plans: one, several, what waits, and the reviews whose panels could be formed now."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload, load_only, undefer

from review_app.accounts.models import Person
from review_app.experts.models import Expert
from review_app.organisations.models import Organisation
from review_app.panels.models import Panel, PanelDraw
from review_app.panels.states import DrawState
from review_app.planning.models import Plan, PlanCase, PlanDraw, PlanLock, PlanPanel, PlanProposal, PlanRun
from review_app.planning.rules import may_ever_witness
from review_app.planning.states import UNFINISHED, PlanState, Task
from review_app.reviews.models import CaseReview, LegalCase
from review_app.reviews.states import ReviewState

PAGE = 50
"""cases on one page: a plan of a thousand stays readable"""

BARE = (CaseReview.id, CaseReview.review_no, CaseReview.template, CaseReview.size, CaseReview.state)


def bare_review(*, through: Select[PlanPanel]) -> Select[PlanPanel]:
    """The review with what a list shows: nothing sealed is opened for it."""
    return through.options(
        joinedload(PlanPanel.review)
        .load_only(*BARE)
        .options(
            defer(CaseReview.summary),
            joinedload(CaseReview.legal_case)
            .load_only(LegalCase.id, LegalCase.case_no, LegalCase.reviewed_org_id)
            .joinedload(LegalCase.reviewed_org)
            .load_only(Organisation.id, Organisation.name),
        )
    )


def find_plan(session: Session, plan_id: int) -> Plan | None:
    return session.get(Plan, plan_id)


def plans(session: Session) -> Sequence[Plan]:
    """All plans, the newest first."""
    return session.scalars(select(Plan).order_by(Plan.id.desc())).all()


def sizes_of(session: Session) -> Mapping[int, int]:
    """How many reviews each plan holds."""
    counted = select(PlanCase.plan_id, func.count()).group_by(PlanCase.plan_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def organs_of(session: Session, plan: Plan) -> frozenset[int]:
    """The reviewed organs whose cases the plan holds."""
    held = (
        select(LegalCase.reviewed_org_id)
        .join(CaseReview, CaseReview.legal_case_id == LegalCase.id)
        .join(PlanCase, PlanCase.review_id == CaseReview.id)
        .where(PlanCase.plan_id == plan.id)
    )
    return frozenset(session.scalars(held.distinct()))


def waiting_for_panels() -> ColumnElement[bool]:
    """In the state of the draw, numbered, no draw running and no panel yet in this round. A panel that exists keeps
    its members: enlarging it or filling a seat is done on the review's own page, never by a plan."""
    draw_running = select(PanelDraw.id).where(
        PanelDraw.review_id == CaseReview.id,
        PanelDraw.state.in_((DrawState.OPENED, DrawState.AWAITING_WITNESS)),
    )
    in_force = select(Panel.id).where(
        Panel.review_id == CaseReview.id, Panel.round == CaseReview.round, Panel.ended_at.is_(None)
    )
    return (
        (CaseReview.state == ReviewState.DRAW)
        & CaseReview.review_no.is_not(None)
        & ~draw_running.exists()
        & ~in_force.exists()
    )


def backlog(session: Session, person: Person, *, template: str = "", organ: int = 0) -> Sequence[CaseReview]:
    """Reviews whose panel could be planned now, the longest waiting first; none of the person's own organ."""
    waiting = (
        select(CaseReview)
        .join(CaseReview.legal_case)
        .where(waiting_for_panels(), LegalCase.reviewed_org_id != (person.organisation_id or 0))
        .options(
            load_only(*BARE, CaseReview.state_since, CaseReview.doubt_flag),
            joinedload(CaseReview.legal_case)
            .load_only(LegalCase.id, LegalCase.case_no, LegalCase.cause, LegalCase.reviewed_org_id)
            .joinedload(LegalCase.reviewed_org)
            .load_only(Organisation.id, Organisation.name),
        )
    )
    if template:
        waiting = waiting.where(CaseReview.template == template)
    if organ:
        waiting = waiting.where(LegalCase.reviewed_org_id == organ)
    return session.scalars(waiting.order_by(CaseReview.state_since, CaseReview.id)).unique().all()


def planned_elsewhere(session: Session, reviews: Iterable[CaseReview]) -> Mapping[int, str]:
    """Reviews that stand in another plan that is still open, with that plan's title."""
    ids = [one.id for one in reviews]
    held = (
        select(PlanCase.review_id, Plan.title)
        .join(PlanCase.plan)
        .where(Plan.state.in_((PlanState.OPEN, PlanState.SEALED)), PlanCase.left_out.is_(False))
    )
    return {row[0]: row[1] for row in session.execute(held) if row[0] in set(ids)}


def cases_of(session: Session, plan: Plan) -> Sequence[CaseReview]:
    """The reviews the next proposal is for, by number."""
    kept = (
        select(CaseReview)
        .join(PlanCase, PlanCase.review_id == CaseReview.id)
        .where(PlanCase.plan_id == plan.id, PlanCase.left_out.is_(False))
    )
    return session.scalars(kept.order_by(CaseReview.review_no)).all()


def locks_of(session: Session, plan: Plan) -> Sequence[PlanLock]:
    """Seats locked now."""
    held = select(PlanLock).where(PlanLock.plan_id == plan.id, PlanLock.ended_at.is_(None))
    return session.scalars(held.options(joinedload(PlanLock.expert)).order_by(PlanLock.id)).all()


def find_proposal(session: Session, plan: Plan, number: int) -> PlanProposal | None:
    found = select(PlanProposal).where(PlanProposal.plan_id == plan.id, PlanProposal.number == number)
    return session.scalar(found.options(undefer(PlanProposal.loads)))


def panels_of(session: Session, proposal: PlanProposal) -> Sequence[PlanPanel]:
    """The panels of a proposal without their reviews."""
    found = select(PlanPanel).where(PlanPanel.proposal_id == proposal.id)
    return session.scalars(found.order_by(PlanPanel.review_id)).all()


ORDERS = {
    "number": (CaseReview.review_no,),
    "score": (PlanPanel.score, CaseReview.review_no),
    "changed": (PlanPanel.changed.desc(), CaseReview.review_no),
}


def page_of_panels(
    session: Session, proposal: PlanProposal, *, words: str = "", order: str = "number", page: int = 1
) -> tuple[Sequence[PlanPanel], int]:
    """One page of a proposal's panels and how many there are in all. ``words`` is part of a review's number, of a
    case number, or an expert's number."""
    found = (
        select(PlanPanel)
        .join(PlanPanel.review)
        .join(CaseReview.legal_case)
        .where(PlanPanel.proposal_id == proposal.id)
    )
    if words:
        with_expert = select(PlanPanel.id).where(PlanPanel.proposal_id == proposal.id)
        seated = [row.id for row in session.scalars(bare_members(with_expert)) if holds(row, words)]
        found = found.where(
            or_(
                CaseReview.review_no.contains(words, autoescape=True),
                LegalCase.case_no.contains(words, autoescape=True),
                PlanPanel.id.in_(seated),
            )
        )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    shown = bare_review(through=found.order_by(*ORDERS[order])).limit(PAGE).offset((page - 1) * PAGE)
    return session.scalars(shown).unique().all(), total


def bare_members(ids: Select[int]) -> Select[PlanPanel]:
    return select(PlanPanel).where(PlanPanel.id.in_(ids)).options(load_only(PlanPanel.id, PlanPanel.members))


def holds(panel: PlanPanel, expert_no: str) -> bool:
    return any(member["expert_no"] == expert_no for member in panel.members)


def find_panel(session: Session, proposal: PlanProposal, review_id: int) -> PlanPanel | None:
    found = select(PlanPanel).where(PlanPanel.proposal_id == proposal.id, PlanPanel.review_id == review_id)
    return session.scalar(found.options(undefer(PlanPanel.others)))


def unfinished_run(session: Session, plan: Plan) -> PlanRun | None:
    """The work on this plan that waits or goes on."""
    found = select(PlanRun).where(PlanRun.plan_id == plan.id, PlanRun.state.in_(UNFINISHED))
    return session.scalars(found.order_by(PlanRun.id)).first()


def find_run(session: Session, plan: Plan, run_id: int) -> PlanRun | None:
    found = session.get(PlanRun, run_id)
    return found if found is not None and found.plan_id == plan.id else None


def last_run(session: Session, plan: Plan) -> PlanRun | None:
    newest = select(PlanRun).where(PlanRun.plan_id == plan.id).order_by(PlanRun.id.desc())
    return session.scalars(newest).first()


def questions_of(session: Session, panel: PlanPanel) -> Sequence[PlanRun]:
    """What was asked about this panel ("what if"), the newest first."""
    asked = select(PlanRun).where(PlanRun.proposal_id == panel.proposal_id, PlanRun.task == Task.INSIST)
    runs = session.scalars(asked.order_by(PlanRun.id.desc()))
    return [run for run in runs if run.question.get("review_id") == panel.review_id]


def find_draw(session: Session, plan: Plan, number: int) -> PlanDraw | None:
    found = select(PlanDraw).where(PlanDraw.plan_id == plan.id, PlanDraw.number == number)
    return session.scalar(found)


def earlier_draw(session: Session, input_sha256: str) -> PlanDraw | None:
    """The last draw of exactly this input, in whatever plan."""
    found = select(PlanDraw).where(PlanDraw.input_sha256 == input_sha256)
    return session.scalars(found.order_by(PlanDraw.id.desc())).first()


def possible_witnesses(session: Session, draw: PlanDraw, organs: frozenset[int]) -> list[Person]:
    people = session.scalars(select(Person).order_by(Person.name, Person.id))
    return [person for person in people if may_ever_witness(person, draw, organs)]


def experts_by_no(session: Session) -> Mapping[str, Expert]:
    """Experts by number with their units, for showing names."""
    everybody = select(Expert).options(joinedload(Expert.organisation))
    return {one.expert_no: one for one in session.scalars(everybody)}


def reviews_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, CaseReview]:
    """Reviews with number and case number, for lists."""
    wanted = (
        select(CaseReview)
        .where(CaseReview.id.in_(list(ids)))
        .options(
            load_only(*BARE),
            joinedload(CaseReview.legal_case).load_only(
                LegalCase.id, LegalCase.case_no, LegalCase.reviewed_org_id
            ),
        )
    )
    return {one.id: one for one in session.scalars(wanted).unique()}


def numbers_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, str]:
    """Review numbers of many reviews."""
    rows = select(CaseReview.id, CaseReview.review_no).where(CaseReview.id.in_(list(ids)))
    return {review_id: number or "" for review_id, number in session.execute(rows)}
