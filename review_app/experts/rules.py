"""Who may do what with the expert pool: pure predicates over a person and an expert."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.experts.models import Expert
from review_app.experts.states import EXPERT_STEPS, ExpertStatus


def can_list_experts(person: Person) -> bool:
    return person.has(Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.AUDITOR)


def is_own(person: Person, expert: Expert) -> bool:
    return expert.person_id is not None and expert.person_id == person.id


def can_see_expert(person: Person, expert: Expert) -> bool:
    """The record: the office and every expert his own; never colleagues."""
    return can_list_experts(person) or is_own(person, expert)


def can_see_ties(person: Person, expert: Expert) -> bool:
    """Kin, clients, interests: the coordinator, the auditor and the expert himself."""
    return person.has(Role.COORD, Role.AUDITOR) or is_own(person, expert)


def can_edit_pool(person: Person) -> bool:
    return person.has(Role.COORD)


def can_declare(person: Person, expert: Expert) -> bool:
    """Enter and end ties and posts: the expert himself, or the coordinator on his behalf."""
    return is_own(person, expert) or can_edit_pool(person)


def can_set_status(person: Person, expert: Expert, to: ExpertStatus) -> bool:
    """Appointing is the leader's, everything else the coordinator's."""
    if to not in EXPERT_STEPS[expert.status]:
        return False
    return person.has(Role.LEADER) if to is ExpertStatus.APPOINTED else person.has(Role.COORD)


def can_verify(person: Person, expert: Expert) -> bool:
    """Verify credentials: a coordinator, but nobody his own."""
    return can_edit_pool(person) and not is_own(person, expert)


def can_see_credentials(person: Person, expert: Expert) -> bool:
    """Numbers of credentials: those who enter and verify them."""
    return can_declare(person, expert)


def can_decide_request(person: Person, expert: Expert) -> bool:
    """Approve what an expert asks to change: a coordinator, but nobody for himself."""
    return can_edit_pool(person) and not is_own(person, expert)


def can_see_service(person: Person, expert: Expert) -> bool:
    """The service record: the office and the expert himself, never a colleague."""
    return can_see_expert(person, expert)


def can_certify(person: Person) -> bool:
    """Issue a certificate of service."""
    return can_edit_pool(person)


def can_read_letters(person: Person, expert: Expert) -> bool:
    return can_see_expert(person, expert)
