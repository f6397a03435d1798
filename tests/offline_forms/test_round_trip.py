"""The same form, filled on the web and in Word, is stored the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.content import is_intact, signed_content
from review_app.evaluations.drafting import add_deduction, add_law, add_veto, save_draft
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import add_quote_by_words
from tests.conftest import NOW
from tests.evaluations import made as desk
from tests.offline_forms import made

FIRST, SECOND = desk.SENTENCES[0], desk.SENTENCES[30]
TEXT = "经审查，执行通知书依法送达。\n财产调查有遗漏，详见扣分项及所附摘录和法条。"
OFFLINE: dict[str, made.Typed] = {
    "D1.clean": True, "D2.clean": True, "D3.clean": True, "D4.text": TEXT, "D5.clean": True, "D6.clean": True,
    "D7.clean": True, "D8.clean": True,
    "new.1.code": "D4-08", "new.1.severity": "S3 较重", "new.1.points": "6.5",
    "new.1.locus": "执行裁定书第1页", "new.1.note": "送达前已经采取措施。",
    "new.1/quote.1": ("1-1 执行裁定书", "1", FIRST), "new.1/quote.2": ("2-1 执行笔录", "1", SECOND),
    "new.1/law.1": ("民事诉讼法", "2023", "第264条", "被执行人未按期履行的。"),
    "veto.V11.propose": True, "veto.V11.document_no": "（2021）青刑终9号", "veto.V11.note": "判决已生效。",
    "highlights": "依申请调取全部登记表，逐项说理。", "proposed_grade": "C", "proposed_outcome": "瑕疵补正",
    "proposed_measures:EXPLAIN": True, "proposal_reasons": "程序瑕疵可以补正。", "reserves_dissent": True,
    "volumes_read": "1-2", "method": "电子卷", "minutes_spent": "240", "reading_note": "卷二第三页缺损。",
}  # fmt: skip


@pytest.fixture
def reading(session: Session) -> desk.Reading:
    return desk.reading(session, size=3)


def fill_on_the_web(session: Session, reading: desk.Reading, form: EvalForm) -> None:
    """What ``OFFLINE`` says, by the functions of the desk."""
    who: dict[str, Any] = {"by": form.person, "now": NOW}
    answers = {f"D{number}.clean": ["1"] for number in (1, 2, 3, 5, 6, 7, 8)} | {
        "D4.text": [TEXT], "highlights": ["依申请调取全部登记表，逐项说理。"], "proposed_grade": ["C"],
        "proposed_outcome": ["SUPPLEMENT"], "proposed_measures": ["EXPLAIN"],
        "proposal_reasons": ["程序瑕疵可以补正。"], "reserves_dissent": ["1"], "volumes_read": ["1", "2"],
        "method": ["ELECTRONIC"], "minutes_spent": ["240"], "reading_note": ["卷二第三页缺损。"],
    }  # fmt: skip
    save_draft(session, form, answers, edition=form.edition, **who)
    add_deduction(session, form, "D4-08", **who)
    fields = {
        "deduction.1.severity": ["S3"], "deduction.1.points": ["6.5"], "deduction.1.locus": ["执行裁定书第1页"],
        "deduction.1.note": ["送达前已经采取措施。"],
    }  # fmt: skip
    save_draft(session, form, fields, edition=form.edition, **who)
    add_veto(session, form, "V11", **who)
    fields = {"veto.2.document_no": ["（2021）青刑终9号"], "veto.2.note": ["判决已生效。"]}
    save_draft(session, form, fields, edition=form.edition, **who)
    for document, words in zip(reading.documents, (FIRST, SECOND), strict=True):
        add_quote_by_words(
            session, form, document_id=document.id, page=1, words=words, target="deduction.1", **who
        )
    add_law(
        session, form, "deduction.1", law="民事诉讼法", version="2023", article="第264条",
        text="被执行人未按期履行的。", **who,
    )  # fmt: skip


def content(form: EvalForm) -> dict[str, Any]:
    """What is signed, without whose it is; parts named by their numbers on the form instead of row ids."""
    said = signed_content(form)
    seqs = {one.id: one.seq for one in (*form.deductions, *form.veto_proposals)}
    for kind in ("quotes", "law", "precedents"):
        for one in said[kind]:
            one |= {key: seqs.get(one[key]) for key in ("deduction_id", "veto_id") if key in one}
    return {key: value for key, value in said.items() if key not in ("access_id", "person_id")}


def test_form_filled_in_word_is_stored_as_the_one_filled_on_the_web(
    session: Session, reading: desk.Reading, tmp_path: Path
) -> None:
    web, word = reading.forms[:2]
    fill_on_the_web(session, reading, web)

    document = made.filled(made.handed_out(session, word), OFFLINE)
    taken = made.taken_in(session, word, tmp_path, document)

    assert taken.conflicts == ()
    assert content(fresh(session, word)) == content(fresh(session, web))


def test_form_opened_and_saved_by_libreoffice_is_stored_and_signed_the_same(
    session: Session, reading: desk.Reading, tmp_path: Path, libreoffice: Callable[[bytes], bytes]
) -> None:
    web, word = reading.forms[:2]
    fill_on_the_web(session, reading, web)

    document = made.filled(made.handed_out(session, word), OFFLINE)
    saved = libreoffice(document)
    made.taken_in(session, word, tmp_path, saved)

    assert saved != document
    for form in (web, word):
        desk.sign(session, fresh(session, form))
    assert content(fresh(session, word)) == content(fresh(session, web))
    assert is_intact(word)


def test_untouched_document_changes_nothing(
    session: Session, reading: desk.Reading, tmp_path: Path, libreoffice: Callable[[bytes], bytes]
) -> None:
    form = reading.forms[0]
    fill_on_the_web(session, reading, form)
    before, edition = content(fresh(session, form)), form.edition

    document = made.handed_out(session, form)
    saved = libreoffice(document)
    taken = made.taken_in(session, form, tmp_path, saved)

    assert (taken.written, form.edition) == (0, edition)
    assert content(fresh(session, form)) == before


def test_same_document_may_come_in_again(session: Session, reading: desk.Reading, tmp_path: Path) -> None:
    form = reading.forms[0]
    document = made.filled(made.handed_out(session, form), OFFLINE)
    made.taken_in(session, form, tmp_path, document)
    before = content(fresh(session, form))

    again = made.taken_in(session, form, tmp_path, document)

    assert again.written == 0
    assert content(fresh(session, form)) == before


def test_document_corrected_after_it_came_in_changes_what_was_corrected(
    session: Session, reading: desk.Reading, tmp_path: Path
) -> None:
    form = reading.forms[0]
    document = made.filled(made.handed_out(session, form), OFFLINE)
    made.taken_in(session, form, tmp_path, document)

    corrected = made.filled(
        document,
        {
            "new.1.points": "7", "D4.text": "改写后的审查情况，字数不少于二十个字的要求。",
            "new.1/quote.2": ("1-1 执行裁定书", "1", desk.SENTENCES[3]),
            "new.1/law.1": ("民事诉讼法", "2021", "第247条", "被执行人未按期履行的。"),
        },
    )  # fmt: skip
    made.taken_in(session, form, tmp_path, corrected)

    (deduction,) = fresh(session, form).deductions
    assert (deduction.seq, f"{deduction.points:f}") == (1, "7")
    assert [quote.text for quote in deduction.quotes] == [FIRST, desk.SENTENCES[3]]
    assert [(law.version, law.article) for law in deduction.law_citations] == [("2021", "第247条")]
    assert form.notes[3].text == "改写后的审查情况，字数不少于二十个字的要求。"


def test_parts_ticked_for_removal_are_taken_off(
    session: Session, reading: desk.Reading, tmp_path: Path
) -> None:
    form = reading.forms[0]
    fill_on_the_web(session, reading, form)

    document = made.filled(
        made.handed_out(session, form), {"deduction.1.remove": True, "veto.V11.propose": False}
    )
    made.taken_in(session, form, tmp_path, document)

    after = fresh(session, form)
    assert (after.deductions, after.veto_proposals, after.law_citations) == ([], [], [])
    assert [quote.text for quote in after.quotes] == [FIRST, SECOND]


def test_form_filled_by_typing_in_libreoffice_is_stored_and_signed_the_same(
    session: Session, reading: desk.Reading, tmp_path: Path, typing: Callable[..., bytes]
) -> None:
    web, word = reading.forms[:2]
    fill_on_the_web(session, reading, web)

    document = typing(made.handed_out(session, word), OFFLINE)
    made.taken_in(session, word, tmp_path, document)

    for form in (web, word):
        desk.sign(session, fresh(session, form))
    assert content(fresh(session, word)) == content(fresh(session, web))
