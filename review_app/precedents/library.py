"""What the index holds of a case, the names people may write in a query, and one search with everything around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from review_app.precedents.models import Precedent
from review_app.precedents.states import TIER_ORDER
from search_index.engine import SCORE, Document, Filter, OneOf, Page, Query, SearchEngine, Shape, SortBy
from search_index.engines import open_engine
from search_index.folding import squeeze
from search_index.query import FieldName, Kind, parse
from search_index.synonyms import Synonym, widen
from search_index.tree import And, Between, Like, Node, leaves

FACETS = ("tier", "cause", "outcome", "year", "organ", "law")

SHAPE = Shape(
    texts={"title": 3.0, "case_no": 2.0, "points": 2.0, "text": 1.0},
    quoted=("text",),
    facets=FACETS,
    numbers=("tier", "year", "decided_on"),
)

NAMES = {
    name: field
    for names, field in (
        ("案由 罪名 cause", FieldName("cause", Kind.FACET)),
        ("法院 机关 court organ", FieldName("organ", Kind.FACET)),
        ("文号 案号 no", FieldName("case_no", Kind.TEXT)),
        ("标题 名称 title", FieldName("title", Kind.TEXT)),
        ("要点 焦点 points", FieldName("points", Kind.TEXT)),
        ("法条 law", FieldName("law", Kind.LAW)),
        ("结果 outcome", FieldName("outcome", Kind.FACET)),
        ("年 年份 year", FieldName("year", Kind.NUMBER)),
    )
    for name in names.split()
}

SORTS = {
    "tier": (SortBy("tier"), SortBy(SCORE, descending=True)),
    "relevance": (SortBy(SCORE, descending=True),),
    "newest": (SortBy("decided_on", descending=True), SortBy("year", descending=True)),
}


@dataclass(frozen=True)
class Asked:
    """What a person asks of the library. ``without`` are words whose synonyms were switched off, ``like`` a whole text
    to which the cases should be similar."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "tier"
    without: frozenset[str] = frozenset()
    cursor: str | None = None
    like: str = ""


@dataclass(frozen=True)
class Answered:
    """The page that came, with the tree that was searched and the synonyms that were applied."""

    page: Page
    tree: Node | None
    synonyms: tuple[Synonym, ...]


def open_library(folder: Path, engine: str = "whoosh") -> SearchEngine:
    """The index of the library in an instance's index folder."""
    return open_engine(engine, folder / "precedents", SHAPE)


def ask(engine: SearchEngine, asked: Asked, *, limit: int = 10) -> Answered:
    """Search the library. Raises QueryProblem for a query that cannot be read, CursorUnreadable for a foreign cursor."""
    widened = widen(parse(asked.q, NAMES), without=asked.without)
    tree = widened.tree
    if asked.like:
        tree = And((Like(asked.like), tree)) if tree is not None else Like(asked.like)
    query = Query(
        tree=tree,
        filters=filters_of(asked),
        sort=SORTS.get(asked.sort, SORTS["tier"]),
        facets=FACETS,
        facet_values=12,
        limit=limit,
        cursor=asked.cursor,
    )
    return Answered(engine.search(query), tree, widened.applied)


def filters_of(asked: Asked) -> tuple[Filter, ...]:
    chosen: list[Filter] = [OneOf(name, values) for name, values in asked.chosen.items() if values]
    if asked.year_from is not None or asked.year_to is not None:
        chosen.append(Between("year", asked.year_from, asked.year_to))
    return tuple(chosen)


def typed_tree(q: str, without: frozenset[str] = frozenset()) -> Node | None:
    """What a query marks in a text. Raises QueryProblem."""
    return widen(parse(q, NAMES), without=without).tree


def has_terms(tree: Node | None) -> bool:
    return any(True for _ in leaves(tree))


def as_document(precedent: Precedent) -> Document:
    """A stored case as the index takes it."""
    points = [*precedent.issues, precedent.holding, *precedent.keywords]
    numbers = {"tier": TIER_ORDER[precedent.source_tier], "year": precedent.year}
    decided = precedent.decided_on.toordinal() if precedent.decided_on else None
    facets = {
        "tier": (str(precedent.source_tier),),
        "cause": tuple(precedent.causes),
        "outcome": (precedent.outcome,),
        "year": (str(precedent.year or ""),),
        "organ": (precedent.organ,),
        "law": tuple(precedent.law_refs),
    }
    return Document(
        key=str(precedent.id),
        version=precedent.text_sha256,
        texts={
            "title": precedent.title,
            "case_no": precedent.case_no,
            "points": "\n".join(points),
            "text": precedent.text,
        },
        facets={name: tuple(value for value in values if squeeze(value)) for name, values in facets.items()},
        numbers={
            name: number for name, number in {**numbers, "decided_on": decided}.items() if number is not None
        },
    )
