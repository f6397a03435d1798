"""The database: base class, column types, engine and sessions."""

import enum
import hashlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Engine, Enum, ForeignKey, MetaData, Text, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

from review_app.sealing import current_seal

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive moments are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedText(TypeDecorator[str]):
    """Text encrypted in the database: personal data and class L3. It cannot be searched or sorted."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else current_seal().close(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else current_seal().open(value)


def by_value(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UtcDateTime,
        str: Text,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=by_value),
    }


class Stored:
    """What every table has. ``row_version`` rises with each change and stops lost updates."""

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column()

    @declared_attr
    def created_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy hands over the class
        return mapped_column(ForeignKey("person.id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - the same
        return {"version_id_col": cls.row_version}


class Database:
    """One engine and its sessions. ``url`` is a SQLAlchemy address (sqlite:/// or postgresql+pg8000://)."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.new_session = sessionmaker(self.engine, expire_on_commit=False)
        writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self.new_writing_session = sessionmaker(writing, expire_on_commit=False)

    def reading(self) -> Session:
        """A session for looking things up."""
        return self.new_session()

    def writing(self) -> Session:
        """A session that will change something: on SQLite it takes the write lock at once, so two
        writers wait for each other instead of failing half way."""
        return self.new_writing_session()


def one_at_a_time(session: Session, what: str) -> None:
    """Let only one transaction at a time pass here for the same ``what`` until it ends: for numbers without
    gaps and chains that never fork. SQLite's writing sessions are alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def make_engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
    return engine


def prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # else sqlite3 begins only before writes: savepoints break
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "busy_timeout = 15000", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_sqlite(connection: Any) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
