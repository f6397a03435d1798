"""Finds cases in what an operator points to: a folder, a document, a JSON file, or a file of JSON lines.

A source is met as pieces: files and lines, always in the same order, so that an import can say how many it has done
with and go on behind them after it was stopped. Reading a piece into cases costs time and can be done in another
process; naming the pieces does not.
"""

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from case_files.reading import read_file
from case_files.refusals import FileRefused
from review_app.errors import N_, ReviewError
from review_app.precedents.drafts import Draft, draft_of_row, draft_of_text
from review_app.precedents.mapping import Mapped, mapped
from review_app.precedents.states import Tier

DOCUMENTS = (".txt", ".docx", ".pdf")
LINES = (".jsonl", ".jsonl.xz")
OBJECTS = (".json",)
STATUTES = (".md",)
BROKEN = N_("压缩文件到此处损坏，其后的内容没有读取。请重新取得文件后再导入。")
TOO_LONG = N_("这一行过长，其后的内容没有读取。请确认每行只有一件案例。")
LONGEST_LINE = 64 * 1024 * 1024  # bytes
LARGEST_OBJECT = 200 * 1024 * 1024  # bytes of a .json file, which is read as a whole


@dataclass(frozen=True)
class Options:
    """What holds for every case of an import: where a case does not say it itself."""

    tier: Tier
    licence_note: str = ""
    mapping: Mapped = field(default_factory=Mapped)


@dataclass(frozen=True)
class Piece:
    """A file, or a line of one: ``place`` names it to people, ``done`` is how many bytes of the source end with it,
    ``fault`` the sentence for a file that cannot be read on."""

    place: str
    path: Path
    line: bytes | None
    done: int
    fault: str = ""


@dataclass(frozen=True)
class Refused:
    """Something that could not become a case: where it stands and why."""

    place: str
    reason: ReviewError


@dataclass(frozen=True)
class Source:
    """The files of a source in the order in which they are read."""

    path: Path
    files: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.stat().st_size for file in self.files)

    def place_of(self, file: Path) -> str:
        return file.name if self.path.is_file() else str(file.relative_to(self.path))

    def fingerprint(self, options: Options) -> str:
        """The same for the same files at the same place, unchanged, imported with the same options."""
        said: list[Any] = [
            str(self.path.resolve()),
            str(options.tier),
            options.licence_note,
            options.mapping.names,
        ]
        for file in self.files:
            status = file.stat()
            said.append([self.place_of(file), status.st_size, status.st_mtime_ns])
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def find_source(path: Path) -> Source:
    """What can be imported under ``path``. Raises ReviewError when that is nothing."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    known = tuple(file for file in files if is_known(file))
    if known:
        return Source(path, known)
    if any(file.name.lower().endswith(STATUTES) for file in files):
        raise ReviewError(N_("这里是法律法规（.md），不是案例。请使用 review-app statutes import 导入。"))
    raise ReviewError(
        N_("没有找到可以导入的文件（.txt、.docx、.pdf、.json、.jsonl、.jsonl.xz）。请核对路径。")
    )


def is_known(file: Path) -> bool:
    return file.name.lower().endswith((*DOCUMENTS, *LINES, *OBJECTS)) and not file.name.startswith(".")


def pieces(source: Source, *, skip: int = 0) -> Iterator[Piece]:
    """The pieces of a source behind the first ``skip``."""
    return (piece for number, piece in enumerate(every_piece(source)) if number >= skip)


def every_piece(source: Source) -> Iterator[Piece]:
    before = 0
    for file in source.files:
        place, size = source.place_of(file), file.stat().st_size
        if file.name.lower().endswith(LINES):
            yield from lines_of(file, place, before)
        else:
            yield Piece(place, file, None, before + size)
        before += size


def lines_of(file: Path, place: str, before: int) -> Iterator[Piece]:
    """The lines of a file that are not empty; where it breaks off or a line has no end, a piece that says so."""
    with file.open("rb") as raw, unpacked(raw, file.name) as lines:
        number = 0
        try:
            while line := lines.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                    yield Piece(f"{place}:{number}", file, None, before + raw.tell(), fault=TOO_LONG)
                    return
                if line.strip():
                    yield Piece(f"{place}:{number}", file, line, before + raw.tell())
        except (lzma.LZMAError, EOFError):
            yield Piece(f"{place}:{number + 1}", file, None, before + raw.tell(), fault=BROKEN)


@contextmanager
def unpacked(raw: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    if name.lower().endswith(".xz"):
        with lzma.LZMAFile(raw) as lines:
            yield lines
    else:
        yield raw


def read_piece(piece: Piece, options: Options) -> list[Draft | Refused]:
    """The cases of a piece; what cannot be one comes as Refused and does not stop the rest."""
    try:
        if piece.fault:
            raise ReviewError(piece.fault)
        if piece.line is not None:
            return [draft_of(parsed(piece.line), options)]
        if piece.path.name.lower().endswith(OBJECTS):
            return read_objects(piece, options)
        return [read_document(piece, options)]
    except FileRefused as refused:
        return [Refused(piece.place, ReviewError(refused.sentence, **refused.facts))]
    except ReviewError as refused:
        return [Refused(piece.place, refused)]
    except OSError:
        return [Refused(piece.place, ReviewError(N_("文件无法打开。请核对文件和访问权限。")))]


def read_document(piece: Piece, options: Options) -> Draft:
    name = Path(piece.place)
    _, pages = read_file(piece.path, name.name)
    text = "\n".join(page.text for page in pages).strip()
    return draft_of_text(text, name=name.stem, tier=options.tier, licence_note=options.licence_note)


def read_objects(piece: Piece, options: Options) -> list[Draft | Refused]:
    """One case or a list of cases in a .json file; LeCaRD keeps each candidate in a file of its own."""
    if piece.path.stat().st_size > LARGEST_OBJECT:
        raise ReviewError(
            N_("JSON文件超过%(most)sMB。请改用每行一件的.jsonl。"), most=LARGEST_OBJECT // 1024**2
        )
    content = parsed(piece.path.read_bytes(), several=True)
    rows: Sequence[Any] = content if isinstance(content, list) else [content]
    found: list[Draft | Refused] = []
    for number, row in enumerate(rows, start=1):
        place = f"{piece.place}:{number}" if isinstance(content, list) else piece.place
        try:
            found.append(draft_of(as_row(row), options))
        except ReviewError as refused:
            found.append(Refused(place, refused))
    return found


def draft_of(row: Any, options: Options) -> Draft:
    return draft_of_row(
        mapped(as_row(row), options.mapping), tier=options.tier, licence_note=options.licence_note
    )


def as_row(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise ReviewError(N_("这一行不是JSON对象。"))
    return row


def parsed(content: bytes, *, several: bool = False) -> Any:
    try:
        return json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        if several:
            raise ReviewError(N_("不是完整的JSON文件（UTF-8）。")) from None
        raise ReviewError(N_("这一行不是完整的JSON（UTF-8）。")) from None
