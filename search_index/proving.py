"""Proves on a squeezed text what no index can answer: words near each other, wildcards, spellings of articles.

Every engine finds candidates by `needed` and lets `times` decide, so all engines answer alike. Time is linear to the text
for each branch of a node.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge

from search_index.folding import squeeze
from search_index.tree import Cited, Near, Node, Or, Phrase, Proved, Unit, Wild, Words

Range = tuple[int, int]
_Match = tuple[int, int, tuple[Range, ...]]  # start, end, and the places of the words that make it up

_SENTENCE_END = re.compile("[。!?]")
_NUMERAL = "0-9零〇一二三四五六七八九十百千"


def needed(node: Node) -> tuple[tuple[str, ...], ...]:
    """Squeezed needles a text must have: of every inner tuple at least one."""
    match node:
        case Words(text=text) | Phrase(text=text):
            return ((squeeze(text),),)
        case Cited(spellings=spellings):
            return (spellings,)
        case Wild(pieces=pieces):
            return tuple((piece,) for piece in pieces)
        case Near(branches=branches):
            return tuple(group for branch in branches for group in needed(branch))
        case Or(branches=branches):
            return (tuple(needle for branch in branches for needle in _rarest(needed(branch))),)
    raise TypeError(f"{type(node).__name__} is not proved on a text")


def _rarest(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return max(groups, key=lambda group: min(map(len, group)))


def asks_paragraphs(node: Node) -> bool:
    """Whether a proof needs to know where paragraphs end (they end sentences too)."""
    match node:
        case Near(branches=branches, unit=unit):
            return unit is not Unit.CHARACTERS or any(map(asks_paragraphs, branches))
        case Or(branches=branches):
            return any(map(asks_paragraphs, branches))
    return False


def field_of(node: Proved) -> str:
    """The one text it is limited to; empty: any."""
    return "" if isinstance(node, Near) else node.field


def times(node: Proved, text: str, paragraphs: Sequence[int] = ()) -> int:
    """How many times the node holds in a squeezed text whose paragraphs end at these offsets; 0: it does not."""
    return len(_found(node, text, paragraphs))


def places(node: Proved, text: str, paragraphs: Sequence[int] = ()) -> list[Range]:
    """The words that make the node hold, left to right: offsets into the squeezed text. They may overlap."""
    return sorted({place for _, _, marks in _found(node, text, paragraphs) for place in marks})


def _found(node: Node, text: str, paragraphs: Sequence[int]) -> list[_Match]:
    match node:
        case Words(text=words) | Phrase(text=words):
            return [(start, end, ((start, end),)) for start, end in _all_of(squeeze(words), text)]
        case Cited(spellings=spellings):
            return [(*found.span(), (found.span(),)) for found in _spelling(spellings).finditer(text)]
        case Wild():
            return _wild(node, text)
        case Or(branches=branches):
            return sorted({each for branch in branches for each in _found(branch, text, paragraphs)})
        case Near(branches=branches, unit=unit, distance=distance):
            return _near(branches, unit, distance, text, paragraphs)
    raise TypeError(f"{type(node).__name__} is not proved on a text")


def _all_of(needle: str, text: str) -> Iterator[Range]:
    at = text.find(needle) if needle else -1
    while at >= 0:
        yield at, at + len(needle)
        at = text.find(needle, at + 1)


@lru_cache(maxsize=256)
def _spelling(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Any spelling of an article, unless the number goes on behind it."""
    ends = rf"(?:(?<=条)(?!之[{_NUMERAL}])|(?<!条)(?![{_NUMERAL}]))"
    longest_first = sorted(spellings, key=lambda each: (-len(each), each))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){ends}")


def _wild(node: Wild, text: str) -> list[_Match]:
    """Matches that end at every place where the last piece stands in reach of the one before, and so on back."""
    if any(piece not in text for piece in node.pieces):
        return []
    reached = [(start, end) for start, end in _all_of(node.pieces[0], text)]
    for piece, (fewest, most) in zip(node.pieces[1:], node.gaps, strict=True):
        begins, ends = [start for start, _ in reached], [end for _, end in reached]
        reached = []
        for start, end in _all_of(piece, text):
            nearest = bisect_right(ends, start - fewest) - 1
            if (
                nearest >= 0
                and start - ends[nearest] <= most
                and _is_one_sentence(text, ends[nearest], start)
            ):
                reached.append((begins[nearest], end))
    latest = dict(reversed(reached))
    return sorted((start, end, ((start, end),)) for start, end in latest.items())


def _is_one_sentence(text: str, start: int, end: int) -> bool:
    return _SENTENCE_END.search(text, start, end) is None


def _near(
    branches: Sequence[Node], unit: Unit, distance: int, text: str, paragraphs: Sequence[int]
) -> list[_Match]:
    if not all(any(needle in text for needle in group) for branch in branches for group in needed(branch)):
        return []
    found = [_found(branch, text, paragraphs) for branch in branches]
    if not all(found):
        return []
    if unit is Unit.CHARACTERS:
        return _pairs(found[0], found[1], distance)
    return _together(found, _unit_ends(unit, text, paragraphs), len(text))


def _unit_ends(unit: Unit, text: str, paragraphs: Sequence[int]) -> list[int]:
    if unit is Unit.PARAGRAPH:
        return list(paragraphs)
    return list(merge((end.end() for end in _SENTENCE_END.finditer(text)), paragraphs))


def _together(found: list[list[_Match]], ends: list[int], length: int) -> list[_Match]:
    """One match for every sentence or paragraph with a match of each branch."""
    rarest, *others = sorted(found, key=len)
    shared = _inside(rarest, ends, length)
    for matches in others:
        more = _inside(matches, ends, length)
        shared = {number: [*some, *more[number]] for number, some in shared.items() if number in more}
    return [_joined(shared[number]) for number in sorted(shared)]


def _inside(matches: list[_Match], ends: list[int], length: int) -> dict[int, list[_Match]]:
    """The matches by the number of the sentence or paragraph they lie in."""
    inside: dict[int, list[_Match]] = {}
    for each in matches:
        number = bisect_right(ends, each[0])
        if each[1] <= (ends[number] if number < len(ends) else length):
            inside.setdefault(number, []).append(each)
    return inside


def _pairs(ones: list[_Match], others: list[_Match], distance: int) -> list[_Match]:
    """Each match of the first branch with the nearest one of the second on either side, if near enough."""
    starts = [each[0] for each in others]
    reaching = _furthest(others)
    found: dict[Range, _Match] = {}
    for one in ones:
        at = bisect_left(starts, one[0])
        right = others[at] if at < len(others) else None
        left = others[reaching[at - 1]] if at else None
        if right is not None and right[0] - one[1] <= distance:
            joined = _joined([one, right])
            found[joined[0], joined[1]] = joined
        if left is not None and one[0] - left[1] <= distance:
            joined = _joined([left, one])
            found[joined[0], joined[1]] = joined
    return _tightest(sorted(found.values()))


def _tightest(matches: list[_Match]) -> list[_Match]:
    """Those that hold no other one inside them: never more than there are words to begin with."""
    kept: list[_Match] = []
    for each in matches:
        while kept and kept[-1][1] >= each[1]:
            kept.pop()
        if not kept or each[0] > kept[-1][0]:
            kept.append(each)
    return kept


def _furthest(matches: list[_Match]) -> list[int]:
    """For every match the number of the one up to it that ends last."""
    best: list[int] = []
    for number, each in enumerate(matches):
        best.append(number if not best or each[1] >= matches[best[-1]][1] else best[-1])
    return best


def _joined(matches: list[_Match]) -> _Match:
    marks = tuple(dict.fromkeys(place for _, _, places in matches for place in places))
    return min(each[0] for each in matches), max(each[1] for each in matches), marks
