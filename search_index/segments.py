"""What lies in the index, as a search sees it: segments that never change, and the snapshot of one commit."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.index import TOC, FileIndex

from search_index import proving, scoring, words
from search_index.engine import Shape
from search_index.folding import is_wordly, squeeze
from search_index.postings import MOST_COUNTED, StoredPostings, gram_code
from search_index.tables import Table, Texts, load_table
from search_index.tree import Proved

TABLE = ".table"  # endings of a segment's files
TEXTS = ".texts"
POSTINGS = ".grams"

_CACHED = 32_000_000  # bytes of found words kept per snapshot
_REMEMBERED = 12  # answers kept per snapshot
_SPARSE = 16  # entries are added one by one when there are so many times more documents

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Segment:
    """One segment of the index. Document numbers are local: 0 to `size` - 1; `base` is added for the whole index."""

    segment_id: str
    base: int
    size: int
    live: Mask
    table: Table
    texts: Texts
    postings: StoredPostings

    @property
    def live_count(self) -> int:
        return int(np.count_nonzero(self.live))

    @cached_property
    def characters(self) -> int:
        return int(self.table.lengths.sum(dtype=np.int64))

    def without(self, deleted: set[int]) -> "Segment":
        """The same segment with these documents gone."""
        live = np.ones(self.size, dtype=np.bool_)
        live[list(deleted)] = False
        return replace(self, live=live)


@dataclass(frozen=True)
class Found:
    """Documents of the whole index with a word, ascending, and the weight of the word in each."""

    documents: Numbers
    weights: Floats


@dataclass(frozen=True)
class FacetValues:
    """Entry i says that document `owners[i]`, ascending, has value `codes[i]` of `values`, which are sorted."""

    values: tuple[str, ...]
    owners: Integers
    codes: Integers

    def of(self, number: int) -> tuple[str, ...]:
        """The values of one document."""
        first, last = np.searchsorted(self.owners, [number, number + 1]).tolist()
        return tuple(self.values[code] for code in self.codes[first:last].tolist())


class Snapshot:
    """The index as one commit left it. Numbers of documents run through all segments; deleted ones are never found."""

    def __init__(self, generation: str, shape: Shape, segments: list[Segment]) -> None:
        self.generation = generation
        self.shape = shape
        self.segments = segments
        self.size = sum(segment.size for segment in segments)
        self.live = _joined([segment.live for segment in segments], np.bool_)
        self.live_count = int(np.count_nonzero(self.live))
        self._ordinals = {name: ordinal for ordinal, name in enumerate(shape.texts)}
        self._numbers: dict[str, Floats] = {}
        self._facets: dict[str, FacetValues] = {}
        self._found: OrderedDict[Hashable, Found] = OrderedDict()
        self._found_bytes = 0
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def open(cls, index: FileIndex, name: str, shape: Shape, before: "Snapshot | None") -> "Snapshot":
        """Read the last commit; segments that an earlier snapshot has open are taken over from it."""
        contents = TOC.read(index.storage, index.indexname)
        opened = {segment.segment_id: segment for segment in before.segments} if before else {}
        segments: list[Segment] = []
        base = 0
        for stored in contents.segments:
            known = opened.get(stored.segment_id()) or _load(Path(index.storage.folder), stored, shape)
            live = known.without(set(stored.deleted_docs()))
            segments.append(replace(live, base=base))
            base += known.size
        return cls(f"{name}.{contents.generation}", shape, segments)

    @cached_property
    def numbers_by_key(self) -> dict[str, int]:
        keys = (key for segment in self.segments for key in segment.table.keys)
        return {key: number for number, key in enumerate(keys) if self.live[number]}

    @cached_property
    def sorted_keys(self) -> list[str]:
        """The keys of all documents, also of deleted ones, in order."""
        return sorted(key for segment in self.segments for key in segment.table.keys)

    @cached_property
    def key_ranks(self) -> Integers:
        """The place of each document when all are ordered by key."""
        keys = [key for segment in self.segments for key in segment.table.keys]
        ranks = np.empty(self.size, dtype=np.int64)
        ranks[sorted(range(self.size), key=keys.__getitem__)] = np.arange(self.size)
        return ranks

    @cached_property
    def norms(self) -> Floats:
        """`scoring.length_norm` of each document's texts: norms[document, text]."""
        lengths = _joined([segment.table.lengths for segment in self.segments], np.uint32, self._texts)
        averages = lengths[self.live].sum(axis=0, dtype=np.int64) / max(1, self.live_count)
        safe = np.where(averages > 0, averages, 1.0)
        norms: Floats = np.where(averages > 0, 1 - scoring.B + scoring.B * lengths / safe, 1.0)
        return norms

    @property
    def _texts(self) -> int:
        return len(self.shape.texts)

    def numbers_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The document number of each key that is in the index."""
        return {key: self.numbers_by_key[key] for key in keys if key in self.numbers_by_key}

    def key(self, number: int) -> str:
        segment, local = self.place(number)
        return segment.table.keys[local]

    def version(self, number: int) -> str:
        segment, local = self.place(number)
        return segment.table.versions[local]

    def source(self, number: int) -> dict[str, str]:
        """The quoted texts of a document as they came in."""
        segment, local = self.place(number)
        return {name: segment.texts.quoted(local, at) for at, name in enumerate(self.shape.quoted)}

    def place(self, number: int) -> tuple[Segment, int]:
        """The segment of a document and its number there."""
        segment = next(each for each in reversed(self.segments) if each.base <= number)
        return segment, number - segment.base

    def number_column(self, name: str) -> Floats:
        """A number of every document, NaN where it has none."""
        if name not in self._numbers:
            columns = [segment.table.numbers[name] for segment in self.segments]
            self._numbers[name] = _joined(columns, np.float64)
        return self._numbers[name]

    def facet(self, name: str) -> FacetValues:
        """The values of a facet of every document."""
        if name not in self._facets:
            self._facets[name] = _facet_values(self.segments, name)
        return self._facets[name]

    def has_value(self, name: str, wanted: Iterable[str]) -> Mask:
        """Documents of which a facet has one of the wanted values."""
        facet, among = self.facet(name), set(wanted)
        fits = np.fromiter((value in among for value in facet.values), np.bool_, len(facet.values))
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[facet.owners[fits[facet.codes]]] = True
        found: Mask = mask & self.live
        return found

    def reads_like(self, name: str, text: str, *, exact: bool) -> Mask:
        """Documents of which a facet has a value that, squeezed, is the text or contains it."""
        squeezed = ((value, squeeze(value)) for value in self.facet(name).values)
        return self.has_value(name, [value for value, bare in squeezed if _fits(text, bare, exact)])

    def facet_counts(self, name: str, mask: Mask, most: int) -> tuple[list[tuple[str, int]], int]:
        """The `most` frequent values among the masked documents, each with its count; how many were left off."""
        facet = self.facet(name)
        counts = np.bincount(facet.codes[mask[facet.owners]], minlength=len(facet.values))
        present = np.flatnonzero(counts)
        first = present[np.argsort(-counts[present], kind="stable")[:most]]
        return [(facet.values[code], int(counts[code])) for code in first], max(0, len(present) - most)

    def remembered(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made for a key before, or makes it. The last few are kept."""
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return self._remembered[key]
        made = make()
        with self._lock:
            self._remembered[key] = made
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return made

    def grams(self, name: str, grams: Sequence[str]) -> Iterator[Found]:
        """Documents with each gram in one text, whatever the text weighs. Not kept: whoever asks, asks for hundreds."""
        codes = np.array([gram_code(self._ordinals[name], gram) for gram in grams], dtype=np.uint64)
        every = [segment.postings.of_each(codes) for segment in self.segments]
        norms, all_live = self.text_norms(name), self.live_count == self.size
        for parts in zip(*every, strict=True):
            held = [
                (having + np.uint32(segment.base), times)
                for segment, (having, times) in zip(self.segments, parts, strict=True)
                if len(having)
            ]
            documents = _joined([numbers for numbers, _ in held], np.uint32)
            counts = _joined([times for _, times in held], np.uint16)
            if not all_live:
                alive = self.live[documents]
                documents, counts = documents[alive], counts[alive]
            yield Found(documents, counts / norms[documents])

    def text_norms(self, name: str) -> Floats:
        """`scoring.length_norm` of one text of every document."""
        norms: Floats = np.ascontiguousarray(self.norms[:, self._ordinals[name]])
        return norms

    def find(self, needle: str, field: str = "", *, proved: bool = True) -> Found:
        """Where a squeezed needle occurs. Unproved: only its grams occur, which for two characters is the same."""
        asked = (needle, field, proved and not words.is_one_gram(needle))
        return self._known(asked, lambda: self._look_up(*asked))

    def prove(self, node: Proved) -> Found:
        """Where a node that is proved on the text holds."""
        names = [field] if (field := proving.field_of(node)) else list(self.shape.texts)
        return self._known(node, lambda: self._added([self._proved_in(name, node) for name in names]))

    def _known(self, key: Hashable, look_up: Callable[[], Found]) -> Found:
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._found.move_to_end(key)
                return known
        found = look_up()
        self._keep(key, found)
        return found

    def _keep(self, key: Hashable, found: Found) -> None:
        with self._lock:
            if key in self._found:
                return
            self._found[key] = found
            self._found_bytes += found.documents.nbytes + found.weights.nbytes
            while self._found_bytes > _CACHED:
                _, dropped = self._found.popitem(last=False)
                self._found_bytes -= dropped.documents.nbytes + dropped.weights.nbytes

    def _look_up(self, needle: str, field: str, proved: bool) -> Found:
        """Weights are added text by text in the order of the shape, so that every engine rounds alike."""
        found = [self._weighed(name, needle, proved) for name in ([field] if field else self.shape.texts)]
        found = [each for each in found if len(each.documents)] or found[:1]
        return found[0] if len(found) == 1 else self._added(found)

    def _weighed(self, name: str, needle: str, proved: bool) -> Found:
        ordinal = self._ordinals[name]
        parts = [_occurrences(segment, ordinal, needle, proved) for segment in self.segments]
        documents = _joined([numbers + base for numbers, _, base in parts], np.uint32)
        counts = _joined([counts for _, counts, _ in parts], np.uint16)
        alive = self.live[documents]
        documents, counts = documents[alive], counts[alive]
        return Found(documents, self.shape.texts[name] * counts / self.norms[documents, ordinal])

    def _proved_in(self, name: str, node: Proved) -> Found:
        ordinal = self._ordinals[name]
        held = [
            (int(number) + segment.base, times)
            for segment in self.segments
            for number in _candidates(segment, ordinal, node).tolist()
            if (times := _times(segment, ordinal, node, number))
        ]
        documents = np.array([number for number, _ in held], dtype=np.uint32)
        counts = np.array([times for _, times in held], dtype=np.float64)
        return Found(documents, self.shape.texts[name] * counts / self.norms[documents, ordinal])

    def _added(self, found: list[Found]) -> Found:
        if _SPARSE * sum(len(each.documents) for each in found) < self.size:
            joined = np.concatenate([each.documents for each in found])
            documents, places = np.unique(joined, return_inverse=True)
            weights = np.zeros(len(documents), dtype=np.float64)
            np.add.at(weights, places, np.concatenate([each.weights for each in found]))
            return Found(documents, weights)
        every = np.zeros(self.size, dtype=np.float64)
        for each in found:
            every[each.documents] += each.weights
        documents = np.flatnonzero(every).astype(np.uint32)
        return Found(documents, every[documents])


def _fits(text: str, value: str, exact: bool) -> bool:
    return text == value if exact else text in value


def _facet_values(segments: list[Segment], name: str) -> FacetValues:
    parts = [
        (segment, segment.table.facets[name], list(segment.table.facets[name].values)) for segment in segments
    ]
    values = sorted({value for _, _, some in parts for value in some})
    codes = {value: code for code, value in enumerate(values)}
    recoded = [
        np.array([codes[value] for value in some], dtype=np.int64)[column.codes]
        for _, column, some in parts
        if some
    ]
    owners = [column.owners.astype(np.int64) + segment.base for segment, column, some in parts if some]
    return FacetValues(tuple(values), _joined(owners, np.int64), _joined(recoded, np.int64))


def _occurrences(
    segment: Segment, ordinal: int, needle: str, proved: bool
) -> tuple[Numbers, npt.NDArray[np.uint16], np.uint32]:
    """Local documents with all grams of the needle and the smallest count among them, proved by the text if asked."""
    lists = [segment.postings.of(gram_code(ordinal, gram)) for gram in words.grams(needle) or ("\0",)]
    lists.sort(key=lambda each: len(each[0]))
    documents, counts = lists[0]
    for having, times in lists[1:]:
        if not len(documents):
            break
        at = np.minimum(having.searchsorted(documents), len(having) - 1)
        common = having[at] == documents
        documents = documents[common]
        counts = np.minimum(counts[common], times[at[common]])
    if proved and len(documents):
        kept = _proved(segment, ordinal, needle, documents)
        documents, counts = documents[kept], counts[kept]
    return documents, counts, np.uint32(segment.base)


def _candidates(segment: Segment, ordinal: int, node: Proved) -> Numbers:
    """Local documents with the grams of every needle that the node needs."""
    chosen = np.flatnonzero(segment.live).astype(np.uint32)
    for group in proving.needed(node):
        having = [_occurrences(segment, ordinal, needle, proved=False)[0] for needle in group]
        chosen = np.intersect1d(chosen, np.concatenate(having))
    return chosen


def _times(segment: Segment, ordinal: int, node: Proved, number: int) -> int:
    paragraphs = segment.texts.paragraphs(number, ordinal) if proving.asks_paragraphs(node) else ()
    return proving.times(node, segment.texts.squeezed(number, ordinal).decode(), paragraphs)


def _proved(segment: Segment, ordinal: int, needle: str, documents: Numbers) -> Mask:
    """Which documents have the needle: by counting where that is enough, else by reading their texts."""
    wanted, one, live = needle.encode(), segment.texts.squeezed, segment.live
    proved = _counted(segment, ordinal, needle, documents)
    for at in np.flatnonzero(~proved).tolist():
        number = int(documents[at])
        proved[at] = live[number] and wanted in one(number, ordinal)
    return proved


def _counted(segment: Segment, ordinal: int, needle: str, documents: Numbers) -> Mask:
    """Documents in which some pairs must join to the needle, because the character they share is too rare for all to stand
    apart: 被害 three times, 害人 twice and 害 only four times make at least one 被害人."""
    if not all(map(is_wordly, needle)):
        return np.zeros(len(documents), dtype=np.bool_)
    joined, surely = _times_of(segment, ordinal, needle[:2], documents)
    for at in range(1, len(needle) - 1):
        following, sure = _times_of(segment, ordinal, needle[at : at + 2], documents)
        shared, sure_shared = _times_of(segment, ordinal, needle[at], documents)
        joined = np.maximum(0, joined + following - shared)
        surely &= sure & sure_shared
    found: Mask = (joined > 0) & surely
    return found


def _times_of(segment: Segment, ordinal: int, gram: str, documents: Numbers) -> tuple[Integers, Mask]:
    """How often a gram stands in each of some documents that have it, and whether the count is exact."""
    having, times = segment.postings.of(gram_code(ordinal, gram))
    counts = times[having.searchsorted(documents)]
    return counts.astype(np.int64), counts < MOST_COUNTED


def _load(folder: Path, stored: Any, shape: Shape) -> Segment:
    size = stored.doc_count_all()
    table, places = load_table(shape, folder / stored.make_filename(TABLE))
    return Segment(
        segment_id=stored.segment_id(),
        base=0,
        size=size,
        live=np.ones(size, dtype=np.bool_),
        table=table,
        texts=Texts(folder / stored.make_filename(TEXTS), places, shape),
        postings=StoredPostings(folder / stored.make_filename(POSTINGS)),
    )


def _joined(arrays: list[Any], dtype: Any, width: int = 0) -> Any:
    if not arrays:
        return np.zeros((0, width) if width else 0, dtype=dtype)
    return np.concatenate(arrays)
