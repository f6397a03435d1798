"""The engine that needs nothing installed: a Whoosh index in a folder.

Whoosh keeps segments, columns, deletions, the lock and the atomic commit; beside each segment lies our own file of
character postings (`postings.py`), named like the segment's files so that Whoosh removes it together with them.

The folder belongs to the service alone: Whoosh reads its table of contents with pickle, so an index must never be
taken over from elsewhere, only built anew.
"""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from whoosh import fields
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
from search_index.folding import paragraph_ends, squeeze
from search_index.searching import answer
from search_index.segments import POSTINGS, TABLE, TEXTS, Integers, Segment, Snapshot
from search_index.stamps import check_stamp, write_stamp
from search_index.tables import TextWriter, joined_tables, save_table, table_of

_LAYOUT = "whoosh 3"  # the version of the files below
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
            index = FileIndex(_DurableStorage(self.folder / self._current()))
            _commit(index, self._shape, self._read(), put, remove)
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
                        check_stamp(self.folder / name, self._shape, _LAYOUT)
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
        storage = _DurableStorage(self.folder / name).create()
        write_stamp(self.folder / name, self._shape, _LAYOUT)
        return FileIndex.create(storage, _schema())

    def _change_over(self, name: str) -> None:
        pending = self.folder / f"{_CURRENT}.new"
        pending.write_text(name, "ascii")
        _sync(pending)
        pending.replace(self.folder / _CURRENT)
        _sync(self.folder)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileStorage(str(self.folder)).lock(_LOCK)
        if not try_for(lock.acquire, timeout=_PATIENCE, delay=0.05):
            raise IndexBusy(f"the index in {self.folder} is being written by another process")
        try:
            yield
        finally:
            lock.release()


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder in which a commit, which ends with a renaming, outlives a power failure as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._kept = set(folder.iterdir()) if folder.exists() else set()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for file in set(Path(self.folder).iterdir()) - self._kept:
            if file.is_file():
                _sync(file)
                self._kept.add(file)
        super().rename_file(oldname, newname, safe=safe)
        _sync(Path(self.folder))


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _schema() -> fields.Schema:
    return fields.Schema(key=fields.ID(unique=True))


def _commit(
    index: FileIndex, shape: Shape, snapshot: Snapshot, put: Sequence[Document], remove: Iterable[str]
) -> None:
    latest = {document.key: document for document in put}
    gone = snapshot.numbers_of([*latest, *remove])
    if not latest and not gone:
        return
    writer = index.writer(compound=False, timeout=_PATIENCE)
    try:
        for number in gone.values():
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
    if not put:
        return set()
    squeezed = [[squeeze(document.texts.get(name, "")) for name in shape.texts] for document in put]
    size = sum(len(text) for row in squeezed for text in row)
    segments = _segments_to_join(snapshot, writer, len(put), size)
    texts = TextWriter(_beside(writer, TEXTS))
    kept = [_copy(writer, texts, segment) for segment in segments]
    for document, row in zip(put, squeezed, strict=True):
        paragraphs = [paragraph_ends(document.texts.get(name, "")) for name in shape.texts]
        texts.add(row, paragraphs, [document.texts.get(name, "") for name in shape.quoted])
        writer.add_document(key=document.key)
    new = table_of(shape, put, [[len(text) for text in row] for row in squeezed])
    every = np.arange(len(put), dtype=np.int64)
    tables = [(segment.table, rows) for segment, rows in zip(segments, kept, strict=True)]
    save_table(joined_tables([*tables, (new, every)]), texts.close(), _beside(writer, TABLE))
    counted = postings.count_texts([list(column) for column in zip(*squeezed, strict=True)])
    base = sum(len(rows) for rows in kept)
    parts = [*_renumbered(segments, kept), (counted, every + base)]
    postings.save(postings.merge(parts) if segments else counted, _beside(writer, POSTINGS))
    return {segment.segment_id for segment in segments}


def _beside(writer: SegmentWriter, ending: str) -> Path:
    name: str = writer.newsegment.make_filename(ending)
    return Path(writer.storage.folder) / name


def _segments_to_join(snapshot: Snapshot, writer: SegmentWriter, documents: int, size: int) -> list[Segment]:
    """Segments not larger than what is being written: each document is then copied only a few times in its life."""
    chosen: list[Segment] = []
    deleted = {segment.segment_id(): set(segment.deleted_docs()) for segment in writer.segments}
    for segment in sorted(snapshot.segments, key=lambda each: each.live_count):
        if segment.live_count > documents or size + segment.characters > _LARGEST:
            break
        chosen.append(segment.without(deleted[segment.segment_id]))
        documents += segment.live_count
        size += segment.characters
    return sorted(chosen, key=lambda each: each.base)


def _copy(writer: SegmentWriter, texts: TextWriter, segment: Segment) -> Integers:
    """Take over what lives of a segment; the rows it had there."""
    rows = np.flatnonzero(segment.live)
    for row in rows.tolist():
        texts.copy(segment.texts, row)
        writer.add_document(key=segment.table.keys[row])
    return rows


def _renumbered(
    segments: Sequence[Segment], kept: Sequence[Integers]
) -> Iterator[tuple[postings.Postings, Integers]]:
    base = 0
    for segment, rows in zip(segments, kept, strict=True):
        numbers = np.full(segment.size, -1, dtype=np.int64)
        numbers[rows] = np.arange(base, base + len(rows))
        yield segment.postings.every(), numbers
        base += len(rows)
