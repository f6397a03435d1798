"""Reading judgments and rows."""

from datetime import date

import pytest

from review_app.errors import ReviewError
from review_app.precedents.drafts import draft_of_row, draft_of_text
from review_app.precedents.judgments import outcome_of, read_judgment
from review_app.precedents.states import Tier
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
        "facts": "经审理查明",
        "reasoning": "本院认为，",
        "result": " 被告人孙",
    }


def test_text_that_is_no_judgment_stays_without_parts() -> None:
    read = read_judgment("这是一篇介绍工伤认定程序的文章，没有文书的格式。")

    assert (read.organ, read.case_no, read.decided_on, read.sections) == ("", "", None, {})


@pytest.mark.parametrize(
    ("result", "on_appeal", "outcome"),
    [
        ("驳回上诉，维持原判。", True, "维持原判"),
        ("撤销青岚市人民法院（2020）海0799民初1号民事判决；驳回诉讼请求。", True, "撤销或者改判"),
        ("撤销（2015）海刑初1号判决中的缓刑，判处有期徒刑三年。", False, "缓刑"),
        ("驳回原告的诉讼请求。", False, "驳回"),
        ("被告人无罪。", False, "无罪"),
        ("", False, ""),
    ],
)
def test_outcome_in_a_word(result: str, on_appeal: bool, outcome: str) -> None:
    assert outcome_of(result, on_appeal=on_appeal) == outcome


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
