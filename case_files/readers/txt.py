"""Plain text: UTF-8, UTF-16 or GB18030; form feeds are page borders.

Between form feeds, text is cut as `case_files.pages.in_usual_pages` says.
"""

import codecs
import re
from pathlib import Path

from case_files.limits import USUAL, Limits
from case_files.pages import PageText, in_usual_pages, numbered, shown
from case_files.refusals import FileRefused

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("utf-16-le", "utf-16-be")

# half of all bytes make some text in UTF-16, so a guess must give mostly what Chinese files are written in
_USUAL = re.compile("[\t\n\r\f\x20-\x7e\u2000-\u206f\u2460-\u24ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_USUAL_SHARE = 0.7
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROL_SHARE = 0.02


def check(path: Path, *, limits: Limits = USUAL) -> None:
    """Nothing can hide in plain text; a file that is no text is refused when it is read."""


def read(path: Path, *, limits: Limits = USUAL) -> list[PageText]:
    """The text page by page; refuses bytes that are no text in any of the known encodings."""
    text = decoded(path.read_bytes())
    return numbered(
        (page for stretch in text.split("\f") for page in in_usual_pages(shown(stretch))), limits=limits
    )


def decoded(content: bytes) -> str:
    """The text of the bytes, without a byte order mark.

    A byte order mark decides; without one, NUL bytes mean UTF-16, otherwise UTF-8 is tried, then GB18030.
    """
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text, guessed=encoding in _GUESSED):
            return text
    raise FileRefused("无法识别文字编码，或者内容不是文字。请用记事本打开，另存为 UTF-8 编码后再上传。")


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return (encoding,)
    if b"\x00" in content:
        return ("utf-16-le", "utf-16-be") if content[1:2] == b"\x00" else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def _is_plausible(text: str, *, guessed: bool) -> bool:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _CONTROL_SHARE * len(text):
        return False
    usual = sum(found.end() - found.start() for found in _USUAL.finditer(text))
    return not guessed or usual >= _USUAL_SHARE * len(text)
