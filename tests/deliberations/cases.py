"""The five written cases: points typed by each member (empty: not proposed) and votes to uphold, as a table.

Whoever proposed a finding is taken to uphold it first; the remaining votes come from the members in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from review_app.deliberations.panel_input import FindingInput, GradeVote, PanelInput, Vote
from review_app.evaluations.form_input import DeductionInput, FormInput

TABLE = """\
1,EXE,D4-12,S3,,7,6,6,6,6,,,5
1,EXE,D4-07,S2,,3,3,3,3,3,,,5
1,EXE,D5-07,S1,,1,1,1,,1,,,5
1,EXE,D7-04,S3,,7,6,5,6,,,,4
1,EXE,D7-05,S3,,7,6,6,6,7,,,5
1,EXE,D8-01,S2,,3,4,3,2,4,,,5
2,CRIM,D1-06,S2,,4,4,3,3,3,,,5
2,CRIM,D4-07,S2,,3,4,3,3,3,,,5
2,CRIM,D6-01,S2,,4,3,3,3,,,,4
2,CRIM,D8-04,S2,,3,3,3,3,4,,,5
2,CRIM,D5-05,S1,,1,1,1,,,,,3
2,CRIM,D2-02,S3,,8,,,,,,,1
2,CRIM,D3-03,S3,,6,,,,,,,1
3,ADM,D4-02,S4,V07,12,11,10,10,10,10,,6
3,ADM,D4-10,S3,,7,6,6,6,6,6,,6
3,ADM,D1-02,S3,,6,6,7,6,6,6,8,7
3,ADM,D3-03,S3,,6,6,6,6,6,6,,6
3,ADM,D3-04,S2,,3,3,3,3,3,3,4,7
3,ADM,D6-01,S2,,3,3,3,2,,3,,5
3,ADM,D7-09,S3,,6,6,6,6,6,6,,6
3,ADM,D8-05,S3,,6,6,6,6,6,,,5
3,ADM,D8-01,S2,,4,4,3,3,3,3,4,7
3,ADM,D4-06,S2,,,,,,,,4,1
3,ADM,D4-07,S2,,,,,,,,3,1
3,ADM,D3-06,S2,,,,,,,,3,1
4,CIV,D6-02,S1,,1.5,1,1,,,,,3
4,CIV,D5-07,S1,,1.5,1,0.5,,,,,3
4,CIV,D5-05,S1,,1,1,,,,,,2
5,POL,D4-04,S4,V08,11,10,10,,,,,3
5,POL,D4-06,S2,,4,3,3,4,3,,,5
5,POL,D4-07,S2,,4,3,3,4,3,,,5
5,POL,D2-03,S3,,8,8,6,6,5,,,5
5,POL,D2-04,S2,,4,4,3,3,3,,,5
5,POL,D6-01,S2,,4,3,3,3,,,,4
5,POL,D8-03,S3,,7,6,6,6,,,,4
"""

HIGHLIGHTS = {4: ("依申请调取全部登记表并逐项说理。",)}
DOUBTFUL = {1, 2, 3, 5}


@dataclass(frozen=True)
class Row:
    case: int
    template: str
    code: str
    severity: str
    veto: str | None
    points: tuple[Decimal | None, ...]
    votes_uphold: int


def rows(case: int) -> list[Row]:
    found = []
    for line in TABLE.splitlines():
        number, template, code, severity, veto, *points, votes = line.split(",")
        if int(number) == case:
            typed = tuple(Decimal(one) if one else None for one in points)
            found.append(Row(case, template, code, severity, veto or None, typed, int(votes)))
    return found


def panel_of(case: int) -> PanelInput:
    """The case as input of ``consolidate``, without ballots on grade and outcome."""
    table = rows(case)
    size = max(index + 1 for row in table for index, points in enumerate(row.points) if points is not None)
    members = tuple(f"m{number}" for number in range(1, size + 1))
    return PanelInput(
        template=table[0].template,
        members=members,
        forms={member: form_of(table, index, case) for index, member in enumerate(members)},
        findings=tuple(finding_of(row, members) for row in table),
        doubt_flag=case in DOUBTFUL,
    )


def form_of(table: list[Row], index: int, case: int) -> FormInput:
    deductions = tuple(
        DeductionInput(row.code, points, veto=row.veto)
        for row in table
        if (points := row.points[index]) is not None
    )
    return FormInput(table[0].template, deductions, highlights=HIGHLIGHTS.get(case, ()))


def finding_of(row: Row, members: tuple[str, ...]) -> FindingInput:
    upholders = upholding(row, members)
    votes = {member: Vote.UPHOLD if member in upholders else Vote.REJECT for member in members}
    return FindingInput(row.code, votes=votes)


def upholding(row: Row, members: tuple[str, ...]) -> set[str]:
    return set(list(proposers_first(row, members))[: row.votes_uphold])


def proposers_first(row: Row, members: tuple[str, ...]) -> Iterator[str]:
    proposed = [member for member, points in zip(members, row.points, strict=False) if points is not None]
    yield from proposed
    yield from (member for member in members if member not in proposed)


def with_grades(panel: PanelInput, grades: str, reason: str = "") -> PanelInput:
    """The panel with a grade ballot, one letter per member: "CCCBD"."""
    votes = {member: GradeVote(grade, reason) for member, grade in zip(panel.members, grades, strict=True)}
    return replace(panel, grade_ballot=votes)


def with_outcomes(panel: PanelInput, *outcomes: str) -> PanelInput:
    return replace(panel, outcome_ballot=dict(zip(panel.members, outcomes, strict=True)))
