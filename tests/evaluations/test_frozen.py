from decimal import Decimal

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from review_app.errors import ReviewError
from review_app.evaluations.drafting import add_deduction, save_draft
from review_app.evaluations.frozen import SignedContentError
from review_app.evaluations.models import Deduction, DimensionNote, EvalForm, Quote
from review_app.evaluations.queries import fresh
from tests.conftest import NOW
from tests.evaluations import made


@pytest.fixture
def form(session: Session) -> EvalForm:
    """A signed form with one deduction; committed, so that a refused write can be rolled back."""
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    made.signed(session, reading, [fresh(session, reading.forms[0])])
    session.commit()
    return fresh(session, reading.forms[0])


def test_the_service_says_that_a_signed_form_is_closed(session: Session, form: EvalForm) -> None:
    for attempt in (
        lambda: save_draft(session, form, {"D1.text": ["改"]}, edition=9, by=form.person, now=NOW),
        lambda: add_deduction(session, form, "D7-05", by=form.person, now=NOW),
    ):
        with pytest.raises(ReviewError, match="评查表已签名，内容不能再修改"):
            attempt()


@pytest.mark.parametrize(
    "change",
    [
        lambda form: setattr(form, "highlights", "签名后补写"),
        lambda form: setattr(form, "minutes_spent", 1),
        lambda form: setattr(form, "content_sha256", "0" * 64),
        lambda form: setattr(form.notes[0], "text", "签名后改写"),
        lambda form: setattr(form.deductions[0], "points", Decimal(5)),
        lambda form: setattr(form.deductions[0], "removed_at", NOW),
        lambda form: setattr(form.quotes[0], "text", "另一段文字另一段文字"),
        lambda form: setattr(form.law_citations[0], "article", "第1条"),
    ],
)
def test_the_database_session_refuses_to_write_over_a_signature(
    session: Session, form: EvalForm, change: object
) -> None:
    assert callable(change)
    change(form)

    with pytest.raises(SignedContentError):
        session.flush()


def test_nothing_can_be_added_to_a_signed_form(session: Session, form: EvalForm) -> None:
    added = Deduction(form_id=form.id, seq=99, code="D7-05", severity="S3", points=Decimal(6), created_at=NOW)
    session.add(added)

    with pytest.raises(SignedContentError):
        session.flush()


@pytest.mark.parametrize("kind", [EvalForm, Deduction, DimensionNote, Quote])
def test_forms_are_never_written_or_deleted_in_bulk(session: Session, form: EvalForm, kind: type) -> None:
    with pytest.raises(SignedContentError):
        session.execute(update(kind).values(created_at=NOW))
    with pytest.raises(SignedContentError):
        session.execute(delete(kind))


def test_nothing_of_a_form_is_deleted(session: Session, form: EvalForm) -> None:
    session.delete(form.quotes[0])

    with pytest.raises(SignedContentError):
        session.flush()
