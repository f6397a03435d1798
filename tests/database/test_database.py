"""What our database layer promises, on SQLite and on PostgreSQL alike."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import StaleDataError

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.audit.service import record, verify_log
from review_app.database import Database
from review_app.petitions.models import Petitioner
from review_app.reviews.moves import move, next_review_no
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    shanghai = datetime(2024, 4, 2, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    with database.writing() as session, session.begin():
        someone = factories.person(session)
        someone.disabled_at = shanghai

    with database.reading() as session:
        found = session.scalars(select(Person)).one()

    assert found.disabled_at == shanghai
    assert found.disabled_at.tzinfo is UTC


def test_a_moment_without_time_zone_is_refused(database: Database) -> None:
    with database.writing() as session:
        someone = factories.person(session)
        someone.disabled_at = datetime(2024, 4, 2, 10, 0)  # noqa: DTZ001 - the point of the test
        with pytest.raises(StatementError, match="without time zone"):
            session.flush()


def test_sealed_text_is_unreadable_in_the_database(database: Database) -> None:
    with database.writing() as session, session.begin():
        session.add(Petitioner(name="秦某田", address="柳泉镇", created_at=NOW))

    with database.reading() as session:
        raw = session.execute(text("SELECT name, address FROM petitioner")).one()
        read = session.scalars(select(Petitioner)).one()

    assert "秦" not in raw.name
    assert "柳泉" not in raw.address
    assert (read.name, read.address) == ("秦某田", "柳泉镇")


def test_the_second_of_two_editors_is_stopped(database: Database) -> None:
    with database.writing() as session, session.begin():
        person_id = factories.person(session).id

    with database.reading() as session:
        seen_before = session.get_one(Person, person_id)
    with database.writing() as session, session.begin():
        session.get_one(Person, person_id).post = "庭长"

    with database.writing() as session:
        session.add(seen_before)
        seen_before.post = "副庭长"
        with pytest.raises(StaleDataError):
            session.flush()


def test_an_audit_row_is_undone_with_the_change_it_records(database: Database) -> None:
    with database.writing() as session:
        someone = factories.person(session)
        record(session, action="person.add", subject=someone, by=None, now=NOW)
        session.rollback()

    with database.reading() as session:
        assert session.scalars(select(AuditRow)).all() == []
        assert verify_log(session).broken is None


def test_twenty_writers_at_once_make_one_unbroken_chain(database: Database) -> None:
    def write(number: int) -> None:
        with database.writing() as session, session.begin():
            record(session, action="test", subject=f"thing:{number}", by=None, now=NOW)

    at_once(20, write)

    with database.reading() as session:
        verdict = verify_log(session)
        assert (verdict.rows, verdict.broken) == (20, None)


@pytest.mark.parametrize(
    ("change", "broken_row"),
    [
        ("UPDATE audit_row SET reason = '改' WHERE id = 3", 3),
        ("UPDATE audit_row SET at = '2020-01-01 00:00:00' WHERE id = 2", 2),
        ("DELETE FROM audit_row WHERE id = 4", 4),
        ("DELETE FROM audit_row WHERE id = 5", 5),
    ],
)
def test_verify_names_the_row_somebody_changed_in_the_database(
    database: Database, change: str, broken_row: int
) -> None:
    with database.writing() as session, session.begin():
        for number in range(5):
            record(session, action="test", subject=f"thing:{number}", by=None, now=NOW)
    with database.writing() as session, session.begin():
        session.execute(text(change))

    with database.reading() as session:
        broken = verify_log(session).broken

    assert broken is not None
    assert broken.row_id == broken_row


def test_review_numbers_have_no_gap_and_no_double_when_ten_begin_at_once(database: Database) -> None:
    with database.writing() as session, session.begin():
        coordinator_id = factories.person(session, Role.COORD).id
        ids = [factories.review(session, ReviewState.DUE, review_no=None).id for _ in range(10)]

    def begin(number: int) -> None:
        from_id = ids[number]
        with database.writing() as session, session.begin():
            review = factories.CaseReview
            found = session.get_one(review, from_id)
            by = session.get_one(Person, coordinator_id)
            move(session, found, ReviewState.INTAKE, by=by, now=NOW)

    at_once(10, begin)

    with database.reading() as session:
        taken = sorted(session.scalars(select(factories.CaseReview.review_no)))
        assert taken == [f"PC2024{number:04d}" for number in range(1, 11)]
        assert next_review_no(session, 2024) == "PC20240011"
        assert next_review_no(session, 2025) == "PC20250001"


def at_once(times: int, act: Callable[[int], None]) -> None:
    """Run ``act(0) … act(times-1)`` in threads that start together; the first failure is raised."""
    gate, failures = threading.Barrier(times), list[BaseException]()

    def run(number: int) -> None:
        gate.wait()
        try:
            act(number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failures:
        raise failures[0]
