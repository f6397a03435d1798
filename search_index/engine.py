"""The contract every search engine keeps: documents in, queries as data, hits that can be quoted.

Nothing here is tied to one engine or one process. Writing goes in batches, paging goes by cursor, filters, sort orders
and facets are data, ranges are character offsets into the text that was handed over; an engine spread over many
machines can keep the same contract.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search_index.tree import Between, Node

MOST_HITS = 200  # hits on one page
SCORE = "score"  # the sort field that every engine computes itself


class IndexBusy(Exception):
    """Another process is writing and did not finish in time. Nothing was changed; try again later."""


class IndexOutdated(Exception):
    """The index was built for other fields or by another version of the program. Only `rebuild` helps."""


class CursorUnreadable(ValueError):
    """The cursor was not made by this kind of query. Begin again without one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a quoted text. Two numbers of the document say where it starts and ends, as character offsets; without
    their names it is the whole text."""

    text: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Shape:
    """What documents of one index look like.

    `texts` names the searchable texts and their weight in the rank (1.0 is plain); `quoted` are the texts from which
    snippets are cut, in that order; `facets` hold exact values that can be filtered and counted; `numbers` can be
    filtered by a range and sorted by. Changing the shape means building the index anew. `echo` is the part of a document
    whose words a search for like documents asks for once more (`similar.echo_candidates`).
    """

    texts: Mapping[str, float]
    quoted: tuple[str, ...]
    facets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    echo: Part | None = None


@dataclass(frozen=True)
class Document:
    """One document. `key` is the owner's stable name for it, `version` says which text of it this is (a SHA-256).

    Texts, facets and numbers the document does not have may be left out; names the shape does not know are an error.
    """

    key: str
    version: str
    texts: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Filter: a facet of the document has one of these values."""

    field: str
    values: tuple[str, ...]


Filter = OneOf | Between


@dataclass(frozen=True, slots=True)
class Lift:
    """Documents of which a facet has one of these values count for more: their score is multiplied by 1 + `by`.

    Values mean every value that `similar.are_alike`. Without values the best hits vote (`similar.voted`): a value with
    half the votes of the strongest multiplies by 1 + `by` / 2. `shares` are filled in by the engine, strongest first. A
    lift changes the order of hits, never which documents are hits.
    """

    field: str
    by: float
    values: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SortBy:
    """Order of hits by a number or by `SCORE`. Documents without the number come last in either direction."""

    field: str
    descending: bool = False


BY_RELEVANCE = (SortBy(SCORE, descending=True),)


@dataclass(frozen=True)
class Query:
    """A question. Without a tree every document that passes the filters is a hit.

    All filters must hold. `sort` orders hits from the first rule to the last, then by key, so that no order is left to
    chance. `cursor` is a page's `after` or `before`; `limit` is 1 to `MOST_HITS`. `facets` are counted over all hits,
    so that a count always equals the total that choosing the value would give. `lifts` raise the score of some hits.
    """

    tree: Node | None = None
    filters: tuple[Filter, ...] = ()
    sort: tuple[SortBy, ...] = BY_RELEVANCE
    facets: tuple[str, ...] = ()
    facet_values: int = 20
    limit: int = 10
    cursor: str | None = None
    snippets: int = 2
    lifts: tuple[Lift, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of one text of a hit. `start`, `end` and `marks` are character offsets into that whole text.

    `text` is the piece itself, unescaped.
    """

    field: str
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A document found. `version` says which text the snippets' offsets belong to."""

    key: str
    version: str
    score: float
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True)
class FacetCount:
    """How many hits have a value."""

    value: str
    hits: int


@dataclass(frozen=True)
class Facet:
    """The values of a facet among all hits, most frequent first, then by value. `left_off` values are not listed."""

    field: str
    counts: tuple[FacetCount, ...]
    left_off: int


@dataclass(frozen=True)
class Page:
    """One page of hits. `first` is the rank of its first hit (1 is the best), `total` counts all hits exactly.

    `after` and `before` are the cursors of the neighbouring pages, `None` where there is none. `lifted` are the lifts
    that took effect, with the values as the documents spell them.
    """

    hits: tuple[Hit, ...]
    total: int
    first: int
    after: str | None
    before: str | None
    facets: tuple[Facet, ...]
    lifted: tuple[Lift, ...] = ()


@dataclass(frozen=True)
class IndexState:
    """How many documents are searchable, and a word that changes with every committed change."""

    documents: int
    generation: str


class SearchEngine(Protocol):
    """An index that is open. Safe to use from several threads; several processes may read while one writes.

    Every method but `rebuild` raises IndexOutdated for an index that was built for something else.
    """

    @property
    def shape(self) -> Shape:
        """What its documents look like."""

    def write(self, put: Sequence[Document] = (), remove: Iterable[str] = ()) -> IndexState:
        """Store these documents, each in place of what had its key, and drop the removed keys: all of it or nothing.

        When the call returns the change is kept across a crash and the next search of any process sees it. A key that
        is put twice in one batch keeps its last document; removing an unknown key is no error.
        Raises IndexBusy when another writer holds the index, ValueError for names the shape does not know.
        """

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> IndexState:
        """Build the whole index anew beside the live one and then change over; searches go on meanwhile."""

    def search(self, query: Query) -> Page:
        """Answer a query. Raises CursorUnreadable, and ValueError for names the shape does not know."""

    def versions(self, keys: Iterable[str]) -> dict[str, str]:
        """The version stored for each of these keys; keys that are not in the index are left out."""

    def state(self) -> IndexState:
        """Size and generation as the next search would see them."""


def check_document(shape: Shape, document: Document) -> None:
    """Refuse a document with names the shape does not know; ValueError names them."""
    _refuse(set(document.texts) - set(shape.texts), "text")
    _refuse(set(document.facets) - set(shape.facets), "facet")
    _refuse(set(document.numbers) - set(shape.numbers), "number")


def check_query(shape: Shape, query: Query) -> None:
    """Refuse a query with fields the shape does not know, or with an impossible limit; ValueError says which."""
    one_of = {each.field for each in query.filters if isinstance(each, OneOf)}
    between = {each.field for each in query.filters if isinstance(each, Between)}
    lifted = {each.field for each in query.lifts}
    _refuse((one_of | lifted | set(query.facets)) - set(shape.facets), "facet")
    _refuse((between | {each.field for each in query.sort}) - {*shape.numbers, SCORE}, "number")
    if not 1 <= query.limit <= MOST_HITS:
        raise ValueError(f"limit must be 1 to {MOST_HITS}, not {query.limit}")


def _refuse(unknown: set[str], kind: str) -> None:
    if unknown:
        raise ValueError(f"unknown {kind}: {', '.join(sorted(unknown))}")
