"""The demonstration office, built once for these tests; each test has a copy of its database and reads its
files. Beside what the demo shows there are experts who did not sign yet, and one who left."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from review_app.accounts.passwords import use_hasher
from review_app.database import Database
from review_app.demo.build import build
from review_app.demo.people import PASSWORD
from review_app.demo.sign_in import SignInLine
from review_app.documents.office import use_office
from review_app.panels.answering import decline
from review_app.panels.drawing import witness_draw
from review_app.panels.models import PanelDraw
from review_app.panels.states import DeclineReason, DrawState
from review_app.settings import Settings
from tests.conftest import NOW, TestClock, fast


@dataclass(frozen=True)
class Built:
    """The folder, and the lines that are printed at the demo's start."""

    settings: Settings
    lines: list[SignInLine]


@pytest.fixture(scope="session")
def built(keys: None, empty_database_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = Settings(data=tmp_path_factory.mktemp("office"), secure_cookies=False, demo=True)
    shutil.copy(empty_database_file, settings.data / "yian.db")
    for folder in (settings.file_folder, settings.index_folder):
        folder.mkdir()
    use_office(settings)
    database = fast(Database(settings.url))
    lines = build(database, settings, TestClock())
    use_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    witness_and_decline(database)
    database.engine.dispose()
    return Built(settings, lines)


def witness_and_decline(database: Database) -> None:
    with database.writing() as session, session.begin():
        draw = session.query(PanelDraw).filter_by(state=DrawState.AWAITING_WITNESS).one()
        assert draw.asked_witness is not None
        panel = witness_draw(
            session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=draw.asked_witness, now=NOW
        )
        leaving = panel.seated[-1]
        decline(
            session,
            leaving,
            reason=DeclineReason.TIME,
            ground="",
            note="长期出差在外",
            by=leaving.person,
            now=NOW,
        )


@pytest.fixture
def settings(built: Built, tmp_path: Path) -> Settings:
    """The demo's own folders of files and index; only the database is this test's."""
    (tmp_path / "files").symlink_to(built.settings.file_folder)
    (tmp_path / "index").symlink_to(built.settings.index_folder)
    use_office(built.settings)
    return replace(built.settings, data=tmp_path)


@pytest.fixture
def database(built: Built, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(built.settings.data / "yian.db", tmp_path / "yian.db")
    database = fast(Database(f"sqlite:///{tmp_path / 'yian.db'}"))
    yield database
    database.engine.dispose()
