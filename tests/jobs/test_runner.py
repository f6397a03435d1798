from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.jobs.models import JobRun, JobState
from review_app.jobs.runner import Desk, run_job
from review_app.organisations.models import Organisation
from review_app.settings import Settings
from tests import factories
from tests.conftest import TestClock


def runs(session: Session) -> list[tuple[str, JobState, int, str]]:
    session.expire_all()
    found = session.scalars(select(JobRun).order_by(JobRun.id))
    return [(one.name, one.state, one.done, one.problem) for one in found]


def test_run_records_start_end_and_count(
    session: Session, database: Database, settings: Settings, clock: TestClock
) -> None:
    began = clock.now

    def act(desk: Desk) -> int:
        clock.forward(minutes=2)
        return 3

    done = run_job("count", act, database=database, settings=settings, clock=clock)

    run = session.scalars(select(JobRun)).one()
    assert done == 3
    assert (run.state, run.started_at, run.ended_at, run.done) == (JobState.DONE, began, clock.now, 3)


def test_failing_job_leaves_nothing_behind_but_its_record(
    session: Session,
    database: Database,
    settings: Settings,
    clock: TestClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def act(desk: Desk) -> int:
        with desk.transaction() as own:
            factories.organisation(own, "半途的单位")
            raise RuntimeError("disk is full")

    with pytest.raises(RuntimeError, match="disk is full"):
        run_job("break", act, database=database, settings=settings, clock=clock)

    assert runs(session) == [("break", JobState.FAILED, 0, "RuntimeError: disk is full")]
    assert session.scalars(select(Organisation)).all() == []
    assert "job break failed" in caplog.text


def test_job_sees_the_moment_it_was_started(database: Database, settings: Settings, clock: TestClock) -> None:
    seen: list[datetime] = []

    def act(desk: Desk) -> int:
        seen.append(desk.now)
        return 0

    run_job("look", act, database=database, settings=settings, clock=clock)

    assert seen == [clock.now]
