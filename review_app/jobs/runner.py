"""Running one job: its start and end are recorded, what it raises is recorded, logged and raised again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.clock import Clock
from review_app.database import Database
from review_app.jobs.models import JobRun, JobState
from review_app.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What a job may use. A job that changes rows does so in one ``transaction()``; a job that also talks to
    the outside (mail) takes one short transaction per thing, so that nothing waits while it talks."""

    database: Database
    settings: Settings
    now: datetime

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.database.writing() as session, session.begin():
            yield session


Act = Callable[[Desk], int]
"""Does the job and tells how many things it did."""


def run_job(name: str, act: Act, *, database: Database, settings: Settings, clock: Clock) -> int:
    """Run ``act`` as job ``name`` and give its count. Whatever it raises is raised again after it is recorded."""
    run_id = begin(database, name, now=clock())
    try:
        done = act(Desk(database, settings, clock()))
    except BaseException as error:
        log.exception("job %s failed", name)
        end(database, run_id, JobState.FAILED, now=clock(), problem=f"{type(error).__name__}: {error}")
        raise
    end(database, run_id, JobState.DONE, now=clock(), done=done)
    if done:
        log.info("job %s: %d", name, done)
    return done


def begin(database: Database, name: str, *, now: datetime) -> int:
    with database.writing() as session, session.begin():
        run = JobRun(name=name, started_at=now)
        session.add(run)
        session.flush()
        return run.id


def end(
    database: Database, run_id: int, state: JobState, *, now: datetime, done: int = 0, problem: str = ""
) -> None:
    with database.writing() as session, session.begin():
        run = session.get_one(JobRun, run_id)
        run.state, run.ended_at, run.done, run.problem = state, now, done, problem[:2000]
