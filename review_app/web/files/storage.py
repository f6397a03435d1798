"""The file store of this instance."""

from case_files.store import FileStore
from review_app.web.request import settings


def store() -> FileStore:
    return FileStore(settings().file_folder)
