"""Opening an instance: keys, seal, audit key, database brought up to date."""

from collections.abc import Iterable
from pathlib import Path

from review_app.audit.service import use_audit_key
from review_app.database import Database
from review_app.documents.office import use_office
from review_app.errors import ReviewError
from review_app.migrations.runner import upgrade
from review_app.sealing import Seal, read_keys, read_secret, use_seal
from review_app.settings import Settings
from search_index.engines import is_installed


def open_instance(settings: Settings) -> Database:
    """Make or open the data folder, put its keys to use and migrate its database.

    Raises ReviewError, before anything is touched, when the search engine that is set is not installed.
    """
    if not is_installed(settings.search_engine):
        raise ReviewError(
            "没有安装检索引擎%(engine)s。请安装以后再启动（pip install tantivy==0.27.0），或者把 YIAN_SEARCH_ENGINE 改回 whoosh。",
            engine=settings.search_engine,
        )
    for folder in folders(settings):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    use_seal(Seal(read_keys(settings.key_file)))
    use_audit_key(read_secret(settings.audit_key_file))
    use_office(settings)
    database = Database(settings.url)
    upgrade(database.engine)
    return database


def folders(settings: Settings) -> Iterable[Path]:
    yield settings.data
    yield settings.file_folder
    yield settings.index_folder
