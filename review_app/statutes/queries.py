"""Reading the statutes: by name and day, through time, and for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from review_app.statutes.comparing import counterpart
from review_app.statutes.models import Statute, StatuteArticle, StatuteVersion
from review_app.statutes.names import article_name, article_number, code_of
from review_app.statutes.states import KIND_ORDER, Kind

MOST_NAMES = 500


def find_statute(session: Session, name: str) -> Statute | None:
    """A statute by any way of naming it: 刑法, 《中华人民共和国刑法》, 民诉解释."""
    return session.scalars(select(Statute).where(Statute.code == code_of(name[:200]))).first()


def statute_by_id(session: Session, statute_id: int) -> Statute | None:
    return session.get(Statute, statute_id)


def find_article(session: Session, article_id: int) -> StatuteArticle | None:
    return session.get(StatuteArticle, article_id)


def articles_by_id(session: Session, ids: Iterable[int]) -> dict[int, StatuteArticle]:
    """The articles of these ids with their texts' facts."""
    rows = session.scalars(select(StatuteArticle).where(StatuteArticle.id.in_(list(ids))))
    return {article.id: article for article in rows}


def statutes_like(session: Session, typed: str, most: int = 4) -> list[Statute]:
    """Statutes whose name is typed or contains what is typed, the shortest names first."""
    law, _ = split_typed(typed[:200])
    code = code_of(law)
    if len(code) < 2:
        return []
    like = select(Statute).where(Statute.code.contains(code, autoescape=True))
    return list(session.scalars(like.order_by(func.length(Statute.code), Statute.id).limit(most)))


def find_version(session: Session, statute: Statute, version_id: int) -> StatuteVersion | None:
    return next((version for version in statute.versions if version.id == version_id), None)


def texts_of(statute: Statute) -> list[StatuteVersion]:
    """The texts that count (a corrected one counts no more), the oldest first."""
    return [version for version in statute.versions if version.superseded_at is None]


def text_on(statute: Statute, day: date) -> StatuteVersion | None:
    """The text that was law on a day; None when the library does not know it."""
    return next(
        (
            version
            for version in texts_of(statute)
            if version.valid_from is not None
            and version.valid_from <= day
            and (version.valid_to is None or day <= version.valid_to)
        ),
        None,
    )


def valid_on(day: date) -> ColumnElement[bool]:
    """The condition under which a text was law on a day."""
    return and_(
        StatuteVersion.superseded_at.is_(None),
        StatuteVersion.valid_from <= day,
        or_(StatuteVersion.valid_to.is_(None), StatuteVersion.valid_to >= day),
    )


def articles_named(session: Session, names: Iterable[str], *, on: date | None) -> dict[str, StatuteArticle]:
    """The articles of these names (刑法第133条, in any usual spelling) in the text that was law on a day.

    A name stays out when the library does not hold the text of that day: an act is judged by the law of its day, and
    another text would be a wrong answer. Without a day the newest text answers, also one that is not dated at all.
    """
    asked = {name: article_name(name) for name in list(dict.fromkeys(names))[:MOST_NAMES]}
    spelled = {str(article) for article in asked.values() if article is not None}
    if not spelled:
        return {}
    condition = valid_on(on) if on is not None else StatuteVersion.superseded_at.is_(None)
    rows = session.scalars(
        select(StatuteArticle)
        .join(StatuteArticle.version)
        .where(StatuteArticle.name.in_(spelled), condition)
        .order_by(StatuteVersion.valid_from, StatuteVersion.id)
    )
    newest = {row.name: row for row in rows}
    return {name: newest[str(article)] for name, article in asked.items() if str(article) in newest}


def article_in(
    session: Session, version: StatuteVersion, number: int, branch: int = 0
) -> StatuteArticle | None:
    """An article of one text by its number."""
    found = select(StatuteArticle).where(
        StatuteArticle.version_id == version.id,
        StatuteArticle.number == number,
        StatuteArticle.branch == branch,
    )
    return session.scalars(found).first()


@dataclass(frozen=True)
class Stage:
    """One text of the statute and the article in which the provision stands there, if it does."""

    version: StatuteVersion
    article: StatuteArticle | None


def article_history(session: Session, article: StatuteArticle) -> list[Stage]:
    """Where this provision stands in every text of its statute, the oldest first. It is followed from text to text by
    its words, because an amended law may be renumbered."""
    versions = texts_of(article.version.statute)
    if article.version not in versions:
        return [Stage(article.version, article)]
    at = versions.index(article.version)
    later = follow(session, article, versions[at + 1 :])
    earlier = follow(session, article, list(reversed(versions[:at])))
    return [*reversed(earlier), Stage(article.version, article), *later]


def follow(session: Session, article: StatuteArticle, versions: Iterable[StatuteVersion]) -> list[Stage]:
    stages = []
    last = article
    for version in versions:
        found = same_provision(session, last, version)
        stages.append(Stage(version, found))
        last = found or last
    return stages


def same_provision(
    session: Session, article: StatuteArticle, version: StatuteVersion
) -> StatuteArticle | None:
    """The article of another text that says this."""
    listed = select(
        StatuteArticle.id, StatuteArticle.number, StatuteArticle.branch, StatuteArticle.text
    ).where(StatuteArticle.version_id == version.id)
    rows = session.execute(listed.order_by(StatuteArticle.position)).all()
    others = [((row.number, row.branch), row.text) for row in rows]
    found = counterpart(article.text, (article.number, article.branch), others)
    return session.get(StatuteArticle, rows[found].id) if found is not None else None


def neighbours(
    session: Session, article: StatuteArticle
) -> tuple[StatuteArticle | None, StatuteArticle | None]:
    """The articles before and after it in the same text."""
    beside = select(StatuteArticle).where(
        StatuteArticle.version_id == article.version_id,
        StatuteArticle.position.in_([article.position - 1, article.position + 1]),
    )
    found = {row.position - article.position: row for row in session.scalars(beside)}
    return found.get(-1), found.get(1)


def suggest_articles(session: Session, typed: str, on: date, limit: int = 10) -> list[StatuteArticle]:
    """Articles a person may mean who has typed so much (刑法133, 民诉解释51, 征收补偿), of the texts in force on a day;
    whole laws by their first articles when no number is typed."""
    law, number = split_typed(typed[:200])
    if not law:
        return []
    code = code_of(law)
    listed = (
        select(StatuteArticle)
        .join(StatuteArticle.version)
        .join(StatuteVersion.statute)
        .where(valid_on(on), or_(Statute.code == code, Statute.code.contains(code, autoescape=True)))
        .order_by(
            (Statute.code == code).desc(), func.length(Statute.code), Statute.id, StatuteArticle.position
        )
    )
    if number:
        listed = listed.where(number_begins(number))
    return list(session.scalars(listed.limit(limit)))


def number_begins(number: tuple[int, int]) -> ColumnElement[bool]:
    """Articles whose number is this one, or begins with its digits while it may still be being typed."""
    typed, branch = number
    if branch:
        return and_(StatuteArticle.number == typed, StatuteArticle.branch == branch)
    ranges = [
        StatuteArticle.number.between(typed * step, typed * step + step - 1) for step in (1, 10, 100, 1000)
    ]
    return or_(*ranges)


def split_typed(typed: str) -> tuple[str, tuple[int, int] | None]:
    """The law and the number in what is being typed."""
    whole = article_name(typed)
    if whole is not None:
        return whole.code, (whole.number, whole.branch)
    bare = typed.strip()
    return (bare, None) if article_number(bare) is None else ("", None)


def exact_citation(session: Session, q: str, on: date | None) -> StatuteArticle | None:
    """The article that a query names and nothing else (刑法133, 刑法第一百三十三条之一)."""
    named = article_name(q) if q.strip() and "\n" not in q else None
    if named is None:
        return None
    return articles_named(session, [str(named)], on=on).get(str(named))


@dataclass(frozen=True)
class Listed:
    """A statute in a list with the text to open and how many there are."""

    statute: Statute
    texts: int


def list_statutes(session: Session, *, kind: Kind | None, first: int, most: int) -> tuple[list[Listed], int]:
    """Statutes in the order of rank and name, and how many there are in all."""
    condition = Statute.kind == kind if kind is not None else Statute.id.is_not(None)
    counted = (
        select(StatuteVersion.statute_id, func.count().label("texts"))
        .where(StatuteVersion.superseded_at.is_(None))
        .group_by(StatuteVersion.statute_id)
        .subquery()
    )
    rows = session.execute(
        select(Statute, counted.c.texts)
        .join(counted, counted.c.statute_id == Statute.id)
        .where(condition)
        .options(selectinload(Statute.versions))
        .order_by(case(dict(KIND_ORDER), value=Statute.kind), Statute.id)
        .offset(first)
        .limit(most)
    )
    total = session.scalar(select(func.count()).select_from(Statute).where(condition)) or 0
    return [Listed(statute, texts) for statute, texts in rows], total


def kinds_held(session: Session) -> dict[Kind, int]:
    """How many statutes of each kind the library holds."""
    counted = session.execute(select(Statute.kind, func.count()).group_by(Statute.kind))
    return {Kind(kind): count for kind, count in counted}
