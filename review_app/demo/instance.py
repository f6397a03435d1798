"""The demo's data folder: built when it is new, built again when a start was interrupted, never anybody else's."""

import json
import shutil
from pathlib import Path

from review_app.clock import Clock
from review_app.database import Database
from review_app.demo.build import build
from review_app.demo.sign_in import SignInLine, as_plain, from_plain
from review_app.errors import ReviewError
from review_app.instance import open_instance
from review_app.settings import Settings

READY = "demo.json"
"""stands in a folder that was built to the end, and holds the sign-in names"""
BUILDING = "demo.building"
"""stands in a folder while it is being built: whatever lies beside it may be thrown away"""


def open_demo(settings: Settings, clock: Clock) -> tuple[Database, list[SignInLine]]:
    """The demo's database and who can sign in. Raises ReviewError for a folder that holds something else."""
    ready = settings.data / READY
    if ready.exists():
        return open_instance(settings), from_plain(json.loads(ready.read_text("utf-8")))
    make_room(settings.data)
    database = open_instance(settings)
    lines = build(database, settings, clock)
    ready.write_text(json.dumps(as_plain(lines), ensure_ascii=False, indent=1), "utf-8")
    (settings.data / BUILDING).unlink()
    return database, lines


def make_room(folder: Path) -> None:
    """An empty folder with the mark that it is being built."""
    if (folder / BUILDING).exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise ReviewError(
            "文件夹%(folder)s里已有其他内容，不是演示数据，没有改动。请用 --data 另选一个新文件夹。",
            folder=folder,
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / BUILDING).touch()
