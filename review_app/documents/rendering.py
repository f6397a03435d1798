"""Turns a .docx into PDF with LibreOffice, where it is installed: the only way to see what a page really holds.

LibreOffice runs as a program of its own, with an empty profile that is thrown away, without macros, with a limit
of time; what it is given has passed the checks of `case_files.archives`, so it has nothing to fetch.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

from review_app.errors import N_, ReviewError

_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 180
# each takes a core and some hundred MB
_ONE_AT_A_TIME: Final = threading.Lock()


def converter() -> Path | None:
    """LibreOffice's program on this machine, or None."""
    found = (shutil.which(name) for name in _PROGRAMS)
    return next((Path(path) for path in found if path), None)


def as_pdf(package: bytes) -> bytes:
    """The PDF of a .docx as LibreOffice prints it with the fonts of this machine.

    ReviewError where LibreOffice is not installed, takes too long, or cannot open the file.
    """
    return converted(package, "pdf")


def converted(package: bytes, to: str) -> bytes:
    """A .docx opened by LibreOffice and saved as `to` (``pdf``, ``docx``, ``odt``)."""
    program = converter()
    if program is None:
        raise ReviewError(
            N_("这台机器没有安装LibreOffice，不能转换。请安装后重试，或者下载后在Word、WPS中打开。")
        )
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="yian-render-") as name:
        folder = Path(name)
        source, made = folder / "in" / "document.docx", folder / "out" / f"document.{to}"
        source.parent.mkdir()
        source.write_bytes(package)
        _convert(program, source, made, profile=folder / "profile")
        if not made.is_file():
            raise ReviewError(N_("LibreOffice打不开这个文件，没有转换。请用Word或者WPS另存为docx后重试。"))
        return made.read_bytes()


def _convert(program: Path, source: Path, made: Path, *, profile: Path) -> None:
    command = [
        str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", made.suffix[1:], "--outdir", str(made.parent), str(source),
    ]  # fmt: skip
    surroundings = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(profile), "LANG": "C.UTF-8"}
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS, env=surroundings)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise ReviewError(N_("转换超过%(seconds)s秒，已停止。请减少图片后重试。"), seconds=_SECONDS) from late
