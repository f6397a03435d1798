"""Saving a search, changing it, pausing and removing it; recording what a run found or why it could not run."""

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.reviews.models import CaseReview
from review_app.saved_searches.known import pack
from review_app.saved_searches.looking import CannotRun, Found, Look, look
from review_app.saved_searches.models import SavedSearch, SavedSearchAlert, SavedSearchHit
from review_app.saved_searches.queries import Due, ledger_of, stored_since, twin_of
from review_app.saved_searches.questions import Kept, fingerprint, to_json
from review_app.saved_searches.rules import can_open, can_save
from review_app.saved_searches.states import Frequency
from search_index.engine import SearchEngine

LONGEST_NAME = 60


def save_search(
    session: Session,
    engine: SearchEngine,
    question: Kept,
    *,
    name: str,
    frequency: Frequency,
    review: CaseReview | None = None,
    by: Person,
    now: datetime,
) -> SavedSearch:
    """Keep a question. All it finds now counts as known to its owner; alerts tell of what comes later. Raises CannotRun
    for a question that cannot be answered, ReviewError for one that asks nothing or is saved already."""
    if not can_save(by, review):
        raise NotAllowed
    search = SavedSearch(
        owner=by, review=review, name=proper(name), question=to_json(question),
        question_print=checked_print(session, question, by, review), frequency=frequency, known=pack(()),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    take_as_known(search, look(session, engine, search), now=now)
    session.add(search)
    session.flush()
    note(session, "saved_searches.save", search, by=by, now=now, question=search.question_print)
    return search


def change_question(
    session: Session,
    engine: SearchEngine,
    search: SavedSearch,
    question: Kept,
    *,
    by: Person,
    now: datetime,
) -> SavedSearchAlert | None:
    """Ask something else from now on. What the new question finds counts as known, and what was known stays so; but
    cases that came into the library after the last run are new, or a search that was broken would lose them."""
    must_be_open(search, by)
    question_print = checked_print(session, question, by, search.review, but=search.id)
    found = look(session, engine, search, question)
    late = stored_since(session, {one.precedent_id for one in found.new}, search.checked_at)
    search.question, search.question_print, search.reading = to_json(question), question_print, found.reading
    search.reread_at = None
    found = replace(found, new=tuple(one for one in found.new if one.precedent_id in late))
    alert = settle(session, search, found, by_hand=True, now=now)
    note(session, "saved_searches.change", search, by=by, now=now, question=question_print)
    return alert


def checked_print(
    session: Session, question: Kept, owner: Person, review: CaseReview | None, *, but: int | None = None
) -> str:
    """The fingerprint of a question that may be saved: it asks something, and the owner does not keep it already."""
    if question.is_empty:
        raise ReviewError(N_("请先输入检索词或者选择筛选条件，再保存检索。"))
    found = fingerprint(question, review.id if review else None)
    twin = twin_of(session, owner, found, but=but)
    if twin is not None:
        raise ReviewError(N_("同样的检索已经保存，名称是“%(name)s”。"), name=twin.name)
    return found


def take_as_known(search: SavedSearch, found: Look, *, now: datetime) -> None:
    search.known, search.total, search.reading = pack(found.known), found.total, found.reading
    search.checked_at, search.broken_at, search.problem = now, None, ""


def edit_search(
    session: Session, search: SavedSearch, *, name: str, frequency: Frequency, by: Person, now: datetime
) -> None:
    """Give a saved search another name or frequency."""
    must_be_open(search, by)
    search.name, search.frequency = proper(name), frequency
    note(session, "saved_searches.edit", search, by=by, now=now)


def pause_search(session: Session, search: SavedSearch, *, by: Person, now: datetime) -> None:
    """No alerts until it is resumed; what comes meanwhile is told then."""
    must_be_open(search, by)
    search.paused_at = search.paused_at or now
    note(session, "saved_searches.pause", search, by=by, now=now)


def resume_search(session: Session, search: SavedSearch, *, by: Person, now: datetime) -> None:
    must_be_open(search, by)
    search.paused_at = None
    note(session, "saved_searches.resume", search, by=by, now=now)


def remove_search(session: Session, search: SavedSearch, *, by: Person, now: datetime) -> None:
    """Take a search off the list for good; its row and its ledger are kept."""
    must_be_open(search, by)
    search.removed_at = now
    note(session, "saved_searches.remove", search, by=by, now=now)


def put_away(session: Session, search: SavedSearch, *, by: Person, now: datetime) -> None:
    """The owner has looked at every case told of until now."""
    must_be_open(search, by)
    waiting = update(SavedSearchHit).where(
        SavedSearchHit.saved_search_id == search.id,
        SavedSearchHit.told_at.is_not(None),
        SavedSearchHit.seen_at.is_(None),
    )
    session.execute(waiting.values(seen_at=now, row_version=SavedSearchHit.row_version + 1))


def run_now(
    session: Session, engine: SearchEngine, search: SavedSearch, *, by: Person, now: datetime
) -> SavedSearchAlert | None:
    """Run a saved search because its owner asks; gives the new cases, which count as told. Raises CannotRun."""
    must_be_open(search, by)
    return settle(session, search, look(session, engine, search), by_hand=True, now=now)


def claim(session: Session, seen: Due) -> SavedSearch | None:
    """Take a search for recording a result, by an UPDATE that repeats what was seen; None when it was changed or
    another process was faster."""
    mine = (
        update(SavedSearch)
        .where(SavedSearch.id == seen.saved_id, SavedSearch.row_version == seen.row_version)
        .values(row_version=SavedSearch.row_version + 1)
        .returning(SavedSearch.id)
        .execution_options(synchronize_session=False)
    )
    if session.scalar(mine) is None:
        return None
    return session.get_one(SavedSearch, seen.saved_id, populate_existing=True)


def settle(
    session: Session, search: SavedSearch, found: Look, *, by_hand: bool, now: datetime
) -> SavedSearchAlert | None:
    """Record what a run found: the ledger, the alert and the notice in one transaction, so that a case is told of
    exactly once. ``search`` must be as it was when ``found`` was looked up. Gives None when nothing is new."""
    if found.reading != search.reading:
        search.reread_at = now
    take_as_known(search, found, now=now)
    renew(session, search, found, now=now)
    if not found.new:
        session.flush()
        return None
    alert = SavedSearchAlert(
        saved_search_id=search.id, found=len(found.new), by_hand=by_hand, created_at=now, created_by_id=None
    )
    session.add(alert)
    session.flush()
    enter(session, [ledger_row(search, one, now=now, alert=alert) for one in found.new])
    if not by_hand:
        tell(session, search, alert, now=now)
    return alert


def renew(session: Session, search: SavedSearch, found: Look, *, now: datetime) -> None:
    """Newer versions of cases that are not new: marked as updated, never told again."""
    entered = ledger_of(session, search, {one.identity for one in found.renewed})
    for one in found.renewed:
        if hit := entered.get(one.identity):
            hit.precedent_id, hit.version, hit.updated_at = one.precedent_id, one.version, now
    rows = [ledger_row(search, one, now=now) for one in found.renewed if one.identity not in entered]
    enter(session, [{**row, "updated_at": now} for row in rows])


def ledger_row(
    search: SavedSearch, found: Found, *, now: datetime, alert: SavedSearchAlert | None = None
) -> dict[str, object]:
    return {
        "saved_search_id": search.id, "identity": found.identity, "precedent_id": found.precedent_id,
        "version": found.version, "alert_id": alert.id if alert else None, "told_at": now if alert else None,
        "created_at": now, "row_version": 1,
    }  # fmt: skip


def enter(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(SavedSearchHit), rows)


def tell(session: Session, search: SavedSearch, alert: SavedSearchAlert, *, now: datetime) -> None:
    """One notice for one run; it names the search by number, because its name may be a secret."""
    notify(
        session, "saved-search-hits", search.owner, now=now, review_id=search.review_id,
        link=f"/precedents/saved/{search.id}/alerts/{alert.id}", step=f"alert:{alert.id}",
        number=search.id, count=alert.found,
    )  # fmt: skip


def mark_broken(session: Session, search: SavedSearch, problem: CannotRun, *, now: datetime) -> bool:
    """Keep a search that cannot be run, with the reason; its owner is told once, until it runs again. Gives whether
    this was the first time."""
    search.problem = json.dumps({"sentence": problem.sentence, "facts": problem.facts}, ensure_ascii=False)
    if search.broken_at is not None:
        return False
    search.broken_at = now
    session.flush()
    notify(
        session, "saved-search-broken", search.owner, now=now, review_id=search.review_id,
        link=f"/precedents/saved/{search.id}", step=f"broken:{search.id}:{now.isoformat()}", number=search.id,
    )  # fmt: skip
    note(session, "saved_searches.fail", search, by=None, now=now)
    return True


def must_be_open(search: SavedSearch, person: Person) -> None:
    if not can_open(person, search):
        raise NotAllowed


def proper(name: str) -> str:
    found = " ".join(name.split())
    if not found:
        raise ReviewError(N_("请给这项检索起一个名称。"))
    if len(found) > LONGEST_NAME:
        raise ReviewError(N_("名称最多%(most)s个字。"), most=LONGEST_NAME)
    return found


def note(
    session: Session, action: str, search: SavedSearch, *, by: Person | None, now: datetime, **after: str
) -> None:
    """A row in the audit log: frequency and counts, never what is asked."""
    facts = {"frequency": str(search.frequency), "total": search.total, **after}
    record(session, action=action, subject=search, by=by, now=now, after=facts, review_id=search.review_id)
