"""Word forms that come back filled: the rows of their tables, cell by cell.

Word, WPS and LibreOffice keep content controls differently (some drop their names), so a form is read as what
all of them keep: rows of cells with text. Names and check boxes of controls are given beside the text where
they survived. The document is read as a stream, and never before `check_office_archive` has passed it.
"""

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from case_files.archives import check_office_archive
from case_files.checks import check_file
from case_files.limits import MEGABYTE, Limits
from case_files.refusals import FileRefused

FORM = Limits(upload=8 * MEGABYTE, unpacked=48 * MEGABYTE, entries=400, nesting=0, text=4_000_000)
MOST_CELLS = 60_000

_MAIN = "word/document.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_CHECKBOX = "http://schemas.microsoft.com/office/word/2010/wordml"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED = ("del", "moveFrom", "instrText", "delInstrText", "delText", "rt", "pPrChange", "sectPrChange")
_CHARACTERS = {"tab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_PICTURES = ("drawing", "pict", "object")


@dataclass(frozen=True)
class FormCell:
    """One cell: its text, the states of its check boxes, the names of its controls, whether it holds a
    picture."""

    text: str
    ticks: tuple[bool, ...] = ()
    tags: tuple[str, ...] = ()
    has_picture: bool = False


FormRow = tuple[FormCell, ...]


def read_form(path: Path, name: str, *, limits: Limits = FORM) -> list[FormRow]:
    """The rows of every table of a .docx, in order; rows of a table inside a cell come before the row they
    stand in. Raises FileRefused for anything but a harmless Word document."""
    kind = check_file(path, name, limits=limits)
    if kind.name != "docx":
        raise FileRefused("“%(name)s”不是 Word 文档。请上传填好的 .docx 离线表。", name=name)
    check_office_archive(path, limits=limits)
    reading = _Reading(limits)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_MAIN) as part:
            _parser(reading).ParseFile(part)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError):
        raise FileRefused("文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再上传。") from None
    return reading.rows


def _parser(reading: "_Reading") -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    return parser


@dataclass
class _Cell:
    words: list[str] = field(default_factory=list)
    ticks: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    has_picture: bool = False

    def finished(self) -> FormCell:
        return FormCell(
            "".join(self.words).strip("\n"), tuple(self.ticks), tuple(self.tags), self.has_picture
        )


class _Reading:
    """Receives the XML of the document. ``open_rows`` are the rows being read, the innermost last; each is its
    finished cells and the open one."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[FormRow] = []
        self.open_rows: list[list[FormCell]] = []
        self.open_cells: list[_Cell] = []
        self.skipping = 0
        self.in_text = False
        self.left = limits.text
        self.cells_left = MOST_CELLS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if self.skipping or (space == _COMPATIBILITY and tag == "Fallback"):
            self.skipping += 1
        elif space in _WORD:
            self._start_word(tag, attributes)
        elif space == _CHECKBOX and tag == "checked" and self.open_cells:
            self.open_cells[-1].ticks.append(_value(attributes, "1") in ("1", "true", "on"))

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space in _WORD:
            self._end_word(tag)

    def text(self, characters: str) -> None:
        if self.in_text and not self.skipping:
            self._add(characters)

    def _add(self, characters: str) -> None:
        self.left -= len(characters)
        if self.left < 0:
            raise FileRefused("文件中的文字过多，不像是评查表。请重新下载离线表填写。")
        if self.open_cells:
            self.open_cells[-1].words.append(characters)

    def _start_word(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SKIPPED:
            self.skipping = 1
        elif tag == "tr":
            self.open_rows.append([])
        elif tag == "tc":
            self._start_cell()
        elif tag == "t":
            self.in_text = True
        elif tag in _CHARACTERS:
            self._add(_CHARACTERS[tag])
        elif self.open_cells and tag == "tag":
            self.open_cells[-1].tags.append(_value(attributes))
        elif self.open_cells and tag in _PICTURES:
            self.open_cells[-1].has_picture = True

    def _start_cell(self) -> None:
        self.cells_left -= 1
        if self.cells_left < 0:
            raise FileRefused("文件中的文字过多，不像是评查表。请重新下载离线表填写。")
        self.open_cells.append(_Cell())

    def _end_word(self, tag: str) -> None:
        if tag == "t":
            self.in_text = False
        elif tag == "p":
            self._add("\n")
        elif tag == "tc" and self.open_cells and self.open_rows:
            self.open_rows[-1].append(self.open_cells.pop().finished())
        elif tag == "tr" and self.open_rows:
            self.rows.append(tuple(self.open_rows.pop()))


def _value(attributes: dict[str, str], otherwise: str = "") -> str:
    return next((value for key, value in attributes.items() if key.endswith(" val")), otherwise)
