"""What the page of one review shows besides its facts: where it stands and how it came there."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import MAIN_LINE, STATE_LABELS, ReviewState

# where a state beside the line stands on it
STANDS_AT = {ReviewState.ESCALATED: ReviewState.DELIBERATION, ReviewState.REOPENED: ReviewState.DRAW}


@dataclass(frozen=True)
class Step:
    """One state on the track: done, now or todo."""

    label: str
    status: str
    note: str = ""


def track(review: CaseReview) -> list[Step]:
    """The main line with the review's place on it. A state beside the line is named at the place it left."""
    here = place_of(review)
    return [
        Step(gettext(STATE_LABELS[state]), status(index, here), beside(review) if index == here else "")
        for index, state in enumerate(MAIN_LINE)
    ]


def place_of(review: CaseReview) -> int:
    state = review.suspended_from or review.state
    if state is ReviewState.WITHDRAWN:
        state = review.changes[-1].from_state or ReviewState.DUE if review.changes else ReviewState.DUE
    return MAIN_LINE.index(STANDS_AT.get(state, state))


def status(index: int, here: int) -> str:
    return "done" if index < here else "now" if index == here else "todo"


def beside(review: CaseReview) -> str:
    return "" if review.state in MAIN_LINE else gettext(STATE_LABELS[review.state])


@dataclass(frozen=True)
class Past:
    """One step of the history."""

    label: str
    at: datetime
    reason: str
    due_on: date | None


def history(review: CaseReview) -> list[Past]:
    """Every step, newest first."""
    return [past(change) for change in reversed(review.changes)]


def past(change: StateChange) -> Past:
    return Past(gettext(STATE_LABELS[change.to_state]), change.created_at, change.reason, change.due_on)
