"""Who may do what with a review, as a table over every kind of person and every state."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews import rules
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AccessStage, Capacity, ReviewState
from tests import factories
from tests.conftest import NOW

S = ReviewState
STAFF = ("COORD", "SECRETARY", "LEADER", "COMMITTEE_HEAD", "SUPERVISOR", "AUDITOR")
PANEL = ("chair", "lead", "member")
PEOPLE = (
    *STAFF,
    "SYSADMIN",
    "CLERK",
    "DPO",
    "liaison",
    "other_liaison",
    *PANEL,
    "invited",
    "released",
    "expert",
)
EVER = frozenset(ReviewState)
AFTER_INTAKE = EVER - {S.DUE, S.INTAKE}

# rule -> who may, and in which states (a name that is not listed may not)
TABLE: dict[str, dict[str, frozenset[ReviewState]]] = {
    "can_see": dict.fromkeys((*STAFF, *PANEL, "invited"), EVER) | {"liaison": AFTER_INTAKE},
    "can_see_case": dict.fromkeys((*STAFF, *PANEL), EVER) | {"liaison": AFTER_INTAKE},
    "can_see_names": dict.fromkeys(("COORD", "SECRETARY", "LEADER", "COMMITTEE_HEAD", *PANEL), EVER),
    "can_edit_registration": {"COORD": frozenset({S.DUE, S.INTAKE})},
    "can_list_files": dict.fromkeys(("COORD", "SECRETARY", *PANEL), EVER) | {"liaison": AFTER_INTAKE},
    "can_upload_files": {
        "COORD": EVER - {S.CLOSED, S.WITHDRAWN},
        "liaison": AFTER_INTAKE - {S.CLOSED, S.WITHDRAWN},
    },
    "can_read_files": dict.fromkeys(PANEL, EVER),
    "can_read_secrets": dict.fromkeys((*PANEL, "SECRETARY"), EVER),
    "can_audit_secrets": {"AUDITOR": frozenset({S.CLOSED})},
    "is_liaison": {"liaison": AFTER_INTAKE},
    "is_invited": dict.fromkeys((*PANEL, "invited"), EVER),
    "is_panel_member": dict.fromkeys(PANEL, EVER),
    "is_lead": {"lead": EVER},
    "is_chair": {"chair": EVER},
    "is_coordinator": {"COORD": EVER},
    "is_secretary": {"SECRETARY": EVER},
    "is_leader": {"LEADER": EVER},
}


@pytest.fixture
def scene(session: Session) -> tuple[CaseReview, dict[str, Person]]:
    """One review and one person of every kind."""
    court, other = factories.organisation(session), factories.organisation(session)
    review = factories.review(session, reviewed_org=court)
    people = {name: factories.person(session, Role(name)) for name in (*STAFF, "SYSADMIN", "CLERK", "DPO")}
    people["liaison"] = factories.person(session, Role.REVIEWED_LIAISON, organisation=court)
    people["other_liaison"] = factories.person(session, Role.REVIEWED_LIAISON, organisation=other)
    seats = {
        "chair": (Capacity.CHAIR, AccessStage.FULL, None),
        "lead": (Capacity.LEAD, AccessStage.FULL, None),
        "member": (Capacity.MEMBER, AccessStage.FULL, None),
        "invited": (Capacity.MEMBER, AccessStage.SUMMARY, None),
        "released": (Capacity.MEMBER, AccessStage.FULL, NOW),
    }
    for name, (capacity, stage, ended_at) in seats.items():
        people[name] = factories.person(session, Role.EXPERT)
        factories.seat(session, review, people[name], capacity, stage, ended_at)
    people["expert"] = factories.person(session, Role.EXPERT)
    assert set(people) == set(PEOPLE)
    return review, people


@pytest.mark.parametrize("name", TABLE)
def test_rule_allows_exactly_the_people_and_states_of_the_table(
    scene: tuple[CaseReview, dict[str, Person]], name: str
) -> None:
    review, people = scene
    rule: Callable[[Person, CaseReview], bool] = getattr(rules, name)

    allowed = {
        who: {state for state in S if holds(rule, person, review, state)} for who, person in people.items()
    }

    assert {who: states for who, states in allowed.items() if states} == TABLE[name]


def holds(
    rule: Callable[[Person, CaseReview], bool], person: Person, review: CaseReview, state: ReviewState
) -> bool:
    review.state = state
    return rule(person, review)


def test_every_rule_stands_in_the_table() -> None:
    given = {name for name in vars(rules) if name.startswith(("can_", "is_"))}

    assert given - {"can_register", "can_move"} == set(TABLE)


@pytest.mark.parametrize("role", Role)
def test_only_coordinators_register(session: Session, role: Role) -> None:
    organ = factories.organisation(session)

    assert rules.can_register(factories.person(session, role, organisation=organ)) == (role is Role.COORD)


MOVERS: dict[ReviewState, set[str]] = {
    **{state: {"COORD"} for state in S},
    S.DRAFT: {"chair", "lead"},
    S.OPINION: {"chair", "lead"},
    S.DELIBERATION: {"chair"},
    S.SIGNOFF: {"LEADER"},
}


@pytest.mark.parametrize("state", S)
def test_only_the_movers_of_a_state_take_the_review_on(
    scene: tuple[CaseReview, dict[str, Person]], state: ReviewState
) -> None:
    review, people = scene
    review.state = state

    movers = {who for who, person in people.items() if rules.can_move(person, review, S.CLOSED)}

    assert movers == MOVERS[state]


def test_chair_and_coordinator_suspend(scene: tuple[CaseReview, dict[str, Person]]) -> None:
    review, people = scene

    assert {who for who, one in people.items() if rules.can_move(one, review, S.SUSPENDED)} == {
        "COORD",
        "chair",
    }


@pytest.mark.parametrize("to", [S.WITHDRAWN, S.READING])
@pytest.mark.parametrize("state", [S.DRAFT, S.HEARING, S.DELIBERATION])
def test_the_coordinator_withdraws_and_sends_back_to_reading(
    scene: tuple[CaseReview, dict[str, Person]], state: ReviewState, to: ReviewState
) -> None:
    review, people = scene
    review.state = state

    assert {who for who, one in people.items() if rules.can_move(one, review, to)} == {"COORD"}


def test_nobody_of_the_reviewed_organ_reads_secrets_unless_drawn(session: Session, now: datetime) -> None:
    court = factories.organisation(session)
    review = factories.review(session, reviewed_org=court)
    secretary = factories.person(session, Role.SECRETARY, organisation=court)
    drawn = factories.person(session, Role.EXPERT, organisation=court)
    factories.seat(session, review, drawn)

    assert not rules.can_read_secrets(secretary, review)
    assert rules.can_read_secrets(drawn, review)


def test_a_role_that_ended_or_waits_for_approval_gives_nothing(session: Session, now: datetime) -> None:
    review = factories.review(session)
    ended, waiting = factories.person(session, Role.COORD), factories.person(session, Role.COORD)
    ended.grants[0].ended_at = now
    waiting.grants[0].approved_at = None

    assert not rules.can_see(ended, review)
    assert not rules.can_see(waiting, review)
