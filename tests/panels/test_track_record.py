"""The service record: counted from events alone, and only once nobody's independence can suffer."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.panels.models import Panel, PanelMember
from review_app.panels.states import DeclineReason, SeatState
from review_app.panels.track_record import Service, experience, note_form_done, services, timeliness
from review_app.reviews.models import StateChange
from review_app.reviews.states import ReviewState
from tests import factories as make
from tests.conftest import NOW
from tests.panels import stage

FORM = {"form_from": date(2024, 4, 1), "form_due_on": date(2024, 4, 10), "form_minutes": 90}


def drawn(session: Session) -> Panel:
    panel = stage.drawn(session, stage.ready(session))
    for member in panel.seated:
        member.status = SeatState.ACCEPTED
    return panel


def service(session: Session, member: PanelMember, **values: int) -> Service:
    return services(session, [member.expert], **values)[member.expert_id]


def finish(member: PanelMember, day: int) -> None:
    for name, value in FORM.items():
        setattr(member, name, value)
    member.form_done_at = NOW.replace(month=4, day=day)


def test_nobody_learns_of_a_form_before_all_have_signed(session: Session) -> None:
    panel = drawn(session)
    first, *others = panel.seated
    finish(first, 5)
    before = service(session, first)

    for member in others:
        finish(member, 12)

    assert before == Service(invited=1, accepted=1)
    assert service(session, first) == replace(before, forms=1, on_time=1, mean_days=4.0, minutes=90)
    assert service(session, others[0]) == replace(before, forms=1, on_time=0, mean_days=11.0, minutes=90)


def test_an_empty_seat_keeps_the_forms_of_the_others_untold(session: Session) -> None:
    panel = drawn(session)
    gone, *others = panel.seated
    for member in others:
        finish(member, 5)
    gone.status = SeatState.RECUSED
    session.flush()

    assert service(session, others[0]) == Service(invited=1, accepted=1)


def test_answers_are_counted_by_what_became_of_the_seat(session: Session) -> None:
    panel = drawn(session)
    one, other, third = panel.seated[:3]
    one.status, one.decline_reason = SeatState.DECLINED, DeclineReason.TIME
    other.status, other.decline_reason = SeatState.RECUSED, DeclineReason.CONFLICT
    session.flush()

    assert service(session, one) == Service(invited=1, declined=1)
    assert service(session, other) == Service(invited=1, recused=1)
    assert service(session, third) == Service(invited=1, accepted=1)


def test_substitutes_in_waiting_were_not_invited(session: Session) -> None:
    panel = drawn(session)
    waiting = panel.substitutes[0]

    assert service(session, waiting) == Service()


def test_years_are_kept_apart(session: Session) -> None:
    member = drawn(session).seated[0]

    assert service(session, member, year=NOW.year).invited == 1
    assert service(session, member, year=NOW.year - 1) == Service()


def test_signing_notes_the_day_reading_began_and_was_due(session: Session) -> None:
    panel = drawn(session)
    member = panel.seated[0]
    due = NOW.date() + timedelta(days=14)
    session.add(
        StateChange(
            review=panel.review, from_state=ReviewState.NOTICE, to_state=ReviewState.READING, due_on=due,
            created_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    assert member.access is not None

    note_form_done(session, member.access, minutes=45, now=NOW)

    noted = (member.form_from, member.form_due_on, member.form_done_at, member.form_minutes)
    assert noted == (NOW.date(), due, NOW, 45)


def test_a_seat_without_panel_is_nobodys_service(session: Session) -> None:
    review = make.review(session)
    person = make.person(session)

    note_form_done(session, make.seat(session, review, person), minutes=45, now=NOW)

    assert session.scalars(select(PanelMember)).all() == []


def test_timeliness_is_even_where_nothing_is_known(session: Session) -> None:
    panel = drawn(session)
    for member, day in zip(panel.seated, (2, 3, 4, 5, 20), strict=True):
        finish(member, day)
    punctual, late = panel.seated[0].expert, panel.seated[4].expert
    unknown = panel.substitutes[0].expert

    found = timeliness(session, [punctual, late, unknown])

    assert found == {punctual.expert_no: 666, late.expert_no: 333, unknown.expert_no: 500}


def test_experience_counts_closed_reviews_only(session: Session) -> None:
    panel = drawn(session)
    assert experience(session) == {}

    panel.review.state = ReviewState.CLOSED
    for member in panel.seated:
        member.status = SeatState.ENDED
    session.flush()

    assert len(experience(session)) == panel.size
    assert set(map(str, experience(session).values())) == {"{'EXE': 1}"}
