"""An archive package put together from its parts: index, list for the binder, hashes, the checking script."""

import hashlib
import inspect
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from review_app.archiving import verify
from review_app.documents.content import Head, Layout, OfficialDocument, Paragraph, Signature, Table
from review_app.documents.official_format import write
from review_app.documents.packing import pack

FORMAT = "yian-archive/1"
INDEX = "index.json"
LEAFLET = """归档包说明

正卷：印发的文书、送达记录、抽选记录、案卷材料清单。
副卷：评查表、研讨记录、表决票、评查结果。副卷属于评议秘密，按保管期限封存。
签名记录.json、审计摘录.json：谁在何时对何内容签名，平台对本评查项目的操作记录。
卷内目录.docx：供装订的目录。

核验：在装有Python 3.9以上的任何计算机上运行
    python3 verify.py 本文件包.zip
不需要安装其他软件，也不需要连接平台。index.json 的校验值记在平台的审计日志中（归档包：导出），可以加 --index 一并核对。
"""


@dataclass(frozen=True)
class ArchiveFile:
    """One file of the package; ``bound`` is the hash that was signed or locked over its JSON, ``logged`` whether the
    audit log holds that hash, ``content`` the path of the content an issued document was written from."""

    path: str
    title: str
    content: bytes
    bound: str = ""
    logged: bool = True
    written_from: str = ""


@dataclass(frozen=True)
class SignatureLine:
    """Who signed the content in ``path``, or declined to; in force when nobody signed or changed anything later."""

    path: str
    person: str
    at: str
    sha256: str
    in_force: bool
    declined: bool = False


@dataclass(frozen=True)
class Archive:
    """What is known of a review when it is archived."""

    review_no: str
    title: str
    office: str
    made_at: str
    made_on: date
    files: Sequence[ArchiveFile]
    signatures: Sequence[SignatureLine] = ()
    log: Sequence[dict[str, Any]] = field(default=())


def packed(archive: Archive) -> tuple[bytes, str]:
    """The package (zip) and the SHA-256 of its index. The same archive gives the same bytes."""
    listing = ArchiveFile("卷内目录.docx", "卷内目录", binder_list(archive))
    signatures = [asdict(each) for each in archive.signatures]
    own = [
        listing,
        *archive.files,
        ArchiveFile("签名记录.json", "签名记录", as_json(signatures)),
        ArchiveFile("审计摘录.json", "审计摘录", as_json(archive.log)),
    ]
    index = as_json(
        {
            "format": FORMAT,
            "review_no": archive.review_no,
            "made_at": archive.made_at,
            "files": [listed(each) for each in own],
            "documents": [
                {"path": each.path, "content": each.written_from} for each in own if each.written_from
            ],
            "bound": [
                {"path": each.path, "sha256": each.bound, "logged": each.logged} for each in own if each.bound
            ],
            "signatures": signatures,
        }
    )
    parts = {each.path: each.content for each in own}
    free = {INDEX: index, "verify.py": inspect.getsource(verify).encode(), "说明.txt": LEAFLET.encode()}
    return pack({**parts, **free}), sha256(index)


def listed(file: ArchiveFile) -> dict[str, Any]:
    return {"path": file.path, "title": file.title, "sha256": sha256(file.content), "size": len(file.content)}


def binder_list(archive: Archive) -> bytes:
    """The list of contents (卷内目录) on paper."""
    rows = tuple(
        (str(number), file.title, file.path.partition("/")[0], sha256(file.content)[:16])
        for number, file in enumerate(archive.files, start=1)
    )
    return write(
        OfficialDocument(
            layout=Layout.FORM,
            head=Head(archive.office, ""),
            title_lines=("卷内目录",),
            recipient="",
            blocks=(
                Paragraph(
                    f"{archive.review_no} {archive.title}。共{len(rows)}件；校验值为SHA-256的前16位，全文见index.json。"
                ),
                Table(("序号", "题名", "卷别", "校验值"), rows, (12, 56, 14, 34)),
            ),
            signature=Signature(archive.office, archive.made_on, sealed=False),
        )
    )


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def numbered(titles: Iterable[str]) -> list[str]:
    """The titles, each with its number in front, so that a folder lists them in order."""
    return [f"{number:02d} {title}" for number, title in enumerate(titles, start=1)]
