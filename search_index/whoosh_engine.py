"""The engine that needs nothing installed: a Whoosh index in a folder.

Whoosh keeps segments, columns, deletions, the lock and the atomic commit; beside each segment lies our own file of
character postings (`postings.py`), named like the segment's files so that Whoosh removes it together with them.

The folder belongs to the service alone: Whoosh reads its table of contents with pickle, so an index must never be
taken over from elsewhere, only built anew.
"""

import json
import shutil
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from whoosh import columns, fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from search_index import postings
from search_index.engine import (
    Document,
    IndexBusy,
    IndexState,
    Page,
    Query,
    Shape,
    check_document,
    check_query,
)
from search_index.folding import squeeze
from search_index.searching import answer
from search_index.segments import POSTINGS, SOURCE, STATED, Segment, Snapshot, column_names, text_column

_LOCK = "write.lock"
_CURRENT = "current"
_PATIENCE = 60.0  # seconds a writer waits for another one
_LARGEST = 32_000_000  # characters of a segment that may still be joined with others


class WhooshEngine:
    """See `SearchEngine`."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self.folder = folder
        self._shape = shape
        self._refreshing = threading.Lock()
        self._snapshot: Snapshot | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / _CURRENT).exists():
            with self._writing():
                self._begin()

    @property
    def shape(self) -> Shape:
        return self._shape

    def write(self, put: Sequence[Document] = (), remove: Iterable[str] = ()) -> IndexState:
        for document in put:
            check_document(self._shape, document)
        with self._writing():
            _commit(self._live(), self._shape, self._read(), put, remove)
        return self.state()

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> IndexState:
        with self._writing():
            name = f"index-{int(self._current().partition('-')[2]) + 1}"
            shutil.rmtree(self.folder / name, ignore_errors=True)
            index = self._create(name)
            snapshot = Snapshot.open(index, name, self._shape, None)
            for batch in batches:
                _commit(index, self._shape, snapshot, batch, ())
                snapshot = Snapshot.open(index, name, self._shape, snapshot)
            before = self._current()
            self._change_over(name)
            shutil.rmtree(self.folder / before, ignore_errors=True)
        return self.state()

    def search(self, query: Query) -> Page:
        check_query(self._shape, query)
        return answer(query, self._read())

    def versions(self, keys: Iterable[str]) -> dict[str, str]:
        snapshot = self._read()
        numbers = snapshot.numbers_of(keys)
        return {key: snapshot.version(number) for key, number in numbers.items()}

    def state(self) -> IndexState:
        snapshot = self._read()
        return IndexState(snapshot.live_count, snapshot.generation)

    def _read(self) -> Snapshot:
        with self._refreshing:
            for _ in range(10):
                name = self._current()
                try:
                    index = self._live()
                    generation = f"{name}.{index.latest_generation()}"
                    if self._snapshot is None or self._snapshot.generation != generation:
                        self._snapshot = Snapshot.open(index, name, self._shape, self._snapshot)
                    return self._snapshot
                except OSError:  # a commit or a change-over removed a file between two looks: look again
                    if name == self._current() and not (self.folder / name).exists():
                        raise
            return self._snapshot_or_fail()

    def _snapshot_or_fail(self) -> Snapshot:
        if self._snapshot is None:
            raise IndexBusy(f"the index in {self.folder} changed faster than it could be opened")
        return self._snapshot

    def _current(self) -> str:
        return (self.folder / _CURRENT).read_text("ascii")

    def _live(self) -> FileIndex:
        return FileIndex(FileStorage(str(self.folder / self._current())))

    def _begin(self) -> None:
        if not (self.folder / _CURRENT).exists():
            self._create("index-1")
            self._change_over("index-1")

    def _create(self, name: str) -> FileIndex:
        storage = FileStorage(str(self.folder / name)).create()
        return FileIndex.create(storage, _schema(self._shape))

    def _change_over(self, name: str) -> None:
        pending = self.folder / f"{_CURRENT}.new"
        pending.write_text(name, "ascii")
        pending.replace(self.folder / _CURRENT)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileStorage(str(self.folder)).lock(_LOCK)
        if not try_for(lock.acquire, timeout=_PATIENCE, delay=0.05):
            raise IndexBusy(f"the index in {self.folder} is being written by another process")
        try:
            yield
        finally:
            lock.release()


def _schema(shape: Shape) -> fields.Schema:
    schema = fields.Schema(key=fields.ID(unique=True, stored=True))
    for name in column_names(shape):
        schema.add(name, fields.COLUMN(columns.VarBytesColumn()))
    return schema


def _commit(
    index: FileIndex, shape: Shape, snapshot: Snapshot, put: Sequence[Document], remove: Iterable[str]
) -> None:
    latest = {document.key: document for document in put}
    if not latest and not snapshot.numbers_of(remove):
        return
    writer = index.writer(compound=False, timeout=_PATIENCE)
    try:
        for number in snapshot.numbers_of([*latest, *remove]).values():
            writer.delete_document(number)
        joined = _add_documents(writer, shape, snapshot, list(latest.values()))
        writer.commit(
            mergetype=lambda _, segments: [each for each in segments if each.segment_id() not in joined]
        )
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _add_documents(writer: SegmentWriter, shape: Shape, snapshot: Snapshot, put: list[Document]) -> set[str]:
    """Add the new documents and those of the segments that are joined with them; the ids of these segments."""
    squeezed = [[squeeze(document.texts.get(name, "")) for document in put] for name in shape.texts]
    size = sum(len(text) for column in squeezed for text in column)
    segments = _segments_to_join(snapshot, writer, len(put), size)
    parts = [(segment.postings, _copy(writer, shape, segment)) for segment in segments]
    first = writer.doc_count()
    for at, document in enumerate(put):
        lengths = [len(column[at]) for column in squeezed]
        texts = {text_column(ordinal): column[at].encode() for ordinal, column in enumerate(squeezed)}
        writer.add_document(
            key=document.key,
            **{STATED: _stated(document, lengths), SOURCE: _source(document, shape)},
            **texts,
        )
    counted = postings.count_texts(squeezed)
    parts.append((counted, np.arange(first, first + len(put), dtype=np.int64)))
    path = Path(writer.storage.folder) / writer.newsegment.make_filename(POSTINGS)
    postings.save(counted if len(parts) == 1 else postings.merge(parts), path)
    return {segment.segment_id for segment in segments}


def _segments_to_join(snapshot: Snapshot, writer: SegmentWriter, documents: int, size: int) -> list[Segment]:
    """Segments not larger than what is being written: each document is then copied only a few times in its life."""
    if not documents:
        return []
    chosen: list[Segment] = []
    deleted = {segment.segment_id(): set(segment.deleted_docs()) for segment in writer.segments}
    for segment in sorted(snapshot.segments, key=lambda each: each.live_count):
        if segment.live_count > documents or size + segment.characters > _LARGEST:
            break
        chosen.append(segment.without(deleted[segment.segment_id]))
        documents += segment.live_count
        size += segment.characters
    return sorted(chosen, key=lambda each: each.base)


def _copy(writer: SegmentWriter, shape: Shape, segment: Segment) -> "np.typing.NDArray[np.int64]":
    renumbered = np.full(segment.size, -1, dtype=np.int64)
    for number in np.flatnonzero(segment.live):
        renumbered[number] = writer.doc_count()
        copied = {name: segment.column(name, int(number)) for name in column_names(shape)}
        writer.add_document(key=segment.keys[number], **copied)
    return renumbered


def _stated(document: Document, lengths: list[int]) -> bytes:
    stated = {
        "key": document.key,
        "version": document.version,
        "facets": document.facets,
        "numbers": document.numbers,
        "lengths": lengths,
    }
    return json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _source(document: Document, shape: Shape) -> bytes:
    texts = {name: document.texts.get(name, "") for name in shape.quoted}
    return zlib.compress(json.dumps(texts, separators=(",", ":")).encode(), level=3)
