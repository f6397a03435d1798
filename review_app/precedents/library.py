"""What the index holds of a case, the names people may write in a query, and one search with everything around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from review_app.precedents.models import Precedent
from review_app.precedents.states import TIER_ORDER, Audience, Section
from search_index.citations import canonical_article
from search_index.engine import (
    SCORE,
    Document,
    Filter,
    Lift,
    OneOf,
    Page,
    Part,
    Query,
    SearchEngine,
    Shape,
    SortBy,
)
from search_index.engines import engine_folder, open_engine
from search_index.folding import squeeze
from search_index.query import FieldName, Kind, parse
from search_index.synonyms import Synonym, widen
from search_index.tree import And, Between, Like, Node, leaves

FACETS = ("tier", "cause", "outcome", "year", "organ", "law")

AUDIENCE = "audience"  # not among the facets: nobody chooses or counts who may read a case

SHAPE = Shape(
    texts={"title": 3.0, "case_no": 2.0, "points": 2.0, "text": 1.0},
    quoted=("text",),
    facets=(*FACETS, AUDIENCE),
    numbers=("tier", "year", "decided_on", "reasoning_from", "reasoning_to"),
    echo=Part("text", "reasoning_from", "reasoning_to"),
)

STATED_BOOST = 1.0  # share by which a case of a stated cause is raised
VOTED_BOOST = 1.0  # the same for the cause that the most similar cases have, less for the next
LAW_BOOST = 0.25  # the same for a case that rests on one of the stated articles

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

_SHOWN_SHARE = 0.25  # causes with a smaller share of the strongest vote are not worth telling

SORTS = {
    "tier": (SortBy("tier"), SortBy(SCORE, descending=True)),
    "relevance": (SortBy(SCORE, descending=True),),
    "newest": (SortBy("decided_on", descending=True), SortBy("year", descending=True)),
    "oldest": (SortBy("decided_on"), SortBy("year")),
}


@dataclass(frozen=True)
class Asked:
    """What a person asks of the library. ``without`` are words whose synonyms were switched off, ``like`` a whole text
    to which the cases should be similar, ``like_laws`` the articles (刑法第133条) and ``like_causes`` the causes of
    action that are stated along with it; without ``boost`` neither of them raises a case. ``parts`` are the parts of a
    review that ``like`` is made of (``similar.ReviewPart``); none means all."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "tier"
    without: frozenset[str] = frozenset()
    cursor: str | None = None
    like: str = ""
    like_laws: tuple[str, ...] = ()
    like_causes: tuple[str, ...] = ()
    boost: bool = True
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CauseBoost:
    """Cases with one of these causes of action count up to (1 + ``factor``) times. ``stated``: the person named them, and
    all are raised alike; otherwise the most similar cases have them, the most frequent first, and a cause with half its
    votes is raised by half."""

    causes: tuple[str, ...]
    factor: float
    stated: bool


@dataclass(frozen=True)
class Answered:
    """The page that came, with the tree that was searched, the synonyms that were applied and the causes that raised
    cases."""

    page: Page
    tree: Node | None
    synonyms: tuple[Synonym, ...]
    boost: CauseBoost | None = None


def open_library(folder: Path, engine: str = "whoosh") -> SearchEngine:
    """The index of the library in an instance's index folder."""
    return open_engine(engine, engine_folder(folder / "precedents", engine), SHAPE)


EVERYONES: tuple[Filter, ...] = (OneOf(AUDIENCE, (Audience.EVERYONE,)),)
"""the filter that leaves what every person may read: for searches whose result others will read"""


def panel_audience(review_id: int) -> str:
    """What the index calls the experts of a review among those who may read a case."""
    return f"REVIEW:{review_id}"


def ask(engine: SearchEngine, asked: Asked, *, readable: tuple[Filter, ...], limit: int = 10) -> Answered:
    """Search the library within what is ``readable`` (``queries.readable_filters`` of the person, or ``EVERYONES``).
    Raises QueryProblem for a query that cannot be read, CursorUnreadable for a foreign cursor."""
    query, applied = query_of(asked, readable=readable, limit=limit)
    page = engine.search(query)
    return Answered(page, query.tree, applied, cause_boost(page, asked))


def query_of(
    asked: Asked, *, readable: tuple[Filter, ...], limit: int = 10
) -> tuple[Query, tuple[Synonym, ...]]:
    """The question as engines take it, and the synonyms it was widened with. Raises QueryProblem."""
    widened = widen(parse(asked.q, NAMES), without=asked.without, law="law")
    tree = widened.tree
    if asked.like:
        tree = And((Like(asked.like), tree)) if tree is not None else Like(asked.like)
    query = Query(
        tree=tree,
        filters=(*readable, *filters_of(asked)),
        sort=SORTS.get(asked.sort, SORTS["tier"]),
        facets=FACETS,
        facet_values=12,
        limit=limit,
        cursor=asked.cursor,
        lifts=lifts_of(asked),
    )
    return query, widened.applied


def lifts_of(asked: Asked) -> tuple[Lift, ...]:
    """What raises a case that is like a whole text: the same cause, and the same articles where some are stated."""
    if not asked.like or not asked.boost:
        return ()
    cause = Lift("cause", STATED_BOOST if asked.like_causes else VOTED_BOOST, asked.like_causes)
    laws = tuple(canonical_article(each) for each in asked.like_laws)
    return (cause, Lift("law", LAW_BOOST, laws)) if laws else (cause,)


def cause_boost(page: Page, asked: Asked) -> CauseBoost | None:
    lifted = next((lift for lift in page.lifted if lift.field == "cause"), None)
    if lifted is None:
        return None
    weighed = zip(lifted.values, lifted.shares, strict=True)
    causes = tuple(cause for cause, share in weighed if share >= _SHOWN_SHARE)
    return CauseBoost(causes, lifted.by, bool(asked.like_causes))


def filters_of(asked: Asked) -> tuple[Filter, ...]:
    chosen: list[Filter] = [OneOf(name, values) for name, values in asked.chosen.items() if values]
    if asked.year_from is not None or asked.year_to is not None:
        chosen.append(Between("year", asked.year_from, asked.year_to))
    return tuple(chosen)


def typed_tree(q: str, without: frozenset[str] = frozenset()) -> Node | None:
    """What a query marks in a text. Raises QueryProblem."""
    return widen(parse(q, NAMES), without=without, law="law").tree


def has_terms(tree: Node | None) -> bool:
    return any(True for _ in leaves(tree))


def audiences(precedent: Precedent) -> tuple[str, ...]:
    """Who may read the case, in the index's words."""
    if precedent.audience is Audience.EVERYONE:
        return (str(Audience.EVERYONE),)
    panel = () if precedent.source_review_id is None else (panel_audience(precedent.source_review_id),)
    return (str(precedent.audience), *panel)


def as_document(precedent: Precedent) -> Document:
    """A stored case as the index takes it."""
    points = [*precedent.issues, precedent.holding, *precedent.keywords]
    reasoning_from, reasoning_to = precedent.sections.get(Section.REASONING, (None, None))
    numbers = {
        "tier": TIER_ORDER[precedent.source_tier],
        "year": precedent.year,
        "reasoning_from": reasoning_from,
        "reasoning_to": reasoning_to,
    }
    decided = precedent.decided_on.toordinal() if precedent.decided_on else None
    facets = {
        "tier": (str(precedent.source_tier),),
        "cause": tuple(precedent.causes),
        "outcome": (precedent.outcome,),
        "year": (str(precedent.year or ""),),
        "organ": (precedent.organ,),
        "law": tuple(dict.fromkeys(map(canonical_article, precedent.law_refs))),
        AUDIENCE: audiences(precedent),
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
