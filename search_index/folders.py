"""The folder of an index that lies on the disk: which of its versions is live, one writer at a time, changing over.

The file `current` names the live sub-folder. A new version is built beside it and takes its place by a renaming, so a
process that dies at any moment leaves one or the other. The lock is the operating system's and ends with its process.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from search_index.engine import IndexBusy

PATIENCE = 60.0  # seconds a writer waits for another one
_CURRENT = "current"
_LOCK = "write.lock"
_PAUSE = 0.02
_PRIVATE = 0o700


class IndexFolder:
    """The folder of one index. `create` makes an empty version in a new sub-folder."""

    def __init__(self, folder: Path, create: Callable[[Path], None]) -> None:
        self.path = folder
        self._create = create
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        if not (folder / _CURRENT).exists():
            with self.writing():
                if not (folder / _CURRENT).exists():
                    self._make("index-1")
                    self._change_over("index-1")

    @property
    def current(self) -> str:
        """The name of the live version."""
        return (self.path / _CURRENT).read_text("ascii")

    @property
    def live(self) -> Path:
        """The folder of the live version."""
        return self.path / self.current

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer. Raises IndexBusy when another one does not finish in time."""
        opened = os.open(self.path / _LOCK, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            if not _locked(opened, PATIENCE):
                raise IndexBusy(f"the index in {self.path} is being written by another process")
            yield
        finally:
            os.close(opened)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Be the only writer, fill an empty version beside the live one, and change over at the end."""
        with self.writing():
            before = self.current
            name = f"index-{int(before.partition('-')[2]) + 1}"
            self._make(name)
            try:
                yield self.path / name
            except BaseException:
                shutil.rmtree(self.path / name, ignore_errors=True)
                raise
            self._change_over(name)
            shutil.rmtree(self.path / before, ignore_errors=True)

    def _make(self, name: str) -> None:
        shutil.rmtree(self.path / name, ignore_errors=True)
        (self.path / name).mkdir(mode=_PRIVATE)
        self._create(self.path / name)

    def _change_over(self, name: str) -> None:
        pending = self.path / f"{_CURRENT}.new"
        pending.write_text(name, "ascii")
        sync(pending)
        pending.replace(self.path / _CURRENT)
        sync(self.path)


def sync(path: Path) -> None:
    """Have a file or folder outlive a power failure."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _locked(opened: int, patience: float) -> bool:
    give_up = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                return False
            time.sleep(_PAUSE)
        else:
            return True
