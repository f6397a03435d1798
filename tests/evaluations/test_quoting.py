import pytest
from sqlalchemy.orm import Session

from review_app.errors import NotAllowed, ReviewError
from review_app.evaluations.drafting import add_deduction
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import (
    add_precedent,
    add_quote,
    add_quote_by_words,
    remove_precedent,
    remove_quote,
    use_precedent,
    use_quote,
)
from review_app.precedents.models import Precedent
from review_app.precedents.states import Tier
from tests.conftest import NOW
from tests.evaluations import made
from tests.evaluations.made import RULING, SENTENCES
from tests.form_templates import made as templates


@pytest.fixture
def reading(session: Session) -> made.Reading:
    return made.reading(session, size=3)


@pytest.fixture
def form(reading: made.Reading) -> EvalForm:
    return reading.forms[0]


def selected(session: Session, form: EvalForm, document_id: int, start: int, end: int, text: str) -> object:
    return add_quote(
        session, form, document_id=document_id, page=1, start=start, end=end, text=text, target="",
        by=form.person, now=NOW,
    )  # fmt: skip


def typed(session: Session, form: EvalForm, document_id: int, words: str, page: int = 1) -> object:
    return add_quote_by_words(
        session, form, document_id=document_id, page=page, words=words, target="", by=form.person, now=NOW
    )


def test_selected_words_are_kept_with_everything_that_finds_them_again(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    document, start = reading.documents[0], RULING.index(SENTENCES[4])

    selected(session, form, document.id, start, start + len(SENTENCES[4]), SENTENCES[4])

    (quote,) = fresh(session, form).quotes
    assert (quote.volume_number, quote.document_id, quote.page) == (1, document.id, 1)
    assert quote.document_sha256 == document.sha256
    assert RULING[quote.start : quote.end] == quote.text == SENTENCES[4]


def test_words_that_do_not_stand_there_are_refused(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    with pytest.raises(ReviewError, match="与您选取的文字不一致"):
        selected(session, form, reading.documents[0].id, 0, 12, "改动过的文字改动过的文字")


@pytest.mark.parametrize(("start", "end", "sentence"), [(0, 5, "不足10个字"), (0, 300, "超过200个字")])
def test_too_few_or_too_many_words_are_refused(
    session: Session, reading: made.Reading, form: EvalForm, start: int, end: int, sentence: str
) -> None:
    with pytest.raises(ReviewError, match=sentence):
        selected(session, form, reading.documents[0].id, start, end, RULING[start:end])


def test_typed_words_find_their_place_whatever_the_white_space(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    spaced = SENTENCES[7].replace("，", "，\n  ")

    typed(session, form, reading.documents[0].id, spaced)

    assert [quote.text for quote in fresh(session, form).quotes] == [SENTENCES[7]]


def test_typed_words_on_another_page_or_twice_on_the_page_are_refused(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    with pytest.raises(ReviewError, match="第2页没有这段文字"):
        typed(session, form, reading.documents[1].id, SENTENCES[40], page=2)
    with pytest.raises(ReviewError, match="有30处相同的文字"):
        typed(session, form, reading.documents[1].id, "卷内未见申请执行人签字确认")


def test_file_of_another_review_cannot_be_quoted(session: Session, form: EvalForm) -> None:
    other = made.reading(session, size=3)

    with pytest.raises(ReviewError, match="案卷中没有这份材料"):
        typed(session, form, other.documents[0].id, SENTENCES[0])


def test_the_same_quote_twice_is_one(session: Session, reading: made.Reading, form: EvalForm) -> None:
    typed(session, form, reading.documents[0].id, SENTENCES[0])

    typed(session, fresh(session, form), reading.documents[0].id, SENTENCES[0])

    assert len(fresh(session, form).quotes) == 1


def test_a_kept_quote_serves_a_deduction_and_is_freed_again(
    session: Session, reading: made.Reading, form: EvalForm
) -> None:
    typed(session, form, reading.documents[0].id, SENTENCES[0])
    deduction = add_deduction(session, form, "D7-04", by=form.person, now=NOW)
    form = fresh(session, form)

    use_quote(session, form, 1, f"deduction.{deduction.seq}", by=form.person, now=NOW)
    serving = [quote.seq for quote in fresh(session, form).deductions[0].quotes]
    use_quote(session, form, 1, "", by=form.person, now=NOW)

    assert serving == [1]
    assert fresh(session, form).deductions[0].quotes == []


def test_removed_quote_is_gone_from_the_form(session: Session, reading: made.Reading, form: EvalForm) -> None:
    typed(session, form, reading.documents[0].id, SENTENCES[0])

    remove_quote(session, fresh(session, form), 1, by=form.person, now=NOW)

    assert fresh(session, form).quotes == []


def test_nobody_quotes_for_another(session: Session, reading: made.Reading, form: EvalForm) -> None:
    with pytest.raises(NotAllowed):
        add_quote_by_words(
            session, form, document_id=reading.documents[0].id, page=1, words=SENTENCES[0], target="",
            by=reading.members[1], now=NOW,
        )  # fmt: skip


def guiding_case(session: Session) -> Precedent:
    case = Precedent(
        identity="a" * 64, version=1, source_tier=Tier.GUIDING, title="某执行监督案", case_no="（2021）最高法执监1号",
        text="本院认为，被执行人的车辆已经查明而未查封，财产调查没有穷尽，不符合终结本次执行程序的条件。",
        text_sha256="b" * 64, created_at=NOW,
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def test_words_of_a_precedent_are_cited_in_the_version_read_and_taken_off_again(
    session: Session, form: EvalForm
) -> None:
    case = guiding_case(session)
    text = case.text
    words = "财产调查没有穷尽，不符合终结本次执行程序的条件"

    cited = add_precedent(
        session,
        form,
        precedent_id=case.id,
        start=None,
        end=None,
        text=words,
        target="",
        by=form.person,
        now=NOW,
    )
    with pytest.raises(ReviewError):
        add_precedent(
            session, form, precedent_id=case.id, start=0, end=12, text="不是原文的十几个文字", target="",
            by=form.person, now=NOW,
        )  # fmt: skip
    form = fresh(session, form)
    kept = [(one.title, one.precedent_sha256, text[one.start : one.end]) for one in form.precedent_citations]
    remove_precedent(session, form, cited.seq, by=form.person, now=NOW)

    assert kept == [("某执行监督案", "b" * 64, words)]
    assert fresh(session, form).precedent_citations == []


def test_a_cited_case_serves_a_deduction_or_an_extra_field(session: Session) -> None:
    form = made.reading(session, size=3, form_template=templates.active(session)).forms[0]
    deduction = add_deduction(session, form, "D4-07", by=form.person, now=NOW)
    field = next(one for one in form.answers if one.code == "F8")
    cited = add_precedent(
        session, form, precedent_id=guiding_case(session).id, start=None, end=None,
        text="财产调查没有穷尽，不符合终结本次执行程序的条件", target="", by=form.person, now=NOW,
    )  # fmt: skip

    use_precedent(session, form, cited.seq, f"deduction.{deduction.seq}", by=form.person, now=NOW)
    first = (cited.deduction, cited.answer)
    use_precedent(session, form, cited.seq, f"field.{field.seq}", by=form.person, now=NOW)

    assert first == (deduction, None)
    assert (cited.deduction, cited.answer) == (None, field)
    assert [one.seq for one in fresh(session, form).answers[-1].precedent_citations] == [cited.seq]
    with pytest.raises(ReviewError, match="已经移除"):
        use_precedent(session, form, 999, "", by=form.person, now=NOW)
