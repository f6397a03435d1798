"""From points and findings to a grade: the part that one form and a whole panel share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from review_app.errors import N_
from review_app.form_templates.catalogue import dimension_of
from review_app.rulebook.rules import DIMENSIONS, GRADES, Rules


@dataclass(frozen=True)
class Remark:
    """Why something came out as it did: ``sentence`` is a Chinese message id filled by ``facts``."""

    code: str
    sentence: str
    facts: Mapping[str, object]

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "sentence": str(self)}


def remark(code: str, sentence: str, /, **facts: object) -> Remark:
    return Remark(code, sentence, MappingProxyType(facts))


@dataclass(frozen=True)
class Points:
    """What one deduction or one upheld finding takes away."""

    code: str
    severity: str
    points: Decimal

    @property
    def dimension(self) -> str:
        return dimension_of(self.code)


@dataclass(frozen=True)
class DimensionScore:
    """``points`` is the sum, ``deducted`` what counts: never more than ``maximum``."""

    maximum: Decimal
    points: Decimal
    deducted: Decimal
    codes: tuple[str, ...]

    @property
    def capped(self) -> bool:
        return self.deducted < self.points

    def as_json(self) -> dict[str, object]:
        return {
            "maximum": self.maximum,
            "points": self.points,
            "deducted": self.deducted,
            "capped": self.capped,
            "codes": list(self.codes),
        }


@dataclass(frozen=True)
class Grade:
    """A grade with the reasons that led to it."""

    grade: str
    reasons: tuple[Remark, ...]


def dimension_scores(items: Iterable[Points], template: str, rules: Rules) -> dict[str, DimensionScore]:
    """Sums and caps of all eight dimensions. Deductions cannot exceed the maximum of their dimension."""
    items = list(items)
    return {
        dimension: dimension_score([item for item in items if item.dimension == dimension], maximum)
        for dimension, maximum in ((name, rules.templates[template].maxima[name]) for name in DIMENSIONS)
    }


def dimension_score(items: list[Points], maximum: Decimal) -> DimensionScore:
    points = sum((item.points for item in items), Decimal(0))
    return DimensionScore(maximum, points, min(maximum, points), tuple(item.code for item in items))


def total(dimensions: Mapping[str, DimensionScore]) -> Decimal:
    """100 less what the dimensions lose."""
    return 100 - sum((dimension.deducted for dimension in dimensions.values()), Decimal(0))


def grade_from(
    score: Decimal, items: Iterable[Points], *, vetoes: Iterable[str], highlight: bool, rules: Rules
) -> Grade:
    """The grade of a score with its findings. An upheld veto gives D whatever the score; the kind of defect
    outweighs the points; what is only recorded (S0) has no effect."""
    counted = [item for item in items if item.severity != "S0"]
    if worst := why_unqualified(score, vetoes, rules):
        return Grade("D", worst)
    if flaws := why_flawed(score, counted, rules):
        return Grade("C", flaws)
    if lacking := why_not_excellent(score, counted, highlight=highlight, rules=rules):
        return Grade("B", lacking)
    return Grade(
        "A",
        (remark("excellent", N_("得分不低于%(limit)s，只有轻微问题，并有亮点。"), limit=limit(rules, "A")),),
    )


def why_unqualified(score: Decimal, vetoes: Iterable[str], rules: Rules) -> tuple[Remark, ...]:
    reasons = [remark("veto", N_("否决项%(veto)s成立。"), veto=veto) for veto in vetoes]
    if score < rules.grading.thresholds["C"]:
        reasons.append(remark("below_c", N_("得分低于%(limit)s。"), limit=limit(rules, "C")))
    return tuple(reasons)


def why_flawed(score: Decimal, items: list[Points], rules: Rules) -> tuple[Remark, ...]:
    reasons = []
    if score < rules.grading.thresholds["B"]:
        reasons.append(remark("below_b", N_("得分低于%(limit)s。"), limit=limit(rules, "B")))
    if rules.grading.any_s4_to_C and any(item.severity == "S4" for item in items):
        reasons.append(remark("s4", N_("存在严重问题（S4）。")))
    serious = sum(item.severity == "S3" for item in items)
    if serious >= rules.grading.s3_count_to_C:
        reasons.append(remark("s3", N_("较重问题（S3）有%(count)s项。"), count=serious))
    return tuple(reasons)


def why_not_excellent(
    score: Decimal, items: list[Points], *, highlight: bool, rules: Rules
) -> tuple[Remark, ...]:
    needed = rules.grading.A_requires
    reasons = []
    if score < rules.grading.thresholds["A"]:
        reasons.append(remark("below_a", N_("得分低于%(limit)s。"), limit=limit(rules, "A")))
    if needed.only_s1 and any(item.severity != "S1" for item in items):
        reasons.append(remark("not_only_s1", N_("存在轻微（S1）以上的问题。")))
    if any(item.dimension in needed.none_in for item in items):
        dimensions = "、".join(needed.none_in)
        reasons.append(remark("core_dimension", N_("维度%(dimensions)s中存在问题。"), dimensions=dimensions))
    if needed.highlight and not highlight:
        reasons.append(remark("no_highlight", N_("没有写明亮点。")))
    return tuple(reasons)


def limit(rules: Rules, grade: str) -> str:
    return f"{rules.grading.thresholds[grade].normalize():f}"


def levels_between(one: str, other: str) -> int:
    """How many grades lie between: 0 for the same, 3 from A to D."""
    return abs(GRADES.index(one) - GRADES.index(other))
