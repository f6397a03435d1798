"""Provisions picked from the library of statutes, in the text that was law on the day of the act."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import N_, ReviewError
from review_app.evaluations.drafting import add_law
from review_app.evaluations.models import EvalForm, LawCitation
from review_app.reviews.models import CaseReview
from review_app.statutes.models import StatuteArticle, StatuteVersion
from review_app.statutes.names import article_name
from review_app.statutes.queries import find_article, suggest_articles, valid_on

MOST_CHOICES = 12
FEWEST_CHARACTERS = 2


def act_day(review: CaseReview, today: date) -> date:
    """The day by whose law the reviewed act is judged: of the act, else of the last document, else today."""
    case = review.legal_case
    return case.act_on or case.last_document_on or today


def choices(session: Session, typed: str, on: date) -> list[StatuteArticle]:
    """Articles in force on a day by name and number (刑法133), else by words of their text; at most 12."""
    named = suggest_articles(session, typed, on, MOST_CHOICES)
    words = [word for word in typed[:100].split() if len(word) >= FEWEST_CHARACTERS]
    if named or not words:
        return named
    holding = (
        select(StatuteArticle)
        .join(StatuteArticle.version)
        .where(valid_on(on), *(StatuteArticle.text.contains(word, autoescape=True) for word in words))
        .order_by(StatuteVersion.statute_id, StatuteArticle.position)
    )
    return list(session.scalars(holding.limit(MOST_CHOICES)))


def add_article(
    session: Session, form: EvalForm, target: str, article_id: int, *, on: date, by: Person, now: datetime
) -> LawCitation:
    """Cite an article of the library with its wording for the deduction or veto ``target``.

    Raises ReviewError when the library holds no such article, or its text was not law on the day ``on``.
    """
    article = find_article(session, article_id)
    if article is None:
        raise ReviewError(N_("法规库中没有这一条，请重新查找。"))
    version = article.version
    ended = version.valid_to is not None and version.valid_to < on
    if version.superseded_at is not None or version.valid_from is None or on < version.valid_from or ended:
        raise ReviewError(N_("这个文本在行为日不是有效文本。请按行为日重新查找。"))
    return add_law(
        session, form, target, law=version.statute.code, version=version.label, article=article.article,
        text=article.text, by=by, now=now,
    )  # fmt: skip


def held(session: Session, citations: Iterable[LawCitation]) -> frozenset[int]:
    """Numbers of the citations that say word for word what the library holds: law, version, article and the
    wording, if given. The others are typed by hand. One query however many citations there are."""
    named = {
        citation: str(name)
        for citation in citations
        if citation.version and (name := article_name(citation.law + citation.article)) is not None
    }
    if not named:
        return frozenset()
    rows = session.execute(
        select(StatuteArticle.name, StatuteVersion.label, StatuteArticle.text)
        .join(StatuteArticle.version)
        .where(StatuteArticle.name.in_(set(named.values())), StatuteVersion.superseded_at.is_(None))
    )
    texts = {(row.name, row.label): row.text for row in rows}
    return frozenset(
        citation.seq
        for citation, name in named.items()
        if (text := texts.get((name, citation.version))) is not None and citation.text.strip() in text
    )
