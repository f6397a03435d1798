"""Checks a file passes before it may be read and kept: its name, its size, its kind, its secrecy marks.

What only one kind of file can hide (macros, bombs, passwords) is checked by that kind's reader, in the child
process of `reading`.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from case_files.kinds import Kind, kind_of
from case_files.limits import USUAL, Limits
from case_files.pages import PageText
from case_files.refusals import FileRefused, SecrecyMarkFound

LONGEST_NAME = 120
FIRST_PAGES = 3

_PATH_PARTS = re.compile(r"[/\\]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_SECRET_NAME = re.compile(r"绝密|机密|秘密[★☆⭐]|[【（(〔\[]秘密[】）)〕\]]")
_SECRET_MARK = re.compile(
    r"(绝\s*密|机\s*密|秘\s*密)\s*[★☆⭐]|^\s*密\s*级\s*[:：]\s*(绝\s*密|机\s*密|秘\s*密)", re.MULTILINE
)


def check_file(path: Path, name: str, *, limits: Limits = USUAL) -> Kind:
    """The kind of a file whose name, size and content agree; raises FileRefused otherwise."""
    check_name(name)
    check_size(path, name, limits=limits)
    return kind_of(path, name)


def check_name(name: str) -> None:
    """Refuses names that lead elsewhere, deceive the eye, cannot be saved, or bear a secrecy mark."""
    if _PATH_PARTS.search(name):
        raise FileRefused("文件名里含有路径。请只保留文件本身的名称后再上传。")
    if not name.strip() or name.startswith("."):
        raise FileRefused("文件没有名称。请命名后再上传。")
    if len(name) > LONGEST_NAME:
        raise FileRefused("文件名超过%(limit)s个字。请缩短后再上传。", limit=LONGEST_NAME)
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in name):
        raise FileRefused("文件名里含有看不见的控制字符。请重新命名后再上传。")
    if _NOT_IN_NAMES.search(name) or _DEVICE.fullmatch(name) or name != name.strip(" ") or name.endswith("."):
        raise FileRefused(
            "文件名“%(name)s”不能在各种电脑上保存。请去掉特殊符号和首尾空格后再上传。", name=name
        )
    if _SECRET_NAME.search("".join(name.split())):
        raise SecrecyMarkFound(
            "文件名“%(name)s”带有国家秘密标志。涉密文件一律不得上传，本次上传已登记。"
            "请在涉密系统中办理；确认不涉密的，改名后再上传。",
            name=name,
        )


def check_size(path: Path, name: str, *, limits: Limits = USUAL) -> None:
    """Refuses an empty file and one larger than the limit."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("“%(name)s”是空文件。请核对后上传有内容的文件。", name=name)
    if size > limits.upload:
        raise FileRefused(
            "“%(name)s”超过%(limit)s MB。请按册拆分，或者降低扫描分辨率后上传。",
            name=name,
            limit=limits.upload // (1024 * 1024),
        )


def check_secrecy(pages: Iterable[PageText]) -> None:
    """Refuses text whose first three pages bear 绝密★, 机密★, 秘密★ or a line 密级：… (保密法 art 14)."""
    for page in pages:
        if page.number > FIRST_PAGES:
            return
        if found := _SECRET_MARK.search(page.text):
            raise SecrecyMarkFound(
                "第%(page)s页带有国家秘密标志“%(mark)s”。涉密文件一律不得上传，本次上传已登记。"
                "请在涉密系统中办理。",
                page=page.number,
                mark=" ".join(found.group().split()),
            )
