"""What an official document says, free of any file format: one source for the .docx and for the preview."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


class Layout(StrEnum):
    """The layouts of GB/T 9704—2012 in use: general (7), letter (10.1), minutes (10.3), and the plain form without a
    red head."""

    GENERAL = "GENERAL"
    LETTER = "LETTER"
    MINUTES = "MINUTES"
    FORM = "FORM"


@dataclass(frozen=True, slots=True)
class Head:
    """The head (版头): who issues, under which number; the three marks are left out when empty.

    `copy_no` has six digits, `secrecy` reads like 工作秘密★3年, `signer` stands in upward documents only.
    """

    organ: str
    number: str
    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of its own line; levels 1–4 are written 一、（一）1．（1） and carry their number in `text`."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `lead` opens it in the face of `lead_level`, e.g. （一）阅卷情况。 in 楷体."""

    text: str
    lead: str = ""
    lead_level: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the type area; `widths` are shares of its width, one for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there (出席), excused (请假) or sat in (列席): the word in 黑体, the names hanging behind its colon (10.3)."""

    word: str
    names: str


Block = Heading | Paragraph | Table | Attendance


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment printed behind the document; without blocks it is only named in the note."""

    name: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Issuing organ and date of completion; `sealed` leaves room for the seal (7.3.5.1)."""

    organ: str
    on: date | None
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint (版记) at the foot of the last page; the letter format prints copies only."""

    copy_to: tuple[str, ...]
    printed_by: str
    printed_on: date | None


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A whole document. `title_lines` are the lines the title is broken into; `notes` is the 附注 without brackets."""

    layout: Layout
    head: Head
    title_lines: tuple[str, ...]
    recipient: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    signature: Signature | None = None
    notes: str = ""
    imprint: Imprint | None = None

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)


_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "attendance": Attendance,
}


def as_data(document: OfficialDocument) -> dict[str, Any]:
    """The document as plain JSON values, to be stored and read back with `from_data`."""
    data: dict[str, Any] = asdict(document)
    data["blocks"] = [_block_data(block) for block in document.blocks]
    data["attachments"] = [
        {"name": attachment.name, "blocks": [_block_data(block) for block in attachment.blocks]}
        for attachment in document.attachments
    ]
    loaded: dict[str, Any] = json.loads(json.dumps(data, default=date.isoformat))
    return loaded


def from_data(data: dict[str, Any]) -> OfficialDocument:
    """The document that `as_data` wrote."""
    return OfficialDocument(
        layout=Layout(data["layout"]),
        head=Head(**data["head"]),
        title_lines=tuple(data["title_lines"]),
        recipient=data["recipient"],
        blocks=_blocks(data["blocks"]),
        attachments=tuple(Attachment(each["name"], _blocks(each["blocks"])) for each in data["attachments"]),
        signature=_signature(data["signature"]),
        notes=data["notes"],
        imprint=_imprint(data["imprint"]),
    )


def fingerprint(data: dict[str, Any]) -> str:
    """SHA-256 (hex) over the canonical JSON of `data`: the hash a signature binds."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def texts(document: OfficialDocument) -> list[str]:
    """Every printed text in reading order, for checks of wording and masking."""
    head = document.head
    found = [head.secrecy, head.organ, head.number, document.title, document.recipient]
    found += _block_texts(document.blocks)
    for attachment in document.attachments:
        found += [attachment.name, *_block_texts(attachment.blocks)]
    if document.signature:
        found.append(document.signature.organ)
    found.append(document.notes)
    if document.imprint:
        found += [*document.imprint.copy_to, document.imprint.printed_by]
    return [text for text in found if text]


def _block_data(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def _blocks(rows: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block(row) for row in rows)


def _block(row: dict[str, Any]) -> Block:
    kind = _BLOCKS[row["kind"]]
    return kind(**{field.name: _frozen(row[field.name]) for field in fields(kind)})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _signature(row: dict[str, Any] | None) -> Signature | None:
    return Signature(row["organ"], _day(row["on"]), row["sealed"]) if row else None


def _imprint(row: dict[str, Any] | None) -> Imprint | None:
    return Imprint(tuple(row["copy_to"]), row["printed_by"], _day(row["printed_on"])) if row else None


def _block_texts(blocks: tuple[Block, ...]) -> list[str]:
    return [text for block in blocks for text in _texts_of(block)]


def _texts_of(block: Block) -> list[str]:
    match block:
        case Heading(text=text):
            return [text]
        case Attendance(word=word, names=names):
            return [f"{word}：{names}"]
        case Paragraph(text=text, lead=lead):
            return [lead + text]
        case Table(columns=columns, rows=rows):
            return [*columns, *(cell for row in rows for cell in row)]
