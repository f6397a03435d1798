"""Cases as pages show them: marked pieces of text with links, paragraphs, parts of a long text, outline."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from review_app.precedents.models import Precedent
from review_app.precedents.states import SECTION_LABELS, Section
from search_index.engine import Hit, Snippet
from search_index.snippets import Range, find_marks
from search_index.words import Needle

PART = 40_000  # characters of a text on one page, about; a browser scrolls that without waiting
_LOOK_AHEAD = 4_000  # characters within which a part looks for the end of a paragraph
_BREAK = re.compile(r"(?:(?<=[。：；:;！？!?）)])[ \t\u3000]+)|[ \t\u3000]*\n\s*")


@dataclass(frozen=True)
class Link:
    """A range of the text that leads somewhere; ``hint`` says where."""

    start: int
    end: int
    href: str
    hint: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of characters, marked or not, in a link or not. ``number`` counts the marks of a text from 1; ``opens``
    on the first piece of a mark that a link cuts in two."""

    text: str
    number: int = 0
    opens: bool = True
    link: Link | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text, with the names of the sections that begin in it."""

    start: int
    pieces: tuple[Piece, ...]
    begins: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutlineLine:
    """A section in the order of the text: the part of the text it begins in, how deep it lies in others."""

    name: str
    label: str
    part: int
    depth: int


@dataclass(frozen=True)
class FoundCase:
    """A hit beside its stored case."""

    hit: Hit
    precedent: Precedent
    title: tuple[Piece, ...]
    snippets: tuple[tuple[Piece, ...], ...]


def found_case(hit: Hit, precedent: Precedent, needles: tuple[Needle, ...]) -> FoundCase:
    title = pieces(precedent.title, 0, find_marks(precedent.title, needles))
    return FoundCase(hit, precedent, title, tuple(snippet_pieces(each) for each in hit.snippets))


def snippet_pieces(snippet: Snippet) -> tuple[Piece, ...]:
    return pieces(snippet.text, snippet.start, snippet.marks)


def pieces(
    text: str, start: int, marks: Sequence[Range], first: int = 1, links: Sequence[Link] = ()
) -> tuple[Piece, ...]:
    """A text that begins at ``start`` of a whole, cut at the marks and links (offsets into the whole)."""
    stop = start + len(text)
    numbered = [(*mark, number) for number, mark in enumerate(marks, start=first)]
    inside = [each for each in numbered if each[0] < stop and each[1] > start]
    linked = [link for link in links if start <= link.start < link.end <= stop]
    edges = {start, stop, *(min(max(edge, start), stop) for each in inside for edge in each[:2])}
    edges |= {edge for link in linked for edge in (link.start, link.end)}
    found = []
    for begin, end in pairwise(sorted(edges)):
        mark = next((each for each in inside if each[0] <= begin < each[1]), None)
        link = next((each for each in linked if each.start <= begin < each.end), None)
        opens = mark is not None and max(mark[0], start) == begin
        found.append(Piece(text[begin - start : end - start], mark[2] if mark else 0, opens, link))
    return tuple(found)


def paragraphs(
    text: str,
    window: Range,
    starts: dict[int, tuple[str, ...]],
    marks: Sequence[Range],
    links: Sequence[Link],
) -> list[Paragraph]:
    """The window of the text in paragraphs: put together their characters are the window again, so that a
    selection's place on the page is its place in the text. ``starts`` says where sections begin."""
    breaks = (match.end() for match in _BREAK.finditer(text, *window))
    cuts = sorted({window[0], *breaks, *starts} & set(range(window[0], window[1])))
    ends = [end for _, end in marks]
    begins = [begin for begin, _ in marks]
    found: list[Paragraph] = []
    for start, end in pairwise([*cuts, window[1]]):
        low, high = bisect_right(ends, start), bisect_left(begins, end)
        shown = pieces(text[start:end], start, marks[low:high], low + 1, within(links, start, end))
        found.append(Paragraph(start, shown, starts.get(start, ())))
    return found


def within(links: Sequence[Link], start: int, end: int) -> Sequence[Link]:
    """The links that begin in a range; links are ordered and never overlap."""
    return links[bisect_left(links, start, key=_begin) : bisect_left(links, end, key=_begin)]


def _begin(link: Link) -> int:
    return link.start


def windows(text: str) -> tuple[Range, ...]:
    """The text in parts that a browser can bear, cut at the ends of paragraphs where there are any."""
    cuts = [0]
    while len(text) - cuts[-1] > PART + _LOOK_AHEAD:
        at = cuts[-1] + PART
        following = _BREAK.search(text, at, at + _LOOK_AHEAD)
        cuts.append(following.end() if following else at)
    return tuple(pairwise([*cuts, len(text)]))


def part_with(parts: Sequence[Range], place: int) -> int:
    """The number of the part, counted from 1, in which a place of the text lies."""
    return max(1, bisect_right([start for start, _ in parts], place))


def section_starts(precedent: Precedent) -> dict[int, tuple[str, ...]]:
    """Where the recognised sections begin, and their names, the widest first."""
    found: dict[int, tuple[str, ...]] = {}
    for name, (start, _end) in _sections(precedent):
        found[start] = (*found.get(start, ()), name)
    return found


def outline(precedent: Precedent, parts: Sequence[Range]) -> list[OutlineLine]:
    """The recognised sections in the order of the text."""
    ordered = _sections(precedent)
    return [
        OutlineLine(name, SECTION_LABELS[Section(name)], part_with(parts, place[0]), _depth(place, ordered))
        for name, place in ordered
    ]


def _sections(precedent: Precedent) -> list[tuple[str, Range]]:
    named = [
        (str(name), (precedent.sections[name][0], precedent.sections[name][1]))
        for name in Section
        if name in precedent.sections
    ]
    return sorted(named, key=lambda each: (each[1][0], -each[1][1]))


def _depth(place: Range, others: Iterable[tuple[str, Range]]) -> int:
    around = (
        other for _, other in others if other != place and other[0] <= place[0] and place[1] <= other[1]
    )
    return min(2, sum(1 for _ in around))
