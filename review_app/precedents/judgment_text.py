"""A judgment's text without white space, so that 判 决 书 and a line broken in the middle of a word are read alike; places
in it lead back to the text as published."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_RUN = re.compile(r"\S+")
_STOP = re.compile("[。；;！!？?：:”」》）)】\\]〕…]")
_ENDS = frozenset("。；;！!？?：:”」》）)】]〕…")


@dataclass(frozen=True)
class FlatText:
    """``flat`` is the text without white space; the n-th run of other characters begins at ``flat_starts[n]`` in it
    and at ``starts[n]`` in the text."""

    flat: str
    flat_starts: tuple[int, ...]
    starts: tuple[int, ...]

    @cached_property
    def breaks(self) -> frozenset[int]:
        return frozenset(self.flat_starts)

    def place(self, at: int) -> int:
        """Where the character at ``at`` of the flat text stands in the text."""
        run = max(bisect_right(self.flat_starts, at) - 1, 0)
        return self.starts[run] + at - self.flat_starts[run] if self.starts else 0

    def end_place(self, end: int) -> int:
        """The end in the text of what ends before ``end`` in the flat text."""
        return self.place(end - 1) + 1 if end else 0

    @cached_property
    def sentences(self) -> list[int]:
        """Where a sentence, a heading or a paragraph can begin."""
        after = (match.end() for match in _STOP.finditer(self.flat))
        return sorted({0, *self.flat_starts, *after} - {len(self.flat)})

    def begins_paragraph(self, at: int) -> bool:
        """Whether white space stands here, after the end of a sentence or at the beginning."""
        return at == 0 or (at in self.breaks and self.flat[at - 1] in _ENDS)

    def matches(
        self, pattern: re.Pattern[str], start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Where a pattern fits at the beginning of a sentence."""
        end = len(self.flat) if end is None else end
        first = bisect_left(self.sentences, start)
        for at in self.sentences[first : bisect_left(self.sentences, end)]:
            if match := pattern.match(self.flat, at, end):
                yield match

    def first(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return next(self.matches(pattern, start, end), None)


def flatten(text: str) -> FlatText:
    flat_starts, starts, pieces, length = [], [], [], 0
    for run in _RUN.finditer(text):
        flat_starts.append(length)
        starts.append(run.start())
        pieces.append(run[0])
        length += len(run[0])
    return FlatText("".join(pieces), tuple(flat_starts), tuple(starts))
