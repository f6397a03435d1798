"""Random panels for the consolidation, and a peer that computes them row by row.

The peer is what an office does in a workbook, as code: one row for each finding, vote and member, every figure looked up
in all the rows again. It follows the same rules of docs/rules.md (majority, median of those who upheld, caps) and shares
nothing with `review_app.deliberations` but the input, so it also checks the score.
"""

import random
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from review_app.deliberations.panel_input import FindingInput, PanelInput, Vote
from review_app.evaluations.form_input import DeductionInput, FormInput
from review_app.form_templates.catalogue import Catalogue
from review_app.rulebook.rules import Rules

TEMPLATE = "EXE"
Row = tuple[str, str, str, str, Decimal | None]  # finding, code, member, vote, points or none


def random_panel(
    lot: random.Random, rules: Rules, catalogue: Catalogue, *, size: int, findings: int
) -> PanelInput:
    """A panel whose members propose each finding by chance, with points the severity allows; all vote on all."""
    members = tuple(f"m{number}" for number in range(1, size + 1))
    codes = list(catalogue.for_template(TEMPLATE))
    chosen = [f"F{number}" for number in range(1, findings + 1)]
    code_of = {key: lot.choice(codes) for key in chosen}
    proposed: dict[str, list[DeductionInput]] = {member: [] for member in members}
    for key in chosen:
        for member in lot.sample(members, lot.randint(1, size)):
            proposed[member].append(deduction(lot, key, code_of[key], rules, catalogue))
    return PanelInput(
        template=TEMPLATE,
        members=members,
        forms={member: FormInput(TEMPLATE, tuple(proposed[member])) for member in members},
        findings=tuple(
            FindingInput(
                code_of[key],
                id=key,
                votes={member: lot.choice((Vote.UPHOLD, Vote.REJECT)) for member in members},
            )
            for key in chosen
        ),
    )


def deduction(lot: random.Random, key: str, code: str, rules: Rules, catalogue: Catalogue) -> DeductionInput:
    low, _default, high = rules.grading.severity_points[catalogue.deductions[code].severity]
    points = low + lot.randint(0, int((high - low) / rules.grading.step)) * rules.grading.step
    return DeductionInput(code, points, finding=key)


def workbook(panel: PanelInput) -> list[Row]:
    """The panel as the rows of a workbook."""
    return [
        (finding.id, finding.code, member, finding.votes[member].value, points_in(panel, finding.id, member))
        for finding in panel.findings
        for member in panel.members
    ]


def points_in(panel: PanelInput, key: str, member: str) -> Decimal | None:
    given = [one.points for one in panel.forms[member].deductions if one.finding == key]
    return given[0] if given else None


def score_of_rows(rows: list[Row], rules: Rules, catalogue: Catalogue) -> Decimal:
    """The panel's score, every figure looked up in the rows."""
    lost = Decimal(0)
    for dimension, most in rules.templates[TEMPLATE].maxima.items():
        found = {key for key, code, *_ in rows if code.split("-")[0] == dimension}
        lost += min(most, sum((points_of_rows(rows, key, rules, catalogue) for key in found), Decimal(0)))
    step = rules.grading.step
    return ((100 - lost) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def points_of_rows(rows: list[Row], key: str, rules: Rules, catalogue: Catalogue) -> Decimal:
    own = [row for row in rows if row[0] == key]
    upheld = [row for row in own if row[3] == Vote.UPHOLD.value]
    if len(upheld) < len(own) // 2 + 1:
        return Decimal(0)
    usual = rules.grading.default_points(catalogue.deductions[own[0][1]].severity)
    points = sorted(usual if row[4] is None else row[4] for row in upheld)
    middle = len(points) // 2
    return points[middle] if len(points) % 2 else (points[middle - 1] + points[middle]) / 2


def panels(
    count: int, rules: Rules, catalogue: Catalogue, *, size: int, findings: int
) -> Iterator[PanelInput]:
    """The same panels in every run."""
    lot = random.Random(2024)
    for _ in range(count):
        yield random_panel(lot, rules, catalogue, size=size, findings=findings)
