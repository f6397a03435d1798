"""Signature block, notes and imprint (GB/T 9704—2012, 7.3.5, 7.3.6, 7.4)."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Final

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.documents.content import Imprint, Layout, Signature
from review_app.documents.geometry import TYPE_WIDTH, characters
from review_app.documents.titles import width
from review_app.documents.typography import (
    INDENTED,
    SMALL,
    Setting,
    blank_line,
    element,
    nest,
    paragraph,
    run,
)

# A seal of 42 mm centred a little above organ and date then begins within one line below the body (7.3.5.1).
_LINES_FOR_SEAL: Final = 2
_SEALED_DATE_FROM_EDGE: Final = 4.0
_UNSEALED_FROM_EDGE: Final = 2.0
_SMALL_CHARACTER: Final = 280
_THICK: Final = 8
_THIN: Final = 6
_IMPRINT_LINE: Final = 480
_LAST_LINE: Final = 2
_FRAME: Final = """<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w10="urn:schemas-microsoft-com:office:word">
<v:rect id="imprint" stroked="f" filled="f" style="position:absolute;mso-wrap-distance-left:0;mso-wrap-distance-right:0;\
mso-wrap-distance-top:0;mso-wrap-distance-bottom:0;margin-left:0;margin-top:0;width:{width}pt;\
height:{height}pt;mso-position-horizontal:left;mso-position-horizontal-relative:margin;\
mso-position-vertical:bottom;mso-position-vertical-relative:margin">
<v:textbox inset="0,0,0,0" style="mso-fit-shape-to-text:t"><w:txbxContent/></v:textbox>
<w10:wrap type="topAndBottom"/></v:rect></w:pict>"""


def chinese_day(day: date | None) -> str:
    """2024年2月6日, Arabic digits without leading zeros; blanks in a draft."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　年　月　日"


def signature(signed: Signature) -> Iterator[BaseOxmlElement]:
    """Organ and date, kept on one page with the end of the body and the imprint."""
    day = chinese_day(signed.on)
    organ_from_edge, day_from_edge = (_sealed if signed.sealed else _unsealed)(
        width(signed.organ), width(day)
    )
    for _ in range(_LINES_FOR_SEAL if signed.sealed else 1):
        yield blank_line(keep_next=True)
    yield paragraph(run(signed.organ), setting=_from_right(organ_from_edge).kept())
    yield paragraph(run(day), setting=_from_right(day_from_edge).kept())


def notes(text: str) -> Iterator[BaseOxmlElement]:
    """The 附注 in brackets, two characters in, on the line below the date."""
    if text:
        yield paragraph(run(f"（{text}）"), setting=INDENTED.kept())


def imprint(printed: Imprint, layout: Layout) -> Iterator[BaseOxmlElement]:
    """The imprint in a frame held to the foot of the type area of the last page.

    The frame stands on the page of its anchor, the last paragraph of the document. It is drawn in VML because floating
    tables and paragraph frames at the end of a document lose their place outside Word. The letter format prints
    the copies alone, without lines (10.1).
    """
    lined = layout in (Layout.GENERAL, Layout.MINUTES)
    rows = [_copies(printed.copy_to)] if printed.copy_to else []
    if lined:
        rows.append(_printing(printed))
    if not rows:
        return
    grid = nest(element("tblGrid"), element("gridCol", w=TYPE_WIDTH))
    table = nest(element("tbl"), _table_properties(lined=lined), grid, *rows)
    end = paragraph(setting=Setting(line=_LAST_LINE, on_grid=False))
    height = _lines_of_copies(printed.copy_to) + (1 if lined else 0)
    yield paragraph(
        _frame(table, end, height=height * _IMPRINT_LINE + _LAST_LINE),
        setting=Setting(line=_LAST_LINE, on_grid=False),
    )


def _sealed(organ: float, day: float) -> tuple[float, float]:
    """Characters right of organ and date: the date four, the organ centred on it; a long organ pushes both left."""
    overhang = max(0.0, organ / 2 - day / 2 - _SEALED_DATE_FROM_EDGE)
    day_from_edge = _SEALED_DATE_FROM_EDGE + overhang
    return day_from_edge + day / 2 - organ / 2, day_from_edge


def _unsealed(organ: float, day: float) -> tuple[float, float]:
    """Characters right of organ and date: the organ two, the date beginning two after it; a long date is mirrored."""
    organ_from_edge = _UNSEALED_FROM_EDGE
    day_from_edge = organ_from_edge + organ - 2 - day
    if day_from_edge >= 0:
        return organ_from_edge, day_from_edge
    return _UNSEALED_FROM_EDGE + day + 2 - organ, _UNSEALED_FROM_EDGE


def _from_right(count: float) -> Setting:
    return Setting(align="right", right=characters(count))


def _copies(copy_to: tuple[str, ...]) -> BaseOxmlElement:
    hanging = Setting(
        left=_SMALL_CHARACTER * 4,
        right=_SMALL_CHARACTER,
        indent=-_SMALL_CHARACTER * 3,
        line=_IMPRINT_LINE,
        on_grid=False,
    )
    return _imprint_row(paragraph(run(f"抄送：{'，'.join(copy_to)}。", SMALL), setting=hanging, kind=SMALL))


def _printing(printed: Imprint) -> BaseOxmlElement:
    setting = Setting(
        align="left",
        left=_SMALL_CHARACTER,
        right=_SMALL_CHARACTER,
        right_tab=TYPE_WIDTH - _SMALL_CHARACTER,
        line=_IMPRINT_LINE,
        on_grid=False,
    )
    line = f"{printed.printed_by}\t{chinese_day(printed.printed_on)}印发"
    return _imprint_row(paragraph(run(line, SMALL), setting=setting, kind=SMALL))


def _imprint_row(content: BaseOxmlElement) -> BaseOxmlElement:
    cell = nest(element("tc"), nest(element("tcPr"), element("tcW", w=TYPE_WIDTH, type="dxa")), content)
    return nest(element("tr"), nest(element("trPr"), element("cantSplit")), cell)


def _table_properties(*, lined: bool) -> BaseOxmlElement:
    properties = nest(element("tblPr"), element("tblW", w=TYPE_WIDTH, type="dxa"))
    if lined:
        properties.append(_separators())
    return nest(properties, element("tblLayout", type="fixed"))


def _lines_of_copies(copy_to: tuple[str, ...]) -> int:
    """Lines the copies take: the first holds the label too, all keep one small character free at either side."""
    room = TYPE_WIDTH // _SMALL_CHARACTER - 5
    return math.ceil(width("，".join(copy_to) + "。") / room) if copy_to else 0


def _frame(*content: BaseOxmlElement, height: int) -> BaseOxmlElement:
    shape = parse_xml(_FRAME.format(width=TYPE_WIDTH / 20, height=height / 20))
    nest(shape.find(f".//{qn('w:txbxContent')}"), *content)
    return nest(element("r"), shape)


def _separators() -> BaseOxmlElement:
    thickness = {"top": _THICK, "bottom": _THICK, "insideH": _THIN}
    return nest(
        element("tblBorders"),
        *(element(side, val="single", sz=size, space=0, color="000000") for side, size in thickness.items()),
    )
