"""What the index holds of an article, the names people may write in a query, and one search with everything around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from review_app.statutes.models import StatuteArticle, StatuteVersion
from review_app.statutes.states import KIND_ORDER
from search_index.engine import SCORE, Document, Filter, OneOf, Page, Query, SearchEngine, Shape, SortBy
from search_index.engines import engine_folder, open_engine
from search_index.query import FieldName, Kind, parse
from search_index.similar import like_question
from search_index.synonyms import Synonym, widen
from search_index.tree import And, Between, Node, Words, leaves

FACETS = ("kind", "statute")

SHAPE = Shape(
    texts={"name": 3.0, "heading": 1.5, "text": 1.0},
    quoted=("text",),
    facets=FACETS,
    numbers=("rank", "number", "place", "valid_from", "valid_to"),
)

NAMES = {
    name: field
    for names, field in (
        ("法 法律 法规 law statute", FieldName("statute", Kind.FACET)),
        ("条 条文 article", FieldName("number", Kind.NUMBER)),
        ("标题 章节 heading", FieldName("heading", Kind.TEXT)),
        ("正文 text", FieldName("text", Kind.TEXT)),
    )
    for name in names.split()
}

SORTS = {
    "relevance": (SortBy(SCORE, descending=True), SortBy("rank")),
    "order": (SortBy("rank"), SortBy("place")),
}

_ALWAYS, _NEVER = 1, date.max.toordinal()  # a text without days is found on every day, marked as undated
_VALID = re.compile(
    r"(?:^|(?<=\s))(?:有效|有效日|valid)[:：]\s*(\d{4})[-./年]?(\d{2})[-./月]?(\d{2})日?(?=\s|$)"
)


@dataclass(frozen=True)
class Asked:
    """What a person asks: words, the day on which the text is to be law (None: all texts), chosen facets."""

    q: str = ""
    on: date | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    without: frozenset[str] = frozenset()
    cursor: str | None = None


@dataclass(frozen=True)
class Answered:
    """The page that came, with the tree that was searched and the synonyms that were applied. ``is_loose``: no article
    has all the words, so those that come nearest are shown."""

    page: Page
    tree: Node | None
    synonyms: tuple[Synonym, ...]
    is_loose: bool = False


def open_statutes(folder: Path, engine: str = "whoosh") -> SearchEngine:
    """The index of the statutes in an instance's index folder."""
    return open_engine(engine, engine_folder(folder / "statutes", engine), SHAPE)


def ask(engine: SearchEngine, asked: Asked, *, limit: int = 10) -> Answered:
    """Search the articles. A question in everyday words of which no article has all is answered with the articles that
    come nearest. Raises QueryProblem for a query that cannot be read, CursorUnreadable for a foreign cursor."""
    typed = parse(asked.q, NAMES)
    widened = widen(typed, without=asked.without)
    page = engine.search(query_of(asked, widened.tree, limit))
    if page.total or not is_plain(typed):
        return Answered(page, widened.tree, widened.applied)
    loose, lifts = like_question(asked.q, "statute")
    query = replace(query_of(asked, loose, limit), lifts=lifts)
    return Answered(engine.search(query), loose, (), is_loose=True)


def is_plain(tree: Node | None) -> bool:
    """Whether the query is only words, without operators, phrases and fields that the person meant as they stand."""
    return isinstance(tree, Words) or (
        isinstance(tree, And) and all(isinstance(leaf, Words) for leaf in leaves(tree))
    )


def query_of(asked: Asked, tree: Node | None, limit: int) -> Query:
    return Query(
        tree=tree,
        filters=filters_of(asked),
        sort=SORTS.get(asked.sort, SORTS["relevance"]),
        facets=FACETS,
        facet_values=15,
        limit=limit,
        cursor=asked.cursor,
    )


def filters_of(asked: Asked) -> tuple[Filter, ...]:
    chosen: list[Filter] = [OneOf(name, values) for name, values in asked.chosen.items() if values]
    if asked.on is not None:
        day = asked.on.toordinal()
        chosen += [Between("valid_from", None, day), Between("valid_to", day, None)]
    return tuple(chosen)


def with_day(asked: Asked) -> Asked:
    """A day written in the query (有效:2019-05-01) goes before the one of the form."""
    found = _VALID.search(asked.q)
    if found is None:
        return asked
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return asked
    return replace(asked, q=_VALID.sub("", asked.q).strip(), on=day)


def version_of(version: StatuteVersion) -> str:
    """Changes whenever anything the index holds of this text's articles does: their words never change, their days may."""
    return f"{version.label} {version.valid_from} {version.valid_to}"


def as_document(article: StatuteArticle) -> Document:
    """A stored article as the index takes it."""
    version = article.version
    statute = version.statute
    return Document(
        key=str(article.id),
        version=version_of(version),
        texts={
            "name": " ".join([statute.title, article.name, *statute.aliases]),
            "heading": " ".join(article.heading),
            "text": article.text,
        },
        facets={"kind": (str(statute.kind),), "statute": (statute.code,)},
        numbers={
            "rank": KIND_ORDER[statute.kind],
            "number": article.number,
            "place": statute.id * 10_000 + article.position,
            "valid_from": version.valid_from.toordinal() if version.valid_from else _ALWAYS,
            "valid_to": version.valid_to.toordinal() if version.valid_to else _NEVER,
        },
    )
