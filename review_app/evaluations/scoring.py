"""One form's score and grade."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from review_app.evaluations.completeness import WRONG, form_problems, has_highlight, unreadable
from review_app.evaluations.form_input import DeductionInput, FormInput
from review_app.evaluations.grading import (
    DimensionScore,
    Points,
    Remark,
    dimension_scores,
    grade_from,
    total,
)
from review_app.form_templates.catalogue import Catalogue
from review_app.rulebook.reading import InvalidData, Problem
from review_app.rulebook.rules import Rules


@dataclass(frozen=True)
class FormScore:
    """Points per dimension, score (0–100), grade with reasons, and what keeps the form from being signed."""

    dimensions: Mapping[str, DimensionScore]
    score: Decimal
    grade: str
    grade_reasons: tuple[Remark, ...]
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        return not self.problems

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """Entries that contradict the rules, as against what is only missing."""
        return tuple(problem for problem in self.problems if problem.code in WRONG)

    def as_json(self) -> dict[str, object]:
        return {
            "score": self.score,
            "grade": self.grade,
            "grade_reasons": [reason.as_json() for reason in self.grade_reasons],
            "deducted": 100 - self.score,
            "dimensions": {name: dimension.as_json() for name, dimension in self.dimensions.items()},
            "complete": self.complete,
            "problems": [problem.as_json() for problem in self.problems],
        }


def score_form(form: FormInput, rules: Rules, catalogue: Catalogue) -> FormScore:
    """S = 100 − Σ min(maximum, Σ points) per dimension, and the grade from score, severities, vetoes and
    highlights. Works on half-filled forms too (running score); ``problems`` says what is missing.
    Raises :class:`InvalidData` when the template or a code does not exist."""
    if unknown := list(unreadable(form, rules, catalogue)):
        raise InvalidData(unknown)
    items = [points_of(deduction, catalogue) for deduction in form.deductions]
    dimensions = dimension_scores(items, form.template, rules)
    score = total(dimensions)
    grade = grade_from(
        score, items, vetoes=proposed_vetoes(form, catalogue), highlight=has_highlight(form), rules=rules
    )
    problems = tuple(form_problems(form, rules, catalogue))
    return FormScore(dimensions, score, grade.grade, grade.reasons, problems)


def points_of(deduction: DeductionInput, catalogue: Catalogue) -> Points:
    severity = deduction.severity or catalogue.deductions[deduction.code].severity
    points = Decimal(0) if severity == "S0" else max(Decimal(0), deduction.points)
    return Points(deduction.code, severity, points)


def proposed_vetoes(form: FormInput, catalogue: Catalogue) -> list[str]:
    """The vetoes this form counts: one proved by document only with the document's number."""
    return list(dict.fromkeys(veto_codes(form, catalogue)))


def veto_codes(form: FormInput, catalogue: Catalogue) -> Iterator[str]:
    for deduction in form.deductions:
        if deduction.severity != "S0" and deduction.veto in catalogue.deductions[deduction.code].veto:
            yield str(deduction.veto)
    for veto in form.vetoes:
        item = catalogue.vetoes[veto.code]
        if item.alone and (not item.documentary or veto.document_no.strip()):
            yield veto.code
