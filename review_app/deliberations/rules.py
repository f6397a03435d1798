"""Who may do what with findings, hearing, deliberation and result: one line each over roles, seats and state.

Ballots, minutes and dissents are class L3: the panel and the secretary alone, the auditor after closing. The
coordinator does not vote, the leader learns no vote, and neither ever reads a ballot."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.models import Deliberation, Hearing, Intervention
from review_app.deliberations.states import InterventionKind, Stage
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import (
    can_audit_secrets,
    can_read_secrets,
    is_chair,
    is_coordinator,
    is_lead,
    is_leader,
    is_liaison,
    is_panel_member,
)
from review_app.reviews.states import AFTER_ISSUE, ReviewState

S = ReviewState
# all members have signed; while a larger panel is drawn and reads, everything is shut again
AFTER_READING = frozenset(
    {S.DRAFT, S.HEARING, S.DELIBERATION, S.ESCALATED, S.OPINION, S.SIGNOFF} | AFTER_ISSUE
)
AFTER_LOCK = frozenset({S.OPINION, S.SIGNOFF} | AFTER_ISSUE)
OVER = frozenset({S.CLOSED, S.WITHDRAWN})


def place_in_process(review: CaseReview) -> ReviewState:
    """The state, or the one in which a suspended review was left."""
    return review.suspended_from or review.state


def can_consolidate(person: Person, review: CaseReview) -> bool:
    """Word, merge and split the findings: the lead reviewer, while they are drafted."""
    return is_lead(person, review) and review.state is S.DRAFT


def can_see_findings(person: Person, review: CaseReview) -> bool:
    """The findings with their proposers and points."""
    return can_read_secrets(person, review) and place_in_process(review) in AFTER_READING


def can_see_hearing(person: Person, review: CaseReview) -> bool:
    """The findings without proposers, points and votes, and what was said to them."""
    office = is_coordinator(person, review) or person.has(Role.SECRETARY)
    heard = place_in_process(review) in AFTER_READING - {S.DRAFT}
    return heard and (office or is_liaison(person, review) or is_panel_member(person, review))


def can_answer(person: Person, hearing: Hearing) -> bool:
    """Object, or have nothing to object: the organ's liaison, once."""
    open_still = hearing.review.state is S.HEARING and hearing.answered_at is None
    return is_liaison(person, hearing.review) and open_still


def can_record_interview(person: Person, review: CaseReview) -> bool:
    office = is_coordinator(person, review) or person.has(Role.SECRETARY)
    return office and review.state is S.HEARING


def can_read_interviews(person: Person, review: CaseReview) -> bool:
    """What the petitioner said: the office and the panel, not the organ he complains about."""
    office = is_coordinator(person, review) or person.has(Role.SECRETARY)
    return can_see_hearing(person, review) and (office or is_panel_member(person, review))


def can_reply(person: Person, hearing: Hearing) -> bool:
    """Answer an objection for the panel."""
    speaks = is_lead(person, hearing.review) or is_chair(person, hearing.review)
    open_still = hearing.review.state in (S.HEARING, S.DELIBERATION)
    return speaks and open_still and hearing.answered_at is not None


def can_open_session(person: Person, review: CaseReview) -> bool:
    return is_chair(person, review) and review.state is S.DELIBERATION


def can_void_session(person: Person, deliberation: Deliberation) -> bool:
    """Start again because the panel changed. What was voted to the end stays."""
    return can_open_session(person, deliberation.review) and deliberation.stage is not Stage.VOID


def attends(person: Person, deliberation: Deliberation) -> bool:
    return any(one.person_id == person.id for one in deliberation.attendances)


def can_vote(person: Person, deliberation: Deliberation) -> bool:
    """A member of the session who still sits; never the coordinator, never a leader."""
    seated = is_panel_member(person, deliberation.review) and attends(person, deliberation)
    office = person.has(Role.COORD, Role.LEADER)
    return seated and not office and deliberation.is_open and deliberation.review.state is S.DELIBERATION


def can_dissent(person: Person, deliberation: Deliberation) -> bool:
    """Hand in a differing opinion, from the last ballot until the result is locked."""
    seated = is_panel_member(person, deliberation.review) and attends(person, deliberation)
    open_still = deliberation.review.state in (S.DELIBERATION, S.ESCALATED)
    return seated and deliberation.stage is Stage.CLOSED and open_still


def can_keep_minutes(person: Person, deliberation: Deliberation) -> bool:
    keeper = person.has(Role.SECRETARY) or is_chair(person, deliberation.review)
    open_still = deliberation.review.state is S.DELIBERATION and deliberation.stage is not Stage.VOID
    return can_read_secrets(person, deliberation.review) and keeper and open_still


def can_see_sessions(person: Person, review: CaseReview) -> bool:
    """Sessions with minutes and, once a question is closed, its ballots."""
    return can_read_secrets(person, review) and place_in_process(review) in AFTER_READING - {
        S.DRAFT,
        S.HEARING,
    }


def can_advise(person: Person, review: CaseReview) -> bool:
    """Write the recommendations with their statutory routes."""
    speaks = is_lead(person, review) or is_chair(person, review)
    return speaks and review.state in (S.DELIBERATION, S.ESCALATED)


def can_see_result(person: Person, review: CaseReview) -> bool:
    """How every number came about, with names: the panel and the secretary."""
    return can_see_sessions(person, review)


def can_see_summary(person: Person, review: CaseReview) -> bool:
    """The locked result without names: those who run and oversee reviews."""
    office = person.has(Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.SECRETARY)
    return (office or is_panel_member(person, review)) and place_in_process(review) in AFTER_LOCK


def can_open_result(person: Person, review: CaseReview) -> bool:
    return can_see_result(person, review) or can_see_summary(person, review)


def can_settle(person: Person, review: CaseReview) -> bool:
    """Say how an escalated review goes on and keep the office meeting's minutes."""
    return is_coordinator(person, review) and review.state is S.ESCALATED


def can_see_escalation(person: Person, review: CaseReview) -> bool:
    office = is_coordinator(person, review) or is_leader(person, review)
    return office or can_see_sessions(person, review)


def can_audit_deliberation(person: Person, review: CaseReview) -> bool:
    """The auditor, after closing, with a written reason that is logged."""
    return can_audit_secrets(person, review)


def can_comment(person: Person, review: CaseReview) -> bool:
    """The leader's box: time, coordination, resources."""
    return is_leader(person, review) and review.state not in OVER


def can_record_intervention(person: Person, review: CaseReview) -> bool:
    """Put on record what somebody outside the panel said about the substance of an open review."""
    office = person.has(Role.COORD, Role.SECRETARY, Role.SUPERVISOR)
    return (office or is_panel_member(person, review)) and review.state not in OVER


def can_see_interventions(person: Person, review: CaseReview) -> bool:
    """The page of the log. Which rows stand on it, ``can_read_intervention`` says."""
    staff = person.has(Role.AUDITOR, Role.LEADER, Role.COMMITTEE_HEAD)
    office = person.has(Role.COORD, Role.SECRETARY, Role.SUPERVISOR)
    return staff or office or is_panel_member(person, review)


def can_read_intervention(person: Person, intervention: Intervention) -> bool:
    """Interference on the substance is read by its recorder and the auditor alone, so that nobody is afraid
    to record his superior; the rest by everybody who opens the page."""
    own = intervention.recorded_by_id == person.id
    return own or person.has(Role.AUDITOR) or intervention.kind is not InterventionKind.SUBSTANCE
