"""Title, main recipient, the four levels of the body, tables and attachments (GB/T 9704—2012, 7.3)."""

from collections.abc import Iterable, Iterator
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.documents.content import Attachment, Attendance, Block, Heading, Paragraph, Table
from review_app.documents.geometry import TYPE_WIDTH, characters
from review_app.documents.typography import (
    BODY,
    FLUSH,
    INDENTED,
    LEVELS,
    SMALL,
    TITLE,
    TITLE_LINES,
    Face,
    Setting,
    Type,
    blank_line,
    element,
    nest,
    paragraph,
    run,
)

_TABLE_LINE: Final = 400
_CELL: Final = Setting(align="left", line=_TABLE_LINE, on_grid=False)
_TABLE_HEAD: Final = Type(Face.HEI, SMALL.size)


def title(lines: Iterable[str]) -> Iterator[BaseOxmlElement]:
    """The title in 2号小标宋, centred, broken as it was decided; one blank line follows."""
    yield paragraph(run("\n".join(lines), TITLE), setting=TITLE_LINES, kind=TITLE)
    yield blank_line(keep_next=True)


def recipient(name: str) -> BaseOxmlElement:
    """The main recipient, flush left, with a full-width colon."""
    return paragraph(run(f"{name}："), setting=FLUSH)


def blocks(content: Iterable[Block]) -> Iterator[BaseOxmlElement]:
    """The blocks of the body in order."""
    for block in content:
        yield from _block(block)


def attachments_note(attachments: tuple[Attachment, ...]) -> Iterator[BaseOxmlElement]:
    """附件：1．名称, one blank line below the body; the following names stand under the first (7.3.4)."""
    if not attachments:
        return
    yield blank_line(keep_next=True)
    numbered = len(attachments) > 1
    for index, attachment in enumerate(attachments, start=1):
        label = "附件：" if index == 1 else ""
        number = f"{index}．" if numbered else ""
        hang = characters(1.5 if numbered else 0)
        lead = characters(3) if label else 0
        setting = Setting(align="left", left=characters(5) + hang, indent=-(hang + lead), keep_next=True)
        yield paragraph(run(f"{label}{number}{attachment.name}"), setting=setting)


def attachments(content: tuple[Attachment, ...]) -> Iterator[BaseOxmlElement]:
    """Each attachment with content on a new page: mark on line 1, title on line 3 (7.3.7)."""
    numbered = len(content) > 1
    for index, attachment in enumerate(content, start=1):
        if not attachment.blocks:
            continue
        mark = f"附件{index if numbered else ''}"
        yield paragraph(run(mark, Type(Face.HEI)), setting=Setting(align="left", page_break=True))
        yield blank_line()
        yield paragraph(run(attachment.name, TITLE), setting=TITLE_LINES, kind=TITLE)
        yield blank_line(keep_next=True)
        yield from blocks(attachment.blocks)


def keep_with_next(elements: list[BaseOxmlElement]) -> None:
    """Tie the end of the body to what follows, so that no seal stands on a page without body text (7.3.5.4): its
    last paragraph, and the last row of a table that ends it."""
    _tie(elements[-1])
    if len(elements) > 1 and elements[-2].tag == qn("w:tbl"):
        for each in elements[-2].findall(qn("w:tr"))[-1].iter(qn("w:p")):
            _tie(each)


def _tie(last: BaseOxmlElement) -> None:
    if last.tag == qn("w:p") and last[0].find(qn("w:keepNext")) is None:
        last[0].insert(0, element("keepNext"))


def _block(block: Block) -> Iterator[BaseOxmlElement]:
    match block:
        case Heading(level=level, text=text):
            setting = Setting(
                indent=INDENTED.indent, indent_characters=200, keep_next=True, outline=level - 1
            )
            yield paragraph(run(text, LEVELS[level]), setting=setting)
        case Paragraph(text=text, lead=lead, lead_level=level):
            runs = ([run(lead, LEVELS[level])] if lead else []) + ([run(text, BODY)] if text else [])
            yield paragraph(*runs, setting=INDENTED)
        case Attendance(word=word, names=names):
            wide = characters(2 + len(word) + 1)
            hanging = Setting(left=wide, indent=-characters(len(word) + 1), align="left")
            yield paragraph(run(f"{word}：", LEVELS[1]), run(names, BODY), setting=hanging)
        case Table():
            yield _table(block)
            yield blank_line()


def _table(table: Table) -> BaseOxmlElement:
    widths = [TYPE_WIDTH * share // sum(table.widths) for share in table.widths]
    grid = nest(element("tblGrid"), *(element("gridCol", w=each) for each in widths))
    head = _row(table.columns, widths, _TABLE_HEAD, repeated=True)
    rows = [_row(cells, widths, SMALL) for cells in table.rows]
    return nest(element("tbl"), _table_properties(), grid, head, *rows)


def _table_properties() -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [element(side, val="single", sz=4, space=0, color="000000") for side in sides]
    padding = [element(side, w=60, type="dxa") for side in ("left", "right")]
    return nest(
        element("tblPr"),
        element("tblW", w=TYPE_WIDTH, type="dxa"),
        nest(element("tblBorders"), *lines),
        element("tblLayout", type="fixed"),
        nest(element("tblCellMar"), *padding),
    )


def _row(cells: Iterable[str], widths: list[int], kind: Type, *, repeated: bool = False) -> BaseOxmlElement:
    properties = nest(element("trPr"), element("cantSplit"))
    if repeated:
        properties.append(element("tblHeader"))
    made = [_cell(text, wide, kind) for text, wide in zip(cells, widths, strict=True)]
    return nest(element("tr"), properties, *made)


def _cell(text: str, wide: int, kind: Type) -> BaseOxmlElement:
    properties = nest(element("tcPr"), element("tcW", w=wide, type="dxa"), element("vAlign", val="center"))
    lines = [paragraph(run(line, kind), setting=_CELL, kind=kind) for line in text.split("\n")]
    return nest(element("tc"), properties, *lines)
