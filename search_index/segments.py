"""What lies in the index, as a search sees it: segments that never change, and the snapshot of one commit."""

import json
import mmap
import sys
import threading
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import columns
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import TOC, FileIndex

from search_index import postings, scoring, words
from search_index.engine import Shape
from search_index.folding import squeeze
from search_index.postings import Postings, gram_code

STATED = "stated"  # column: key, version, facets, numbers, lengths of the texts, as JSON
SOURCE = "source"  # column: the texts snippets are cut from, as they came
POSTINGS = ".grams"  # ending of the file of postings

_CACHED = 48_000_000  # bytes of found words kept per snapshot

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def text_column(ordinal: int) -> str:
    """The name of the column with the squeezed characters of a text."""
    return f"text{ordinal}"


@dataclass(frozen=True)
class FacetColumn:
    """Values of one facet: entry i says that document `owners[i]` has value `codes[i]` of `values`."""

    values: tuple[str, ...]
    owners: Integers
    codes: Integers


@dataclass(frozen=True)
class Segment:
    """One segment of the index. Document numbers are local: 0 to `size` - 1; `base` is added for the whole index."""

    segment_id: str
    base: int
    size: int
    live: Mask
    keys: tuple[str, ...]
    versions: tuple[str, ...]
    lengths: Integers
    numbers: dict[str, Floats]
    facets: dict[str, FacetColumn]
    postings: Postings
    readers: dict[str, Any]

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    @property
    def characters(self) -> int:
        return int(self.lengths.sum())

    def column(self, name: str, number: int) -> bytes:
        """The bytes a document has in a column."""
        found: bytes = self.readers[name][number]
        return found

    def without(self, deleted: set[int]) -> "Segment":
        """The same segment with these documents gone."""
        live = np.ones(self.size, dtype=np.bool_)
        live[list(deleted)] = False
        return replace(self, live=live)


@dataclass(frozen=True)
class Found:
    """Documents of the whole index with a word, ascending, and the weight of the word in each."""

    documents: Integers
    weights: Floats


class Snapshot:
    """The index as one commit left it. Numbers of documents run through all segments; deleted ones are never found."""

    def __init__(self, generation: str, shape: Shape, segments: list[Segment]) -> None:
        self.generation = generation
        self.shape = shape
        self.segments = segments
        self.size = sum(segment.size for segment in segments)
        self.live = _joined([segment.live for segment in segments], np.bool_)
        self.live_count = int(self.live.sum())
        self.keys = [key for segment in segments for key in segment.keys]
        self._ordinals = {name: ordinal for ordinal, name in enumerate(shape.texts)}
        self._found: OrderedDict[tuple[str, str, bool], Found] = OrderedDict()
        self._found_bytes = 0
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
        return {key: number for number, key in enumerate(self.keys) if self.live[number]}

    @cached_property
    def key_ranks(self) -> Integers:
        """The place of each document when all are ordered by key."""
        ranks = np.empty(self.size, dtype=np.int64)
        ranks[sorted(range(self.size), key=self.keys.__getitem__)] = np.arange(self.size)
        return ranks

    @cached_property
    def norms(self) -> Floats:
        """`scoring.length_norm` of each document's texts: norms[document, text]."""
        lengths = _joined([segment.lengths for segment in self.segments], np.int64, self._texts)
        averages = lengths[self.live].sum(axis=0) / max(1, self.live_count)
        safe = np.where(averages > 0, averages, 1.0)
        norms: Floats = np.where(averages > 0, 1 - scoring.B + scoring.B * lengths / safe, 1.0)
        return norms

    @property
    def _texts(self) -> int:
        return len(self.shape.texts)

    def numbers_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The document number of each key that is in the index."""
        return {key: self.numbers_by_key[key] for key in keys if key in self.numbers_by_key}

    def version(self, number: int) -> str:
        segment, local = self.place(number)
        return segment.versions[local]

    def source(self, number: int) -> dict[str, str]:
        """The texts of a document as they came in."""
        segment, local = self.place(number)
        texts: dict[str, str] = json.loads(zlib.decompress(segment.column(SOURCE, local)))
        return texts

    def place(self, number: int) -> tuple[Segment, int]:
        """The segment of a document and its number there."""
        segment = next(each for each in reversed(self.segments) if each.base <= number)
        return segment, number - segment.base

    def number_column(self, name: str) -> Floats:
        """A number of every document, NaN where it has none."""
        joined: Floats = _joined([segment.numbers[name] for segment in self.segments], np.float64)
        return joined

    def has_value(self, name: str, wanted: "set[str] | None", *, containing: str = "") -> Mask:
        """Documents of which a facet has one of the wanted values, or, without them, a value containing a text."""
        mask = np.zeros(self.size, dtype=np.bool_)
        for segment in self.segments:
            facet = segment.facets[name]
            fits = [
                value in wanted if wanted is not None else containing in squeeze(value)
                for value in facet.values
            ]
            chosen = np.array(fits, dtype=np.bool_)[facet.codes] if fits else np.zeros(0, dtype=np.bool_)
            mask[facet.owners[chosen] + segment.base] = True
        found: Mask = mask & self.live
        return found

    def equal_value(self, name: str, text: str) -> Mask:
        """Documents of which a facet has a value that is the squeezed text."""
        every = {value for segment in self.segments for value in segment.facets[name].values}
        return self.has_value(name, {value for value in every if squeeze(value) == text})

    def facet_values(self, name: str) -> tuple[str, ...]:
        """Every value of a facet that the index knows."""
        return tuple(
            dict.fromkeys(value for segment in self.segments for value in segment.facets[name].values)
        )

    def values_of(self, name: str, number: int) -> tuple[str, ...]:
        """The values a facet of one document has."""
        segment, local = self.place(number)
        facet = segment.facets[name]
        first, last = np.searchsorted(facet.owners, [local, local + 1])
        return tuple(facet.values[code] for code in facet.codes[first:last].tolist())

    def facet_counts(self, name: str, mask: Mask) -> dict[str, int]:
        """How many of the masked documents have each value."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            facet = segment.facets[name]
            inside = facet.codes[mask[facet.owners + segment.base]]
            for code, count in enumerate(np.bincount(inside, minlength=len(facet.values))):
                if count:
                    counts[facet.values[code]] = counts.get(facet.values[code], 0) + int(count)
        return counts

    def find(self, needle: str, field: str = "", *, proved: bool = True) -> Found:
        """Where a squeezed needle occurs. Unproved: only its grams occur, which for two characters is the same."""
        key = (needle, field, proved and not words.is_one_gram(needle))
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._found.move_to_end(key)
                return known
        found = self._look_up(*key)
        self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str, bool], found: Found) -> None:
        with self._lock:
            if key in self._found:
                return
            self._found[key] = found
            self._found_bytes += found.documents.nbytes + found.weights.nbytes
            while self._found_bytes > _CACHED:
                _, dropped = self._found.popitem(last=False)
                self._found_bytes -= dropped.documents.nbytes + dropped.weights.nbytes

    def _look_up(self, needle: str, field: str, proved: bool) -> Found:
        weights = np.zeros(self.size, dtype=np.float64)
        for name in [field] if field else self.shape.texts:
            ordinal = self._ordinals[name]
            for segment in self.segments:
                documents, counts = _occurrences(segment, ordinal, needle, proved)
                numbers = documents + segment.base
                weights[numbers] += self.shape.texts[name] * counts / self.norms[numbers, ordinal]
        weights[~self.live] = 0.0
        documents = np.flatnonzero(weights)
        return Found(documents, weights[documents])


def _occurrences(segment: Segment, ordinal: int, needle: str, proved: bool) -> tuple[Integers, Integers]:
    """Local documents with all grams of the needle and the smallest count among them, proved by the text if asked."""
    documents, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for at, gram in enumerate(words.grams(needle)):
        having, times = segment.postings.of(gram_code(ordinal, gram))
        if at == 0:
            documents, counts = having.astype(np.int64), times.astype(np.int64)
            continue
        documents, here, there = np.intersect1d(documents, having, assume_unique=True, return_indices=True)
        counts = np.minimum(counts[here], times[there])
    if proved and len(documents):
        column, wanted = text_column(ordinal), needle.encode()
        kept = np.fromiter(
            (
                segment.live[number] and wanted in segment.column(column, number)
                for number in documents.tolist()
            ),
            dtype=np.bool_,
            count=len(documents),
        )
        documents, counts = documents[kept], counts[kept]
    return documents, counts


class _MappedFile:
    """The part of Whoosh's file interface that a column reader needs, over a mapped file that is closed again."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def get(self, position: int, length: int) -> bytes:
        return self._map[position : position + length]

    def get_byte(self, position: int) -> int:
        return self._map[position]

    def get_array(self, position: int, typecode: str, length: int) -> "array[int]":
        found = array(typecode)
        found.frombytes(self.get(position, length * found.itemsize))
        if sys.byteorder == "little":
            found.byteswap()
        return found

    def __len__(self) -> int:
        return len(self._map)


def column_names(shape: Shape) -> list[str]:
    """The columns every document of this shape has."""
    return [STATED, SOURCE, *(text_column(ordinal) for ordinal in range(len(shape.texts)))]


def _load(folder: Path, stored: Any, shape: Shape) -> Segment:
    size = stored.doc_count_all()
    readers = {name: _column(folder, stored, name, size) for name in column_names(shape)}
    stated = [json.loads(readers[STATED][number]) for number in range(size)]
    return Segment(
        segment_id=stored.segment_id(),
        base=0,
        size=size,
        live=np.ones(size, dtype=np.bool_),
        keys=tuple(each["key"] for each in stated),
        versions=tuple(each["version"] for each in stated),
        lengths=np.array([each["lengths"] for each in stated], dtype=np.int64).reshape(
            size, len(shape.texts)
        ),
        numbers={name: _numbers(stated, name) for name in shape.numbers},
        facets={name: _facet(stated, name) for name in shape.facets},
        postings=postings.load(folder / stored.make_filename(POSTINGS)),
        readers=readers,
    )


def _column(folder: Path, stored: Any, name: str, size: int) -> Any:
    file = _MappedFile(folder / W3Codec.column_filename(stored, name))
    return columns.VarBytesColumn().reader(file, 0, len(file), size)


def _numbers(stated: list[dict[str, Any]], name: str) -> Floats:
    return np.array([each["numbers"].get(name, np.nan) for each in stated], dtype=np.float64)


def _facet(stated: list[dict[str, Any]], name: str) -> FacetColumn:
    codes: dict[str, int] = {}
    entries = [
        (number, codes.setdefault(value, len(codes)))
        for number, each in enumerate(stated)
        for value in dict.fromkeys(each["facets"].get(name, ()))
    ]
    both = np.array(entries, dtype=np.int64).reshape(len(entries), 2)
    return FacetColumn(tuple(codes), both[:, 0], both[:, 1])


def _joined(arrays: list[Any], dtype: Any, width: int = 0) -> Any:
    if not arrays:
        return np.zeros((0, width) if width else 0, dtype=dtype)
    return np.concatenate(arrays)
