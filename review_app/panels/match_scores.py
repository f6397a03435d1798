"""Scores of up to ten million pairs: read from JSON block by block, written back compactly.

A triple is ``[case, expert, score]``; case and expert stand under their ids or under their places in the
lists of the file, counted from 0. Only the block being read exists as Python objects, so that ten million
triples fit into memory as one matrix of 32-bit integers.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review_app.errors import N_
from review_app.panels.match_shape import MOST_SCORE
from review_app.rulebook.reading import InvalidData, Problem, problem

UNGIVEN = -2
"""in a matrix of scores: no triple names this pair"""

BLOCK = 1 << 20
"""characters read at a time"""

MOST_PROBLEMS = 100

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
START = re.compile(rb"\s*:\s*\[")
END = re.compile(rb"\]\s*(?=\])")
EMPTY = re.compile(rb"\s*(?=\])")
AFTER = re.compile(rb"\s*(.)", re.DOTALL)
SEAM = re.compile(rb"\]\s*,")


@dataclass(frozen=True)
class Cut:
    """A file with its scores taken out: the rest, in which they are an empty list, and where they lie."""

    rest: bytes
    start: int = 0
    end: int = 0


def cut_scores(text: bytes) -> Cut:
    """Takes the list `scores` of the outermost object out of the text, without reading it."""
    start = scores_start(text)
    if start < 0:
        return Cut(text)
    found = EMPTY.match(text, start) or END.search(text, start)
    while found and not closes(text, found.end() + 1):
        found = END.search(text, found.end())
    if found is None:
        raise unreadable("the list of scores does not end")
    return Cut(text[:start] + text[found.end() :], start, found.end())


def closes(text: bytes, place: int) -> bool:
    """Whether the list ends here: what follows is the next key or the end of the object."""
    following = AFTER.match(text, place)
    return following is not None and following.group(1) in (b",", b"}")


def scores_start(text: bytes) -> int:
    depth, place = 0, 0
    while found := TOKEN.search(text, place):
        sign, place = found.group(), found.end()
        if sign in (b"{", b"["):
            depth += 1
        elif sign in (b"}", b"]"):
            depth -= 1
        elif depth == 1 and sign == b'"scores"' and (start := START.match(text, place)):
            return start.end()
    return -1


def blocks_of(text: bytes, cut: Cut) -> Iterator[list[Any]]:
    """The triples of a text in blocks. Raises InvalidData when they are no JSON."""
    place = cut.start
    while place < cut.end:
        stop = cut.end if cut.end - place <= BLOCK else last_seam(text, place, cut.end)
        yield parsed(b"[" + text[place:stop] + b"]")
        comma = text.find(b",", stop, cut.end)
        place = cut.end if comma < 0 else comma + 1


def last_seam(text: bytes, start: int, end: int) -> int:
    """Just behind the last triple that lies wholly within the block from `start` on; `end` if none does."""
    place = text.rfind(b"]", start, start + BLOCK)
    while place >= 0 and not SEAM.match(text, place):
        place = text.rfind(b"]", start, place)
    return end if place < 0 else place + 1


def parsed(block: bytes) -> list[Any]:
    try:
        return list(json.loads(block))
    except (ValueError, RecursionError) as error:
        raise unreadable(str(error)) from error


def unreadable(why: str) -> InvalidData:
    return InvalidData([problem("json", "scores", N_("输入不是可读的JSON：%(error)s"), error=why)])


@dataclass
class Filling:
    """A matrix of scores being filled from triples, and what was wrong with them."""

    cases: Sequence[str]
    experts: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
    read: int = 0

    def __post_init__(self) -> None:
        self.matrix: NDArray[np.int32] = np.full(
            (len(self.cases), len(self.experts)), UNGIVEN, dtype=np.int32
        )
        self.case_places: Mapping[object, int] = places(self.cases)
        self.expert_places: Mapping[object, int] = places(self.experts)

    def take(self, block: Sequence[Any]) -> None:
        """Enter one block of triples."""
        if not self.took_at_once(block):
            self.take_one_by_one(block)

    def took_at_once(self, block: Sequence[Any]) -> bool:
        """Enter a block in which nothing is wrong; False, and nothing entered, for any other."""
        try:
            cases, experts, scores = zip(*block, strict=True)
            rows, columns = (
                map(self.case_places.__getitem__, cases),
                map(self.expert_places.__getitem__, experts),
            )
            entries = np.column_stack([list(rows), list(columns), scores])
        except (ValueError, TypeError, KeyError, OverflowError):
            return False
        kinds = {*map(type, cases), *map(type, experts)}
        in_range = entries.dtype == np.int64 and not np.any((entries < 0) | (entries[:, 2:] > MOST_SCORE))
        if not (kinds <= {str, int} and {*map(type, scores)} == {int} and in_range and not self.problems):
            return False
        self.enter(entries, self.read)
        self.read += len(block)
        return True

    def take_one_by_one(self, block: Sequence[Any]) -> None:
        entries: list[tuple[int, int, int]] = []
        for place, triple in enumerate(block, start=self.read):
            if entry := self.entry(triple, f"scores[{place}]"):
                entries.append(entry)
        first, self.read = self.read, self.read + len(block)
        if entries and not self.problems:
            self.enter(np.array(entries, dtype=np.int64), first)

    def entry(self, triple: Any, path: str) -> tuple[int, int, int] | None:
        if type(triple) is not list or len(triple) != 3:
            self.say("length", path, N_("此处应当是[案件, 专家, 分数]三项。"))
            return None
        case, expert, score = triple
        if type(score) is not int or not 0 <= score <= MOST_SCORE:
            self.say("range", f"{path}[2]", N_("分数应当是0到%(most)s之间的整数。"), most=MOST_SCORE)
            return None
        row, column = known(self.case_places, case), known(self.expert_places, expert)
        if row is None:
            self.say("unknown", f"{path}[0]", N_("没有这个案件。"))
            return None
        if column is None:
            self.say("unknown", f"{path}[1]", N_("名单中没有这位专家。"))
            return None
        return row, column, score

    def enter(self, entries: NDArray[np.int64], first: int) -> None:
        cells = entries[:, 0] * len(self.experts) + entries[:, 1]
        flat = self.matrix.reshape(-1)
        taken = flat[cells] != UNGIVEN
        again = np.ones(len(cells), dtype=bool)
        again[np.unique(cells, return_index=True)[1]] = False
        for place in np.flatnonzero(taken | again)[:MOST_PROBLEMS]:
            self.say("unique", f"scores[{first + int(place)}]", N_("同一案件、同一专家出现了不止一次。"))
        flat[cells] = entries[:, 2]

    def say(self, code: str, path: str, sentence: str, **facts: object) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem(code, path, sentence, **facts))


def places(ids: Sequence[str]) -> Mapping[object, int]:
    """Ids and places alike, each with its place."""
    return {**{place: place for place in range(len(ids))}, **{one: place for place, one in enumerate(ids)}}


def known(places: Mapping[object, int], named: Any) -> int | None:
    return places.get(named) if type(named) in (str, int) else None


def triples_of(matrix: NDArray[np.int32], *, unscored_is_zero: bool) -> Iterator[str]:
    """The rows of a matrix as JSON triples of places, row by row, without those that say nothing."""
    for row, scores in enumerate(matrix):
        given = scores > 0 if unscored_is_zero else scores >= 0
        columns = np.flatnonzero(given)
        if len(columns):
            pairs = zip(columns.tolist(), scores[columns].tolist(), strict=True)
            yield ",".join(f"[{row},{column},{score}]" for column, score in pairs)
