"""Plain text: UTF-8, UTF-16 or GB18030; form feeds are page borders.

Between form feeds, text is cut as `case_files.pages.in_usual_pages` says.
"""

import codecs
import unicodedata
from pathlib import Path

from case_files.limits import USUAL, Limits
from case_files.pages import PageText, in_usual_pages, numbered, shown
from case_files.refusals import FileRefused

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRANGE_SHARE = 0.02


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
        if _is_plausible(text):
            return text
    raise FileRefused("无法识别文字编码，或者内容不是文字。请用记事本打开，另存为 UTF-8 编码后再上传。")


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return (encoding,)
    if b"\x00" in content:
        return ("utf-16-le", "utf-16-be") if content[1:2] == b"\x00" else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def _is_plausible(text: str) -> bool:
    strange = sum(_is_strange(character) for character in text)
    return strange <= _STRANGE_SHARE * len(text)


def _is_strange(character: str) -> bool:
    if character in "\t\n\r\f":
        return False
    return unicodedata.category(character) in ("Cc", "Cn", "Cs")
