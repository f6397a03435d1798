"""What is particular to the index on disk: other processes, crashes, merging."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from search_index.engine import IndexOutdated, Query
from search_index.engines import open_engine
from search_index.tree import Phrase
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.conftest import SHAPE, document, library

KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from search_index import whoosh_engine
from tests.search_index.conftest import SHAPE, document

def die(*_, **__):
    os._exit(9)

engine = whoosh_engine.WhooshEngine(Path(sys.argv[1]), SHAPE)
setattr(getattr(whoosh_engine, sys.argv[2]), sys.argv[3], die)
engine.write(put=[document("b", "未提交")], remove=["a"])
"""


@pytest.mark.parametrize(
    ("owner", "name"), [("SegmentWriter", "commit"), ("postings", "save"), ("SegmentWriter", "_commit_toc")]
)
def test_death_while_writing_leaves_the_last_commit(tmp_path: Path, owner: str, name: str) -> None:
    engine = WhooshEngine(tmp_path, SHAPE)
    engine.write(put=[document("a", "已提交")])

    command = [sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path), owner, name]
    died = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)

    assert died.returncode == 9
    assert engine.search(Query(Phrase("已提交"))).total == 1
    assert engine.write(put=[document("c", "继续写")]).documents == 2
    assert WhooshEngine(tmp_path, SHAPE).search(Query()).total == 2


def test_single_writes_leave_few_segments_and_no_old_files(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, SHAPE)

    for number in range(40):
        engine.write(put=[document(f"k{number}", f"第{number}件")])

    files = list((tmp_path / "index-1").glob("*.grams"))
    assert len(files) <= 6
    assert engine.search(Query()).total == 40


def test_failed_write_changes_nothing_and_frees_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, SHAPE)
    engine.write(put=library())
    generation = engine.state().generation

    def disk_full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("search_index.postings.save", disk_full)
        with pytest.raises(OSError, match="no space"):
            engine.write(put=[document("new", "新文")])

    assert engine.state().generation == generation
    assert engine.write(put=[document("new", "新文")]).documents == 21


def test_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match="unknown search engine 'elastic'; there are whoosh, tantivy, memory"
    ):
        open_engine("elastic", tmp_path, SHAPE)


def test_index_built_for_other_fields_says_so_until_it_is_rebuilt(tmp_path: Path) -> None:
    WhooshEngine(tmp_path, SHAPE).write(put=library())
    other = WhooshEngine(tmp_path, replace(SHAPE, facets=("cause",)))

    for act in (other.state, lambda: other.search(Query()), lambda: other.write(put=[])):
        with pytest.raises(IndexOutdated):
            act()

    assert other.rebuild([]).documents == 0
