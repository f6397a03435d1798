"""Articles and case numbers named in texts and typed by people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.citations import (
    CaseNumber,
    articles_in,
    canonical_article,
    case_numbers_in,
    mentions_in,
    number_of,
    numeral_of,
    read_articles,
)
from search_index.laws import law_name

SPELLINGS = [
    (
        "刑法第133条",
        "刑法第一百三十三条 《中华人民共和国刑法》第133条 刑法133 刑法§133 刑法第１３３条 刑法一百三十三条",
    ),
    (
        "刑法第133条",
        "刑法第一百三十三条第一款第（二）项 中华人民共和国刑法（2020修正）第133条 《刑法》（2017年修正）133条",
    ),
    ("刑法第133条之1", "刑法第一百三十三条之一 刑法133之1 刑法第133条之一第一款 《刑法》第１３３条之１"),
    (
        "刑事诉讼法第15条",
        "刑诉法15 刑诉法第十五条 《中华人民共和国刑事诉讼法》（2018）第15条 刑诉第十五条 刑訴法第十五條",
    ),
    ("民事诉讼法第170条", "民诉法170 民诉法第一百七十条 民事诉讼法（2023年修正）第170条"),
    ("行政诉讼法第70条", "行诉法70 行诉法第七十条第（三）项"),
    ("国家赔偿法第17条", "国赔法17 国赔法第十七条 《中华人民共和国国家赔偿法》第17条"),
    ("治安管理处罚法第43条", "治安法43 治安处罚法第四十三条 治安管理处罚法第43条第二款"),
    (
        "关于适用刑事诉讼法的解释第10条",
        "刑诉解释第十条 刑诉法解释10 《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第十条",
    ),
    (
        "关于适用民事诉讼法的解释第517条",
        "民诉解释517 最高人民法院关于适用《中华人民共和国民事诉讼法》的解释（2022修正）第五百一十七条",
    ),
    (
        "关于审理劳动争议案件适用法律问题的解释一第5条",
        "劳动争议解释（一）第五条 《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第5条",
    ),
]


@pytest.mark.parametrize(
    ("article", "typed"), [(article, typed) for article, every in SPELLINGS for typed in every.split()]
)
def test_usual_spellings_of_an_article_are_one(article: str, typed: str) -> None:
    assert canonical_article(typed) == article
    assert [[each.name for each in cited] for cited in read_articles(typed)] == [[article]]


@pytest.mark.parametrize(
    "typed",
    [
        "交通肇事",
        "一条龙",
        "三条",
        "17条线索",
        "公司法2023",
        "刑法1997",
        "刑法修正案（八）",
        "刑诉法",
        "",
        "第",
        "9" * 500,
    ],
)
def test_what_is_no_article_is_none(typed: str) -> None:
    assert read_articles(typed) == ()


def test_lists_and_ranges_are_read() -> None:
    cited = read_articles("刑法第十二、十三条、第二十条至第二十二条")

    assert [[each.name for each in alternatives] for alternatives in cited] == [
        ["刑法第12条"],
        ["刑法第13条"],
        ["刑法第20条", "刑法第21条", "刑法第22条"],
    ]


@given(st.integers(1, 9999))
def test_numerals_go_both_ways(number: int) -> None:
    assert number_of(numeral_of(number)) == number_of(str(number)) == number


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("《中华人民共和国刑法》", "刑法"),
        ("中华人民共和国刑事诉讼法（2018修正）", "刑事诉讼法"),
        (
            "最高人民法院、最高人民检察院《关于办理盗窃刑事案件适用法律若干问题的解释》",
            "关于办理盗窃刑事案件适用法律若干问题的解释",
        ),
        (
            "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）",
            "关于适用民法典婚姻家庭编的解释一",
        ),
        ("中华人民共和国刑法修正案（八）", "刑法修正案八"),
        ("某市物业管理办法（试行）", "某市物业管理办法试行"),
        ("行诉法", "行政诉讼法"),
        ("法释〔2000〕33号", "法释(2000)33号"),
    ],
)
def test_law_has_one_name(written: str, name: str) -> None:
    assert law_name(written) == name


def cited(text: str, law: str = "") -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.law + each.article) for each in mentions_in(text, law)]


def test_articles_of_a_judgment_are_placed_in_its_text() -> None:
    text = (
        "依照《中华人民共和国刑法》第一百三十三条、第一百三十三条之一、之二、第六十七条第一款、第七十二、七十三条及《关于审理交通"
        "肇事刑事案件具体应用法律若干问题的解释》第二条第二款第（五）项之规定，判决如下：第九条"
    )

    assert cited(text) == [
        ("第一百三十三条", "刑法第133条"),
        ("第一百三十三条之一", "刑法第133条之1"),
        ("之二", "刑法第133条之2"),
        ("第六十七条", "刑法第67条"),
        ("第七十二", "刑法第72条"),
        ("七十三条", "刑法第73条"),
        ("第二条", "关于审理交通肇事刑事案件具体应用法律若干问题的解释第2条"),
    ]


def test_law_without_title_marks_in_several_spellings() -> None:
    text = "根据刑诉法第 十\n五条第（二）项、民诉解释第517条，依照最高人民法院关于适用刑事诉讼法的解释第十条，参照測繪法第三条"

    assert cited(text) == [
        ("第 十\n五条", "刑事诉讼法第15条"),
        ("第517条", "关于适用民事诉讼法的解释第517条"),
        ("第十条", "关于适用刑事诉讼法的解释第10条"),
    ]


def test_short_name_a_text_gives_is_followed() -> None:
    text = (
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》（法释〔2022〕11号）（以下简称《解释》）第二百四十七条。"
        "另见《解释》第九十条。"
    )

    assert [article for _, article in cited(text)] == [
        "关于适用民事诉讼法的解释第247条",
        "关于适用民事诉讼法的解释第90条",
    ]


def test_this_law_and_the_same_law() -> None:
    assert cited("本法第五条和前条，依照第九条", "刑法") == [("第五条", "刑法第5条"), ("第九条", "刑法第9条")]
    assert cited("《民法典》第一条。该法第二条") == [("第一条", "民法典第1条"), ("第二条", "民法典第2条")]


@pytest.mark.parametrize(
    "text",
    ["合同第五条约定", "《房屋租赁合同》第八条", "双方签订的协议中第6条", "第三条", "第零条", "刑法第九千条"],
)
def test_article_of_no_known_law_is_left_out(text: str) -> None:
    assert cited(text) == []


def test_ranges_are_written_out_for_the_index() -> None:
    assert articles_in("依照《刑法》第五条至第七条、第九条") == tuple(
        f"刑法第{number}条" for number in (5, 6, 7, 9)
    )


def test_case_numbers_get_one_spelling() -> None:
    text = (
        "（2018）赣0111刑初485号、〔2013〕高民初字第123号之一，法释〔2000〕33号，( 2019 ) 鲁 0785 民初 12 号"
    )

    assert case_numbers_in(text) == (
        CaseNumber(0, 17, "(2018)赣0111刑初485号"),
        CaseNumber(18, 35, "(2013)高民初字第123号之一"),
        CaseNumber(48, 71, "(2019)鲁0785民初12号"),
    )


@given(
    st.text(
        alphabet="第一二十条之、至款项（）()《》〈〉法刑民关于解释的本该以下简称:：。 \n1290", max_size=80
    )
)
def test_any_text_is_read(text: str) -> None:
    for each in mentions_in(text):
        assert text[each.start : each.end].strip() == text[each.start : each.end] != ""
    case_numbers_in(text)
    articles_in(text)
    read_articles(text)
