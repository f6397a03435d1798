"""Runs and paragraphs of the official format: every run names its Western and its East Asian font.

Fonts are named, never embedded: 方正小标宋, 仿宋_GB2312 and 楷体_GB2312 may not be passed on. Each has an alternative
in the font table, so that a machine without it takes the nearest Chinese face.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.documents.geometry import (
    CHARACTER_SPACING,
    LINE_PITCH,
    SIZE_FOUR,
    SIZE_THREE,
    SIZE_TWO,
    characters,
)

WESTERN: Final = "Times New Roman"
RED: Final = "FF0000"


class Face(StrEnum):
    """The Chinese faces the standard asks for."""

    TITLE = "方正小标宋简体"
    FANGSONG = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"


ALTERNATIVES: Final[Mapping[str, str]] = {
    Face.TITLE: "宋体",
    Face.FANGSONG: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "SimHei",
    Face.SONG: "SimSun",
}


@dataclass(frozen=True, slots=True)
class Type:
    """How a run looks: face, size in half-points, colour (hex, empty for black), horizontal scale in percent."""

    face: Face
    size: int = SIZE_THREE
    colour: str = ""
    scale: int = 100
    western: str = WESTERN


BODY: Final = Type(Face.FANGSONG)
TITLE: Final = Type(Face.TITLE, SIZE_TWO)
MARK_OF_SECRECY: Final = Type(Face.HEI)
SMALL: Final = Type(Face.FANGSONG, SIZE_FOUR)
PAGE_NUMBER: Final = Type(Face.SONG, SIZE_FOUR, western=Face.SONG)
LEVELS: Final[Mapping[int, Type]] = {1: Type(Face.HEI), 2: Type(Face.KAI), 3: BODY, 4: BODY}


@dataclass(frozen=True, slots=True)
class Rule:
    """A line above or below a paragraph; `thickness` in eighths of a point, `space` to the text in points."""

    side: str
    thickness: int
    kind: str = "single"
    colour: str = "000000"
    space: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set, lengths in twips; `indent` is the first line, negative for a hanging one.

    Lines larger than the pitch of the grid leave it (`on_grid=False`), or they would take two of its lines.
    """

    align: str = "both"
    indent: int = 0
    indent_characters: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    on_grid: bool = True
    line: int = LINE_PITCH
    keep_next: bool = False
    outline: int | None = None
    page_break: bool = False
    borders: tuple["Rule", ...] = ()
    right_tab: int = 0

    def kept(self) -> "Setting":
        """The same paragraph, never parted from the one that follows it."""
        return replace(self, keep_next=True)


INDENTED: Final = Setting(indent=characters(2), indent_characters=200)
FLUSH: Final = Setting(align="left")
CENTRED: Final = Setting(align="center")
TITLE_LINES: Final = Setting(align="center", on_grid=False, keep_next=True)


def element(tag: str, **attributes: str | int) -> BaseOxmlElement:
    """An element of the w: namespace; `element("jc", val="center")` is `<w:jc w:val="center"/>`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def nest(outer: BaseOxmlElement, *inner: BaseOxmlElement) -> BaseOxmlElement:
    """`outer` with the `inner` elements appended."""
    outer.extend(inner)
    return outer


def run_properties(kind: Type) -> BaseOxmlElement:
    """`w:rPr` in the order of the schema; the hint gives quotation marks and dashes to the Chinese font."""
    properties = nest(
        element("rPr"),
        element(
            "rFonts",
            hint="eastAsia",
            ascii=kind.western,
            hAnsi=kind.western,
            eastAsia=kind.face,
            cs=kind.western,
        ),
    )
    if kind.colour:
        properties.append(element("color", val=kind.colour))
    if kind.scale != 100:
        properties.append(element("w", val=kind.scale))
    properties.append(element("spacing", val=CHARACTER_SPACING))
    return nest(properties, element("sz", val=kind.size), element("szCs", val=kind.size))


def run(text: str, kind: Type = BODY) -> BaseOxmlElement:
    """A run; a tab or a line feed in the text becomes the element for it."""
    made = nest(element("r"), run_properties(kind))
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                made.append(element("tab"))
            if part:
                made.append(_text(part))
    return made


def paragraph(*runs: BaseOxmlElement, setting: Setting = FLUSH, kind: Type = BODY) -> BaseOxmlElement:
    """A paragraph of runs; its mark has the look `kind`, so that an empty one keeps its height."""
    return nest(element("p"), nest(_paragraph_properties(setting), run_properties(kind)), *runs)


def blank_line(*, keep_next: bool = False) -> BaseOxmlElement:
    """One empty line of the grid."""
    return paragraph(setting=Setting(keep_next=keep_next))


def _text(text: str) -> BaseOxmlElement:
    made = OxmlElement("w:t")
    made.text = printable(text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def printable(text: str) -> str:
    """The text without the control characters XML cannot carry."""
    return "".join(character for character in text if character >= " " and character not in "\ufffe\uffff")


def _paragraph_properties(setting: Setting) -> BaseOxmlElement:
    properties = element("pPr")
    if setting.keep_next:
        properties.append(element("keepNext"))
    if setting.page_break:
        properties.append(element("pageBreakBefore"))
    if setting.borders:
        properties.append(nest(element("pBdr"), *(_border(rule) for rule in setting.borders)))
    if setting.right_tab:
        properties.append(nest(element("tabs"), element("tab", val="right", pos=setting.right_tab)))
    if not setting.on_grid:
        properties.append(element("snapToGrid", val=0))
    properties.append(
        element("spacing", before=setting.before, after=setting.after, line=setting.line, lineRule="exact")
    )
    indents = _indents(setting)
    if indents:
        properties.append(element("ind", **indents))
    properties.append(element("jc", val=setting.align))
    if setting.outline is not None:
        properties.append(element("outlineLvl", val=setting.outline))
    return properties


def _border(rule: Rule) -> BaseOxmlElement:
    return element(rule.side, val=rule.kind, sz=rule.thickness, space=rule.space, color=rule.colour)


def _indents(setting: Setting) -> dict[str, int]:
    first = {"firstLine": setting.indent} if setting.indent > 0 else {"hanging": -setting.indent}
    wanted = {
        "left": setting.left,
        "right": setting.right,
        "firstLineChars": setting.indent_characters,
        **first,
    }
    return {name: value for name, value in wanted.items() if value}
