"""Provisions picked from the library of statutes, in the text that was law on the day of the act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import N_, ReviewError
from review_app.evaluations.drafting import add_law, part_of
from review_app.evaluations.models import EvalForm, LawCitation
from review_app.evaluations.states import Standing
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


def known_act_day(form: EvalForm, target: str) -> date | None:
    """The day of the act that the provisions cited for ``target`` go by so far."""
    days = [law.act_on for law in getattr(part_of(form, target), "law_citations", ()) if law.act_on]
    return days[-1] if days else None


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
        text=article.text, act_on=on, by=by, now=now,
    )  # fmt: skip


@dataclass(frozen=True)
class Held:
    """The wording of an article in the library and the days on which it was law."""

    text: str
    valid_from: date | None
    valid_to: date | None

    def was_law(self, day: date) -> bool:
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def standings(session: Session, review: CaseReview, citations: Iterable[LawCitation]) -> dict[int, Standing]:
    """By number of each citation: whether the library holds it word for word (law, version, article and the
    wording, if given) as a text that was law on the day of the act, or it is typed by hand. Citations without
    a day of their own go by the review's. One query however many citations there are."""
    cited = list(citations)
    library = held_texts(session, cited)
    default = review.legal_case.act_on or review.legal_case.last_document_on
    return {
        citation.seq: standing_of(citation, library.get((name_in(citation), citation.version)), default)
        for citation in cited
    }


def standing_of(citation: LawCitation, held: Held | None, default: date | None) -> Standing:
    if held is None or citation.text.strip() not in held.text:
        return Standing.TYPED
    day = citation.act_on or default
    return Standing.HELD if day is None or held.was_law(day) else Standing.OTHER_DAY


def name_in(citation: LawCitation) -> str:
    """The article's name in the library; empty when the words name none or no version stands with them."""
    return str(article_name(citation.law + citation.article) or "") if citation.version else ""


def held_texts(session: Session, citations: Iterable[LawCitation]) -> dict[tuple[str, str], Held]:
    named = {name for citation in citations if (name := name_in(citation))}
    if not named:
        return {}
    rows = session.execute(
        select(
            StatuteArticle.name, StatuteVersion.label, StatuteArticle.text,
            StatuteVersion.valid_from, StatuteVersion.valid_to,
        )
        .join(StatuteArticle.version)
        .where(StatuteArticle.name.in_(named), StatuteVersion.superseded_at.is_(None))
    )  # fmt: skip
    return {(row.name, row.label): Held(row.text, row.valid_from, row.valid_to) for row in rows}
