"""The pages of search, statute and article, through a browser."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.database import Database
from review_app.precedents.library import open_library
from review_app.settings import Settings
from review_app.statutes.library import open_statutes
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import indexed as indexed_cases
from tests.precedents.cases import stored_case
from tests.statutes.laws import SECOND, article, ferry_law, indexed, taken

HARMFUL = """# 渡口条例

2020年1月1日 国务院第1次常务会议通过

2020年2月1日 施行

<!-- INFO END -->

第一条 渡口 <script>alert(1)</script> 依照《中华人民共和国渡船法》第三条检验。
"""


@pytest.fixture
def laws(session: Session, settings: Settings, tmp_path: Path, now: datetime) -> None:
    engine = open_statutes(settings.index_folder)
    ferry_law(session, tmp_path / "laws", now)
    taken(session, tmp_path / "more", now, c=HARMFUL)
    indexed(session, engine, now)


@pytest.fixture
def reader(browser: Browser, session: Session, laws: None) -> Browser:
    person = factories.person(session, Role.EXPERT)
    session.commit()
    return browser.sign_in(person)


def titles(browser: Browser) -> list[str]:
    return [each.get_text() for each in browser.page.select(".hit h2")]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_is_signed_in_reads_the_law(
    browser: Browser, session: Session, laws: None, role: Role
) -> None:
    person = factories.person(session, role)
    session.commit()
    cited = article(session, "渡船法第3条", "2022")

    statuses = [
        browser.sign_in(person).get(address).status
        for address in ("/statutes", "/statutes?q=检验", f"/statutes/articles/{cited.id}", "/statutes/1")
    ]

    assert statuses == [200, 200, 200, 200]


def test_visitor_must_sign_in(browser: Browser, laws: None) -> None:
    assert "/sign-in" in browser.get("/statutes").url


def test_search_finds_what_is_law_today(reader: Browser) -> None:
    reader.get("/statutes", q="罚款")

    assert set(titles(reader)) == {"中华人民共和国渡船法 第四条", "中华人民共和国渡船法 第四条之一"}
    assert "只显示今天（2024年4月2日）有效的文本" in reader.text
    assert {mark.get_text() for mark in reader.page.select("mark")} == {"罚款"}


def test_search_finds_what_was_law_on_a_day(reader: Browser) -> None:
    reader.get("/statutes", q="五百元", on="2016-05-01")
    assert titles(reader) == ["中华人民共和国渡船法 第三条"]

    reader.get("/statutes", q="五百元 有效:2016-05-01")
    assert titles(reader) == ["中华人民共和国渡船法 第三条"]

    reader.get("/statutes", q="五百元", on="2020-05-01")
    assert titles(reader) == []

    reader.follow("在全部文本中查找")
    assert titles(reader) == ["中华人民共和国渡船法 第三条"]


def test_citation_comes_first_in_the_text_of_the_day(reader: Browser) -> None:
    reader.get("/statutes", q="渡船法第三条")
    assert "船长对检验记录负责" in reader.page.select(".exact")[0].get_text()

    reader.get("/statutes", q="渡船法3", on="2016-05-01")
    assert "五百元" in reader.page.select(".exact")[0].get_text()

    reader.get("/statutes", q="渡船法3", on="2020-05-01")
    assert reader.page.select(".exact") == []
    assert "没有收录所选日期有效的“渡船法第3条”" in reader.text


def test_question_in_everyday_words_gets_the_nearest_articles(reader: Browser) -> None:
    reader.get("/statutes", q="渡船检验不合格还能不能载客赚钱")

    assert "没有同时含有全部检索词的条文" in reader.text
    assert titles(reader)[0] == "中华人民共和国渡船法 第三条"


def test_facet_count_is_the_number_of_hits_behind_it(reader: Browser) -> None:
    reader.get("/statutes", q="检验")
    counts = {a.span.get_text(): a.b.get_text() for a in reader.page.select(".facet a") if a.span and a.b}
    assert counts == {"法律": "1", "法规（行政、党内）": "1", "渡船法": "1", "渡口条例": "1"}

    reader.follow("渡口条例 1")
    assert titles(reader) == ["渡口条例 第一条"]


def test_query_that_cannot_be_read_is_explained(reader: Browser) -> None:
    reader.get("/statutes", q="（检验")

    assert reader.status == 200
    assert "括号" in reader.page.select("#q-problem")[0].get_text()


def test_list_shows_statutes_with_the_text_of_today(reader: Browser) -> None:
    reader.get("/statutes")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in reader.page.select("tbody tr")
    ]
    assert rows == [
        ["中华人民共和国渡船法", "2022", "现行有效 2023年3月1日起施行", "6", "2"],
        ["渡口条例", "2020", "现行有效 2020年2月1日起施行", "1", "1"],
    ]

    reader.follow("法律 1")
    assert [a.get_text() for a in reader.page.select("tbody a")] == ["中华人民共和国渡船法"]


def test_statute_shows_its_articles_and_texts(reader: Browser) -> None:
    reader.get("/statutes").follow("中华人民共和国渡船法")
    assert [a.get_text() for a in reader.page.select(".one-article .number")] == [
        "第一条", "第二条", "第三条", "第四条", "第四条之一", "第五条",
    ]  # fmt: skip
    assert "2015年6月1日至2019年10月19日有效" in reader.text

    reader.follow("2015文本")
    assert "处五百元罚款" in reader.text
    assert "已失效" in reader.page.select(".page-facts")[0].get_text()


def test_article_is_opened_by_its_number(reader: Browser) -> None:
    reader.get("/statutes").follow("中华人民共和国渡船法").submit("form.go-to", {"no": "4之1"})
    assert reader.page.h1 is not None
    assert reader.page.h1.get_text() == "中华人民共和国渡船法 第四条之一"

    reader.get("/statutes").follow("中华人民共和国渡船法").submit("form.go-to", {"no": "99"})
    assert "这一文本没有收录“99”" in reader.text


def test_article_shows_what_changed_and_its_citation(reader: Browser, session: Session) -> None:
    fine = article(session, "渡船法第4条", "2022")

    reader.get(f"/statutes/articles/{fine.id}")

    assert "2023年3月1日起施行" in reader.page.select(".page-facts")[0].get_text()
    assert [each.get_text() for each in reader.page.select("#citation")] == [
        "《中华人民共和国渡船法》（2022）第四条"
    ]
    assert [each.get_text() for each in reader.page.select(".stages b")] == [
        "2022文本 第四条",
        "2015文本 第三条",
    ]
    assert "五百元" in "".join(each.get_text() for each in reader.page.select("del"))
    assert "二千元" in "".join(each.get_text() for each in reader.page.select("ins"))
    assert [a.get_text() for a in reader.page.select(".article-text a")] == ["第三条"]


def test_article_of_another_day_points_to_the_right_one(reader: Browser, session: Session) -> None:
    fine = article(session, "渡船法第4条", "2022")

    reader.get(f"/statutes/articles/{fine.id}", on="2016-05-01")
    assert "本文本在2016年5月1日不是有效文本" in reader.text

    reader.follow("当日有效的是2015文本第三条")
    assert "本文本在2016年5月1日有效" in reader.text

    reader.get(f"/statutes/articles/{fine.id}", on="2020-05-01")
    assert "库中也没有当日有效的这一条" in reader.text


def test_text_of_an_article_is_never_markup(reader: Browser, session: Session) -> None:
    harmful = article(session, "渡口条例第1条", "2020")

    reader.get(f"/statutes/articles/{harmful.id}")

    assert "<script>alert(1)</script>" in reader.page.select(".article-text")[0].get_text()
    assert [a.get_text() for a in reader.page.select(".article-text a")] == ["第三条"]


def test_find_leads_to_the_article_of_the_day(reader: Browser) -> None:
    reader.get("/statutes/find", name="《渡船法》第三条", on="2016-05-01")
    assert (reader.status, "处五百元罚款" in reader.text) == (200, True)

    reader.get("/statutes/find", name="渡船法3")
    assert "船长对检验记录负责" in reader.text


def test_find_says_which_texts_there_are_when_none_is_of_the_day(reader: Browser) -> None:
    reader.get("/statutes/find", name="渡船法3", on="2020-05-01")
    assert reader.status == 404
    assert "库中没有2020年5月1日有效的这一条" in reader.text
    assert len(reader.page.select("tbody tr")) == 2

    reader.get("/statutes/find", name="海事法3")
    assert (reader.status, "法规库中没有这部法规" in reader.text) == (404, True)

    assert reader.get("/statutes/find", name="逃逸").status == 404
    assert reader.get("/statutes/find").status == 404


@pytest.mark.parametrize("address", ["/statutes/99", "/statutes/articles/99"])
def test_what_is_not_there_is_not_found(reader: Browser, address: str) -> None:
    assert reader.get(address).status == 404


def test_corrected_text_stays_readable_and_says_so(
    reader: Browser, session: Session, tmp_path: Path, now: datetime
) -> None:
    cited = article(session, "渡船法第4条", "2022")
    taken(session, tmp_path / "again", now, b=SECOND.replace("二千元", "三千元"))

    reader.get(f"/statutes/articles/{cited.id}")

    assert "二千元" in reader.text
    assert "这份文本已于2024年4月2日被更正后的文本替代" in reader.text


def test_only_cases_a_person_may_read_are_counted(
    browser: Browser, session: Session, settings: Settings, laws: None, now: datetime
) -> None:
    text = "本院认为，依照《中华人民共和国渡船法》第四条之规定，判决如下：驳回起诉。此文为虚构的裁判文书，仅供测试之用。"
    stored_case(session, now, text, title="渡船案", law_refs=["渡船法第四条"])
    indexed_cases(session, open_library(settings.index_folder), now)
    cited = article(session, "渡船法第4条", "2022")
    expert = factories.person(session, Role.EXPERT)
    liaison = factories.person(session, Role.REVIEWED_LIAISON)
    session.commit()

    browser.sign_in(expert).get(f"/statutes/articles/{cited.id}").follow("案例1件")
    assert "渡船案" in browser.text

    browser.sign_in(liaison).get(f"/statutes/articles/{cited.id}")
    assert "案例1件" not in browser.text
    assert "案例0件" not in browser.text


def test_long_law_is_shown_whole(reader: Browser, session: Session, tmp_path: Path, now: datetime) -> None:
    articles = "\n\n".join(f"第{number}条 渡口第{number}项。" for number in range(1, 301))
    taken(session, tmp_path / "long", now, d=f"# 渡口细则\n\n2020年1月1日 通过\n\n{articles}\n")

    reader.get("/statutes").follow("渡口细则")

    assert len(reader.page.select(".one-article")) == 300


def test_list_asks_the_database_as_often_for_many_statutes(
    reader: Browser, session: Session, database: Database, tmp_path: Path, now: datetime
) -> None:
    few = statements(database, lambda: reader.get("/statutes"))
    laws = {f"x{number}": HARMFUL.replace("渡口条例", f"渡口条例{'甲乙丙丁'[number]}") for number in range(4)}
    taken(session, tmp_path / "many", now, **laws)

    many = statements(database, lambda: reader.get("/statutes"))

    assert len(reader.page.select("tbody tr")) == 6
    assert many == few


def statements(database: Database, act: Callable[[], object]) -> int:
    """How often the database is asked meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    act()
    event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)
