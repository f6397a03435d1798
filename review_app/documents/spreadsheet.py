"""Tables as XLSX workbooks, out and in. What goes out is never taken for a formula; what comes in is checked like
any Office file before it is opened."""

import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from case_files.archives import check_office_archive
from case_files.limits import MEGABYTE, Limits
from case_files.refusals import FileRefused
from review_app.errors import N_, ReviewError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = Limits(upload=5 * MEGABYTE, unpacked=60 * MEGABYTE, entries=400, nesting=0)
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 40, 5000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, heads with widths in characters, rows of text."""

    title: str
    heads: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class TableRow:
    """One line that came in: its number as the person sees it, and its cells by head."""

    number: int
    cells: Mapping[str, str]


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula, nor for the beginning of one behind blanks."""
    return f"'{cell}" if cell.lstrip(" \u3000\xa0").startswith(_FORMULA) else cell


def as_typed(cell: str) -> str:
    """What ``harmless`` was given; and what somebody typed who protected his text himself."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook; every cell is text, also for programs that look at the first letter."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number, (_head, width) in enumerate(sheet.heads):
            page.column_dimensions[chr(ord("A") + number)].width = width
        page.append([text_cell(page, head, bold=True) for head, _width in sheet.heads])
        for row in sheet.rows:
            page.append([text_cell(page, words) for words in row])
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_cell(page: Any, words: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, harmless(ILLEGAL_CHARACTERS_RE.sub("", words)))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def read_table(name: str, content: bytes, *, title: str, needed: Sequence[str]) -> list[TableRow]:
    """The rows of the sheet ``title`` (or of the only sheet). Raises ReviewError when the file is not a harmless
    workbook or lacks one of the ``needed`` heads. Formulas count by what they showed when saved."""
    if not name.lower().endswith(".xlsx"):
        raise ReviewError(N_("只能上传XLSX文件。"))
    lines = lines_of(content, title)
    filled = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if not filled:
        raise ReviewError(N_("文件中没有内容。"))
    heads = filled[0][1]
    if missing := [head for head in needed if head not in heads]:
        raise ReviewError(N_("缺少必需的列：%(columns)s。请用导出的表格修改。"), columns="、".join(missing))
    return [
        TableRow(number, {head: cell for head, cell in zip(heads, line, strict=False) if head})
        for number, line in filled[1:]
    ]


def lines_of(content: bytes, title: str) -> list[list[str]]:
    refuse_harmful(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        page = book[title] if title in book.sheetnames else book.worksheets[0]
        found = page.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        lines = [[text_of(cell) for cell in line] for line in found]
        book.close()
    except (InvalidFileException, KeyError, ValueError, IndexError, TypeError, OSError) as error:
        raise ReviewError(N_("无法读取该XLSX文件。请另存为新的XLSX后重试。")) from error
    if len(lines) > MOST_ROWS + 1:
        raise ReviewError(N_("超过%(most)d行，请分批导入。"), most=MOST_ROWS)
    return lines


def refuse_harmful(content: bytes) -> None:
    """Macros, links to outside content, zip bombs, external entities, locks."""
    if len(content) > SHEET.upload:
        raise ReviewError(N_("文件超过%(most)sMB，请分批导入。"), most=SHEET.upload // MEGABYTE)
    with tempfile.TemporaryDirectory(prefix="yian-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(content)
        try:
            check_office_archive(path, limits=SHEET)
        except FileRefused as refused:
            raise ReviewError(refused.sentence, **refused.facts) from None


def text_of(cell: object) -> str:
    """A cell as text: days as 2024-03-12, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return as_typed(str(cell).strip()[:LONGEST_CELL])
