"""The demonstration, built once for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from review_app.audit.service import use_audit_key
from review_app.clock import utc_now
from review_app.database import Database
from review_app.demo.instance import open_demo
from review_app.demo.sign_in import SignInLine
from review_app.sealing import current_seal, use_seal
from review_app.settings import Settings
from tests.conftest import AUDIT_KEY


@dataclass(frozen=True)
class Built:
    settings: Settings
    database: Database
    lines: list[SignInLine]


@pytest.fixture(scope="package")
def built(keys: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A finished demo folder; the keys of the other tests come back afterwards."""
    seal = current_seal()
    folder: Path = tmp_path_factory.mktemp("demo") / "demo"
    settings = Settings(data=folder, demo=True, secure_cookies=False)
    database, lines = open_demo(settings, utc_now)
    yield Built(settings, database, lines)
    database.engine.dispose()
    use_seal(seal)
    use_audit_key(AUDIT_KEY)
