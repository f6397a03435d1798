"""Reading the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow

PER_PAGE = 50


@dataclass(frozen=True)
class LogFilter:
    """What the reader asks for; empty values do not narrow. ``action`` is a whole action or its first part
    (``form`` finds ``form.sign``); ``since`` is included, ``until`` is not."""

    review_id: int | None = None
    person_id: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


def narrowed(wanted: LogFilter) -> Select[AuditRow]:
    chosen = select(AuditRow)
    if wanted.review_id is not None:
        chosen = chosen.where(AuditRow.review_id == wanted.review_id)
    if wanted.person_id is not None:
        chosen = chosen.where(AuditRow.person_id == wanted.person_id)
    if wanted.action:
        part = AuditRow.action.startswith(f"{wanted.action}.", autoescape=True)
        chosen = chosen.where((AuditRow.action == wanted.action) | part)
    if wanted.since is not None:
        chosen = chosen.where(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        chosen = chosen.where(AuditRow.at < wanted.until)
    return chosen


def logged(session: Session, wanted: LogFilter, *, page: int = 1) -> tuple[Sequence[AuditRow], int]:
    """One page of the log, newest first, and how many rows there are in all."""
    chosen = narrowed(wanted)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(AuditRow.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return session.scalars(ordered).all(), total


def actions_logged(session: Session) -> list[str]:
    """Every action that occurs, for the filter."""
    return list(session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action)))


def readings(session: Session) -> Sequence[AuditRow]:
    """Every reading of class L3 by an auditor, newest first."""
    read = select(AuditRow).where(AuditRow.action.endswith(".audit-read"))
    return session.scalars(read.order_by(AuditRow.id.desc())).all()
