"""One module per kind of file; each checks what its kind can hide, then reads the text page by page.

Readers run in the child process of `case_files.reading`, never in the server.
"""

from pathlib import Path
from typing import Protocol

from case_files.limits import Limits
from case_files.pages import PageText


class Reader(Protocol):
    """What a module in this folder offers."""

    def check(self, path: Path, *, limits: Limits) -> None:
        """Raises FileRefused when the file is locked, damaged, too large inside or dangerous to open."""

    def read(self, path: Path, *, limits: Limits) -> list[PageText]:
        """The text page by page; a page without text to read is kept and marked."""
