"""Tracked changes: accepting all gives the later text, refusing all the earlier one."""

import io
from datetime import UTC, datetime

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.documents.changes import changes
from review_app.documents.redline import Passage, redline

AT = datetime(2024, 4, 1, 1, 30, tzinfo=UTC)
TEXTS = st.text(alphabet="查明事实一二三，。\n", max_size=24)


def paragraphs(package: bytes) -> list[BaseOxmlElement]:
    opened = docx.Document(io.BytesIO(package))
    return [each._p for each in opened.paragraphs[3:]]


def read(package: bytes, *, keep: str) -> str:
    """The text when every change is decided one way: keep ``ins`` (accept) or ``del`` (refuse)."""
    drop = {"ins": "del", "del": "ins"}[keep]
    text = ""
    for paragraph in paragraphs(package):
        for element in paragraph.iter(qn("w:t"), qn("w:delText")):
            if not any(each.tag == qn(f"w:{drop}") for each in element.iterancestors()):
                text += element.text or ""
        mark = paragraph.find(qn("w:pPr")).find(qn("w:rPr"))
        if mark.find(qn(f"w:{drop}")) is None:
            text += "\n"
    return text[:-1]


def compared(before: str, after: str) -> bytes:
    return redline("修订对照", [Passage("四、评查查明的事实", changes(before, after))], author="组长", at=AT)


@given(TEXTS, TEXTS)
@settings(max_examples=80)
def test_both_texts_can_be_had_from_the_file(before: str, after: str) -> None:
    package = compared(before, after)

    assert (read(package, keep="del"), read(package, keep="ins")) == (before, after)


def test_every_change_tells_who_and_when() -> None:
    package = compared("查明事实一。", "查明事实二。\n另查明。")

    marks = [each for p in paragraphs(package) for each in p.iter(qn("w:ins"), qn("w:del"))]

    assert {(each.get(qn("w:author")), each.get(qn("w:date"))) for each in marks} == {
        ("组长", "2024-04-01T01:30:00Z")
    }
    numbers = [each.get(qn("w:id")) for each in marks]
    assert len(numbers) == len(set(numbers))


def test_same_texts_carry_no_change() -> None:
    assert [each for p in paragraphs(compared("同", "同")) for each in p.iter(qn("w:ins"), qn("w:del"))] == []
