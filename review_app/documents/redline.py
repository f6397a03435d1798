"""Two versions of a text as one Word file with tracked changes: accepting all gives the later, refusing all the
earlier one, paragraph marks included."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.documents import body
from review_app.documents.base_package import empty_package
from review_app.documents.changes import Change
from review_app.documents.content import Heading
from review_app.documents.packing import repack
from review_app.documents.page_setup import set_page
from review_app.documents.typography import INDENTED, element, nest, paragraph, run

_MARKS = {"new": "ins", "gone": "del"}


@dataclass(frozen=True)
class Passage:
    """A part of a document with how its text changed."""

    heading: str
    changes: Sequence[Change]


@dataclass
class Marks:
    """Who changed and when, and the numbers tracked changes carry."""

    author: str
    at: datetime
    given: int = 0

    def mark(self, kind: str) -> BaseOxmlElement:
        """`w:ins` or `w:del` with the next number."""
        self.given += 1
        day = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return element(_MARKS[kind], id=self.given, author=self.author, date=day)


@dataclass
class Line:
    """A paragraph being put together, and what became of its end."""

    pieces: list[Change] = field(default_factory=list)
    end: str = "same"


def redline(title: str, passages: Iterable[Passage], *, author: str, at: datetime) -> bytes:
    """The .docx. ``author`` and ``at`` (shown in UTC, as Word stores them) stand with every change."""
    opened = docx.Document(empty_package())
    section = opened.sections[0]
    set_page(section, letter=False)
    marks = Marks(author, at)
    for each in (*body.title([title]), *_passages(passages, marks)):
        section._sectPr.addprevious(each)
    buffer = io.BytesIO()
    opened.save(buffer)
    return repack(buffer.getvalue())


def _passages(passages: Iterable[Passage], marks: Marks) -> Iterator[BaseOxmlElement]:
    for passage in passages:
        yield from body.blocks([Heading(1, passage.heading)])
        for line in lines(passage.changes):
            yield _paragraph(line, marks)


def lines(changes: Iterable[Change]) -> Iterator[Line]:
    """The changes cut at their line feeds; the end of a line belongs to the change its line feed was in."""
    line = Line()
    for change in changes:
        first, *rest = change.text.split("\n")
        line.pieces += [Change(change.kind, first)] if first else []
        for text in rest:
            line.end = change.kind
            yield line
            line = Line([Change(change.kind, text)] if text else [])
    yield line


def _paragraph(line: Line, marks: Marks) -> BaseOxmlElement:
    made = paragraph(*(_piece(each, marks) for each in line.pieces), setting=INDENTED)
    if line.end != "same":
        properties = made.find(qn("w:pPr")).find(qn("w:rPr"))
        properties.insert(0, marks.mark(line.end))
    return made


def _piece(change: Change, marks: Marks) -> BaseOxmlElement:
    words = run(change.text)
    if change.kind == "same":
        return words
    if change.kind == "gone":
        for text in words.findall(qn("w:t")):
            text.tag = qn("w:delText")
    return nest(marks.mark(change.kind), words)
