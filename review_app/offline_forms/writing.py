"""The Word form as bytes: tables of labels and content controls that Word, WPS and LibreOffice keep.

Every row ends with the name of its field in small grey letters, because some programs drop the names of content
controls; labels and names are locked against mistakes, fields against deletion. Text controls stand inside a
paragraph and take any text: other kinds are multiplied by some LibreOffice versions when they save."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from review_app.documents.base_package import empty_package
from review_app.documents.typography import Face
from review_app.offline_forms.sheet import FORM_MARK, Block, Cell, Kind, Row, Section
from review_app.offline_forms.wording import CHOOSE

FORM_NAMESPACE = "urn:yian:offline-form"
_SPACES = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_WIDTH = 9240
_NAME_WIDTH = 1150
_FIELD_WIDTHS = (1900, _WIDTH - 1900 - _NAME_WIDTH)
_LINE_WIDTHS = {4: (2100, 700, 4390, 900), 6: (1700, 800, 1300, 2390, 1100, 800)}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_form(
    title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section], *, mark: str, edition: int,
    sha256: str,
) -> bytes:  # fmt: skip
    """The .docx. ``facts`` stand at its head; ``mark``, ``edition`` and ``sha256`` (of what the form said) stand
    in its custom part, the mark also in its first table. Its properties carry nobody's name and no time."""
    opened = docx.Document(empty_package())
    section = opened.sections[0]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, 1_000_000)
    for xml in document_parts(title, facts, sections, mark=mark):
        section._sectPr.addprevious(parse_xml(xml))
    attach(opened.part, mark=mark, edition=edition, sha256=sha256)
    buffer = io.BytesIO()
    opened.save(buffer)
    return repacked(buffer.getvalue())


def attach(main: Part, *, mark: str, edition: int, sha256: str) -> None:
    """The custom part by which the platform knows the copy."""
    xml = f'<form xmlns="{FORM_NAMESPACE}" mark={quoteattr(mark)} edition="{edition}" sha256={quoteattr(sha256)}/>'
    part = Part(PackURI("/customXml/item1.xml"), "application/xml", xml.encode(), main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def repacked(package: bytes) -> bytes:
    """The same parts, compressed, without the moment of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            new.writestr(entry, old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def document_parts(
    title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section], *, mark: str
) -> Iterator[str]:
    yield paragraph(title, face=Face.HEI, size=36, align="center", after=160)
    rows = [Row("", label, (Cell(Kind.SHOWN, value),)) for label, value in facts]
    rows.append(Row(FORM_MARK, "离线表编号", (Cell(Kind.SHOWN, mark),)))
    yield table(Block("", tuple(rows)))
    for section in sections:
        yield paragraph(section.title, face=Face.HEI, size=28, before=280, after=80, outline=0)
        if section.note:
            yield paragraph(section.note, size=20, after=80)
        for block in section.blocks:
            yield paragraph(
                block.title, face=Face.HEI, size=22 if not block.heads else 20, before=120, after=40,
                outline=None if block.heads else 1,
            )  # fmt: skip
            yield table(block)
    yield paragraph("", size=20)


def paragraph(
    text: str, *, face: str = Face.SONG, size: int = 21, before: int = 0, after: int = 0, align: str = "left",
    outline: int | None = None,
) -> str:  # fmt: skip
    """A paragraph; sizes in half points, distances in twentieths of a point."""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    keep = "<w:keepNext/>" if text else ""
    return (
        f"<w:p {_SPACES}><w:pPr>{keep}"
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{align}"/>{level}</w:pPr>{run(text, face=face, size=size)}</w:p>'
    )


def run(text: str, *, face: str = Face.SONG, size: int = 21, colour: str = "000000") -> str:
    look = (
        f'<w:rPr><w:rFonts w:eastAsia="{face}"/><w:color w:val="{colour}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    lines = legible(text).split("\n")
    return f"<w:r>{look}{'<w:br/>'.join(map(words_of, lines))}</w:r>"


def words_of(line: str) -> str:
    pieces = line.split("\t")
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)


def legible(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(one for one in text if one in "\n\t" or (one >= " " and one not in "\ufffe\uffff"))


def table(block: Block) -> str:
    widths = (*(_LINE_WIDTHS[len(block.heads)] if block.heads else _FIELD_WIDTHS), _NAME_WIDTH)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = table_row([label(words) for words in block.heads], "", widths, head=True) if block.heads else ""
    rows = "".join(form_row(row, widths) for row in block.rows)
    return (
        f'<w:tbl {_SPACES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def form_row(row: Row, widths: Sequence[int]) -> str:
    cells = [control(cell, tag(row, place)) for place, cell in enumerate(row.cells)]
    if len(widths) == len(_FIELD_WIDTHS) + 1:
        cells.insert(0, label(row.label))
    return table_row(cells, row.name, widths)


def tag(row: Row, place: int) -> str:
    return row.name if len(row.cells) == 1 else f"{row.name}@{place}"


def table_row(cells: Sequence[str], name: str, widths: Sequence[int], *, head: bool = False) -> str:
    last = locked(run(name, size=14, colour="808080")) if name else ""
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>{cell}</w:p></w:tc>'
        for width, cell in zip(widths, [*cells, last], strict=True)
    )
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{properties}{filled}</w:tr>"


def label(words: str) -> str:
    return locked(run(words, face=Face.HEI, size=20)) if words else ""


def locked(content: str) -> str:
    """Words that Word and WPS let nobody change."""
    return (
        '<w:sdt><w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def control(cell: Cell, name: str) -> str:
    """The content control of one cell."""
    match cell.kind:
        case Kind.SHOWN:
            return locked(run(cell.value)) if cell.value else ""
        case Kind.TICK:
            return tick(cell, name)
        case Kind.CHOICE:
            items = "".join(choice_item(words) for words in cell.offered)
            kind = f"<w:dropDownList>{choice_item(CHOOSE)}{items}</w:dropDownList>"
            return field(name, cell.value, CHOOSE, kind)
        case _:
            return field(name, cell.value, cell.hint, "")


def choice_item(words: str) -> str:
    quoted = quoteattr(legible(words))
    return f"<w:listItem w:displayText={quoted} w:value={quoted}/>"


def field(name: str, value: str, placeholder: str, kind: str) -> str:
    content = run(value) if value else run(placeholder, colour="808080")
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(name)}/><w:tag w:val={quoteattr(name)}/>"
        f'<w:lock w:val="sdtLocked"/>{"" if value else "<w:showingPlcHdr/>"}{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def tick(cell: Cell, name: str) -> str:
    box = "☒" if cell.ticked else "☐"
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(name)}/><w:tag w:val={quoteattr(name)}/>"
        f'<w:lock w:val="sdtLocked"/><w14:checkbox><w14:checked w14:val="{int(cell.ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run(box)}</w:sdtContent></w:sdt>{run(' ' + cell.value)}"
    )
