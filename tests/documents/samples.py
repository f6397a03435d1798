"""A small document with every element, for the tests of this room."""

from dataclasses import replace
from datetime import date
from typing import Any

from review_app.documents.content import (
    Attachment,
    Attendance,
    Head,
    Heading,
    Imprint,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

ORGAN = "青岚市涉法涉诉信访专家评查办公室"


def sample(**changes: Any) -> OfficialDocument:
    document = OfficialDocument(
        layout=Layout.GENERAL,
        head=Head(f"{ORGAN}文件", "青评意〔2024〕11号", copy_no="000003", secrecy="工作秘密★3年"),
        title_lines=("关于秦某田反映买卖合同纠纷", "执行案件信访事项的评查意见书"),
        recipient="青岚市人民法院",
        blocks=(
            Heading(1, "一、信访事项基本情况"),
            Paragraph("信访人秦某田，2023年6月13日通过网上信访提出。"),
            Heading(1, "二、评查工作开展情况"),
            Paragraph("抽取专家5名。", lead="（一）评查组组成。"),
            Paragraph("1．执行卷第34页显示有“小型客车”1辆。"),
            Table(("序号", "问题"), (("1", "终本条件审查不严"),), (1, 4)),
        ),
        attachments=(Attachment("评查问题清单"), Attachment("类案检索报告", (Paragraph("无。"),))),
        signature=Signature(ORGAN, date(2024, 2, 6)),
        notes="联系人：何某",
        imprint=Imprint(("市信访工作联席会议办公室", "市信访局"), ORGAN, date(2024, 2, 7)),
    )
    if changes.get("layout") is Layout.MINUTES:
        document = replace(
            document,
            head=replace(document.head, organ="评查研讨纪要", number="PC20240011　第1次"),
            blocks=(*document.blocks, Attendance("出席", "张法官、李检察官、王律师")),
        )
    return replace(document, **changes)
