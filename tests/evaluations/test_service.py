from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.evaluations.content import is_intact
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh, own_form, signed_forms
from review_app.evaluations.service import (
    all_signed,
    close_form,
    late_members,
    missing_reading,
    open_forms,
    open_own_form,
    read_for_audit,
    remind_open_forms,
    sign_form,
)
from review_app.evaluations.states import FormState
from review_app.notices.models import Notice
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW
from tests.evaluations import made
from tests.factories import PASSWORD


def notices(session: Session, kind: str) -> list[int]:
    return list(session.scalars(select(Notice.person_id).where(Notice.kind == kind).order_by(Notice.id)))


def test_every_seat_gets_one_form_and_one_notice_however_often_reading_begins(session: Session) -> None:
    reading = made.reading(session)

    again = open_forms(session, reading.review, by=reading.coordinator, now=NOW)

    assert again == []
    assert [form.person for form in reading.forms] == reading.members
    assert [len(form.notes) for form in reading.forms] == [8] * 5
    assert notices(session, "form-open") == [member.id for member in reading.members]


def test_a_later_round_gives_new_forms_and_leaves_the_old_ones(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading)
    for form in reading.forms:
        form.access.ended_at = NOW
    reading.review.round = 2
    member = reading.members[0]
    factories.seat(session, reading.review, member)

    (second,) = open_forms(session, reading.review, by=reading.coordinator, now=NOW)

    assert (second.person, second.round, second.state) == (member, 2, FormState.DRAFT)
    assert own_form(session, member, reading.review) is second
    assert [form.state for form in reading.forms] == [FormState.SIGNED] * 3
    assert signed_forms(session, reading.review) == []


def test_signing_freezes_the_content_under_its_hash(session: Session) -> None:
    reading = made.reading(session, size=3)
    form = reading.forms[0]
    made.complete(session, form)

    made.sign(session, form)

    form = fresh(session, form)
    assert (form.state, form.signed_at, form.independence_declared) == (FormState.SIGNED, NOW, True)
    assert is_intact(form)
    row = session.scalars(select(AuditRow).where(AuditRow.action == "form.sign")).one()
    assert (row.person_id, row.after) == (form.person_id, {"sha256": form.content_sha256})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"password": "不是这个密码"}, "密码不正确"),
        ({"declared": False}, "独立评查声明"),
    ],
)
def test_signing_needs_password_and_declaration(
    session: Session, values: dict[str, object], sentence: str
) -> None:
    form = made.reading(session, size=3).forms[0]
    made.complete(session, form)
    given = {"password": PASSWORD, "declared": True, "edition": form.edition, **values}

    with pytest.raises(ReviewError, match=sentence):
        sign_form(session, form, by=form.person, now=NOW, **given)  # type: ignore[arg-type]

    assert form.state is FormState.DRAFT


def test_unfinished_form_is_not_signed(session: Session) -> None:
    form = made.reading(session, size=3).forms[0]
    made.complete(session, form)
    made.write(session, form, minutes_spent="", proposed_grade="")

    with pytest.raises(ReviewError, match="还有2处需要补正"):
        made.sign(session, form)


def test_what_changed_after_reading_the_page_is_not_signed(session: Session) -> None:
    form = made.reading(session, size=3).forms[0]
    made.complete(session, form)
    seen = form.edition
    made.write(session, form, highlights="另一窗口又写了一句")

    with pytest.raises(EditConflict):
        sign_form(session, form, password=PASSWORD, declared=True, edition=seen, by=form.person, now=NOW)


def test_nobody_signs_for_another(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.complete(session, reading.forms[0])

    with pytest.raises(NotAllowed):
        sign_form(
            session, reading.forms[0], password=PASSWORD, declared=True, edition=reading.forms[0].edition,
            by=reading.members[1], now=NOW,
        )  # fmt: skip


def test_lead_and_coordinator_are_told_once_when_all_have_signed(session: Session) -> None:
    reading = made.reading(session, size=3)

    made.signed(session, reading, reading.forms[:2])
    before = notices(session, "all-signed"), all_signed(session, reading.review)
    made.signed(session, reading, reading.forms[2:])

    assert before == ([], False)
    assert notices(session, "all-signed") == [reading.members[1].id, reading.coordinator.id]
    assert all_signed(session, reading.review) is True


def test_what_reading_lacks_is_the_same_sentence_whoever_has_signed(session: Session) -> None:
    reading = made.reading(session, size=3)
    nobody = missing_reading(session, reading.review)
    made.signed(session, reading, reading.forms[:2])
    almost_all = missing_reading(session, reading.review)
    made.signed(session, reading, reading.forms[2:])

    assert [str(missing) for missing in nobody] == ["评查组成员尚未全部签署评查表。"]
    assert nobody == almost_all
    assert missing_reading(session, reading.review) == []


def test_late_members_are_named_only_after_the_last_day_and_to_the_coordinator_alone(
    session: Session,
) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:1])
    last_day, day_after = NOW + timedelta(days=14), NOW + timedelta(days=15)

    on_time = late_members(session, reading.review, by=reading.coordinator, now=last_day)
    late = late_members(session, reading.review, by=reading.coordinator, now=day_after)

    assert on_time == []
    assert late == reading.members[1:]
    leader = factories.person(session, Role.LEADER)
    for curious in (reading.members[0], leader):
        with pytest.raises(NotAllowed):
            late_members(session, reading.review, by=curious, now=day_after)


def test_a_substitute_opens_his_own_form_once(session: Session) -> None:
    reading = made.reading(session, size=3)
    reading.forms[2].access.ended_at = NOW
    substitute = made.seated(session, reading.review)

    form = open_own_form(session, reading.review, by=substitute, now=NOW)

    assert open_own_form(session, reading.review, by=substitute, now=NOW) is form
    with pytest.raises(NotAllowed):
        open_own_form(session, reading.review, by=reading.members[2], now=NOW)


def test_form_of_a_replaced_member_is_kept_and_does_not_count(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:1])
    form = reading.forms[0]
    with pytest.raises(ReviewError, match="仍在评查组中"):
        close_form(session, form, by=reading.coordinator, now=NOW, reason="更换")
    form.access.ended_at = NOW

    close_form(session, form, by=reading.coordinator, now=NOW, reason="更换")

    form = fresh(session, form)
    assert (form.state, form.counts, is_intact(form)) == (FormState.WITHDRAWN, False, True)
    assert signed_forms(session, reading.review) == []


def test_the_auditor_reads_after_closing_with_a_reason_that_is_logged(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading)
    auditor = factories.person(session, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        read_for_audit(session, reading.review, reason="核查投诉反映的情况", by=auditor, now=NOW)
    reading.review.state = ReviewState.CLOSED
    with pytest.raises(ReviewError, match="请写明查阅理由"):
        read_for_audit(session, reading.review, reason="  看看 ", by=auditor, now=NOW)

    read = read_for_audit(session, reading.review, reason="核查投诉反映的情况", by=auditor, now=NOW)

    assert list(read) == reading.forms
    row = session.scalars(select(AuditRow).where(AuditRow.action == "form.audit-read")).one()
    assert (row.person_id, row.reason) == (auditor.id, "核查投诉反映的情况")


def test_reminders_come_once_per_step_even_when_the_jobs_were_down(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.signed(session, reading, reading.forms[:1])
    early, near, past = (NOW + timedelta(days=days) for days in (5, 12, 20))

    counts = [remind_open_forms(session, now=at) for at in (early, near, near, past, past)]

    assert counts == [0, 2, 0, 2, 0]
    waiting = [member.id for member in reading.members[1:]]
    assert notices(session, "form-reminder") == notices(session, "form-overdue") == waiting


def test_secret_content_is_sealed_in_the_database(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    made.write(session, fresh(session, reading.forms[0]), D7__text="只有我知道的判断")

    raw = session.connection().exec_driver_sql("SELECT text FROM dimension_note").scalars().all()
    raw += session.connection().exec_driver_sql("SELECT note FROM deduction").scalars().all()
    raw += session.connection().exec_driver_sql("SELECT text FROM quote").scalars().all()

    assert not any("判断" in text or "事实" in text or "裁定" in text for text in raw)


def test_forms_are_read_in_the_same_number_of_queries_whatever_is_on_them(session: Session) -> None:
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    few = queries_for(session, reading.forms[0])
    for place, code in enumerate(("D7-05", "D7-07", "D4-12", "D4-07"), start=1):
        made.deduct(session, fresh(session, reading.forms[0]), reading, code, place=place)

    assert queries_for(session, reading.forms[0]) == few


def queries_for(session: Session, form: EvalForm) -> int:
    session.flush()
    session.expire_all()
    counted: list[str] = []
    engine = session.get_bind()
    count = lambda *given: counted.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", count)
    reread = fresh(session, form)
    [quote.document.volume.number for deduction in reread.deductions for quote in deduction.quotes]
    event.remove(engine, "before_cursor_execute", count)
    return len(counted)
