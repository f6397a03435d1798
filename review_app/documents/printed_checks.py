"""Checks of the printed pages: what GB/T 9704—2012 says about places on the paper, measured in a PDF.

The edges measured are those of the characters' bodies, which differ a little from face to face; tolerances are wide
enough for that and too narrow for a line more or less.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from statistics import mode
from typing import Final

from review_app.documents.elements import Elements
from review_app.documents.measures import DocumentMeasures, ParagraphMeasures
from review_app.documents.printed import PrintedDocument, PrintedPage, Row, Stroke, compact

TOP: Final = 37.0
LEFT: Final = 28.0
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
BOTTOM: Final = TOP + HEIGHT
RIGHT: Final = LEFT + WIDTH
LINE: Final = HEIGHT / 22
CHARACTER: Final = WIDTH / 28

# the body of a character stands a little above its ink, for the large characters of the organ's mark visibly so
_ABOVE_INK: Final = 0.06 * 25.4 / 72
_BELOW_INK: Final = 0.10 * 25.4 / 72
_FULL_WIDTH: Final = re.compile(r"[\u3400-\u9fff]+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_ALIASES: Final = {
    "方正小标宋简体": ("FZXBSJW", "FZXBSK", "FZXiaoBiaoSong"),
    "仿宋_GB2312": ("FangSong_GB2312", "FangSong-GB2312"),
    "楷体_GB2312": ("KaiTi_GB2312", "KaiTi-GB2312"),
    "仿宋": ("FangSong", "STFangsong"),
    "楷体": ("KaiTi", "STKaiti"),
    "黑体": ("SimHei",),
    "宋体": ("SimSun",),
}
_NUMBERED: Final = re.compile(r"[—－–-](\d+)[—－–-]")

Departure = tuple[str, str, int]


def departures(
    printed: PrintedDocument, document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """Rule, what was measured and the page, for every place that departs from the standard."""
    for each in _CHECKS:
        yield from each(printed, document, elements)


def substituted(printed: PrintedDocument, document: DocumentMeasures) -> Iterator[str]:
    """F03: Chinese faces the file names that are not among the fonts the pages were printed with."""
    named = {run.chinese_font for each in document.body for run in each.runs if _HAN.search(run.text)} - {""}
    used = {_plain(font) for font in printed.fonts}
    missing = sorted(
        font for font in named if not any(_plain(alias) in one for one in used for alias in _called(font))
    )
    if missing:
        yield f"{'、'.join(missing)}被替换为{'、'.join(sorted(printed.fonts))}"


def paper(printed: PrintedDocument, _document: DocumentMeasures, _elements: Elements) -> Iterator[Departure]:
    """P01 on every page: a section of another size hides in the file."""
    for page in printed.pages:
        if abs(page.width - 210) > 1 or abs(page.height - 297) > 1:
            yield "P01", f"{page.width:.0f}毫米×{page.height:.0f}毫米", page.number


def lines_of_pages(
    printed: PrintedDocument, _document: DocumentMeasures, _elements: Elements
) -> Iterator[Departure]:
    """P07: pages full of body text have 22 lines."""
    for page in printed.pages:
        rows = _body_rows(page)
        if _is_full(page, rows) and len(rows) != 22:
            yield "P07", f"{len(rows)}行", page.number


def characters_of_lines(
    printed: PrintedDocument, _document: DocumentMeasures, _elements: Elements
) -> Iterator[Departure]:
    """P08: full lines of Chinese characters alone hold 28 of them."""
    for page in printed.pages:
        full = [
            len(row.text)
            for row in _body_rows(page)
            if row.left < LEFT + 2 and row.right > RIGHT - 1.5 * CHARACTER and _FULL_WIDTH.fullmatch(row.text)
        ]
        if full and mode(full) != 28:
            yield "P08", f"{mode(full)}个字", page.number


def type_area(
    printed: PrintedDocument, _document: DocumentMeasures, _elements: Elements
) -> Iterator[Departure]:
    """P04: no body text outside the type area."""
    for page in printed.pages:
        outside = next(
            (row for row in _body_rows(page) if row.right > RIGHT + 6 or row.left < LEFT - 2), None
        )
        if outside is not None:
            yield (
                "P04P",
                f"“{outside.text[:12]}”左{outside.left:.1f}毫米、右{outside.right:.1f}毫米",
                page.number,
            )


def organ_mark(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E04: 35 mm below the top of the type area, in a letter 30 mm below the edge of the paper."""
    page, row = _first(printed, elements.organ)
    if page is None or row is None:
        return
    edge = row.top + row.size * _ABOVE_INK
    if elements.is_letter and abs(edge - 30) > 2:
        yield "E04L", f"{edge:.1f}毫米", page.number
    if not elements.is_letter and abs(edge - TOP - 35) > 3:
        yield "E04P", f"{edge - TOP:.1f}毫米", page.number


def number_and_red_line(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E05, E07: two blank lines between mark and number; the line 4 mm below the number, 156 mm long."""
    page, number = _first(printed, elements.number)
    if page is None or number is None or elements.is_letter or elements.is_minutes:
        return
    _, organ = _first(printed, elements.organ)
    if organ is None:
        return
    if not 1.6 <= (number.top - organ.bottom) / LINE <= 3.2:
        yield "E05P", f"{(number.top - organ.bottom) / LINE:.1f}行", page.number
    line = next((stroke for stroke in page.strokes if stroke.top > number.middle), None)
    if line is None or line.length < 50:
        yield "E07P", "未找到", page.number
    elif abs(line.length - WIDTH) > 2 or abs(line.top - number.bottom - 4) > 2:
        yield "E07P", f"长{line.length:.0f}毫米，相距{line.top - number.bottom:.1f}毫米", page.number


def letter_lines(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E07 of the letter format (10.1): red double lines of 170 mm, 4 mm under the name and 20 mm from the foot."""
    page, organ = _first(printed, elements.organ)
    if page is None or organ is None or not elements.is_letter:
        return
    red = [stroke for stroke in page.strokes if stroke.is_red and stroke.length > 100]
    upper = [stroke for stroke in red if organ.middle < stroke.top < page.height / 2]
    lower = [stroke for stroke in red if stroke.top > page.height / 2]
    ink = organ.bottom - organ.size * _BELOW_INK
    yield from _double_line(page, upper, "E07U", lambda strokes: strokes[0].top - ink, 4)
    yield from _double_line(page, lower, "E07D", lambda strokes: page.height - strokes[-1].top, 20)


def title(printed: PrintedDocument, _document: DocumentMeasures, elements: Elements) -> Iterator[Departure]:
    """E08, E09: two blank lines above the title, one below, every line of it centred."""
    page, number = _first(printed, elements.number)
    lines = _title_rows(printed, elements)
    if page is None or number is None or not lines or elements.organ is None:
        return
    for row in lines:
        aside = (row.left + row.right) / 2 - LEFT - WIDTH / 2
        if abs(aside) > 3:
            yield "E08P", f"“{row.text[:12]}”偏离中线{aside:.0f}毫米", page.number
    red = next((stroke for stroke in page.strokes if stroke.top > number.middle), None)
    if red is not None and not elements.is_letter and not 1.5 <= (lines[0].top - red.top) / LINE <= 3:
        yield "E08P", f"标题之上空{(lines[0].top - red.top) / LINE:.1f}行", page.number
    _, recipient = _first(printed, elements.recipient)
    if recipient is not None and not 0.8 <= (recipient.top - lines[-1].bottom) / LINE <= 2.2:
        yield "E09P", f"{(recipient.top - lines[-1].bottom) / LINE:.1f}行", page.number


def first_page(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E10: body text on the first page."""
    opening = next((each for each in elements.body if each.text.strip()), None)
    if opening is not None and elements.title and printed.pages[0].row(opening.text) is None:
        yield "E10P", "首页没有正文", 1


def signature(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E15: signature, date and with them the seal stand on a page that carries body text."""
    if elements.date is None:
        return
    page = next((page for page in reversed(printed.pages) if _exact(page, elements.date) is not None), None)
    row = _exact(page, elements.date) if page else None
    if page is None or row is None or not elements.body:
        return
    closing = (elements.organ_signature, elements.date, *elements.attachments_note)
    others = [compact(each.text) for each in closing if each is not None]
    above = [each for each in page.rows if each.top < row.top and not any(each.text in one for one in others)]
    if not above:
        yield "E15", "署名所在页没有正文", page.number


def attachments(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E17: mark on the first line of a page, the attachment's title centred on the third."""
    for mark in elements.attachment_marks:
        page = next((page for page in printed.pages if _exact(page, mark) is not None), None)
        row = _exact(page, mark) if page else None
        if page is None or row is None:
            continue
        below = [each for each in page.rows if each.top > row.bottom]
        place = (below[0].middle - TOP) / LINE if below else 0
        if row.top > TOP + LINE:
            yield "E17P", f"“{row.text}”不在第一行", page.number
        elif below and not 2 <= place <= 3.4:
            yield "E17P", f"附件标题在第{place + 0.5:.0f}行", page.number


def imprint(printed: PrintedDocument, _document: DocumentMeasures, elements: Elements) -> Iterator[Departure]:
    """E18: on the last page, as wide as the type area, its last line on the type area's lower edge."""
    if not elements.imprint or elements.organ is None or elements.is_letter:
        return
    last = printed.pages[-1]
    row = next((row for row in last.rows if row.text.endswith("印发") or row.text.startswith("抄送")), None)
    if row is None:
        yield "E18P", "版记不在最后一页", last.number
        return
    lines = [stroke for stroke in last.strokes if stroke.top > row.top - LINE and stroke.length > 100]
    if not lines or abs(lines[-1].top - BOTTOM) > 2 or abs(lines[-1].length - WIDTH) > 2:
        actual = f"末条在{lines[-1].top:.1f}毫米处，长{lines[-1].length:.0f}毫米" if lines else "未找到分隔线"
        yield "E18P", actual, last.number


def page_numbers(
    printed: PrintedDocument, _document: DocumentMeasures, elements: Elements
) -> Iterator[Departure]:
    """E21: below the type area, the dashes 7 mm under it, odd pages one character from the right, even ones left."""
    for page in printed.pages:
        below = [row for row in page.rows if row.middle > BOTTOM]
        found = next((row for row in below if _NUMBERED.fullmatch(row.text)), None)
        if elements.is_letter and page.number == 1:
            if found is not None:
                yield "E21", "信函格式首页显示了页码", 1
        elif found is None:
            yield "E21P", "没有页码", page.number
        else:
            yield from _page_number(page, found)


def _page_number(page: PrintedPage, row: Row) -> Iterator[Departure]:
    shown = _NUMBERED.fullmatch(row.text)
    if shown and int(shown[1]) != page.number:
        yield "E21P", f"第{page.number}面印为{shown[1]}", page.number
    if abs(row.middle - BOTTOM - 7) > 2:
        yield "E21P", f"在版心之下{row.middle - BOTTOM:.1f}毫米", page.number
    odd = page.number % 2 == 1
    away = RIGHT - row.right if odd else row.left - LEFT
    if abs(away - CHARACTER) > 2.5:
        side = "右" if odd else "左"
        yield "E21P", f"{side}空{away / CHARACTER:.1f}字", page.number


def _called(font: str) -> tuple[str, ...]:
    return (font, *_ALIASES.get(font, ()))


def _plain(font: str) -> str:
    return re.sub(r"[\s_-]", "", font).upper()


def _body_rows(page: PrintedPage) -> list[Row]:
    """Rows of size 3 inside the height of the type area."""
    return [row for row in page.rows if TOP - 2 < row.middle < BOTTOM + 1 and abs(row.size - 16) < 0.6]


def _is_full(page: PrintedPage, rows: list[Row]) -> bool:
    """Nothing but evenly set body text from the first line to the last."""
    others = [row for row in page.rows if TOP - 2 < row.middle < BOTTOM + 1 and row not in rows]
    drawn = [stroke for stroke in page.strokes if TOP < stroke.top < BOTTOM and stroke.length > 20]
    if others or drawn or len(rows) < 12:
        return False
    pitches = [below.middle - above.middle for above, below in itertools.pairwise(rows)]
    even = max(pitches) - min(pitches) < 1
    return even and rows[0].top < TOP + LINE and rows[-1].bottom + 1.2 * _commonest(pitches) > BOTTOM


def _commonest(lengths: list[float]) -> float:
    """The commonest length, in tenths of a millimetre."""
    return mode(round(length, 1) for length in lengths)


def _first(
    printed: PrintedDocument, sought: ParagraphMeasures | None
) -> tuple[PrintedPage | None, Row | None]:
    if sought is None or not sought.text.strip():
        return None, None
    wanted = compact(sought.text)
    for page in printed.pages[:2]:
        for row in page.rows:
            if row.text and (wanted.startswith(row.text) or wanted in row.text):
                return page, row
    return None, None


def _title_rows(printed: PrintedDocument, elements: Elements) -> list[Row]:
    wanted = compact("".join(line.text for line in elements.title))
    rows = [row for row in printed.pages[0].rows if row.size > 19 and row.text in wanted]
    organ = compact(elements.organ.text) if elements.organ else ""
    return [row for row in rows if row.text not in organ]


def _exact(page: PrintedPage, sought: ParagraphMeasures) -> Row | None:
    wanted = compact(sought.text)
    return next((row for row in page.rows if row.text == wanted), None)


def _double_line(
    page: PrintedPage,
    strokes: list[Stroke],
    rule: str,
    distance: Callable[[list[Stroke]], float],
    wanted: float,
) -> Iterator[Departure]:
    if len(strokes) < 2:
        yield rule, "未找到双线", page.number
        return
    length, away = strokes[0].length, distance(strokes)
    if abs(length - 170) > 2 or abs(away - wanted) > 2:
        yield rule, f"长{length:.0f}毫米，相距{away:.1f}毫米", page.number


_CHECKS: Final = (
    paper, type_area, lines_of_pages, characters_of_lines, organ_mark, number_and_red_line, letter_lines, title,
    first_page, signature, attachments, imprint, page_numbers,
)  # fmt: skip
