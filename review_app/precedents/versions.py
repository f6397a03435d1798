"""What one version of a case says otherwise than another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_COMPARED = (
    1_500  # sentences on either side that are compared one by one; beyond that the stretch is shown whole
)
LONGEST_SHOWN = 3_000  # characters of one side of one change
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")


@dataclass(frozen=True)
class Change:
    """Words that were there before, and what stands in their place; either may be empty. Offsets into both texts."""

    before: str
    after: str
    start: int
    new_start: int


def changes_between(before: str, after: str) -> tuple[Change, ...]:
    """The changed sentences from one text to another, in order. Texts that have little in common between their first
    and last difference give one change that covers all of it."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    at, new_at = len("".join(old[:head])), len("".join(new[:head]))
    return tuple(
        Change(
            "".join(middle_old[a:b]),
            "".join(middle_new[c:d]),
            at + len("".join(middle_old[:a])),
            new_at + len("".join(middle_new[:c])),
        )
        for a, b, c, d in _stretches(middle_old, middle_new)
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if not old and not new:
        return []
    if len(old) > MOST_COMPARED or len(new) > MOST_COMPARED:
        return [(0, len(old), 0, len(new))]
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, c, d) for kind, a, b, c, d in matched if kind != "equal"]
