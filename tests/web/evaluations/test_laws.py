"""Articles picked at the desk from the library, in the text that was law on the day of the act."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.evaluations.law_choice import standings
from review_app.evaluations.queries import fresh
from review_app.evaluations.states import Standing
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made
from tests.statutes.laws import article, ferry_law


@pytest.fixture
def reading(session: Session, tmp_path: Path) -> made.Reading:
    reading = made.reading(session, size=3)
    made.deduct(session, reading.forms[0], reading, "D7-04")
    ferry_law(session, tmp_path / "laws", NOW)
    session.commit()
    return reading


@pytest.fixture
def desk(browser: Browser, reading: made.Reading) -> Browser:
    return browser.sign_in(reading.members[0]).get(f"/reviews/{reading.review.id}/form")


def found(desk: Browser) -> list[str]:
    return [one.get_text(strip=True) for one in desk.page.select(".law-found b")]


def cited(session: Session, reading: made.Reading) -> list[tuple[str, str, str]]:
    session.rollback()
    laws = fresh(session, reading.forms[0]).law_citations
    return [(law.law, law.version, law.article) for law in laws]


def test_article_is_found_in_the_text_of_the_day_of_the_act(desk: Browser) -> None:
    asked = {"law_find": "渡船法3", "law_for": "deduction.1"}

    desk.submit("#desk", asked | {"law_on": "2016-05-01"}, button="find-law")
    before = found(desk)
    desk.submit("#desk", asked | {"law_on": "2024-05-01"}, button="find-law")

    assert before == ["中华人民共和国渡船法（2015）第3条", "中华人民共和国渡船法（2015）第3条之1"]
    assert found(desk) == ["中华人民共和国渡船法（2022）第3条"]


def test_words_of_the_article_find_it_too(desk: Browser) -> None:
    desk.submit("#desk", {"law_find": "船长 逃逸", "law_on": "2016-05-01"}, button="find-law")

    assert found(desk) == ["中华人民共和国渡船法（2015）第3条之1"]


def test_picked_article_is_cited_with_version_and_wording(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    asked = {"law_find": "渡船法3", "law_on": "2024-05-01", "law_for": "deduction.1"}
    third = article(session, "渡船法第3条", "2022")
    desk.submit("#desk", asked, button="find-law")

    desk.submit("#desk", asked, button=f"pick-law:{third.id}")

    assert cited(session, reading)[-1] == ("渡船法", "2022", "第3条")
    assert [one.get_text(strip=True) for one in desk.page.select(".law-state")] == [
        "手工填写，未与法规库核对一致",
        "与法规库文本一致",
    ]


def test_text_of_another_day_is_refused(session: Session, desk: Browser, reading: made.Reading) -> None:
    asked = {"law_find": "渡船法3", "law_on": "2024-05-01", "law_for": "deduction.1"}
    desk.submit("#desk", asked, button="find-law")
    before = cited(session, reading)

    third = article(session, "渡船法第3条", "2022")
    desk.submit("#desk", asked | {"law_on": "2016-05-01"}, button=f"pick-law:{third.id}")

    assert "这个文本在行为日不是有效文本" in desk.text
    assert cited(session, reading) == before


def test_changed_wording_counts_as_typed_by_hand(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    asked = {"law_find": "渡船法3", "law_on": "2024-05-01", "law_for": "deduction.1"}
    third = article(session, "渡船法第3条", "2022")
    desk.submit("#desk", asked, button="find-law")
    desk.submit("#desk", asked, button=f"pick-law:{third.id}")
    session.rollback()
    form = fresh(session, reading.forms[0])
    picked = form.law_citations[-1]
    verified = standings(session, reading.review, form.law_citations)

    picked.text = "渡船每月检验一次。"

    typed = form.law_citations[0]
    assert verified == {typed.seq: Standing.TYPED, picked.seq: Standing.HELD}
    assert set(standings(session, reading.review, form.law_citations).values()) == {Standing.TYPED}


def test_day_of_the_act_stays_with_the_provision_and_begins_the_next_search(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    asked = {"law_find": "渡船法3", "law_on": "2024-05-01", "law_for": "deduction.1"}
    third = article(session, "渡船法第3条", "2022")
    desk.submit("#desk", asked, button="find-law")
    desk.submit("#desk", asked, button=f"pick-law:{third.id}")

    desk.submit("#desk", {"law_on": "2016-05-01"}, button="law-for:deduction.1")

    session.rollback()
    picked = fresh(session, reading.forms[0]).law_citations[-1]
    assert picked.act_on == date(2024, 5, 1)
    assert desk.page.select("#law-on")[0]["value"] == "2024-05-01"


def test_text_that_was_not_law_on_the_day_of_the_act_is_marked_where_it_is_signed(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    asked = {"law_find": "渡船法3", "law_on": "2024-05-01", "law_for": "deduction.1"}
    third = article(session, "渡船法第3条", "2022")
    desk.submit("#desk", asked, button="find-law")
    desk.submit("#desk", asked, button=f"pick-law:{third.id}")
    session.rollback()
    picked = fresh(session, reading.forms[0]).law_citations[-1]

    desk.submit("#desk", {f"law.{picked.seq}.act_on": "2016-05-01"}, button="save")
    desk.get(f"/reviews/{reading.review.id}/form/sign")

    assert [one.get_text(strip=True) for one in desk.page.select(".law-state")] == [
        "手工填写，未与法规库核对一致",
        "该文本在行为日不是有效文本",
    ]
    assert "行为日2016年5月1日" in desk.text


def test_day_that_is_no_date_is_refused_and_the_rest_saved(
    session: Session, desk: Browser, reading: made.Reading
) -> None:
    typed = fresh(session, reading.forms[0]).law_citations[0]

    desk.submit("#desk", {f"law.{typed.seq}.act_on": "2016-13-01", "D1.text": "已阅"}, button="save")

    assert "请填写日期，例如2020-09-01。" in desk.text
    session.rollback()
    form = fresh(session, reading.forms[0])
    assert (form.law_citations[0].act_on, form.notes[0].text) == (None, "已阅")
