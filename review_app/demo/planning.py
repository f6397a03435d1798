"""A plan for the reviews that wait for their panels, with its first proposal worked out."""

from review_app.clock import Clock
from review_app.database import Database
from review_app.demo.office import Office
from review_app.planning import queries, running, service, working
from review_app.planning.states import Choice


def plan_backlog(office: Office) -> int:
    """Open the plan and ask for a proposal; gives the work that waits."""
    waiting = queries.backlog(office.session, office.coordinator)
    plan = service.open_plan(
        office.session,
        title="待抽选案件一并编组",
        review_ids=[review.id for review in waiting],
        choice=Choice.BEST,
        by=office.coordinator,
        now=office.now,
    )
    return service.ask_for_proposal(office.session, plan, by=office.coordinator, now=office.now).id


def work_out(database: Database, run_id: int, clock: Clock) -> None:
    """What the process of the timetable does, so that a proposal can be looked at from the first moment."""
    with database.writing() as session, session.begin():
        taken = running.take(session, run_id, now=clock())
    if taken:
        working.work(database, run_id, clock=clock)
