"""What the opinion says: the sections in order, every number from the locked result, nobody's vote by name."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx

from review_app.documents.checker import check, errors
from review_app.documents.content import Heading, OfficialDocument, Table, texts
from review_app.documents.official_format import write
from review_app.masking.texts import names_masked
from review_app.opinions.checks import section
from review_app.opinions.content import circulated, dated, opinion_document, with_signatures
from review_app.opinions.facts import OpinionFacts, SignatureRow
from tests.opinions.samples import case_one, dimensions


def opinion(facts: OpinionFacts) -> OfficialDocument:
    return opinion_document(facts, number="青评意〔2024〕11号", copy_no="000001", issued_on=date(2024, 2, 6))


def test_sections_stand_in_the_order_of_the_form() -> None:
    document = opinion(case_one())

    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "一、信访事项基本情况",
        "二、被评查案件基本情况",
        "三、评查工作开展情况",
        "四、评查查明的事实",
        "五、评查发现的问题",
        "六、对信访诉求的逐项评析",
        "七、类案检索情况",
        "八、研讨表决情况",
        "九、评查结论",
        "十、处理建议",
        "十一、其他说明",
    ]


def test_title_and_recipient_name_matter_and_organ() -> None:
    document = opinion(case_one())

    assert document.title == "关于秦守田反映买卖合同纠纷执行案件信访事项的评查意见书"
    assert document.recipient == "青岚市人民法院"


def test_all_eight_dimensions_are_named_and_clean_ones_say_so() -> None:
    lines = section(opinion(case_one()), "五、").splitlines()

    assert len(lines) == 8
    assert lines[0] == "（一）事实认定方面。未发现问题。"
    assert [line[:3] for line in lines if "未发现问题" in line] == ["（一）", "（二）", "（三）", "（六）"]


def test_finding_tells_fact_evidence_rule_severity_and_points() -> None:
    line = section(opinion(case_one()), "五、").splitlines()[3]

    assert line == (
        "（四）办案程序方面。1．终结本次执行程序条件审查不严。卷内既无申请执行人签字确认，也无合议庭审查核实并经院长批准的材料"
        "（执行卷宗正卷“终结本次执行程序材料”第58页），不符合《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
        "（2022）第五百一十七条的规定。属较重问题，扣6分。2．未依法告知权利义务、救济途径和期限。送达终结本次执行程序裁定时"
        "未告知申请执行人可以申请恢复执行（执行卷宗正卷“终结本次执行程序材料”第58页），不符合《最高人民法院关于适用"
        "〈中华人民共和国民事诉讼法〉的解释》（2022）第五百一十七条的规定。属一般问题，扣3分。"
    )


def test_printed_deductions_and_score_are_those_of_the_result() -> None:
    document = opinion(case_one())

    deducted = [int(found) for found in re.findall(r"扣(\d+)分", section(document, "五、"))]

    assert deducted == [6, 3, 1, 6, 6, 3]
    assert 100 - sum(deducted) == 75
    assert section(document, "九、") == (
        "专家评查组个人评分分别为72分、74分、76分、77分、79分，合议后评查得分75分，评定为瑕疵案件，处理意见为瑕疵补正。"
    )


def test_cap_of_a_dimension_is_printed() -> None:
    facts = case_one()
    heavy = tuple(
        replace(each, points=Decimal(8)) if each.dimension == "D8" else each for each in facts.findings
    )
    over = dimensions("EXE", (*heavy, replace(heavy[-1], code="D8-02")))
    document = opinion(replace(facts, findings=heavy, dimensions=over))

    assert "本项扣分合计16分，超过满分，按满分10分计。" in section(document, "五、")


def test_votes_are_counted_without_names() -> None:
    told = section(opinion(case_one()), "八、")

    assert told.startswith("2024年2月1日召开研讨会，专家5人全部参加。“终结本次执行程序条件审查不严”5票同意；")
    assert "“财产调查未穷尽”4票同意、1票不同意" in told
    assert told.endswith(
        "有1名专家持不同意见，主要理由为：网络查控已覆盖主要财产形式，不宜评价为财产调查未穷尽。"
    )


def test_each_request_is_answered_with_a_result() -> None:
    lines = section(opinion(case_one()), "六、").splitlines()

    assert [line[:12] for line in lines] == [
        "（一）关于第一项诉求。信",
        "（二）关于第二项诉求。该",
        "（三）关于第三项诉求。应",
    ]
    assert [line[-9:] for line in lines[:2]] == ["有依据，予以支持。"] * 2
    assert lines[2].endswith("予以部分支持。")


def test_recommendation_names_organ_route_article_and_deadline() -> None:
    lines = section(opinion(case_one()), "十、").splitlines()

    assert lines[0] == (
        "（一）建议青岚市人民法院依法审查恢复执行，核查厂房租金收入和车辆线索（依据：民事诉讼法（2023）第265条；期限：2024年2月20日前）。"
    )
    assert lines[1] == "（二）由院领导包案，组织法官当面释法答疑。"


def test_circulated_copy_shows_no_private_name_anywhere() -> None:
    facts = case_one()

    shown = "".join(texts(circulated(opinion(facts), names_masked(facts.people))))

    assert "秦守田" not in shown
    assert "赵海斌" not in shown
    assert "秦某甲" in shown
    assert "赵某甲" in shown
    assert "青岚市恒泽建材有限公司" in shown


def test_written_opinion_has_no_format_error_and_holds_the_numbers() -> None:
    facts = case_one()
    package = write(circulated(opinion(facts), names_masked(facts.people)))

    opened = docx.Document(io.BytesIO(package))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)

    assert errors(check(package)) == []
    assert "合议后评查得分75分" in text
    assert [int(found) for found in re.findall(r"扣(\d+)分", text)] == [6, 3, 1, 6, 6, 3]


def test_release_adds_number_and_day_and_nothing_else() -> None:
    draft = opinion_document(case_one(), number="青评意〔2024〕　号", copy_no="", issued_on=None)

    final = dated(draft, number="青评意〔2024〕11号", copy_no="000001", on=date(2024, 2, 6))

    assert final == opinion(case_one())


def test_internal_copy_lists_who_signed_and_who_did_not() -> None:
    rows = (
        SignatureRow("甲某", "组长", date(2024, 2, 5)),
        SignatureRow("乙某", "组员", None, "已书面说明理由"),
    )

    last = with_signatures(opinion(case_one()), rows).attachments[-1]

    table = last.blocks[0]
    assert isinstance(table, Table)
    assert table.rows == (("甲某", "组长", "2024年2月5日", ""), ("乙某", "组员", "未签名", "已书面说明理由"))
