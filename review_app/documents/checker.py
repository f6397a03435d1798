"""Checks any .docx against the parameters of GB/T 9704—2012.

`check` reads what the file itself shows and decides over issuing. `check_printed` adds what only paper shows –
lines really printed, places in millimetres – as LibreOffice prints it with the fonts of this machine; where fonts
were substituted it says so instead of claiming conformity.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from case_files.archives import check_office_archive
from case_files.limits import USUAL
from case_files.refusals import FileRefused
from review_app.documents import element_checks, page_checks, printed_checks
from review_app.documents.elements import Elements, recognise
from review_app.documents.format_rules import RULES, Level
from review_app.documents.measures import DocumentMeasures, measure
from review_app.documents.printed import PrintedDocument, read_printed
from review_app.documents.rendering import as_pdf
from review_app.errors import ReviewError


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One departure: `expected` is a sentence of the rules (translatable), `actual` what the file or, with a page,
    the paper shows."""

    rule_id: str
    element: str
    expected: str
    actual: str
    level: Level
    page: int | None
    clause: str


Departure = tuple[str, str]
_CHECKS: Final[tuple[Callable[[DocumentMeasures, Elements], Iterator[Departure]], ...]] = (
    page_checks.paper,
    page_checks.grid,
    page_checks.colours,
    page_checks.page_numbers,
    element_checks.head,
    element_checks.title_and_recipient,
    element_checks.body,
    element_checks.levels,
    element_checks.closing,
    element_checks.imprint,
    page_checks.fonts,
)


def check(document: bytes | Path) -> list[CheckResult]:
    """Departures of a .docx from the standard, in the order of its parameters.

    Page is always None: a .docx does not know its pages. An unreadable or harmful file raises ReviewError.
    """
    package = document if isinstance(document, bytes) else document.read_bytes()
    measured = measure(package)
    elements = recognise(measured)
    departures = [departure for each in _CHECKS for departure in each(measured, elements)]
    return [_result(rule_id, actual) for rule_id, actual in departures]


def check_printed(document: bytes | Path) -> list[CheckResult]:
    """Departures of the file and of its pages as LibreOffice prints them; needs LibreOffice, ReviewError otherwise.

    A file that could hurt (macros, remote content, entities, bombs) raises ReviewError before anything opens it.
    """
    package = document if isinstance(document, bytes) else document.read_bytes()
    refuse_harmful(package)
    return [*check(package), *compare_printed(package, read_printed(as_pdf(package)))]


def compare_printed(package: bytes, printed: PrintedDocument) -> list[CheckResult]:
    """Departures of printed pages from what the file's elements ask for, each with its page."""
    measured = measure(package)
    elements = recognise(measured)
    found = [
        _result(rule_id, actual, page)
        for rule_id, actual, page in printed_checks.departures(printed, measured, elements)
    ]
    return [*found, *(_result("F03", actual) for actual in printed_checks.substituted(printed, measured))]


def refuse_harmful(package: bytes) -> None:
    """ReviewError for a .docx with macros, remote content, entities, a password, or one that unpacks into a bomb."""
    with tempfile.TemporaryDirectory(prefix="yian-check-") as folder:
        path = Path(folder, "document.docx")
        path.write_bytes(package)
        try:
            check_office_archive(path, limits=USUAL)
        except FileRefused as refused:
            raise ReviewError(refused.sentence, **refused.facts) from refused


def errors(results: list[CheckResult]) -> list[CheckResult]:
    """Those that stop issuing."""
    return [result for result in results if result.level is Level.ERROR]


def _result(rule_id: str, actual: str, page: int | None = None) -> CheckResult:
    rule = RULES[rule_id]
    return CheckResult(rule_id, rule.element, rule.expected, actual, rule.level, page, rule.clause)
