"""Checks of paper, margins, grid, colours, page numbers and fonts."""

import re
from collections.abc import Iterator
from typing import Final

from review_app.documents.elements import Elements, is_red
from review_app.documents.geometry import (
    BOTTOM_MARGIN,
    LEFT_MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT_MARGIN,
    SIZE_FOUR,
    SIZE_THREE,
    TOP_MARGIN,
    twips,
)
from review_app.documents.measures import DocumentMeasures, ParagraphMeasures
from review_app.documents.typography import Face

_TOLERANCE: Final = 57
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_RESTRICTED: Final = (Face.TITLE, Face.FANGSONG, Face.KAI)


def paper(document: DocumentMeasures, _elements: Elements) -> Iterator[tuple[str, str]]:
    """P01–P06."""
    page = document.page
    if abs(page.width - PAGE_WIDTH) > 15 or abs(page.height - PAGE_HEIGHT) > 15:
        yield "P01", f"{_mm(page.width)}×{_mm(page.height)}"
    margins = (
        ("P02", page.top, TOP_MARGIN),
        ("P03", page.left, LEFT_MARGIN),
        ("P05", page.bottom, BOTTOM_MARGIN),
        ("P06", page.right, RIGHT_MARGIN),
    )
    for rule_id, actual, wanted in margins:
        if abs(actual - wanted) > _TOLERANCE:
            yield rule_id, _mm(actual)
    wide, high = page.width - page.left - page.right, page.height - page.top - page.bottom
    if abs(wide - twips(156)) > 2 * _TOLERANCE or abs(high - twips(225)) > 2 * _TOLERANCE:
        yield "P04", f"{_mm(wide)}×{_mm(high)}"


def grid(document: DocumentMeasures, elements: Elements) -> Iterator[tuple[str, str]]:
    """P07–P10, on the paragraphs of the body in size 3."""
    page, body = document.page, elements.body
    pitches = {_pitch(each, page.line_pitch if page.grid else 0) for each in body}
    wrong = sorted(pitch for pitch in pitches if not 560 <= pitch <= 600)
    if wrong:
        yield "P09", "、".join(_points(pitch) for pitch in wrong)
    lines = {(page.height - page.top - page.bottom) // pitch for pitch in pitches if pitch}
    if body and lines != {22}:
        yield "P07", "、".join(f"{count}行" for count in sorted(lines)) or "无法确定"
    fitting = {_characters(document, spacing) for spacing in _spacings(body)}
    if body and fitting != {28}:
        yield "P08", "、".join(f"{count}个字" for count in sorted(fitting))
        yield "P10", "、".join(_points(spacing) for spacing in sorted(_spacings(body)))


def colours(document: DocumentMeasures, elements: Elements) -> Iterator[tuple[str, str]]:
    """P12: everything but the red head is black."""
    for paragraph in document.body:
        for run in paragraph.runs:
            if run.colour and run.text.strip() and not (is_red(run.colour) and paragraph == elements.organ):
                yield "P12", f"“{run.text.strip()[:12]}”为{run.colour}"


def page_numbers(document: DocumentMeasures, elements: Elements) -> Iterator[tuple[str, str]]:
    """P13 and E21."""
    if not document.page.odd_even_differ:
        yield "P13", "单页、双页相同"
    footers = {kind: _numbered(paragraphs) for kind, paragraphs in document.footers.items()}
    if not any(footers.values()):
        yield "E21", "没有页码"
        return
    if elements.is_letter and footers.get("first"):
        yield "E21", "信函格式首页不显示页码"
    sides = {"default": "right", "even": "left"} if document.page.odd_even_differ else {"default": "right"}
    for kind, side in sides.items():
        number = footers.get(kind)
        if number is not None:
            yield from _page_number(number, side)


def fonts(document: DocumentMeasures, _elements: Elements) -> Iterator[tuple[str, str]]:
    """F01, F02: fonts the paper depends on, and Chinese text that names none."""
    named = {run.chinese_font for each in document.body for run in each.runs if _HAN.search(run.text)}
    unnamed = [
        run.text
        for each in document.body
        for run in each.runs
        if _HAN.search(run.text) and not run.chinese_font
    ]
    if unnamed:
        yield "F02", f"“{unnamed[0].strip()[:12]}”等{len(unnamed)}处"
    needed = sorted(font for font in named if font in _RESTRICTED)
    if needed:
        yield "F01", "、".join(needed)


def _numbered(paragraphs: tuple[ParagraphMeasures, ...]) -> ParagraphMeasures | None:
    return next((each for each in paragraphs if each.has_field), None)


def _page_number(number: ParagraphMeasures, side: str) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"\s*[—－-]\s*\d*\s*[—－-]\s*", number.text) or "—" not in number.text:
        yield "E21", f"“{number.text.strip()}”"
    if number.align not in (side, "outside"):
        yield "E21", "单页页码未居右" if side == "right" else "双页页码未居左"
    sizes = {run.size for run in number.runs if run.text.strip()}
    if sizes - {SIZE_FOUR}:
        yield "E21", "、".join(_points(size * 10) for size in sorted(sizes))


def _pitch(paragraph: ParagraphMeasures, grid_pitch: int) -> int:
    """Twips from line to line; a line in multiples of single takes the grid's pitch."""
    if paragraph.line_rule == "exact":
        return paragraph.line
    return grid_pitch * paragraph.line // 240 if grid_pitch else paragraph.line * 4 // 3


def _spacings(body: list[ParagraphMeasures]) -> set[int]:
    return {
        run.spacing for each in body for run in each.runs if run.size == SIZE_THREE and _HAN.search(run.text)
    }


def _characters(document: DocumentMeasures, spacing: int) -> int:
    page = document.page
    pitch = SIZE_THREE * 10 + spacing
    if page.grid in ("linesAndChars", "snapToChars"):
        pitch += page.character_space * 20 // 4096
    return int((page.width - page.left - page.right) / pitch + 0.002) if pitch > 0 else 0


def _mm(length: int) -> str:
    return f"{length * 25.4 / 1440:.1f}毫米"


def _points(length: int) -> str:
    return f"{length / 20:g}磅"
