"""Quotations: exact characters of one page, as evidence for a finding (评查表 C.5: 10 to 200 characters)."""

from dataclasses import dataclass

from case_files.refusals import QuotationRefused

SHORTEST = 10
LONGEST = 200


@dataclass(frozen=True)
class Quotation:
    """Characters `start` (included) to `end` (excluded) of a page, in code points, and the text they make."""

    start: int
    end: int
    text: str


def quote(page_text: str, start: int, end: int) -> Quotation:
    """The quotation between two offsets, without white space at its ends.

    It has at least 10 characters other than white space and at most 200 in all; otherwise, and when the
    offsets lie outside the page, raises QuotationRefused.
    """
    if not 0 <= start <= end <= len(page_text):
        raise QuotationRefused("引文的位置超出了该页文字。请在页面上重新选取。")
    start, end = _without_outer_space(page_text, start, end)
    text = page_text[start:end]
    if len("".join(text.split())) < SHORTEST:
        raise QuotationRefused("引文不足%(shortest)s个字。请选取能说明问题的完整语句。", shortest=SHORTEST)
    if len(text) > LONGEST:
        raise QuotationRefused(
            "引文有%(length)s个字，超过%(longest)s个字。请只选取与问题直接有关的文字。",
            length=len(text),
            longest=LONGEST,
        )
    return Quotation(start, end, text)


def find(page_text: str, wanted: str) -> Quotation | None:
    """The first place where the wanted text stands on the page, white space on either side not counting.

    The answer carries the page's own characters, so a quotation typed without the page's line breaks becomes
    exact. None when the page does not hold it or nothing was wanted.
    """
    found = occurrences(page_text, wanted)
    return found[0] if found else None


def occurrences(page_text: str, wanted: str) -> list[Quotation]:
    """Every place where the wanted text stands on the page, in order, not overlapping; see `find`."""
    needle = "".join(wanted.split())
    if not needle:
        return []
    places = [place for place, character in enumerate(page_text) if not character.isspace()]
    dense = "".join(page_text[place] for place in places)
    found: list[Quotation] = []
    at = dense.find(needle)
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        found.append(Quotation(start, end, page_text[start:end]))
        at = dense.find(needle, at + len(needle))
    return found


def holds(page_text: str, start: int, end: int, text: str) -> bool:
    """Whether the page has exactly this text between these offsets."""
    return 0 <= start < end <= len(page_text) and page_text[start:end] == text


def _without_outer_space(page_text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and page_text[start].isspace():
        start += 1
    while end > start and page_text[end - 1].isspace():
        end -= 1
    return start, end
