"""The desk without JavaScript: every button saves what was typed and then does its work."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import FailedSignIn
from review_app.audit.models import AuditRow
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.states import FormState
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.conftest import TestClock
from tests.evaluations import made
from tests.evaluations.made import SENTENCES
from tests.factories import PASSWORD


@pytest.fixture
def reading(session: Session) -> made.Reading:
    reading = made.reading(session, size=3)
    session.commit()
    return reading


@pytest.fixture
def desk(browser: Browser, reading: made.Reading) -> Browser:
    return browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form")


def stored(session: Session, reading: made.Reading) -> EvalForm:
    session.rollback()
    return fresh(session, reading.forms[0])


def test_desk_shows_the_file_beside_the_form(desk: Browser, reading: made.Reading) -> None:
    page = desk.page

    text = page.select_one(".file-text")
    assert text is not None and text.get_text() == made.RULING
    assert [one.get_text(strip=True) for one in page.select(".dimension-code")] == [
        f"D{n}" for n in range(1, 9)
    ]
    assert page.select_one(".score-total b").get_text() == "100"  # type: ignore[union-attr]
    assert len(page.select("h1")) == 1


def test_whole_form_is_filled_and_signed_without_script(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    desk.submit(
        "#desk",
        {"D7.text": "终本前未查封已经查明的车辆，财产调查没有穷尽，详见摘录。", "add_D7": "D7-04"},
        button="deduct:D7",
    )
    for document, words in ((0, SENTENCES[3]), (1, SENTENCES[35])):
        desk.submit("#desk", {"document": reading.documents[document].id}, button="go")
        desk.submit("#desk", {"quote_words": words, "quote_target": "deduction.1"}, button="quote")
    clean = {f"D{n}.clean": "1" for n in (1, 2, 3, 4, 5, 6, 8)}
    desk.submit(
        "#desk",
        {
            **clean, "deduction.1.note": "车辆、租金均未查封", "proposed_grade": "B", "proposed_outcome": "SUPPLEMENT",
            "proposed_measures": ["EXPLAIN"], "volumes_read": ["1", "2"], "method": "ELECTRONIC", "minutes_spent": "200",
        },
        button="sign",
    )  # fmt: skip
    assert desk.url.endswith("/form/sign"), desk.text

    desk.submit("main form.sheet-form", {"declared": "1", "password": PASSWORD})

    form = stored(session, reading)
    assert form.state is FormState.SIGNED
    (deduction,) = form.deductions
    assert [quote.text for quote in deduction.quotes] == [SENTENCES[3], SENTENCES[35]]
    assert form.proposed_measures == ["EXPLAIN"]
    assert "评查表已签名" in desk.text
    assert desk.page.select_one("#desk") is None


def test_turning_a_page_keeps_what_was_typed(session: Session, desk: Browser, reading: made.Reading) -> None:
    desk.submit(
        "#desk", {"D1.text": "写到一半", "document": reading.documents[1].id, "page": "2"}, button="go"
    )

    text = desk.page.select_one(".file-text")
    assert text is not None and text.get_text() == "第二页只有这一句话，别无其他记载。"
    assert stored(session, reading).notes[0].text == "写到一半"


def test_search_field_adds_by_enter(session: Session, desk: Browser, reading: made.Reading) -> None:
    desk.submit("#desk", {"add_code": "D7-05 终本后未按规定查询财产"}, button="save")

    assert [one.code for one in stored(session, reading).deductions] == ["D7-05"]


def test_offered_provision_is_cited_by_its_button(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    desk.submit("#desk", {"add_code": "D4-12"}, button="deduct")

    desk.submit("#desk", button="law:deduction.1:0")

    (law,) = stored(session, reading).law_citations
    assert (law.law, law.version, law.article) == ("民诉法解释", "", "第517条")


def test_words_that_are_not_on_the_page_are_explained_and_the_rest_is_saved(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    desk.submit("#desk", {"quote_words": "案卷里没有这样一句话", "D2.text": "已写的内容"}, button="quote")

    assert "第1页没有这段文字" in desk.text
    words = desk.page.select_one("#f-D2-text")
    assert words is not None and words.get_text().strip() == "已写的内容"
    assert stored(session, reading).notes[1].text == "已写的内容"


def test_unreadable_field_is_explained_beside_it(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    desk.submit("#desk", {"minutes_spent": "三小时", "D1.text": "其余内容"})

    error = desk.page.select_one("#f-minutes_spent-error")
    assert error is not None and "请填写用时的分钟数" in error.get_text()
    assert desk.page.select_one("#f-minutes_spent")["value"] == "三小时"  # type: ignore[index]
    assert stored(session, reading).notes[0].text == "其余内容"


def test_second_window_sees_both_versions_and_decides(
    session: Session, desk: Browser, another_browser: Browser, reading: made.Reading
) -> None:
    second = another_browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form")
    desk.submit("#desk", {"D1.text": "第一窗口的判断"})

    second.submit("#desk", {"D1.text": "第二窗口的判断", "D5.text": "第二窗口的另一处"})

    assert second.status == 409
    theirs = second.page.select_one("#D1 .theirs")
    assert theirs is not None and "第一窗口的判断" in theirs.get_text()
    assert second.page.select_one("#f-D1-text").get_text().strip() == "第二窗口的判断"  # type: ignore[union-attr]
    assert stored(session, reading).notes[0].text == "第一窗口的判断"
    second.submit("#desk")
    assert [note.text for note in stored(session, reading).notes][:5:4] == [
        "第二窗口的判断",
        "第二窗口的另一处",
    ]


def test_problems_lead_to_their_fields(desk: Browser) -> None:
    desk.submit("#desk", {"add_code": "D7-04"}, button="deduct")

    links = [str(link["href"]) for link in desk.page.select("[data-problem-list] a")]
    assert "#deduction-1" in links and "#f-D1-text" in links and "#f-minutes_spent" in links
    assert all(desk.page.select_one(f"[id='{link[1:]}']") for link in links)


def test_wrong_password_is_explained_and_nothing_is_signed(
    session: Session, browser: Browser, reading: made.Reading
) -> None:
    made.complete(session, fresh(session, reading.forms[0]))
    session.commit()
    browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form/sign")

    browser.submit("main form.sheet-form", {"declared": "1", "password": "猜一个密码试试看"})

    assert "密码不正确" in browser.text
    assert stored(session, reading).state is FormState.DRAFT


def test_five_wrong_passwords_at_signing_lock_the_login(
    session: Session, browser: Browser, reading: made.Reading, clock: TestClock
) -> None:
    made.complete(session, fresh(session, reading.forms[0]))
    session.commit()
    browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form/sign")
    for _ in range(5):
        browser.submit("main form.sheet-form", {"declared": "1", "password": "猜一个密码试试看"})

    browser.submit("main form.sheet-form", {"declared": "1", "password": factories.PASSWORD})
    locked = browser.text
    clock.forward(minutes=16)
    browser.submit("main form.sheet-form", {"declared": "1", "password": factories.PASSWORD})

    failures = select(func.count()).select_from(AuditRow).where(AuditRow.action == "sign.fail")
    assert "密码错误次数过多，签名未完成，请15分钟后再试。" in locked
    assert session.scalar(failures) == 5
    assert session.scalars(select(FailedSignIn)).all() == []
    assert stored(session, reading).state is FormState.SIGNED


def test_get_changes_nothing(session: Session, desk: Browser, reading: made.Reading) -> None:
    before = stored(session, reading).edition

    for path in ("form", "form/sign", "form/page?page=1", "form?quote=9&document=99999&page=0"):
        assert desk.get(f"/reviews/{reading.review.id}/{path}").status == 200

    assert stored(session, reading).edition == before


def test_a_member_without_form_is_offered_to_begin(
    session: Session, browser: Browser, reading: made.Reading
) -> None:
    substitute = made.seated(session, reading.review)
    session.commit()
    browser.sign_in(substitute).get(f"/reviews/{reading.review.id}/form")
    assert "您的评查表还没有开启" in browser.text

    browser.submit("main .post-button")

    assert browser.page.select_one("#desk") is not None


def test_outside_reading_the_own_draft_is_shown_and_cannot_be_sent(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    reading.review.state = ReviewState.SUSPENDED
    session.commit()

    desk.submit("#desk", {"D1.text": "中止后还想写"})

    assert desk.status == 400 and "不在阅卷评查环节" in desk.text
    assert stored(session, reading).notes[0].text == ""
    assert desk.get(f"/reviews/{reading.review.id}/form").page.select_one("#desk") is None


def test_nobody_else_finds_the_desk(session: Session, browser: Browser, reading: made.Reading) -> None:
    strangers = [reading.coordinator, factories.expert(session).person]
    session.commit()

    for stranger in strangers:
        assert stranger is not None
        for path in ("form", "form/sign", "form/page"):
            assert browser.sign_in(stranger).get(f"/reviews/{reading.review.id}/{path}").status == 404


def test_post_without_token_is_refused(desk: Browser, session: Session, reading: made.Reading) -> None:
    desk.post(f"/reviews/{reading.review.id}/form", {"D1.text": "无令牌", "edition": "0"})

    assert desk.status == 400
    assert stored(session, reading).notes[0].text == ""


def test_reading_is_logged_however_the_page_came_up(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    other = reading.documents[1]
    refused = {"document": other.id, "quote_words": "案卷里没有这样一句话"}

    desk.submit("#desk", refused, button="quote")
    shown = desk.page.select_one(".file-text")

    session.rollback()
    logged = session.scalars(select(AuditRow.subject).where(AuditRow.action == "files.read")).all()
    assert shown is not None and shown["data-document-id"] == str(other.id)
    assert list(logged) == [f"file_document:{one.id}" for one in reading.documents]
