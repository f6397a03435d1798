"""Stored: what the timetable did and when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.database import Base
from review_app.errors import N_


class JobState(StrEnum):
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


JOB_STATE_LABELS = {
    JobState.RUNNING: N_("运行中"),
    JobState.DONE: N_("已完成"),
    JobState.FAILED: N_("失败"),
}


class JobRun(Base):
    """One run of one job. A run without ``ended_at`` whose process is gone was cut short; the next run makes
    up for it, because every job asks what is due, not what is new since the last run."""

    __tablename__ = "job_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    state: Mapped[JobState] = mapped_column(default=JobState.RUNNING)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    """how many things the run did: notices sent, reminders queued, cases indexed"""
    problem: Mapped[str] = mapped_column(Text, default="")
