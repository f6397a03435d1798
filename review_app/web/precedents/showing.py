"""Cases as pages show them: marked pieces of text, paragraphs, outline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review_app.precedents.models import Precedent
from review_app.precedents.states import SECTION_LABELS, Section
from search_index.engine import Hit, Snippet
from search_index.snippets import Range, find_marks

_BREAK = re.compile(r"(?:(?<=[。：；:;！？!?）)])[ \t\u3000]+)|[ \t\u3000]*\n\s*")


@dataclass(frozen=True)
class Piece:
    """A run of characters, marked or not. ``number`` counts the marks of a text from 1."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text, with the name of the section that begins in it."""

    start: int
    pieces: tuple[Piece, ...]
    begins: str = ""


@dataclass(frozen=True)
class FoundCase:
    """A hit beside its stored case."""

    hit: Hit
    precedent: Precedent
    title: tuple[Piece, ...]
    snippets: tuple[tuple[Piece, ...], ...]


def found_case(hit: Hit, precedent: Precedent, needles: tuple[str, ...]) -> FoundCase:
    title = pieces(precedent.title, 0, find_marks(precedent.title, needles))
    return FoundCase(hit, precedent, title, tuple(snippet_pieces(each) for each in hit.snippets))


def snippet_pieces(snippet: Snippet) -> tuple[Piece, ...]:
    return pieces(snippet.text, snippet.start, snippet.marks)


def pieces(text: str, start: int, marks: Sequence[Range], first: int = 1) -> tuple[Piece, ...]:
    """A text that begins at ``start`` of a whole, cut at the marks (offsets into the whole)."""
    found: list[Piece] = []
    at = 0
    for number, (begin, end) in enumerate(marks, start=first):
        begin, end = max(begin - start, at), min(end - start, len(text))
        if begin >= end:
            continue
        if begin > at:
            found.append(Piece(text[at:begin]))
        found.append(Piece(text[begin:end], number))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def paragraphs(precedent: Precedent, marks: Sequence[Range]) -> list[Paragraph]:
    """The whole text in paragraphs: put together their characters are the text again, so that a selection's place on
    the page is its place in the text."""
    starts = section_starts(precedent)
    cuts = sorted(
        {0, *starts, *(match.end() for match in _BREAK.finditer(precedent.text))} - {len(precedent.text)}
    )
    found: list[Paragraph] = []
    for start, end in zip(cuts, [*cuts[1:], len(precedent.text)], strict=True):
        inside = [(at, mark) for at, mark in enumerate(marks, start=1) if mark[0] < end and mark[1] > start]
        shown = pieces(
            precedent.text[start:end], start, [mark for _, mark in inside], inside[0][0] if inside else 1
        )
        found.append(Paragraph(start, shown, starts.get(start, "")))
    return found


def section_starts(precedent: Precedent) -> dict[int, str]:
    """Where each recognised section begins, and its name."""
    return {precedent.sections[name][0]: name for name in Section if name in precedent.sections}


def outline(precedent: Precedent) -> list[tuple[str, str]]:
    """Sections in the order of the text: name and label."""
    return [(name, SECTION_LABELS[Section(name)]) for _, name in sorted(section_starts(precedent).items())]
