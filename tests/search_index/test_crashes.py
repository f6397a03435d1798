"""A writer that is killed at any moment loses nothing it has acknowledged and breaks nothing."""

import itertools
import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from search_index.engine import IndexBusy, Query, SearchEngine
from search_index.engines import open_engine
from search_index.tree import Phrase
from tests.search_index.conftest import SHAPE, document, library

KILLS = 50  # of each engine
LONGEST = 0.12  # seconds a writer lives after its first commit
PERSISTENT = ("whoosh", "tantivy")

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["search_index.engines", "search_index.tantivy_engine", __name__])


def step(number: int) -> tuple[list[str], list[str]]:
    """What the n-th commit puts and removes."""
    removed = [f"k{number - 2}"] if number % 3 == 2 else []
    return [f"k{number}"], removed


def keys_after(steps: int) -> set[str]:
    keys: set[str] = set()
    for number in range(steps):
        put, removed = step(number)
        keys = (keys | set(put)) - set(removed)
    return keys


def write_until_killed(name: str, folder: str, first: int, told: Connection) -> None:
    engine = open_engine(name, Path(folder), SHAPE)
    for number in itertools.count(first):
        put, removed = step(number)
        engine.write(put=[document(key, f"第{number}次提交的文字。" * 20) for key in put], remove=removed)
        told.send(number + 1)


def run_and_kill(name: str, folder: Path, first: int, seconds: float) -> int:
    """How many commits a writer acknowledged before it was killed, some time after its first one."""
    hears, tells = processes.Pipe(duplex=False)
    writer: BaseProcess = processes.Process(
        target=write_until_killed, args=(name, str(folder), first, tells), daemon=True
    )
    writer.start()
    tells.close()
    assert hears.poll(30), "no commit within half a minute"
    done: int = hears.recv()
    time.sleep(seconds)
    writer.kill()
    writer.join()
    while True:
        try:
            done = hears.recv()
        except EOFError:
            hears.close()
            return done


def stored(engine: SearchEngine, most: int) -> set[str]:
    return set(engine.versions(f"k{number}" for number in range(most)))


@pytest.mark.parametrize("name", PERSISTENT)
def test_kills_lose_no_commit_and_break_no_index(tmp_path: Path, name: str) -> None:
    chance = random.Random(7)  # noqa: S311 - the same moments in every run
    reader = open_engine(name, tmp_path, SHAPE)
    done = 0

    for _ in range(KILLS):
        acknowledged = run_and_kill(name, tmp_path, done, chance.uniform(0, LONGEST))
        kept = stored(reader, acknowledged + 1)
        assert kept in (keys_after(acknowledged), keys_after(acknowledged + 1))
        done = acknowledged + (kept != keys_after(acknowledged))

    assert done >= KILLS
    assert reader.search(Query(Phrase(f"第{done - 1}次"))).hits[0].key == f"k{done - 1}"
    assert reader.write(put=[document("last", "最后")]).documents == len(keys_after(done)) + 1
    assert open_engine(name, tmp_path, SHAPE).search(Query(Phrase("最后"))).total == 1
    assert len(list((tmp_path / "index-1").iterdir())) < 120


@pytest.mark.parametrize("name", PERSISTENT)
def test_killed_writer_leaves_no_lock(tmp_path: Path, name: str) -> None:
    run_and_kill(name, tmp_path, 0, 0.0)

    written = open_engine(name, tmp_path, SHAPE).write(put=[document("a", "文")])

    assert written.documents >= 1


@pytest.mark.parametrize("name", PERSISTENT)
def test_second_writer_waits_and_then_says_the_index_is_busy(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(name, tmp_path, SHAPE)
    monkeypatch.setattr("search_index.folders.PATIENCE", 0.1)

    with engine._folder.writing(), pytest.raises(IndexBusy):  # type: ignore[attr-defined]
        open_engine(name, tmp_path, SHAPE).write(put=[document("a", "文")])


@pytest.mark.parametrize("name", PERSISTENT)
def test_two_writers_take_turns(tmp_path: Path, name: str) -> None:
    first, second = open_engine(name, tmp_path, SHAPE), open_engine(name, tmp_path, SHAPE)

    for number in range(6):
        (first, second)[number % 2].write(put=[document(f"k{number}", "文")])

    assert first.state() == second.state()
    assert first.state().documents == 6


@pytest.mark.parametrize("name", PERSISTENT)
def test_reader_sees_commits_and_rebuilding_of_another_process(tmp_path: Path, name: str) -> None:
    reader, writer = open_engine(name, tmp_path, SHAPE), open_engine(name, tmp_path, SHAPE)

    totals = [reader.search(Query()).total]
    writer.write(put=[document("a", "文")])
    totals.append(reader.search(Query()).total)
    writer.rebuild([[document("b", "文"), document("c", "文")]])
    totals.append(reader.search(Query()).total)

    assert totals == [0, 1, 2]


@pytest.mark.parametrize("name", PERSISTENT)
def test_failed_rebuild_leaves_the_live_index(tmp_path: Path, name: str) -> None:
    engine = open_engine(name, tmp_path, SHAPE)
    before = engine.write(put=library())

    def broken() -> list[list[object]]:
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        engine.rebuild(batch for batch in broken())  # type: ignore[misc]

    assert engine.state() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "index-1", "write.lock"]


@pytest.mark.parametrize("name", PERSISTENT)
def test_folder_that_cannot_be_written_leaves_the_last_state(tmp_path: Path, name: str) -> None:
    engine = open_engine(name, tmp_path, SHAPE)
    before = engine.write(put=library())
    (tmp_path / "write.lock").unlink()
    (tmp_path / "write.lock").mkdir()

    with pytest.raises(OSError, match=r"write\.lock"):
        engine.write(put=[document("new", "新文")])

    assert engine.state() == before
    assert engine.search(Query(Phrase("工伤"))).total == 1


@pytest.mark.parametrize("name", PERSISTENT)
def test_folders_belong_to_the_service_alone(tmp_path: Path, name: str) -> None:
    open_engine(name, tmp_path / "index", SHAPE).rebuild([library()])

    folders = [tmp_path / "index", *(path for path in (tmp_path / "index").iterdir() if path.is_dir())]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
