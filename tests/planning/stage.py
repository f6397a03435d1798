"""A backlog of reviews that wait for their panels, and the people who plan for it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.clock import Clock
from review_app.database import Database
from review_app.experts.models import Expert
from review_app.organisations.states import OrgKind, OrgSystem
from review_app.planning import queries, running, sealing, service, working
from review_app.planning.models import Plan, PlanDraw, PlanProposal, PlanRun
from review_app.planning.states import Choice, RunState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import InvolvedAs, ReviewState
from tests import factories as make
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.panels.stage import pool

NONCE = "03 07 11 16 25 30 + 09"


@dataclass
class Backlog:
    """Reviews in DRAW of one court, the pool, and those who plan, witness and look."""

    reviews: list[CaseReview]
    experts: list[Expert]
    coordinator: Person
    witness: Person
    secretary: Person

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.reviews]


def backlog(session: Session, count: int = 3, *, size: int = 3) -> Backlog:
    court = make.organisation(session, "青岚市人民法院")
    office = make.organisation(session, "渤宁信访局", kind=OrgKind.PETITION_OFFICE, system=OrgSystem.PARTY)
    reviews = [
        make.review(session, ReviewState.DRAW, legal_case=case_of(session, court, n), size=size)
        for n in range(count)
    ]
    return Backlog(
        reviews=reviews,
        experts=pool(session, court),
        coordinator=make.person(session, Role.COORD, name="李协调", organisation=office),
        witness=make.person(session, Role.SUPERVISOR, name="王督查", organisation=office),
        secretary=make.person(session, Role.SECRETARY, name="周秘书", organisation=office),
    )


def case_of(session: Session, court: object, n: int) -> object:
    return make.legal_case(
        session, court, case_no=f"（2020）海0799执{1000 + n}号",
        involved=((InvolvedAs.PETITIONER, f"秦田{n}"), (InvolvedAs.PARTY, f"赵斌{n}")),
    )  # type: ignore[arg-type]  # fmt: skip


def planned(session: Session, held: Backlog, *, choice: Choice = Choice.BEST) -> Plan:
    """A plan for the whole backlog, its first proposal asked for."""
    plan = service.open_plan(
        session, title="第四季度", review_ids=held.ids, choice=choice, by=held.coordinator, now=NOW
    )
    service.ask_for_proposal(session, plan, by=held.coordinator, now=NOW)
    return plan


def do_waiting(database: Database, clock: Clock) -> int:
    """What the process of the timetable does, without a child; gives the run."""
    with database.writing() as session, session.begin():
        run_id = running.next_waiting(session)
        assert run_id is not None
        assert running.take(session, run_id, now=clock())
    working.work(database, run_id, clock=clock)
    return run_id


def proposed(database: Database, clock: Clock, *, count: int = 3, choice: Choice = Choice.BEST) -> Backlog:
    """A plan with one finished proposal."""
    with database.writing() as session, session.begin():
        held = backlog(session, count)
        planned(session, held, choice=choice)
    do_waiting(database, clock)
    return held


def the_plan(session: Session) -> Plan:
    return session.query(Plan).one()


def the_proposal(session: Session, number: int = 1) -> PlanProposal:
    found = queries.find_proposal(session, the_plan(session), number)
    assert found is not None
    return found


def state_of(session: Session, run_id: int) -> RunState:
    return session.get_one(PlanRun, run_id).state


def witnessed(session: Session, held: Backlog, *, number: int = 1) -> PlanDraw:
    """Commit, nonce and witness for a proposal."""
    draw = sealing.seal(session, the_proposal(session, number), by=held.coordinator, now=NOW)
    sealing.type_nonce(
        session, draw, nonce=NONCE, source="当日双色球开奖号码", witness=held.witness, by=held.coordinator,
        now=NOW,
    )  # fmt: skip
    sealing.witness_draw(
        session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=held.witness, now=NOW
    )
    return draw
