"""Who may see and do what with a review. Each rule is one line over the person's roles, the panel seats
(``review.accesses``) and the state; pages, lists, search, downloads and buttons ask the same rule."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import AccessStage, Capacity, ReviewState

OVERSEERS = (
    Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR,
)  # fmt: skip
BEFORE_FILES = (ReviewState.DUE, ReviewState.INTAKE)


def access_of(person: Person, review: CaseReview) -> ReviewAccess | None:
    """The person's seat on the present panel, if it has not ended."""
    seats = (access for access in review.accesses if access.person_id == person.id)
    return next((seat for seat in seats if seat.ended_at is None), None)


def is_coordinator(person: Person, review: CaseReview) -> bool:
    return person.has(Role.COORD)


def is_secretary(person: Person, review: CaseReview) -> bool:
    return person.has(Role.SECRETARY)


def is_leader(person: Person, review: CaseReview) -> bool:
    return person.has(Role.LEADER)


def is_liaison(person: Person, review: CaseReview) -> bool:
    """Speaks for the reviewed organ; the review becomes known to it when files are asked for."""
    return person.liaison_of(review.legal_case.reviewed_org_id) and review.state not in BEFORE_FILES


def is_invited(person: Person, review: CaseReview) -> bool:
    """Drawn, whether or not the statement is signed."""
    return access_of(person, review) is not None


def is_panel_member(person: Person, review: CaseReview) -> bool:
    """Drawn and the conflict statement signed: the file is open to this person."""
    seat = access_of(person, review)
    return seat is not None and seat.stage is AccessStage.FULL


def is_lead(person: Person, review: CaseReview) -> bool:
    seat = access_of(person, review)
    return is_panel_member(person, review) and seat is not None and seat.capacity is Capacity.LEAD


def is_chair(person: Person, review: CaseReview) -> bool:
    seat = access_of(person, review)
    return is_panel_member(person, review) and seat is not None and seat.capacity is Capacity.CHAIR


def can_see(person: Person, review: CaseReview) -> bool:
    """That the review exists, its number, state and summary."""
    return person.has(*OVERSEERS) or is_liaison(person, review) or is_invited(person, review)


def can_register(person: Person) -> bool:
    """Create a review."""
    return person.has(Role.COORD)


def can_edit_registration(person: Person, review: CaseReview) -> bool:
    return is_coordinator(person, review) and review.state in BEFORE_FILES


def can_see_case(person: Person, review: CaseReview) -> bool:
    """The legal case with its parties (masked or not): not before the conflict statement is signed."""
    return can_see(person, review) and (
        person.has(*OVERSEERS) or is_liaison(person, review) or is_panel_member(person, review)
    )


def can_see_names(person: Person, review: CaseReview) -> bool:
    """Names of petitioner and parties in full; others who may see the case read 秦某田."""
    named = person.has(Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD)
    return named or is_panel_member(person, review)


def can_list_files(person: Person, review: CaseReview) -> bool:
    """The index of the file: volumes, names, pages, hashes."""
    listed = person.has(Role.COORD, Role.SECRETARY)
    return listed or is_liaison(person, review) or is_panel_member(person, review)


def can_upload_files(person: Person, review: CaseReview) -> bool:
    keepers = is_coordinator(person, review) or is_liaison(person, review)
    return keepers and review.state not in (ReviewState.CLOSED, ReviewState.WITHDRAWN)


def can_read_files(person: Person, review: CaseReview) -> bool:
    """The text and the originals: the panel alone (the auditor asks separately, after closing)."""
    return is_panel_member(person, review)


def can_read_secrets(person: Person, review: CaseReview) -> bool:
    """Class L3: deliberation, ballots, dissents. The panel and the secretary, never anybody of the
    reviewed organ who was not drawn."""
    outside = person.organisation_id != review.legal_case.reviewed_org_id
    return is_panel_member(person, review) or (person.has(Role.SECRETARY) and outside)


def can_audit_secrets(person: Person, review: CaseReview) -> bool:
    """The auditor reads class L3 after closing, with a written reason that is logged."""
    return person.has(Role.AUDITOR) and review.state is ReviewState.CLOSED


def can_move(person: Person, review: CaseReview, to: ReviewState) -> bool:
    """Take the review to another state. The chair suspends, escalates and opens the opinion; the lead hands
    in draft and opinion; the leader releases or returns; everything else is the coordinator's, also
    withdrawing and sending back to reading when a member was replaced."""
    if to is ReviewState.SUSPENDED:
        return is_chair(person, review) or is_coordinator(person, review)
    if to in (ReviewState.WITHDRAWN, ReviewState.READING):
        return is_coordinator(person, review)
    if review.state in (ReviewState.DRAFT, ReviewState.OPINION):
        return is_lead(person, review) or is_chair(person, review)
    if review.state is ReviewState.DELIBERATION:
        return is_chair(person, review)
    if review.state is ReviewState.SIGNOFF:
        return person.has(Role.LEADER)
    return is_coordinator(person, review)
