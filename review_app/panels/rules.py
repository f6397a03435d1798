"""Who may do what with a panel: pure predicates over person, review and panel."""

from datetime import date

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.panels.models import (
    ConflictOpinion,
    ConflictTask,
    Panel,
    PanelDraw,
    PanelMember,
    Recusal,
)
from review_app.panels.states import (
    SEATED,
    Applicant,
    DrawState,
    OpinionState,
    RecusalState,
    SeatRole,
    SeatState,
)
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import OVERSEERS, can_see, is_coordinator, is_liaison, is_panel_member
from review_app.reviews.states import ReviewState

WITNESSES = (Role.COORD, Role.SECRETARY, Role.SUPERVISOR)
BEFORE_BALLOTS = (
    ReviewState.DRAW, ReviewState.NOTICE, ReviewState.READING, ReviewState.DRAFT, ReviewState.HEARING,
    ReviewState.DELIBERATION, ReviewState.ESCALATED,
)  # fmt: skip


def of_reviewed_organ(person: Person, review: CaseReview) -> bool:
    organ = review.legal_case.reviewed_org_id
    return person.organisation_id == organ or person.liaison_of(organ)


def can_see_panel(person: Person, review: CaseReview) -> bool:
    """Names and units of the panel: office and oversight always; signed members; the reviewed organ once
    the names were announced (its route checks that there is something to see)."""
    return can_see(person, review) and (
        person.has(*OVERSEERS) or is_panel_member(person, review) or is_liaison(person, review)
    )


def can_see_names_of(person: Person, review: CaseReview, panel: Panel) -> bool:
    """Whether this panel's names are open to the person: the organ reads them from the announcement on."""
    inside = person.has(*OVERSEERS) or is_panel_member(person, review)
    return inside or (is_liaison(person, review) and panel.announced_at is not None)


def can_open_draw(person: Person, review: CaseReview) -> bool:
    return (
        is_coordinator(person, review)
        and review.state is ReviewState.DRAW
        and not of_reviewed_organ(person, review)
    )


def can_type_nonce(person: Person, draw: PanelDraw) -> bool:
    """Only who opened the draw goes on with it."""
    return can_open_draw(person, draw.review) and draw.drawn_by_id == person.id


def may_ever_witness(person: Person, draw: PanelDraw) -> bool:
    """Another person than who draws, of the office or supervision, not of the reviewed organ."""
    return (
        person.id != draw.drawn_by_id
        and person.disabled_at is None
        and person.has(*WITNESSES)
        and not of_reviewed_organ(person, draw.review)
    )


def can_witness(person: Person, draw: PanelDraw) -> bool:
    return may_ever_witness(person, draw) and draw.state is DrawState.AWAITING_WITNESS


def can_see_draw(person: Person, review: CaseReview) -> bool:
    """The record of a draw: those who run it and those who oversee it."""
    return person.has(*OVERSEERS)


def can_see_evidence(person: Person, review: CaseReview) -> bool:
    """Why somebody must be recused: the coordinator (and the expert for himself), never panel peers."""
    return is_coordinator(person, review) or person.has(Role.AUDITOR)


def can_decide_conflicts(person: Person, review: CaseReview) -> bool:
    """Give the first opinion on a possible conflict, before the draw and while the panel works."""
    return (
        is_coordinator(person, review)
        and review.state in BEFORE_BALLOTS
        and not of_reviewed_organ(person, review)
    )


def may_ever_second(person: Person, opinion: ConflictOpinion, member: PanelMember | None) -> bool:
    """Whose word makes an opinion a decision: never who gave it, never the expert, never somebody of the
    reviewed organ. For a member the head of the office, for the chair the committee's head; for the pool
    before a draw another coordinator too."""
    if person.id in (opinion.by_id, opinion.expert.person_id) or of_reviewed_organ(person, opinion.review):
        return False
    if member is not None and member.is_seated:
        return person.has(Role.COMMITTEE_HEAD if member.role is SeatRole.CHAIR else Role.LEADER)
    return person.has(Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD)


def can_second(person: Person, opinion: ConflictOpinion, member: PanelMember | None) -> bool:
    waits = opinion.state is OpinionState.PROPOSED and opinion.review.state in BEFORE_BALLOTS
    return waits and may_ever_second(person, opinion, member)


def can_see_opinion(person: Person, opinion: ConflictOpinion, member: PanelMember | None) -> bool:
    """The coordinators, the auditor, and who may say the second word or said it."""
    said = opinion.second_id is not None and opinion.second_id == person.id
    return can_see_evidence(person, opinion.review) or said or may_ever_second(person, opinion, member)


def can_settle_task(person: Person, task: ConflictTask) -> bool:
    return is_coordinator(person, task.review) and not of_reviewed_organ(person, task.review)


def can_edit_people(person: Person, review: CaseReview) -> bool:
    """Enter and correct the people of the case after the registration is closed, while the review runs."""
    over = (ReviewState.CLOSED, ReviewState.WITHDRAWN)
    return is_coordinator(person, review) and review.state not in over


def is_expert(person: Person) -> bool:
    """Has a page with his own recusal checks."""
    return person.has(Role.EXPERT)


def can_count_unchecked(person: Person) -> bool:
    """How much could not be checked, over all running reviews."""
    return person.has(Role.COORD, Role.AUDITOR)


def can_answer(person: Person, member: PanelMember) -> bool:
    """Sign, accept or decline: only the drawn expert for himself."""
    return member.person_id == person.id and member.status in (SeatState.INVITED, SeatState.STATED)


def can_tell(person: Person, review: CaseReview) -> bool:
    """Record that the petitioner or the organ was told the names."""
    return is_coordinator(person, review) and review.state in BEFORE_BALLOTS


def can_request_recusal(person: Person, review: CaseReview) -> bool:
    """The organ through its liaison; the coordinator writes down what the petitioner asks."""
    return review.state is ReviewState.NOTICE and (
        is_coordinator(person, review) or is_liaison(person, review)
    )


def may_apply_as(person: Person, review: CaseReview, applicant: Applicant) -> bool:
    if applicant is Applicant.PETITIONER:
        return is_coordinator(person, review)
    return applicant is Applicant.ORGAN and is_liaison(person, review)


def can_see_recusals(person: Person, review: CaseReview) -> bool:
    return is_coordinator(person, review) or person.has(Role.LEADER, Role.COMMITTEE_HEAD, Role.AUDITOR)


def is_own_request(person: Person, recusal: Recusal) -> bool:
    """The organ reads its own request and the decision on it."""
    return recusal.applicant is Applicant.ORGAN and is_liaison(person, recusal.panel.review)


def can_decide_recusal(person: Person, recusal: Recusal) -> bool:
    """The office head decides on members, the committee's head on the chair (刑事诉讼法第31条, 民事诉讼法第49条
    by analogy)."""
    role = Role.COMMITTEE_HEAD if recusal.member.role is SeatRole.CHAIR else Role.LEADER
    return recusal.state is RecusalState.PENDING and person.has(role) and is_impartial(person, recusal)


def can_ask_again(person: Person, recusal: Recusal) -> bool:
    """A refusal may be reconsidered once, at the applicant's request."""
    review = recusal.panel.review
    return recusal.state is RecusalState.REFUSED and may_apply_as(person, review, recusal.applicant)


def can_decide_again(person: Person, recusal: Recusal) -> bool:
    head = person.has(Role.COMMITTEE_HEAD)
    return recusal.state is RecusalState.RECONSIDERING and head and is_impartial(person, recusal)


def is_impartial(person: Person, recusal: Recusal) -> bool:
    return person.id != recusal.member.person_id and not of_reviewed_organ(person, recusal.panel.review)


def can_remove(person: Person, member: PanelMember) -> bool:
    """Take a member off the panel (recusal by the office's own motion, or lasting absence): not the
    coordinator, who could otherwise change what was drawn."""
    role = Role.COMMITTEE_HEAD if member.role is SeatRole.CHAIR else Role.LEADER
    review = member.panel.review
    return (
        member.status in SEATED
        and person.has(role)
        and person.id != member.person_id
        and not of_reviewed_organ(person, review)
        and review.state in BEFORE_BALLOTS
    )


def can_fill_seat(person: Person, review: CaseReview) -> bool:
    """Look once more for somebody for a seat that stayed empty."""
    return is_coordinator(person, review) and review.state in BEFORE_BALLOTS


def can_send_link(person: Person, member: PanelMember) -> bool:
    """Send an invited expert a link by which he may answer without signing in."""
    review = member.panel.review
    return (
        member.status is SeatState.INVITED
        and is_coordinator(person, review)
        and review.state in BEFORE_BALLOTS
        and not of_reviewed_organ(person, review)
    )


def can_see_links(person: Person, member: PanelMember) -> bool:
    """When links went out and how they were answered, never the links themselves."""
    return is_coordinator(person, member.panel.review) and member.invited_on is not None


def can_reconsider(person: Person, member: PanelMember) -> bool:
    """Write down that an expert who declined takes part after all; never where he declined for a conflict, or
    after he had signed a statement for this seat."""
    review = member.panel.review
    return (
        member.status is SeatState.DECLINED
        and not member.statements
        and member.panel.ended_at is None
        and is_coordinator(person, review)
        and review.state in BEFORE_BALLOTS
        and not of_reviewed_organ(person, review)
    )


def can_pass_over(person: Person, member: PanelMember, today: date) -> bool:
    """Let the next in line take the seat of somebody who did not sign in time. The order was fixed by the draw,
    and whether the day is over is no matter of opinion: the coordinator may do it."""
    review = member.panel.review
    return (
        is_overdue(member, today)
        and is_coordinator(person, review)
        and review.state in BEFORE_BALLOTS
        and not of_reviewed_organ(person, review)
    )


def is_overdue(member: PanelMember, today: date) -> bool:
    waits = member.status in (SeatState.INVITED, SeatState.STATED)
    return waits and member.answer_due_on is not None and member.answer_due_on < today
