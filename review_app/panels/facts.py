"""The facts from which conflicts are computed: dated, sourced, and honest about what is not known.

A number (``id_hash``) is the keyed fingerprint of an ID number; equal fingerprints mean one person,
unequal ones two. Where a fingerprint is missing only names can be compared. ``answered`` names the kinds
of fact an expert has been asked about: without it an empty list means "not asked", never "none".
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from review_app.experts.states import TieKind
from review_app.panels.names import all_names


class Ask(StrEnum):
    """Kinds of fact an expert is asked about."""

    KIN = "KIN"
    EMPLOYMENT = "EMPLOYMENT"
    REPRESENTATION = "REPRESENTATION"
    SHARES = "SHARES"
    TIES = "TIES"


@dataclass(frozen=True)
class Who:
    """A person or body as far as it is known."""

    name: str = ""
    id_hash: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name, former names and aliases, also those written in brackets behind a name."""
        return all_names(self.name, self.aliases)


@dataclass(frozen=True)
class Kin:
    """A near relative of the expert (法院回避规定2011第1条第2款); `relation` is SPOUSE, LINEAL, COLLATERAL
    or IN_LAW, `practises_at` the law firm where the relative practises."""

    relation: TieKind
    who: Who
    practises_at: str = ""


@dataclass(frozen=True)
class Employment:
    """A present, former or coming post. `heads_unit` tells whether the expert leads the unit,
    `superior_of` names colleagues in it whose superior the expert is; None means not known."""

    unit: str
    started: date | None = None
    ended: date | None = None
    heads_unit: bool | None = None
    superior_of: tuple[str, ...] = ()

    def held_on(self, day: date) -> bool:
        """Whether the post is held on this day: begun, and not ended by it."""
        begun = self.started is None or self.started <= day
        return begun and (self.ended is None or self.ended > day)


@dataclass(frozen=True)
class Representation:
    """A client represented by the expert or the expert's firm."""

    client: Who
    case_no: str = ""
    by_firm: bool = False
    started: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Shareholding:
    """Shares held by the expert or a near relative; `listed` None means unknown."""

    company: Who
    listed: bool | None = None
    by_kin: bool = False


@dataclass(frozen=True)
class Tie:
    """A declared or established tie, to somebody or to a case (INTEREST, TOOK_PART, HANDLED, MET_PRIVATELY,
    RECOMMENDED, COMMENTED, OTHER_TIE, OPEN_DISPUTE); `until` is its last day, if ended."""

    kind: TieKind
    to: Who = field(default_factory=Who)
    case_no: str = ""
    note: str = ""
    until: date | None = None


@dataclass(frozen=True)
class ExpertFacts:
    """An expert and everything known that could bind him or her to a case."""

    expert_no: str
    who: Who
    category: str
    employments: tuple[Employment, ...] = ()
    kin: tuple[Kin, ...] = ()
    representations: tuple[Representation, ...] = ()
    shareholdings: tuple[Shareholding, ...] = ()
    ties: tuple[Tie, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    """grounds the expert has affirmed for this very case: rule and remark"""
    panels_on: tuple[tuple[str, date], ...] = ()
    """reviewed organ and day of each panel the expert was drawn for lately"""
    answered: frozenset[Ask] = frozenset()

    @property
    def unit(self) -> str:
        return self.who.unit


@dataclass(frozen=True)
class Counsel:
    """Counsel in the case; `who.unit` is the law firm."""

    who: Who
    client: str = ""


@dataclass(frozen=True)
class Officer:
    """A person who handled the case; `part` says how (审判, 批准 …)."""

    who: Who
    part: str = ""
    heads_unit: bool | None = None


@dataclass(frozen=True)
class CaseFacts:
    """The case under review. `parties` are petitioner, counter-parties and victims; `case_nos` the case
    and its earlier instances; `earlier_members` the expert numbers of earlier panels on this case."""

    reviewed_unit: str
    case_nos: tuple[str, ...]
    parties: tuple[Who, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    officers: tuple[Officer, ...] = ()
    participants: tuple[Who, ...] = ()
    earlier_members: tuple[str, ...] = ()
    related_nos: tuple[str, ...] = ()
    """numbers of other cases that its history mentions"""
