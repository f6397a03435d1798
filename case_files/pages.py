"""Pages of text: what a quotation points into.

A page's text is fixed once, when the file is read, and never rewritten afterwards; offsets are counted in
Python code points of that text. Reading changes only what no page could hold or show unambiguously: line ends
become "\\n", and characters that cannot be stored or displayed (NUL and other control characters, unpaired
surrogates) become U+FFFD. Nothing is normalised: a rare form of a name stays that form.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from case_files.limits import Limits
from case_files.refusals import FileRefused

USUAL_PAGE = 1_200
LONGEST_PARAGRAPH = 2_400

_LINE_ENDS = re.compile("\r\n?")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SENTENCE_END = re.compile("[。！？；!?;]")


@dataclass(frozen=True)
class PageText:
    """One page: its number from 1, its text, and whether there was text to read.

    A scanned page is kept with empty text and `readable=False`; a blank page of a text file is readable.
    """

    number: int
    text: str
    readable: bool = True


def shown(text: str) -> str:
    """The text as a page keeps it: line ends as \\n, characters no page can hold as U+FFFD."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub("\n", text))


def numbered(texts: Iterable[str], *, limits: Limits) -> list[PageText]:
    """Readable pages numbered from 1; refuses more pages or more text than the limits allow."""
    pages: list[PageText] = []
    held = 0
    for number, text in enumerate(texts, start=1):
        held += len(text)
        refuse_beyond(limits, pages=number, text=held)
        pages.append(PageText(number, text))
    return pages


def refuse_beyond(limits: Limits, *, pages: int, text: int) -> None:
    """Refuses when a file holds more pages or characters than allowed."""
    if pages > limits.pages:
        raise FileRefused("文件超过%(limit)s页。请按册拆分后分别上传。", limit=limits.pages)
    if text > limits.text:
        raise FileRefused("文件文字超过%(limit)s字。请按册拆分后分别上传。", limit=limits.text)


def in_usual_pages(stretch: str) -> Iterator[str]:
    """Cuts a stretch of text without page borders of its own into pages of about 1,200 characters.

    Borders fall between paragraphs; only a paragraph longer than 2,400 characters is cut inside, after the
    end of a sentence where there is one. The pages joined give the stretch again, character for character.
    """
    page = ""
    for piece in _pieces(stretch):
        if page and len(page) + len(piece) > USUAL_PAGE:
            yield page
            page = ""
        page += piece
    yield page


def _pieces(stretch: str) -> Iterator[str]:
    for paragraph in _lines(stretch):
        yield from _short_enough(paragraph)


def _lines(stretch: str) -> Iterator[str]:
    start = 0
    while start < len(stretch):
        end = stretch.find("\n", start) + 1 or len(stretch)
        yield stretch[start:end]
        start = end


def _short_enough(paragraph: str) -> Iterator[str]:
    while len(paragraph) > LONGEST_PARAGRAPH:
        ends = [found.end() for found in _SENTENCE_END.finditer(paragraph, USUAL_PAGE, LONGEST_PARAGRAPH)]
        cut = ends[0] if ends else LONGEST_PARAGRAPH
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph
