"""Engines as rankers: a text in, keys out, best first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import tantivy
from peers import Fts5, RawTantivy, StockWhoosh
from whoosh.query import Or, Term

from search_index.engine import MOST_HITS, Document, Query, SearchEngine
from search_index.words import TELLING_WORDS, telling

DEEP = 9_000  # ranks looked at in one go


class Ranker(Protocol):
    """An engine off the shelf, over pre-cut words: BM25 of a text's telling words, any of which may occur."""

    def build(self, documents: Iterator[Document]) -> None: ...
    def ranked(self, text: str) -> list[str]: ...


class RankedWhoosh(StockWhoosh):
    def ranked(self, text: str) -> list[str]:
        asked = Or([Term("text", word) for word in telling(text)[:TELLING_WORDS]])
        return [hit["key"] for hit in self.searcher.search(asked, limit=DEEP)]


class RankedFts5(Fts5):
    def ranked(self, text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in telling(text)[:TELLING_WORDS])
        if not asked:
            return []
        found = self.file.execute(
            "select key from texts where texts match ? order by bm25(texts, 0, 3, 1) limit ?", (asked, DEEP)
        )
        return [key for (key,) in found]


class RankedTantivy(RawTantivy):
    def ranked(self, text: str) -> list[str]:
        words = telling(text)[:TELLING_WORDS]
        terms = [tantivy.Query.term_query(self.schema, "text", word) for word in words]
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = self.searcher.search(asked, limit=DEEP).hits
        return [self.searcher.doc(at)["key"][0] for _, at in hits]


RANKERS: dict[str, Callable[[Path], Ranker]] = {
    "fts5": RankedFts5,
    "raw-tantivy": RankedTantivy,
    "stock-whoosh": RankedWhoosh,
}


def all_pages(engine: SearchEngine, query: Query, wanted: Iterable[str]) -> list[str]:
    """Keys in the order of our engine, page by page, until all wanted ones were seen or there are no more."""
    left, order, cursor = set(wanted), list[str](), None
    while True:
        page = engine.search(replace(query, cursor=cursor, limit=MOST_HITS, snippets=0))
        order += [hit.key for hit in page.hits]
        left.difference_update(order[-MOST_HITS:])
        cursor = page.after
        if not left or cursor is None:
            return order


def in_any_case(order: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The order with the wanted keys that were not found at its end, so that none is counted as absent."""
    missing = sorted(set(wanted).difference(order))
    return [*order, *missing]
