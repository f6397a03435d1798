"""The written cases as data: registration, pages with marked quotations, forms, votes, texts.

In a page, ⟦D4-12|words⟧ marks the exact characters that are quoted for a deduction; the marks are taken off
before the page is stored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType

from review_app.followup.states import Answer, Basis
from review_app.petitions.states import Channel, LegalStage, RequestResult
from review_app.reviews.states import DoubtReason, InvolvedAs, MajorReason, Outcome, Resolution, VolumeKind
from review_app.rulebook.reading import parse_yaml, read

MARK = re.compile(r"⟦([^|⟧]+)\|([^⟧]*)⟧")
YEAR = re.compile(r"20[12]\d(?=年|）|〕|-\d\d-\d\d|\d{4}-\d{4})")
FOLD = re.compile(r"(?<=[，。；：、”）]) (?=\S)")
WRITTEN_UNTIL = date(2024, 3, 1)
"""the day after the last one that the data speaks of"""
FOLDER = resources.files("review_app.demo") / "data"


@dataclass(frozen=True)
class PetitionerText:
    name: str
    gender: str
    birth_year: int
    address: str
    phone: str


@dataclass(frozen=True)
class ItemText:
    item_no: str
    channel: Channel
    received_on: date
    place: str
    repeats: int
    legal_stage: LegalStage
    facts: str
    reasons: str
    history: str


@dataclass(frozen=True)
class RequestText:
    text: str
    result: RequestResult | None = None
    answer: str = ""


@dataclass(frozen=True)
class LegalCaseText:
    organ: str
    case_no: str
    case_name: str
    cause: str
    stage: str
    act_on: date
    last_document: str
    last_document_on: date
    effective_on: date
    result: str
    history: str
    amount: int


@dataclass(frozen=True)
class InvolvedText:
    role: InvolvedAs
    name: str
    birth_year: int | None = None
    serial: int | None = None
    organisation: bool = False
    org: str = ""
    post: str = ""
    part: str = ""


@dataclass(frozen=True)
class DocumentText:
    title: str
    pages: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """The file: plain text, one form feed between pages, marks taken off."""
        return "\f".join(MARK.sub(r"\2", page).strip() for page in self.pages).encode()


@dataclass(frozen=True)
class VolumeText:
    kind: VolumeKind
    title: str
    documents: tuple[DocumentText, ...]


@dataclass(frozen=True)
class Marked:
    """Words to be quoted for a code, and where they stand (numbers count from 1)."""

    code: str
    volume: int
    document: int
    page: int
    words: str


@dataclass(frozen=True)
class FormRow:
    """One deduction: points typed by each member (None: not proposed), votes to uphold, votes for its veto."""

    code: str
    points: tuple[Decimal | None, ...]
    uphold: int
    veto: str = ""
    veto_votes: int = 0


@dataclass(frozen=True)
class LawText:
    law: str
    article: str


@dataclass(frozen=True)
class FindingText:
    locus: str
    text: str
    law: tuple[LawText, ...] = ()
    veto_ground: str = ""
    reply: str = ""
    measure: Answer | None = None
    route_case_no: str = ""


@dataclass(frozen=True)
class Expected:
    """What scoring and consolidation must give."""

    scores: tuple[Decimal, ...]
    score: Decimal
    grade: str
    dispersion: Decimal
    veto: str = ""
    escalated: bool = False


@dataclass(frozen=True)
class RouteText:
    route: str
    organ: str
    text: str


@dataclass(frozen=True)
class OpinionText:
    facts: tuple[str, ...]
    precedents: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class ResolutionText:
    state: Resolution
    note: str
    basis: Basis | None = None
    document_no: str = ""
    later_basis: Basis | None = None
    later_note: str = ""


@dataclass(frozen=True)
class Narrative:
    """One review from its registration to its end; those that wait at their beginning have no forms."""

    key: str
    title: str
    template: str
    subkind: str
    doubt: tuple[DoubtReason, ...]
    summary: str
    petitioner: PetitionerText
    item: ItemText
    requests: tuple[RequestText, ...]
    legal_case: LegalCaseText
    involved: tuple[InvolvedText, ...]
    doubt_note: str = ""
    major: tuple[MajorReason, ...] = ()
    volumes: tuple[VolumeText, ...] = ()
    forms: tuple[FormRow, ...] = ()
    expected: Expected | None = None
    dissenter: int | None = None
    proposed_grades: tuple[str, ...] = ()
    findings: Mapping[str, FindingText] = field(default_factory=lambda: MappingProxyType({}))
    dimensions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    highlights: tuple[str, ...] = ()
    outcome: Outcome | None = None
    measures: tuple[str, ...] = ()
    routes: tuple[RouteText, ...] = ()
    objection: str = ""
    objection_code: str = ""
    objection_reply: str = ""
    interview: str = ""
    minutes: str = ""
    dissent: str = ""
    opinion: OpinionText | None = None
    resolution: ResolutionText | None = None
    queries: tuple[str, ...] = ()

    @property
    def marks(self) -> list[Marked]:
        """Every marked quotation, in the order of the file."""
        return list(marks_of(self.volumes))


def marks_of(volumes: tuple[VolumeText, ...]) -> Iterator[Marked]:
    for volume_no, volume in enumerate(volumes, start=1):
        for document_no, document in enumerate(volume.documents, start=1):
            for page_no, page in enumerate(document.pages, start=1):
                for code, words in MARK.findall(page):
                    yield Marked(code, volume_no, document_no, page_no, words)


@cache
def written_cases(years: int = 0) -> Mapping[str, Narrative]:
    """The cases that are told to the end, by key; every date and case number ``years`` later than written."""
    files = sorted((FOLDER / "cases").iterdir(), key=lambda file: file.name)
    told = (read(Narrative, unfolded(parse_yaml(later(file.read_text("utf-8"), years)))) for file in files)
    return {one.key: one for one in told}


@cache
def waiting_reviews(years: int = 0) -> Mapping[str, Narrative]:
    """Reviews that stand at their beginning, by key; moved like the cases."""
    rows = unfolded(parse_yaml(later((FOLDER / "waiting.yaml").read_text("utf-8"), years)))
    return {one.key: one for one in read(Waiting, {"reviews": rows}).reviews}


def years_since_written(day: date) -> int:
    """How many years later than written the cases must lie so that they end shortly before ``day``."""
    years = day.year - WRITTEN_UNTIL.year
    return years if day >= WRITTEN_UNTIL.replace(year=day.year) else years - 1


def later(text: str, years: int) -> str:
    """``text`` with the year of every date and case number moved."""
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


def unfolded(data: object) -> object:
    """The data without the space that a folded line of YAML leaves behind Chinese punctuation."""
    if isinstance(data, dict):
        return {name: unfolded(value) for name, value in data.items()}
    if isinstance(data, list):
        return [unfolded(value) for value in data]
    return FOLD.sub("", data) if isinstance(data, str) else data


@dataclass(frozen=True)
class Waiting:
    reviews: tuple[Narrative, ...]


LAWS = {
    "民诉解释": ("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "2022"),
    "民诉法": ("中华人民共和国民事诉讼法", "2023"),
    "刑诉法": ("中华人民共和国刑事诉讼法", "2018"),
    "刑法": ("中华人民共和国刑法", "2020"),
    "征补条例": ("国有土地上房屋征收与补偿条例", "2011"),
    "程序规定": ("公安机关办理刑事案件程序规定", "2020"),
    "信访工作条例": ("信访工作条例", "2022"),
    "行政处罚法": ("中华人民共和国行政处罚法", "2021"),
}
"""short names used in the data files: full name and version"""
