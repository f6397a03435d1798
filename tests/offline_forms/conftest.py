"""Documents opened and saved by LibreOffice. Without one on the machine these tests say so and the rest runs."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.offline_forms.made import saved_by_libreoffice
from tests.offline_forms.office import filled_by_libreoffice

MISSING = "no LibreOffice on this machine (Debian: apt-get install libreoffice-writer)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("soffice"):
        return
    for item in items:
        if {"libreoffice", "typing"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skipif(True, reason=MISSING))


@pytest.fixture
def libreoffice(tmp_path: Path) -> Callable[[bytes], bytes]:
    """Opens a document and saves it again."""
    return partial(saved_by_libreoffice, tmp_path)


@pytest.fixture
def typing(tmp_path: Path) -> Callable[..., bytes]:
    """Opens a document, types into its fields, and saves it."""
    return partial(filled_by_libreoffice, tmp_path)
