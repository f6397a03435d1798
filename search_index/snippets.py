"""What of a text to show for a query: the densest window, and the ranges to mark. Ranges are offsets into the text."""

import re
from bisect import bisect_left
from functools import lru_cache

from search_index.engine import Snippet
from search_index.folding import fold

WINDOW = 130  # characters of a snippet
LEAD = 20  # characters shown before the first mark of a window
MOST_MARKS = 2_000  # marks looked at in one text; more would only cost time
CONSIDERED = 300  # marks that may begin a snippet
_SENTENCE_ENDS = frozenset("。；;!?！？\n")

Range = tuple[int, int]


@lru_cache(maxsize=256)
def _pattern(needles: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted(
        (needle for needle in needles if needle), key=lambda needle: (-len(needle), needle)
    )
    spaced = (r"\s*".join(re.escape(character) for character in needle) for needle in longest_first)
    alternation = "|".join(spaced)
    return re.compile(alternation) if alternation else None


def find_marks(text: str, needles: tuple[str, ...], most: int = MOST_MARKS) -> tuple[Range, ...]:
    """Where the needles (squeezed, see `words.needles`) stand in the text, left to right, never overlapping.

    The longest needle wins where several begin; white space inside a needle is passed over.
    """
    pattern = _pattern(needles)
    if pattern is None:
        return ()
    found: list[Range] = []
    for match in pattern.finditer(fold(text)):
        found.append(match.span())
        if len(found) == most:
            break
    return tuple(found)


def cut_snippets(field: str, text: str, needles: tuple[str, ...], most: int) -> tuple[Snippet, ...]:
    """Up to `most` windows of the text with the most different needles, in the order of the text.

    A text without any mark gives its beginning.
    """
    if most < 1 or not text.strip():
        return ()
    marks = find_marks(text, needles, CONSIDERED)
    if not marks:
        return (_snippet(field, text, 0, ()),)
    starts = _chosen_starts(text, marks, most)
    return tuple(_snippet(field, text, start, marks) for start in sorted(starts))


def _chosen_starts(text: str, marks: tuple[Range, ...], most: int) -> list[int]:
    """Where the windows begin: each is the one that shows most needles not yet shown, then most needles, then most
    marks, then the earliest."""
    begins = [begin for begin, _ in marks]
    windows = []
    for at, begin in enumerate(begins):
        inside = marks[at : bisect_left(begins, begin + WINDOW - LEAD)]
        kinds = frozenset(text[start:end] for start, end in inside)
        windows.append((_window_start(text, begin), kinds, len(inside)))
    chosen: list[int] = []
    shown: frozenset[str] = frozenset()
    while windows and len(chosen) < most:
        best = max(windows, key=lambda each: (_worth(each[1] - shown), _worth(each[1]), each[2], -each[0]))
        chosen.append(best[0])
        shown |= best[1]
        windows = [each for each in windows if abs(each[0] - best[0]) >= WINDOW]
    return chosen


def _worth(kinds: frozenset[str]) -> int:
    return sum(map(len, kinds))


def _window_start(text: str, mark: int) -> int:
    for at in range(mark, max(0, mark - LEAD * 2), -1):
        if text[at - 1] in _SENTENCE_ENDS:
            return at
    return max(0, mark - LEAD)


def _snippet(field: str, text: str, start: int, marks: tuple[Range, ...]) -> Snippet:
    end = min(len(text), start + WINDOW)
    inside = tuple((begin, stop) for begin, stop in marks if begin >= start and stop <= end)
    return Snippet(field, start, end, text[start:end], inside)
