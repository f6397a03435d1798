"""Extra fields of a template in the Word form: what is filled in comes to the same as on the desk."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.form_templates.reading import catalogue_of
from review_app.offline_forms.service import OfflineRefused
from tests.evaluations import made as desk
from tests.form_templates import made as templates
from tests.offline_forms import made


def test_extra_fields_filled_in_word_land_as_on_the_desk(session: Session, tmp_path: Path) -> None:
    reading = desk.reading(session, size=3, form_template=templates.active(session))
    form = reading.forms[0]
    seq = {one.code: one.seq for one in form.answers}
    words = desk.SENTENCES[3]

    package = made.filled(
        made.handed_out(session, form),
        {
            f"field.{seq['F1']}.chosen": "是",
            f"field.{seq['F2']}.value": "12.5",
            f"field.{seq['F3']}.chosen:NO": True,
            f"field.{seq['F4']}.not_applicable": True,
            f"field.{seq['F4']}.reason": "本案没有接访记录",
            f"field.{seq['F5']}.value": "其他情况见阅卷说明。",
            f"field.{seq['F6']}/quote.1": ("1-1 执行裁定书", "1", words),
            f"field.{seq['F7']}/law.1": ("民事诉讼法", "2023", "第264条", ""),
            "D7.not_applicable": True,
            "D7.text": "本案不涉及涉案财物，这一维度不适用于本案。",
        },
    )
    taken = made.taken_in(session, form, tmp_path, package)

    assert taken.conflicts == ()
    form = fresh(session, form)
    assert {code: answer_of(form, code) for code in seq} == {
        "F1": ("", ["YES"], False, ""),
        "F2": ("12.5", [], False, ""),
        "F3": ("", ["NO"], False, ""),
        "F4": ("", [], True, "本案没有接访记录"),
        "F5": ("其他情况见阅卷说明。", [], False, ""),
        "F6": ("", [], False, ""),
        "F7": ("", [], False, ""),
        "F8": ("", [], False, ""),
    }
    answers = {one.code: one for one in form.answers}
    assert [one.text for one in answers["F6"].quotes] == [words]
    assert [(one.law, one.article) for one in answers["F7"].law_citations] == [("民事诉讼法", "第264条")]
    assert [note.dimension for note in form.notes if note.not_applicable] == ["D7"]


def answer_of(form: EvalForm, code: str) -> tuple[str, list[str], bool, str]:
    found = next(one for one in form.answers if one.code == code)
    return found.value, found.chosen, found.not_applicable, found.reason


def test_the_day_of_the_act_and_quotations_for_later_land_too(session: Session, tmp_path: Path) -> None:
    reading = desk.reading(session, size=3)
    form = reading.forms[0]
    words = desk.SENTENCES[4]

    package = made.filled(
        made.handed_out(session, form),
        {
            "new.1.code": "D4-07 " + catalogue_of(form).deductions["D4-07"].zh,
            "new.1/law.1": ("民事诉讼法", "2021", "第247条", "被执行人未按期履行的。", "2023-05-06"),
            "tray/quote.1": ("1-1 执行裁定书", "1", words),
        },
    )
    made.taken_in(session, form, tmp_path, package)

    form = fresh(session, form)
    assert [(one.article, one.act_on) for one in form.law_citations] == [("第247条", date(2023, 5, 6))]
    assert [(one.text, one.deduction_id) for one in form.quotes] == [(words, None)]


def test_a_day_that_is_none_is_named_with_its_row(session: Session, tmp_path: Path) -> None:
    reading = desk.reading(session, size=3)
    form = reading.forms[0]
    package = made.filled(
        made.handed_out(session, form),
        {
            "new.1.code": "D4-07 " + catalogue_of(form).deductions["D4-07"].zh,
            "new.1/law.1": ("民事诉讼法", "2021", "第247条", "", "去年五月"),
        },
    )

    with pytest.raises(OfflineRefused) as caught:
        made.taken_in(session, form, tmp_path, package)

    assert [one.name for one in caught.value.problems] == ["new.1/law.1"]
