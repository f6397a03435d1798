"""Reading saved searches and the cases they found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from review_app.accounts.models import Person
from review_app.precedents.models import Precedent
from review_app.precedents.queries import panels_of, read_by_everyone, readable_by
from review_app.saved_searches.models import SavedSearch, SavedSearchAlert, SavedSearchHit
from review_app.saved_searches.states import Frequency
from review_app.saved_searches.timing import last_due

Each = TypeVar("Each", int, str)

HITS_SHOWN = 20
AT_ONCE = 500  # ids in one question to the database


@dataclass(frozen=True)
class Due:
    """A saved search as it was seen when the run began; whoever records a result must find it unchanged."""

    saved_id: int
    row_version: int


def find_saved(session: Session, saved_id: int) -> SavedSearch | None:
    return session.get(SavedSearch, saved_id)


def own_searches(session: Session, person: Person) -> list[SavedSearch]:
    """Everything the person keeps, newest first; also searches of reviews he sits on no longer."""
    own = select(SavedSearch).where(SavedSearch.owner_id == person.id, SavedSearch.removed_at.is_(None))
    return list(session.scalars(own.order_by(SavedSearch.id.desc())))


def twin_of(
    session: Session, person: Person, question_print: str, *, but: int | None = None
) -> SavedSearch | None:
    """The person's saved search that asks the same."""
    twins = select(SavedSearch).where(
        SavedSearch.owner_id == person.id,
        SavedSearch.question_print == question_print,
        SavedSearch.removed_at.is_(None),
        SavedSearch.id != (but or 0),
    )
    return session.scalars(twins.order_by(SavedSearch.id)).first()


def due_searches(session: Session, *, now: datetime) -> list[Due]:
    """What the timetable has to run now, longest waiting first."""
    overdue = [
        (SavedSearch.frequency == frequency) & (SavedSearch.checked_at < moment)
        for frequency in Frequency
        if (moment := last_due(frequency, now)) is not None
    ]
    due = select(SavedSearch.id, SavedSearch.row_version).where(
        SavedSearch.removed_at.is_(None), SavedSearch.paused_at.is_(None), or_(*overdue)
    )
    rows = session.execute(due.order_by(SavedSearch.checked_at, SavedSearch.id))
    return [Due(saved_id, row_version) for saved_id, row_version in rows]


def readable_hits(person: Person, search: SavedSearch) -> ColumnElement[bool]:
    """Which cases the owner may read of those found: the same as the search itself is kept to."""
    return readable_by(person) if search.review_id is None else read_by_everyone()


def hits_of(search: SavedSearch, person: Person, *, told: bool) -> Select[SavedSearchHit]:
    """The ledger of a search as far as the person may read it now: cases told of, or cases that were among the
    results from the beginning and have changed."""
    return (
        select(SavedSearchHit)
        .join(SavedSearchHit.precedent)
        .where(
            SavedSearchHit.saved_search_id == search.id,
            SavedSearchHit.told_at.is_not(None) if told else SavedSearchHit.told_at.is_(None),
            readable_hits(person, search),
        )
    )


def counted(session: Session, hits: Select[SavedSearchHit]) -> int:
    return session.scalar(select(func.count()).select_from(hits.subquery())) or 0


def page_of(session: Session, hits: Select[SavedSearchHit], page: int) -> list[SavedSearchHit]:
    """One page of a selection of hits, found last first."""
    ordered = hits.options(contains_eager(SavedSearchHit.precedent)).order_by(SavedSearchHit.id.desc())
    return list(session.scalars(ordered.limit(HITS_SHOWN).offset((page - 1) * HITS_SHOWN)))


def find_alert(session: Session, search: SavedSearch, alert_id: int) -> SavedSearchAlert | None:
    alert = session.get(SavedSearchAlert, alert_id)
    return alert if alert is not None and alert.saved_search_id == search.id else None


def alerts_of(session: Session, search: SavedSearch) -> list[SavedSearchAlert]:
    """The times new cases were found, newest first."""
    alerts = select(SavedSearchAlert).where(SavedSearchAlert.saved_search_id == search.id)
    return list(session.scalars(alerts.order_by(SavedSearchAlert.id.desc())))


def unseen_by_search(session: Session, person: Person) -> dict[int, int]:
    """How many cases told of wait to be looked at, for each of the person's searches that has any."""
    open_to_him = or_(SavedSearch.review_id.is_(None), SavedSearch.review_id.in_(panels_of(person)))
    readable = or_(
        readable_by(person) & SavedSearch.review_id.is_(None),
        read_by_everyone() & SavedSearch.review_id.is_not(None),
    )
    waiting = (
        select(SavedSearch.id, func.count())
        .join(SavedSearchHit, SavedSearchHit.saved_search_id == SavedSearch.id)
        .join(Precedent, Precedent.id == SavedSearchHit.precedent_id)
        .where(
            SavedSearch.owner_id == person.id,
            SavedSearch.removed_at.is_(None),
            SavedSearchHit.told_at.is_not(None),
            SavedSearchHit.seen_at.is_(None),
            open_to_him,
            readable,
        )
        .group_by(SavedSearch.id)
    )
    return {row[0]: row[1] for row in session.execute(waiting)}


def rows_of(session: Session, ids: Iterable[int]) -> list[tuple[int, str, int, str]]:
    """Id, identity, version and hash of the text of these versions of cases, but those withdrawn from the library."""
    columns = select(Precedent.id, Precedent.identity, Precedent.version, Precedent.text_sha256)
    columns = columns.where(Precedent.withdrawn_at.is_(None))
    return [
        (row.id, row.identity, row.version, row.text_sha256)
        for some in portions(sorted(ids))
        for row in session.execute(columns.where(Precedent.id.in_(some)))
    ]


def stored_since(session: Session, ids: Iterable[int], moment: datetime) -> set[int]:
    """Which of these rows came into the library after a moment."""
    late = select(Precedent.id).where(Precedent.created_at > moment)
    return {
        found
        for some in portions(sorted(ids))
        for found in session.scalars(late.where(Precedent.id.in_(some)))
    }


def versions_of(session: Session, identities: Iterable[str]) -> list[tuple[int, str]]:
    """Id and identity of every version of these cases."""
    columns = select(Precedent.id, Precedent.identity)
    return [
        (row.id, row.identity)
        for some in portions(sorted(identities))
        for row in session.execute(columns.where(Precedent.identity.in_(some)))
    ]


def ledger_of(session: Session, search: SavedSearch, identities: Iterable[str]) -> dict[str, SavedSearchHit]:
    """What the ledger of a search says of these cases."""
    rows = select(SavedSearchHit).where(SavedSearchHit.saved_search_id == search.id)
    return {
        hit.identity: hit
        for some in portions(sorted(identities))
        for hit in session.scalars(rows.where(SavedSearchHit.identity.in_(some)))
    }


def portions(every: list[Each]) -> Iterable[list[Each]]:
    return (every[first : first + AT_ONCE] for first in range(0, len(every), AT_ONCE))
