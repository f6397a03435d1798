"""How one text became another."""

import difflib
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A stretch of text that stayed (same), went (gone) or came (new)."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """How a text became another, character by character."""
    found: list[Change] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", before[a:b]))
            continue
        found += [Change("gone", before[a:b])] if b > a else []
        found += [Change("new", after[c:d])] if d > c else []
    return found
