"""The process of the timetable has plans worked out by a child of its own."""

from pathlib import Path

from review_app.clock import utc_now
from review_app.database import Database
from review_app.instance import open_instance
from review_app.jobs.plans import PlanDesk
from review_app.planning import running
from review_app.planning.models import PlanRun
from review_app.planning.states import ProposalState, RunState
from review_app.settings import Settings, read_settings
from tests.conftest import NOW, TestClock
from tests.planning.stage import backlog, planned, state_of, the_proposal


def instance(data: Path) -> tuple[Settings, Database]:
    settings = read_settings({}, data=data)
    return settings, open_instance(settings)


def waiting(database: Database) -> int:
    with database.writing() as session, session.begin():
        planned(session, backlog(session))
    with database.reading() as session:
        return session.query(PlanRun).one().id


def test_a_waiting_plan_is_worked_out_by_a_child_process(tmp_path: Path) -> None:
    settings, database = instance(tmp_path / "office")
    run_id = waiting(database)

    PlanDesk(database, settings, utc_now).look()

    with database.reading() as session:
        run = session.get_one(PlanRun, run_id)
        assert (run.state, run.problem) == (RunState.DONE, "")
        assert the_proposal(session).state is ProposalState.OPTIMAL
    database.engine.dispose()


def test_a_child_that_fails_closes_its_run_with_the_reason(tmp_path: Path) -> None:
    settings, database = instance(tmp_path / "office")
    run_id = waiting(database)
    with database.writing() as session, session.begin():
        the_proposal(session).settings = {}

    PlanDesk(database, settings, utc_now).look()

    with database.reading() as session:
        run = session.get_one(PlanRun, run_id)
        assert (run.state, run.problem) == (RunState.FAILED, "KeyError: 'cases'")
        assert the_proposal(session).state is ProposalState.FAILED
    database.engine.dispose()


def test_a_run_that_was_cut_short_is_ended_and_can_be_asked_for_again(
    database: Database, clock: TestClock
) -> None:
    run_id = waiting(database)
    with database.writing() as session, session.begin():
        assert running.take(session, run_id, now=NOW)
    later = clock.forward(minutes=4)

    with database.writing() as session, session.begin():
        ended = running.end_silent(session, now=later)

    with database.reading() as session:
        assert ended == 1
        assert state_of(session, run_id) is RunState.FAILED
        assert the_proposal(session).state is ProposalState.FAILED
