"""Checks any .docx against the parameters of GB/T 9704—2012 that a file itself shows.

Where on the paper an element ends up (E04's 35 mm, E15's seal, lines really printed) depends on the machine that
renders it and its fonts; those are not claimed here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from review_app.documents import element_checks, page_checks
from review_app.documents.elements import Elements, recognise
from review_app.documents.format_rules import RULES, Level
from review_app.documents.measures import DocumentMeasures, measure


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One departure: `expected` is a sentence of the rules (translatable), `actual` what the file shows."""

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

    Page is always None: a .docx does not know its pages. An unreadable file raises ReviewError.
    """
    measured = measure(document if isinstance(document, bytes) else document.read_bytes())
    elements = recognise(measured)
    departures = [departure for each in _CHECKS for departure in each(measured, elements)]
    return [_result(rule_id, actual) for rule_id, actual in departures]


def errors(results: list[CheckResult]) -> list[CheckResult]:
    """Those that stop issuing."""
    return [result for result in results if result.level is Level.ERROR]


def _result(rule_id: str, actual: str) -> CheckResult:
    rule = RULES[rule_id]
    return CheckResult(rule_id, rule.element, rule.expected, actual, rule.level, None, rule.clause)
