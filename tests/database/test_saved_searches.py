"""Alerts on SQLite and on PostgreSQL alike: two processes at once tell once."""

import threading
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from review_app.database import Database
from review_app.jobs.runner import Desk
from review_app.jobs.saved_searches import told_one
from review_app.notices.models import Notice
from review_app.saved_searches.models import SavedSearchHit
from review_app.saved_searches.queries import due_searches
from review_app.settings import Settings
from tests.conftest import NOW
from tests.saved_searches.made import Library, expert, shaky


def test_two_processes_that_saw_the_same_search_tell_once(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        library = Library(session, shaky(), NOW)
        library.save(expert(session))
        library.add("甲案", "认定为工伤")
    desk = Desk(database, Settings(data=tmp_path), NOW + timedelta(days=1))
    with database.reading() as session:
        (seen,) = due_searches(session, now=desk.now)
    told: list[bool] = []
    begin = threading.Barrier(2)

    def work() -> None:
        begin.wait()
        told.append(told_one(desk, library.engine, seen))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with database.reading() as session:
        assert sorted(told) == [False, True]
        assert len(session.scalars(select(SavedSearchHit)).all()) == 1
        assert len(session.scalars(select(Notice)).all()) == 1
