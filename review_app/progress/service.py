"""Moving a review on: who may, what is still missing, by when the next state should be left."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.clocks import calendar
from review_app.clocks.computation import working_days_after
from review_app.errors import NotAllowed, ReviewError
from review_app.progress.guards import ENTERING, LEAVING
from review_app.reviews.lacks import Missing
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.moves import move
from review_app.reviews.rules import can_move
from review_app.reviews.states import STATE_LABELS, ReviewState, steps_from

S = ReviewState
INTERRUPTIONS = frozenset({S.SUSPENDED, S.WITHDRAWN, S.REOPENED})


def missing(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What the review still lacks to leave its state; empty when it may go on."""
    guard = LEAVING.get(review.state)
    return guard(session, review, now=now) if guard else []


def steps_for(person: Person, review: CaseReview) -> list[ReviewState]:
    """The states to which this person may take the review, in the order of the process."""
    onward = steps_from(review.state, review.suspended_from)
    return [state for state in S if state in onward and can_move(person, review, state)]


def advance(
    session: Session, review: CaseReview, to: ReviewState, *, by: Person, now: datetime, reason: str = ""
) -> StateChange:
    """Take the review to ``to`` and do what entering it means.

    Raises NotAllowed, and ReviewError with the list of what is missing, for a step that the table of states
    does not have, or when an interruption has no reason.
    """
    if not can_move(by, review, to):
        raise NotAllowed
    before = review.state
    if to in INTERRUPTIONS and not reason.strip():
        raise ReviewError("请写明%(step)s的理由。", step=STATE_LABELS[to])
    if to not in INTERRUPTIONS and before is not S.SUSPENDED and to in steps_from(before):
        require_nothing_missing(session, review, to, now=now)
    change = move(session, review, to, by=by, now=now, reason=reason.strip(), due_on=due_day(review, to, now))
    if before is not S.SUSPENDED:
        for entry in ENTERING.get(to, ()):
            entry(session, review, by=by, now=now)
    return change


def require_nothing_missing(session: Session, review: CaseReview, to: ReviewState, *, now: datetime) -> None:
    lacks = missing(session, review, now=now)
    if lacks:
        what = "；".join(str(lack).rstrip("。") for lack in lacks)
        raise ReviewError("还不能进入“%(to)s”：%(what)s。", to=STATE_LABELS[to], what=what)


def due_day(review: CaseReview, state: ReviewState, now: datetime) -> date | None:
    """The day by which ``state``, entered now, should be left (rule file, working days of the State
    Council's calendar; the reply of the organ and the follow-up run in calendar days)."""
    time = rulebook.load(review.rule_version).time
    recusal = rulebook.load(review.rule_version).recusal
    today = local_day(now)
    calendar_days = {S.RECTIFY: time.rectify_days, S.FOLLOWUP: time.followup_days}
    working_days = {**time.state_wd, S.NOTICE: recusal.petitioner_window_wd, S.HEARING: time.objection_wd}
    if state in calendar_days:
        return date.fromordinal(today.toordinal() + calendar_days[state])
    if state in working_days:
        return working_days_after(today, working_days[state], calendar.load()).on
    return None
