"""Tells the elements of an official document apart by position and wording: mark, number, title, levels, imprint."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from review_app.documents.measures import DocumentMeasures, ParagraphMeasures

NUMBER: Final = re.compile(
    r"[^\d\s〔［\[（(【]{1,10}[〔［\[（(【]\s*(\d{4}|　+)\s*[〕］\])）】]\s*第?(\d+|　)\s*号"
)
_OPENING: Final = 16
_LEVELS: Final = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）")),
    (3, re.compile(r"\d{1,2}[．.](?!\d)")),
    (4, re.compile(r"（\d{1,2}）")),
)
_ATTENDANCE: Final = re.compile(r"(出席|请假|列席)：")
_DATE: Final = re.compile(
    r"[\d０-９]{4}\s*年\s*[\d０-９]{1,2}\s*月\s*[\d０-９]{1,2}\s*日|[〇○零一二三四五六七八九十]{4}年.{1,7}日"
)


@dataclass(slots=True)
class Elements:
    """The elements found, None or empty where there is none."""

    marks: list[ParagraphMeasures] = field(default_factory=list)
    organ: ParagraphMeasures | None = None
    number: ParagraphMeasures | None = None
    is_letter: bool = False
    is_minutes: bool = False
    title: list[ParagraphMeasures] = field(default_factory=list)
    recipient: ParagraphMeasures | None = None
    body: list[ParagraphMeasures] = field(default_factory=list)
    attachments_note: list[ParagraphMeasures] = field(default_factory=list)
    organ_signature: ParagraphMeasures | None = None
    date: ParagraphMeasures | None = None
    notes: ParagraphMeasures | None = None
    attachment_marks: list[ParagraphMeasures] = field(default_factory=list)
    imprint: list[ParagraphMeasures] = field(default_factory=list)
    imprint_borders: dict[str, int] = field(default_factory=dict)


def level_of(paragraph: ParagraphMeasures) -> int | None:
    """The level a paragraph of the body opens with its numbering, if any."""
    return next((level for level, pattern in _LEVELS if pattern.match(paragraph.text.strip())), None)


def recognise(document: DocumentMeasures) -> Elements:
    """Find the elements of a document; what cannot be told apart stays unnamed and unchecked."""
    found = Elements()
    paragraphs = [each for each in document.body if each.text.strip()]
    rest = _head(document, paragraphs, found)
    rest = _title(paragraphs, rest, found)
    _below_title(paragraphs[rest:], found)
    _imprint(document, found)
    return found


def _head(document: DocumentMeasures, paragraphs: list[ParagraphMeasures], found: Elements) -> int:
    """Fill in the head; returns the index of the first paragraph below it."""
    letter = [each for each in document.headers.get("first", ()) if each.text.strip() and _is_red(each)]
    if letter and document.page.first_page_differs:
        found.is_letter, found.organ = True, letter[0]
    for index, paragraph in enumerate(paragraphs[:_OPENING]):
        if NUMBER.search(paragraph.text) and len(paragraph.text) < 50:
            found.number = paragraph
            above = paragraphs[:index]
            found.organ = found.organ or next(
                (each for each in above if _is_red(each) or _is_mark_in_black(each)), None
            )
            found.marks = [each for each in above if each is not found.organ and each.align != "center"]
            found.is_minutes = found.organ is not None and _is_minutes_mark(found.organ)
            return index + 1 if found.organ else 0
    return _minutes_head(paragraphs, found)


def _minutes_head(paragraphs: list[ParagraphMeasures], found: Elements) -> int:
    """The head of minutes without a number of the usual kind: the mark, and the line under it (10.3)."""
    for index, paragraph in enumerate(paragraphs[:_OPENING]):
        if _is_red(paragraph) and _is_minutes_mark(paragraph):
            found.is_minutes, found.organ = True, paragraph
            found.marks = [each for each in paragraphs[:index] if each.align != "center"]
            numbered = index + 1 < len(paragraphs) and bool(
                re.search(r"第.{1,6}[次期]", paragraphs[index + 1].text)
            )
            return index + 2 if numbered else index + 1
    return 0


def _title(paragraphs: list[ParagraphMeasures], start: int, found: Elements) -> int:
    index = start
    while index < len(paragraphs) and paragraphs[index].align != "center" and index - start < 3:
        index += 1
    while index < len(paragraphs) and paragraphs[index].align == "center":
        if paragraphs[index] not in (found.organ, found.number):
            found.title.append(paragraphs[index])
        index += 1
    return index if found.title else start


def _below_title(paragraphs: Sequence[ParagraphMeasures], found: Elements) -> None:
    rest = [each for each in paragraphs if each is not found.number]
    if (
        rest
        and rest[0].text.strip().endswith(("：", ":"))
        and len(rest[0].text) < 120
        and level_of(rest[0]) is None
    ):
        found.recipient, rest = rest[0], rest[1:]
    end = next(
        (index for index, each in enumerate(rest) if re.fullmatch(r"附件\d*", each.text.strip())), len(rest)
    )
    found.attachment_marks = [each for each in rest[end:] if re.fullmatch(r"附件\d*", each.text.strip())]
    _closing(rest[:end], found)


def _closing(paragraphs: Sequence[ParagraphMeasures], found: Elements) -> None:
    dated = [index for index, each in enumerate(paragraphs) if _DATE.fullmatch(each.text.strip())]
    last = dated[-1] if dated else len(paragraphs)
    body = list(paragraphs[:last])
    if dated:
        found.date = paragraphs[last]
        after = [each for each in paragraphs[last + 1 :] if each.text.strip().startswith(("（", "("))]
        found.notes = after[0] if after else None
        found.organ_signature = body.pop() if body else None
    note = next((index for index, each in enumerate(body) if each.text.startswith("附件")), None)
    found.attachments_note = body[note:] if note is not None else []
    present = [each for each in body if found.is_minutes and _ATTENDANCE.match(each.text.strip())]
    found.body = [each for each in body[:note] if each not in present]


def _imprint(document: DocumentMeasures, found: Elements) -> None:
    for table in document.tables:
        texts = "".join(each.text for each in table.paragraphs)
        if "印发" in texts or texts.startswith("抄送"):
            found.imprint = [each for each in table.paragraphs if each.text.strip()]
            found.imprint_borders = dict(table.borders)
    if not found.imprint:
        frames = [each for each in document.framed if each.text.strip()]
        found.imprint = [
            each for each in frames if each.text.startswith("抄送") or each.text.endswith("印发")
        ]


def _is_minutes_mark(paragraph: ParagraphMeasures) -> bool:
    return paragraph.align == "center" and paragraph.text.strip().endswith("纪要")


def _is_mark_in_black(paragraph: ParagraphMeasures) -> bool:
    """An issuing organ's mark whose colour was forgotten: centred, ending with 文件."""
    return paragraph.align == "center" and paragraph.text.strip().endswith("文件")


def _is_red(paragraph: ParagraphMeasures) -> bool:
    colours = {run.colour for run in paragraph.runs if run.text.strip()}
    return bool(colours) and all(is_red(colour) for colour in colours)


def is_red(colour: str) -> bool:
    """Whether a hex colour is a red: much red, little else."""
    if len(colour) != 6:
        return colour == "RED"
    try:
        red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    except ValueError:
        return False
    return red >= 180 and green <= 80 and blue <= 80
