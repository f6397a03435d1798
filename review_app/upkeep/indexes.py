"""The indexes of an instance, each built from the database: bringing them up to date, building them anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.clock import utc_now
from review_app.database import Database
from review_app.precedents.library import as_document, open_library
from review_app.precedents.models import IN_FORCE, Precedent
from review_app.precedents.service import catch_up_index as catch_up_precedents
from review_app.precedents.service import mark_lost as mark_lost_precedents
from review_app.settings import Settings
from review_app.statutes.indexing import catch_up_index as catch_up_statutes
from review_app.statutes.indexing import every_document as every_article
from review_app.statutes.indexing import mark_lost as mark_lost_statutes
from review_app.statutes.library import open_statutes
from review_app.statutes.models import StatuteArticle, StatuteVersion
from search_index.engine import Document, IndexOutdated, SearchEngine

BATCH = 500
Batches = Iterator[list[Document]]


class CatchUp(Protocol):
    """Brings some of what waits into the index and tells how many that was."""

    def __call__(self, session: Session, engine: SearchEngine, *, now: datetime) -> int: ...


@dataclass(frozen=True)
class Index:
    """One index: how it is opened, filled and compared with the database."""

    name: str
    title: str
    open: Callable[[Path, str], SearchEngine]
    every_document: Callable[[Session], Batches]
    count: Callable[[Session], int]
    catch_up: CatchUp
    mark_lost: Callable[[Session, SearchEngine], int]


def every_precedent(session: Session) -> Batches:
    """All cases that searches find, in batches."""
    found = select(Precedent).where(IN_FORCE).order_by(Precedent.id)
    for rows in session.scalars(found.execution_options(yield_per=BATCH)).partitions():
        yield [as_document(row) for row in rows]


def count_precedents(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Precedent).where(IN_FORCE)).one()


def count_articles(session: Session) -> int:
    counted = select(func.count()).select_from(StatuteArticle).join(StatuteArticle.version)
    return session.scalars(counted.where(StatuteVersion.superseded_at.is_(None))).one()


INDEXES = (
    Index(
        "precedents", "类案库", open_library, every_precedent, count_precedents,
        catch_up_precedents, mark_lost_precedents,
    ),
    Index(
        "statutes", "法规库", open_statutes, every_article, count_articles,
        catch_up_statutes, mark_lost_statutes,
    ),
)  # fmt: skip


def agree(index: Index, engine: SearchEngine, database: Database) -> bool:
    """Whether the index has as many documents as the database; it may hold one that was withdrawn while another engine
    was in use."""
    with database.reading() as session:
        return engine.state().documents == index.count(session)


def bring_up_to_date(index: Index, database: Database, settings: Settings, *, now: datetime) -> int:
    """Write into the index what it lacks, or build it anew when it was made for another version; how many things that
    were written."""
    engine = index.open(settings.index_folder, settings.search_engine)
    try:
        with database.writing() as session, session.begin():
            index.mark_lost(session, engine)
        return catch_up(index, engine, database, now=now)
    except IndexOutdated:
        return rebuild(index, engine, database)


def catch_up(index: Index, engine: SearchEngine, database: Database, *, now: datetime) -> int:
    """Bring everything that waits into the index, one short transaction per batch."""
    total = 0
    while True:
        with database.writing() as session, session.begin():
            done = index.catch_up(session, engine, now=now)
        if not done:
            return total
        total += done


def rebuild(
    index: Index, engine: SearchEngine, database: Database, tell: Callable[[int], None] = lambda done: None
) -> int:
    """Build an index anew beside the live one and change over; how many documents it has. ``tell`` hears of progress."""
    with database.reading() as session:
        state = engine.rebuild(told(index.every_document(session), tell))
    with database.writing() as session, session.begin():
        index.mark_lost(session, engine)
    catch_up(index, engine, database, now=utc_now())  # what came in meanwhile
    return max(state.documents, engine.state().documents)


def told(batches: Batches, tell: Callable[[int], None]) -> Batches:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        tell(done)
