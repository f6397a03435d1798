"""Keeping the library right: correcting what is said of a case, withdrawing a case, taking that back."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.precedents.drafts import Draft, year_of
from review_app.precedents.models import Precedent
from review_app.precedents.rules import can_import_precedents, can_read_precedent
from review_app.precedents.states import Stage, Tier, Withdrawal

LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Details:
    """What is said of a case beside its text, and can be corrected."""

    title: str
    case_no: str
    organ: str
    doc_type: str
    stage: Stage | None
    decided_on: date | None
    causes: tuple[str, ...]
    outcome: str
    holding: str
    source_tier: Tier
    licence_note: str

    @property
    def year(self) -> int | None:
        return year_of(self.decided_on, self.case_no)


def details_of(case: Precedent | Draft) -> Details:
    return Details(
        title=case.title, case_no=case.case_no, organ=case.organ, doc_type=case.doc_type, stage=case.stage,
        decided_on=case.decided_on, causes=tuple(case.causes), outcome=case.outcome, holding=case.holding,
        source_tier=case.source_tier, licence_note=case.licence_note,
    )  # fmt: skip


def correct_precedent(
    session: Session,
    precedent: Precedent,
    details: Details,
    *,
    reason: str,
    seen: int,
    by: Person,
    now: datetime,
) -> None:
    """Correct what is said of a case. The text never changes, so citations stay true; the index takes the correction
    over with the next job. ``seen`` is the ``row_version`` the person had before them: EditConflict when somebody saved
    meanwhile. What changed is in the audit log, with the reason."""
    must_keep(precedent, by)
    before = details_of(precedent)
    if seen != precedent.row_version:
        raise EditConflict(theirs=in_words(before))
    changed = [
        field.name for field in fields(Details) if getattr(before, field.name) != getattr(details, field.name)
    ]
    if not changed:
        raise ReviewError(N_("没有改动。"))
    for name in changed:
        value = getattr(details, name)
        setattr(precedent, name, list(value) if isinstance(value, tuple) else value)
    if {"decided_on", "case_no"} & set(changed):
        precedent.year = details.year or precedent.year
    precedent.indexed_at = None
    record(
        session, action="precedents.correct", subject=precedent, by=by, now=now, reason=checked(reason),
        before={name: in_words(before)[name] for name in changed},
        after={name: in_words(details)[name] for name in changed},
    )  # fmt: skip


def in_words(details: Details) -> dict[str, Any]:
    values = {field.name: getattr(details, field.name) for field in fields(Details)}
    return {
        name: "\n".join(value) if isinstance(value, tuple) else str(value or "")
        for name, value in values.items()
    }


def withdraw_precedent(
    session: Session, precedent: Precedent, *, why: Withdrawal, note: str, by: Person, now: datetime
) -> None:
    """Take a case out of the library: it is no longer found or cited, the words cited from it stay. One withdrawn for the
    sake of personal data is not shown any more either. All versions of a case go together."""
    must_keep(precedent, by)
    if precedent.withdrawn_at is not None:
        raise ReviewError(N_("这件案例已经撤下。"))
    note = checked(note)
    for version in versions_of(session, precedent):
        version.withdrawn_at, version.withdrawal, version.withdrawal_note = now, why, note
        version.indexed_at = None
    record(
        session,
        action="precedents.withdraw",
        subject=precedent,
        by=by,
        now=now,
        reason=note,
        after={"why": str(why)},
    )


def restore_precedent(
    session: Session, precedent: Precedent, *, reason: str, by: Person, now: datetime
) -> None:
    """Take a withdrawal back."""
    if not can_import_precedents(by):
        raise NotAllowed
    if precedent.withdrawn_at is None:
        raise ReviewError(N_("这件案例没有撤下。"))
    for version in versions_of(session, precedent):
        version.withdrawn_at, version.withdrawal, version.withdrawal_note = None, None, ""
        version.indexed_at = None
    record(session, action="precedents.restore", subject=precedent, by=by, now=now, reason=checked(reason))


def versions_of(session: Session, precedent: Precedent) -> list[Precedent]:
    return session.query(Precedent).filter_by(identity=precedent.identity).order_by(Precedent.version).all()


def must_keep(precedent: Precedent, by: Person) -> None:
    """Cases made from a review of this platform are kept by their own procedure."""
    if not can_import_precedents(by) or not can_read_precedent(by, precedent):
        raise NotAllowed
    if precedent.source_review_id is not None:
        raise ReviewError(N_("这件案例由本平台的评查形成，请在该评查的案例页面处理。"))


def checked(reason: str) -> str:
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ReviewError(N_("请写明理由（不超过%(most)s个字）。"), most=LONGEST_REASON)
    return reason
