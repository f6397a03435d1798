"""What a .docx says about its pages, paragraphs and runs, styles and defaults resolved. Nothing is rendered.

Foreign files are read with care: sizes are bounded before anything is unpacked, XML with a document type or
entities is refused.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

from review_app.errors import ReviewError

_LARGEST: Final = 64 * 1024 * 1024
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Node = ElementTree.Element


@dataclass(frozen=True, slots=True)
class RunMeasures:
    """A run: fonts by name (empty when only a theme names them), size in half-points, colour as hex or empty."""

    text: str
    chinese_font: str
    western_font: str
    size: int
    colour: str
    spacing: int


@dataclass(frozen=True, slots=True)
class ParagraphMeasures:
    """A paragraph, lengths in twips; `borders` maps a side to (thickness in 1/8 pt, colour)."""

    runs: tuple[RunMeasures, ...]
    align: str
    first_line: int
    first_line_characters: int
    left: int
    right: int
    line: int
    line_rule: str
    borders: Mapping[str, tuple[int, str]]
    page_break: bool
    has_field: bool
    has_shape: bool

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The section that ends the document, in twips; absent values are 0."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    grid: str
    line_pitch: int
    character_space: int
    first_page_differs: bool
    odd_even_differ: bool


@dataclass(frozen=True, slots=True)
class TableMeasures:
    """A table: its paragraphs and the thickness of its lines by side, in 1/8 pt."""

    paragraphs: tuple[ParagraphMeasures, ...]
    borders: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DocumentMeasures:
    """A measured file; `body` leaves out tables and frames, headers and footers are keyed default/even/first."""

    page: PageMeasures
    body: tuple[ParagraphMeasures, ...]
    tables: tuple[TableMeasures, ...]
    framed: tuple[ParagraphMeasures, ...]
    headers: Mapping[str, tuple[ParagraphMeasures, ...]]
    footers: Mapping[str, tuple[ParagraphMeasures, ...]]


def measure(package: bytes) -> DocumentMeasures:
    """Measure a .docx; what is none gets a sentence."""
    parts = _parts(package)
    reader = _Reader(parts)
    body = reader.document.find(f"{_W}body")
    if body is None:
        raise _unreadable()
    return DocumentMeasures(
        page=reader.page(body),
        body=tuple(reader.paragraph(each) for each in body.findall(f"{_W}p")),
        tables=tuple(reader.table(each) for each in body.iter(f"{_W}tbl")),
        framed=tuple(
            reader.paragraph(each) for frame in body.iter(f"{_W}txbxContent") for each in frame.iter(f"{_W}p")
        ),
        headers=reader.margins(body, "header"),
        footers=reader.margins(body, "footer"),
    )


def _unreadable() -> ReviewError:
    return ReviewError("文件不是完整的docx文档，无法检查格式。请用Word或者WPS另存为docx后重试。")


def _parts(package: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            if sum(entry.file_size for entry in opened.infolist()) > _LARGEST:
                raise ReviewError("文件解压后过大，未作检查。请缩小图片或者拆分文件后重试。")
            return {name: opened.read(name) for name in opened.namelist() if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as broken:
        raise _unreadable() from broken


def _parse(part: bytes) -> Node:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise ReviewError("文件含有文档类型声明，可能被篡改，未作检查。")
    try:
        return ElementTree.fromstring(part)  # noqa: S314 - document types and with them entities are refused above
    except ElementTree.ParseError as broken:
        raise _unreadable() from broken


class _Reader:
    """Resolves paragraph and run properties: document defaults, then the style and its ancestors, then the node."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        if "word/document.xml" not in parts:
            raise _unreadable()
        self.document = _parse(parts["word/document.xml"])
        styles = _parse(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
        self._styles = {} if styles is None else {each.get(f"{_W}styleId"): each for each in styles}
        self._defaults = {kind: _default(styles, kind) for kind in ("pPr", "rPr")}
        self._default_style = next(
            (name for name, each in self._styles.items() if _is_default_paragraph(each)), None
        )

    def page(self, body: Node) -> PageMeasures:
        section = body.find(f"{_W}sectPr")
        if section is None:
            raise _unreadable()
        size, margins, grid = (section.find(f"{_W}{tag}") for tag in ("pgSz", "pgMar", "docGrid"))
        return PageMeasures(
            width=_number(size, "w"),
            height=_number(size, "h"),
            top=_number(margins, "top"),
            bottom=_number(margins, "bottom"),
            left=_number(margins, "left") + _number(margins, "gutter"),
            right=_number(margins, "right"),
            grid=_word(grid, "type"),
            line_pitch=_number(grid, "linePitch"),
            character_space=_number(grid, "charSpace"),
            first_page_differs=section.find(f"{_W}titlePg") is not None,
            odd_even_differ=self._odd_even_differ(),
        )

    def margins(self, body: Node, kind: str) -> dict[str, tuple[ParagraphMeasures, ...]]:
        section = body.find(f"{_W}sectPr")
        relations = self._relations()
        found = {}
        for reference in [] if section is None else section.findall(f"{_W}{kind}Reference"):
            name = relations.get(reference.get(f"{_R}id") or "", "")
            if name in self._parts:
                root = _parse(self._parts[name])
                found[_word(reference, "type")] = tuple(self.paragraph(each) for each in root.iter(f"{_W}p"))
        return found

    def table(self, node: Node) -> TableMeasures:
        lines = node.find(f"{_W}tblPr/{_W}tblBorders")
        borders = {} if lines is None else {_local(each): _number(each, "sz") for each in lines}
        return TableMeasures(tuple(self.paragraph(each) for each in node.iter(f"{_W}p")), borders)

    def paragraph(self, node: Node) -> ParagraphMeasures:
        own = node.find(f"{_W}pPr")
        chain = self._chain(_word(_child(own, "pStyle"), "val"))
        levels = [*([own] if own is not None else []), *(_child(style, "pPr") for style in chain)]
        levels.append(self._defaults["pPr"])
        indent, spacing = _merged(levels, "ind"), _merged(levels, "spacing")
        run_levels = [_child(style, "rPr") for style in chain] + [self._defaults["rPr"]]
        return ParagraphMeasures(
            runs=tuple(self._run(each, run_levels) for each in _runs(node)),
            align=_merged(levels, "jc").get("val", "left"),
            first_line=int(indent.get("firstLine", 0)) - int(indent.get("hanging", 0)),
            first_line_characters=int(indent.get("firstLineChars", 0)),
            left=int(indent.get("left", indent.get("start", 0))),
            right=int(indent.get("right", indent.get("end", 0))),
            line=int(spacing.get("line", 240)),
            line_rule=spacing.get("lineRule", "auto"),
            borders=_borders(levels),
            page_break=_starts_page(own),
            has_field=_holds(node, "fldSimple", "instrText"),
            has_shape=_holds(node, "pict", "drawing"),
        )

    def _run(self, node: Node, paragraph_levels: list[Node | None]) -> RunMeasures:
        own = node.find(f"{_W}rPr")
        styles = [
            _child(each, "rPr") for each in self._chain(_word(_child(own, "rStyle"), "val"), fallback=False)
        ]
        levels = [own, *styles, *paragraph_levels]
        fonts = _merged(levels, "rFonts")
        colour = _merged(levels, "color").get("val", "")
        return RunMeasures(
            text=_run_text(node),
            chinese_font=fonts.get("eastAsia", ""),
            western_font=fonts.get("ascii", ""),
            size=int(_merged(levels, "sz").get("val", 20)),
            colour="" if colour in ("auto", "000000") else colour.upper(),
            spacing=int(_merged(levels, "spacing").get("val", 0)),
        )

    def _chain(self, style: str, *, fallback: bool = True) -> list[Node]:
        """The style and its ancestors, nearest first; a circle ends where it began."""
        found: list[Node] = []
        name: str | None = style or (self._default_style if fallback else None)
        while name and name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            name = _word(_child(found[-1], "basedOn"), "val")
        return found

    def _relations(self) -> dict[str, str]:
        part = self._parts.get("word/_rels/document.xml.rels")
        if part is None:
            return {}
        return {
            each.get("Id", ""): str(PurePosixPath("word") / each.get("Target", "")).replace(
                "word//word", "word"
            )
            for each in _parse(part)
        }

    def _odd_even_differ(self) -> bool:
        part = self._parts.get("word/settings.xml")
        if part is None:
            return False
        found = _parse(part).find(f"{_W}evenAndOddHeaders")
        return found is not None and _word(found, "val") not in ("0", "false")


def _default(styles: Node | None, kind: str) -> Node | None:
    return None if styles is None else styles.find(f"{_W}docDefaults/{_W}{kind}Default/{_W}{kind}")


def _is_default_paragraph(style: Node) -> bool:
    return _word(style, "type") == "paragraph" and _word(style, "default") in ("1", "true")


def _child(node: Node | None, tag: str) -> Node | None:
    return None if node is None else node.find(f"{_W}{tag}")


def _holds(node: Node, *tags: str) -> bool:
    return any(node.find(f".//{_W}{tag}") is not None for tag in tags)


def _word(node: Node | None, name: str) -> str:
    return "" if node is None else node.get(f"{_W}{name}") or ""


def _number(node: Node | None, name: str) -> int:
    text = _word(node, name)
    return int(float(text)) if text.replace(".", "", 1).lstrip("-").isdigit() else 0


def _local(node: Node) -> str:
    return _local_name(node.tag)


def _local_name(qualified: str) -> str:
    return qualified.rpartition("}")[2]


def _merged(levels: list[Node | None], tag: str) -> dict[str, str]:
    """Attributes of `tag` over all levels, the nearest winning."""
    merged: dict[str, str] = {}
    for level in levels:
        found = _child(level, tag)
        if found is not None:
            for name, value in found.attrib.items():
                merged.setdefault(_local_name(name), value)
    return merged


def _borders(levels: list[Node | None]) -> dict[str, tuple[int, str]]:
    for level in levels:
        found = _child(level, "pBdr")
        if found is not None:
            return {_local(each): (_number(each, "sz"), _word(each, "color").upper()) for each in found}
    return {}


def _starts_page(properties: Node | None) -> bool:
    found = _child(properties, "pageBreakBefore")
    return found is not None and _word(found, "val") not in ("0", "false")


def _runs(node: Node) -> Iterator[Node]:
    """Runs of the paragraph itself, not of frames drawn inside it."""
    for each in node:
        if each.tag == f"{_W}r":
            yield each
        elif each.tag != f"{_W}p":
            yield from _runs(each)


def _run_text(node: Node) -> str:
    pieces = []
    for each in node:
        if each.tag == f"{_W}t":
            pieces.append(each.text or "")
        elif each.tag == f"{_W}tab":
            pieces.append("\t")
        elif each.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
    return "".join(pieces)
