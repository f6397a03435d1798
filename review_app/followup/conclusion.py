"""How it ends: resolution records, their reopening, the file prepared for a termination."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.followup.models import Evidence, ResolutionRecord, TerminationFile
from review_app.followup.queries import resolutions_of, termination_of
from review_app.followup.resolving import ResolutionFacts, Unproven, is_ready, may_reopen, unproven
from review_app.followup.rules import can_follow_up
from review_app.followup.states import TerminationCheck
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Resolution
from review_app.rulebook import load


def lacks_of_resolution(
    session: Session,
    review: CaseReview,
    facts: ResolutionFacts,
    *,
    proof: bool,
    interview: bool,
    now: datetime,
) -> list[Unproven]:
    """What a resolution record still has to prove. ``proof`` and ``interview`` tell whether files are there."""
    file = termination_of(session, review)
    whole = replace(
        facts,
        proof=proof,
        interview_record=interview,
        termination_ready=file is not None and is_ready(file.checks, file.organ, file.handed_over_on),
    )
    return unproven(whole, today=local_day(now))


def record_resolution(
    session: Session,
    review: CaseReview,
    facts: ResolutionFacts,
    *,
    proof: Evidence | None = None,
    interview: Evidence | None = None,
    by: Person,
    now: datetime,
) -> ResolutionRecord:
    """Put down how the dispute stands. Earlier records stay. Raises ReviewError with the first thing that is
    not proven."""
    if not can_follow_up(by, review):
        raise NotAllowed
    lacks = lacks_of_resolution(
        session, review, facts, proof=proof is not None, interview=interview is not None, now=now
    )
    for lack in lacks:
        raise ReviewError(lack.sentence)
    assert facts.happened_on is not None  # noqa: S101 - proven above
    resolved = facts.resolution is Resolution.RESOLVED
    row = ResolutionRecord(
        review_id=review.id, resolution=facts.resolution, basis=facts.basis if resolved else None,
        happened_on=facts.happened_on, note=facts.note.strip(), document_no=facts.document_no.strip(),
        confirmed=facts.confirmed and resolved, remedies_told_on=facts.remedies_told_on,
        interview_on=facts.interview_on, evidence=proof, interview=interview,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(row)
    before, review.resolution = review.resolution, facts.resolution
    session.flush()
    record(
        session, action="resolution.record", subject=row, by=by, now=now, review_id=review.id,
        before={"resolution": before}, after={"resolution": facts.resolution, "basis": row.basis},
    )  # fmt: skip
    return row


def reopen_resolution(
    session: Session, review: CaseReview, *, petitioned_on: date, reason: str, by: Person, now: datetime
) -> ResolutionRecord:
    """The matter is petitioned again on the same facts within the window of the rules: it does not count as
    resolved any more. Raises ReviewError outside the window."""
    if not can_follow_up(by, review):
        raise NotAllowed
    latest = next(iter(resolutions_of(session, review)), None)
    if latest is None or latest.resolution is not Resolution.RESOLVED or latest.reopened_at is not None:
        raise ReviewError(N_("该项目没有可以恢复的化解记录。"))
    if not reason.strip() or petitioned_on > local_day(now):
        raise ReviewError(N_("请填写再次信访的日期（不晚于今天）和事由。"))
    months = load(review.rule_version).time.reopen_window_months
    if not may_reopen(latest.happened_on, petitioned_on, months=months):
        raise ReviewError(
            N_("再次信访不在化解后%(months)d个月内，不恢复原记录；请按新的信访事项登记。"), months=months
        )
    latest.reopened_at, latest.reopened_petition_on = now, petitioned_on
    latest.reopened_reason = reason.strip()
    review.resolution = Resolution.OPEN
    record(
        session, action="resolution.reopen", subject=latest, by=by, now=now, review_id=review.id,
        before={"resolution": Resolution.RESOLVED}, after={"resolution": Resolution.OPEN},
    )  # fmt: skip
    return latest


def save_termination(
    session: Session,
    review: CaseReview,
    *,
    checks: Mapping[TerminationCheck, tuple[bool, str]],
    organ: str,
    handed_over_on: date | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> TerminationFile:
    """Keep the checklist of a termination file. The platform prepares; whether to terminate is decided by the
    competent organ alone."""
    if not can_follow_up(by, review):
        raise NotAllowed
    if handed_over_on is not None and handed_over_on > local_day(now):
        raise ReviewError(N_("移送日期不能晚于今天。"))
    rows = {str(check): {"met": met, "note": note.strip()} for check, (met, note) in checks.items()}
    if handed_over_on is not None and not is_ready(rows, organ.strip(), handed_over_on):
        raise ReviewError(N_("终结材料清单各项均须核实并写明依据、填写移送机关后，才能登记移送。"))
    file = termination_of(session, review)
    if file is None:
        file = TerminationFile(review_id=review.id, round=review.round, created_at=now, created_by_id=by.id)
        session.add(file)
    elif file.row_version != seen_version:
        raise EditConflict(theirs={"checks": file.checks, "organ": file.organ})
    file.checks, file.organ, file.handed_over_on = rows, organ.strip(), handed_over_on
    session.flush()
    record(
        session, action="termination.save", subject=file, by=by, now=now, review_id=review.id,
        after={"met": [name for name, row in file.checks.items() if row["met"]], "handed_over": bool(handed_over_on)},
    )  # fmt: skip
    return file
