"""A statute's text on its way into the library: read from a file, not yet stored."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from review_app.errors import N_, ReviewError
from review_app.statutes.names import article_of, code_of
from review_app.statutes.states import Dating, Kind

_AMENDMENT = re.compile(r"修正案(?:[（(].{1,8}[）)]|\d{4}年)?$")
MOST_ARTICLES = 5_000
LONGEST_ARTICLE = 60_000
LONGEST_TITLE = 180


@dataclass(frozen=True, slots=True)
class Event:
    """Something the text tells of its own past: the day and the words."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """One article as read."""

    number: int
    branch: int
    heading: tuple[str, ...]
    text: str

    @property
    def order(self) -> tuple[int, int]:
        return (self.number, self.branch)


@dataclass(frozen=True)
class Draft:
    """Everything the library keeps of one text of one statute."""

    title: str
    articles: tuple[DraftArticle, ...]
    kind: Kind
    organ: str = ""
    promulgated_on: date | None = None
    valid_from: date | None = None
    ends: date | None = None
    dating: Dating = Dating.UNKNOWN
    history: tuple[Event, ...] = ()
    changes: tuple[date, ...] = ()
    preamble: str = ""
    appendix: str = ""
    is_excerpt: bool = False
    source: str = ""
    licence_note: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)

    @property
    def code(self) -> str:
        return code_of(self.title)

    @property
    def text_sha256(self) -> str:
        """The fingerprint of what it says: preamble, articles with their numbers, appendix."""
        return hashlib.sha256("\n".join(self._lines()).encode()).hexdigest()

    def _lines(self) -> Iterator[str]:
        yield self.preamble
        for article in self.articles:
            yield f"{article.number}-{article.branch}\t{article.text}"
        yield self.appendix


def checked(draft: Draft) -> Draft:
    """The draft, if it can be a statute. Raises ReviewError that says what is wrong with its articles."""
    if not draft.code or len(draft.title) > LONGEST_TITLE:
        raise ReviewError(N_("没有读到法规名称（第一行应为“# 名称”）。"))
    if _AMENDMENT.search(draft.title):
        raise ReviewError(N_("修正案不是可以按条引用的完整文本。请导入修正后的全文。"))
    if not draft.articles:
        raise ReviewError(N_("没有读到条文（每条应以“第一条”这样的条号开头）。"))
    if len(draft.articles) > MOST_ARTICLES:
        raise ReviewError(N_("条文超过%(most)s条，不像一部法规。"), most=MOST_ARTICLES)
    for article in draft.articles:
        check_text(article)
    check_numbers(draft)
    return draft


def check_text(article: DraftArticle) -> None:
    named = article_of(*article.order)
    if not article.text.strip():
        raise ReviewError(N_("%(article)s没有内容。请核对文件。"), article=named)
    if len(article.text) > LONGEST_ARTICLE:
        raise ReviewError(
            N_("%(article)s超过%(most)s个字。请核对文件。"), article=named, most=LONGEST_ARTICLE
        )
    if "\0" in article.text or any("\ud800" <= character <= "\udfff" for character in article.text):
        raise ReviewError(N_("%(article)s含有不能保存的字符。请用原来的软件另存后再导入。"), article=named)


def check_numbers(draft: Draft) -> None:
    """Articles come once each, in order, and without a hole: what looks like a hole is usually an article that was
    swallowed by the one before it, and then both would be quoted wrongly."""
    orders = [article.order for article in draft.articles]
    for before, after in pairwise(orders):
        if after <= before:
            raise ReviewError(
                N_("%(article)s排在%(before)s之后，条号重复或者次序不对。请核对文件。"),
                article=article_of(*after),
                before=article_of(*before),
            )
    missing = next(holes(orders), None)
    if missing is not None and not draft.is_excerpt:
        raise ReviewError(
            N_(
                "缺少第%(number)s条，可能与前一条连在了一起。请核对文件；确实只有部分条文时，请注明节选（--excerpt）。"
            ),
            number=missing,
        )


def holes(orders: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Numbers between the first and the last article (from 1 at the latest unless the text begins later on purpose,
    as amendments to the constitution do) under which nothing stands."""
    present = {number for number, _ in orders}
    first = min(present)
    return (number for number in range(first, max(present)) if number not in present)
