"""The engine that needs nothing installed: a Whoosh index in a folder.

Whoosh keeps segments, columns, deletions, the lock and the atomic commit; beside each segment lies our own file of
character postings (`postings.py`), named like the segment's files so that Whoosh removes it together with them.

The folder belongs to the service alone: Whoosh reads its table of contents with pickle, so an index must never be
taken over from elsewhere, only built anew.
"""

import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
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
from search_index.folders import PATIENCE, IndexFolder, sync
from search_index.folding import paragraph_ends, squeeze
from search_index.searching import answer
from search_index.segments import POSTINGS, TABLE, TEXTS, Integers, Segment, Snapshot
from search_index.stamps import check_stamp, write_stamp
from search_index.tables import TextWriter, joined_tables, save_table, table_of

_LAYOUT = "whoosh 3"  # the version of the files below
_UNFINISHED = re.compile(r"_MAIN_\d+\.toc\..+")  # a table of contents that was never renamed to its place
_LARGEST = 32_000_000  # characters of a segment that may still be joined with others


class WhooshEngine:
    """See `SearchEngine`."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self._shape = shape
        self._refreshing = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._folder = IndexFolder(folder, self._create)

    @property
    def shape(self) -> Shape:
        return self._shape

    def write(self, put: Sequence[Document] = (), remove: Iterable[str] = ()) -> IndexState:
        for document in put:
            check_document(self._shape, document)
        with self._folder.writing():
            live = self._folder.live
            _clear_leftovers(live)
            _commit(FileIndex(_DurableStorage(live)), self._shape, self._read(), put, remove)
        return self.state()

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> IndexState:
        with self._folder.building() as path:
            index = FileIndex(_DurableStorage(path))
            snapshot = Snapshot.open(index, path.name, self._shape, None)
            for batch in batches:
                _commit(index, self._shape, snapshot, batch, ())
                snapshot = Snapshot.open(index, path.name, self._shape, snapshot)
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
                name = self._folder.current
                live = self._folder.path / name
                try:
                    index = FileIndex(FileStorage(str(live)))
                    generation = f"{name}.{index.latest_generation()}"
                    if self._snapshot is None or self._snapshot.generation != generation:
                        check_stamp(live, self._shape, _LAYOUT)
                        self._snapshot = Snapshot.open(index, name, self._shape, self._snapshot)
                    return self._snapshot
                except OSError:  # a commit or a change-over removed a file between two looks: look again
                    if name == self._folder.current and not live.exists():
                        raise
            return self._snapshot_or_fail()

    def _snapshot_or_fail(self) -> Snapshot:
        if self._snapshot is None:
            raise IndexBusy(f"the index in {self._folder.path} changed faster than it could be opened")
        return self._snapshot

    def _create(self, path: Path) -> None:
        write_stamp(path, self._shape, _LAYOUT)
        FileIndex.create(_DurableStorage(path), _schema())


def _clear_leftovers(live: Path) -> None:
    """Remove what writers that died left behind; only the one writer there is may do so."""
    for path in live.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif _UNFINISHED.fullmatch(path.name):
            path.unlink()


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder in which a commit, which ends with a renaming, outlives a power failure as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._kept = set(folder.iterdir()) if folder.exists() else set()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for file in set(Path(self.folder).iterdir()) - self._kept:
            if file.is_file():
                sync(file)
                self._kept.add(file)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


def _schema() -> fields.Schema:
    return fields.Schema(key=fields.ID(unique=True))


def _commit(
    index: FileIndex, shape: Shape, snapshot: Snapshot, put: Sequence[Document], remove: Iterable[str]
) -> None:
    latest = {document.key: document for document in put}
    gone = snapshot.numbers_of([*latest, *remove])
    if not latest and not gone:
        return
    writer = index.writer(compound=False, timeout=PATIENCE)
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
