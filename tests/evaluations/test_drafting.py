from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.evaluations.drafting import add_deduction, add_law, add_veto, remove_part, save_draft
from review_app.evaluations.models import Deduction, EvalForm
from review_app.evaluations.queries import fresh
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.evaluations import made


@pytest.fixture
def reading(session: Session) -> made.Reading:
    return made.reading(session, size=3)


@pytest.fixture
def form(reading: made.Reading) -> EvalForm:
    return reading.forms[0]


def save(session: Session, form: EvalForm, edition: int, **answers: str) -> object:
    typed = {name.replace("__", "."): [value] for name, value in answers.items()}
    return save_draft(session, form, typed, edition=edition, by=form.person, now=NOW)


def test_incomplete_draft_is_saved_and_its_edition_rises(session: Session, form: EvalForm) -> None:
    saved = made.save_draft(
        session, form, {"D1.text": ["事实清楚"], "minutes_spent": ["30"]}, edition=0, by=form.person, now=NOW
    )

    assert (saved.edition, dict(saved.refused), dict(saved.elsewhere)) == (1, {}, {})
    stored = fresh(session, form)
    assert [note.text for note in stored.notes][:2] == ["事实清楚", ""]
    assert (stored.minutes_spent, stored.saved_at) == (30, NOW)


def test_saving_the_same_again_changes_nothing(session: Session, form: EvalForm) -> None:
    save(session, form, 0, D1__text="事实清楚")

    save(session, form, 1, D1__text="事实清楚")

    assert form.edition == 1


def test_two_windows_writing_different_fields_do_not_meet(session: Session, form: EvalForm) -> None:
    save(session, form, 0, D1__text="第一窗口")

    saved = save_draft(session, form, {"D2.text": ["第二窗口"]}, edition=0, by=form.person, now=NOW)

    assert saved.elsewhere == {"D1.text": "第一窗口"}
    assert [note.text for note in fresh(session, form).notes][:2] == ["第一窗口", "第二窗口"]


def test_two_windows_writing_one_field_conflict_and_nothing_is_lost(session: Session, form: EvalForm) -> None:
    save(session, form, 0, D1__text="第一窗口的内容", D2__text="同样")

    with pytest.raises(EditConflict) as conflict:
        save(session, form, 0, D1__text="第二窗口的内容", D3__text="还有这里")

    assert conflict.value.theirs == {"D1.text": "第一窗口的内容"}
    assert [note.text for note in fresh(session, form).notes][:3] == ["第一窗口的内容", "同样", ""]
    save(session, form, form.edition, D1__text="第二窗口的内容")
    assert fresh(session, form).notes[0].text == "第二窗口的内容"


def test_both_windows_writing_the_same_is_no_conflict(session: Session, form: EvalForm) -> None:
    save(session, form, 0, D1__text="一样的内容")

    save(session, form, 0, D1__text="一样的内容")

    assert form.edition == 1


def test_unreadable_field_is_named_and_the_rest_is_saved(session: Session, form: EvalForm) -> None:
    saved = save_draft(
        session, form, {"minutes_spent": ["很久"], "D1.text": ["已写"]}, edition=0, by=form.person, now=NOW
    )

    assert {name: str(error) for name, error in saved.refused.items()} == {
        "minutes_spent": "请填写用时的分钟数，例如180。"
    }
    assert fresh(session, form).notes[0].text == "已写"


def test_deduction_begins_with_usual_severity_and_default_points(session: Session, form: EvalForm) -> None:
    deduction = add_deduction(session, form, "D7-04", by=form.person, now=NOW)

    assert (deduction.seq, deduction.severity, deduction.points) == (1, "S3", Decimal(6))


def test_item_of_another_template_cannot_be_added(session: Session, form: EvalForm) -> None:
    with pytest.raises(ReviewError, match="本评查表没有扣分项D1-04"):
        add_deduction(session, form, "D1-04", by=form.person, now=NOW)


def test_points_follow_a_new_severity_unless_they_fit_or_were_typed(session: Session, form: EvalForm) -> None:
    add_deduction(session, form, "D7-04", by=form.person, now=NOW)
    form = fresh(session, form)

    made.write(session, form, deduction__1__severity="S0")
    followed = form.deductions[0].points
    made.write(session, form, deduction__1__severity="S3", deduction__1__points="7.5")

    assert (followed, form.deductions[0].points) == (Decimal(0), Decimal("7.5"))


def test_removed_deduction_keeps_its_row_and_frees_its_quotes(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    deduction = made.deduct(session, form, reading, "D7-04")

    remove_part(session, fresh(session, form), f"deduction.{deduction.seq}", by=form.person, now=NOW)

    form = fresh(session, form)
    assert (form.deductions, form.law_citations) == ([], [])
    assert [quote.deduction_id for quote in form.quotes] == [None, None]
    assert session.scalar(select(func.count()).select_from(Deduction)) == 1


def test_numbers_of_removed_parts_are_not_given_again(session: Session, form: EvalForm) -> None:
    first = add_deduction(session, form, "D7-04", by=form.person, now=NOW)
    remove_part(session, fresh(session, form), "deduction.1", by=form.person, now=NOW)

    second = add_deduction(session, form, "D7-04", by=form.person, now=NOW)

    assert (first.seq, second.seq) == (1, 2)


def test_text_for_a_part_removed_elsewhere_is_refused_with_a_sentence(
    session: Session, form: EvalForm
) -> None:
    add_deduction(session, form, "D7-04", by=form.person, now=NOW)
    remove_part(session, fresh(session, form), "deduction.1", by=form.person, now=NOW)

    saved = save_draft(
        session, fresh(session, form), {"deduction.1.note": ["写了一半"]}, edition=1, by=form.person, now=NOW
    )

    assert str(saved.refused["deduction.1.note"]) == "这一项已在另一窗口移除，此处的文字没有保存。"


def test_only_vetoes_that_stand_alone_are_proposed_alone_and_once(session: Session, form: EvalForm) -> None:
    veto = add_veto(session, form, "V10", by=form.person, now=NOW)

    assert veto.code == "V10"
    with pytest.raises(ReviewError, match="须随扣分项提出"):
        add_veto(session, form, "V05", by=form.person, now=NOW)
    with pytest.raises(ReviewError, match="V10已经提出"):
        add_veto(session, fresh(session, form), "V10", by=form.person, now=NOW)


def test_provision_for_a_part_that_is_gone_is_refused(session: Session, form: EvalForm) -> None:
    with pytest.raises(ReviewError, match="已不在评查表上"):
        add_law(session, form, "deduction.9", by=form.person, now=NOW)


def test_nobody_writes_on_the_form_of_another(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    for stranger in (reading.members[1], reading.coordinator):
        with pytest.raises(NotAllowed):
            save_draft(session, form, {"D1.text": ["改"]}, edition=0, by=stranger, now=NOW)


def test_nothing_is_written_outside_reading(session: Session, form: EvalForm) -> None:
    form.review.state = ReviewState.SUSPENDED

    with pytest.raises(ReviewError, match="不在阅卷评查环节"):
        save(session, form, 0, D1__text="中止期间")


def test_writing_a_draft_leaves_no_trace_in_the_log(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditRow))

    made.deduct(session, form, reading, "D7-04")

    assert session.scalar(select(func.count()).select_from(AuditRow)) == before
