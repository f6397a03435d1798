"""Bringing everything that waits into the index of the library."""

from review_app.clock import utc_now
from review_app.database import Database
from review_app.precedents.service import INDEX_BATCH, catch_up_index
from search_index.engine import SearchEngine


def catch_up(database: Database, engine: SearchEngine) -> int:
    """Bring everything that waits into the index, one short transaction per batch; how many cases it was."""
    done = 0
    while True:
        with database.writing() as session, session.begin():
            some = catch_up_index(session, engine, now=utc_now(), most=INDEX_BATCH)
        done += some
        if not some:
            return done
