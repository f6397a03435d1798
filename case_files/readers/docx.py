"""Word documents (.docx), read as a stream of XML so that a huge document costs time but little memory.

Where a page ends:
* a page break, a section that starts on a new page and "page break before" always end a page;
* the places where Word or WPS last broke pages by itself end a page too, when the file records them;
* when it records none (a file written by a program), each stretch between page breaks is cut as
  `case_files.pages.in_usual_pages` says.

Text is what a reader of the final version sees: tables row by row with tabs between cells, inserted text, no
deleted text, no field codes; footnotes and endnotes stand at the end of the page that refers to them. Numbers
that Word counts by itself, headers and footers are not part of the text.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from case_files.archives import check_office_archive
from case_files.limits import USUAL, Limits
from case_files.pages import PageText, in_usual_pages, numbered, shown
from case_files.refusals import FileRefused

_MAIN = "word/document.xml"
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED = ("del", "moveFrom", "instrText", "delInstrText", "delText", "rt", "pPrChange", "sectPrChange")
_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_ON_NEW_PAGE = ("nextPage", "oddPage", "evenPage")


def check(path: Path, *, limits: Limits = USUAL) -> None:
    """Refuses locked, damaged and dangerous documents; see `case_files.archives`."""
    check_office_archive(path, limits=limits)


def read(path: Path, *, limits: Limits = USUAL) -> list[PageText]:
    """The text page by page, borders as the module says."""
    with zipfile.ZipFile(path) as archive:
        notes = {kind: _notes(archive, part) for kind, part in _NOTES.items()}
        with archive.open(_MAIN) as part:
            body = _Body(notes=notes)
            _parse(part, body)
    return numbered(_pages(body), limits=limits)


def _pages(body: "_Body") -> Iterator[str]:
    for page in body.finished():
        text = shown(page)
        yield from [text.removesuffix("\n")] if body.has_rendered_breaks else in_usual_pages(text)


@dataclass
class _Body:
    """The text seen so far. `broken` tells that the last thing seen was a page break: Word repeats it as a
    rendered one, which then counts once."""

    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    has_rendered_breaks: bool = False
    pages: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    waiting_notes: list[str] = field(default_factory=list)
    broken: bool = True

    def add(self, text: str) -> None:
        self.current.append(text)
        self.broken = self.broken and not text.strip()

    def end_page(self) -> None:
        notes = "".join(f"\n{note}" for note in self.waiting_notes)
        self.pages.append("".join(self.current).removesuffix("\n") + notes + "\n")
        self.current.clear()
        self.waiting_notes.clear()
        self.broken = True

    def end_page_once(self) -> None:
        if not self.broken:
            self.end_page()

    def finished(self) -> list[str]:
        if "".join(self.current).strip() or self.waiting_notes or not self.pages:
            self.end_page()
        return self.pages


@dataclass
class _Row:
    """How far a table row has been read: its cells so far, and the paragraphs of the last one."""

    cells: int = 0
    paragraphs: int = 0


class _Reading:
    """Receives the XML of one part and writes text into a body."""

    def __init__(self, body: _Body) -> None:
        self.body = body
        self.skipping = 0
        self.in_text = False
        self.in_properties = 0
        self.rows: list[_Row] = []
        self.section_ends = False
        self.section_seen = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if self.skipping or (space == _COMPATIBILITY and tag == "Fallback"):
            self.skipping += 1
        elif space in _WORD:
            self._start_word(tag, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space in _WORD:
            self._end_word(tag)

    def text(self, characters: str) -> None:
        if self.in_text and not self.skipping:
            self.body.add(characters)

    def _start_word(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SKIPPED:
            self.skipping = 1
        elif tag == "pPr":
            self.in_properties += 1
        elif self.in_properties:
            self._start_property(tag, attributes)
        elif tag == "t":
            self.in_text = True
        elif tag in _CHARACTERS:
            self.body.add(_CHARACTERS[tag])
        elif tag == "tr":
            self.rows.append(_Row())
        elif tag == "tc" and self.rows:
            self._start_cell(self.rows[-1])
        elif tag == "p" and self.rows:
            self._start_paragraph_in_cell(self.rows[-1])
        else:
            self._start_break(tag, attributes)

    def _start_break(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br" and attributes.get("type") == "page":
            self.body.end_page()
        elif tag == "br":
            self.body.add("\n")
        elif tag == "lastRenderedPageBreak":
            self.body.has_rendered_breaks = True
            self.body.end_page_once()
        elif tag in self.body.notes and (note := self.body.notes[tag].get(attributes.get("id", ""))):
            self.body.waiting_notes.append(note)

    def _start_property(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "pageBreakBefore" and attributes.get("val", "1") not in ("0", "false", "off"):
            self.body.end_page_once()
        elif tag == "sectPr":
            self.section_seen, self.section_ends = True, True
        elif tag == "type" and self.section_seen:
            self.section_ends = attributes.get("val") in _ON_NEW_PAGE

    def _end_word(self, tag: str) -> None:
        if tag == "pPr":
            self.in_properties -= 1
        elif tag == "t":
            self.in_text = False
        elif tag == "p":
            self._end_paragraph()
        elif tag == "tr":
            self.rows.pop()
            self.body.add("\n")

    def _start_cell(self, row: _Row) -> None:
        if row.cells:
            self.body.add("\t")
        row.cells += 1
        row.paragraphs = 0

    def _start_paragraph_in_cell(self, row: _Row) -> None:
        if row.paragraphs:
            self.body.add("\n")
        row.paragraphs += 1

    def _end_paragraph(self) -> None:
        if not self.rows:
            self.body.add("\n")
        if self.section_seen and self.section_ends:
            self.body.end_page_once()
        self.section_seen = self.section_ends = False


def _parse(part: IO[bytes], body: _Body) -> None:
    reading = _Reading(body)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.ParseFile(part)
    except expat.ExpatError:
        raise FileRefused("文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再上传。") from None


def _notes(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    if part not in archive.namelist():
        return {}
    collected = _Notes()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = collected.start
    parser.EndElementHandler = collected.end
    parser.CharacterDataHandler = collected.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    return collected.notes


class _Notes:
    """Collects notes by id: each one's text on one line per paragraph."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self.id = ""
        self.reading = _Reading(_Body())

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] in ("footnote", "endnote"):
            self.id = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.reading = _Reading(_Body())
        self.reading.start(name, attributes)

    def end(self, name: str) -> None:
        self.reading.end(name)
        if name.rpartition(" ")[2] in ("footnote", "endnote"):
            self.notes[self.id] = "".join(self.reading.body.current).strip()

    def text(self, characters: str) -> None:
        self.reading.text(characters)
