"""The search page: filters and their numbers, ways on, similar cases, what one may see."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.database import Database
from review_app.precedents.library import FACETS, Asked, open_library
from review_app.precedents.models import Precedent, PrecedentReport
from review_app.precedents.similar import ReviewPart, asked_like, parts_of
from review_app.reviews.models import CaseReview
from review_app.settings import Settings
from review_app.web.precedents.asking import question_from
from tests.browser import Browser
from tests.precedents.cases import INJURY, indexed, signed_in, stored_case, titles

OUTCOMES = ("缓刑", "实刑", "无罪")


@pytest.fixture
def many(session: Session, settings: Settings, now: datetime) -> None:
    for number in range(12):
        stored_case(
            session, now, f"第{number}件。{INJURY}", title=f"第{number:02}案", case_no=f"（2020）海{number}号",
            tier=str(number % 3 + 1), causes=["工伤认定", "行政确认"][: number % 2 + 1], year=2015 + number % 4,
            outcome=OUTCOMES[number % 3], law_refs=["工伤保险条例第十四条", f"刑法第{number + 1}条"],
        )  # fmt: skip
    indexed(session, open_library(settings.index_folder), now)


def total(browser: Browser) -> int:
    line = browser.page.select_one(".results-head p")
    return int(line.get_text().rsplit("共", 1)[1].removesuffix("件")) if line else 0


def numbers(browser: Browser) -> list[tuple[str, int]]:
    """Every filter of the page that is not chosen: its address and the number beside it."""
    return [
        (str(a["href"]), int(a.select("b")[0].get_text()))
        for a in browser.page.select(".facet li a:not(.is-chosen)")
    ]


def test_every_number_is_the_number_of_hits_behind_it(browser: Browser, session: Session, many: None) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="工伤")

    found = numbers(browser)

    assert len(found) > 15
    for address, number in found:
        assert total(browser.get(address)) == number


def test_numbers_of_a_group_do_not_depend_on_what_is_chosen_in_it(
    browser: Browser, session: Session, many: None
) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="工伤", outcome="缓刑", tier="1")

    group = browser.page.select_one("section[aria-labelledby=facet-outcome]")

    assert group is not None
    assert [a.get_text(" ", strip=True) for a in group.select("li a")] == ["缓刑 4"]
    browser.get("/precedents", q="工伤", outcome="缓刑")
    group = browser.page.select_one("section[aria-labelledby=facet-outcome]")
    assert group is not None
    assert [a.get_text(" ", strip=True) for a in group.select("li a")] == ["实刑 4", "无罪 4", "缓刑 4"]
    assert total(browser.get("/precedents", q="工伤", outcome=["缓刑", "实刑"])) == 8


def test_chosen_filters_stay_to_be_removed_when_nothing_is_found(
    browser: Browser, session: Session, many: None
) -> None:
    signed_in(browser, session, Role.COORD)
    browser.get("/precedents", q="工伤", cause="不存在的案由", year_from=2016, year_to=2017)

    assert [a.get_text(" ", strip=True) for a in browser.page.select(".chips li a")] == [
        "案由 不存在的案由 移除", "年份 2016–2017 移除", "清除全部筛选"
    ]  # fmt: skip
    assert "不存在的案由 0" in browser.text
    browser.follow("不限案由")
    assert total(browser) == 6


def test_words_that_can_be_left_out_are_offered_with_their_number(
    browser: Browser, session: Session, many: None
) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="工伤 海盗")

    ways = [a.get_text(" ", strip=True) for a in browser.page.select(".ways-on a")]

    assert ways == ["去掉“海盗” 12件", "有任一个词即可 12件"]
    browser.follow("有任一个词即可")
    assert total(browser) == 12


def test_typed_signs_are_not_taken_apart(browser: Browser, session: Session, many: None) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="“工伤认定” 非 工伤")

    assert browser.page.select(".ways-on a") == []
    assert "没有找到案例" in browser.text


def test_all_values_of_a_filter_can_be_looked_through(browser: Browser, session: Session, many: None) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="工伤")
    browser.follow("全部13项")
    assert len(browser.page.select(".facet-all li")) == 13

    browser.submit("form.filters", {"find": "第1"})

    assert [a.get_text(" ", strip=True) for a in browser.page.select(".facet-all li a")] == [
        "工伤保险条例第14条 12", "刑法第10条 1", "刑法第11条 1", "刑法第12条 1", "刑法第1条 1"
    ]  # fmt: skip
    browser.follow("刑法第12条")
    assert titles(browser) == ["第11案"]


def test_oldest_and_newest_are_opposite(
    browser: Browser, session: Session, settings: Settings, now: datetime
) -> None:
    for year in (2012, 2020, 2016):
        stored_case(session, now, f"{year}年。{INJURY}", title=f"{year}年案", date=f"{year}-05-06")
    indexed(session, open_library(settings.index_folder), now)
    signed_in(browser, session, Role.EXPERT)

    assert titles(browser.get("/precedents", sort="oldest")) == ["2012年案", "2016年案", "2020年案"]
    assert titles(browser.get("/precedents", sort="newest")) == ["2020年案", "2016年案", "2012年案"]


def test_list_needs_few_queries_and_no_texts(
    browser: Browser, session: Session, database: Database, many: None
) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="工伤")
    asked: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    browser.get("/precedents", q="工伤")
    event.remove(database.engine, "before_cursor_execute", note)

    assert len(titles(browser)) == 10
    assert len(asked) < 15
    assert not [statement for statement in asked if "precedent.text," in statement]


def test_all_synonyms_go_and_come_back_together(browser: Browser, session: Session, crash: Precedent) -> None:
    signed_in(browser, session, Role.COORD).get("/precedents", q="交事 终本")

    browser.follow("停用全部同义词")
    assert "已停用“交事”的同义词" in browser.text
    assert "已停用“终本”的同义词" in browser.text

    browser.follow("恢复全部同义词")
    assert "已同时检索" in browser.text


def test_review_is_searched_by_the_chosen_parts(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    review.item.facts = (
        "孙某驾驶货车与电动自行车碰撞，离开现场后返回报警，能否适用缓刑。依照《刑法》第一百三十三条。"
    )
    review.item.reasons = "职工在上班途中受到交通事故伤害，用人单位应当支付工伤待遇。"
    review.legal_case.cause = "交通肇事罪"
    session.commit()
    browser.sign_in(lead).get("/precedents", review=review.id, similar=1, sort="relevance")
    assert "同案由“交通肇事罪”提升" in browser.text

    browser.submit("details.similar form", {"part": ["reasons"], "like_cause": "工伤认定"})

    assert titles(browser)[0] == "工伤认定案"
    assert "同案由“工伤认定”提升" in browser.text
    assert "（您指定）" in browser.text
    assert review.item.reasons not in browser.url
    browser.follow("停用 案由提升")
    assert "已停用同案由、同法条的提升" in browser.text
    browser.follow("恢复 案由提升")
    assert "（您指定）" in browser.text


def test_parts_of_a_review_make_one_question(review: CaseReview) -> None:
    review.item.facts, review.item.reasons = "事实。《刑法》第一百三十三条", "理由"
    review.legal_case.cause = "交通肇事罪"
    said = parts_of(review)

    narrow = asked_like(Asked(parts=("facts", "law")), review)
    whole = asked_like(Asked(like_causes=("盗窃罪",)), review)

    assert said[ReviewPart.LAW] == ("刑法第133条",)
    assert (narrow.like, narrow.like_laws, narrow.like_causes) == (review.item.facts, ("刑法第133条",), ())
    assert whole.like.startswith("交通肇事罪\n事实。")
    assert whole.like_causes == ("盗窃罪",)
    assert asked_like(Asked(parts=("cause",)), review).like == asked_like(Asked(), review).like


def test_cases_like_a_case_are_found_without_its_text_in_the_address(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}").follow("查找相似案例")

    assert browser.url == f"/precedents?like={crash.id}"
    assert titles(browser)[0].startswith(crash.title)
    assert "查找依据" in browser.text


def test_case_goes_into_the_report_from_the_results(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    browser.sign_in(lead).get("/precedents", q="逃逸", review=review.id)

    browser.submit(".hit form[action$='/hits']")

    assert browser.url.startswith("/precedents?q=")
    assert "已列入类案报告" in browser.text
    session.rollback()
    assert [hit.precedent_id for hit in session.query(PrecedentReport).one().hits] == [crash.id]


QUERIES = st.dictionaries(
    st.sampled_from(
        ["q", "sort", "part", "compare", "like", "boost", "year_from", "without", "review", *FACETS]
    ),
    st.lists(st.one_of(st.text(max_size=8), st.integers(-5, 10**18).map(str)), min_size=1, max_size=3),
    max_size=6,
)


@given(QUERIES)
def test_any_address_is_read_and_written_again(values: dict[str, list[str]]) -> None:
    question = question_from(MultiDict(values))

    again = question_from(MultiDict(question.flat()))

    assert again == question


@pytest.mark.parametrize(
    "query",
    [
        {"similar": "1"}, {"compare": ["1", "2", "3"]}, {"part": "x"}, {"like_cause": "、、"}, {"boost": "off"},
        {"year_from": "0"}, {"without": "*"},
    ],
)  # fmt: skip
def test_odd_choices_give_a_page(
    browser: Browser, session: Session, crash: Precedent, query: dict[str, str]
) -> None:
    wanted = 404 if "compare" in query else 200

    assert signed_in(browser, session, Role.COORD).get("/precedents", **query).status == wanted
