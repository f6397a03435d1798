"""Reading the statutes by name and day and through time."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.statutes.models import StatuteArticle
from review_app.statutes.queries import (
    article_history,
    articles_named,
    exact_citation,
    find_statute,
    list_statutes,
    neighbours,
    statutes_like,
    suggest_articles,
)
from tests.statutes.laws import article, ferry_law, taken


@pytest.fixture(autouse=True)
def laws(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "laws", now)


def found(session: Session, name: str, on: date | None) -> tuple[str, str] | None:
    named: StatuteArticle | None = articles_named(session, [name], on=on).get(name)
    return (named.version.label, named.text) if named else None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 5, 31), None),
        (date(2015, 6, 1), ("2015", "违反本法第二条规定的，处五百元罚款。")),
        (date(2019, 10, 19), ("2015", "违反本法第二条规定的，处五百元罚款。")),
        (date(2019, 10, 20), None),
        (date(2023, 2, 28), None),
        (date(2023, 3, 1), ("2022", "渡船每半年检验一次。检验不合格的，不得载客。\n船长对检验记录负责。")),
        (None, ("2022", "渡船每半年检验一次。检验不合格的，不得载客。\n船长对检验记录负责。")),
    ],
)
def test_article_is_that_of_the_day_or_none(
    session: Session, on: date | None, expected: tuple[str, str] | None
) -> None:
    assert found(session, "渡船法第三条", on) == expected


def test_names_are_read_in_any_spelling_and_come_back_as_asked(session: Session) -> None:
    names = ["《中华人民共和国渡船法》第四条之一", "渡船法3", "渡船法第九十九条", "没有的法第一条", "逃逸"]

    named = articles_named(session, names, on=date(2024, 1, 1))

    assert {name: str(each.name) for name, each in named.items()} == {
        "《中华人民共和国渡船法》第四条之一": "渡船法第4条之1",
        "渡船法3": "渡船法第3条",
    }


def test_undated_text_answers_only_when_no_day_is_asked(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    taken(session, tmp_path / "more", now, c="# 渡口条例\n\n<!-- INFO END -->\n\n第一条 甲。\n")

    assert found(session, "渡口条例第1条", None) == ("未注明", "甲。")
    assert found(session, "渡口条例第1条", date(2024, 1, 1)) is None


def test_history_follows_the_provision_to_its_new_number(session: Session) -> None:
    inspection = article(session, "渡船法第3条", "2022")

    stages = article_history(session, inspection)

    assert [(stage.version.label, stage.article and stage.article.article) for stage in stages] == [
        ("2015", "第2条"),
        ("2022", "第3条"),
    ]


def test_history_of_a_new_provision_is_empty_before(session: Session) -> None:
    registration = article(session, "渡船法第2条", "2022")

    stages = article_history(session, registration)

    assert [(stage.version.label, stage.article and stage.article.article) for stage in stages] == [
        ("2015", None),
        ("2022", "第2条"),
    ]


def test_neighbours_are_of_the_same_text(session: Session) -> None:
    before, after = neighbours(session, article(session, "渡船法第4条之1", "2022"))

    assert (before and before.name, after and after.name) == ("渡船法第4条", "渡船法第5条")
    assert neighbours(session, article(session, "渡船法第1条", "2022"))[0] is None


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("渡船法4", ["渡船法第4条", "渡船法第4条之1"]),
        ("渡船法4之1", ["渡船法第4条之1"]),
        ("渡船", ["渡船法第1条", "渡船法第2条", "渡船法第3条"]),
        ("第四条", []),
        ("", []),
        ("海事法3", []),
    ],
)
def test_suggestions_are_of_the_day(session: Session, typed: str, names: list[str]) -> None:
    suggested = suggest_articles(session, typed, date(2024, 1, 1), limit=3)

    assert [each.name for each in suggested] == names
    assert {each.version.label for each in suggested} <= {"2022"}
    assert suggest_articles(session, typed, date(2021, 1, 1)) == []


def test_statute_is_found_by_its_names(session: Session) -> None:
    statute = find_statute(session, "《中华人民共和国渡船法》")

    assert statute is not None
    assert [each.code for each in statutes_like(session, "渡船")] == ["渡船法"]
    assert statutes_like(session, "法") == []
    assert find_statute(session, "海事法") is None
    assert [row.texts for row in list_statutes(session, kind=None, first=0, most=10)[0]] == [2]


def test_exact_citation_is_nothing_but_a_citation(session: Session) -> None:
    day = date(2024, 1, 1)

    cited = exact_citation(session, "渡船法第四条", day)

    assert cited is not None
    assert (cited.name, cited.version.label) == ("渡船法第4条", "2022")
    assert exact_citation(session, "渡船法第四条 逃逸", day) is None
    assert exact_citation(session, "", day) is None
