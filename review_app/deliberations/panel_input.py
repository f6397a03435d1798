"""A panel's forms, findings and ballots as plain frozen data: what ``consolidate`` reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from review_app.errors import N_
from review_app.evaluations.form_input import DeductionInput, FormInput, VetoInput


class Vote(StrEnum):
    """A ballot on a finding, veto or measure. There is no abstention: an odd panel must decide."""

    UPHOLD = "uphold"
    REJECT = "reject"


VOTE_LABELS = {Vote.UPHOLD: N_("成立"), Vote.REJECT: N_("不成立")}

Ballots = Mapping[str, Vote]


@dataclass(frozen=True)
class GradeVote:
    """A ballot on the grade; ``reason`` is due when it is not the computed grade."""

    grade: str
    reason: str = ""


@dataclass(frozen=True)
class FindingInput:
    """A finding: deductions of one code and one locus, merged. ``code`` is a deduction's code or, for a veto
    that stands alone, V10 or V11. ``id`` defaults to the code, ``severity`` to the catalogue's. ``votes`` by
    member; ``veto_votes`` decide on the veto, without them the ``votes`` do. ``objected``: the reviewed organ
    raised an objection. ``document_no``: the effective decision that proves V11."""

    code: str
    id: str = ""
    severity: str | None = None
    locus: str = ""
    votes: Ballots = field(default_factory=lambda: MappingProxyType({}))
    veto_votes: Ballots | None = None
    objected: bool = False
    document_no: str = ""

    @property
    def key(self) -> str:
        return self.id or self.code


@dataclass(frozen=True)
class DissentInput:
    member: str
    text: str


@dataclass(frozen=True)
class PanelInput:
    """Everything that is consolidated. ``members`` in any order, each with a form; ballots by member. Ballots
    on grade, outcome and measures may be missing: then the result stops at the computed grade."""

    template: str
    members: tuple[str, ...]
    forms: Mapping[str, FormInput]
    findings: tuple[FindingInput, ...] = ()
    doubt_flag: bool = False
    grade_ballot: Mapping[str, GradeVote] | None = None
    outcome_ballot: Mapping[str, str] | None = None
    measure_ballots: Mapping[str, Ballots] = field(default_factory=lambda: MappingProxyType({}))
    dissents: tuple[DissentInput, ...] = ()

    @property
    def size(self) -> int:
        return len(self.members)


Proposal = DeductionInput | VetoInput


@dataclass(frozen=True)
class Proposers:
    """Which proposal belongs to which finding. A proposal without ``finding`` goes to the only finding of its
    code; ``homeless`` ones found none."""

    deductions: Mapping[str, list[tuple[str, DeductionInput]]]
    vetoes: Mapping[str, list[tuple[str, VetoInput]]]
    homeless: tuple[tuple[str, Proposal], ...]

    def points(self, key: str) -> dict[str, Decimal]:
        """Points by proposer. Whoever proposed twice what became one finding counts with his higher number."""
        points: dict[str, Decimal] = {}
        for member, deduction in self.deductions[key]:
            points[member] = max(deduction.points, points.get(member, deduction.points))
        return points

    def veto_codes(self, key: str) -> tuple[str, ...]:
        """Veto codes proposed with this finding, in order of the members."""
        codes = [deduction.veto for _member, deduction in self.deductions[key] if deduction.veto]
        return tuple(dict.fromkeys(codes))


def proposers(panel: PanelInput) -> Proposers:
    keys = {finding.key for finding in panel.findings}
    of_code: dict[str, list[str]] = {}
    for finding in panel.findings:
        of_code.setdefault(finding.code, []).append(finding.key)
    only = {code: found[0] for code, found in of_code.items() if len(found) == 1}
    deductions: dict[str, list[tuple[str, DeductionInput]]] = {key: [] for key in keys}
    vetoes: dict[str, list[tuple[str, VetoInput]]] = {key: [] for key in keys}
    homeless: list[tuple[str, Proposal]] = []
    for member, proposal in all_proposals(panel):
        key = proposal.finding or only.get(proposal.code)
        if key not in keys:
            homeless.append((member, proposal))
        elif isinstance(proposal, DeductionInput):
            deductions[key].append((member, proposal))
        else:
            vetoes[key].append((member, proposal))
    return Proposers(deductions, vetoes, tuple(homeless))


def all_proposals(panel: PanelInput) -> Iterator[tuple[str, Proposal]]:
    for member in panel.members:
        for deduction in panel.forms[member].deductions:
            yield member, deduction
        for veto in panel.forms[member].vetoes:
            yield member, veto
