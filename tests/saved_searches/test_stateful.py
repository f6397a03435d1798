"""Whatever happens in whatever order: every case that comes to be found is told of exactly once, none is lost."""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from review_app.accounts.models import RoleGrant
from review_app.database import Database
from review_app.jobs.runner import Desk
from review_app.jobs.saved_searches import tell_by
from review_app.notices.models import Notice
from review_app.precedents.library import Asked, as_document
from review_app.precedents.models import Precedent
from review_app.precedents.service import catch_up_index, mark_lost, take_in
from review_app.precedents.states import Audience
from review_app.saved_searches.looking import CannotRun
from review_app.saved_searches.models import SavedSearch, SavedSearchAlert, SavedSearchHit
from review_app.saved_searches.queries import due_searches
from review_app.saved_searches.questions import kept
from review_app.saved_searches.service import pause_search, resume_search, run_now, save_search
from review_app.saved_searches.states import Frequency
from review_app.settings import Settings
from tests.conftest import NOW, fast
from tests.precedents.cases import draft
from tests.saved_searches import made

WORDS = ("工伤", "拆迁")
CASES = st.integers(0, 5)
EMPTY: list[Path] = []


@pytest.fixture(autouse=True)
def _empty(empty_database_file: Path) -> None:
    EMPTY[:] = [empty_database_file]


class Alerts(RuleBasedStateMachine):
    """An owner with one daily and one weekly search; six cases in ever new versions about one or both subjects."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        shutil.copy(EMPTY[0], self.folder / "yian.db")
        self.database = fast(Database(f"sqlite:///{self.folder / 'yian.db'}"))
        self.now = NOW
        self.engine = made.shaky()
        self.texts = 0
        self.at_saving: dict[int, set[str]] = {}
        with self.writing() as session:
            self.owner_id = made.expert(session).id
        for word, frequency in zip(WORDS, (Frequency.DAILY, Frequency.WEEKLY), strict=True):
            self.import_case(0, frozenset(WORDS), everyone=True)
            self.index()
            self.save(word, frequency)

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        self.engine.refuses = False
        self.hold_role(True)
        self.pause_all(False)
        for _ in range(2):
            self.index()
            self.wait(24 * 8)
            self.run_job()
        self.all_told()
        self.database.engine.dispose()
        shutil.rmtree(self.folder)

    def writing(self) -> Any:
        return Desk(self.database, Settings(data=self.folder), self.now).transaction()

    def owner(self, session: Any) -> Any:
        return session.get_one(made.Person, self.owner_id)

    def save(self, word: str, frequency: Frequency) -> None:
        with self.writing() as session:
            search = save_search(
                session, self.engine, kept(Asked(q=word)), name=word, frequency=frequency,
                by=self.owner(session), now=self.now,
            )  # fmt: skip
            self.at_saving[search.id] = self.found_by(session, word)

    def found_by(self, session: Any, word: str) -> set[str]:
        """Cases in force with the word that the owner may read and the index holds, found without the index."""
        rows = session.scalars(select(Precedent).where(Precedent.superseded_at.is_(None)))
        held = self.engine.versions([str(row.id) for row in rows.all()])
        rows = session.scalars(select(Precedent).where(Precedent.superseded_at.is_(None)))
        return {
            row.identity
            for row in rows
            if word in row.text and row.audience is Audience.EVERYONE and str(row.id) in held
        }

    @rule(case=CASES, words=st.frozensets(st.sampled_from(WORDS)), everyone=st.booleans())
    def import_case(self, case: int, words: frozenset[str], everyone: bool) -> None:
        """A new case, or the next version of a known one, which supersedes the one before."""
        self.texts += 1
        text = f"第{case}案第{self.texts}稿。{'、'.join(sorted(words))}。这一段文字只是为了让全文的长度超过三十个字。"
        with self.writing() as session:
            made_draft = draft(text, title=f"第{case}案", organ="甲院", case_no=f"({case})号")
            take_in(session, [made_draft], by=None, now=self.now)
            row = session.scalars(select(Precedent).order_by(Precedent.id.desc()).limit(1)).one()
            row.audience = Audience.EVERYONE if everyone else Audience.OFFICE

    @rule()
    def import_again(self) -> None:
        """The same texts once more change nothing."""
        with self.writing() as session:
            for row in session.scalars(select(Precedent)).all():
                again = draft(row.text, title=row.title, organ="甲院", case_no=row.case_no)
                take_in(session, [again], by=None, now=self.now)

    @rule(case=CASES)
    def open_to_everyone(self, case: int) -> None:
        with self.writing() as session:
            for row in session.scalars(select(Precedent).where(Precedent.title == f"第{case}案")):
                row.audience, row.indexed_at = Audience.EVERYONE, None

    @rule()
    def index(self) -> None:
        with self.writing() as session:
            mark_lost(session, self.engine)
            while catch_up_index(session, self.engine, now=self.now):
                pass

    @rule()
    def rebuild(self) -> None:
        with self.writing() as session:
            rows = session.scalars(select(Precedent).where(Precedent.superseded_at.is_(None))).all()
            self.engine.rebuild([[as_document(row) for row in rows]])

    @rule()
    def lose_index(self) -> None:
        self.engine.rebuild([])

    @rule(refuses=st.booleans())
    def break_index(self, refuses: bool) -> None:
        self.engine.refuses = refuses

    @rule(held=st.booleans())
    def hold_role(self, held: bool) -> None:
        with self.writing() as session:
            for grant in session.scalars(select(RoleGrant)):
                grant.ended_at = None if held else self.now

    @rule(paused=st.booleans())
    def pause_all(self, paused: bool) -> None:
        with self.writing() as session:
            if self.owner(session).roles:
                act = pause_search if paused else resume_search
                for search in session.scalars(select(SavedSearch)):
                    act(session, search, by=self.owner(session), now=self.now)

    @rule(hours=st.sampled_from((1, 13, 24, 72, 24 * 8)))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def run_job(self) -> None:
        desk = Desk(self.database, Settings(data=self.folder), self.now)
        with self.database.reading() as session:
            due = due_searches(session, now=self.now)
        tell_by(desk, self.engine, due)

    @rule()
    def run_by_hand(self) -> None:
        with self.writing() as session:
            if self.owner(session).roles:
                for search in session.scalars(select(SavedSearch)):
                    try:
                        run_now(session, self.engine, search, by=self.owner(session), now=self.now)
                    except CannotRun:
                        assert self.engine.refuses

    @rule()
    def crash_while_telling(self) -> None:
        """Everything is done but the transaction does not end."""
        with self.database.writing() as session:
            if self.owner(session).roles and not self.engine.refuses:
                for search in session.scalars(select(SavedSearch)):
                    run_now(session, self.engine, search, by=self.owner(session), now=self.now)
            session.rollback()

    @invariant()
    def never_twice(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reading() as session:
            entered = session.execute(
                select(SavedSearchHit.saved_search_id, SavedSearchHit.identity).where(
                    SavedSearchHit.told_at.is_not(None)
                )
            ).all()
            assert len(entered) == len(set(entered))
            assert not [one for one in entered if one.identity in self.at_saving[one.saved_search_id]]
            by_job = select(func.coalesce(func.sum(SavedSearchAlert.found), 0))
            noticed = [
                notice.facts["count"]
                for notice in session.scalars(select(Notice).where(Notice.kind == "saved-search-hits"))
            ]
            assert session.scalar(by_job) == len(entered)
            assert session.scalar(by_job.where(SavedSearchAlert.by_hand.is_(False))) == sum(noticed)

    def all_told(self) -> None:
        with self.database.reading() as session:
            for search in session.scalars(select(SavedSearch)):
                assert search.broken_at is None
                told = session.scalars(
                    select(SavedSearchHit.identity).where(
                        SavedSearchHit.saved_search_id == search.id, SavedSearchHit.told_at.is_not(None)
                    )
                )
                due = self.found_by(session, search.name) - self.at_saving[search.id]
                assert due - set(told) == set()


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(max_examples=15, stateful_step_count=25, deadline=None, database=None)
