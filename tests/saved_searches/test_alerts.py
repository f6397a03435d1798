"""The job: what is due is run once with its owner's rights, and its owner hears of it once."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.database import Database
from review_app.jobs import saved_searches as job
from review_app.jobs.runner import Desk
from review_app.jobs.saved_searches import tell_by
from review_app.notices.models import Notice
from review_app.precedents.library import open_library
from review_app.saved_searches.models import SavedSearch, SavedSearchHit
from review_app.saved_searches.queries import due_searches
from review_app.saved_searches.service import pause_search, resume_search
from review_app.saved_searches.states import Condition, Frequency
from review_app.settings import Settings
from search_index.engine import Page, Query
from tests.saved_searches.made import Library, Shaky, notices, told


class Clockwork:
    """The timetable: ``run`` does the job at its present time."""

    def __init__(self, database: Database, library: Library, folder: Path, now: datetime) -> None:
        self.database, self.library, self.folder, self.now = database, library, folder, now

    def run(self, *, after: timedelta = timedelta(0)) -> int:
        self.now += after
        desk = Desk(self.database, Settings(data=self.folder), self.now)
        with self.database.reading() as session:
            due = due_searches(session, now=self.now)
        told = tell_by(desk, self.library.engine, due)
        self.library.session.rollback()
        return told


DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def timetable(database: Database, library: Library, tmp_path: Path, now: datetime) -> Clockwork:
    return Clockwork(database, library, tmp_path, now)


@pytest.fixture
def shaky(library: Library) -> Shaky:
    assert isinstance(library.engine, Shaky)
    return library.engine


def stored(session: Session) -> SavedSearch:
    return session.scalars(select(SavedSearch).execution_options(populate_existing=True)).one()


def test_owner_is_told_once_with_number_and_link(
    library: Library, owner: Person, timetable: Clockwork
) -> None:
    search = library.save(owner, name="机密的名称")
    library.add("甲案", "认定为工伤")
    library.add("乙案", "又一件工伤")

    runs = [timetable.run(), timetable.run(after=DAY), timetable.run(), timetable.run(after=DAY)]

    assert runs == [0, 1, 0, 0]
    notice = library.session.scalars(select(Notice)).one()
    assert (notice.kind, notice.person_id, notice.facts) == (
        "saved-search-hits", owner.id, {"number": search.id, "count": 2},
    )  # fmt: skip
    assert notice.link == f"/precedents/saved/{search.id}/alerts/1"
    assert told(library.session, search) == ["甲案", "乙案"]


def test_weekly_search_waits_for_monday_and_makes_up_for_an_outage_once(
    library: Library, owner: Person, timetable: Clockwork
) -> None:
    library.save(owner, frequency=Frequency.WEEKLY)  # on a Tuesday
    library.add("甲案", "认定为工伤")

    assert [timetable.run(after=DAY) for _ in range(5)] == [0] * 5
    assert timetable.run(after=3 * WEEK) == 1
    assert timetable.run(after=DAY) == 0


def test_search_without_alerts_is_never_run(library: Library, owner: Person, timetable: Clockwork) -> None:
    library.save(owner, frequency=Frequency.NEVER)
    library.add("甲案", "认定为工伤")

    assert timetable.run(after=5 * WEEK) == 0


def test_paused_search_tells_after_it_is_resumed(
    library: Library, owner: Person, timetable: Clockwork
) -> None:
    search = library.save(owner)
    pause_search(library.session, search, by=owner, now=library.now)
    library.add("甲案", "认定为工伤")
    assert timetable.run(after=DAY) == 0

    resume_search(library.session, stored(library.session), by=owner, now=library.now)
    library.session.commit()

    assert timetable.run(after=DAY) == 1
    assert told(library.session, search) == ["甲案"]


def test_owner_without_the_role_hears_nothing_keeps_the_search_and_is_told_when_he_has_it_again(
    library: Library, owner: Person, timetable: Clockwork
) -> None:
    search = library.save(owner)
    library.add("甲案", "认定为工伤")
    owner.grants[0].ended_at = library.now
    library.session.commit()
    assert timetable.run(after=DAY) == 0
    assert stored(library.session).removed_at is None

    library.session.get_one(Person, owner.id).grants[0].ended_at = None
    library.session.commit()

    assert timetable.run(after=DAY) == 1
    assert told(library.session, search) == ["甲案"]


def test_p11_search_that_cannot_be_run_is_kept_marked_told_once_and_recovers_with_all_it_missed(
    library: Library, owner: Person, timetable: Clockwork, shaky: Shaky
) -> None:
    """Elsewhere an invalid saved search was deleted."""
    search = library.save(owner)
    library.add("甲案", "认定为工伤")
    shaky.refuses = True
    assert [timetable.run(after=DAY) for _ in range(3)] == [1, 0, 0]
    broken = stored(library.session)
    assert broken.condition is Condition.BROKEN
    assert "案例库索引暂时不能检索" in broken.problem

    shaky.refuses = False
    library.add("乙案", "又一件工伤")

    assert timetable.run(after=DAY) == 1
    assert stored(library.session).condition is Condition.ACTIVE
    assert told(library.session, search) == ["甲案", "乙案"]
    assert notices(library.session) == [("saved-search-broken", None), ("saved-search-hits", 2)]

    shaky.refuses = True
    timetable.run(after=DAY)
    assert notices(library.session)[2:] == [("saved-search-broken", None)]


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ('{"asked":{"q":"工伤 与"},"similar":false,"like_case":null}', "两边都要有检索词"),
        ('{"asked":{"q":"工伤","fuzzy":2},"similar":false,"like_case":null}', "由另一版本的平台保存"),
        ("", "由另一版本的平台保存"),
    ],
)
def test_question_that_the_language_no_longer_reads_is_kept_with_the_reason(
    library: Library, owner: Person, timetable: Clockwork, question: str, why: str
) -> None:
    search = library.save(owner)
    search.question = question
    library.session.commit()

    timetable.run(after=DAY)

    assert why in stored(library.session).problem
    assert notices(library.session) == [("saved-search-broken", None)]


def test_fault_in_one_search_does_not_keep_the_others_from_theirs(
    library: Library, owner: Person, timetable: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = library.save(owner, "工伤"), library.save(owner, "认定")
    library.add("甲案", "认定为工伤")
    whole = job.looked

    def faulty(session: Session, engine: Shaky, seen: job.Due) -> object:
        if seen.saved_id == first.id:
            raise RuntimeError("a fault of ours")
        return whole(session, engine, seen)

    monkeypatch.setattr(job, "looked", faulty)

    with pytest.raises(ExceptionGroup):
        timetable.run(after=DAY)

    library.session.rollback()
    assert (told(library.session, first), told(library.session, second)) == ([], ["甲案"])


def test_search_changed_while_it_runs_is_left_for_the_next_run(
    library: Library, owner: Person, timetable: Clockwork, shaky: Shaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = library.save(owner)
    library.add("甲案", "认定为工伤")
    whole = Shaky.search

    def meddling(self: Shaky, query: Query) -> Page:
        pause_search(library.session, stored(library.session), by=owner, now=library.now)
        library.session.commit()
        monkeypatch.setattr(Shaky, "search", whole)
        return whole(self, query)

    monkeypatch.setattr(Shaky, "search", meddling)

    assert timetable.run(after=DAY) == 0
    assert told(library.session, search) == []


def test_two_processes_at_once_tell_once(
    session: Session, database: Database, owner: Person, tmp_path: Path, now: datetime
) -> None:
    engine = open_library(tmp_path / "index")
    library = Library(session, engine, now)
    for word in ("工伤", "认定", "补足"):
        library.save(owner, word)
    library.add("甲案", "认定为工伤")
    desk = Desk(database, Settings(data=tmp_path), now + DAY)
    start = threading.Barrier(2)
    counts: list[int] = []

    def work() -> None:
        start.wait()
        counts.append(job.tell_new_cases(replace(desk)))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    session.rollback()
    assert sum(counts) == 3
    assert len(session.scalars(select(SavedSearchHit)).all()) == 3
    assert notices(session) == [("saved-search-hits", 1)] * 3
