"""Driving Alembic from our own commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from review_app.errors import ReviewError

FOLDER = Path(__file__).resolve().parent


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to ``revision``."""
    with changing(engine) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to ``revision``."""
    with changing(engine) as connection:
        command.downgrade(configuration(connection), revision)


def revise(engine: Engine, title: str) -> None:
    """Write a new migration from the difference between models and database."""
    with engine.begin() as connection:
        command.revision(configuration(connection), message=title, autogenerate=True)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be made anew.

    SQLite changes a table by copying it and dropping the old one, which foreign keys that point to it would forbid.
    They are not looked at while the transaction runs (the switch works only outside one) and all are checked before
    it is kept.
    """
    with engine.connect() as connection:
        on_sqlite = engine.dialect.name == "sqlite"
        if on_sqlite:
            switch_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                yield connection
                if on_sqlite:
                    check_foreign_keys(connection)
        finally:
            if on_sqlite:
                switch_foreign_keys(connection, on=True)


def switch_foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ReviewError(
            "数据库升级已撤销：表%(table)s中有一行指向不存在的记录。请用升级前的备份核对后再试。",
            table=broken[0],
        )
