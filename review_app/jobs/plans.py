"""Working out plans: the process of the timetable takes what waits, one at a time, and has it done by a child process.

A child that needs all memory or never ends hurts nobody else: it is ended on request, and its run is marked as failed.
"""

import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from review_app.clock import Clock, utc_now
from review_app.database import Database
from review_app.instance import open_instance
from review_app.planning import running
from review_app.planning.models import PlanRun
from review_app.planning.states import RunState, Task
from review_app.planning.working import fail, work
from review_app.settings import Settings, read_settings

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
PATIENCE = timedelta(seconds=10)
"""how long a child may take to notice that it should stop"""


class PlanDesk:
    """Follows the queue of plans in a thread of its own until it is stopped."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.follow, name="plans", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Take nothing more; a child that works is ended and its run is closed or queued again later."""
        self.stopping.set()

    def follow(self) -> None:
        while not self.stopping.wait(LOOK_EVERY):
            self.look()

    def look(self) -> None:
        """Do what waits longest. The queue outlives a database that is away for a moment."""
        try:
            run_id = self.taken()
            if run_id is not None:
                self.have_done(run_id)
        except SQLAlchemyError:
            log.exception("the queue of plans could not be followed")

    def taken(self) -> int | None:
        with self.database.reading() as session:
            waiting = running.next_waiting(session)
            silent = running.some_silent(session, now=self.clock())
        if waiting is None and not silent:
            return None
        with self.database.writing() as session, session.begin():
            running.end_silent(session, now=self.clock())
            found = running.next_waiting(session)
            if found is None or not running.take(session, found, now=self.clock()):
                return None
            return found

    def have_done(self, run_id: int) -> None:
        """One run in a child process; how it ended is written by the child, or here when it could not."""
        child = started(run_id, self.settings.data)
        while child.poll() is None:
            if self.stopping.wait(LOOK_EVERY / 2) or self.overdue(run_id):
                child.kill()
        _out, said = child.communicate()
        self.settle(run_id, child.returncode, said.decode("utf-8", "replace"))

    def overdue(self, run_id: int) -> bool:
        """Whether somebody asked to stop and the child did not listen."""
        with self.database.reading() as session:
            run = session.get_one(PlanRun, run_id)
            asked = run.cancel_at is not None and run.task is not Task.CARRY_OUT
            return asked and run.cancel_at is not None and self.clock() - run.cancel_at > PATIENCE

    def settle(self, run_id: int, code: int, said: str) -> None:
        """Close a run that its child left open."""
        with self.database.writing() as session, session.begin():
            run = session.get_one(PlanRun, run_id)
            if run.state is not RunState.RUNNING:
                return
            if run.task is Task.CARRY_OUT and self.stopping.is_set():
                running.put_back(session, run_id)
            elif run.task is not Task.CARRY_OUT and (run.cancel_at is not None or self.stopping.is_set()):
                running.cancel(session, run_id, now=self.clock())
            else:
                log.error("run %d of a plan ended with code %d: %s", run_id, code, said[-2000:])
                last = said.strip().splitlines()[-1:] or [f"code {code}"]
                fail(session, run_id, last[0], now=self.clock())


def started(run_id: int, data: Path) -> subprocess.Popen[bytes]:
    """The child; it ends when its standard input closes, so it never outlives this process."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module; the number is ours
        [sys.executable, "-m", "review_app.jobs.plans", str(run_id), str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def main(run_id: int, data: Path) -> None:
    """The child: one run, with the database and the keys of the instance."""
    end_with_parent()
    settings = read_settings(data=data)
    work(open_instance(settings), run_id, clock=utc_now)


def end_with_parent() -> None:
    def watch() -> None:
        while os.read(0, 1):  # not through sys.stdin, whose lock would stand in the way of ending
            pass
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
