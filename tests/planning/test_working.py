"""Proposals worked out in the background; a plan drawn and seated, all panels or none."""

import pytest
from sqlalchemy import select

from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.panels.match_record import replay_match
from review_app.panels.matching.solving import match
from review_app.panels.models import Panel, PanelDraw
from review_app.panels.record import replay
from review_app.panels.states import DrawMethod, SeatState
from review_app.planning import queries, service, working
from review_app.planning.keeping import text_of
from review_app.planning.models import PlanDraw, PlanPanel, PlanRun
from review_app.planning.states import Choice, PlanDrawState, PlanState, ProposalState, RunState
from tests.conftest import TestClock
from tests.planning.stage import do_waiting, proposed, state_of, the_plan, the_proposal, witnessed


def test_a_proposal_has_a_legal_panel_for_every_case_and_its_terms_add_up(
    database: Database, clock: TestClock
) -> None:
    proposed(database, clock)

    with database.reading() as session:
        proposal = the_proposal(session)
        panels = queries.panels_of(session, proposal)
        assert proposal.state is ProposalState.OPTIMAL
        assert [len(panel.members) for panel in panels] == [3, 3, 3]
        assert sum(panel.score for panel in panels) == proposal.total == proposal.bound
        assert min(panel.score for panel in panels) == proposal.worst == proposal.worst_bound
        for panel in panels:
            assert panel.score == sum(member["score"] for member in panel.members)
            for member in panel.members:
                assert member["score"] == sum(term["points"] for term in member["terms"])


def test_a_cancelled_proposal_leaves_no_result(database: Database, clock: TestClock) -> None:
    held = proposed(database, clock)
    with database.writing() as session, session.begin():
        run = service.ask_for_proposal(session, the_plan(session), by=held.coordinator, now=clock())
        run.state, run.started_at = RunState.RUNNING, clock()
        run_id = run.id
    with database.writing() as session, session.begin():
        service.cancel_run(session, session.get_one(PlanRun, run_id), by=held.coordinator, now=clock())

    working.work(database, run_id, clock=clock)

    with database.reading() as session:
        assert state_of(session, run_id) is RunState.CANCELLED
        assert the_proposal(session, 2).state is ProposalState.STOPPED
        assert queries.panels_of(session, the_proposal(session, 2)) == []


def test_a_locked_expert_sits_in_the_next_proposal_and_the_changes_are_counted(
    database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    with database.writing() as session, session.begin():
        panel = queries.panels_of(session, the_proposal(session))[0]
        kept = panel.members[-1]["expert_no"]
        service.set_locks(
            session, panel, expert_nos=[kept], reason="熟悉本案的专门问题", by=held.coordinator, now=clock()
        )
        service.ask_for_proposal(
            session, the_plan(session), based_on=the_proposal(session), change_cost=5000,
            by=held.coordinator, now=clock(),
        )  # fmt: skip
    do_waiting(database, clock)

    with database.reading() as session:
        second = the_proposal(session, 2)
        again = queries.panels_of(session, second)[0]
        assert kept in {member["expert_no"] for member in again.members}
        assert second.changed == 0


@pytest.mark.parametrize("choice", Choice)
def test_a_witnessed_plan_seats_all_panels_and_its_record_replays(
    database: Database, clock: TestClock, choice: Choice
) -> None:
    held = proposed(database, clock, choice=choice)
    with database.writing() as session, session.begin():
        witnessed(session, held)
    run_id = do_waiting(database, clock)

    with database.reading() as session:
        draw = session.query(PlanDraw).one()
        assert state_of(session, run_id) is RunState.DONE
        assert (draw.state, draw.plan.state) == (PlanDrawState.DRAWN, PlanState.COMMITTED)
        panels = session.scalars(select(Panel)).all()
        assert sorted(panel.review_id for panel in panels) == sorted(held.ids)
        assert all(member.status is SeatState.INVITED for panel in panels for member in panel.seated)
        assert [len(panel.seated) for panel in panels] == [3, 3, 3]
        for one in session.scalars(select(PanelDraw)):
            assert one.method is DrawMethod.PLAN
            assert one.record is not None
            assert replay(one.record).differences == ()
        assert draw.record is not None
        assert replay_match(text_of(draw.record).encode(), match).differences == ()
        assert verify_log(session).broken is None


def test_nobody_is_seated_when_a_fact_changed_and_the_change_is_named(
    database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    with database.writing() as session, session.begin():
        witnessed(session, held)
        session.merge(held.experts[0]).specialties = ["交通"]
    do_waiting(database, clock)

    with database.reading() as session:
        draw = session.query(PlanDraw).one()
        assert (draw.state, draw.plan.state) == (PlanDrawState.REFUSED, PlanState.OPEN)
        assert draw.record is None
        assert [one["kind"] for one in draw.differences] == ["case"] * 3
        assert session.scalars(select(Panel)).all() == []


def test_a_review_that_got_its_panel_elsewhere_stops_the_whole_plan(
    database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    with database.writing() as session, session.begin():
        witnessed(session, held)
        number = held.reviews[1].review_no
        session.add(Panel(review_id=held.ids[1], round=1, size=3, created_at=clock()))
    do_waiting(database, clock)

    with database.reading() as session:
        draw = session.query(PlanDraw).one()
        assert draw.state is PlanDrawState.REFUSED
        assert {"kind": "gone", "name": number} in draw.differences
        assert len(session.scalars(select(Panel)).all()) == 1


def test_insisting_on_somebody_tells_the_cost_and_changes_nothing(
    database: Database, clock: TestClock
) -> None:
    held = proposed(database, clock)
    with database.writing() as session, session.begin():
        panel = queries.panels_of(session, the_proposal(session))[0]
        seated = {member["expert_no"] for member in panel.members}
        before = [(one.review_id, one.members) for one in queries.panels_of(session, the_proposal(session))]
        other = next(one.expert_no for one in held.experts if one.expert_no not in seated)
        service.ask_what_if(session, panel, expert_no=other, by=held.coordinator, now=clock())
    run_id = do_waiting(database, clock)

    with database.reading() as session:
        run = session.get_one(PlanRun, run_id)
        assert run.state is RunState.DONE
        assert run.answer["sentences"]
        after = [(one.review_id, one.members) for one in session.scalars(select(PlanPanel))]
        assert after == before
