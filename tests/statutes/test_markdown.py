"""Reading one law from markdown."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from review_app.statutes.drafts import DraftArticle, Event
from review_app.statutes.markdown import read_markdown
from tests.statutes.laws import SECOND


def test_law_is_read_with_history_headings_and_articles() -> None:
    read = read_markdown(SECOND)

    assert read.title == "中华人民共和国渡船法"
    assert [event.day for event in read.events] == [
        date(2015, 3, 1), date(2019, 10, 20), date(2022, 12, 5), date(2023, 3, 1),
    ]  # fmt: skip
    assert read.events[-1] == Event(date(2023, 3, 1), "施行")
    assert read.articles[2] == DraftArticle(
        3, 0, ("第一章 总则",), "渡船每半年检验一次。检验不合格的，不得载客。\n船长对检验记录负责。"
    )
    assert read.articles[4] == DraftArticle(4, 1, ("第二章 法律责任",), "船长逃逸的，处三千元罚款。")


def test_paragraph_that_begins_with_another_article_is_not_an_article() -> None:
    read = read_markdown(
        "# 渡口条例\n\n第一条 甲。\n\n第五条规定的罚款由渡口收取。\n\n第二条规定的除外。\n\n第二条 乙。\n"
    )

    assert [(article.number, article.text) for article in read.articles] == [
        (1, "甲。\n第五条规定的罚款由渡口收取。\n第二条规定的除外。"),
        (2, "乙。"),
    ]


def test_next_number_without_a_space_is_an_article() -> None:
    read = read_markdown("# 渡口条例\n\n第一条 甲。\n\n第二 条渡船应当登记。\n\n第三条　丙。\n")

    assert [(article.number, article.text) for article in read.articles] == [
        (1, "甲。"), (2, "渡船应当登记。"), (3, "丙。"),
    ]  # fmt: skip


def test_article_swallowed_by_the_one_before_it_is_cut_off() -> None:
    read = read_markdown("# 渡口条例\n\n第一条 甲。 第二条 乙。\n\n第三条 丙。\n")

    assert [(article.number, article.text) for article in read.articles] == [
        (1, "甲。"), (2, "乙。"), (3, "丙。"),
    ]  # fmt: skip


def test_appendix_belongs_to_no_article() -> None:
    read = read_markdown(
        "# 渡口条例\n\n<!-- INFO END -->\n\n序言的话。\n\n第一条 甲。\n\n## 附件一\n\n1. 船名表\n"
    )

    assert (read.preamble, read.articles[0].text, read.appendix) == (
        ["序言的话。"],
        "甲。",
        ["附件一", "1. 船名表"],
    )


def test_front_matter_and_comments_are_no_text() -> None:
    read = read_markdown(
        "---\nvalid_from: 2020-01-01\nexcerpt: true\n---\n# 渡口条例<!-- 草稿 -->\n\n<!-- INFO END -->\n\n第一条 **甲**。\n"
    )

    assert read.front == {"valid_from": "2020-01-01", "excerpt": "true"}
    assert read.articles == [DraftArticle(1, 0, (), "甲。")]


def test_part_of_a_law_names_its_part() -> None:
    read = read_markdown("# 渡口法典\n\n# 船舶编\n\n<!-- INFO END -->\n\n第七条 甲。\n")

    assert (read.title, read.parts, read.articles[0].heading) == ("渡口法典", ("船舶编",), ("船舶编",))


@given(st.text(alphabet="第一二三百条之 \n#*-<>!附件。；施行0123456789年月日修正", max_size=200))
def test_any_text_is_read(text: str) -> None:
    read_markdown(text)
