"""Links inside the text of a case: articles of law as they stood on its day, and other cases of the library."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext

from review_app.precedents.related import cases_numbered
from review_app.statutes.models import StatuteArticle
from review_app.statutes.queries import articles_named
from review_app.web.precedents.asking import Question
from review_app.web.precedents.showing import Link
from review_app.web.request import person, session
from search_index.citations import case_numbers_in, mentions_in
from search_index.snippets import Range

_LEAD = 1_500  # characters before a part of a text in which the law of its first articles may be named


def links_in(
    text: str, window: Range, *, on: date | None, apart: int, question: Question
) -> tuple[Link, ...]:
    """Every article and case number in a window of the text that the libraries hold, in order, none overlapping.

    ``on`` is the day whose law counts; ``apart`` is the case itself, which gets no link to itself."""
    begin = max(0, window[0] - _LEAD)
    seen = text[begin : window[1]]
    found = [*article_links(seen, begin, on), *case_links(seen, begin, apart, question)]
    ordered = sorted((link for link in found if link.start >= window[0]), key=lambda link: link.start)
    return tuple(not_overlapping(ordered))


def article_links(text: str, offset: int, on: date | None) -> Iterator[Link]:
    mentions = mentions_in(text)
    stored = articles_named(session(), {each.law + each.article for each in mentions}, on=on)
    for each in mentions:
        article = stored.get(each.law + each.article)
        if article is not None:
            yield Link(offset + each.start, offset + each.end, address_of(article), words_of(article))


def case_links(text: str, offset: int, apart: int, question: Question) -> Iterator[Link]:
    numbers = case_numbers_in(text)
    stored = cases_numbered(session(), (each.number for each in numbers), person())
    for each in numbers:
        case = stored.get(each.number)
        if case is not None and case.id != apart:
            yield Link(offset + each.start, offset + each.end, question.case(case.id), case.title)


def article_addresses(names: Iterable[str], *, on: date | None) -> dict[str, str]:
    """The pages of the articles of these names in the text that was law on a day; others are left out."""
    stored = articles_named(session(), names, on=on)
    return {name: address_of(article) for name, article in stored.items()}


def address_of(article: StatuteArticle) -> str:
    return url_for("statutes.article", article_id=article.id)


def words_of(article: StatuteArticle) -> str:
    return str(gettext("%(name)s（%(version)s文本）", name=article.name, version=article.version.label))


def not_overlapping(links: Iterable[Link]) -> Iterator[Link]:
    end = 0
    for link in links:
        if link.start >= end:
            yield link
            end = link.end
