"""The pages of search, case and report, through a browser."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.precedents.library import open_library
from review_app.precedents.models import Precedent, PrecedentReport, PrecedentSearch
from review_app.reviews.models import CaseReview
from review_app.settings import Settings
from review_app.web.precedents.examples import EXAMPLES
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import INJURY, indexed, signed_in, stored_case, titles


def test_search_shows_marked_hits_counts_and_synonyms(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="逃逸 缓刑")

    assert titles(browser) == ["孙某交通肇事一审刑事判决书"]
    assert "共1件" in browser.text
    assert {mark.get_text() for mark in browser.page.select(".snippet mark")} == {"逃逸", "缓刑"}
    assert "交通肇事罪 1" in browser.text


def test_synonym_can_be_switched_off_and_on(browser: Browser, session: Session, crash: Precedent) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="交事")
    assert titles(browser) == ["工伤认定案"]
    assert "已同时检索：交事＝交通事故" in browser.text

    browser.follow("停用 交事")
    assert "没有找到案例" in browser.text

    browser.follow("恢复 交事")
    assert titles(browser) == ["工伤认定案"]


def test_filter_count_is_the_number_of_hits_behind_it(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.LEADER).get("/precedents")
    assert len(titles(browser)) == 2

    browser.follow("工伤认定 1")

    assert titles(browser) == ["工伤认定案"]
    assert "共1件" in browser.text
    browser.follow("清除全部筛选")
    assert len(titles(browser)) == 2


def test_pages_lead_on_and_back(
    browser: Browser, session: Session, settings: Settings, now: datetime
) -> None:
    for number in range(13):
        stored_case(session, now, f"第{number}件。{INJURY}", title=f"第{number:02}案")
    indexed(session, open_library(settings.index_folder), now)
    signed_in(browser, session, Role.AUDITOR).get("/precedents", q="工伤")
    first = titles(browser)

    browser.follow("下一页")
    assert "第11–13件，共13件" in browser.text

    browser.follow("上一页")
    assert titles(browser) == first


def test_text_of_a_case_is_escaped_everywhere(browser: Browser, session: Session, crash: Precedent) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="alert")

    assert titles(browser) == ["工伤认定案"]
    assert not [tag for tag in browser.page.select("script") if "alert(1)" in tag.get_text()]
    browser.follow("工伤认定案")
    assert not [tag for tag in browser.page.select("script") if "alert(1)" in tag.get_text()]
    full_text = browser.page.select_one("[data-full-text]")
    assert full_text is not None
    assert full_text.get_text() == INJURY


def test_case_page_marks_what_was_searched_and_holds_the_exact_text(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}", q="逃逸")

    full_text = browser.page.select_one("[data-full-text]")
    assert full_text is not None
    assert full_text.get_text() == crash.text
    assert [mark["id"] for mark in full_text.select("mark")] == ["hit-1"]
    assert "命中1处" in browser.text
    assert "刑法第133条" in browser.text
    browser.follow("刑法第133条")
    assert titles(browser) == [crash.title]


def test_replaced_text_points_to_the_one_in_force(
    browser: Browser, session: Session, crash: Precedent, now: datetime
) -> None:
    stored_case(session, now, crash.text.replace("四百米", "五百米"))
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}")

    assert "被更正后的文本替代" in browser.text
    assert "五百米" in browser.follow("查看现行文本").text


def test_query_that_cannot_be_read_is_explained_and_kept(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="“工伤")

    assert "引号没有配对" in browser.text
    field = browser.page.select_one("#q")
    assert field is not None
    assert field["value"] == "“工伤"


@pytest.mark.parametrize(
    "query",
    [
        {"q": "💡" * 30}, {"q": "伤" * 2001}, {"year_from": "x", "year_to": "99999999999999999999"}, {"cause": "无"},
        {"sort": "x", "tier": "9"}, {"without": "x" * 300}, {"q": "((((" * 30}, {"q": "a\0b"}, {"q": "*?~^"},
    ],
)  # fmt: skip
def test_odd_addresses_give_a_page(
    browser: Browser, session: Session, crash: Precedent, query: dict[str, str]
) -> None:
    assert signed_in(browser, session, Role.COORD).get("/precedents", **query).status == 200


def test_foreign_cursor_is_not_found(browser: Browser, session: Session, crash: Precedent) -> None:
    assert signed_in(browser, session, Role.COORD).get("/precedents", cursor="x").status == 404


def test_every_example_of_the_help_runs(browser: Browser, session: Session, crash: Precedent) -> None:
    signed_in(browser, session, Role.EXPERT)
    for example in EXAMPLES:
        browser.get("/precedents/help").follow(example.typed)
        assert browser.status == 200
        assert not browser.page.select("#q-problem")


def test_empty_library_says_how_to_fill_it(browser: Browser, session: Session) -> None:
    assert "案例库还是空的" in signed_in(browser, session, Role.COORD).get("/precedents").text


@pytest.mark.parametrize("address", ["/precedents", "/precedents/help", "/precedents/1"])
@pytest.mark.parametrize("role", [Role.REVIEWED_LIAISON, Role.CLERK, Role.SYSADMIN, Role.DPO])
def test_others_find_no_library(
    browser: Browser, session: Session, crash: Precedent, role: Role, address: str
) -> None:
    assert signed_in(browser, session, role).get(address).status == 404


def test_search_for_a_review_and_its_report_are_the_panels_alone(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    paths = (
        f"/precedents?review={review.id}",
        f"/precedents/{crash.id}?review={review.id}",
        report_of(review),
    )

    assert [browser.sign_in(lead).get(path).status for path in paths] == [200, 200, 200]
    for role in (Role.COORD, Role.EXPERT, Role.LEADER, Role.SECRETARY, Role.AUDITOR):
        signed_in(browser, session, role)
        assert [browser.get(path).status for path in paths] == [404, 404, 404]
    assert session.query(AuditRow).filter_by(action="refused").count() == 15


def report_of(review: CaseReview) -> str:
    return f"/reviews/{review.id}/precedents"


def test_report_from_search_to_signature(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead).get("/precedents", q="逃逸", review=review.id)
    browser.submit("form[action$='/precedents/searches']")
    assert "本次检索已记入本案" in browser.text
    assert session.query(PrecedentSearch).one().shown == [crash.id]

    browser.get(report_of(review))
    browser.submit("#searches form[action$='/hits']")
    assert "案例已列入比较表" in browser.text
    aspects = dict.fromkeys(("facts_like", "issues_like", "law_like", "result_like"), "SAME")
    browser.submit(".compare-form", {**aspects, "note": "均在离开后主动返回。"})
    assert "比较已保存" in browser.text
    browser.submit("form[action$='/conclusion']", {"conclusion": "FOLLOW", "explanation": "认定标准一致。"})
    browser.submit("form[action$='/sign']")

    assert "类案检索报告已签名" in browser.text
    assert "认定标准一致。" in browser.text
    assert "均在离开后主动返回。" in browser.text
    assert not browser.page.select(".compare-form, form[action$='/conclusion']")
    session.rollback()  # see what the pages committed meanwhile
    assert session.query(PrecedentReport).one().signed_by_id == lead.id


def test_refused_conclusion_keeps_what_was_typed(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead).get(report_of(review))

    browser.submit("form[action$='/conclusion']", {"explanation": "写了一半的理由"})

    assert browser.status == 400
    assert "请选择检索结论" in browser.text
    assert "写了一半的理由" in browser.text
    assert session.query(PrecedentReport).count() == 0


def test_second_writer_is_shown_what_the_first_one_saved(
    browser: Browser,
    another_browser: Browser,
    session: Session,
    crash: Precedent,
    review: CaseReview,
    lead: Person,
) -> None:
    colleague = factories.person(session, Role.EXPERT)
    factories.seat(session, review, colleague)
    session.commit()
    browser.sign_in(lead).get(report_of(review))
    another_browser.sign_in(colleague).get(report_of(review))
    form = "form[action$='/conclusion']"

    browser.submit(form, {"conclusion": "FOLLOW", "explanation": "先写的理由"})
    another_browser.submit(form, {"conclusion": "NONE", "explanation": "后写的理由"})

    assert another_browser.status == 400
    assert "他人已保存的内容" in another_browser.text
    assert "先写的理由" in another_browser.text
    assert "后写的理由" in another_browser.text
    another_browser.submit(form)
    assert "结论已保存" in another_browser.text


def test_cited_words_are_marked_behind_a_citations_link(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    start = crash.text.index("本院认为")
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}", start=start, end=start + 4)

    assert [mark.get_text() for mark in browser.page.select("mark")] == ["本院认为"]
    browser.get(f"/precedents/{crash.id}", start=5, end=10**9)
    assert (browser.status, browser.page.select("mark")) == (200, [])


def test_incomplete_report_cannot_be_signed(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead).get(report_of(review))
    browser.submit("form[action$='/conclusion']", {"conclusion": "NONE", "explanation": "没有。"})

    browser.submit("form[action$='/sign']")

    assert "还没有检索记录" in browser.text
    assert session.query(PrecedentReport).one().signed_at is None


def test_post_without_token_or_from_outside_changes_nothing(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead)

    for path in ("searches", "hits", "conclusion", "sign", "new"):
        assert (
            browser.post(f"{report_of(review)}/{path}", {"precedent_id": crash.id, "q": "逃逸"}).status == 400
        )
    assert (session.query(PrecedentSearch).count(), session.query(PrecedentReport).count()) == (0, 0)


def test_get_changes_nothing(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead)

    for path in ("searches", "hits", "hits/1", "conclusion", "sign", "new"):
        assert browser.get(f"{report_of(review)}/{path}").status in (400, 404, 405)


def test_citation_goes_back_to_the_form_it_came_from(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead).get("/precedents", q="逃逸", review=review.id, for_form=12)
    browser.follow(crash.title)

    form = browser.page.select_one("[data-cite]")

    assert form is not None
    assert form["action"] == f"/reviews/{review.id}/form/citations"
    fields = {tag["name"]: tag.get("value") for tag in form.select("[name]")}
    assert {name: fields[name] for name in ("form_id", "precedent_id", "start", "end", "quote")} == {
        "form_id": "12",
        "precedent_id": str(crash.id),
        "start": "",
        "end": "",
        "quote": None,
    }


def test_cases_like_the_review_are_offered(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    review.item.facts = "孙某驾驶货车与电动自行车碰撞，离开现场后返回报警，是否构成逃逸，能否适用缓刑。"
    session.commit()

    browser.sign_in(lead).get("/precedents", review=review.id).follow("按本案查找类案")

    assert titles(browser)[0] == crash.title
    assert "检索依据：本案的" in browser.text


@pytest.mark.parametrize("address", ["/precedents?q=工伤", "/precedents/help", "/precedents/1", "report"])
def test_pages_speak_english(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person, address: str
) -> None:
    browser.sign_in(lead)
    with browser.client.session_transaction() as cookie:
        cookie["language"] = "en"

    browser.get(report_of(review) if address == "report" else address)

    heading = browser.page.select_one("h1")
    assert browser.status == 200
    assert heading is not None
    assert address == "/precedents/1" or heading.get_text(strip=True).isascii()
