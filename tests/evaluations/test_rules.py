from collections.abc import Callable

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


def who_may(people: dict[str, Person], allowed: Callable[[Person], bool]) -> set[str]:
    return {name for name, person in people.items() if allowed(person)}


def test_nobody_sees_a_form_of_others_before_all_have_signed(session: Session) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    made.signed(session, reading, reading.forms[:2])
    forms = bare_forms(session, reading.review)
    signed, draft = reading.forms[0], reading.forms[2]

    for state in ReviewState:
        reading.review.state = state
        # a closed review has all its forms; if it had not, the coordinator would see the signed ones only
        closed = {"coordinator"} if state is ReviewState.CLOSED else set()
        assert who_may(people, lambda one: rules.can_see_others(one, reading.review, forms)) == closed, state
        assert who_may(people, lambda one: rules.can_see_form(one, signed, forms)) == {"chair"} | closed, (
            state
        )
        assert who_may(people, lambda one: rules.can_see_form(one, draft, forms)) == {"member"}, state


def test_after_all_have_signed_the_panel_and_the_secretary_read_and_after_closing_the_coordinator(
    session: Session,
) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    made.signed(session, reading)
    forms = bare_forms(session, reading.review)
    always = {"chair", "lead", "member", "secretary"}

    for state in ReviewState:
        reading.review.state = state
        closed = state is ReviewState.CLOSED
        seen = who_may(people, lambda one: rules.can_see_others(one, reading.review, forms))
        audited = who_may(people, lambda one: rules.can_audit_forms(one, reading.review))
        assert seen == (always | {"coordinator"} if closed else always), state
        assert audited == ({"auditor"} if closed else set()), state


def test_a_draft_is_filled_by_its_member_alone_while_the_review_is_read(session: Session) -> None:
    reading = made.reading(session, size=3)
    people = people_of(session, reading)
    coordinators = {"coordinator", "coordinator of the organ"}

    for state in ReviewState:
        reading.review.state = state
        read = state is ReviewState.READING
        filling = who_may(people, lambda one: rules.can_fill(one, reading.forms[0]))
        following = who_may(people, lambda one: rules.can_follow_reading(one, reading.review))
        assert filling == ({"chair"} if read else set()), state
        assert following == (coordinators if read else set()), state


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
