"""What a zipped Office file must not hide: bombs, macros, remote content, entities, locks, doubled parts."""

import io
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from xml.parsers import expat

from case_files.limits import Limits
from case_files.refusals import FileRefused

_OFFICE = (".docx", ".xlsx", ".pptx")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".jar", ".docm", ".xlsm", ".pptm", ".xlsb")
_ARCHIVE_HEADS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ACTIVE = ("vbaproject.bin", "vbadata.xml")


class _Seen(Exception):
    """The first element was reached: nothing that must be refused can follow it."""


def check_office_archive(path: Path, *, limits: Limits) -> None:
    """Refuses a zipped Office file that could hurt the server or the person who opens it."""
    with path.open("rb") as stream:
        _check(stream, size=path.stat().st_size, limits=limits, depth=0)


def _check(stream: BinaryIO, *, size: int, limits: Limits, depth: int) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_sizes(archive.infolist(), size=size, limits=limits)
            _check_locks_and_doubles(archive.infolist())
            for entry in archive.infolist():
                _check_part(archive, entry, limits=limits, depth=depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise FileRefused("文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再上传。") from None


def _check_sizes(entries: list[zipfile.ZipInfo], *, size: int, limits: Limits) -> None:
    inflated = any(
        entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    too_many = len(entries) > limits.entries
    too_large = sum(entry.file_size for entry in entries) > limits.unpacked
    overlapping = sum(entry.compress_size for entry in entries) > size
    if inflated or too_many or too_large or overlapping:
        raise FileRefused("文件解开后异常庞大，疑似压缩炸弹。请另存为新的 .docx 或者导出为 PDF 后再上传。")


def _check_locks_and_doubles(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused("文件设有打开密码，无法阅读。请在 Word 或 WPS 中取消密码，保存后再上传。")
    names = Counter(entry.filename.lower() for entry in entries)
    if any(count > 1 for count in names.values()):
        raise FileRefused("文件内部有重复的部分，不同软件会显示不同内容。请另存为新的 .docx 后再上传。")


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limits: Limits, depth: int) -> None:
    part = PurePosixPath(entry.filename.lower())
    if part.name in _ACTIVE or "activex" in part.parts:
        raise FileRefused("文件带有宏或者控件。请另存为不带宏的“Word 文档(*.docx)”后再上传。")
    if part.suffix in (".xml", ".rels"):
        _check_xml(archive, entry)
    if part.suffix in _ARCHIVES or _head(archive, entry).startswith(_ARCHIVE_HEADS):
        raise FileRefused("文件里嵌有压缩包或者带宏的文件“%(part)s”。请删除后再上传。", part=part.name)
    if part.suffix in _OFFICE or _head(archive, entry).startswith(b"PK\x03\x04"):
        _check_embedded(archive, entry, limits=limits, depth=depth + 1)


def _check_embedded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limits: Limits, depth: int) -> None:
    if depth > limits.nesting:
        raise FileRefused("文件里层层嵌套了其他文件，无法逐一检查。请把嵌入的文件取出，分别上传。")
    _check(io.BytesIO(archive.read(entry)), size=entry.file_size, limits=limits, depth=depth)


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(8)


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        if entry.filename.lower().endswith(".rels"):
            _parse(part, links=True)
        elif entry.filename.lower() == "[content_types].xml":
            _parse(part, content_types=True)
        else:
            _parse(part)


def _parse(part: IO[bytes], *, links: bool = False, content_types: bool = False) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_entities
    if links:
        parser.StartElementHandler = _refuse_remote_content
    elif content_types:
        parser.StartElementHandler = _refuse_macros
    else:
        parser.StartElementHandler = _stop
    try:
        parser.ParseFile(part)
    except _Seen:
        return
    except (expat.ExpatError, ValueError, LookupError):
        raise FileRefused("文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再上传。") from None


def _stop(_: str, __: dict[str, str]) -> None:
    raise _Seen


def _refuse_entities(*_: object) -> None:
    raise FileRefused(
        "文件内部含有外部实体声明，可能是恶意文件。请另存为新的 .docx 或者导出为 PDF 后再上传。"
    )


def _refuse_remote_content(_: str, attributes: dict[str, str]) -> None:
    external = attributes.get("TargetMode", "").lower() == "external"
    if external and not attributes.get("Type", "").endswith("/hyperlink"):
        raise FileRefused(
            "文件会自动连接外部内容（链接的图片、模板或者对象）。"
            "请在 Word 或 WPS 中断开链接、改为嵌入，保存后再上传。"
        )


def _refuse_macros(_: str, attributes: dict[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise FileRefused("文件带有宏或者控件。请另存为不带宏的“Word 文档(*.docx)”后再上传。")
