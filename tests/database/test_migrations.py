"""The migrations give exactly the tables of the models, and can be taken back."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from review_app.database import Database
from review_app.migrations.runner import downgrade, upgrade
from review_app.migrations.tables import all_tables


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:  # type: ignore[misc, unused-ignore]
    """An empty database."""
    engine = Database(url).engine
    yield engine
    engine.dispose()


def test_migrations_and_models_agree(engine: Engine) -> None:
    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, all_tables())

    assert differences == []


def test_migrations_can_be_taken_back(engine: Engine) -> None:
    upgrade(engine)
    assert "case_review" in inspect(engine).get_table_names()

    downgrade(engine, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    before = inspect(engine).get_table_names()

    upgrade(engine)

    assert inspect(engine).get_table_names() == before
