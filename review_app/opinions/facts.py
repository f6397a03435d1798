"""Everything an opinion says, as plain frozen data: gathered from locked results, and from the parts the lead
reviewer wrote. The same facts always give the same document."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from review_app.petitions.states import RequestResult
from review_app.rulebook.reading import parse_json, read


@dataclass(frozen=True)
class Sender:
    """The issuing office as printed, who gets copies, whom to ask."""

    office: str
    mark: str
    copy_to: tuple[str, ...]
    contact: str


@dataclass(frozen=True)
class RequestFacts:
    """A numbered request with the panel's answer; ``result`` is None while it is not answered."""

    seq: int
    text: str
    answer: str
    result: RequestResult | None


@dataclass(frozen=True)
class PetitionFacts:
    petitioner: str
    gender: str
    birth_year: int | None
    place: str
    channel: str
    received_on: date
    history: str
    requests: tuple[RequestFacts, ...]


@dataclass(frozen=True)
class MembersOf:
    """How many members belong to a category of experts."""

    category: str
    count: int


@dataclass(frozen=True)
class VolumeRead:
    """A volume of the file: its title, how many documents and pages it has."""

    title: str
    documents: int
    pages: int


@dataclass(frozen=True)
class WorkFacts:
    """How the review was done; ``hearing`` tells whom the panel heard and what became of the objection."""

    drawn_on: date | None
    draw_no: str
    size: int
    members: tuple[MembersOf, ...]
    recusals: int
    volumes: tuple[VolumeRead, ...]
    hearing: str


@dataclass(frozen=True)
class Place:
    """A page of the file."""

    volume: str
    document: str
    page: int


@dataclass(frozen=True)
class Law:
    """A provision: law, version (year), article as a number or as printed."""

    law: str
    version: str
    article: str


@dataclass(frozen=True)
class FindingFacts:
    """An upheld finding with the panel's points. ``veto`` is the sentence on an applied veto."""

    code: str
    dimension: str
    severity: str
    points: Decimal
    title: str
    fact: str
    places: tuple[Place, ...]
    laws: tuple[Law, ...]
    uphold: int
    reject: int
    veto: str = ""

    @property
    def stands_alone(self) -> bool:
        """A veto without a deduction: V10, V11."""
        return self.code.startswith("V")


@dataclass(frozen=True)
class DimensionFacts:
    """A dimension of the form: deductions before and after the cap at its maximum."""

    code: str
    name: str
    maximum: Decimal
    deducted: Decimal
    counted: Decimal


@dataclass(frozen=True)
class PrecedentFacts:
    """The similar-case search: rows are (tier, title, case number, relation to this case)."""

    conclusion: str
    rows: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class RejectedFacts:
    """A finding the panel did not uphold."""

    title: str
    uphold: int
    reject: int


@dataclass(frozen=True)
class VoteFacts:
    """Counts without names; ``dissent`` is verbatim, one dissenter a line; ``by_office`` tells that grade or
    outcome, left open by the panel, were decided by the office meeting after escalation."""

    held_on: date | None
    in_writing: bool
    attended: int
    grade_for: int
    outcome_for: int
    rejected: tuple[RejectedFacts, ...]
    dissenters: int
    dissent: str
    by_office: bool = False
    concurring: int = 0
    concurring_reasons: str = ""
    """other reasons of members who agree with the result, one a line"""


@dataclass(frozen=True)
class ResultFacts:
    """The locked result. ``adjusted`` are the reasons when the panel adopted a neighbouring grade;
    ``needs_route`` that the outcome demands a statutory route."""

    scores: tuple[Decimal, ...]
    score: Decimal
    grade: str
    grade_label: str
    outcome: str
    outcome_label: str
    needs_route: bool
    adjusted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One recommendation: what, who, by which statutory route, under which article, until when."""

    text: str
    organ: str = ""
    route: str = ""
    law: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class OpinionFacts:
    """All of it. ``case_text`` is section 二, ``established`` the numbered facts of section 四; ``people`` are
    the private people whom a circulated copy must not name, each with the other names he goes by, and ``names``
    all these names."""

    sender: Sender
    recipient: str
    matter: str
    petition: PetitionFacts
    case_text: str
    work: WorkFacts
    established: tuple[str, ...]
    dimensions: tuple[DimensionFacts, ...]
    findings: tuple[FindingFacts, ...]
    precedents: PrecedentFacts | None
    precedents_needed: bool
    votes: VoteFacts
    result: ResultFacts
    advice: tuple[Advice, ...]
    names: tuple[str, ...]
    people: tuple[tuple[str, ...], ...] = ()

    def findings_of(self, dimension: str) -> tuple[FindingFacts, ...]:
        return tuple(finding for finding in self.findings if finding.dimension == dimension)


@dataclass(frozen=True)
class SignatureRow:
    """A line of the signature list of the internal copy."""

    name: str
    capacity: str
    signed_on: date | None
    remark: str = ""


def dump(facts: OpinionFacts) -> str:
    """The facts as JSON, for sealed storage; `load_facts` reads them back exactly."""
    return json.dumps(asdict(facts), ensure_ascii=False, default=_plain)


def load_facts(text: str) -> OpinionFacts:
    """The facts that `dump` wrote."""
    return read(OpinionFacts, parse_json(text))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be stored: {value!r}")
