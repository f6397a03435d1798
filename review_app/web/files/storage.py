"""The file store of this instance and how large a file may be."""

from dataclasses import replace

from case_files.limits import USUAL, Limits
from case_files.store import FileStore
from review_app.web.request import settings


def store() -> FileStore:
    return FileStore(settings().file_folder)


def limits() -> Limits:
    """The usual limits; no file may be larger than a whole request of this instance."""
    return replace(USUAL, upload=min(USUAL.upload, settings().upload_limit))
