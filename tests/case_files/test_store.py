"""The file store: each content once, whole or not at all, found again only unchanged."""

import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from case_files.refusals import FileDamaged, FileRefused
from case_files.store import FileStore, Stored

JUDGMENT = "青岚市人民法院民事判决书".encode()
SHA256 = hashlib.sha256(JUDGMENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def files_in(store: FileStore) -> list[Path]:
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def test_content_is_stored_under_its_hash_and_read_back(store: FileStore) -> None:
    stored = store.put(io.BytesIO(JUDGMENT), limit=1000)

    assert stored == Stored(SHA256, len(JUDGMENT), new=True)
    assert store.read(SHA256) == JUDGMENT
    assert files_in(store) == [store.root / SHA256[:2] / SHA256[2:4] / SHA256]


def test_the_same_content_twice_is_stored_once(store: FileStore) -> None:
    store.put(io.BytesIO(JUDGMENT), limit=1000)

    again = store.put(io.BytesIO(JUDGMENT), limit=1000)

    assert again == Stored(SHA256, len(JUDGMENT), new=False)
    assert len(files_in(store)) == 1


def test_files_are_readable_by_this_account_only(store: FileStore) -> None:
    store.put(io.BytesIO(JUDGMENT), limit=1000)

    assert stat.S_IMODE(store.path(SHA256).stat().st_mode) == 0o600
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700


def test_content_over_the_limit_is_refused_and_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(FileRefused) as refusal:
        store.put(io.BytesIO(b"x" * (2 * 1024 * 1024 + 1)), limit=2 * 1024 * 1024)

    assert str(refusal.value) == "文件超过2 MB。请按册拆分，或者降低扫描分辨率后上传。"
    assert files_in(store) == []


def test_a_stream_that_breaks_leaves_nothing(store: FileStore) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(Broken(), limit=1000)

    assert files_in(store) == []


def test_received_content_that_is_not_kept_is_gone(store: FileStore) -> None:
    with store.receive(io.BytesIO(JUDGMENT), limit=1000) as incoming:
        assert incoming.path.read_bytes() == JUDGMENT

    assert files_in(store) == []


def test_a_killed_writer_leaves_no_content_and_its_remains_are_cleared_a_day_later(store: FileStore) -> None:
    script = (
        "import io, pathlib, sys, time\n"
        "from case_files.store import FileStore\n"
        "class Slow(io.RawIOBase):\n"
        "    def read(self, size=-1):\n"
        "        print('writing', flush=True); time.sleep(0.05); return b'x' * 1000\n"
        f"FileStore(pathlib.Path({str(store.root)!r})).put(Slow(), limit=10**9)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)

    remains = files_in(store)
    assert [path.parent.name for path in remains] == ["incoming"]

    two_days_ago = time.time() - 2 * 86_400
    os.utime(remains[0], (two_days_ago, two_days_ago))
    store.put(io.BytesIO(JUDGMENT), limit=1000)
    assert files_in(store) == [store.path(SHA256)]


def test_changed_content_is_noticed_and_never_handed_out(store: FileStore) -> None:
    store.put(io.BytesIO(JUDGMENT), limit=1000)
    store.path(SHA256).write_bytes(JUDGMENT + b"!")

    assert store.verify(SHA256) is False
    with pytest.raises(FileDamaged) as damage:
        store.open(SHA256)
    assert str(damage.value) == (
        f"该文件（{SHA256[:12]}…）的内容与登记的校验值不符，可能已损坏或者被改动。请联系系统管理员从备份恢复。"
    )


def test_putting_content_again_heals_a_damaged_copy(store: FileStore) -> None:
    store.put(io.BytesIO(JUDGMENT), limit=1000)
    store.path(SHA256).write_bytes(b"damaged")

    stored = store.put(io.BytesIO(JUDGMENT), limit=1000)

    assert stored.new is True
    assert store.read(SHA256) == JUDGMENT


def test_missing_content_is_told(store: FileStore) -> None:
    assert store.verify(SHA256) is False
    with pytest.raises(FileDamaged, match="找不到该文件"):
        store.read(SHA256)


@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", SHA256.upper(), SHA256[:-1]])
def test_only_a_hash_leads_into_the_store(store: FileStore, wrong: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(wrong)
