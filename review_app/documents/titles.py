"""Titles broken into lines that keep words whole and balance each other (GB/T 9704—2012, 7.3.1)."""

import itertools
import re
from collections.abc import Iterator, Sequence

import rjieba

# 28 characters of size 3 are 20 of size 2; one is kept free on either side
LINE_LIMIT = 19

# a masked name, a case number, a bracketed work stay in one piece
_WHOLE = re.compile(r"《[^》]{1,17}》|“[^”]{1,15}”|（\d{4}）[^\s，。]{2,16}?号|[一-龥]某[一-龥甲乙丙丁]?|\d+")
_NEVER_FIRST = frozenset("的和与及等、，。：；》）”")
_NEVER_LAST = frozenset("《（“和与及对")


def break_title(title: str, *, whole: Sequence[str] = (), limit: int = LINE_LIMIT) -> tuple[str, ...]:
    """The lines of a title, each at most `limit` full-width characters, in the fewest lines possible.

    Words found by the segmenter and the names in `whole` are never split; among the remaining ways the one with
    the most even lines is taken, and a long line in the middle or a steady slope (diamond, trapezium) is
    preferred to a waist.
    """
    pieces = list(_pieces(title, whole, limit))
    for count in range(1, len(pieces) + 1):
        ways = [lines for lines in _ways(pieces, count) if all(width(line) <= limit for line in lines)]
        if ways:
            return min(ways, key=_ugliness)
    return (title,)


def width(text: str) -> float:
    """Width in full-width characters; Western letters and digits take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _pieces(title: str, whole: Sequence[str], limit: int) -> Iterator[str]:
    names = [re.escape(name) for name in sorted(whole, key=len, reverse=True) if name and len(name) <= limit]
    pattern = re.compile("|".join([*names, _WHOLE.pattern]))
    last = 0
    for match in pattern.finditer(title):
        yield from rjieba.cut(title[last : match.start()])
        yield match.group()
        last = match.end()
    yield from rjieba.cut(title[last:])


def _ways(pieces: list[str], count: int) -> Iterator[tuple[str, ...]]:
    cuts = [
        index
        for index in range(1, len(pieces))
        if pieces[index][0] not in _NEVER_FIRST and pieces[index - 1][-1] not in _NEVER_LAST
    ]
    for chosen in itertools.combinations(cuts, count - 1):
        edges = [0, *chosen, len(pieces)]
        yield tuple("".join(pieces[start:end]) for start, end in itertools.pairwise(edges))


def _ugliness(lines: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    uneven = sum((each - mean) ** 2 for each in widths)
    waist = any(
        left > middle < right for left, middle, right in zip(widths, widths[1:], widths[2:], strict=False)
    )
    return uneven + (1000 if waist else 0), lines
