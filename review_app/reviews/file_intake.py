"""Taking in uploaded files: checked, read page by page and stored, before any database row is written.

Reading can take a minute; it happens while no transaction is open, so nobody else has to wait."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from case_files.checks import check_name
from case_files.limits import USUAL, Limits
from case_files.pages import PageText
from case_files.reading import read_file
from case_files.refusals import FileRefused, SecrecyMarkFound
from case_files.store import FileStore


@dataclass(frozen=True)
class UploadedFile:
    """What a browser sent: the file's name and its bytes as a stream."""

    name: str
    content: BinaryIO


@dataclass(frozen=True)
class TakenIn:
    """A file that passed every check and lies in the store: hash, size in bytes, kind, text by page."""

    name: str
    sha256: str
    size: int
    kind: str
    pages: tuple[PageText, ...]


@dataclass(frozen=True)
class TurnedAway:
    """A file that did not pass: the refusal with its sentence. The name of a file with a secrecy mark may
    itself be secret, so the log keeps only ``name_sha256``."""

    name: str
    refusal: FileRefused

    @property
    def bears_secrecy_mark(self) -> bool:
        return isinstance(self.refusal, SecrecyMarkFound)

    @property
    def name_sha256(self) -> str:
        return hashlib.sha256(self.name.encode("utf-8", "replace")).hexdigest()


def take_in(
    store: FileStore, uploads: Iterable[UploadedFile], *, limits: Limits = USUAL
) -> list[TakenIn | TurnedAway]:
    """Check, read and store each file by itself; one that is turned away does not hold up the others."""
    return [take_in_one(store, upload, limits=limits) for upload in uploads]


def take_in_one(store: FileStore, upload: UploadedFile, *, limits: Limits) -> TakenIn | TurnedAway:
    try:
        check_name(upload.name)
        with store.receive(upload.content, limit=limits.upload) as incoming:
            kind, pages = read_file(incoming.path, upload.name, limits=limits)
            stored = store.keep(incoming)
    except FileRefused as refusal:
        return TurnedAway(upload.name, refusal)
    return TakenIn(upload.name, stored.sha256, stored.size, kind.name, tuple(pages))
