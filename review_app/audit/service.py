"""Writing the audit log and checking it."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.chain import COVERED, START, Verdict, digest, verify
from review_app.audit.models import AuditHead, AuditRow
from review_app.database import Base, one_at_a_time


class Actor(Protocol):
    """Whoever acts: a person (this room stands below accounts and knows only the id)."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class Noted:
    """What a row of the log was about: ``subject`` is ``table:id``."""

    action: str
    subject: str
    review_id: int | None
    person_id: int | None


NOTED = "audit.noted"

_key: bytes = b""
address_of_request: ContextVar[str] = ContextVar("address_of_request", default="")


def use_audit_key(key: bytes) -> None:
    """Make ``key`` the key of the chain in this process; it lives outside the database."""
    global _key
    _key = key


def record(
    session: Session,
    *,
    action: str,
    subject: Base | str,
    by: Actor | None,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
    review_id: int | None = None,
) -> AuditRow:
    """Add one row to the log, in the caller's transaction: if it fails, the change fails with it.

    ``action`` is ``<subject>.<verb>``; ``subject`` a stored object (named ``table:id``) or such a name;
    ``before``/``after`` hold plain JSON and never secret content (class L3) but its hash.
    """
    if not _key:
        raise RuntimeError("no audit key: call use_audit_key() when the process starts")
    session.flush()
    head = locked_head(session)
    row = AuditRow(
        id=head.row_id + 1,
        at=now,
        person_id=by.id if by else None,
        address=address_of_request.get(),
        action=action,
        subject=subject if isinstance(subject, str) else name_of(subject),
        review_id=review_id,
        before=before,
        after=after,
        reason=reason,
    )
    row.digest = digest(head.digest, content(row), _key)
    head.row_id, head.digest = row.id, row.digest
    session.add(row)
    session.flush()
    session.info.setdefault(NOTED, []).append(Noted(action, row.subject, review_id, row.person_id))
    return row


def noted(session: Session) -> list[Noted]:
    """What was recorded through this session since it was last asked; asking empties the list. A rolled back
    savepoint may leave entries of things that did not come about."""
    found: list[Noted] = session.info.pop(NOTED, [])
    return found


def name_of(subject: Base) -> str:
    return f"{subject.__tablename__}:{getattr(subject, 'id', '')}"


def locked_head(session: Session) -> AuditHead:
    one_at_a_time(session, "audit")
    head = session.get(AuditHead, 1, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, row_id=0, digest=START)
        session.add(head)
    return head


def content(row: AuditRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in COVERED}
    return {**values, "at": row.at.astimezone(UTC).isoformat(timespec="microseconds")}


def verify_log(session: Session) -> Verdict:
    """Check the whole log against its chain and its head."""
    head = session.get(AuditHead, 1)
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000))
    walked = ({**content(row), "digest": row.digest} for row in rows)
    return verify(walked, (head.row_id, head.digest) if head else None, _key)
