"""PDF: the text layer of each page, as pdfminer lays it out; scanned pages are kept without text."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTFigure, LTItem, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser, PDFSyntaxError
from pdfminer.psexceptions import PSException

from case_files.limits import USUAL, Limits
from case_files.pages import PageText, refuse_beyond, shown
from case_files.refusals import FileRefused

# Chinese is set without spaces and often spread over the line: only a gap of more than half a character is a
# space, and text inside drawn forms (stamps, form fields) belongs to the page.
_LAYOUT = LAParams(word_margin=0.5, char_margin=3.0, line_margin=0.4, all_texts=True)

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_UNREADABLE_SHARE = 0.3


def check(path: Path, *, limits: Limits = USUAL) -> None:
    """Refuses PDFs that need a password, are broken, or have no or too many pages."""
    with _document(path) as document:
        pages = sum(1 for _ in PDFPage.create_pages(document))
    if pages == 0:
        raise _broken()
    refuse_beyond(limits, pages=pages, text=0)


def read(path: Path, *, limits: Limits = USUAL) -> list[PageText]:
    """The text page by page; a page whose text is missing or cannot be mapped to characters is kept empty."""
    pages: list[PageText] = []
    held = 0
    with _document(path) as document:
        for number, text in enumerate(_texts(document), start=1):
            readable = _is_readable(text)
            pages.append(PageText(number, text if readable else "", readable))
            held += len(text)
            refuse_beyond(limits, pages=number, text=held)
    return pages


@contextmanager
def _document(path: Path) -> Iterator[PDFDocument]:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with path.open("rb") as stream:
        yield _opened(stream)


def _opened(stream: BinaryIO) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(stream))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise FileRefused("PDF 设有打开密码，无法阅读。请取消密码或者重新导出后再上传。") from None
    except (PDFSyntaxError, PDFNoValidXRef, PSException):
        raise _broken() from None


def _texts(document: PDFDocument) -> Iterator[str]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=_LAYOUT)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
        yield shown("".join(_boxes(device.get_result()))).rstrip("\n")


def _boxes(items: Iterable[LTItem]) -> Iterator[str]:
    for item in items:
        if isinstance(item, LTTextBox):
            yield item.get_text()
        elif isinstance(item, LTFigure):
            yield from _boxes(item)


def _is_readable(text: str) -> bool:
    unmapped = sum(len(found.group()) for found in _UNMAPPED.finditer(text)) + text.count("\ufffd")
    return bool(text.strip()) and unmapped <= _UNREADABLE_SHARE * len(text)


def _broken() -> FileRefused:
    return FileRefused("PDF 已损坏，无法打开。请重新导出（输出）为 PDF 后再上传。")
