"""The queue of work: taken by the background process, followed and cancelled from the pages.

Every change is one UPDATE that repeats what was seen, in a short transaction of its own: the page of a plan and the
process that works on it never overwrite each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from review_app.clock import Clock
from review_app.database import Database
from review_app.panels.matching.problem import Cancelled, Progress
from review_app.planning.models import PlanProposal, PlanRun
from review_app.planning.states import UNFINISHED, ProposalState, RunState, Task

SILENT_AFTER = timedelta(minutes=3)
"""a run whose process said nothing for so long, in a process that is gone, was cut short"""
SAY_EVERY = timedelta(seconds=1)


def next_waiting(session: Session) -> int | None:
    """The run that has waited longest."""
    return session.scalar(
        select(PlanRun.id).where(PlanRun.state == RunState.WAITING).order_by(PlanRun.id).limit(1)
    )


def take(session: Session, run_id: int, *, now: datetime) -> bool:
    """Begin a waiting run; False when another process was faster or it was cancelled."""
    return changed(session, run_id, (RunState.WAITING,), state=RunState.RUNNING, started_at=now, alive_at=now)


def changed(session: Session, run_id: int, states: tuple[RunState, ...], **values: Any) -> bool:
    wanted = update(PlanRun).where(PlanRun.id == run_id, PlanRun.state.in_(states)).values(**values)
    found = session.execute(wanted.returning(PlanRun.id).execution_options(synchronize_session=False))
    return found.first() is not None


def end(session: Session, run_id: int, state: RunState, *, now: datetime, **values: Any) -> bool:
    return changed(session, run_id, UNFINISHED, state=state, ended_at=now, **values)


def some_silent(session: Session, *, now: datetime) -> bool:
    """Whether a run seems to have been cut short."""
    return session.scalar(silent_runs(now).limit(1)) is not None


def silent_runs(now: datetime) -> Select[int, Task]:
    return select(PlanRun.id, PlanRun.task).where(
        PlanRun.state == RunState.RUNNING, PlanRun.alive_at < now - SILENT_AFTER
    )


def end_silent(session: Session, *, now: datetime) -> int:
    """Runs that were cut short (the machine was switched off): those that changed nothing yet are ended and may be
    asked for again; a draw that was witnessed is put back into the queue, because it must come to its end."""
    found = session.execute(silent_runs(now)).all()
    for run_id, task in found:
        if task is Task.CARRY_OUT:
            put_back(session, run_id)
        else:
            fail(session, run_id, "cut short", now=now)
    return len(found)


def put_back(session: Session, run_id: int) -> None:
    """Into the queue again, as if it had never begun."""
    changed(session, run_id, (RunState.RUNNING,), state=RunState.WAITING, step="", done=0, of=0)


def fail(session: Session, run_id: int, problem: str, *, now: datetime) -> bool:
    """End a run that broke; its proposal will not come. False when it had ended already."""
    ended = end(session, run_id, RunState.FAILED, now=now, problem=problem[:2000])
    if ended:
        close_proposal(session, run_id, ProposalState.FAILED, now=now)
    return ended


def cancel(session: Session, run_id: int, *, now: datetime) -> None:
    """End a run that somebody asked to stop."""
    if end(session, run_id, RunState.CANCELLED, now=now):
        close_proposal(session, run_id, ProposalState.STOPPED, now=now)


def close_proposal(session: Session, run_id: int, state: ProposalState, *, now: datetime) -> None:
    run = session.get_one(PlanRun, run_id)
    proposal = run.proposal
    if run.task is Task.PROPOSE and proposal is not None and proposal.state is ProposalState.WORKING:
        proposal.state, proposal.finished_at = state, now


def proposal_of(session: Session, run_id: int) -> PlanProposal:
    found = session.get_one(PlanRun, run_id).proposal
    if found is None:
        raise LookupError(f"run {run_id} works on no proposal")
    return found


@dataclass
class Reporter:
    """Tells the page how far the work is, at most once a second, and stops the work when somebody asks for it."""

    database: Database
    run_id: int
    clock: Clock
    may_stop: bool = True
    said_at: datetime | None = field(default=None, init=False)
    step: str = field(default="", init=False)

    def __call__(self, progress: Progress) -> None:
        now = self.clock()
        if progress.step == self.step and self.said_at is not None and now - self.said_at < SAY_EVERY:
            return
        self.said_at, self.step = now, progress.step
        if self.say(progress, now) and self.may_stop:
            raise Cancelled

    def say(self, progress: Progress, now: datetime) -> bool:
        """Write it down; gives whether somebody asked to stop."""
        values = {"step": progress.step, "done": progress.done, "of": progress.of, "alive_at": now}
        known = {
            name: value
            for name, value in (("total", progress.total), ("bound", progress.bound))
            if value is not None
        }
        with self.database.writing() as session, session.begin():
            changed(session, self.run_id, (RunState.RUNNING,), **values, **known)
            return session.scalar(select(PlanRun.cancel_at).where(PlanRun.id == self.run_id)) is not None


Report = Callable[[Progress], None]
