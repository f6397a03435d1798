"""Draws one page of an original as a picture, in a child process with bounds on time, memory and output.

The picture is made anew each time it is asked for and kept nowhere: originals are confidential, and a second
copy of a page would have to be guarded like the first.
"""

import json
import logging
import threading
from dataclasses import asdict
from pathlib import Path

from case_files.child import ask_child
from case_files.kinds import Kind
from case_files.limits import MEGABYTE, Limits
from case_files.refusals import N_, FileRefused

log = logging.getLogger(__name__)

DRAWN = frozenset({"pdf", "tif", "bmp"})
"""kinds that no browser shows page by page itself"""
AT_ONCE = 2
LONGEST_WAIT = 8.0
"""seconds somebody waits for others' pages"""
BOUNDS = Limits(seconds=20, answer=8 * MEGABYTE)

_TURN = threading.BoundedSemaphore(AT_ONCE)


def draw_page(path: Path, kind: Kind, number: int, *, limits: Limits = BOUNDS) -> bytes:
    """Page ``number`` (from 1) of the file as JPEG, at most 1,800 pixels long.

    Raises FileRefused when the page cannot be drawn, takes too long, or too many are being drawn.
    """
    task = {"kind": kind.name, "path": str(path.resolve()), "number": number, "limits": asdict(limits)}
    if not _TURN.acquire(timeout=LONGEST_WAIT):
        raise FileRefused(N_("现在阅看原件图像的人较多，请稍候再打开这一页。"))
    try:
        picture, code = ask_child("case_files.painter", json.dumps(task), limits=limits)
    finally:
        _TURN.release()
    if code != 0 or not picture or len(picture) > limits.answer:
        log.warning("drawing a page ended with code %s after %s bytes", code, len(picture))
        raise FileRefused(N_("这一页的图像无法显示。请下载原件阅看。"))
    return picture
