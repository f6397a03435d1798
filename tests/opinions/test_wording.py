"""Words and numbers as documents print them."""

from datetime import date
from decimal import Decimal

import pytest

from review_app.documents.numerals import numeral
from review_app.opinions.facts import Law, Place
from review_app.opinions.wording import day, places, points, provision, sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (265, "二百六十五"),
     (517, "五百一十七"), (1003, "一千零三"), (1260, "一千二百六十")],
)  # fmt: skip
def test_numeral_is_written_as_in_statutes(number: int, words: str) -> None:
    assert numeral(number) == words


def test_provision_names_law_version_and_article() -> None:
    assert (
        provision(Law("中华人民共和国民事诉讼法", "2023", "265"))
        == "《中华人民共和国民事诉讼法》（2023）第二百六十五条"
    )
    assert provision(Law("《信访工作条例》", "", "第二十二条第一款")) == "《信访工作条例》第二十二条第一款"
    assert (
        provision(Law("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "2022", "517"))
        == "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》（2022）第五百一十七条"
    )


def test_places_name_each_page_once_by_volume_and_document() -> None:
    found = (
        Place("正卷", "裁定", 58),
        Place("信访卷", "来信", 7),
        Place("正卷", "裁定", 34),
        Place("正卷", "裁定", 58),
    )

    assert places(found) == "（正卷“裁定”第34页、第58页；信访卷“来信”第7页）"
    assert places(()) == ""


def test_days_points_and_sentences() -> None:
    assert day(date(2024, 2, 6)) == "2024年2月6日"
    assert (points(Decimal("6.0")), points(Decimal("1.5")), points(Decimal(0))) == ("6", "1.5", "0")
    assert (sentence(" 事实清楚； "), sentence("")) == ("事实清楚。", "")
