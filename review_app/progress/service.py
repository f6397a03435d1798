"""Moving a review on: who may, what is still missing, by when the next state should be left."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.clocks.calendar import working_calendar
from review_app.clocks.computation import add_working_days
from review_app.deliberations.queries import ways_on
from review_app.errors import NotAllowed, ReviewError
from review_app.evaluations.service import all_signed
from review_app.progress.guards import ENTERING, LEAVING
from review_app.reviews.lacks import Missing, without_secrets
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.moves import move
from review_app.reviews.rules import can_move, can_read_secrets
from review_app.reviews.states import STATE_LABELS, ReviewState, steps_from

S = ReviewState
INTERRUPTIONS = frozenset({S.SUSPENDED, S.WITHDRAWN, S.REOPENED})
AFTER_READING = frozenset({S.DRAFT, S.HEARING, S.DELIBERATION})


def missing(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What the review still lacks to leave its state; empty when it may go on."""
    guard = LEAVING.get(review.state)
    return guard(session, review, now=now) if guard else []


def onward(session: Session, review: CaseReview) -> frozenset[ReviewState]:
    """The states to which the review may go as things stand: an escalated review only the way that was
    chosen, and back to reading only while a new member has not read."""
    steps = steps_from(review.state, review.suspended_from)
    if review.state is S.ESCALATED:
        steps &= INTERRUPTIONS | ways_on(session, review)
    if review.state in AFTER_READING and all_signed(session, review):
        steps -= {S.READING}
    return steps


def steps_for(session: Session, person: Person, review: CaseReview) -> list[ReviewState]:
    """The states to which this person may take the review, in the order of the process."""
    possible = onward(session, review)
    return [state for state in S if state in possible and can_move(person, review, state)]


def advance(
    session: Session, review: CaseReview, to: ReviewState, *, by: Person, now: datetime, reason: str = ""
) -> StateChange:
    """Take the review to ``to`` and do what entering it means.

    Raises NotAllowed, and ReviewError with the list of what is missing, for a step that is not open, or when
    an interruption or a return has no reason.
    """
    if not can_move(by, review, to):
        raise NotAllowed
    before = review.state
    if to in INTERRUPTIONS or is_return(before, to):
        require_reason(to, reason)
    elif before is not S.SUSPENDED and to in steps_from(before):
        require_nothing_missing(session, review, to, by=by, now=now)
    if to in steps_from(before) and to not in onward(session, review):
        raise ReviewError("评查项目现在不能转到“%(to)s”。请按已选择的办法继续。", to=STATE_LABELS[to])
    change = move(session, review, to, by=by, now=now, reason=reason.strip(), due_on=due_day(review, to, now))
    if before is not S.SUSPENDED:
        for entry in ENTERING.get(to, ()):
            entry(session, review, by=by, now=now)
    return change


def is_return(before: ReviewState, to: ReviewState) -> bool:
    return (to is S.READING and before in AFTER_READING) or (before is S.SIGNOFF and to is S.OPINION)


def require_reason(to: ReviewState, reason: str) -> None:
    if not reason.strip():
        raise ReviewError("请写明%(step)s的理由。", step=STATE_LABELS[to])


def require_nothing_missing(
    session: Session, review: CaseReview, to: ReviewState, *, by: Person, now: datetime
) -> None:
    lacks = missing(session, review, now=now)
    if lacks:
        told = lacks if can_read_secrets(by, review) else without_secrets(lacks)
        what = "；".join(str(lack).rstrip("。") for lack in told)
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
        return add_working_days(today, working_days[state], working_calendar())
    return None
