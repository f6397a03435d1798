import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.evaluations import rules
from review_app.evaluations.queries import bare_forms, fresh
from review_app.evaluations.states import FormState
from review_app.reviews.states import AccessStage, Capacity, ReviewState
from tests import factories
from tests.conftest import NOW
from tests.evaluations import made

STATES = list(ReviewState)
AFTER_READING = [state for state in STATES if state not in (ReviewState.READING,)]


def people_of(session: Session, reading: made.Reading) -> dict[str, Person]:
    """Everybody who might come near a form."""
    organ = reading.review.legal_case.reviewed_org
    invited = factories.expert(session).person
    gone = factories.expert(session).person
    assert invited is not None and gone is not None
    factories.seat(session, reading.review, gone, ended_at=NOW)
    return {
        "chair": reading.members[0],
        "lead": reading.members[1],
        "member": reading.members[2],
        "gone": gone,
        "other expert": invited,
        "coordinator": reading.coordinator,
        "coordinator of the organ": factories.person(session, Role.COORD, organisation=organ),
        "secretary": factories.person(session, Role.SECRETARY),
        "secretary of the organ": factories.person(session, Role.SECRETARY, organisation=organ),
        "leader": factories.person(session, Role.LEADER),
        "committee head": factories.person(session, Role.COMMITTEE_HEAD),
        "supervisor": factories.person(session, Role.SUPERVISOR),
        "auditor": factories.person(session, Role.AUDITOR),
        "sysadmin": factories.person(session, Role.SYSADMIN),
        "liaison": factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
        "clerk": factories.person(session, Role.CLERK),
    }


def who_may(people: dict[str, Person], allowed: object) -> set[str]:
    assert callable(allowed)
    return {name for name, person in people.items() if allowed(person)}


@pytest.mark.parametrize("state", STATES)
def test_nobody_sees_a_form_of_others_before_all_have_signed(session: Session, state: ReviewState) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    made.signed(session, reading, reading.forms[:2])
    reading.review.state = state
    forms = bare_forms(session, reading.review)

    seen = who_may(people, lambda person: rules.can_see_others(person, reading.review, forms))
    first = who_may(people, lambda person: rules.can_see_form(person, reading.forms[0], forms))
    draft = who_may(people, lambda person: rules.can_see_form(person, reading.forms[2], forms))

    # a closed review always has all forms; if it had not, only the coordinator's page would exist, without drafts
    closed = {"coordinator"} if state is ReviewState.CLOSED else set()
    assert seen == closed
    assert first == {"chair"} | closed
    assert draft == {"member"}


@pytest.mark.parametrize("state", STATES)
def test_after_all_have_signed_the_panel_and_the_secretary_read_and_after_closing_the_coordinator(
    session: Session, state: ReviewState
) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    made.signed(session, reading)
    reading.review.state = state
    forms = bare_forms(session, reading.review)

    seen = who_may(people, lambda person: rules.can_see_others(person, reading.review, forms))
    audited = who_may(people, lambda person: rules.can_audit_forms(person, reading.review))

    closed = state is ReviewState.CLOSED
    assert seen == {"chair", "lead", "member", "secretary"} | ({"coordinator"} if closed else set())
    assert audited == ({"auditor"} if closed else set())


@pytest.mark.parametrize("state", STATES)
def test_a_draft_is_filled_by_its_member_alone_while_the_review_is_read(
    session: Session, state: ReviewState
) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    reading.review.state = state

    filling = who_may(people, lambda person: rules.can_fill(person, reading.forms[0]))
    following = who_may(people, lambda person: rules.can_follow_reading(person, reading.review))

    assert filling == ({"chair"} if state is ReviewState.READING else set())
    coordinators = {"coordinator", "coordinator of the organ"}
    assert following == (coordinators if state is ReviewState.READING else set())


def test_a_signed_form_is_not_filled_any_more(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:1])

    assert rules.can_fill(reading.members[0], reading.forms[0]) is False


def test_an_empty_seat_keeps_the_forms_shut_until_its_substitute_has_signed(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:2])
    reading.forms[2].access.ended_at = NOW
    before = rules.all_signed(reading.review, bare_forms(session, reading.review))

    substitute = made.seated(session, reading.review)
    during = rules.all_signed(reading.review, bare_forms(session, reading.review))
    (form,) = made.open_forms(session, reading.review, by=reading.coordinator, now=NOW)
    made.signed(session, reading, [fresh(session, form)])

    assert form.person is substitute
    assert (before, during) == (False, False)
    assert rules.all_signed(reading.review, bare_forms(session, reading.review)) is True
    assert reading.forms[2].state is FormState.WITHDRAWN


def test_a_member_drawn_but_without_statement_counts_as_unsigned(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading)
    late = factories.expert(session).person
    assert late is not None

    factories.seat(session, reading.review, late, Capacity.MEMBER, AccessStage.SUMMARY)

    assert rules.all_signed(reading.review, bare_forms(session, reading.review)) is False


def test_a_panel_without_seats_has_not_signed(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)

    assert rules.all_signed(review, []) is False
