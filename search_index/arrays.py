"""Named numpy arrays in one file, of which a reader takes only what it asks for."""

import json
import os
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_MAGIC = b"YARRAYS1"
_HEAD = 16  # bytes before the directory: the magic and the directory's length
_ALIGNED = 8


def save_arrays(arrays: Mapping[str, npt.NDArray[Any]], path: Path) -> None:
    """Write arrays of one dimension to a file for `ArrayFile`."""
    directory = {name: (array.dtype.str, len(array)) for name, array in arrays.items()}
    told = json.dumps(directory).encode()
    told += b" " * (-len(told) % _ALIGNED)
    with path.open("wb") as file:
        file.write(_MAGIC + len(told).to_bytes(_HEAD - len(_MAGIC), "little") + told)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * (-array.nbytes % _ALIGNED))


class ArrayFile:
    """A saved file. ValueError if it is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        head = os.pread(self._file, _HEAD, 0)
        if head[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"{path.name} holds no arrays")
        start = _HEAD + int.from_bytes(head[len(_MAGIC) :], "little")
        self._directory: dict[str, tuple[np.dtype[Any], int, int]] = {}
        for name, (kind, length) in json.loads(os.pread(self._file, start - _HEAD, _HEAD)).items():
            dtype = np.dtype(kind)
            self._directory[name] = dtype, start, length
            start += dtype.itemsize * length
            start += -start % _ALIGNED

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def mapped(self, name: str) -> npt.NDArray[Any]:
        """A whole array, mapped: what is not touched is never loaded. KeyError if there is none."""
        dtype, start, length = self._directory[name]
        if not length:
            return np.zeros(0, dtype=dtype)
        return np.asarray(np.memmap(self._path, dtype=dtype, mode="r", offset=start, shape=(length,)))

    def piece(self, name: str, first: int, last: int) -> npt.NDArray[Any]:
        """A part of an array, read: the memory is free again when the part is dropped."""
        dtype, start, _ = self._directory[name]
        size = dtype.itemsize
        return np.frombuffer(os.pread(self._file, (last - first) * size, start + first * size), dtype=dtype)
