"""The process that follows the timetable."""

import sys
import threading
from datetime import timedelta
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from review_app.clock import SHANGHAI, Clock
from review_app.database import Database
from review_app.jobs.runner import run_job
from review_app.jobs.schedule import TIMETABLE
from review_app.settings import Settings


def make_scheduler(database: Database, settings: Settings, clock: Clock) -> BlockingScheduler:
    """A scheduler with every job of the timetable, one at a time. Each runs once at the start, in order, to
    make up for an outage; a job that fails is recorded, logged, and runs again at its next time."""
    scheduler = BlockingScheduler(timezone=SHANGHAI, executors={"default": ThreadPoolExecutor(1)})
    for place, job in enumerate(TIMETABLE):
        scheduler.add_job(
            partial(run_job, job.name, job.act, database=database, settings=settings, clock=clock),
            CronTrigger.from_crontab(job.cron, timezone=SHANGHAI),
            id=job.name, coalesce=True, misfire_grace_time=None, max_instances=1,
            next_run_time=clock() + timedelta(seconds=place),
        )  # fmt: skip
    return scheduler


def end_with_parent(scheduler: BlockingScheduler) -> None:
    """Stop the scheduler when standard input closes: the parent that holds its other end is gone."""

    def watch() -> None:
        sys.stdin.buffer.read()
        scheduler.shutdown(wait=False)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
