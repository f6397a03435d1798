"""Which characters and pairs of characters stand in which documents how often: one file of numpy arrays per segment.

Whoosh's own postings are written and read one by one in Python: 58 s for 1,000 judgments on the machine where this was
measured. These arrays are made by sorting (about 2 s) and read by mapping the file, so a query touches only what it asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_index.folding import is_wordly

Codes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint16]

_MAGIC = b"YGRAMS01"
_HEADER = 24
_FIELD = np.uint64(48)  # bits of a code: 8 for the text's ordinal, then 24 for each of two characters
_FIRST = np.uint64(24)
_MOST = 65_535


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
    starts: npt.NDArray[np.uint64]
    documents: Numbers
    counts: Counts

    def of(self, code: int) -> tuple[Numbers, Counts]:
        """Documents (local numbers) and counts of one gram."""
        at = int(np.searchsorted(self.codes, np.uint64(code)))
        if at == len(self.codes) or int(self.codes[at]) != code:
            return self.documents[:0], self.counts[:0]
        first, last = int(self.starts[at]), int(self.starts[at + 1])
        return self.documents[first:last], self.counts[first:last]


def count_texts(texts: Sequence[Sequence[str]]) -> Postings:
    """Postings of squeezed texts: `texts[field][document]`."""
    codes, documents = [], []
    for ordinal, column in enumerate(texts):
        characters, owners = _characters(column)
        pairs = _WORDLY[characters[:-1]] & _WORDLY[characters[1:]]
        present = characters != 0
        first = characters.astype(np.uint64) << _FIRST
        base = np.uint64(ordinal) << _FIELD
        codes += [first[present] | base, (first[:-1][pairs] | characters[1:][pairs]) | base]
        documents += [owners[present], owners[:-1][pairs]]
    return _counted(np.concatenate(codes), np.concatenate(documents))


def _characters(column: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """All characters one after another, each text closed by a 0, and the document each belongs to."""
    joined = "".join(f"{text}\0" for text in column)
    characters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in column), dtype=np.int64, count=len(column))
    return characters, np.repeat(np.arange(len(column), dtype=np.uint32), lengths)


def _counted(codes: Codes, documents: Numbers) -> Postings:
    order = np.argsort(codes, kind="stable")
    codes, documents = codes[order], documents[order]
    if not len(codes):
        return Postings(codes, np.zeros(1, dtype=np.uint64), documents, np.zeros(0, dtype=np.uint16))
    new_code = np.concatenate([[True], codes[1:] != codes[:-1]])
    new_pair = new_code | np.concatenate([[True], documents[1:] != documents[:-1]])
    firsts = np.flatnonzero(new_pair)
    counts = np.diff(np.append(firsts, len(codes)))
    return _grouped(codes[firsts], documents[firsts], np.minimum(counts, _MOST).astype(np.uint16))


def _grouped(codes: Codes, documents: Numbers, counts: Counts) -> Postings:
    new_code = (
        np.concatenate([[True], codes[1:] != codes[:-1]]) if len(codes) else np.zeros(0, dtype=np.bool_)
    )
    firsts = np.flatnonzero(new_code)
    starts = np.append(firsts, len(codes)).astype(np.uint64)
    return Postings(codes[firsts], starts, documents, counts)


def merge(parts: Iterable[tuple[Postings, npt.NDArray[np.int64]]]) -> Postings:
    """One of several: each part comes with the new number of each of its documents, -1 for a dropped one.

    New numbers must ascend through the parts.
    """
    codes, documents, counts = [], [], []
    for part, renumbered in parts:
        spread = np.repeat(part.codes, part.starts.astype(np.int64)[1:] - part.starts.astype(np.int64)[:-1])
        numbers = renumbered[part.documents]
        kept = numbers >= 0
        codes.append(spread[kept])
        documents.append(numbers[kept].astype(np.uint32))
        counts.append(part.counts[kept])
    every = np.concatenate(codes)
    order = np.argsort(every, kind="stable")
    return _grouped(every[order], np.concatenate(documents)[order], np.concatenate(counts)[order])


def save(postings: Postings, path: Path) -> None:
    """Write the arrays to a file that `load` maps."""
    sizes = np.array([len(postings.codes), len(postings.documents)], dtype=np.uint64)
    with path.open("wb") as file:
        file.write(_MAGIC + sizes.tobytes())
        for array in (postings.codes, postings.starts, postings.documents, postings.counts):
            file.write(np.ascontiguousarray(array).tobytes())


def load(path: Path) -> Postings:
    """Map a saved file; ValueError if it is none. The arrays are read from the disk as they are used."""
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    if mapped[: len(_MAGIC)].tobytes() != _MAGIC:
        raise ValueError(f"{path.name} holds no postings")
    terms, pairs = (int(size) for size in mapped[len(_MAGIC) : _HEADER].view(np.uint64))
    bounds = np.cumsum([_HEADER, terms * 8, (terms + 1) * 8, pairs * 4, pairs * 2])
    pieces = [mapped[first:last] for first, last in pairwise(bounds)]
    return Postings(
        pieces[0].view(np.uint64),
        pieces[1].view(np.uint64),
        pieces[2].view(np.uint32),
        pieces[3].view(np.uint16),
    )
