"""The doctor names every fault in a sentence and ends with 1."""

from pathlib import Path

import pytest
from sqlalchemy import text

from review_app.audit.service import record
from review_app.clock import utc_now
from review_app.database import Database
from review_app.instance import open_instance
from review_app.settings import Settings, read_settings
from review_app.upkeep import doctor
from review_app.upkeep.doctor import Mark, examine
from review_app.upkeep.indexes import INDEXES, bring_up_to_date
from search_index import engines


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, data=tmp_path / "instance")


@pytest.fixture
def database(settings: Settings) -> Database:
    database = open_instance(settings)
    for index in INDEXES:
        bring_up_to_date(index, database, settings, now=utc_now())
    return database


def faults(settings: Settings) -> list[str]:
    return [finding.sentence for finding in examine(settings) if finding.mark is Mark.BAD]


def test_sound_instance_has_no_faults(settings: Settings, database: Database) -> None:
    assert faults(settings) == []


def test_folder_without_an_instance_is_one_fault_and_stays_as_it_is(tmp_path: Path) -> None:
    found = list(examine(read_settings({}, data=tmp_path)))

    assert [finding.mark for finding in found] == [Mark.BAD]
    assert list(tmp_path.iterdir()) == []


def test_key_that_others_can_read_is_a_fault(settings: Settings, database: Database) -> None:
    settings.key_file.chmod(0o640)

    assert faults(settings) == ["别的账号能读密钥文件：seal.keys。请执行 chmod 600。"]


def test_index_folder_that_others_can_write_is_a_fault(settings: Settings, database: Database) -> None:
    folder = settings.index_folder / "precedents"
    folder.chmod(0o770)

    assert faults(settings) == [f"别的账号能写入{folder}等1个文件夹。请执行 chmod -R go-w。"]


def test_database_of_an_older_version_is_a_fault(settings: Settings, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))

    assert [sentence.split("，")[0] for sentence in faults(settings)] == ["数据库结构是0001"]


def test_index_of_another_version_is_a_fault(settings: Settings, database: Database) -> None:
    (settings.index_folder / "precedents" / "index-1" / "built-for.json").write_text("{}", "utf-8")

    assert faults(settings) == ["类案库的索引属于旧版本。请执行 review-app index rebuild。"]


def test_index_that_lacks_cases_is_a_fault(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tuple(doctor.Index(**{**vars(index), "count": lambda session: 3}) for index in INDEXES[:1])
    monkeypatch.setattr(doctor, "INDEXES", more)

    assert faults(settings) == ["类案库：数据库有3件，索引有0件。请执行 review-app index catch-up。"]


def test_engine_that_is_not_installed_is_a_fault(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    chosen = read_settings({"YIAN_SEARCH_ENGINE": "tantivy"}, data=settings.data)

    assert {sentence.split("。")[0] for sentence in faults(chosen)} == {"没有安装检索引擎 tantivy"}


def test_broken_audit_chain_is_a_fault(settings: Settings, database: Database) -> None:
    with database.writing() as session, session.begin():
        record(session, action="precedents.import", subject="import:甲", by=None, now=utc_now())
    with database.engine.begin() as connection:
        connection.execute(text("update audit_row set action = 'forged' where id = 1"))

    assert [sentence[:6] for sentence in faults(settings)] == ["审计链在第1"]


def test_large_library_is_advised_to_take_the_second_engine(settings: Settings, database: Database) -> None:
    advised = [finding.sentence for finding in doctor.recommend(INDEXES[0], 20_001, settings)]

    assert [sentence.split("：")[0] for sentence in advised] == ["类案库超过20000件"]
    assert list(doctor.recommend(INDEXES[0], 20_000, settings)) == []
