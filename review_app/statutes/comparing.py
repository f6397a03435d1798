"""Two texts of an article side by side: which article of another text corresponds, and which words differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import rjieba

from search_index.folding import squeeze

_ALIKE = 0.4  # share of common pairs of characters from which two articles count as the same provision
_LONGEST = 20_000  # characters compared word by word; longer ones paragraph by paragraph


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came."""

    change: Change
    text: str


def differences(old: str, new: str) -> tuple[Run, ...]:
    """The new text with what was taken out and what was put in. The runs that stayed or came are the new text again,
    those that stayed or went the old one."""
    cut = rjieba.cut if len(old) + len(new) <= _LONGEST else paragraphs
    before, after = cut(old), cut(new)
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.SAME, "".join(after[c:d])))
            continue
        if b > a:
            runs.append(Run(Change.REMOVED, "".join(before[a:b])))
        if d > c:
            runs.append(Run(Change.ADDED, "".join(after[c:d])))
    return tuple(runs)


def paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def likeness(one: str, other: str) -> float:
    """Share of the pairs of characters that two texts have in common, 0 to 1."""
    mine, theirs = pairs(one), pairs(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def pairs(text: str) -> frozenset[str]:
    squeezed = squeeze(text)
    return frozenset(squeezed[at : at + 2] for at in range(max(1, len(squeezed) - 1)))


def counterpart(
    text: str, order: tuple[int, int], others: Sequence[tuple[tuple[int, int], str]]
) -> int | None:
    """Which of the articles of another text is this provision there: a law that is renumbered keeps its words. The one
    most alike; of equals the one with the same number. None when nothing is like it."""
    best, found = 0.0, None
    mine = pairs(text)
    for at, (number, other) in enumerate(others):
        theirs = pairs(other)
        alike = len(mine & theirs) / max(1, len(mine | theirs)) + (0.001 if number == order else 0)
        if alike > best:
            best, found = alike, at
    return found if best >= _ALIKE else None
