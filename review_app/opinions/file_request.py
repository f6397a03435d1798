"""The letter that asks the reviewed organ for the file (调卷函)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review_app.documents.content import Head, Layout, OfficialDocument, Paragraph, Signature
from review_app.documents.titles import break_title
from review_app.errors import N_
from review_app.opinions.facts import Sender
from review_app.opinions.wording import day, sentence


class LendingMode(StrEnum):
    """How the file is handed over."""

    ELECTRONIC = "ELECTRONIC"
    PAPER = "PAPER"
    BOTH = "BOTH"


MODE_LABELS = {
    LendingMode.ELECTRONIC: N_("电子卷宗"),
    LendingMode.PAPER: N_("纸质卷宗"),
    LendingMode.BOTH: N_("电子卷宗和纸质卷宗"),
}
_MODE_WORDS = {
    LendingMode.ELECTRONIC: "请通过本平台上传电子卷宗",
    LendingMode.PAPER: "请移送纸质卷宗，评查结束后即行退还",
    LendingMode.BOTH: "请通过本平台上传电子卷宗并移送纸质卷宗，纸质卷宗评查结束后即行退还",
}


@dataclass(frozen=True)
class FileRequest:
    """What is asked for: volumes in words, mode, the day by which it should arrive and, for paper, be returned."""

    organ: str
    case_no: str
    cause: str
    volumes: str
    mode: LendingMode
    due_on: date
    return_on: date | None


def file_request(
    asked: FileRequest, sender: Sender, *, number: str, issued_on: date | None
) -> OfficialDocument:
    """The letter in the layout of GB/T 9704—2012, 10.1."""
    back = f"，并于{day(asked.return_on)}前退还" if asked.return_on else ""
    body = (
        f"根据涉法涉诉信访事项“有访必评、专家参评”工作机制，本办公室对{asked.case_no}{asked.cause}一案组织专家评查。"
        f"现商请你单位于{day(asked.due_on)}前提供下列案卷材料：{sentence(asked.volumes)}"
    )
    how = f"{_MODE_WORDS[asked.mode]}{back}，同时提交案件质量自评表。案卷涉及国家秘密的，请勿上传，并与本办公室联系。"
    return OfficialDocument(
        layout=Layout.LETTER,
        head=Head(sender.office, number),
        title_lines=break_title(f"关于调阅{asked.case_no}案卷的函"),
        recipient=asked.organ,
        blocks=(Paragraph(body), Paragraph(how), Paragraph("特此函告。")),
        signature=Signature(sender.office, issued_on),
        notes=sender.contact,
    )
