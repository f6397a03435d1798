"""Lengths of GB/T 9704—2012 in the units of WordprocessingML (1 twip = 1/20 point, 1 point = 1/72 inch)."""

from typing import Final


def twips(millimetres: float) -> int:
    """Whole twips for a length in millimetres."""
    return round(millimetres * 1440 / 25.4)


PAGE_WIDTH: Final = 11906
PAGE_HEIGHT: Final = 16838
TOP_MARGIN: Final = 2098
LEFT_MARGIN: Final = 1587
BOTTOM_MARGIN: Final = 1984
RIGHT_MARGIN: Final = 1474
TYPE_WIDTH: Final = PAGE_WIDTH - LEFT_MARGIN - RIGHT_MARGIN
TYPE_HEIGHT: Final = PAGE_HEIGHT - TOP_MARGIN - BOTTOM_MARGIN

LINES_PER_PAGE: Final = 22
CHARACTERS_PER_LINE: Final = 28
LINE_PITCH: Final = TYPE_HEIGHT // LINES_PER_PAGE
CHARACTER_PITCH: Final = TYPE_WIDTH / CHARACTERS_PER_LINE

# sizes in half-points, as w:sz wants them
SIZE_TWO: Final = 44
SIZE_THREE: Final = 32
SIZE_FOUR: Final = 28

# Twips between characters: 28 of 16 pt fill the line. Said on each run instead of by the character grid of the
# section, which LibreOffice sets a full cell wider for every character.
CHARACTER_SPACING: Final = -5


def characters(count: float) -> int:
    """Twips taken by `count` full-width characters of the body on the grid of 28 to a line."""
    return round(count * CHARACTER_PITCH)
