"""The index of the statutes follows the database."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, contains_eager

from review_app.statutes.library import as_document, version_of
from review_app.statutes.models import StatuteArticle, StatuteVersion
from search_index.engine import Document, SearchEngine

BATCH = 4_000  # articles written at once; the articles of one text are never split


def catch_up_index(session: Session, engine: SearchEngine, *, now: datetime, most: int = BATCH) -> int:
    """Bring texts that changed into the index, or out of it, until about ``most`` articles are written; how many texts.

    The index is written before the rows are marked: if this dies in between, the same texts are written again, which
    changes nothing.
    """
    waiting = waiting_texts(session, most)
    if not waiting:
        return 0
    put: list[Document] = []
    remove: list[str] = []
    for version in waiting:
        if version.superseded_at is None:
            put += [as_document(article) for article in articles_of(session, version)]
        else:
            remove += keys_of(session, version)
    engine.write(put=put, remove=remove)
    for version in waiting:
        version.indexed_at = now
    session.flush()
    return len(waiting)


def waiting_texts(session: Session, most: int) -> list[StatuteVersion]:
    waiting = select(StatuteVersion).where(StatuteVersion.indexed_at.is_(None)).order_by(StatuteVersion.id)
    chosen: list[StatuteVersion] = []
    articles = 0
    for version in session.scalars(waiting.limit(500)):
        if chosen and articles + version.article_count > most:
            break
        chosen.append(version)
        articles += version.article_count
    return chosen


def articles_of(session: Session, version: StatuteVersion) -> list[StatuteArticle]:
    listed = select(StatuteArticle).where(StatuteArticle.version_id == version.id)
    return list(session.scalars(listed.order_by(StatuteArticle.position)))


def keys_of(session: Session, version: StatuteVersion) -> list[str]:
    ids = select(StatuteArticle.id).where(StatuteArticle.version_id == version.id)
    return [str(article_id) for article_id in session.scalars(ids)]


def mark_lost(session: Session, engine: SearchEngine) -> int:
    """Mark for indexing again what the index should hold and does not (an index folder that was lost or restored from
    an old copy); how many texts that are."""
    held = list(
        session.scalars(
            select(StatuteVersion).where(
                StatuteVersion.superseded_at.is_(None), StatuteVersion.indexed_at.is_not(None)
            )
        )
    )
    lost = [version.id for version in held if is_lost(session, engine, version)]
    for first in range(0, len(lost), 500):
        some = lost[first : first + 500]
        session.execute(update(StatuteVersion).where(StatuteVersion.id.in_(some)).values(indexed_at=None))
    return len(lost)


def is_lost(session: Session, engine: SearchEngine, version: StatuteVersion) -> bool:
    """By its first and last article: a text is written as a whole or not at all."""
    ends = select(func.min(StatuteArticle.id), func.max(StatuteArticle.id)).where(
        StatuteArticle.version_id == version.id
    )
    keys = [str(article_id) for article_id in session.execute(ends).one()]
    return any(present != version_of(version) for present in engine.versions(keys).values()) or not set(
        keys
    ) <= set(engine.versions(keys))


def every_document(session: Session) -> Iterator[list[Document]]:
    """All articles of the texts that count, in batches, for building the index anew."""
    articles = (
        select(StatuteArticle)
        .join(StatuteArticle.version)
        .where(StatuteVersion.superseded_at.is_(None))
        .options(contains_eager(StatuteArticle.version))
        .order_by(StatuteArticle.id)
        .execution_options(yield_per=BATCH)
    )
    for rows in session.scalars(articles).partitions():
        yield [as_document(row) for row in rows]
