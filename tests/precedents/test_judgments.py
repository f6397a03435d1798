"""Reading judgments and rows."""

from datetime import date

import pytest

from review_app.errors import ReviewError
from review_app.precedents.drafts import draft_of_row, draft_of_text
from review_app.precedents.judgment_causes import charges_in_result
from review_app.precedents.judgment_dates import date_of
from review_app.precedents.judgment_outcomes import outcome_of
from review_app.precedents.judgments import read_judgment
from review_app.precedents.states import Stage, Tier
from tests.precedents.cases import JUDGMENT, draft


def test_judgment_is_read_from_its_text() -> None:
    read = read_judgment(JUDGMENT)

    assert (read.organ, read.doc_type, read.case_no) == (
        "海东省青岚市柳泉区人民法院",
        "刑事判决书",
        "（2021）海0799刑初31号",
    )
    assert (read.decided_on, read.causes, read.outcome) == (date(2021, 3, 5), ("交通肇事罪",), "缓刑")
    assert {name: JUDGMENT[start:end][:5] for name, (start, end) in read.sections.items()} == {
        "head": "海东省青岚",
        "facts": "经审理查明",
        "reasoning": "本院认为，",
        "law": "依照《中华",
        "result": "被告人孙某",
        "tail": "如不服本判",
    }


def test_text_that_is_no_judgment_stays_without_parts() -> None:
    read = read_judgment("这是一篇介绍工伤认定程序的文章，没有文书的格式。")

    assert (read.organ, read.case_no, read.decided_on, read.sections) == ("", "", None, {})


@pytest.mark.parametrize(
    ("result", "stage", "field", "outcome"),
    [
        ("驳回上诉，维持原判。", Stage.SECOND, "刑事", "维持原判"),
        (
            "撤销青岚市人民法院（2020）海0799民初1号民事判决；驳回诉讼请求。",
            Stage.SECOND,
            "民事",
            "撤销或者改判",
        ),
        ("撤销（2015）海刑初1号判决中的缓刑，判处有期徒刑三年。", Stage.FIRST, "刑事", "缓刑"),
        ("驳回原告的诉讼请求。", Stage.FIRST, "民事", "驳回"),
        ("被告支付货款；驳回其他诉讼请求。", Stage.FIRST, "民事", "支持全部或者部分请求"),
        ("准许原告撤回起诉。", Stage.FIRST, "民事", "准许撤诉"),
        ("被告人无罪。", Stage.FIRST, "刑事", "无罪"),
        ("确认被告拆除行为违法。", Stage.FIRST, "行政", "确认违法、无效"),
        ("恢复（2020）海0799执1187号案件的执行。", Stage.ENFORCEMENT, "执行", "恢复执行"),
        ("驳回异议人的异议请求。", Stage.ENFORCEMENT, "执行", "驳回异议、复议申请"),
        ("指令青岚市中级人民法院再审本案。", Stage.PETITION, "民事", "提审或者指令再审"),
        ("", Stage.FIRST, "", ""),
    ],
)
def test_outcome_in_a_word(result: str, stage: Stage, field: str, outcome: str) -> None:
    assert outcome_of(result, stage=stage, field=field) == outcome


def test_row_fills_what_the_text_does_not_say() -> None:
    text = "青岚市某区人民法院审理的一起工伤认定案件，职工在上班途中受到非本人主要责任的交通事故伤害。"
    row = {
        "title": "工伤认定案", "court": "青岚市人民法院", "case_no": "（2019）海07行终8号", "date": "2019-06-03", "text": text,
        "charges": ["工伤认定"], "tier": "1", "facts": [3, 20], "law_refs": ["工伤保险条例第十四条"], "issues": ["上班途中"],
    }  # fmt: skip

    made = draft_of_row(row, tier=Tier.UPPER, licence_note="公开")

    assert (made.source_tier, made.organ, made.year, made.decided_on) == (
        Tier.GUIDING,
        "青岚市人民法院",
        2019,
        date(2019, 6, 3),
    )
    assert (made.causes, made.issues, made.law_refs) == (
        ("工伤认定",),
        ("上班途中",),
        ("工伤保险条例第14条",),
    )
    assert made.sections == {"facts": [3, 20]}
    assert made.licence_note == "公开"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "缺少正文"),
        ({"text": "太短"}, "正文不足30个字"),
        ({"text": "字" * 40, "tier": "9"}, "案例层级“9”不存在"),
        ({"text": "字" * 40 + "\0"}, "不能保存的字符"),
        ({"text": "字" * 40 + "\ud800"}, "不能保存的字符"),
    ],
)
def test_row_that_is_no_case_is_refused_with_a_sentence(row: dict[str, object], sentence: str) -> None:
    with pytest.raises(ReviewError) as refused:
        draft_of_row(row, tier=Tier.UPPER, licence_note="")

    assert sentence in str(refused.value)


def test_ranges_outside_the_text_are_ignored() -> None:
    assert (
        draft(facts=[0, 10**9], reason=[5, 2], result="没有这句").sections == read_judgment(JUDGMENT).sections
    )


def test_file_name_is_the_title_of_a_document() -> None:
    made = draft_of_text(JUDGMENT, name="孙某交通肇事案", tier=Tier.SUPREME, licence_note="")

    assert (made.title, made.source_tier, made.law_refs) == (
        "孙某交通肇事案",
        Tier.SUPREME,
        ("刑法第133条", "刑法第72条"),
    )


def test_line_breaks_become_plain_and_ranges_stay() -> None:
    text = "第一行的文字。\r\n第二行写得长一些，以便够三十个字，这里再写几个字。\r第三行。"

    made = draft_of_row({"text": text, "facts": [9, 12]}, tier=Tier.UPPER, licence_note="")

    assert (len(made.text), "\r" in made.text) == (len(text), False)
    assert made.text[slice(*made.sections["facts"])] == "第二行"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇一八年九月十三日", date(2018, 9, 13)),
        ("二○一八年十二月三十一日", date(2018, 12, 31)),
        ("二Ｏ一O年七月二十六日", date(2010, 7, 26)),
        ("二0一四年二月十七日", date(2014, 2, 17)),
        ("二零一九年元月八日", date(2019, 1, 8)),
        ("2021年4月8日", date(2021, 4, 8)),
        ("２０２１年１０月８日", date(2021, 10, 8)),
        ("二〇一六年四月××日", None),
        ("二〇一六年十三月三日", None),
    ],
)
def test_day_is_read_in_every_spelling_of_zero(written: str, day: date | None) -> None:
    assert date_of(f"审判长甲某审判员乙某{written}书记员丙某") == day


def test_day_of_the_judgment_is_the_one_after_the_judges() -> None:
    tail = "刑期至二〇三三年三月二十六日止。审判长甲某二〇一八年九月十三日书记员乙某附：二〇二〇年一月一日起施行的解释"

    assert date_of(tail) == date(2018, 9, 13)


@pytest.mark.parametrize(
    ("result", "charges"),
    [
        ("被告人甲犯掩饰、隐瞒犯罪所得罪，判处拘役。", ("掩饰、隐瞒犯罪所得罪",)),
        ("甲犯盗窃罪，判处拘役；犯侵犯公民个人信息罪，判处管制。", ("盗窃罪", "侵犯公民个人信息罪")),
        ("甲犯组织他人偷越国（边）境罪，判处有期徒刑三年。", ("组织他人偷越国（边）境罪",)),
        ("甲犯强奸罪、非法拘禁罪，数罪并罚。", ("强奸罪", "非法拘禁罪")),
        (
            "一、撤销（2011）青刑初字第8号判决中“甲犯抢夺罪”的缓刑部分；二、甲犯诈骗罪，判处有期徒刑一年。",
            ("诈骗罪",),
        ),
        ("甲犯数罪，决定执行有期徒刑五年。", ()),
    ],
)
def test_charges_are_those_of_which_somebody_is_found_guilty(result: str, charges: tuple[str, ...]) -> None:
    assert charges_in_result(result) == charges


@pytest.mark.parametrize(
    "unit", ["本院认为 。", " 被告人甲", "犯甲、", "（2018）", "判决如下：", "撤销“", "依照《", "\n审"]
)
def test_long_and_hostile_texts_are_read_to_the_end(unit: str) -> None:
    """How the time grows with the length is printed by benchmarks/parsing.py."""
    read = read_judgment(unit * (200_000 // len(unit)) + "\n2021年3月5日")

    assert (read.organ, read.decided_on) == ("", date(2021, 3, 5))
