"""Who may fill, see and open evaluation forms. Independence of experts: before every member of the panel has
signed, nobody learns anything of another's form — not even whether it is signed (评议秘密)."""

from collections.abc import Iterable

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.evaluations.models import EvalForm
from review_app.evaluations.states import FormState
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.rules import access_of, can_audit_secrets, can_read_secrets, is_panel_member
from review_app.reviews.states import AFTER_ISSUE, ReviewState

# from here on a member who is lost is not replaced any more
AFTER_BALLOTS = AFTER_ISSUE | {ReviewState.OPINION, ReviewState.SIGNOFF}


def seats_of(review: CaseReview) -> list[ReviewAccess]:
    """The seats of the present panel, whether or not the conflict statement is signed."""
    return [seat for seat in review.accesses if seat.ended_at is None]


def all_signed(review: CaseReview, forms: Iterable[EvalForm]) -> bool:
    """Whether every seat of the panel is filled and every member has signed a form. An empty seat keeps the
    forms shut: its substitute must read as freely as the others did."""
    seats = seats_of(review)
    signed = {form.access_id for form in forms if form.state is FormState.SIGNED}
    full = len(seats) >= review.size or review.state in AFTER_BALLOTS
    return bool(seats) and full and all(seat.id in signed for seat in seats)


def holds(person: Person, form: EvalForm) -> bool:
    """The form of this person's present seat."""
    seat = access_of(person, form.review)
    return seat is not None and seat.id == form.access_id


def can_open_desk(person: Person, review: CaseReview) -> bool:
    """The own form, to fill or to read."""
    return is_panel_member(person, review)


def can_fill(person: Person, form: EvalForm) -> bool:
    """One's own draft, while the review is being read."""
    own = holds(person, form) and is_panel_member(person, form.review)
    return own and form.state is FormState.DRAFT and form.review.state is ReviewState.READING


def outside_reviewed_org(person: Person, review: CaseReview) -> bool:
    """Nobody of the reviewed organ who was not drawn ever reads class L3."""
    return person.organisation_id != review.legal_case.reviewed_org_id


def can_see_others(person: Person, review: CaseReview, forms: Iterable[EvalForm]) -> bool:
    """The signed forms of all members: panel and secretary once all have signed, the coordinator after
    closing. Leaders never."""
    if person.has(Role.COORD) and review.state is ReviewState.CLOSED:
        return outside_reviewed_org(person, review)
    return can_read_secrets(person, review) and all_signed(review, forms)


def can_audit_forms(person: Person, review: CaseReview) -> bool:
    """The auditor, after closing, with a written reason that is logged."""
    return can_audit_secrets(person, review)


def can_see_form(person: Person, form: EvalForm, forms: Iterable[EvalForm]) -> bool:
    """One form: the own one always, others as ``can_see_others`` says. A draft is never anybody else's."""
    own = holds(person, form) and is_panel_member(person, form.review)
    shown = form.state is FormState.SIGNED and can_see_others(person, form.review, forms)
    return own or shown


TAKING_BACK = frozenset({ReviewState.READING, ReviewState.DRAFT})
"""until the findings leave the panel a signed form may be taken back; afterwards others have built on it"""


def can_ask_withdrawal(person: Person, form: EvalForm) -> bool:
    """Take back one's own signed form, with the consent of the head of the office."""
    own = holds(person, form) and is_panel_member(person, form.review)
    return own and form.state is FormState.SIGNED and form.review.state in TAKING_BACK


def can_decide_withdrawals(person: Person) -> bool:
    """The head of the office; he reads the reason, not whose form it is nor a word of it."""
    return person.has(Role.LEADER)


def can_decide_withdrawal(person: Person, form: EvalForm) -> bool:
    """One request: never in a review of his own organ or his own panel."""
    strange = outside_reviewed_org(person, form.review) and not is_panel_member(person, form.review)
    return can_decide_withdrawals(person) and strange and form.review.state in TAKING_BACK


def can_follow_reading(person: Person, review: CaseReview) -> bool:
    """Whether the reading is done, and – only after its last day – who is late, so that a substitute can be
    called. The coordinator alone."""
    return person.has(Role.COORD) and review.state is ReviewState.READING
