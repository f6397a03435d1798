"""The engine for large libraries: a tantivy index in a folder. Needs the package tantivy.

The same documents are hits as in every other engine, with the same totals, facets, snippets and orders by number: pairs of
characters are handed over already cut, and a phrase is a row of such pairs. How hits are ordered by score is told in
`tantivy_order.py`.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search_index import tantivy_fields, words
from search_index.cursors import Place, Side, read_cursor, write_cursor
from search_index.engine import (
    Document,
    Facet,
    FacetCount,
    Hit,
    IndexBusy,
    IndexState,
    Page,
    Query,
    Shape,
    check_document,
    check_query,
)
from search_index.folders import IndexFolder
from search_index.snippets import cut_snippets
from search_index.stamps import check_stamp, write_stamp
from search_index.tantivy_order import Ordering, Row
from search_index.tantivy_view import View

_LAYOUT = "tantivy 2"  # the version of the fields
_META = "meta.json"  # tantivy's table of contents, replaced by each commit
_FEW = 100  # documents that one thread writes
_SMALL_HEAP = 30_000_000  # bytes tantivy may keep before it writes a segment
_LARGE_HEAP = 200_000_000
_THREADS = 2


class TantivyEngine:
    """See `SearchEngine`."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self._shape = shape
        self._refreshing = threading.Lock()
        self._opened: tuple[str, tantivy.Index] | None = None
        self._view: View | None = None
        self._folder = IndexFolder(folder, self._create)

    @property
    def shape(self) -> Shape:
        return self._shape

    def write(self, put: Sequence[Document] = (), remove: Iterable[str] = ()) -> IndexState:
        for document in put:
            check_document(self._shape, document)
        gone = set(remove)
        with self._folder.writing():
            live = self._folder.live
            check_stamp(live, self._shape, _LAYOUT)
            index = tantivy_fields.open_index(live)
            with _writing(index, many=len(put) > _FEW) as writer:
                self._put(writer, put, gone)
        return self.state()

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> IndexState:
        with self._folder.building() as path:
            index = tantivy_fields.open_index(path)
            with _writing(index, many=True) as writer:
                for batch in batches:
                    for document in batch:
                        check_document(self._shape, document)
                    self._put(writer, batch, set())
        return self.state()

    def search(self, query: Query) -> Page:
        check_query(self._shape, query)
        place = read_cursor(query.cursor, len(query.sort)) if query.cursor else None
        view = self._read()
        asked = view.asked(query.tree, query.filters)
        ordering = Ordering(view, query, asked)
        page = ordering.page(place, query.limit)
        last = page.first + len(page.rows)
        needles = words.needles(query.tree)
        counts = view.facet_counts(asked, query.facets)
        return Page(
            hits=tuple(self._hit(row, needles, query.snippets) for row in page.rows),
            total=page.total,
            first=page.first + 1,
            after=_cursor("after", page.rows[-1]) if page.first < last < page.total else None,
            before=_cursor("before", page.rows[0]) if 0 < page.first < last else None,
            facets=tuple(_facet(name, counts[name], query.facet_values) for name in query.facets),
            lifted=ordering.lifts,
        )

    def versions(self, keys: Iterable[str]) -> dict[str, str]:
        view = self._read()
        terms = [tantivy_fields.clean(key) for key in keys]
        if not terms:
            return {}
        asked = tantivy.Query.term_set_query(view.schema, tantivy_fields.KEY, terms)
        hits = view.searcher.search(asked, limit=len(terms)).hits
        return {document.key: document.version for document in view.documents(hits)}

    def state(self) -> IndexState:
        view = self._read()
        return IndexState(view.size, view.generation)

    def _put(self, writer: tantivy.IndexWriter, put: Sequence[Document], gone: set[str]) -> None:
        latest = {document.key: document for document in put}
        for key in gone | set(latest):
            writer.delete_documents_by_term(tantivy_fields.KEY, tantivy_fields.clean(key))
        for document in latest.values():
            writer.add_document(tantivy_fields.as_tantivy(self._shape, document))

    def _read(self) -> View:
        with self._refreshing:
            for _ in range(10):
                name = self._folder.current
                live = self._folder.path / name
                try:
                    generation = f"{name}.{_stamp_of_commit(live)}"
                    if self._view is None or self._view.generation != generation:
                        check_stamp(live, self._shape, _LAYOUT)
                        self._view = View(self._index(name, live), self._shape, generation)
                    return self._view
                except (OSError, ValueError):  # a change-over removed a file between two looks: look again
                    if name == self._folder.current:
                        raise
            raise IndexBusy(f"the index in {self._folder.path} changed faster than it could be opened")

    def _index(self, name: str, live: Path) -> tantivy.Index:
        if self._opened is None or self._opened[0] != name:
            self._opened = name, tantivy_fields.open_index(live)
        index = self._opened[1]
        index.reload()
        return index

    def _create(self, path: Path) -> None:
        write_stamp(path, self._shape, _LAYOUT)
        tantivy_fields.create(path, self._shape)

    def _hit(self, row: Row, needles: tuple[words.Needle, ...], most: int) -> Hit:
        document = row.document
        texts = ((name, document.texts.get(name, "")) for name in self._shape.quoted)
        cuts = (cut for name, text in texts for cut in cut_snippets(name, text, needles, most))
        return Hit(document.key, document.version, row.score, tuple(cuts)[:most] if most > 0 else ())


@contextmanager
def _writing(index: tantivy.Index, *, many: bool) -> Iterator[tantivy.IndexWriter]:
    """A writer whose changes are committed together, or not at all.

    What a writer that died left behind is removed first: tantivy would stumble over a file of deletions it has written
    once already.
    """
    heap, threads = (_LARGE_HEAP, _THREADS) if many else (_SMALL_HEAP, 1)
    writer = index.writer(heap_size=heap, num_threads=threads)
    try:
        writer.garbage_collect_files()
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _stamp_of_commit(live: Path) -> str:
    return str(json.loads((live / _META).read_text("utf-8"))["opstamp"])


def _facet(name: str, counts: Sequence[tuple[str, int]], most: int) -> Facet:
    return Facet(name, tuple(FacetCount(*each) for each in counts[:most]), max(0, len(counts) - most))


def _cursor(side: Side, row: Row) -> str:
    return write_cursor(Place(side, row.values, row.document.key))
