"""Finds cases in what an operator points to: a folder, a document, or a file of JSON lines."""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from case_files.reading import read_file
from case_files.refusals import FileRefused
from review_app.errors import N_, ReviewError
from review_app.precedents.drafts import Draft, draft_of_row, draft_of_text
from review_app.precedents.states import Tier

DOCUMENTS = (".txt", ".docx", ".pdf")
LINES = (".jsonl", ".jsonl.xz")


@dataclass(frozen=True)
class Refused:
    """Something that could not become a case: where it stands and why."""

    place: str
    reason: ReviewError


def read_source(path: Path, *, tier: Tier, licence_note: str) -> Iterator[Draft | Refused]:
    """Every case under ``path``, in the order of names; what cannot be read comes as Refused and does not stop the
    rest. Raises ReviewError when there is nothing to read at all."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if is_known(file))
    if not files or not is_known(files[0]):
        raise ReviewError(N_("没有找到可以导入的文件（.txt、.docx、.pdf、.jsonl、.jsonl.xz）。请核对路径。"))
    for file in files:
        place = file.name if path.is_file() else str(file.relative_to(path))
        reader = read_lines if file.name.lower().endswith(LINES) else read_document
        yield from reader(file, place, tier, licence_note)


def is_known(file: Path) -> bool:
    return (
        file.is_file() and file.name.lower().endswith((*DOCUMENTS, *LINES)) and not file.name.startswith(".")
    )


def read_document(file: Path, place: str, tier: Tier, licence_note: str) -> Iterator[Draft | Refused]:
    try:
        _, pages = read_file(file, file.name)
        text = "\n".join(page.text for page in pages).strip()
        yield draft_of_text(text, name=file.stem, tier=tier, licence_note=licence_note)
    except FileRefused as refused:
        yield Refused(place, ReviewError(refused.sentence, **refused.facts))
    except ReviewError as refused:
        yield Refused(place, refused)


def read_lines(file: Path, place: str, tier: Tier, licence_note: str) -> Iterator[Draft | Refused]:
    for number, line in enumerate(lines_of(file), start=1):
        if not line.strip():
            continue
        try:
            yield draft_of_row(parsed(line), tier=tier, licence_note=licence_note)
        except ReviewError as refused:
            yield Refused(f"{place}:{number}", refused)


def lines_of(file: Path) -> Iterator[bytes]:
    if file.name.lower().endswith(".xz"):
        with lzma.open(file, "rb") as lines:
            yield from lines
    else:
        with file.open("rb") as lines:
            yield from lines


def parsed(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(re.sub(rb"^\xef\xbb\xbf", b"", line))
    except (ValueError, RecursionError):
        raise ReviewError(N_("这一行不是完整的JSON（UTF-8）。")) from None
    if not isinstance(row, dict):
        raise ReviewError(N_("这一行不是JSON对象。"))
    return row
