"""Quoting a case of the library so that the quotation stays true: version of the text, range of characters, words."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from case_files.quotation import Quotation, holds, occurrences, quote
from case_files.refusals import QuotationRefused
from review_app.accounts.models import Person
from review_app.errors import N_, ReviewError
from review_app.precedents.models import Precedent
from review_app.precedents.queries import find_precedent, newer_version
from review_app.precedents.rules import can_read_precedent
from review_app.precedents.states import Audience


@dataclass(frozen=True)
class Citation:
    """Words of a case: ``quote`` is its text[start:end] in the version with ``text_sha256``."""

    precedent_id: int
    text_sha256: str
    start: int
    end: int
    quote: str
    title: str
    case_no: str
    organ: str


def cite(
    session: Session,
    precedent_id: int,
    *,
    by: Person,
    quote: str,
    start: int | None = None,
    end: int | None = None,
) -> Citation:
    """The citation of some words of a case. With a range the words must stand exactly there; without one their place
    is found, white space not counting.

    Raises ReviewError when the case is not there for ``by`` or not for everyone who will read the form, when the words are not there, when they are there more than once, or when they are
    too few or too many (10 to 200 characters).
    """
    precedent = find_precedent(session, precedent_id)
    if precedent is None or not can_read_precedent(by, precedent):
        raise ReviewError(N_("案例库中没有这件案例。请重新检索。"))
    if precedent.withdrawn_at is not None:
        raise ReviewError(N_("这件案例已经撤下，不能再引用。已有的引用不受影响。"))
    if precedent.audience is not Audience.EVERYONE:
        raise ReviewError(N_("这件案例仅限办公室和原评查组专家查阅，不能引用到其他评查。"))
    quote = quote.replace("\r\n", "\n")  # browsers send line breaks of a text field like this
    if start is None or end is None:
        start, end = only_place(precedent, quote)
    elif not holds(precedent.text, start, end, quote):
        raise ReviewError(N_("所选文字与案例原文不一致。请刷新案例页面后重新选取。"))
    exact = bounded(precedent, start, end)
    return Citation(
        precedent_id=precedent.id,
        text_sha256=precedent.text_sha256,
        start=exact.start,
        end=exact.end,
        quote=exact.text,
        title=precedent.title,
        case_no=precedent.case_no,
        organ=precedent.organ,
    )


def citation_is_current(session: Session, citation: Citation) -> bool:
    """Whether the cited version of the case is still the one in force."""
    precedent = find_precedent(session, citation.precedent_id)
    return precedent is not None and newer_version(session, precedent) is None


def place_now(cited: Precedent, newer: Precedent, start: int, end: int) -> tuple[int, int] | None:
    """Where words cited from one version of a case stand in a newer one, white space not counting; where they stand
    more than once, the place nearest to the old one."""
    places = occurrences(newer.text, cited.text[start:end])
    nearest = min(places, key=lambda place: abs(place.start - start), default=None)
    return (nearest.start, nearest.end) if nearest else None


def only_place(precedent: Precedent, words: str) -> tuple[int, int]:
    places = occurrences(precedent.text, words)
    if not places:
        raise ReviewError(N_("案例原文中没有这段文字。请照原文摘录，不要改动。"))
    if len(places) > 1:
        raise ReviewError(
            N_("案例原文中有%(count)s处相同的文字。请多摘录几个字，以便确定位置。"), count=len(places)
        )
    return places[0].start, places[0].end


def bounded(precedent: Precedent, start: int, end: int) -> Quotation:
    try:
        return quote(precedent.text, start, end)
    except QuotationRefused as refused:
        raise ReviewError(refused.sentence, **refused.facts) from None
