"""The command as a person runs it: a process that answers, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.demo.conftest import Built

COMMAND = [sys.executable, "-c", "from review_app.cli import commands; commands()", "demo"]
SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(built: Built, tmp_path: Path) -> Path:
    """A copy of the built folder, so that this start has nothing to build."""
    copied = tmp_path / "demo"
    with built.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(built.settings.data, copied)
    return copied


@pytest.fixture
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=plain_environment(),
    )  # fmt: skip
    try:
        wait_for(port, process)
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def plain_environment() -> dict[str, str]:
    return {**os.environ, "YIAN_DATABASE_URL": "postgresql+pg8000://nobody@127.0.0.1:1/office"}


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        if answers(port):
            return
        time.sleep(0.2)
    raise AssertionError("the demo did not answer")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.read() == b"ok\n"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_demo_answers_and_stops_without_leaving_a_process(
    started: tuple[subprocess.Popen[str], int], how: signal.Signals
) -> None:
    process, port = started
    children = psutil.Process(process.pid).children(recursive=True)

    process.send_signal(how)
    said, _ = process.communicate(timeout=90)

    assert process.returncode == 0
    assert len(children) >= 1
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    assert f"http://127.0.0.1:{port}" in said
    assert "演示已停止" in said
    assert "Traceback" not in said


def test_timetable_ends_when_the_demo_is_killed(started: tuple[subprocess.Popen[str], int]) -> None:
    process, _port = started
    children = psutil.Process(process.pid).children(recursive=True)

    process.kill()

    _gone, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []


def test_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = subprocess.run(
            [*COMMAND, "--port", str(port), "--data", str(tmp_path / "demo")], capture_output=True, text=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.strip() == f"端口{port}正被其他程序使用。请用 --port 另选一个。"
    assert not (tmp_path / "demo").exists()
