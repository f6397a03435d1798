"""Taking cases into the library, and bringing them into its index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.precedents.drafts import Draft
from review_app.precedents.library import as_document
from review_app.precedents.models import Precedent
from search_index.engine import SearchEngine

INDEX_BATCH = 500


@dataclass(frozen=True)
class Taken:
    """How many drafts were new cases, new versions of known cases, or already there word for word."""

    added: int = 0
    renewed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.added + other.added, self.renewed + other.renewed, self.unchanged + other.unchanged)


def take_in(session: Session, drafts: Sequence[Draft], *, by: Person | None, now: datetime) -> Taken:
    """Store cases. A text that is there already changes nothing; a known case with another text becomes its next
    version. ``by`` is empty when the operator imports from the command line."""
    identities = {draft.identity for draft in drafts}
    rows = session.scalars(
        select(Precedent).where(Precedent.identity.in_(identities)).order_by(Precedent.version)
    )
    versions: dict[str, list[Precedent]] = {}
    for row in rows:
        versions.setdefault(row.identity, []).append(row)
    taken = Taken()
    for draft in drafts:
        taken += take_one(session, draft, versions.setdefault(draft.identity, []), by=by, now=now)
    session.flush()
    return taken


def take_one(
    session: Session, draft: Draft, known: list[Precedent], *, by: Person | None, now: datetime
) -> Taken:
    if any(version.text_sha256 == draft.text_sha256 for version in known):
        return Taken(unchanged=1)
    added = stored(kept_within(draft, known), version=len(known) + 1, by=by, now=now)
    for earlier in known:
        if earlier.superseded_at is None:
            earlier.superseded_at, earlier.indexed_at = now, None
    known.append(added)
    session.add(added)
    return Taken(renewed=1) if added.version > 1 else Taken(added=1)


def kept_within(draft: Draft, known: list[Precedent]) -> Draft:
    """A correction that says nothing of a review goes to the same people as the version before it."""
    if not known or draft.source_review_id is not None:
        return draft
    return replace(draft, audience=known[-1].audience, source_review_id=known[-1].source_review_id)


def stored(draft: Draft, *, version: int, by: Person | None, now: datetime) -> Precedent:
    return Precedent(
        identity=draft.identity, version=version, source_tier=draft.source_tier, title=draft.title,
        case_no=draft.case_no, organ=draft.organ, doc_type=draft.doc_type, decided_on=draft.decided_on, year=draft.year,
        causes=list(draft.causes), issues=list(draft.issues), holding=draft.holding, law_refs=list(draft.law_refs),
        outcome=draft.outcome, keywords=list(draft.keywords), sections=draft.sections, text=draft.text,
        text_sha256=draft.text_sha256, licence_note=draft.licence_note, audience=draft.audience,
        source_review_id=draft.source_review_id, created_at=now,
        created_by_id=by.id if by else None,
    )  # fmt: skip


def record_import(
    session: Session, taken: Taken, refused: int, *, source: str, by: Person | None, now: datetime
) -> None:
    """One row in the audit log for an import as a whole; ``source`` is the name of the file or folder."""
    after = {"added": taken.added, "renewed": taken.renewed, "unchanged": taken.unchanged, "refused": refused}
    record(session, action="precedents.import", subject=f"import:{source}", by=by, now=now, after=after)


def catch_up_index(session: Session, engine: SearchEngine, *, now: datetime, most: int = INDEX_BATCH) -> int:
    """Bring up to ``most`` changed cases into the index, or out of it, and tell how many it was.

    The index is written before the rows are marked: if this dies in between, the same cases are written again, which
    changes nothing.
    """
    waiting = select(Precedent).where(Precedent.indexed_at.is_(None)).order_by(Precedent.id).limit(most)
    rows = list(session.scalars(waiting))
    if not rows:
        return 0
    engine.write(
        put=[as_document(row) for row in rows if row.superseded_at is None],
        remove=[str(row.id) for row in rows if row.superseded_at is not None],
    )
    for row in rows:
        row.indexed_at = now
    session.flush()
    return len(rows)


def mark_lost(session: Session, engine: SearchEngine) -> int:
    """Mark for indexing again what the index should hold and does not (an index folder that was lost or restored from
    an old copy); how many cases that are."""
    held = select(Precedent.id, Precedent.text_sha256).where(
        Precedent.superseded_at.is_(None), Precedent.indexed_at.is_not(None)
    )
    wanted = {str(precedent_id): sha256 for precedent_id, sha256 in session.execute(held)}
    present = engine.versions(wanted)
    lost = [int(key) for key, sha256 in wanted.items() if present.get(key) != sha256]
    for first in range(0, len(lost), INDEX_BATCH):
        some = lost[first : first + INDEX_BATCH]
        session.execute(update(Precedent).where(Precedent.id.in_(some)).values(indexed_at=None))
    return len(lost)
