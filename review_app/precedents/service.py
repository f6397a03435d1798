"""Taking cases into the library, and bringing them into its index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, defer

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.precedents.drafts import Draft, normal_text
from review_app.precedents.library import as_document
from review_app.precedents.models import IN_FORCE, Precedent
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


@dataclass(frozen=True)
class Fate:
    """What became of one draft: ``precedent`` is the new row, or the known one that it repeats."""

    precedent: Precedent
    taken: Taken


def take_in(session: Session, drafts: Sequence[Draft], *, by: Person | None, now: datetime) -> Taken:
    """Store cases, see ``take_each``; how many were new, newer and known."""
    fates = take_each(session, drafts, by=by, now=now)
    return sum((fate.taken for fate in fates), Taken())


def take_each(
    session: Session,
    drafts: Sequence[Draft],
    *,
    by: Person | None,
    now: datetime,
    rehearsed: "Known | None" = None,
) -> list[Fate]:
    """Store cases. A text that is there already, in whatever spacing, changes nothing; a known case (same organ, number,
    kind and day) with another text becomes its next version. ``by`` is empty when the operator imports from the
    command line; ``rehearsed`` is what a dry run took in before and did not keep."""
    known = Known(session, drafts, before=rehearsed)
    fates = [take_one(session, draft, known, by=by, now=now) for draft in drafts]
    session.flush()
    return fates


class Known:
    """The stored cases that some drafts could repeat or renew; grows with what is taken in."""

    def __init__(self, session: Session, drafts: Sequence[Draft], *, before: "Known | None" = None) -> None:
        self.before = before
        self.by_text: dict[str, Precedent] = {}
        self.by_number: dict[str, list[Precedent]] = {}
        for row in session.scalars(possibly_known(drafts)):
            self.add(row)

    def add(self, row: Precedent) -> None:
        for sha256 in (row.text_sha256, row.normal_sha256):
            if sha256:
                self.by_text.setdefault(sha256, row)
        self.by_number.setdefault(normal_text(row.case_no), []).append(row)

    def same_text(self, draft: Draft) -> Precedent | None:
        found = self.find_text(draft.text_sha256) or self.find_text(draft.normal_sha256)
        return found if found is not None and found.source_review_id == draft.source_review_id else None

    def find_text(self, sha256: str) -> Precedent | None:
        return self.by_text.get(sha256) or (self.before.find_text(sha256) if self.before else None)

    def find_number(self, case_no: str) -> list[Precedent]:
        earlier = self.before.find_number(case_no) if self.before else []
        return [*earlier, *self.by_number.get(case_no, [])]

    def versions(self, draft: Draft) -> list[Precedent]:
        """The versions of the case that the draft is, oldest first."""
        if not draft.is_numbered:
            return []
        numbered = self.find_number(normal_text(draft.case_no))
        identities = {row.identity for row in numbered if is_same_case(row, draft)}
        if len(identities) > 1:  # the draft has no day and could be either: then it is neither
            identities &= {draft.identity}
        return sorted((row for row in numbered if row.identity in identities), key=lambda row: row.version)


def possibly_known(drafts: Sequence[Draft]) -> Select[Precedent]:
    texts = {draft.text_sha256 for draft in drafts} | {draft.normal_sha256 for draft in drafts}
    numbers = {spelled for draft in drafts if draft.is_numbered for spelled in spellings(draft.case_no)}
    known = or_(
        Precedent.text_sha256.in_(texts), Precedent.normal_sha256.in_(texts), Precedent.case_no.in_(numbers)
    )
    return select(Precedent).where(known).order_by(Precedent.version).options(defer(Precedent.text))


def spellings(case_no: str) -> Iterable[str]:
    """A case number with every kind of brackets."""
    plain = normal_text(case_no).translate(str.maketrans("〔〕[]【】", "()()()"))
    return (case_no, *(plain.translate(str.maketrans("()", pair)) for pair in ("()", "（）", "〔〕", "[]")))


def is_same_case(row: Precedent, draft: Draft) -> bool:
    """Same organ and kind (the number is the same), and not two documents of different days; a de-identified review
    is never a version of a published judgment."""
    days = {row.decided_on, draft.decided_on} - {None}
    return (
        row.organ == draft.organ
        and row.doc_type == draft.doc_type
        and row.source_review_id == draft.source_review_id
        and len(days) < 2
    )


def take_one(session: Session, draft: Draft, known: Known, *, by: Person | None, now: datetime) -> Fate:
    if (same := known.same_text(draft)) is not None:
        return Fate(same, Taken(unchanged=1))
    versions = known.versions(draft)
    added = stored(kept_within(draft, versions), version=len(versions) + 1, by=by, now=now)
    if versions:
        added.identity = versions[-1].identity
    for earlier in versions:
        if earlier.superseded_at is None:
            earlier.superseded_at, earlier.indexed_at = now, None
    known.add(added)
    session.add(added)
    return Fate(added, Taken(renewed=1) if versions else Taken(added=1))


def kept_within(draft: Draft, known: list[Precedent]) -> Draft:
    """A correction that says nothing of a review goes to the same people as the version before it."""
    if not known or draft.source_review_id is not None:
        return draft
    return replace(draft, audience=known[-1].audience, source_review_id=known[-1].source_review_id)


def stored(draft: Draft, *, version: int, by: Person | None, now: datetime) -> Precedent:
    return Precedent(
        identity=draft.identity, version=version, source_tier=draft.source_tier, title=draft.title,
        case_no=draft.case_no, organ=draft.organ, doc_type=draft.doc_type, stage=draft.stage,
        decided_on=draft.decided_on, year=draft.year,
        causes=list(draft.causes), issues=list(draft.issues), holding=draft.holding, law_refs=list(draft.law_refs),
        outcome=draft.outcome, keywords=list(draft.keywords), sections=draft.sections, text=draft.text,
        text_sha256=draft.text_sha256, normal_sha256=draft.normal_sha256, licence_note=draft.licence_note, audience=draft.audience,
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
        put=[as_document(row) for row in rows if row.is_found],
        remove=[str(row.id) for row in rows if not row.is_found],
    )
    for row in rows:
        row.indexed_at = now
    session.flush()
    return len(rows)


def mark_lost(session: Session, engine: SearchEngine) -> int:
    """Mark for indexing again what the index should hold and does not (an index folder that was lost or restored from
    an old copy); how many cases that are."""
    held = select(Precedent.id, Precedent.text_sha256).where(IN_FORCE, Precedent.indexed_at.is_not(None))
    wanted = {str(precedent_id): sha256 for precedent_id, sha256 in session.execute(held)}
    present = engine.versions(wanted)
    lost = [int(key) for key, sha256 in wanted.items() if present.get(key) != sha256]
    for first in range(0, len(lost), INDEX_BATCH):
        some = lost[first : first + INDEX_BATCH]
        session.execute(update(Precedent).where(Precedent.id.in_(some)).values(indexed_at=None))
    return len(lost)
