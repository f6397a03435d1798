"""Two proposals side by side: the seats in which they differ. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Formed(Protocol):
    """A panel as a proposal has it."""

    @property
    def review_id(self) -> int: ...
    @property
    def score(self) -> int: ...
    @property
    def chair(self) -> str: ...
    @property
    def members(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Differing:
    """One case with another panel: who sits only in the one and only in the other, and the sums of scores."""

    review_id: int
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    chairs: tuple[str, str]
    scores: tuple[int, int]


@dataclass(frozen=True)
class Compared:
    """`seats` counts the seats that change hands in the cases of both; `missing` are cases of the one alone,
    `added` of the other alone."""

    common: int
    seats: int
    differing: tuple[Differing, ...]
    missing: tuple[int, ...]
    added: tuple[int, ...]


def compared(one: Iterable[Formed], other: Iterable[Formed]) -> Compared:
    first, second = by_review(one), by_review(other)
    common = sorted(first.keys() & second.keys())
    pairs = [differing(first[review_id], second[review_id]) for review_id in common]
    found = tuple(
        pair for pair in pairs if pair.only_one or pair.only_other or pair.chairs[0] != pair.chairs[1]
    )
    return Compared(
        common=len(common),
        seats=sum(len(pair.only_other) for pair in found),
        differing=found,
        missing=tuple(sorted(first.keys() - second.keys())),
        added=tuple(sorted(second.keys() - first.keys())),
    )


def by_review(panels: Iterable[Formed]) -> Mapping[int, Formed]:
    return {panel.review_id: panel for panel in panels}


def numbers_of(panel: Formed) -> set[str]:
    return {member["expert_no"] for member in panel.members}


def differing(one: Formed, other: Formed) -> Differing:
    first, second = numbers_of(one), numbers_of(other)
    return Differing(
        review_id=one.review_id,
        only_one=tuple(sorted(first - second)),
        only_other=tuple(sorted(second - first)),
        chairs=(one.chair, other.chair),
        scores=(one.score, other.score),
    )
