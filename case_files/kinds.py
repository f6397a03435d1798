"""Kinds of files that may enter a case file; one line per kind, known by extension and by content."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from case_files.refusals import N_, FileRefused

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in the registry and for people, its extensions, how browsers are told of it.

    `looks_like` recognises the content from the file and its first 4,096 bytes; `reader` is the module that
    checks and reads it; `inline` says whether every browser shows it as a picture.
    """

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str
    looks_like: Callable[[Path, bytes], bool]
    reader: str
    inline: bool = False


def _begins(*signatures: bytes) -> Callable[[Path, bytes], bool]:
    return lambda _, head: head.startswith(signatures)


def _is_pdf(_: Path, head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_word(path: Path, head: bytes) -> bool:
    return head.startswith(b"PK") and "word/document.xml" in _parts(path)


def _is_plain(_: Path, head: bytes) -> bool:
    return not head.startswith(_KNOWN_BINARY) and b"%PDF-" not in head[:1024]


def _parts(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []


_KNOWN_BINARY = (
    OLE,
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"{\\rtf",
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_IMAGE = "case_files.readers.image"

KINDS = (
    Kind("docx", N_("Word 文档"), (".docx",), _WORD, _is_word, "case_files.readers.docx"),
    Kind("pdf", N_("PDF 文档"), (".pdf",), "application/pdf", _is_pdf, "case_files.readers.pdf"),
    Kind("png", N_("PNG 图片"), (".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n"), _IMAGE, inline=True),
    Kind(
        "jpg", N_("JPEG 图片"), (".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff"), _IMAGE, inline=True
    ),
    Kind("gif", N_("GIF 图片"), (".gif",), "image/gif", _begins(b"GIF87a", b"GIF89a"), _IMAGE, inline=True),
    Kind("tif", N_("TIFF 图片"), (".tif", ".tiff"), "image/tiff", _begins(b"II*\x00", b"MM\x00*"), _IMAGE),
    Kind("bmp", N_("BMP 图片"), (".bmp",), "image/bmp", _begins(b"BM"), _IMAGE),
    Kind("txt", N_("文本文件"), (".txt",), "text/plain", _is_plain, "case_files.readers.txt"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}

EXTENSIONS = tuple(BY_EXTENSION)

_OLD_WORD = N_(
    "“%(name)s”是旧版或者其他格式的文字文件，不能上传。请用 Word 或 WPS 打开，选“另存为”，"
    "文件类型选“Word 文档(*.docx)”，再上传新文件。"
)
_MACRO_WORD = N_(
    "“%(name)s”是可带宏的文档或者模板，不能上传。请用 Word 或 WPS 打开，选“另存为”，"
    "文件类型选“Word 文档(*.docx)”，再上传新文件。"
)
_ARCHIVE = N_("“%(name)s”是压缩包，不能上传。请先解压，再一次选中里面的文件上传。")
_NO_READER = N_("“%(name)s”不能在线阅读。请打开后导出（输出）为 PDF，再上传。")

_TO_DO_INSTEAD = {
    **dict.fromkeys((".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt"), _OLD_WORD),
    **dict.fromkeys((".docm", ".dotm", ".dotx"), _MACRO_WORD),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz"), _ARCHIVE),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".et", ".ppt", ".pptx", ".dps", ".ofd"), _NO_READER),
}


def kind_of(path: Path, name: str) -> Kind:
    """The kind of the file, which its name's extension and its content must agree on.

    Raises FileRefused for an extension that is not taken (telling how to convert where that is known), for
    content that is not what the extension says, and for Office files locked with a password.
    """
    extension = PurePath(name).suffix.lower()
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        raise _not_taken(name, extension)
    head = _head(path)
    if kind.looks_like(path, head):
        return kind
    raise _mislabelled(path, name, kind, head)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _not_taken(name: str, extension: str) -> FileRefused:
    if extension in _TO_DO_INSTEAD:
        return FileRefused(_TO_DO_INSTEAD[extension], name=name)
    return FileRefused(
        "“%(name)s”的格式不能上传。可以上传：%(accepted)s。", name=name, accepted="、".join(EXTENSIONS)
    )


def _mislabelled(path: Path, name: str, kind: Kind, head: bytes) -> FileRefused:
    if head.startswith(OLE):
        return _ole(path, name)
    actual = next((other for other in KINDS if other.name != "txt" and other.looks_like(path, head)), None)
    if actual is not None:
        return FileRefused(
            "“%(name)s”的扩展名与内容不一致：内容是%(actual)s。请改成正确的扩展名%(extension)s后再上传。",
            name=name,
            actual=actual.label,
            extension=actual.extensions[0],
        )
    return FileRefused(
        "“%(name)s”的内容不是%(expected)s，或者文件已损坏。请用原来的软件打开核对，重新保存后再上传。",
        name=name,
        expected=kind.label,
    )


def _ole(path: Path, name: str) -> FileRefused:
    if _mentions(path, ENCRYPTED_PACKAGE):
        return FileRefused(
            "“%(name)s”设有打开密码，无法阅读。请在 Word 或 WPS 中取消密码，保存后再上传。", name=name
        )
    return FileRefused(
        "“%(name)s”的内容是旧版 Word（.doc）一类的文件，与扩展名不一致。请用 Word 或 WPS 打开，选“另存为”，"
        "文件类型选“Word 文档(*.docx)”，再上传新文件。",
        name=name,
    )


def _mentions(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as stream:
        before = b""
        while chunk := stream.read(1024 * 1024):
            if wanted in before + chunk:
                return True
            before = chunk[-len(wanted) :]
    return False
