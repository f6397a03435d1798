"""Which proposals of different members seem to be one finding: same code, same place of the file. Pure; the
lead reviewer decides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from review_app.errors import N_


class Likeness(StrEnum):
    """Why proposals were put together."""

    SAME_PAGE = "SAME_PAGE"
    SAME_WORDS = "SAME_WORDS"
    ALONE = "ALONE"


LIKENESS_LABELS = {
    Likeness.SAME_PAGE: N_("编号相同，摘录在同一页"),
    Likeness.SAME_WORDS: N_("编号相同，所涉位置的表述相同"),
    Likeness.ALONE: N_("单独提出"),
}


@dataclass(frozen=True)
class Source:
    """One proposal. ``pages`` are (document id, page number) of its quotes; ``veto`` a veto proposed with it."""

    key: int
    code: str
    severity: str
    locus: str
    pages: frozenset[tuple[int, int]]
    veto: str | None = None


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
    if any(one.pages & source.pages for one in group.sources):
        return Likeness.SAME_PAGE
    words = squeezed(source.locus)
    if words and any(squeezed(one.locus) == words for one in group.sources):
        return Likeness.SAME_WORDS
    return None


def squeezed(text: str) -> str:
    return "".join(text.split())
