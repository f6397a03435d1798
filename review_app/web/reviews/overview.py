"""What the page of one review shows besides its facts: where it stands and how it came there."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.errors import N_
from review_app.reviews.lacks import LEADER, LIAISON, Missing, without_secrets
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.rules import can_read_secrets, is_leader, is_liaison, is_panel_member
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


def sees_inside(person: Person, review: CaseReview) -> bool:
    """The office and the panel follow the work; everybody else learns the state and the days alone."""
    return person.has(Role.COORD, Role.SECRETARY) or is_panel_member(person, review)


def lacks_for(person: Person, review: CaseReview, lacks: list[Missing]) -> list[Missing]:
    """What is missing, as far as this person may know: those outside the office and the panel see only what
    is asked of themselves."""
    lacks = lacks if can_read_secrets(person, review) else without_secrets(lacks)
    if person.has(Role.COORD, Role.SECRETARY):
        return lacks
    lacks = [lack for lack in lacks if not lack.office_only or is_leader(person, review)]
    if sees_inside(person, review):
        return lacks
    own = {LIAISON: is_liaison(person, review), LEADER: is_leader(person, review)}
    return [lack for lack in lacks if own.get(lack.who, False)]


STEP_WORDS = {
    ReviewState.INTAKE: N_("立项"),
    ReviewState.SIGNOFF: N_("提交签发"),
    ReviewState.ISSUED: N_("签发"),
    ReviewState.CLOSED: N_("归档"),
    ReviewState.ESCALATED: N_("提级"),
}

INTERRUPTIONS = {
    ReviewState.SUSPENDED: N_("中止评查"),
    ReviewState.WITHDRAWN: N_("撤销该项目"),
    ReviewState.REOPENED: N_("启动重新评查"),
}


@dataclass(frozen=True)
class Move:
    """One step this person may take. A step that needs a reason opens a small form."""

    to: ReviewState
    words: str
    needs_reason: bool
    ready: bool


def moves(review: CaseReview, steps: list[ReviewState], lacks: list[Missing]) -> list[Move]:
    """Steps in the order of the process; going on needs that nothing is missing, an interruption a reason."""
    return [move(review, to, lacks) for to in steps]


def move(review: CaseReview, to: ReviewState, lacks: list[Missing]) -> Move:
    label = gettext(STATE_LABELS[to])
    if to in INTERRUPTIONS:
        return Move(to, gettext(INTERRUPTIONS[to]), needs_reason=True, ready=True)
    if review.state is ReviewState.SUSPENDED:
        return Move(to, gettext("恢复到“%(state)s”", state=label), needs_reason=False, ready=True)
    back = to in MAIN_LINE and MAIN_LINE.index(to) < place_of(review)
    onward = gettext(STEP_WORDS[to]) if to in STEP_WORDS else gettext("进入“%(state)s”", state=label)
    words = gettext("退回“%(state)s”", state=label) if back else onward
    return Move(to, words, needs_reason=back, ready=back or not lacks)


@dataclass(frozen=True)
class Past:
    """One step of the history."""

    label: str
    at: datetime
    reason: str
    due_on: date | None


def history(person: Person, review: CaseReview) -> list[Past]:
    """Every step, newest first; reasons for those who follow the work."""
    inside = sees_inside(person, review) or is_leader(person, review)
    return [past(change, inside=inside) for change in reversed(review.changes)]


def past(change: StateChange, *, inside: bool) -> Past:
    reason = change.reason if inside else ""
    return Past(gettext(STATE_LABELS[change.to_state]), change.created_at, reason, change.due_on)
