"""One evaluation form as plain frozen data: what ``score_form`` reads and ``review-app score`` takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from review_app.errors import N_


class RecordReason(StrEnum):
    """Why something is recorded without points (S0)."""

    LAW_UNCLEAR = "LAW_UNCLEAR"
    LATER_LAW = "LATER_LAW"
    NEW_EVIDENCE = "NEW_EVIDENCE"


RECORD_REASON_LABELS = {
    RecordReason.LAW_UNCLEAR: N_("当时法律规定不明确"),
    RecordReason.LATER_LAW: N_("事后法律修改"),
    RecordReason.NEW_EVIDENCE: N_("事后出现新证据"),
}


@dataclass(frozen=True)
class QuoteInput:
    """A quotation from the file. ``file_sha256`` is the document's hash, ``page`` counts from 1."""

    volume: str
    document: str
    page: int
    exact_text: str
    file_sha256: str


@dataclass(frozen=True)
class CitationInput:
    """A provision in the version that applied at the time of the act."""

    law_id: str
    version: str
    article: str


@dataclass(frozen=True)
class DeductionInput:
    """One deduction. ``severity`` None means the catalogue's; ``veto`` a veto code proposed with it;
    ``finding`` the finding it was merged into (``consolidate`` only)."""

    code: str
    points: Decimal
    severity: str | None = None
    fact: str = ""
    veto: str | None = None
    record_reason: RecordReason | None = None
    quotes: tuple[QuoteInput, ...] = ()
    citations: tuple[CitationInput, ...] = ()
    finding: str | None = None


@dataclass(frozen=True)
class VetoInput:
    """A veto proposed on its own: V10 with proof, V11 with the number of the effective decision."""

    code: str
    fact: str = ""
    document_no: str = ""
    quotes: tuple[QuoteInput, ...] = ()
    citations: tuple[CitationInput, ...] = ()
    finding: str | None = None


@dataclass(frozen=True)
class DimensionInput:
    """The text 审查情况 of one dimension, or the tick 未发现问题; ``not_applicable``: the dimension does not apply to
    the case, for the reason the text gives."""

    text: str = ""
    no_problems: bool = False
    not_applicable: bool = False


@dataclass(frozen=True)
class FormInput:
    """A form; ``dimensions`` by D1–D8, ``highlights`` the positive points (亮点)."""

    template: str
    deductions: tuple[DeductionInput, ...] = ()
    vetoes: tuple[VetoInput, ...] = ()
    dimensions: Mapping[str, DimensionInput] = field(default_factory=lambda: MappingProxyType({}))
    highlights: tuple[str, ...] = ()
    proposed_grade: str | None = None
    proposed_outcome: str | None = None
    proposed_measures: tuple[str, ...] = ()
