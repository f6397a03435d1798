"""These tests run twice: on SQLite and on a real PostgreSQL server started for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.database import Database
from review_app.migrations.tables import all_tables
from tests.conftest import fast
from tests.database.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fresh.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def database(url: str) -> Iterator[Database]:  # type: ignore[misc, unused-ignore]
    database = fast(Database(url)) if url.startswith("sqlite") else Database(url)
    all_tables().create_all(database.engine)
    yield database
    database.engine.dispose()
