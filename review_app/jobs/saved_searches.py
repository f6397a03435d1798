"""Alerts: every saved search that is due is run with the rights of its owner, who is told once of what is new."""

import logging

from sqlalchemy.orm import Session

from review_app.jobs.runner import Desk
from review_app.precedents.library import open_library
from review_app.saved_searches.looking import CannotRun, Look, look
from review_app.saved_searches.queries import Due, due_searches, find_saved
from review_app.saved_searches.rules import can_be_run
from review_app.saved_searches.service import claim, mark_broken, settle
from search_index.engine import SearchEngine

log = logging.getLogger(__name__)


def tell_new_cases(desk: Desk) -> int:
    """Run what is due; gives how many owners' searches had something to tell."""
    with desk.database.reading() as session:
        due = due_searches(session, now=desk.now)
    if not due:
        return 0
    return tell_by(desk, open_library(desk.settings.index_folder, desk.settings.search_engine), due)


def tell_by(desk: Desk, engine: SearchEngine, due: list[Due]) -> int:
    """Each search in transactions of its own. A fault in one is raised only after the others had their turn."""
    told, faults = 0, list[Exception]()
    for seen in due:
        try:
            told += told_one(desk, engine, seen)
        except Exception as fault:
            log.exception("saved search %d failed", seen.saved_id)
            faults.append(fault)
    if faults:
        raise ExceptionGroup("saved searches failed", faults)
    return told


def told_one(desk: Desk, engine: SearchEngine, seen: Due) -> bool:
    """Look first, while nobody waits; then claim the row and record everything in one short transaction. False when
    there is nothing to tell or another process did it."""
    with desk.database.reading() as session:
        found = looked(session, engine, seen)
    if found is None:
        return False
    with desk.transaction() as session:
        search = claim(session, seen)
        if search is None:
            return False
        if isinstance(found, CannotRun):
            return mark_broken(session, search, found, now=desk.now)
        return settle(session, search, found, by_hand=False, now=desk.now) is not None


def looked(session: Session, engine: SearchEngine, seen: Due) -> Look | CannotRun | None:
    """What the search finds now, or why it cannot be run; None for one that may not be run (it keeps its place: what
    it misses is told when its owner may search again)."""
    search = find_saved(session, seen.saved_id)
    if search is None or not can_be_run(search):
        return None
    try:
        return look(session, engine, search)
    except CannotRun as problem:
        return problem
