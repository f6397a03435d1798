"""Which proposals of different members seem to be one finding: same code, same place of the file. Pure; the
lead reviewer decides."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from review_app.errors import N_


class Likeness(StrEnum):
    """Why proposals were put together."""

    SAME_QUOTE = "SAME_QUOTE"
    SAME_PAGE = "SAME_PAGE"
    SAME_WORDS = "SAME_WORDS"
    NEAR_WORDS = "NEAR_WORDS"
    ALONE = "ALONE"


LIKENESS_LABELS = {
    Likeness.SAME_QUOTE: N_("编号相同，摘录的文字重叠"),
    Likeness.SAME_PAGE: N_("编号相同，摘录在同一页"),
    Likeness.SAME_WORDS: N_("编号相同，所涉位置的表述相同"),
    Likeness.NEAR_WORDS: N_("编号相同，所涉位置的表述相近"),
    Likeness.ALONE: N_("单独提出"),
}

CONFIDENCE_LABELS = {
    Likeness.SAME_QUOTE: N_("把握大"),
    Likeness.SAME_PAGE: N_("把握较大"),
    Likeness.SAME_WORDS: N_("把握较大"),
    Likeness.NEAR_WORDS: N_("把握小，请逐项核对"),
}

NUMBERS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百]+")
NEAR = 0.75
"""share of characters two wordings of a place must have in common to be near"""
SHORTEST_NEAR = 4


Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Source:
    """One proposal. ``pages`` are (document id, page number) of its quotes, ``ranges`` (document id, page number,
    first character, end); ``veto`` a veto proposed with it."""

    key: int
    code: str
    severity: str
    locus: str
    pages: frozenset[tuple[int, int]]
    veto: str | None = None
    ranges: frozenset[Range] = frozenset()


@dataclass(frozen=True)
class Group:
    """Proposals that seem to be one finding."""

    sources: tuple[Source, ...]
    why: Likeness

    @property
    def code(self) -> str:
        return self.sources[0].code

    @property
    def severity(self) -> str:
        """The severity most of them chose; of equally many the milder."""
        counts = Counter(source.severity for source in self.sources)
        return min(counts, key=lambda severity: (-counts[severity], severity))

    @property
    def veto(self) -> str | None:
        return next((source.veto for source in self.sources if source.veto), None)


def suggest(sources: Sequence[Source]) -> list[Group]:
    """Put every proposal into exactly one group, in the order of the codes. Proposals with different vetoes
    are never put together: a finding is voted with one veto at most."""
    groups: list[Group] = []
    for source in sorted(sources, key=lambda one: (one.code, one.key)):
        alike = with_one_veto(source, [(one, why) for one in groups if (why := likeness(one, source))])
        groups = [group for group in groups if group not in [found for found, _why in alike]]
        groups.append(joined([group for group, _why in alike], source, [why for _group, why in alike]))
    return groups


def with_one_veto(source: Source, alike: list[tuple[Group, Likeness]]) -> list[tuple[Group, Likeness]]:
    """A proposal without veto may resemble two groups with different ones: it goes to the first."""
    veto = source.veto or next((group.veto for group, _why in alike if group.veto), None)
    return [(group, why) for group, why in alike if group.veto in (None, veto)]


def joined(groups: list[Group], source: Source, reasons: list[Likeness]) -> Group:
    sources = [one for group in groups for one in group.sources]
    return Group((*sources, source), reasons[0] if reasons else Likeness.ALONE)


def likeness(group: Group, source: Source) -> Likeness | None:
    if group.code != source.code or (source.veto and group.veto and source.veto != group.veto):
        return None
    if any(overlap(one, source) for one in group.sources):
        return Likeness.SAME_QUOTE
    if any(one.pages & source.pages for one in group.sources):
        return Likeness.SAME_PAGE
    return best_words([squeezed(one.locus) for one in group.sources], squeezed(source.locus))


def overlap(one: Source, other: Source) -> bool:
    """Whether two proposals quote characters in common."""
    return any(
        mine[:2] == theirs[:2] and mine[2] < theirs[3] and theirs[2] < mine[3]
        for mine in one.ranges
        for theirs in other.ranges
    )


def best_words(there: Sequence[str], words: str) -> Likeness | None:
    if words and words in there:
        return Likeness.SAME_WORDS
    return Likeness.NEAR_WORDS if any(near(one, words) for one in there) else None


def near(one: str, other: str) -> bool:
    """Whether two wordings of a place differ little. Places that name other numbers (pages, dates) are others."""
    if min(len(one), len(other)) < SHORTEST_NEAR or NUMBERS.findall(one) != NUMBERS.findall(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def squeezed(text: str) -> str:
    return "".join(text.split())
