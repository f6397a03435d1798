"""The head (版头) of the general format (7.2), of the letter format (10.1) and of plain forms."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from review_app.documents.content import Head
from review_app.documents.geometry import (
    CHARACTERS_PER_LINE,
    LINE_PITCH,
    SIZE_TWO,
    TYPE_WIDTH,
    characters,
    twips,
)
from review_app.documents.page_setup import fill
from review_app.documents.titles import width
from review_app.documents.typography import (
    BODY,
    FLUSH,
    LEVELS,
    MARK_OF_SECRECY,
    RED,
    TITLE_LINES,
    Face,
    Rule,
    Setting,
    Type,
    blank_line,
    paragraph,
    run,
)

_MARK_SIZES: Final = (96, 84, 72, 64, 56, 52, 44)
_NARROWEST: Final = 66
_MARKS_ABOVE: Final = 3
# The number's line ends 3.9 pt below its characters; with this space the red line stands 4 mm under them.
_RED_LINE: Final = Rule("bottom", 12, colour=RED, space=6)
# The name's line ends 3 mm below its ink: without further space the double line stands 4 mm under it.
_DOUBLE_ABOVE: Final = Rule("bottom", 24, kind="thickThinSmallGap", colour=RED)
_DOUBLE_BELOW: Final = Rule("top", 24, kind="thinThickSmallGap", colour=RED)
# The double lines are 170 mm long, centred on the paper.
_LONGER_LEFT: Final = -twips(8)
_LONGER_RIGHT: Final = -twips(6)


def general_head(head: Head) -> Iterator[BaseOxmlElement]:
    """Marks at the left edge, the organ's mark 35 mm below the top of the type area, number, red line."""
    yield from _marks_and_name(head)
    yield blank_line()
    yield blank_line()
    yield _number_line(head)
    yield blank_line()
    yield blank_line()


def _marks_and_name(head: Head) -> Iterator[BaseOxmlElement]:
    marks = [(head.copy_no, BODY), (head.secrecy, MARK_OF_SECRECY), (head.urgency, MARK_OF_SECRECY)]
    for text, kind in sorted(marks, key=lambda mark: not mark[0]):
        yield paragraph(*([run(text, kind)] if text else []), setting=FLUSH)
    kind = organ_mark(head.organ)
    above = twips(35) - _MARKS_ABOVE * LINE_PITCH
    yield paragraph(run(head.organ, kind), setting=_mark_setting(kind, before=above))


def minutes_head(head: Head) -> Iterator[BaseOxmlElement]:
    """The red mark ×××纪要, 35 mm below the top of the type area, and the number under it (10.3)."""
    yield from _marks_and_name(head)
    yield blank_line()
    yield paragraph(run(head.number), setting=Setting(align="center"))
    yield blank_line()
    yield blank_line()


def letter_head(section: Section, head: Head) -> Iterator[BaseOxmlElement]:
    """The organ's name 30 mm below the edge of the paper between red double lines of 170 mm; number at the right."""
    kind = organ_mark(head.organ.removesuffix("文件"))
    name = replace(
        _mark_setting(kind, before=twips(15)),
        left=_LONGER_LEFT,
        right=_LONGER_RIGHT,
        borders=(_DOUBLE_ABOVE,),
    )
    fill(section.first_page_header, paragraph(run(head.organ.removesuffix("文件"), kind), setting=name))
    fill(section.first_page_footer, _lower_double_line())
    yield paragraph(
        run(head.copy_no or head.secrecy, BODY if head.copy_no else MARK_OF_SECRECY),
        run(f"\t{head.number}"),
        setting=Setting(align="left", right_tab=TYPE_WIDTH),
    )
    for mark in [head.secrecy if head.copy_no else "", head.urgency]:
        if mark:
            yield paragraph(run(mark, MARK_OF_SECRECY))
    yield blank_line()
    yield blank_line()


def form_head(head: Head) -> Iterator[BaseOxmlElement]:
    """A form starts with the organ's name in black above its title; the number follows the title."""
    yield paragraph(run(head.organ.removesuffix("文件"), Type(Face.TITLE, SIZE_TWO)), setting=TITLE_LINES)


def form_number(head: Head) -> BaseOxmlElement:
    """The number of a form at the right under the title."""
    return paragraph(run(head.number), setting=Setting(align="right"))


def organ_mark(text: str) -> Type:
    """The largest size in which the organ's mark fits one line, narrowed to two thirds at the most (7.2.4)."""
    available = TYPE_WIDTH / 20 - 4
    for size in _MARK_SIZES:
        scale = int(100 * available / (width(text) * size / 2))
        if scale >= _NARROWEST:
            return Type(Face.TITLE, size, RED, min(scale, 100))
    return Type(Face.TITLE, SIZE_TWO, RED, _NARROWEST)


def _mark_setting(kind: Type, *, before: int) -> Setting:
    # A line of 1.1 times the size puts the top of the characters at the top of the line.
    return Setting(align="center", before=before, line=kind.size * 11, on_grid=False)


def _number_line(head: Head) -> BaseOxmlElement:
    if not head.signer:
        return paragraph(run(head.number), setting=Setting(align="center", borders=(_RED_LINE,)))
    edge = characters(1)
    signer = [run(f"{head.number}\t签发人："), run(head.signer, LEVELS[2])]
    room = characters(CHARACTERS_PER_LINE - 1)
    return paragraph(
        *signer, setting=Setting(align="left", indent=edge, right_tab=room, borders=(_RED_LINE,))
    )


def _lower_double_line() -> BaseOxmlElement:
    return paragraph(
        setting=Setting(
            left=_LONGER_LEFT, right=_LONGER_RIGHT, line=20, on_grid=False, borders=(_DOUBLE_BELOW,)
        )
    )
