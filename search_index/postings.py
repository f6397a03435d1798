"""Which characters and pairs of characters stand in which documents how often: one file of numpy arrays per segment.

Whoosh's own postings are written and read one by one in Python: 58 s for 1,000 judgments on the machine where this was
measured. These arrays are made by sorting (about 1 s) and read by mapping the file, so a query touches only what it asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_index.arrays import ArrayFile, save_arrays
from search_index.folding import is_wordly

Codes = npt.NDArray[np.uint64]
Starts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint16]

_FIELD = np.uint64(48)  # bits of a code: 8 for the text's ordinal, then 24 for each of two characters
_FIRST = np.uint64(24)
MOST_COUNTED = 65_535  # a count that high means that often or oftener
_SORTED_AT_ONCE = 1_000_000  # characters counted in one go: bounds the memory of writing
_MERGED_AT_ONCE = 2_000_000  # postings moved in one go
# while counting, a posting is one number: two characters of 21 bits each, then the document
_CHARACTER = np.uint64(21)
_DOCUMENT = np.uint64(22)


def _wordly_table() -> npt.NDArray[np.bool_]:
    low = np.fromiter((is_wordly(chr(code)) for code in range(0x10000)), dtype=np.bool_, count=0x10000)
    high = np.zeros(0x110000 - 0x10000, dtype=np.bool_)
    high[0x20000 - 0x10000 : 0x40000 - 0x10000] = True
    return np.concatenate([low, high])


_WORDLY = _wordly_table()


def gram_code(field: int, gram: str) -> int:
    """The number under which a gram of one or two characters of the text with this ordinal is kept."""
    second = ord(gram[1]) if len(gram) > 1 else 0
    return field << 48 | ord(gram[0]) << 24 | second


@dataclass(frozen=True)
class Postings:
    """For code `codes[i]` the documents are `documents[starts[i]:starts[i+1]]`, ascending, with their `counts`."""

    codes: Codes
    starts: Starts
    documents: Numbers
    counts: Counts

    @property
    def lengths(self) -> Starts:
        """How many documents each code has."""
        return np.diff(self.starts)


def count_texts(texts: Sequence[Sequence[str]]) -> Postings:
    """Postings of squeezed texts: `texts[field][document]`."""
    documents = max((len(column) for column in texts), default=0)
    same = np.arange(documents, dtype=np.int64)
    parts = [
        _counted(ordinal, column[first:last], first)
        for ordinal, column in enumerate(texts)
        for first, last in _pieces(column)
    ]
    return merge([(part, same) for part in parts])


def _pieces(column: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of documents that are counted together."""
    first = size = 0
    for at, text in enumerate(column):
        if size and size + len(text) > _SORTED_AT_ONCE:
            yield first, at
            first, size = at, 0
        size += len(text)
    if first < len(column):
        yield first, len(column)


def _counted(ordinal: int, column: Sequence[str], base: int) -> Postings:
    """Postings of one text of some documents, of which the first is number `base`."""
    characters, owners = _characters(column)
    pairs = _WORDLY[characters[:-1]] & _WORDLY[characters[1:]]
    present = characters != 0
    owned = owners.astype(np.uint64) + np.uint64(base)
    first = characters.astype(np.uint64) << (_CHARACTER + _DOCUMENT) | owned
    second = characters[1:][pairs].astype(np.uint64) << _DOCUMENT
    packed = np.sort(np.concatenate([first[present], first[:-1][pairs] | second]))
    starts = _run_starts(packed)
    counts = np.minimum(np.diff(np.append(starts, len(packed))), MOST_COUNTED).astype(np.uint16)
    packed = packed[starts]
    grams = packed >> _DOCUMENT
    firsts = _run_starts(grams)
    return Postings(
        codes=_codes(ordinal, grams[firsts]),
        starts=np.append(firsts, len(grams)),
        documents=(packed & np.uint64((1 << 22) - 1)).astype(np.uint32),
        counts=counts,
    )


def _codes(ordinal: int, grams: Codes) -> Codes:
    character = np.uint64((1 << 21) - 1)
    return np.uint64(ordinal) << _FIELD | (grams >> _CHARACTER) << _FIRST | (grams & character)


def _characters(column: Sequence[str]) -> tuple[Numbers, Numbers]:
    """All characters one after another, each text closed by a 0, and the document each belongs to."""
    joined = "".join(f"{text}\0" for text in column)
    characters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in column), dtype=np.int64, count=len(column))
    return characters, np.repeat(np.arange(len(column), dtype=np.uint32), lengths)


def _run_starts(ordered: npt.NDArray[np.uint64]) -> Starts:
    """Where a new value begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def merge(parts: Sequence[tuple[Postings, npt.NDArray[np.int64]]]) -> Postings:
    """One of several: each part comes with the new number of each of its documents, -1 for a dropped one.

    New numbers must ascend through the parts of one text. Memory beyond the result is bounded.
    """
    kept = [(_without_dropped(part, renumbered), renumbered) for part, renumbered in parts]
    codes = np.unique(np.concatenate([part.codes for part, _ in kept] or [np.zeros(0, dtype=np.uint64)]))
    places = [np.searchsorted(codes, part.codes) for part, _ in kept]
    lengths = np.zeros(len(codes), dtype=np.int64)
    for (part, _), at in zip(kept, places, strict=True):
        lengths[at] += part.lengths
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    documents = np.empty(starts[-1], dtype=np.uint32)
    counts = np.empty(starts[-1], dtype=np.uint16)
    filled = starts[:-1].copy()
    for (part, renumbered), at in zip(kept, places, strict=True):
        for first, last in _blocks(part.starts):
            run = slice(int(part.starts[first]), int(part.starts[last]))
            shift = filled[at[first:last]] - part.starts[first:last]
            target = np.repeat(shift, part.lengths[first:last]) + np.arange(run.start, run.stop)
            documents[target] = renumbered[part.documents[run]]
            counts[target] = part.counts[run]
        filled[at] += part.lengths
    return Postings(codes, starts, documents, counts)


def _blocks(starts: Starts) -> Iterator[tuple[int, int]]:
    """Runs of codes with a bounded number of postings."""
    steps = np.arange(0, int(starts[-1]), _MERGED_AT_ONCE)
    bounds = np.unique(np.append(np.searchsorted(starts, steps), len(starts) - 1))
    yield from pairwise(bounds.tolist())


def _without_dropped(part: Postings, renumbered: npt.NDArray[np.int64]) -> Postings:
    if not (renumbered < 0).any():
        return part
    kept = renumbered[part.documents] >= 0
    passed = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])
    starts = passed[part.starts]
    used = np.diff(starts) > 0
    return Postings(
        part.codes[used], np.append(starts[:-1][used], starts[-1]), part.documents[kept], part.counts[kept]
    )


class StoredPostings:
    """Postings in a file, read gram by gram: a search touches only what it asks and keeps none of it."""

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        self._codes: Codes = self._file.mapped("codes")
        self._starts: Starts = self._file.mapped("starts")

    def of(self, code: int) -> tuple[Numbers, Counts]:
        """Documents (local numbers) and counts of one gram."""
        at = int(self._codes.searchsorted(np.uint64(code)))
        if at == len(self._codes) or int(self._codes[at]) != code:
            return _NOTHING
        first, last = int(self._starts[at]), int(self._starts[at + 1])
        return self._file.piece("documents", first, last), self._file.piece("counts", first, last)

    def of_each(self, codes: Codes) -> Iterator[tuple[Numbers, Counts]]:
        """The same for many grams, in their order."""
        if not len(self._codes):
            yield from (_NOTHING for _ in codes)
            return
        at = np.minimum(self._codes.searchsorted(codes), len(self._codes) - 1)
        present = (self._codes[at] == codes).tolist()
        firsts, lasts = self._starts[at].tolist(), self._starts[at + 1].tolist()
        for is_there, first, last in zip(present, firsts, lasts, strict=True):
            if is_there:
                yield self._file.piece("documents", first, last), self._file.piece("counts", first, last)
            else:
                yield _NOTHING

    def every(self) -> Postings:
        """All of them, mapped."""
        return Postings(
            self._codes, self._starts, self._file.mapped("documents"), self._file.mapped("counts")
        )


_NOTHING: tuple[Numbers, Counts] = np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint16)


def save(postings: Postings, path: Path) -> None:
    """Write postings to a file for `StoredPostings`."""
    arrays = {"codes": postings.codes, "starts": postings.starts}
    save_arrays({**arrays, "documents": postings.documents, "counts": postings.counts}, path)
