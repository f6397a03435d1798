"""Paper, margins, the grid of 22 lines by 28 characters, and page numbers (GB/T 9704—2012, 5.1–5.2, 7.5)."""

from typing import Final, Protocol

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from review_app.documents.geometry import (
    BOTTOM_MARGIN,
    LEFT_MARGIN,
    LINE_PITCH,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT_MARGIN,
    TOP_MARGIN,
    twips,
)
from review_app.documents.typography import (
    PAGE_NUMBER,
    Setting,
    element,
    nest,
    paragraph,
    run,
    run_properties,
)

# The dash of the page number stands 7 mm under the type area, 28 mm above the edge of the paper; the line it
# is set in reaches 3.3 mm below it.
_FOOTER_DISTANCE: Final = twips(24.7)
_LETTER_FOOTER_DISTANCE: Final = twips(19)
_FOOTER_LINE: Final = 400
_HEADER_DISTANCE: Final = twips(15)
_ONE_CHARACTER: Final = 280


class Margin(Protocol):
    """A header or footer of python-docx, as far as it is needed here."""

    is_linked_to_previous: bool

    @property
    def _element(self) -> BaseOxmlElement: ...


def set_page(section: Section, *, letter: bool) -> None:
    """Paper, margins and grid of the section, and its page numbers.

    The first page of a letter has no number; its lower double line stands 20 mm above the edge of the paper.
    """
    footer = _LETTER_FOOTER_DISTANCE if letter else _FOOTER_DISTANCE
    properties = section._sectPr
    for child in list(properties):
        properties.remove(child)
    properties.append(element("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT))
    properties.append(_margins(footer))
    if letter:
        properties.append(element("titlePg"))
    properties.append(element("docGrid", type="lines", linePitch=LINE_PITCH))
    fill(section.footer, _page_number("right", raised=_FOOTER_DISTANCE - footer))
    fill(section.even_page_footer, _page_number("left", raised=_FOOTER_DISTANCE - footer))


def fill(margin: Margin, *paragraphs: BaseOxmlElement) -> None:
    """Put these paragraphs into a header or footer in place of what was there."""
    margin.is_linked_to_previous = False
    root = margin._element
    for child in list(root):
        root.remove(child)
    root.extend(paragraphs)


def _margins(footer: int) -> BaseOxmlElement:
    return element(
        "pgMar",
        top=TOP_MARGIN,
        right=RIGHT_MARGIN,
        bottom=BOTTOM_MARGIN,
        left=LEFT_MARGIN,
        header=_HEADER_DISTANCE,
        footer=footer,
        gutter=0,
    )


def _page_number(side: str, *, raised: int) -> BaseOxmlElement:
    place = Setting(
        align=side,
        left=_ONE_CHARACTER if side == "left" else 0,
        right=_ONE_CHARACTER if side == "right" else 0,
        line=_FOOTER_LINE,
        after=raised,
        on_grid=False,
    )
    return paragraph(
        run("— ", PAGE_NUMBER), _page_field(), run(" —", PAGE_NUMBER), setting=place, kind=PAGE_NUMBER
    )


def _page_field() -> BaseOxmlElement:
    shown = nest(element("r"), run_properties(PAGE_NUMBER), element("t"))
    shown[-1].text = "1"
    return nest(element("fldSimple", instr=" PAGE "), shown)
