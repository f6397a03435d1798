"""What every test may use: a real database of its own, the web application, a browser without JavaScript."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from review_app.accounts.passwords import use_hasher
from review_app.audit.service import use_audit_key
from review_app.database import Database
from review_app.migrations.tables import all_tables
from review_app.sealing import Seal, use_seal
from review_app.settings import Settings
from review_app.web.app import create_app
from tests.browser import Browser

# Tuesday, 2 April 2024, 10:00 in Asia/Shanghai: two days before the Qingming holiday
# a slow machine is no failure
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

NOW = datetime(2024, 4, 2, 2, 0, tzinfo=UTC)
AUDIT_KEY = b"k" * 32


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", help="folder for the browser tests' screenshots (docs/images for the README's)"
    )


# folders whose tests share something dear (a browser, the built demonstration, a PostgreSQL server): with
# several workers each folder stays on one
TOGETHER = ("chromium", "database", "demo", "permissions")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(folder))


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


@pytest.fixture(scope="session", autouse=True)
def keys() -> None:
    """Fixed keys and cheap password hashes."""
    use_seal(Seal([Fernet.generate_key()]))
    use_audit_key(AUDIT_KEY)
    use_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def empty_database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no row; each test gets a copy."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = fast(Database(f"sqlite:///{path}")).engine
    all_tables().create_all(engine)
    engine.dispose()
    return path


def fast(database: Database) -> Database:
    """No waiting for the disk: a test's file need not survive a power cut."""

    @event.listens_for(database.engine, "connect")
    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    return database


@pytest.fixture
def database(empty_database_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(empty_database_file, tmp_path / "yian.db")
    database = fast(Database(f"sqlite:///{tmp_path / 'yian.db'}"))
    yield database
    database.engine.dispose()


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session; commit before a page is asked for, or the page will not see it."""
    with database.reading() as session:
        yield session


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def now(clock: TestClock) -> datetime:
    return clock.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, secure_cookies=False)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory, empty_database_file: Path) -> Flask:
    """One application for the whole run: building the addresses and reading the pages takes its time."""
    settings = Settings(data=tmp_path_factory.mktemp("application"), secure_cookies=False)
    app = create_app(settings, database=Database(f"sqlite:///{empty_database_file}"))
    app.testing = True
    return app


@pytest.fixture
def app(application: Flask, settings: Settings, database: Database, clock: TestClock) -> Flask:
    """The application on this test's own database, folder and clock."""
    for name in [name for name in application.extensions if name.startswith("yian_")]:
        del application.extensions[name]
    application.extensions |= {"yian_settings": settings, "yian_database": database, "yian_clock": clock}
    return application


@pytest.fixture
def browser(app: Flask, database: Database, clock: TestClock) -> Browser:
    return Browser(app, database, clock)


@pytest.fixture
def another_browser(app: Flask, database: Database, clock: TestClock) -> Browser:
    """A second person at a second machine."""
    return Browser(app, database, clock)
