import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.evaluations.content import is_intact, score_of
from review_app.evaluations.drafting import add_law, save_draft
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import add_quote
from review_app.evaluations.readiness import field_of, signing_problems
from review_app.evaluations.service import sign_form
from review_app.evaluations.template_change import activate, touched
from review_app.form_templates.frozen import KeptContentError
from review_app.form_templates.queries import active_template
from review_app.form_templates.reading import content_of, rules_of
from review_app.form_templates.service import (
    begin_version,
    data_of,
    decide,
    problems_of,
    propose,
    save_version,
)
from review_app.form_templates.states import ChangeClass, TemplateState
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW
from tests.evaluations import made as forms
from tests.factories import PASSWORD
from tests.form_templates import made


def renamed(data: dict) -> None:  # type: ignore[type-arg]
    data["dimensions"]["D1"]["zh"] = "事实和情节"


def heavier(data: dict) -> None:  # type: ignore[type-arg]
    data["dimensions"]["D1"]["maximum"] += 1
    data["dimensions"]["D2"]["maximum"] -= 1


def test_a_version_goes_from_draft_to_use_by_three_people(session: Session) -> None:
    coordinator, leader, administrator = made.people(session)

    version = made.draft(session, renamed, by=coordinator)
    propose(session, version, reason="名称更准确", by=coordinator, now=NOW)
    decide(session, version, approve=True, reason="", by=leader, now=NOW)
    activate(session, version, review_ids=[], reason="", by=administrator, now=NOW)

    assert (version.state, version.change_class, version.number) == (
        TemplateState.ACTIVE,
        ChangeClass.WORDING,
        1,
    )
    assert active_template(session, "EXE", "2024.1") is version
    assert active_template(session, "CIV", "2024.1") is None
    actions = session.scalars(
        select(AuditRow.action).where(AuditRow.subject == f"form_template:{version.id}")
    )
    assert list(actions) == [
        "form-template.begin", "form-template.save", "form-template.propose", "form-template.decide",
        "form-template.activate",
    ]  # fmt: skip


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORD, Role.SYSADMIN}))
def test_only_coordinators_and_administrators_begin_a_version(session: Session, role: Role) -> None:
    with pytest.raises(NotAllowed):
        begin_version(session, "EXE", by=factories.person(session, role), now=NOW)


def test_nobody_approves_what_he_proposed(session: Session) -> None:
    both = factories.person(session, Role.COORD, Role.LEADER)
    version = made.draft(session, renamed, by=both)
    propose(session, version, reason="名称更准确", by=both, now=NOW)

    with pytest.raises(NotAllowed):
        decide(session, version, approve=True, reason="", by=both, now=NOW)


def test_nothing_is_put_to_use_before_it_is_approved(session: Session) -> None:
    coordinator, _leader, administrator = made.people(session)
    version = made.draft(session, renamed, by=coordinator)
    propose(session, version, reason="名称更准确", by=coordinator, now=NOW)

    with pytest.raises(NotAllowed):
        activate(session, version, review_ids=[], reason="", by=administrator, now=NOW)


def test_a_draft_that_cannot_be_meant_is_kept_and_not_proposed(session: Session) -> None:
    coordinator, _leader, _administrator = made.people(session)
    version = made.draft(
        session, lambda data: data["dimensions"]["D1"].update(maximum="很多"), by=coordinator
    )

    assert [one.path for one in problems_of(version)] == ["dimensions.D1.maximum"]
    with pytest.raises(ReviewError, match="1处需要补正"):
        propose(session, version, reason="名称更准确", by=coordinator, now=NOW)


def test_two_drafts_of_one_template_are_refused(session: Session) -> None:
    coordinator, _leader, _administrator = made.people(session)
    made.draft(session, renamed, by=coordinator)

    with pytest.raises(ReviewError, match="未启用的修改"):
        begin_version(session, "EXE", by=coordinator, now=NOW)


def test_a_draft_saved_by_somebody_else_meanwhile_is_not_overwritten(session: Session) -> None:
    coordinator, _leader, _administrator = made.people(session)
    version = made.draft(session, renamed, by=coordinator)

    with pytest.raises(EditConflict):
        save_version(session, version, data_of(version), edition=version.edition - 1, by=coordinator, now=NOW)


def test_a_proposed_version_cannot_be_changed_even_by_mistake(session: Session) -> None:
    version, _administrator = made.approved(session)
    version.content = version.content + " "

    with pytest.raises(KeptContentError):
        session.flush()


def test_new_reviews_begin_with_the_active_version_and_old_ones_keep_theirs(session: Session) -> None:
    before = forms.reading(session, size=3)
    version = made.active(session, heavier)
    after = factories.review(session, ReviewState.READING, size=3, template="EXE", form_template=version)

    assert rules_of(before.review).templates["EXE"].maxima["D1"] == 8
    assert rules_of(before.forms[0]).templates["EXE"].maxima["D1"] == 8
    assert rules_of(after).templates["EXE"].maxima["D1"] == 9


def test_only_ticked_reviews_move_and_only_where_reading_has_not_begun(session: Session) -> None:
    reading = forms.reading(session, size=3)
    early = [factories.review(session, ReviewState.FILES, size=3, template="EXE") for _one in range(2)]
    version, administrator = made.approved(session, heavier)

    found = {one.review.id: one.may_move for one in touched(session, version)}
    moved = activate(
        session, version, review_ids=[early[0].id], reason="办公室决定统一标准", by=administrator, now=NOW
    )

    assert found == {reading.review.id: False, early[0].id: True, early[1].id: True}
    assert moved == [early[0]]
    assert [one.form_template for one in (reading.review, *early)] == [None, version, None]


def test_a_review_that_is_being_read_does_not_move_to_another_scoring(session: Session) -> None:
    reading = forms.reading(session, size=3)
    version, administrator = made.approved(session, heavier)

    with pytest.raises(ReviewError, match="已不能改用"):
        activate(
            session,
            version,
            review_ids=[reading.review.id],
            reason="办公室决定统一标准",
            by=administrator,
            now=NOW,
        )

    assert version.state is TemplateState.APPROVED


def test_words_are_taken_over_on_drafts_and_never_on_signed_forms(session: Session) -> None:
    reading = forms.reading(session, size=3)
    forms.signed(session, reading, reading.forms[:1])
    signed = reading.forms[0]
    before = signed.content_sha256
    version, administrator = made.approved(session, renamed)

    activate(
        session, version, review_ids=[reading.review.id], reason="名称更准确些", by=administrator, now=NOW
    )

    assert [one.form_template for one in reading.forms] == [None, version, version]
    assert signed.content_sha256 == before
    assert is_intact(signed)
    assert content_of(reading.forms[1]).dimensions["D1"].zh == "事实和情节"


def test_which_reviews_may_move_does_not_depend_on_who_has_signed(session: Session) -> None:
    reading = forms.reading(session, size=3)
    version, _administrator = made.approved(session, renamed)
    before = [(one.review.id, one.obstacle) for one in touched(session, version)]

    forms.signed(session, reading, reading.forms[:1])

    assert [(one.review.id, one.obstacle) for one in touched(session, version)] == before


def test_extra_fields_are_asked_answered_and_signed(session: Session) -> None:
    version = made.active(session)
    reading = forms.reading(session, size=3, form_template=version)
    form = reading.forms[0]
    forms.complete(session, form)
    seqs = {one.code: one.seq for one in form.answers}
    asked = [(one.code, field_of(form, one.path)) for one in signing_problems(form)]

    forms.write(
        session, form, **{f"field__{seqs['F1']}__chosen": ["YES"], f"field__{seqs['F2']}__value": "12.5"}
    )
    add_law(
        session,
        form,
        f"field.{seqs['F7']}",
        law="民事诉讼法",
        version="2023",
        article="第211条",
        by=form.person,
        now=NOW,
    )
    quote = forms.SENTENCES[5]
    start = forms.RULING.index(quote)
    add_quote(
        session, form, document_id=reading.documents[0].id, page=1, start=start, end=start + len(quote), text=quote,
        target=f"field.{seqs['F6']}", by=form.person, now=NOW,
    )  # fmt: skip
    form = fresh(session, form)
    score = score_of(form).score
    sign_form(session, form, password=PASSWORD, declared=True, edition=form.edition, by=form.person, now=NOW)

    assert asked == [("answer_missing", f"field.{seqs['F1']}")]
    assert is_intact(form)
    assert score_of(form).score == score
    answers = {one.code: one for one in form.answers}
    assert [len(answers["F6"].quotes), len(answers["F7"].law_citations)] == [1, 1]


def test_a_dimension_that_does_not_apply_needs_a_reason_and_leave_of_the_template(session: Session) -> None:
    reading = forms.reading(session, size=3, form_template=made.active(session))
    form = reading.forms[0]
    forms.complete(session, form)
    forms.write(session, form, D7__not_applicable="1", D7__clean="", D7__text="无")
    forms.write(
        session,
        form,
        D5__not_applicable="1",
        D5__clean="",
        D5__text="本案没有需要制作文书的环节，这一维度不适用于本案。",
    )

    found = {(one.code, one.path) for one in signing_problems(fresh(session, form))}

    assert found >= {("dimension_text", "dimensions.D7"), ("not_applicable", "dimensions.D5")}
    assert ("not_applicable", "dimensions.D7") not in found


def test_a_saved_answer_does_not_touch_other_fields(session: Session) -> None:
    reading = forms.reading(session, size=3, form_template=made.active(session))
    form = reading.forms[0]
    first = form.answers[0]

    save_draft(
        session, form, {f"field.{first.seq}.chosen": ["NO"]}, edition=form.edition, by=form.person, now=NOW
    )

    assert [(one.code, one.chosen, one.value) for one in form.answers if one.chosen or one.value] == [
        ("F1", ["NO"], "")
    ]
