"""Indexes by command: catching up, building anew, another engine."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review_app.cli import commands
from review_app.errors import ReviewError
from review_app.instance import open_instance
from review_app.precedents.library import Asked, ask, open_library
from review_app.settings import read_settings
from review_app.upkeep.indexes import every_precedent
from search_index import engines
from search_index.engine import Document, IndexOutdated
from tests.precedents.cases import JUDGMENT


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, [*arguments, "--data", str(data)])


def hits(data: Path, engine: str) -> int:
    return ask(open_library(data / "index", engine), Asked(q="交通肇事"), readable=()).page.total


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "判决.txt").write_text(JUDGMENT, "utf-8")
    data = tmp_path / "instance"
    assert run(data, "precedents", "import", str(tmp_path / "判决.txt")).exit_code == 0
    return data


def test_convert_builds_the_other_engines_index_beside_the_live_one(data: Path) -> None:
    result = run(data, "index", "convert", "--to", "tantivy")

    assert result.exit_code == 0, result.output
    assert "类案库（tantivy）：共1件" in result.output
    assert "YIAN_SEARCH_ENGINE=tantivy" in result.output
    assert [hits(data, "whoosh"), hits(data, "tantivy")] == [1, 1]


def test_convert_without_the_package_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)

    result = run(data, "index", "convert", "--to", "tantivy")

    assert result.exit_code == 1
    assert "没有安装检索引擎tantivy。请安装以后再启动（pip install tantivy==0.27.0）" in result.output


def test_catch_up_fills_an_index_that_was_lost(data: Path) -> None:
    for file in sorted((data / "index").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()

    result = run(data, "index", "catch-up")

    assert result.output.splitlines() == ["类案库：已写入1件。", "法规库：已写入0件。"]
    assert hits(data, "whoosh") == 1


def test_catch_up_rebuilds_an_index_of_another_version(data: Path) -> None:
    (data / "index" / "precedents" / "index-1" / "built-for.json").write_text("{}", "utf-8")
    with pytest.raises(IndexOutdated):
        hits(data, "whoosh")

    run(data, "index", "catch-up")

    assert hits(data, "whoosh") == 1


def test_rebuild_tells_how_many(data: Path) -> None:
    result = run(data, "index", "rebuild")

    assert "类案库（whoosh）：共1件" in result.output
    assert hits(data, "whoosh") == 1


def test_unknown_engine_in_the_settings_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIAN_SEARCH_ENGINE", "elastic")

    result = run(data, "index", "rebuild")

    assert result.exit_code == 1
    assert "YIAN_SEARCH_ENGINE 只能是 whoosh 或 tantivy" in result.output


def test_catch_up_drops_what_was_withdrawn_while_another_engine_was_in_use(data: Path) -> None:
    library = open_library(data / "index")
    library.write(put=[replace(gone, key="99") for gone in documents(data)])
    assert hits(data, "whoosh") == 2

    run(data, "index", "catch-up")

    assert hits(data, "whoosh") == 1


def documents(data: Path) -> list[Document]:
    with closing(open_instance(read_settings({}, data=data)).reading()) as session:
        return [document for batch in every_precedent(session) for document in batch]


def test_nothing_starts_with_an_engine_that_is_not_installed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    settings = read_settings({"YIAN_SEARCH_ENGINE": "tantivy"}, data=data)

    with pytest.raises(ReviewError, match="没有安装检索引擎tantivy"):
        open_instance(settings)
