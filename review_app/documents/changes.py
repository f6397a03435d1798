"""How one text became another."""

import difflib
from dataclasses import dataclass

SHORTEST_ISLAND = 3
"""characters between two changes that count as unchanged"""


@dataclass(frozen=True)
class Change:
    """A stretch of text that stayed (same), went (gone) or came (new)."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """How a text became another, character by character. A word or two left standing between two changes is told
    as changed too: islands of single characters are harder to read than the whole phrase."""
    found: list[Change] = []
    for same, a, b, c, d in _stretches(before, after):
        if same:
            found.append(Change("same", before[a:b]))
            continue
        found += [Change("gone", before[a:b])] if b > a else []
        found += [Change("new", after[c:d])] if d > c else []
    return found


def _stretches(before: str, after: str) -> list[tuple[bool, int, int, int, int]]:
    """Same and changed stretches in turn, short islands joined to the changes around them."""
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    joined: list[tuple[bool, int, int, int, int]] = []
    for place, (tag, a, b, c, d) in enumerate(steps):
        island = tag == "equal" and 0 < place < len(steps) - 1 and b - a < SHORTEST_ISLAND
        same = tag == "equal" and not (island and "\n" not in before[a:b])
        if joined and not same and not joined[-1][0]:
            _same, a, _b, c, _d = joined.pop()
        joined.append((same, a, b, c, d))
    return joined
