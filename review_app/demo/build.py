"""Building the made-up office: people, library, reviews in every stage, walked through the same services that
the pages call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from review_app.accounts.passwords import use_hasher
from review_app.clock import Clock, local_day
from review_app.database import Database
from review_app.demo.expert_papers import add_papers, ask_and_leave
from review_app.demo.experts import add_experts
from review_app.demo.narratives import waiting_reviews, written_cases, years_since_written
from review_app.demo.office import Office, take_in_files
from review_app.demo.paths import walks
from review_app.demo.people import add_officials, add_organs, grant_waiting_role
from review_app.demo.planning import plan_backlog, work_out
from review_app.demo.precedents import fill_library, leave_upload_unchecked
from review_app.demo.recusals import check_again
from review_app.demo.sign_in import SignInLine, sign_in_lines
from review_app.demo.statutes import fill_statutes
from review_app.demo.templates import propose_change
from review_app.demo.timeline import live_through
from review_app.precedents.library import open_library
from review_app.settings import Settings

FOUNDED_BEFORE = 130
"""days before the start at which the office opened"""


def build(database: Database, settings: Settings, clock: Clock) -> list[SignInLine]:
    """Fill an empty instance and give the sign-in names. Everything is stored in one transaction: an
    interrupted build leaves nothing."""
    start = clock()
    years = years_since_written(local_day(start - timedelta(days=FOUNDED_BEFORE)))
    told = {**written_cases(years), **waiting_reviews(years)}
    files = take_in_files(settings, list(told.values()))
    engine = open_library(settings.index_folder, settings.search_engine)
    with cheap_passwords(), database.writing() as session, session.begin():
        office = Office(session, settings, engine, files, told, years, start, start)
        found_office(office)
        live_through(office, walks(office))
        ask_and_leave(office)
        office.now = office.before(1, 17)
        check_again(office)
        propose_change(office)
        grant_waiting_role(session, office.people, now=office.now)
        run_id = plan_backlog(office)
        lines = sign_in_lines(office)
    work_out(database, run_id, clock)
    return lines


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """A hundred accounts in a moment: their one password is printed at the start anyway."""
    before = use_hasher(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
    try:
        yield
    finally:
        use_hasher(before)


def found_office(office: Office) -> None:
    """Organs, accounts, the pool of experts, the library and the statutes."""
    office.now = office.before(FOUNDED_BEFORE)
    session: Session = office.session
    office.organs = add_organs(session, now=office.now)
    office.people = add_officials(session, office.organs, now=office.now)
    add_experts(session, office.organs, years=office.years, now=office.now)
    add_papers(office)
    fill_library(office)
    fill_statutes(office)
    leave_upload_unchecked(office)
