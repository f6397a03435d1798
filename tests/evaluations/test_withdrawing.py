"""A signed form taken back: asked for, allowed or refused, begun again as a copy."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.consolidating import draft_findings
from review_app.deliberations.queries import findings_of
from review_app.errors import NotAllowed, ReviewError
from review_app.evaluations.content import is_intact, signed_content
from review_app.evaluations.models import EvalForm, FormWithdrawal
from review_app.evaluations.queries import bare_forms, forms_ever_signed, fresh, own_form, signed_forms
from review_app.evaluations.rules import all_signed, can_see_others
from review_app.evaluations.service import open_forms
from review_app.evaluations.states import FormState, WithdrawalState
from review_app.evaluations.withdrawing import ask_withdrawal
from review_app.notices.models import Notice
from review_app.progress.withdrawals import decide
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made

CONTENT = ("dimensions", "highlights", "proposed_grade", "proposed_outcome", "volumes_read", "minutes_spent")


@pytest.fixture
def leader(session: Session) -> Person:
    return factories.person(session, Role.LEADER, name="林主任")


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    for place, form in enumerate(reading.forms):
        made.deduct(session, form, reading, "D4-07", place=place)
    made.signed(session, reading)
    return reading


def asked(session: Session, form: EvalForm) -> FormWithdrawal:
    return ask_withdrawal(session, form, reason="签名前没有保存最后一处修改", by=form.person, now=NOW)


def taken_back(session: Session, form: EvalForm, leader: Person) -> EvalForm:
    again = decide(session, asked(session, form), approve=True, answer="", by=leader, now=NOW)
    assert again is not None
    return again


def test_a_withdrawn_form_is_kept_and_begun_again_as_a_copy(
    session: Session, reading: made.Reading, leader: Person
) -> None:
    form = fresh(session, reading.forms[0])
    before = signed_content(form)

    again = taken_back(session, form, leader)

    kept = fresh(session, form)
    assert (kept.state, is_intact(kept)) == (FormState.WITHDRAWN, True)
    assert (again.state, again.signed_at, again.content_sha256) == (FormState.DRAFT, None, None)
    after = signed_content(again)
    assert {name: after[name] for name in CONTENT} == {name: before[name] for name in CONTENT}
    assert [(one.seq, one.code, one.points, one.note) for one in again.deductions] == [
        (one.seq, one.code, one.points, one.note) for one in kept.deductions
    ]
    assert [(one.seq, one.text, one.deduction and one.deduction.form_id) for one in again.quotes] == [
        (one.seq, one.text, again.id) for one in kept.quotes
    ]
    assert [(one.law, one.article, one.act_on) for one in again.law_citations] == [
        (one.law, one.article, one.act_on) for one in kept.law_citations
    ]
    assert own_form(session, form.person, form.review) is again


def test_everything_is_shut_again_until_it_is_signed_again(
    session: Session, reading: made.Reading, leader: Person
) -> None:
    other = reading.members[1]
    open_before = can_see_others(other, reading.review, bare_forms(session, reading.review))

    again = taken_back(session, reading.forms[0], leader)
    shut = can_see_others(other, reading.review, bare_forms(session, reading.review))
    made.sign(session, fresh(session, again))

    assert (open_before, shut) == (True, False)
    assert can_see_others(other, reading.review, bare_forms(session, reading.review))
    assert {form.id for form in signed_forms(session, reading.review)} == {
        again.id, reading.forms[1].id, reading.forms[2].id,
    }  # fmt: skip
    assert len(forms_ever_signed(session, reading.review)) == 4


def test_a_review_whose_findings_are_drafted_goes_back_to_reading(
    session: Session, reading: made.Reading, leader: Person
) -> None:
    reading.review.state = ReviewState.DRAFT
    lead = reading.members[1]
    draft_findings(session, reading.review, by=lead, now=NOW)
    before = [len(one.sources) for one in findings_of(session, reading.review)]

    again = taken_back(session, reading.forms[0], leader)
    after = [len(one.sources) for one in findings_of(session, reading.review)]

    assert reading.review.state is ReviewState.READING
    assert sum(before) - sum(after) == 1
    assert not all_signed(reading.review, bare_forms(session, reading.review))
    made.sign(session, fresh(session, again))
    reading.review.state = ReviewState.DRAFT
    draft_findings(session, reading.review, by=lead, now=NOW)
    assert sum(len(one.sources) for one in findings_of(session, reading.review)) == 3


def test_opening_forms_again_gives_no_further_form(
    session: Session, reading: made.Reading, leader: Person
) -> None:
    taken_back(session, reading.forms[0], leader)

    assert open_forms(session, reading.review, by=None, now=NOW) == []


def test_refused_with_a_reason_the_form_stands(
    session: Session, reading: made.Reading, leader: Person
) -> None:
    request = asked(session, reading.forms[0])

    with pytest.raises(ReviewError, match="请写明理由"):
        decide(session, request, approve=False, answer="", by=leader, now=NOW)
    decide(session, request, approve=False, answer="修改不影响结论", by=leader, now=NOW)

    assert (request.state, reading.forms[0].state) == (WithdrawalState.REFUSED, FormState.SIGNED)


def test_only_the_member_asks_and_only_once_at_a_time(session: Session, reading: made.Reading) -> None:
    with pytest.raises(NotAllowed):
        ask_withdrawal(session, reading.forms[0], reason="替他人申请撤回", by=reading.members[1], now=NOW)
    asked(session, reading.forms[0])
    with pytest.raises(ReviewError, match="请等待决定"):
        asked(session, reading.forms[0])


@pytest.mark.parametrize("state", sorted(set(ReviewState) - {ReviewState.READING, ReviewState.DRAFT}))
def test_after_the_findings_have_left_the_panel_nothing_is_taken_back(
    session: Session, reading: made.Reading, state: ReviewState
) -> None:
    reading.review.state = state

    with pytest.raises(NotAllowed):
        asked(session, reading.forms[0])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEADER}))
def test_nobody_but_the_head_of_the_office_decides(
    session: Session, reading: made.Reading, role: Role
) -> None:
    request = asked(session, reading.forms[0])

    with pytest.raises(NotAllowed):
        decide(session, request, approve=True, answer="", by=factories.person(session, role), now=NOW)


def test_the_head_of_the_office_does_not_learn_whose_form_it_is(
    session: Session, browser: Browser, reading: made.Reading, leader: Person
) -> None:
    asked(session, reading.forms[0])
    session.commit()

    browser.sign_in(leader).get("/withdrawals")

    assert "签名前没有保存最后一处修改" in browser.text
    assert [person.name for person in reading.members if person.name in browser.text] == []
    told = session.scalars(select(Notice).where(Notice.kind == "withdrawal-asked")).all()
    assert [notice.person_id for notice in told] == [leader.id]


def test_asked_and_allowed_in_the_browser(
    session: Session, browser: Browser, reading: made.Reading, leader: Person
) -> None:
    member, address = reading.members[0], f"/reviews/{reading.review.id}/form"
    session.commit()

    browser.sign_in(member).get(address)
    browser.submit('form[action$="/form/withdraw"]', {"reason": "签名前没有保存最后一处修改"})
    waiting = browser.text
    browser.sign_in(leader).get("/withdrawals")
    browser.submit('form[action^="/withdrawals/"]', {}, button="approve")
    browser.sign_in(member).get(address)

    assert "等待办公室负责人决定" in waiting
    assert browser.page.select_one("form#desk") is not None
