"""What a segment's documents are, without their texts: keys, versions, lengths, numbers and facets as arrays.

The texts themselves lie one after another in a second file (`TextWriter`, `Texts`), read piece by piece and never mapped,
so that a search which proves a phrase in thousands of texts does not fill the memory of its process with them.
"""

import os
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search_index.arrays import ArrayFile, save_arrays
from search_index.engine import Document, Shape

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Strings:
    """Many short strings as one run of bytes; the i-th ends at `ends[i]`."""

    joined: npt.NDArray[np.uint8]
    ends: Integers

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Strings":
        pieces = [string.encode("utf-8", "surrogatepass") for string in strings]
        ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)), dtype=np.int64)
        return cls(np.frombuffer(b"".join(pieces), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        return self.joined[start : int(self.ends[at])].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        every, start = self.joined.tobytes(), 0
        for end in self.ends.tolist():
            yield every[start:end].decode("utf-8", "surrogatepass")
            start = end


@dataclass(frozen=True)
class FacetColumn:
    """Values of one facet: entry i says that document `owners[i]`, ascending, has value `codes[i]` of `values`."""

    values: Strings
    owners: Codes
    codes: Codes


@dataclass(frozen=True)
class Table:
    """One row per document. `lengths[document, text]` counts squeezed characters; a missing number is NaN."""

    keys: Strings
    versions: Strings
    lengths: npt.NDArray[np.uint32]
    numbers: dict[str, Floats]
    facets: dict[str, FacetColumn]

    def __len__(self) -> int:
        return len(self.keys)


def table_of(shape: Shape, documents: Sequence[Document], lengths: Sequence[Sequence[int]]) -> Table:
    """The table of new documents, with `lengths[document][text]`."""
    return Table(
        keys=Strings.of(document.key for document in documents),
        versions=Strings.of(document.version for document in documents),
        lengths=np.array(lengths, dtype=np.uint32).reshape(len(documents), len(shape.texts)),
        numbers={name: _numbers(documents, name) for name in shape.numbers},
        facets={
            name: _facet(list(document.facets.get(name, ())) for document in documents)
            for name in shape.facets
        },
    )


def _numbers(documents: Sequence[Document], name: str) -> Floats:
    return np.array([document.numbers.get(name, np.nan) for document in documents], dtype=np.float64)


def _facet(rows: Iterable[Sequence[str]]) -> FacetColumn:
    codes: dict[str, int] = {}
    entries = [
        (number, codes.setdefault(value, len(codes)))
        for number, values in enumerate(rows)
        for value in dict.fromkeys(values)
    ]
    both = np.array(entries, dtype=np.uint32).reshape(len(entries), 2)
    return FacetColumn(Strings.of(codes), both[:, 0], both[:, 1])


def joined_tables(parts: Sequence[tuple[Table, Integers]]) -> Table:
    """The rows `kept` of several tables of one shape, one table after another."""
    first = parts[0][0]
    return Table(
        keys=Strings.of(table.keys[row] for table, kept in parts for row in kept.tolist()),
        versions=Strings.of(table.versions[row] for table, kept in parts for row in kept.tolist()),
        lengths=np.concatenate([table.lengths[kept] for table, kept in parts]),
        numbers={
            name: np.concatenate([table.numbers[name][kept] for table, kept in parts])
            for name in first.numbers
        },
        facets={
            name: _joined_facet([(table.facets[name], kept) for table, kept in parts], parts)
            for name in first.facets
        },
    )


def _joined_facet(
    columns: Sequence[tuple[FacetColumn, Integers]], parts: Sequence[tuple[Table, Integers]]
) -> FacetColumn:
    known: dict[str, int] = {}
    owners, codes, base = [], [], 0
    for (column, kept), (table, _) in zip(columns, parts, strict=True):
        renumbered = np.full(len(table), -1, dtype=np.int64)
        renumbered[kept] = np.arange(base, base + len(kept))
        owned = renumbered[column.owners]
        used = column.codes[owned >= 0]
        values = list(column.values)
        recoded = np.zeros(len(values), dtype=np.uint32)
        for code in np.unique(used).tolist():
            recoded[code] = known.setdefault(values[code], len(known))
        owners.append(owned[owned >= 0].astype(np.uint32))
        codes.append(recoded[used])
        base += len(kept)
    return FacetColumn(Strings.of(known), np.concatenate(owners), np.concatenate(codes))


def save_table(table: Table, places: Integers, path: Path) -> None:
    """Write a table, and the places of its texts, to a file that `load_table` maps."""
    arrays: dict[str, npt.NDArray[Any]] = {"places": places, "lengths": table.lengths.ravel()}
    arrays |= _strings_out("keys", table.keys) | _strings_out("versions", table.versions)
    for name, numbers in table.numbers.items():
        arrays[f"number {name}"] = numbers
    for name, facet in table.facets.items():
        arrays |= _strings_out(f"values {name}", facet.values)
        arrays |= {f"owners {name}": facet.owners, f"codes {name}": facet.codes}
    save_arrays(arrays, path)


def load_table(shape: Shape, path: Path) -> tuple[Table, Integers]:
    """A saved table and the places of its texts. Raises ValueError for an index of another shape."""
    file = ArrayFile(path)
    try:
        table = Table(
            keys=_strings_in("keys", file),
            versions=_strings_in("versions", file),
            lengths=file.mapped("lengths").reshape(-1, len(shape.texts)),
            numbers={name: file.mapped(f"number {name}") for name in shape.numbers},
            facets={name: _facet_in(name, file) for name in shape.facets},
        )
    except KeyError as missing:
        raise ValueError(f"the index was built for other fields: {missing} is missing") from missing
    return table, file.mapped("places")


def _strings_out(name: str, strings: Strings) -> dict[str, npt.NDArray[Any]]:
    return {name: strings.joined, f"{name} ends": strings.ends}


def _strings_in(name: str, file: ArrayFile) -> Strings:
    return Strings(file.mapped(name), file.mapped(f"{name} ends"))


def _facet_in(name: str, file: ArrayFile) -> FacetColumn:
    return FacetColumn(
        _strings_in(f"values {name}", file), file.mapped(f"owners {name}"), file.mapped(f"codes {name}")
    )


class TextWriter:
    """Writes the texts of a segment one after another: of each document the squeezed ones as UTF-8, where the paragraphs
    of each end, and those that are quoted, packed."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._places: list[Any] = [0]

    def add(
        self, squeezed: Sequence[str], paragraphs: Sequence[Sequence[int]], quoted: Sequence[str]
    ) -> None:
        """The texts of one document."""
        ends = [np.array(each, dtype=np.uint32).tobytes() for each in paragraphs]
        self._put([text.encode() for text in squeezed] + ends + [pack(text) for text in quoted])

    def copy(self, texts: "Texts", number: int) -> None:
        """The texts of a document of another segment."""
        self._put(texts.of(number))

    def close(self) -> Integers:
        """Finish; the places at which the texts begin and end."""
        self._file.close()
        return np.array(self._places, dtype=np.int64)

    def _put(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._file.write(piece)
            self._places.append(self._places[-1] + len(piece))


class Texts:
    """The texts of one segment, each read from the disk when it is asked for; closed when nobody holds it any more."""

    def __init__(self, path: Path, places: Integers, shape: Shape) -> None:
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._places = places
        self._texts = len(shape.texts)
        self._each = 2 * self._texts + len(shape.quoted)

    def squeezed(self, number: int, ordinal: int) -> bytes:
        """A squeezed text of a document, as UTF-8."""
        return self._piece(number, ordinal)

    def paragraphs(self, number: int, ordinal: int) -> list[int]:
        """Where the paragraphs of a text end, as `folding.paragraph_ends` gives it."""
        ends: list[int] = np.frombuffer(self._piece(number, self._texts + ordinal), dtype=np.uint32).tolist()
        return ends

    def quoted(self, number: int, at: int) -> str:
        """A quoted text as it came in."""
        return unpack(self._piece(number, 2 * self._texts + at))

    def of(self, number: int) -> list[bytes]:
        """Everything kept of a document."""
        return [self._piece(number, which) for which in range(self._each)]

    def _piece(self, number: int, which: int) -> bytes:
        at = number * self._each + which
        start, end = self._places[at : at + 2].tolist()
        return os.pread(self._file, end - start, start)


def pack(text: str) -> bytes:
    """A quoted text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level=3)


def unpack(packed: bytes) -> str:
    """A quoted text as it came in."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
