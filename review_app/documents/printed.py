"""What stands where on the printed pages of a PDF: rows of text, drawn lines, fonts. Lengths in millimetres from
the upper left corner of the paper."""

import io
import itertools
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTCurve, LTItem, LTPage, LTTextLine

from review_app.errors import N_, ReviewError

_Item = TypeVar("_Item", bound=LTItem)

_POINT: Final = 25.4 / 72
_SAME_ROW: Final = 2.5
_LAYOUT: Final = LAParams(char_margin=3.0, word_margin=0.5, line_overlap=0.5, all_texts=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text: what stands on one height of the page, blanks left out; `size` in points is its largest.

    `top` and `bottom` are the edges of the characters' bodies, not of their ink.
    """

    text: str
    top: float
    bottom: float
    left: float
    right: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line; `thickness` in millimetres."""

    top: float
    left: float
    right: float
    thickness: float
    is_red: bool

    @property
    def length(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class PrintedPage:
    """One page of paper, `number` counted from 1."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    strokes: tuple[Stroke, ...]
    fonts: frozenset[str]

    def row(self, text: str) -> Row | None:
        """The first row that is, or begins, `text` without its blanks."""
        wanted = compact(text)
        return next(
            (row for row in self.rows if row.text and wanted.startswith(row.text[: len(wanted)])), None
        )


@dataclass(frozen=True)
class PrintedDocument:
    """The pages of a PDF."""

    pages: tuple[PrintedPage, ...]

    @cached_property
    def fonts(self) -> frozenset[str]:
        """Names of the fonts really used, without the mark of a subset."""
        return frozenset[str]().union(*(page.fonts for page in self.pages))


def compact(text: str) -> str:
    """`text` without any blank."""
    return re.sub(r"\s", "", text)


def read_printed(pdf: bytes) -> PrintedDocument:
    """Measure a PDF. Only what our own rendering made is read here, so a broken one is a fault worth a sentence."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages = tuple(_page(number, page) for number, page in enumerate(_pages(pdf), start=1))
    if not pages:
        raise ReviewError(N_("转换出的PDF没有页面，不能测量。"))
    return PrintedDocument(pages)


def _pages(pdf: bytes) -> Iterator[LTPage]:
    yield from extract_pages(io.BytesIO(pdf), laparams=_LAYOUT)


def _page(number: int, page: LTPage) -> PrintedPage:
    lines = [line for line in _found(page, LTTextLine) if line.get_text().strip()]
    characters = [each for line in lines for each in _found(line, LTChar)]
    return PrintedPage(
        number=number,
        width=page.width * _POINT,
        height=page.height * _POINT,
        rows=tuple(_rows(lines, page.height)),
        strokes=tuple(sorted(_strokes(page), key=lambda stroke: stroke.top)),
        fonts=frozenset(each.fontname.rpartition("+")[2] for each in characters),
    )


def _found(container: Iterable[LTItem], kind: type[_Item]) -> Iterator[_Item]:
    for each in container:
        if isinstance(each, kind):
            yield each
        elif isinstance(each, LTContainer):
            yield from _found(each, kind)


def _rows(lines: list[LTTextLine], height: float) -> Iterator[Row]:
    """Lines of equal height become one row, read from left to right."""
    ordered = sorted(lines, key=lambda line: -(line.y0 + line.y1))
    groups: list[list[LTTextLine]] = []
    for line in ordered:
        if groups and abs(_middle(groups[-1][0]) - _middle(line)) * _POINT < _SAME_ROW:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        characters = sorted(
            (each for line in group for each in _found(line, LTChar)), key=lambda each: each.x0
        )
        shown = [each for each in characters if each.get_text().strip()]
        if shown:
            yield _row(shown, height)


def _row(characters: list[LTChar], height: float) -> Row:
    return Row(
        text=compact("".join(each.get_text() for each in characters)),
        top=(height - max(each.y1 for each in characters)) * _POINT,
        bottom=(height - min(each.y0 for each in characters)) * _POINT,
        left=min(each.x0 for each in characters) * _POINT,
        right=max(each.x1 for each in characters) * _POINT,
        size=max(each.size for each in characters),
    )


def _middle(line: LTTextLine) -> float:
    middle: float = (line.y0 + line.y1) / 2
    return middle


def _strokes(page: LTPage) -> Iterator[Stroke]:
    """Horizontal lines and flat boxes, the pieces of one line joined: table borders come cell by cell."""
    pieces = sorted(_pieces(page), key=lambda piece: (round(piece.top, 1), piece.left))
    for _, group in itertools.groupby(pieces, key=lambda piece: round(piece.top, 1)):
        joined: list[Stroke] = []
        for piece in group:
            if joined and piece.left <= joined[-1].right + 0.5:
                last = joined.pop()
                piece = Stroke(last.top, last.left, max(last.right, piece.right), last.thickness, last.is_red)
            joined.append(piece)
        yield from joined


def _pieces(page: LTPage) -> Iterator[Stroke]:
    for drawn in _found(page, LTCurve):
        if drawn.height * _POINT > 1.5 or drawn.width * _POINT < 5:
            continue
        filled = bool(drawn.fill) and not drawn.stroke
        colour = drawn.non_stroking_color if filled else drawn.stroking_color
        yield Stroke(
            top=(page.height - (drawn.y0 + drawn.y1) / 2) * _POINT,
            left=drawn.x0 * _POINT,
            right=drawn.x1 * _POINT,
            thickness=(drawn.height if filled else drawn.linewidth) * _POINT,
            is_red=_is_red(colour),
        )


def _is_red(colour: object) -> bool:
    if not isinstance(colour, (tuple, list)) or len(colour) != 3:
        return False
    red, green, blue = (float(part) for part in colour)
    return red >= 0.7 and green <= 0.32 and blue <= 0.32
