"""The rules of a review as frozen objects: sizes, weights, thresholds, limits, catalogues of outcomes.

A review stores ``rule_version`` and is judged by that version to its end, whatever is written later."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, cast

from review_app.errors import N_, ReviewError
from review_app.rulebook.reading import InvalidData, Problem, merged, parse_yaml, problem, read

CURRENT = "2024.1"
RULE_FILE = re.compile(r"[0-9][^/]*\.yaml").fullmatch

GRADES = ("A", "B", "C", "D")
SEVERITIES = ("S0", "S1", "S2", "S3", "S4")
DIMENSIONS = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")


@dataclass(frozen=True)
class Label:
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class DoubtfulAfter:
    petition_years: int
    repeats: int


@dataclass(frozen=True)
class MajorFrom:
    """``collective`` petitioners, ``amount`` in yuan."""

    collective: int
    amount: int


@dataclass(frozen=True)
class PanelRules:
    """``size`` by ordinary/doubtful/major; the minima are seats by panel size."""

    size: Mapping[str, int]
    external_min: Mapping[int, int]
    specialty_min: Mapping[int, int]
    lawyer_min: Mapping[int, int]
    academic_or_technical_min: Mapping[int, int]
    academic_min: Mapping[int, int]
    external_categories: tuple[str, ...]
    same_organ_policy: str
    same_system_max_share: Decimal
    same_law_firm_max: int
    same_employer_max: int
    max_open_reviews_per_expert: int
    chair_min_years: int
    substitutes: int
    doubtful_after: DoubtfulAfter
    major_from: MajorFrom


@dataclass(frozen=True)
class Rotation:
    """At most ``panels`` panels for the same organ within ``days`` days (R20)."""

    panels: int
    days: int


@dataclass(frozen=True)
class RecusalRules:
    petitioner_window_wd: int
    decision_days: int
    lawyer_lookback_years: int
    former_employer_lookback_years: int
    rotation: Rotation


@dataclass(frozen=True)
class GradeA:
    only_s1: bool
    none_in: tuple[str, ...]
    highlight: bool


@dataclass(frozen=True)
class GradingRules:
    """``severity_points``: lowest, default and highest points of each severity; ``thresholds``: lowest score
    of grades A, B and C."""

    thresholds: Mapping[str, Decimal]
    s3_count_to_C: int  # noqa: N815 - the name in the rule file
    any_s4_to_C: bool  # noqa: N815
    A_requires: GradeA
    severity_points: Mapping[str, tuple[Decimal, Decimal, Decimal]]
    step: Decimal

    def default_points(self, severity: str) -> Decimal:
        return self.severity_points[severity][1]


@dataclass(frozen=True)
class FormRules:
    """What a form must contain before it can be signed."""

    dimension_text_min: int
    quote_characters: tuple[int, int]
    quotes_min: Mapping[str, int]
    different_documents: tuple[str, ...]
    citation_severities: tuple[str, ...]
    citation_dimensions: tuple[str, ...]


@dataclass(frozen=True)
class ConsolidationRules:
    """``item_spread_discuss``: points on one item that lie further apart open a discussion; none: never. ``ballots``:
    ``named``, the panel reads who voted how; ``secret``, it reads the votes without names."""

    uphold: str
    veto: str
    enlarge_three_on_veto: bool
    points: str
    dispersion_deliberate: Decimal
    grade_gap_deliberate: int
    escalate_panel_add: int
    item_spread_discuss: Decimal | None = None
    ballots: str = "named"

    @property
    def secret_ballots(self) -> bool:
        return self.ballots == "secret"


@dataclass(frozen=True)
class AgreementRules:
    """Agreement across cases: ``cases_min`` closed reviews before a coefficient is given, ``rater_cases_min`` cases
    before an expert's strictness is; ``draws`` samples for an interval of ``confidence``; from ``tentative`` on a
    coefficient allows tentative conclusions, from ``reliable`` on it is called reliable."""

    cases_min: int = 10
    rater_cases_min: int = 5
    draws: int = 1000
    confidence: Decimal = Decimal("0.95")
    tentative: Decimal = Decimal("0.667")
    reliable: Decimal = Decimal("0.8")


@dataclass(frozen=True)
class TimeRules:
    """``review_days_wd`` by ordinary/doubtful, ``state_wd`` by state; ``…_wd`` are working days, ``…_days``
    calendar days. ``interference_report_days``: days after a quarter within which the report on
    interference is handed in."""

    review_days_wd: Mapping[str, int]
    objection_wd: int
    rectify_days: int
    reopen_window_months: int
    state_wd: Mapping[str, int]
    followup_days: int
    interference_report_days: int = 10


@dataclass(frozen=True)
class ClockLimit:
    """``unit``: d calendar days, wd working days, m months; ``article`` of 信访工作条例."""

    limit: int
    unit: str
    zh: str
    en: str
    article: str = ""
    party: str = "organ"
    once: bool = False
    pause: str = ""
    enabled: bool = True
    local: bool = False


@dataclass(frozen=True)
class Colours:
    """Days left at which a clock turns yellow and orange."""

    yellow: int
    orange: int


@dataclass(frozen=True)
class ClockRules:
    limits: Mapping[str, ClockLimit]
    roll_forward: Mapping[str, bool]
    colours: Colours


@dataclass(frozen=True)
class Template:
    zh: str
    en: str
    maxima: Mapping[str, Decimal]
    specialties: tuple[str, ...]


@dataclass(frozen=True)
class GradeScheme:
    zh: str
    en: str
    labels: Mapping[str, Label]


@dataclass(frozen=True)
class OutcomeRule:
    """``grades`` for which the outcome is usual; ``needs_route``: a statutory route must be named."""

    zh: str
    en: str
    grades: tuple[str, ...]
    needs_route: bool


@dataclass(frozen=True)
class Period:
    """``unit``: d calendar days, m months."""

    limit: int
    unit: str
    from_zh: str
    from_en: str


@dataclass(frozen=True)
class Route:
    """A statutory route. ``by_party``: only the petitioner can take it, so it may have expired for him."""

    zh: str
    en: str
    law: str
    by_party: bool
    period: Period | None = None


@dataclass(frozen=True)
class Rules:
    rule_version: str
    panel: PanelRules
    recusal: RecusalRules
    grading: GradingRules
    form: FormRules
    consolidation: ConsolidationRules
    time: TimeRules
    clocks: ClockRules
    dimensions: Mapping[str, Label]
    severities: Mapping[str, Label]
    templates: Mapping[str, Template]
    grade_schemes: Mapping[str, GradeScheme]
    grade_scheme: str
    outcomes: Mapping[str, OutcomeRule]
    routes: Mapping[str, Route]
    measures: Mapping[str, Label]
    agreement: AgreementRules = AgreementRules()

    def grade_label(self, grade: str, scheme: str | None = None) -> Label:
        return self.grade_schemes[scheme or self.grade_scheme].labels[grade]


@cache
def load(version: str = CURRENT) -> Rules:
    """The rules of ``version``. Raises :class:`ReviewError` when there is no such version or its file has an
    unknown, missing or impossible value."""
    return read_rules(rule_data(version))


def versions() -> list[str]:
    """Every version shipped, oldest first."""
    folder = resources.files("review_app.rulebook") / "data"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if RULE_FILE(name))


def changed(version: str, changes: Mapping[str, Any]) -> Rules:
    """The rules of ``version`` with the values of ``changes`` put over them (for trying other values).
    Raises :class:`InvalidData`."""
    return read_rules(merged(rule_data(version), changes))


def read_rules(data: object) -> Rules:
    rules = read(Rules, data)
    if problems := list(impossible_values(rules)):
        raise InvalidData(problems)
    return rules


def rule_data(version: str) -> Mapping[str, Any]:
    if version not in versions():
        raise ReviewError(
            N_("没有版本为“%(version)s”的评查规则。现有版本：%(known)s。"),
            version=version[:40],
            known="、".join(versions()),
        )
    text = (resources.files("review_app.rulebook") / "data" / f"{version}.yaml").read_text("utf-8")
    return cast("Mapping[str, Any]", parse_yaml(text))


def impossible_values(rules: Rules) -> Iterator[Problem]:
    """Values that have the right type but cannot be meant."""
    for name, template in rules.templates.items():
        yield from wrong_keys(f"templates.{name}.maxima", template.maxima, DIMENSIONS)
        if sum(template.maxima.values()) != 100 or min(template.maxima.values(), default=Decimal(0)) < 0:
            yield problem("maxima", f"templates.{name}.maxima", N_("各维度满分之和应当是100，且不得为负。"))
    for size_name, size in rules.panel.size.items():
        if size < 3 or size % 2 == 0:
            yield problem("odd", f"panel.size.{size_name}", N_("评查组人数应当是不少于3的单数。"))
    yield from wrong_keys("dimensions", rules.dimensions, DIMENSIONS)
    yield from wrong_keys("severities", rules.severities, SEVERITIES)
    yield from impossible_grading(rules.grading)
    yield from impossible_consolidation(rules.consolidation)
    yield from impossible_ballots(rules.consolidation)
    for name, scheme in rules.grade_schemes.items():
        yield from wrong_keys(f"grade_schemes.{name}.labels", scheme.labels, GRADES)
    if rules.grade_scheme not in rules.grade_schemes:
        yield problem("choice", "grade_scheme", N_("没有这个等次名称方案。"))


def impossible_grading(grading: GradingRules) -> Iterator[Problem]:
    yield from wrong_keys("grading.thresholds", grading.thresholds, GRADES[:3])
    yield from wrong_keys("grading.severity_points", grading.severity_points, SEVERITIES)
    limits = [grading.thresholds.get(grade, Decimal(-1)) for grade in GRADES[:3]]
    if not 100 >= limits[0] > limits[1] > limits[2] >= 0:
        yield problem("order", "grading.thresholds", N_("等次分数线应当由高到低，且在0至100之间。"))
    for severity, (lowest, default, highest) in grading.severity_points.items():
        if not 0 <= lowest <= default <= highest <= 100:
            yield problem(
                "order", f"grading.severity_points.{severity}", N_("应当依次是最低、默认、最高扣分。")
            )
    if not 0 < grading.step <= 100:
        yield problem("range", "grading.step", N_("扣分的最小单位应当大于0。"))


def impossible_consolidation(consolidation: ConsolidationRules) -> Iterator[Problem]:
    known = {"uphold": "majority", "veto": "two_thirds", "points": "median_of_upholders"}
    for name, only in known.items():
        if getattr(consolidation, name) != only:
            yield problem("choice", f"consolidation.{name}", N_("本系统只支持“%(only)s”。"), only=only)


def impossible_ballots(consolidation: ConsolidationRules) -> Iterator[Problem]:
    if consolidation.ballots not in ("named", "secret"):
        yield problem(
            "choice", "consolidation.ballots", N_("表决方式应当是named（记名）或者secret（无记名）。")
        )


def wrong_keys(path: str, found: Mapping[str, object], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if set(found) != set(wanted):
        yield problem("keys", path, N_("应当恰好有这些项目：%(keys)s。"), keys="、".join(wanted))
