"""Where the bytes of files lie: each content once, under its SHA-256, readable by this account only."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from case_files.refusals import FileDamaged, FileRefused

CHUNK = 1024 * 1024
LEFT_BEHIND_AFTER = 24 * 3600

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """Content that lies in the store: its SHA-256 in hex, its size in bytes, whether it was put just now."""

    sha256: str
    size: int
    new: bool


@dataclass(frozen=True)
class Incoming:
    """Content received in full, not in the store yet: it can be checked at `path` and is gone unless kept."""

    path: Path
    sha256: str
    size: int


class FileStore:
    """Content-addressed files under one folder: `ab/cd/abcd…` holds the bytes whose SHA-256 is `abcd…`.

    Content is written to a file of its own, forced to disk and then put in place in one step, so a crash
    leaves either the whole content or nothing under its name. Everything is readable by this account only.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._waiting_room = root / "incoming"

    def put(self, stream: BinaryIO, *, limit: int) -> Stored:
        """Stores everything the stream gives; refuses more than `limit` bytes."""
        with self.receive(stream, limit=limit) as incoming:
            return self.keep(incoming)

    @contextmanager
    def receive(self, stream: BinaryIO, *, limit: int) -> Iterator[Incoming]:
        """Takes the stream's content into the waiting room, for checks before it may enter the store."""
        self._open_waiting_room()
        descriptor, name = tempfile.mkstemp(dir=self._waiting_room)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target:
                sha256, size = _copy(stream, target, limit=limit)
            yield Incoming(path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> Stored:
        """Moves received content into the store; whole content that is there already stays as it is."""
        target = self.path(incoming.sha256)
        if target.exists() and self.verify(incoming.sha256):
            return Stored(incoming.sha256, incoming.size, new=False)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(incoming.path, target)  # noqa: PTH105 - one step, also over a damaged copy
        _to_disk(target.parent)
        return Stored(incoming.sha256, incoming.size, new=True)

    def open(self, sha256: str) -> BinaryIO:
        """The content for reading, from its first byte, after its hash was checked; raises FileDamaged."""
        try:
            stream = self.path(sha256).open("rb")
        except FileNotFoundError:
            raise _missing(sha256) from None
        if _hash(stream) != sha256:
            stream.close()
            raise _damaged(sha256)
        stream.seek(0)
        return stream

    def read(self, sha256: str) -> bytes:
        """The whole content, its hash checked; raises FileDamaged."""
        with self.open(sha256) as stream:
            return stream.read()

    def verify(self, sha256: str) -> bool:
        """Whether the content is there and still has this hash."""
        try:
            with self.path(sha256).open("rb") as stream:
                return _hash(stream) == sha256
        except FileNotFoundError:
            return False

    def path(self, sha256: str) -> Path:
        """Where content with this hash lies or would lie."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _open_waiting_room(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._waiting_room.mkdir(mode=0o700, exist_ok=True)
        oldest = time.time() - LEFT_BEHIND_AFTER
        for path in self._waiting_room.iterdir():
            if _last_written(path) < oldest:
                path.unlink(missing_ok=True)


def _copy(stream: BinaryIO, target: BinaryIO, *, limit: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileRefused(
                "文件超过%(limit)s MB。请按册拆分，或者降低扫描分辨率后上传。", limit=limit // (1024 * 1024)
            )
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _hash(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _last_written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another upload just put it in place
        return time.time()


def _missing(sha256: str) -> FileDamaged:
    return FileDamaged("文件存储中找不到该文件（%(hash)s…）。请联系系统管理员从备份恢复。", hash=sha256[:12])


def _damaged(sha256: str) -> FileDamaged:
    return FileDamaged(
        "该文件（%(hash)s…）的内容与登记的校验值不符，可能已损坏或者被改动。请联系系统管理员从备份恢复。",
        hash=sha256[:12],
    )
