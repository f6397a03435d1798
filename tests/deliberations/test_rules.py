"""Every rule over the people of a review and the states it passes through."""

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations import rules
from review_app.deliberations.queries import hearing_of, sessions_of
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState
from tests import factories
from tests.conftest import NOW
from tests.deliberations.made import decided_case

STATES = (
    ReviewState.READING, ReviewState.DRAFT, ReviewState.HEARING, ReviewState.DELIBERATION, ReviewState.ESCALATED,
    ReviewState.OPINION, ReviewState.SIGNOFF, ReviewState.ISSUED, ReviewState.CLOSED, ReviewState.WITHDRAWN,
)  # fmt: skip
NOBODY = "----------"
# one sign per state above: x may, - may not; people not named may never
TABLE: dict[str, dict[str, str]] = {
    "can_consolidate": {"lead": "-x--------"},
    "can_see_findings": dict.fromkeys(("chair", "lead", "member", "secretary"), "-xxxxxxxx-"),
    "can_see_hearing": dict.fromkeys(
        ("chair", "lead", "member", "secretary", "coordinator", "liaison"), "--xxxxxxx-"
    ),
    "can_read_interviews": dict.fromkeys(
        ("chair", "lead", "member", "secretary", "coordinator"), "--xxxxxxx-"
    ),
    "can_record_interview": {"coordinator": "--x-------", "secretary": "--x-------"},
    "can_open_session": {"chair": "---x------"},
    "can_see_sessions": dict.fromkeys(("chair", "lead", "member", "secretary"), "---xxxxxx-"),
    "can_advise": {"chair": "---xx-----", "lead": "---xx-----"},
    "can_see_summary": dict.fromkeys(
        ("chair", "lead", "member", "secretary", "coordinator", "leader", "supervisor"), "-----xxxx-"
    ),
    "can_settle": {"coordinator": "----x-----"},
    "can_audit_deliberation": {"auditor": "--------x-"},
    "can_comment": {"leader": "xxxxxxxx--"},
    "can_record_intervention": dict.fromkeys(
        ("chair", "lead", "member", "secretary", "coordinator", "supervisor"), "xxxxxxxx--"
    ),
    "can_see_interventions": dict.fromkeys(
        ("chair", "lead", "member", "secretary", "coordinator", "supervisor", "leader", "auditor"),
        "xxxxxxxxxx",
    ),
}
OF_SESSION: dict[str, dict[str, str]] = {
    "can_vote": {},
    "can_dissent": dict.fromkeys(("chair", "lead", "member"), "---xx-----"),
    "can_keep_minutes": {"chair": "---x------", "secretary": "---x------"},
    "can_void_session": {"chair": "---x------"},
}
OF_HEARING: dict[str, dict[str, str]] = {
    "can_reply": {"chair": "--xx------", "lead": "--xx------"},
    "can_answer": {},
}


@pytest.fixture
def cast(session: Session) -> tuple[CaseReview, dict[str, Person]]:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    organ = made.review.legal_case.reviewed_org
    gone = factories.expert(session).person
    assert gone is not None
    factories.seat(session, made.review, gone, Capacity.LEAD, ended_at=NOW)
    people = {
        "chair": made.chair,
        "lead": made.lead,
        "member": made.members[2],
        "secretary": made.secretary,
        "coordinator": made.coordinator,
        "liaison": made.liaison,
        "leader": factories.person(session, Role.LEADER),
        "supervisor": factories.person(session, Role.SUPERVISOR),
        "auditor": factories.person(session, Role.AUDITOR),
        "sysadmin": factories.person(session, Role.SYSADMIN),
        "clerk": factories.person(session, Role.CLERK),
        "other_expert": factories.person(session, Role.EXPERT),
        "former_lead": gone,
        "other_liaison": factories.person(
            session, Role.REVIEWED_LIAISON, organisation=factories.organisation(session)
        ),
        "colleague": factories.person(session, organisation=organ),
    }
    session.flush()
    session.expire(made.review, ["accesses"])
    return made.review, people


def signs(name: str, thing: object, review: CaseReview, person: Person) -> str:
    found = ""
    for state in STATES:
        review.state = state
        found += "x" if getattr(rules, name)(person, thing) else "-"
    return found


def table_of(name: str, thing: object, review: CaseReview, people: dict[str, Person]) -> dict[str, str]:
    found = {who: signs(name, thing, review, person) for who, person in people.items()}
    return {who: marks for who, marks in found.items() if marks != NOBODY}


def test_rules_of_a_review(cast: tuple[CaseReview, dict[str, Person]]) -> None:
    review, people = cast

    found = {name: table_of(name, review, review, people) for name in TABLE}

    assert found == TABLE


def test_rules_of_a_closed_session(session: Session, cast: tuple[CaseReview, dict[str, Person]]) -> None:
    review, people = cast
    deliberation = sessions_of(session, review)[0]

    found = {name: table_of(name, deliberation, review, people) for name in OF_SESSION}

    assert found == OF_SESSION


def test_rules_of_an_answered_hearing(session: Session, cast: tuple[CaseReview, dict[str, Person]]) -> None:
    review, people = cast
    hearing = hearing_of(session, review)

    found = {name: table_of(name, hearing, review, people) for name in OF_HEARING}

    assert found == OF_HEARING


def test_coordinator_or_leader_with_a_seat_still_does_not_vote(session: Session) -> None:
    made, deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    deliberation.stage = type(deliberation.stage).CONCLUSIONS
    assert rules.can_vote(made.lead, deliberation)

    for role in (Role.COORD, Role.LEADER):
        granted = factories.person(session, role).grants[0]
        granted.person = made.lead
        session.flush()
        session.expire(made.lead, ["grants"])
        assert not rules.can_vote(made.lead, deliberation)


def test_secretary_of_the_reviewed_organ_reads_no_secret(session: Session) -> None:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    organ = made.review.legal_case.reviewed_org
    secretary = factories.person(session, Role.SECRETARY, organisation=organ)

    assert not rules.can_see_sessions(secretary, made.review)
    assert not rules.can_see_findings(secretary, made.review)
