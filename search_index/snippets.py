"""What of a text to show for a query: the densest window, and the ranges to mark. Ranges are offsets into the text."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from search_index import proving
from search_index.engine import Snippet
from search_index.folding import fold, paragraph_ends
from search_index.words import Needle

WINDOW = 130  # characters of a snippet
LEAD = 20  # characters shown before the first mark of a window
MOST_MARKS = 2_000  # marks looked at in one text; more would only cost time
CONSIDERED = 300  # marks that may begin a snippet
_SENTENCE_ENDS = "。；;!?！？\n"

Range = tuple[int, int]
Integers = npt.NDArray[np.int64]


def _table(belongs: Sequence[bool]) -> npt.NDArray[np.bool_]:
    return np.array(belongs, dtype=np.bool_)


_IS_GAP = _table([chr(code).isspace() for code in range(0x10000)])
_IS_END = _table([chr(code) in _SENTENCE_ENDS for code in range(0x10000)])


def find_marks(text: str, needles: tuple[Needle, ...], most: int = MOST_MARKS) -> tuple[Range, ...]:
    """Where the needles (squeezed, see `words.needles`) stand in the text, left to right, never overlapping.

    The longest needle wins where several begin; white space inside a needle is passed over.
    """
    squeezed, places = _squeezed(text)
    return tuple(_marks(places, list(islice(_matches(text, squeezed, needles), most))))


def cut_snippets(field: str, text: str, needles: tuple[Needle, ...], most: int) -> tuple[Snippet, ...]:
    """Up to `most` windows of the text with the most different needles, in the order of the text.

    A text without any mark gives its beginning.
    """
    if most < 1 or not text.strip():
        return ()
    squeezed, places = _squeezed(text)
    matches = list(islice(_matches(text, squeezed, needles), CONSIDERED))
    if not matches:
        return (_snippet(field, text, 0, ()),)
    marks = _marks(places, matches)
    starts = _chosen_starts(text, marks, [squeezed[begin:end] for begin, end in matches], most)
    return tuple(_snippet(field, text, start, marks) for start in sorted(starts))


@lru_cache(maxsize=256)
def _pattern(needles: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted(
        (needle for needle in needles if needle), key=lambda needle: (-len(needle), needle)
    )
    alternation = "|".join(map(re.escape, longest_first))
    return re.compile(alternation) if alternation else None


def _matches(text: str, squeezed: str, needles: tuple[Needle, ...]) -> Iterator[Range]:
    """Where needles stand in a squeezed text: left to right, the longest where several begin, never overlapping."""
    pattern = _pattern(tuple(needle for needle in needles if isinstance(needle, str)))
    plain = (match.span() for match in pattern.finditer(squeezed)) if pattern is not None else iter(())
    proved = [needle for needle in needles if not isinstance(needle, str)]
    if not proved:
        return plain
    paragraphs = paragraph_ends(text) if any(map(proving.asks_paragraphs, proved)) else ()
    places = (place for needle in proved for place in proving.places(needle, squeezed, paragraphs))
    return _apart(sorted({*plain, *places}, key=lambda place: (place[0], -place[1])))


def _apart(places: Sequence[Range]) -> Iterator[Range]:
    end = 0
    for place in places:
        if place[0] >= end:
            yield place
            end = place[1]


def _squeezed(text: str) -> tuple[str, Integers]:
    """The squeezed text, and the offset in the text of each of its characters."""
    folded = fold(text)
    places = np.flatnonzero(~_IS_GAP[_codes(folded)])
    return "".join(folded.split()), places


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """The characters as numbers; those beyond the first plane, which the tables do not tell apart, as the last of it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, 0xFFFF)


def _marks(places: Integers, matches: Sequence[Range]) -> tuple[Range, ...]:
    """Ranges of the squeezed text as ranges of the text itself."""
    if not matches:
        return ()
    begins, ends = np.array(matches).T
    return tuple(zip(places[begins].tolist(), (places[ends - 1] + 1).tolist(), strict=True))


def _chosen_starts(text: str, marks: Sequence[Range], shown_as: Sequence[str], most: int) -> list[int]:
    """Where the windows begin: each is the one that shows most needles not yet shown, then most needles, then most
    marks, then the earliest."""
    begins = np.array([begin for begin, _ in marks])
    last = np.searchsorted(begins, begins + WINDOW - LEAD)
    starts = _window_starts(text, begins)
    kinds = {kind: at for at, kind in enumerate(dict.fromkeys(shown_as))}
    worth = np.array([len(kind) for kind in kinds])
    inside = _kinds_inside([kinds[kind] for kind in shown_as], len(kinds), last)
    unseen = worth.copy()
    free = np.ones(len(begins), dtype=np.bool_)
    chosen: list[int] = []
    while len(chosen) < most and free.any():
        among = np.flatnonzero(free)
        crowd = last[among] - among
        order = np.lexsort((starts[among], -crowd, -(worth @ inside[:, among]), -(unseen @ inside[:, among])))
        best = among[order[0]]
        chosen.append(int(starts[best]))
        unseen = np.where(inside[:, best], 0, unseen)
        free &= np.abs(starts - starts[best]) >= WINDOW
    return chosen


def _kinds_inside(kinds: Sequence[int], many: int, last: Integers) -> npt.NDArray[np.bool_]:
    """inside[kind, mark]: whether a window that begins at the mark shows the kind."""
    seen = np.zeros((many, len(kinds) + 1), dtype=np.int64)
    seen[kinds, np.arange(1, len(kinds) + 1)] = 1
    counts = np.cumsum(seen, axis=1)
    inside: npt.NDArray[np.bool_] = counts[:, last] > counts[:, : len(kinds)]
    return inside


def _window_starts(text: str, begins: Integers) -> Integers:
    """The beginning of the sentence of each mark if it is near, else a little before the mark."""
    ends = np.concatenate([np.array([-1 - WINDOW]), np.flatnonzero(_IS_END[_codes(text)])])
    before = ends[np.searchsorted(ends, begins) - 1] + 1
    starts: Integers = np.where(before > begins - LEAD * 2, before, np.maximum(0, begins - LEAD))
    return starts


def _snippet(field: str, text: str, start: int, marks: tuple[Range, ...]) -> Snippet:
    end = min(len(text), start + WINDOW)
    inside = tuple((begin, stop) for begin, stop in marks if begin >= start and stop <= end)
    return Snippet(field, start, end, text[start:end], inside)
