from datetime import date, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.clock import SHANGHAI
from review_app.database import Database
from review_app.jobs.commands import job_list
from review_app.jobs.runner import run_job
from review_app.jobs.schedule import TIMETABLE, job_named
from review_app.jobs.scheduler import make_scheduler
from review_app.notices.models import Notice
from review_app.reviews.models import StateChange
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests import factories
from tests.conftest import TestClock
from tests.followup.conftest import Scene, scene

__all__ = ["scene"]


def run(name: str, database: Database, settings: Settings, clock: TestClock) -> int:
    job = job_named(name)
    assert job is not None
    return run_job(job.name, job.act, database=database, settings=settings, clock=clock)


def kinds(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Notice.kind).order_by(Notice.id)))


def test_every_entry_has_a_name_of_its_own_a_readable_time_and_an_act() -> None:
    names = [job.name for job in TIMETABLE]

    assert len(set(names)) == len(names)
    for job in TIMETABLE:
        CronTrigger.from_crontab(job.cron, timezone=SHANGHAI)
        assert callable(job.act)


def test_every_job_runs_on_an_empty_office(database: Database, settings: Settings, clock: TestClock) -> None:
    assert [run(job.name, database, settings, clock) for job in TIMETABLE] == [0] * len(TIMETABLE)


def test_scheduler_makes_up_for_an_outage_at_its_start(
    database: Database, settings: Settings, clock: TestClock
) -> None:
    scheduler = make_scheduler(database, settings, clock)

    firsts = [job.next_run_time - clock.now for job in scheduler.get_jobs()]

    assert len(firsts) == len(TIMETABLE)
    assert max(firsts) < timedelta(minutes=1)


def test_step_missed_during_three_days_of_outage_goes_out_once(
    session: Session, database: Database, settings: Settings, clock: TestClock, scene: Scene
) -> None:
    # the reply is due on 2 May; the reminder's first day is 25 April, the scheduler was down until the 28th
    clock.now = datetime(2024, 4, 28, 1, 0, tzinfo=SHANGHAI)

    runs = [run("reply-reminders", database, settings, clock) for _ in range(3)]
    clock.forward(days=1)
    runs.append(run("reply-reminders", database, settings, clock))

    assert runs == [1, 0, 0, 0]
    assert kinds(session) == ["reply-reminder"]


def test_outage_over_the_due_day_sends_only_what_is_still_true(
    session: Session, database: Database, settings: Settings, clock: TestClock, scene: Scene
) -> None:
    clock.now = datetime(2024, 5, 4, 1, 0, tzinfo=SHANGHAI)

    assert run("reply-reminders", database, settings, clock) == 1
    assert kinds(session) == ["reply-overdue"]


def test_two_kinds_of_reminder_do_not_share_one_date(
    session: Session, database: Database, settings: Settings, clock: TestClock, scene: Scene
) -> None:
    for day in (26, 27, 28):
        clock.now = datetime(2024, 4, day, 1, 0, tzinfo=SHANGHAI)
        run("reply-reminders", database, settings, clock)
        run("clock-colours", database, settings, clock)
    for day in (1, 2, 3, 4):
        clock.now = datetime(2024, 5, day, 1, 0, tzinfo=SHANGHAI)
        run("reply-reminders", database, settings, clock)
        run("clock-colours", database, settings, clock)

    assert sorted(kinds(session)) == ["clock-orange", "clock-red", "reply-overdue", "reply-reminder"]


def test_new_due_day_begins_a_new_cycle(
    session: Session, database: Database, settings: Settings, clock: TestClock, scene: Scene
) -> None:
    clock.now = datetime(2024, 5, 4, 1, 0, tzinfo=SHANGHAI)
    run("clock-colours", database, settings, clock)
    scene.review.changes[-1].due_on = date(2024, 5, 6)
    session.commit()

    assert run("clock-colours", database, settings, clock) == 1
    assert kinds(session) == ["clock-red", "clock-orange"]


def test_review_without_coordinator_is_told_to_every_coordinator(
    session: Session, database: Database, settings: Settings, clock: TestClock, scene: Scene
) -> None:
    scene.review.coordinator = None
    session.commit()
    clock.now = datetime(2024, 5, 1, 1, 0, tzinfo=SHANGHAI)

    run("clock-colours", database, settings, clock)

    told = session.scalars(select(Notice.person_id)).all()
    assert told == [scene.coordinator.id]


def test_closed_reviews_have_no_clock(
    session: Session, database: Database, settings: Settings, clock: TestClock
) -> None:
    review = factories.review(session, ReviewState.CLOSED)
    review.changes.append(
        StateChange(to_state=ReviewState.CLOSED, due_on=date(2024, 1, 1), created_at=clock.now)
    )
    session.commit()

    assert run("clock-colours", database, settings, clock) == 0


def test_list_names_every_job() -> None:
    said = CliRunner().invoke(job_list).output

    assert [job.name for job in TIMETABLE if job.name not in said] == []
