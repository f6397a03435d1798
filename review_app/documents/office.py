"""The office that issues documents: its name, its mark in document numbers, and where issued bytes lie."""

from dataclasses import dataclass

from case_files.store import FileStore
from review_app.settings import Settings


@dataclass(frozen=True)
class Office:
    """``place`` is the short name of the place, whose first character begins document numbers."""

    name: str
    place: str
    is_demo: bool
    files: FileStore

    def mark(self, words: str) -> str:
        """青评意 for 评意."""
        return self.place[:1] + words


_office: Office | None = None


def use_office(settings: Settings) -> Office:
    """Make the office of these settings the issuing one in this process."""
    global _office
    _office = Office(settings.tenant, settings.place, settings.demo, FileStore(settings.file_folder))
    return _office


def office() -> Office:
    """The issuing office."""
    if _office is None:
        raise RuntimeError("no office: call use_office() when the process starts")
    return _office
