"""What a consolidation returns: every number together with how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from review_app.deliberations.panel_input import DissentInput
from review_app.deliberations.statistics import Statistics
from review_app.errors import N_
from review_app.evaluations.grading import DimensionScore, Remark


class FindingStatus(StrEnum):
    UPHELD = "UPHELD"
    REJECTED = "REJECTED"


FINDING_STATUS_LABELS = {FindingStatus.UPHELD: N_("成立"), FindingStatus.REJECTED: N_("不成立")}


class VetoStatus(StrEnum):
    """MAJORITY_ONLY: more than half but less than two thirds; LARGER_PANEL: three members never decide."""

    APPLIED = "APPLIED"
    DOCUMENTED = "DOCUMENTED"
    MAJORITY_ONLY = "MAJORITY_ONLY"
    LARGER_PANEL = "LARGER_PANEL"
    REJECTED = "REJECTED"


VETO_STATUS_LABELS = {
    VetoStatus.APPLIED: N_("否决成立"),
    VetoStatus.DOCUMENTED: N_("依生效文书否决成立"),
    VetoStatus.MAJORITY_ONLY: N_("未达三分之二，否决不成立，提级"),
    VetoStatus.LARGER_PANEL: N_("三人组不作否决，先扩大评查组"),
    VetoStatus.REJECTED: N_("否决不成立"),
}


class GradeStatus(StrEnum):
    COMPUTED = "COMPUTED"
    ADOPTED = "ADOPTED"
    ADJUSTED = "ADJUSTED"
    UNDECIDED = "UNDECIDED"


GRADE_STATUS_LABELS = {
    GradeStatus.COMPUTED: N_("计算所得，尚未表决"),
    GradeStatus.ADOPTED: N_("表决采纳计算等次"),
    GradeStatus.ADJUSTED: N_("表决调整一级并附理由"),
    GradeStatus.UNDECIDED: N_("未决，提级"),
}


@dataclass(frozen=True)
class Tally:
    """``needed`` votes out of ``uphold + reject`` carry."""

    uphold: int
    reject: int
    needed: int

    @property
    def carried(self) -> bool:
        return self.uphold >= self.needed

    def as_json(self) -> dict[str, object]:
        return {"uphold": self.uphold, "reject": self.reject, "needed": self.needed, "carried": self.carried}


@dataclass(frozen=True)
class VetoResult:
    code: str
    status: VetoStatus
    tally: Tally | None
    document_no: str = ""

    @property
    def applied(self) -> bool:
        return self.status in (VetoStatus.APPLIED, VetoStatus.DOCUMENTED)

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "status": self.status,
            "votes": self.tally.as_json() if self.tally else None,
            "document_no": self.document_no or None,
        }


@dataclass(frozen=True)
class UpholderPoints:
    """What one upholder's vote weighs: his own points, or the severity's default if he had not proposed."""

    member: str
    points: Decimal
    by_default: bool

    def as_json(self) -> dict[str, object]:
        return {"member": self.member, "points": self.points, "by_default": self.by_default}


@dataclass(frozen=True)
class FindingResult:
    """One finding: who proposed what, how it was voted, whose points entered the median."""

    key: str
    code: str
    severity: str
    status: FindingStatus
    proposals: Mapping[str, Decimal]
    tally: Tally | None
    weighed: tuple[UpholderPoints, ...]
    points: Decimal | None
    veto: VetoResult | None

    @property
    def upheld(self) -> bool:
        return self.status is FindingStatus.UPHELD

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.key,
            "code": self.code,
            "severity": self.severity,
            "status": self.status,
            "proposals": dict(self.proposals),
            "votes": self.tally.as_json() if self.tally else None,
            "weighed": [one.as_json() for one in self.weighed],
            "points": self.points,
            "veto": self.veto.as_json() if self.veto else None,
        }


@dataclass(frozen=True)
class GradeDecision:
    """``allowed``: grades the panel may adopt – the computed one and its neighbours, as far as no rule bars
    them; ``votes`` by grade."""

    grade: str | None
    status: GradeStatus
    allowed: tuple[str, ...]
    votes: Mapping[str, int]
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "status": self.status,
            "allowed": list(self.allowed),
            "votes": dict(self.votes),
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class OutcomeDecision:
    outcome: str | None
    votes: Mapping[str, int]

    def as_json(self) -> dict[str, object]:
        return {"outcome": self.outcome, "votes": dict(self.votes)}


@dataclass(frozen=True)
class Consolidation:
    """The panel's result. ``deducted`` is the sum after caps, ``score`` = 100 − deducted rounded half up to
    the step. ``oral`` lists why the deliberation must be oral, ``escalation`` why the review goes up,
    ``flags`` what an auditor should look at."""

    size: int
    findings: tuple[FindingResult, ...]
    dimensions: Mapping[str, DimensionScore]
    deducted: Decimal
    score: Decimal
    computed_grade: str
    grade_reasons: tuple[Remark, ...]
    grade: GradeDecision
    outcome: OutcomeDecision | None
    measures: Mapping[str, Tally]
    statistics: Statistics
    oral: tuple[Remark, ...]
    escalation: tuple[Remark, ...]
    enlarge_to: int | None
    flags: tuple[Remark, ...]
    dissents: tuple[DissentInput, ...]

    @property
    def escalated(self) -> bool:
        return bool(self.escalation)

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Codes of the vetoes that are upheld."""
        applied = [one.veto.code for one in self.findings if one.veto and one.veto.applied]
        return tuple(dict.fromkeys(applied))

    def as_json(self) -> dict[str, object]:
        return {
            "panel_score": self.score,
            "grade": self.grade.grade,
            "computed_grade": self.computed_grade,
            "grade_reasons": [reason.as_json() for reason in self.grade_reasons],
            "vetoes": list(self.vetoes),
            "escalated": self.escalated,
            "escalation_reasons": [reason.as_json() for reason in self.escalation],
            "enlarge_to": self.enlarge_to,
            "oral_deliberation": bool(self.oral),
            "oral_reasons": [reason.as_json() for reason in self.oral],
            "size": self.size,
            "findings": [finding.as_json() for finding in self.findings],
            "dimensions": {name: dimension.as_json() for name, dimension in self.dimensions.items()},
            "deducted": self.deducted,
            "grade_decision": self.grade.as_json(),
            "outcome": self.outcome.as_json() if self.outcome else None,
            "measures": {name: tally.as_json() for name, tally in self.measures.items()},
            "statistics": self.statistics.as_json(),
            "flags": [flag.as_json() for flag in self.flags],
            "dissents": [{"member": one.member, "text": one.text} for one in self.dissents],
        }
