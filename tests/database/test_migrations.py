"""The migrations give exactly the tables of the models, and can be taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Engine, Integer, MetaData, func, inspect, select

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


def test_an_instance_in_use_keeps_every_row_through_the_upgrade(engine: Engine) -> None:
    upgrade(engine, "0001")
    tables = one_row_in_each(engine)

    upgrade(engine)

    with engine.connect() as connection:
        kept = {
            table.name for table in tables if connection.scalar(select(func.count()).select_from(table)) == 1
        }
        keys_are_checked = (
            engine.dialect.name != "sqlite" or connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
        )
    assert kept == {table.name for table in tables}
    assert keys_are_checked


def one_row_in_each(engine: Engine) -> list[Any]:
    """Every table as the database has it now, each with one row, all pointing to each other's."""
    found = MetaData()
    found.reflect(engine)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    with engine.begin() as connection:
        for table in tables:
            connection.execute(
                table.insert().values({column.name: plain_value(column) for column in table.columns})
            )
    return tables


def plain_value(column: Column[Any]) -> Any:
    match column.type:
        case Boolean():
            return True
        case Integer():
            return 1
        case DateTime():
            return datetime(2024, 4, 2, tzinfo=UTC)
        case Date():
            return date(2024, 4, 2)
        case JSON():
            return []
    return "x"
