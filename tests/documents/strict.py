"""A strict reading of .docx packages: the order of properties that ECMA-376 Part 1 (wml.xsd) lays down, parts that are
declared, relations that lead somewhere, ids that are given once. Word refuses what other programs forgive."""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "sectPr": (
        "headerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType"
        " cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
        " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ),
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "rPr": "ins del rStyle rFonts b i color w spacing kern position sz szCs u lang",
    "p": "pPr r",
    "settings": (
        "evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing characterSpacingControl compat"
        " themeFontLang"
    ),
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "font": "altName panose1 charset family",
}
MIXED = {"p": {"r", "ins", "del", "hyperlink", "fldSimple"}}
"""elements whose children after the properties stand in any order"""
ALIKE = {"footerReference": "headerReference"}
"""references to headers and footers stand in any order"""
W = qn("w:p")[:-1]


def faults(package: bytes) -> list[str]:
    """Everything that is not as the schema wants it; empty for a good package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    found = [*undeclared(parts), *dangling(parts)]
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += [f"{name}: {fault}" for fault in disordered(parse_xml(content))]
    return found


def undeclared(parts: dict[str, bytes]) -> Iterator[str]:
    types = parse_xml(parts["[Content_Types].xml"])
    endings = {each.get("Extension") for each in types if each.get("Extension")}
    named = {each.get("PartName") for each in types if each.get("PartName")}
    for name in parts:
        if (
            name != "[Content_Types].xml"
            and f"/{name}" not in named
            and name.rpartition(".")[2] not in endings
        ):
            yield f"{name}: no content type"
    for name in named:
        if str(name)[1:] not in parts:
            yield f"{name}: declared, not there"


def dangling(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        relations = list(parse_xml(content))
        ids = [each.get("Id") for each in relations]
        if len(ids) != len(set(ids)):
            yield f"{name}: an id twice"
        for each in relations:
            target = posixpath.normpath(posixpath.join(base, str(each.get("Target"))).lstrip("/"))
            if each.get("TargetMode") != "External" and target not in parts:
                yield f"{name}: {target} is not there"


def disordered(root: BaseOxmlElement) -> Iterator[str]:
    for element in root.iter("*"):
        name = local(element)
        if name in ORDER:
            yield from children_of(element, name)
        if name == "body" and local(element[-1]) != "sectPr":
            yield "body does not end with its section"
    numbers = [each.get(qn("w:id")) for each in root.iter(qn("w:ins"), qn("w:del"))]
    if len(numbers) != len(set(numbers)):
        yield "a tracked change's id twice"


def children_of(element: BaseOxmlElement, name: str) -> Iterator[str]:
    allowed = ORDER[name].split()
    places = []
    for child in element:
        kind = ALIKE.get(local(child), local(child))
        if not kind or kind in MIXED.get(name, set()):
            kind = "r" if name == "p" else kind
        if kind and kind not in allowed:
            yield f"{name} holds {kind}"
        elif kind:
            places.append(allowed.index(kind))
    if places != sorted(places):
        yield f"{name}: {' '.join(local(child) for child in element)}"
    if name == "tc" and local(element[-1]) != "p":
        yield "a cell that does not end with a paragraph"


def local(element: BaseOxmlElement) -> str:
    """The name of a w: element; empty for others."""
    tag = str(element.tag)
    return tag[len(W) :] if tag.startswith(W) else ""
