"""Two plans at once, on SQLite and on PostgreSQL alike: nobody sits on more panels than he may."""

import threading
from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.panels.models import Panel, PanelMember
from review_app.panels.states import SeatState
from review_app.planning import queries, running, sealing, service, working
from review_app.planning.models import Plan, PlanDraw, PlanProposal
from review_app.planning.states import Choice, PlanDrawState
from tests.conftest import NOW, TestClock
from tests.factories import PASSWORD
from tests.planning.stage import NONCE, Backlog, backlog, do_waiting

MOST = 2
"""panels that each expert may take"""


def two_plans(database: Database, clock: TestClock) -> Backlog:
    """Two plans over the same pool, both worked out before either is drawn, each of which alone keeps everybody
    within his cap."""
    with database.writing() as session, session.begin():
        held = backlog(session, 8)
        for expert in held.experts:
            expert.max_open = MOST
        for ids in (held.ids[:4], held.ids[4:]):
            plan = service.open_plan(
                session, title="积案", review_ids=ids, choice=Choice.BEST, by=held.coordinator, now=NOW
            )
            service.ask_for_proposal(session, plan, by=held.coordinator, now=NOW)
    do_waiting(database, clock)
    do_waiting(database, clock)
    return held


def witness_both(database: Database, held: Backlog) -> list[int]:
    with database.writing() as session, session.begin():
        for plan in session.scalars(select(Plan)):
            witness(session, plan, held)
    with database.writing() as session, session.begin():
        runs = []
        while (run_id := running.next_waiting(session)) is not None:
            assert running.take(session, run_id, now=NOW)
            runs.append(run_id)
        return runs


def witness(session: Session, plan: Plan, held: Backlog) -> None:
    proposal: PlanProposal | None = queries.find_proposal(session, plan, 1)
    assert proposal is not None
    draw = sealing.seal(session, proposal, by=held.coordinator, now=NOW)
    sealing.type_nonce(
        session, draw, nonce=NONCE, source="当日开奖号码", witness=held.witness, by=held.coordinator, now=NOW
    )
    sealing.witness_draw(
        session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=held.witness, now=NOW
    )


def test_two_plans_drawn_at_once_seat_nobody_beyond_his_cap(database: Database) -> None:
    clock = TestClock()
    runs = witness_both(database, two_plans(database, clock))
    begin = threading.Barrier(2)

    def draw(run_id: int) -> None:
        begin.wait()
        working.work(database, run_id, clock=clock)

    threads = [threading.Thread(target=draw, args=(run_id,)) for run_id in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        states = sorted(str(one.state) for one in session.scalars(select(PlanDraw)))
        assert states == [PlanDrawState.DRAWN, PlanDrawState.REFUSED]
        assert len(session.scalars(select(Panel)).all()) == 4
        seats = session.scalars(select(PanelMember).where(PanelMember.status == SeatState.INVITED))
        assert max(Counter(seat.expert_id for seat in seats).values()) <= MOST
        assert verify_log(session).broken is None
