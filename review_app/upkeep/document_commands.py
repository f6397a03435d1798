"""The commands ``review-app document …``: what was issued, looked after by the administrator."""

import json
from pathlib import Path

import click

from review_app.documents.content import fingerprint
from review_app.documents.queries import document_numbered
from review_app.documents.service import rebuild
from review_app.documents.states import COPY_LABELS
from review_app.errors import N_, ReviewError
from review_app.instance import open_instance
from review_app.settings import read_settings


@click.group("document")
def document_group() -> None:
    """已制发的文书。"""


@document_group.command("rebuild")
@click.argument("number")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="把重新生成的文件写入此文件夹")
def rebuild_command(number: str, *, data: Path | None, out: Path | None) -> None:
    """用锁定的内容重新生成一份文书，并与印发的原件逐字节比对。NUMBER是文号，如 青评意〔2024〕11号。"""
    with open_instance(read_settings(data=data)).reading() as session:
        document = document_numbered(session, number)
        if document is None:
            raise ReviewError(N_("没有文号为%(number)s的文书。"), number=number)
        for copy in document.copies:
            written = rebuild(copy)
            name = f"{document.number}-{COPY_LABELS[copy.copy]}.docx"
            click.echo(f"{name} 与原件一致 sha256 {copy.sha256} 内容 {fingerprint(json.loads(copy.content))}")
            if out is not None:
                put(out / name, written)


def put(path: Path, content: bytes) -> None:
    """Write a new file; ReviewError when one stands there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ReviewError(N_("文件%(path)s已经存在，没有覆盖。请另选文件夹。"), path=path) from None
