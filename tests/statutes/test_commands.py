"""The command that takes laws in."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from review_app.audit.models import AuditRow
from review_app.cli import commands
from review_app.database import Database
from review_app.settings import Settings
from review_app.statutes.library import open_statutes
from review_app.statutes.models import StatuteVersion
from tests.statutes.laws import FIRST, SECOND, days_of, written

BROKEN = "# 渡口条例\n\n2020年1月1日 通过\n\n第一条 甲。\n\n第三条 丙。\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["statutes", "import", *arguments, "--data", str(data)])


def stored(data: Path) -> Database:
    return Database(Settings(data=data).url)


def test_folder_is_taken_in_refused_files_are_named(data: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", a=FIRST, b=SECOND, c=BROKEN)

    result = run(data, str(folder))

    assert result.exit_code == 1
    assert "c.md：缺少第2条" in result.stderr
    assert "新增1部，新文本1件，未变0件，未能导入1件；共11条" in result.stdout
    with stored(data).reading() as session:
        assert [row[0] for row in days_of(session)] == ["2015", "2022"]
        logged = session.scalars(select(AuditRow).where(AuditRow.action == "statutes.import")).one()
        assert logged.after == {"added": 1, "renewed": 1, "unchanged": 0, "refused": 1, "articles": 11}
        assert None not in session.scalars(select(StatuteVersion.indexed_at)).all()
    assert open_statutes(Settings(data=data).index_folder).state().documents == 11


def test_second_run_changes_nothing(data: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", a=FIRST, b=SECOND)
    run(data, str(folder))

    result = run(data, str(folder))

    assert result.exit_code == 0
    assert "新增0部，新文本0件，未变2件，未能导入0件" in result.stdout


def test_dry_run_sees_what_an_import_would_and_keeps_nothing(data: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", a=FIRST, b=SECOND)

    result = run(data, str(folder), "--dry-run")

    assert "核对完毕（未保存）：新增1部，新文本1件" in result.stdout
    with stored(data).reading() as session:
        assert days_of(session) == []
        assert session.scalars(select(AuditRow)).all() == []
    assert open_statutes(Settings(data=data).index_folder).state().documents == 0


def test_days_that_are_only_assumed_are_said(data: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", b=SECOND.replace("2023年3月1日 施行\n", ""))

    result = run(data, str(folder))

    assert (
        "其中1件没有载明施行日期，暂按公布（通过）之日计：中华人民共和国渡船法（2022-12-05）" in result.stdout
    )
    with stored(data).reading() as session:
        assert days_of(session) == [("2022", date(2022, 12, 5), None)]


def test_excerpt_source_and_licence_are_kept(data: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", c=BROKEN)

    result = run(data, str(folder), "--excerpt", "--source", "公报", "--licence", "官方文件")

    assert result.exit_code == 0
    with stored(data).reading() as session:
        [version] = session.scalars(select(StatuteVersion)).all()
        assert (version.is_excerpt, version.source, version.licence_note) == (True, "公报", "官方文件")


def test_nothing_to_import_is_a_sentence(data: Path, tmp_path: Path) -> None:
    result = run(data, str(written(tmp_path / "empty")))

    assert (result.exit_code, "没有找到可以导入的法规文件" in result.stderr) == (1, True)
