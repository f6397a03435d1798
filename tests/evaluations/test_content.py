from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.content import as_form_input, content_sha256, is_intact, score_of
from review_app.evaluations.queries import fresh, signed_forms
from tests.evaluations import made
from tests.evaluations.five_cases import SCORES, rows_of, template_of


@pytest.mark.parametrize("case", SCORES)
def test_forms_of_the_five_cases_give_their_scores_through_the_service(session: Session, case: int) -> None:
    reading = made.reading(session, size=len(SCORES[case]), template=template_of(case))
    for place, row in enumerate(rows_of(case)):
        for form, points in zip(reading.forms, row.points, strict=True):
            if points:
                made.deduct(session, form, reading, row.code, points, place=place, veto=row.veto)
    forms = [fresh(session, form) for form in reading.forms]

    made.signed(session, reading, forms)

    signed = signed_forms(session, reading.review)
    assert [score_of(form).score for form in signed] == [Decimal(score) for score in SCORES[case]]
    assert all(is_intact(form) for form in signed)


def test_a_form_becomes_the_input_of_scoring_with_all_its_proof(session: Session) -> None:
    reading = made.reading(session)
    form = reading.forms[0]
    made.deduct(session, form, reading, "D7-04", "6.5")
    made.complete(session, fresh(session, form))

    given = as_form_input(fresh(session, form))

    (deduction,) = given.deductions
    assert (deduction.code, deduction.points, deduction.severity) == ("D7-04", Decimal("6.5"), "S3")
    assert [quote.document for quote in deduction.quotes] == ["1 执行裁定书", "1 执行笔录"]
    assert [quote.exact_text for quote in deduction.quotes] == [made.SENTENCES[0], made.SENTENCES[30]]
    assert [citation.article for citation in deduction.citations] == ["第264条"]
    assert given.dimensions["D7"].no_problems is False
    assert given.dimensions["D1"].no_problems is True
    assert given.highlights == ("依申请调取全部登记表，逐项说理。",)
    assert replace(given, deductions=()).proposed_measures == ("EXPLAIN",)


def test_hash_is_bound_to_every_word(session: Session) -> None:
    reading = made.reading(session)
    form = fresh(session, reading.forms[0])
    before = content_sha256(form)

    made.write(session, form, reading_note="另阅纸质副卷一册。")

    assert content_sha256(form) != before
    assert is_intact(form) is False
