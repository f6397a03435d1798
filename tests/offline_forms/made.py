"""Word forms filled as a person would: by the grey name of a row, in Word's own controls."""

import io
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from sqlalchemy.orm import Session

from case_files.form_rows import FormRow, read_form
from review_app.evaluations.models import EvalForm
from review_app.offline_forms.service import TakenIn, hand_out, take_in
from tests.conftest import NOW

DOCUMENT = "word/document.xml"
CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
Typed = str | bool | Sequence[str]


def handed_out(session: Session, form: EvalForm, *, blanks: int = 2) -> bytes:
    return hand_out(session, form, blanks=blanks, by=form.person, now=NOW).package


def filled(package: bytes, typed: Mapping[str, Typed]) -> bytes:
    """The document with rows filled: text or a choice, a tick, or the cells of a line of evidence."""
    root = etree.fromstring(part(package))
    for name, value in typed.items():
        row = row_of(root, name)
        cells = row.findall(qn("w:tc"))
        if isinstance(value, bool):
            tick(cells[-2], value)
        elif isinstance(value, str):
            write(cells[-2], value)
        else:
            for cell, words in zip(cells, value, strict=False):
                write(cell, words)
    return with_document(package, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def row_of(root: etree._Element, name: str) -> etree._Element:
    rows = [row for row in root.iter(qn("w:tr")) if "".join(row[-1].itertext()).strip() == name]
    assert len(rows) == 1, f"{len(rows)} rows {name!r}"
    return rows[0]


def write(cell: etree._Element, words: str) -> None:
    content = cell.find(f".//{qn('w:sdtContent')}")
    assert content is not None
    for hint in cell.iter(qn("w:showingPlcHdr")):
        hint.getparent().remove(hint)  # type: ignore[union-attr]
    for run in list(content):
        content.remove(run)
    lines = "<w:br/>".join(f"<w:t xml:space='preserve'>{line}</w:t>" for line in words.split("\n"))
    content.append(parse_xml(f"<w:r {nsdecls('w')}>{lines}</w:r>"))


def tick(cell: etree._Element, value: bool) -> None:
    box = next(cell.iter(CHECKED))
    box.set(next(iter(box.attrib)), str(int(value)))
    next(cell.iter(qn("w:t"))).text = "☒" if value else "☐"


def part(package: bytes, name: str = DOCUMENT) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def with_document(package: bytes, document: bytes) -> bytes:
    return with_parts(package, {DOCUMENT: document})


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name) or old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def rows(folder: Path, package: bytes, name: str = "评查表.docx") -> list[FormRow]:
    path = folder / "upload.docx"
    path.write_bytes(package)
    return read_form(path, name)


def taken_in(session: Session, form: EvalForm, folder: Path, package: bytes) -> TakenIn:
    return take_in(session, form, rows(folder, package), by=form.person, now=NOW)


def saved_by_libreoffice(folder: Path, package: bytes) -> bytes:
    """The document opened by LibreOffice and saved again as .docx."""
    (folder / "filled.docx").write_bytes(package)
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "saved"), str(folder / "filled.docx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "saved" / "filled.docx").read_bytes()
