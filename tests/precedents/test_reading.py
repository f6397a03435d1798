"""Reading a case: links in its text, parts of a long one, who cites it, and what a later version changed."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.precedents.library import open_library
from review_app.precedents.models import Precedent
from review_app.precedents.related import spellings_of
from review_app.precedents.states import Audience
from review_app.precedents.versions import Change, changes_between
from review_app.settings import Settings
from review_app.web.precedents.showing import PART, Link, Piece, pieces, windows
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import JUDGMENT, indexed, signed_in, stored_case
from tests.statutes.laws import article, ferry_law

FERRY = (
    "海东省青岚市柳泉区人民法院 行政判决书 （2018）海0799行初6号 原告邢某。 经审理查明，渡船未经检验载客。 "
    "本院认为，依照《中华人民共和国渡船法》第二条、第九十九条的规定，参照（2021）海0799刑初31号判决，判决如下： "
    "驳回原告邢某的诉讼请求。 审判长甲某 二〇一八年三月五日"
)


def full_text(browser: Browser) -> str:
    found = browser.page.select_one("[data-full-text]")
    assert found is not None
    return found.get_text()


@pytest.fixture
def ferry(session: Session, settings: Settings, crash: Precedent, tmp_path: Path, now: datetime) -> Precedent:
    """A judgment of 2018 that names a law of which two texts are held, and the judgment about a crash."""
    ferry_law(session, tmp_path / "laws", now)
    ferry = stored_case(session, now, FERRY, title="渡船检验案")
    indexed(session, open_library(settings.index_folder), now)
    return ferry


def test_articles_lead_to_the_text_of_the_cases_day(
    browser: Browser, session: Session, ferry: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{ferry.id}")

    links = {a.get_text(): a["href"] for a in browser.page.select("[data-full-text] a")}

    valid = article(session, "渡船法第2条", "2015")
    assert links["第二条"] == f"/statutes/articles/{valid.id}"
    assert "第九十九条" not in links
    assert full_text(browser) == FERRY


def test_case_numbers_lead_to_cases_of_the_library_and_back(
    browser: Browser, session: Session, crash: Precedent, ferry: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{ferry.id}")

    browser.follow("（2021）海0799刑初31号")
    assert browser.url == f"/precedents/{crash.id}"

    browser.follow("渡船检验案")
    assert "提到本案的案例" not in browser.text or browser.url.startswith(f"/precedents/{ferry.id}?")
    assert [mark.get_text() for mark in browser.page.select("mark")] == ["（2021）海0799刑初31号"]


def test_cases_kept_from_a_person_are_neither_counted_nor_linked(
    browser: Browser, session: Session, settings: Settings, crash: Precedent, ferry: Precedent, now: datetime
) -> None:
    for kept in (ferry, crash):
        kept.audience = Audience.OFFICE
        kept.indexed_at = None
    session.commit()
    indexed(session, open_library(settings.index_folder), now)
    open_one = stored_case(session, now, FERRY.replace("行初6号", "行初7号"), title="公开案")
    indexed(session, open_library(settings.index_folder), now)
    signed_in(browser, session, Role.EXPERT)

    assert browser.get(f"/precedents/{ferry.id}").status == 404
    browser.get(f"/precedents/{open_one.id}")
    assert "（2021）海0799刑初31号" not in [a.get_text() for a in browser.page.select("[data-full-text] a")]
    for address in (
        f"/precedents/compare?left={ferry.id}&right={open_one.id}",
        f"/precedents?like={ferry.id}",
    ):
        assert browser.get(address).status == 404
    assert "渡船检验案" not in browser.get("/precedents", q="渡船").text
    assert "交通肇事罪" not in browser.get("/precedents/values", facet="cause").text
    signed_in(browser, session, Role.COORD).get(f"/precedents/{crash.id}")
    assert "渡船检验案" in browser.text


def test_long_text_comes_in_parts_that_make_the_whole(
    browser: Browser, session: Session, settings: Settings, now: datetime
) -> None:
    text = JUDGMENT + "\n" + "经查，双方各执一词，没有新的证据。\n" * 6_000 + "末尾提到逃逸。"
    case = stored_case(session, now, text, title="很长的案例")
    indexed(session, open_library(settings.index_folder), now)
    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{case.id}", q="逃逸")
    parts = windows(case.text)

    shown = [full_text(browser.get(f"/precedents/{case.id}", q="逃逸", part_no=1))]
    bar = browser.page.select_one("[data-jump]")
    assert bar is not None
    assert (bar["data-jump"], bar["data-last"]) == ("2", "1")
    assert str(bar["data-after"]).endswith(f"part_no={len(parts)}#hit-2")
    shown += [full_text(browser.follow("下一段")) for _ in parts[1:]]

    assert "".join(shown) == case.text
    assert max(map(len, shown)) <= PART + 4_000
    assert browser.get(f"/precedents/{case.id}", part_no=len(parts) + 1).status == 404
    browser.get(f"/precedents/{case.id}", start=len(text) - 6, end=len(text) - 1)
    assert [mark.get_text() for mark in browser.page.select("mark")] == [text[-6:-1]]


def test_cited_words_are_looked_for_in_the_newer_text(
    browser: Browser, session: Session, crash: Precedent, now: datetime
) -> None:
    newer = stored_case(
        session, now, JUDGMENT.replace("四百米", "五百米").replace("刑事判决书", "刑事判决书 ")
    )
    session.commit()
    kept = JUDGMENT.index("不构成逃逸，且已取得谅解")
    lost = JUDGMENT.index("驶离现场四百米后返回")
    signed_in(browser, session, Role.EXPERT)

    browser.get(f"/precedents/{crash.id}", start=kept, end=kept + 12)
    assert "所引文字在现行文本中仍然存在" in browser.text
    browser.follow("在现行文本中查看")
    assert browser.url.startswith(f"/precedents/{newer.id}?")
    assert [mark.get_text() for mark in browser.page.select("mark")] == ["不构成逃逸，且已取得谅解"]

    browser.get(f"/precedents/{crash.id}", start=lost, end=lost + 10)
    assert "所引文字在现行文本中已不存在" in browser.text
    browser.follow("看改了什么")
    assert "四百米" in browser.page.select("del")[-1].get_text()
    assert "五百米" in browser.page.select("ins")[-1].get_text()


def test_changes_of_a_case_without_newer_text_are_not_found(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    assert signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}/changes").status == 404


def test_changes_name_what_was_and_what_is() -> None:
    assert changes_between("甲。乙。丙。", "甲。丁。丙。戊。") == (
        Change("乙。", "丁。", 2, 2),
        Change("", "戊。", 6, 6),
    )
    assert changes_between("甲。", "甲。") == ()
    assert changes_between("一。" * 5_000, "二。" * 5_000) == (Change("一。" * 5_000, "二。" * 5_000, 0, 0),)


def test_marks_and_links_may_cross() -> None:
    link = Link(2, 5, "/x")

    assert pieces("零一二三四五六", 0, [(4, 6)], links=[link]) == (
        Piece("零一", opens=False),
        Piece("二三", opens=False, link=link),
        Piece("四", 1, True, link),
        Piece("五", 1, False),
        Piece("六", opens=False),
    )


def test_case_number_is_known_in_every_kind_of_brackets() -> None:
    assert spellings_of("(2018)海1号") == ("(2018)海1号", "（2018）海1号", "〔2018〕海1号", "[2018]海1号")


def test_withdrawn_form_citation_says_so(
    browser: Browser, session: Session, crash: Precedent, now: datetime
) -> None:
    crash.withdrawn_at = now
    crash.withdrawal_note = "另有说明"
    session.commit()

    signed_in(browser, session, Role.EXPERT).get(f"/precedents/{crash.id}")

    assert "撤出案例库" in browser.text
    assert "另有说明" in browser.text


def test_reviews_lead_is_offered_the_comparison(browser: Browser, session: Session, crash: Precedent) -> None:
    reader = factories.person(session, Role.EXPERT)
    session.commit()
    browser.sign_in(reader).get(f"/precedents/{crash.id}")

    assert "与本案对比" not in browser.text
    assert "选入对比" in browser.text
