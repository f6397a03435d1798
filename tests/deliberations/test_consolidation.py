from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app import rulebook
from review_app.deliberations.consolidation import consolidate
from review_app.deliberations.panel_input import DissentInput, FindingInput, GradeVote, PanelInput, Vote
from review_app.deliberations.results import Consolidation, FindingStatus, GradeStatus, VetoStatus
from review_app.evaluations.form_input import DeductionInput, FormInput, VetoInput
from review_app.form_templates import catalogue as catalogues
from review_app.form_templates.catalogue import dimension_of
from review_app.rulebook.reading import InvalidData
from review_app.rulebook.rules import changed
from tests.deliberations.cases import panel_of, with_grades, with_outcomes

RULES = rulebook.load()
CATALOGUE = catalogues.load()
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def result_of(panel: PanelInput) -> Consolidation:
    return consolidate(panel, RULES, CATALOGUE)


def problems_of(panel: PanelInput) -> list[tuple[str, str]]:
    with pytest.raises(InvalidData) as caught:
        result_of(panel)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def codes(remarks: tuple[object, ...]) -> list[str]:
    return [remark.code for remark in remarks]  # type: ignore[attr-defined]


def votes(uphold: int, members: tuple[str, ...]) -> dict[str, Vote]:
    return {member: Vote.UPHOLD if index < uphold else Vote.REJECT for index, member in enumerate(members)}


def small_panel(*findings: tuple[FindingInput, Mapping[str, DeductionInput]], size: int = 5) -> PanelInput:
    """A panel whose members' forms hold just what the findings say they proposed."""
    members = tuple(f"m{number}" for number in range(1, size + 1))
    forms = {
        member: FormInput("GEN", tuple(made[member] for _one, made in findings if member in made))
        for member in members
    }
    return PanelInput("GEN", members, forms, tuple(one for one, _made in findings))


def veto_panel(uphold: int, veto: int, *, size: int = 5) -> PanelInput:
    members = tuple(f"m{number}" for number in range(1, size + 1))
    finding = FindingInput("D4-02", votes=votes(uphold, members), veto_votes=votes(veto, members))
    return small_panel((finding, {"m1": DeductionInput("D4-02", Decimal(10), veto="V07")}), size=size)


@pytest.mark.parametrize(
    ("case", "scores", "score", "dispersion", "grade"),
    [
        (1, [72, 74, 76, 77, 79], 75, 7, "C"),
        (2, [71, 85, 87, 88, 90], 87, 19, "B"),
        (3, [48, 50, 51, 53, 55, 58, 74], 52, 26, "D"),
        (4, [96, 97, Decimal("98.5")], 97, Decimal("2.5"), "A"),
        (5, [58, 63, 66, 74, 86], 66, 28, "C"),
    ],
)
def test_written_case_gives_its_figures(
    case: int, scores: list[int], score: int, dispersion: Decimal, grade: str
) -> None:
    result = result_of(panel_of(case))

    assert sorted(result.statistics.scores.values()) == scores
    assert list(result.statistics.scores.values()) == scores
    assert result.score == score
    assert result.statistics.dispersion == dispersion
    assert result.computed_grade == grade
    assert result.grade.grade == grade
    assert result.grade.status is GradeStatus.COMPUTED


def test_case_3_upholds_the_veto_and_caps_dimension_7() -> None:
    result = result_of(panel_of(3))

    veto = result.findings[0].veto
    assert veto is not None
    assert veto.as_json() == {
        "code": "V07",
        "status": "APPLIED",
        "votes": {"uphold": 6, "reject": 1, "needed": 5, "carried": True},
        "document_no": None,
    }
    assert result.vetoes == ("V07",)
    assert not result.escalated
    assert {name: int(one.deducted) for name, one in result.dimensions.items()} == {
        "D1": 6, "D2": 0, "D3": 9, "D4": 16, "D5": 0, "D6": 3, "D7": 5, "D8": 9,
    }  # fmt: skip
    assert (result.dimensions["D7"].points, result.dimensions["D7"].capped) == (6, True)
    rejected = [one.code for one in result.findings if one.status is FindingStatus.REJECTED]
    assert rejected == ["D4-06", "D4-07", "D3-06"]


def test_case_5_keeps_the_points_drops_the_veto_and_escalates() -> None:
    result = result_of(panel_of(5))

    assert result.findings[0].status is FindingStatus.UPHELD
    assert result.findings[0].points == 10
    assert result.findings[0].veto is not None
    assert result.findings[0].veto.status is VetoStatus.MAJORITY_ONLY
    assert result.vetoes == ()
    assert [str(reason) for reason in result.escalation] == [
        "否决项V08有3票赞成，过半数但未达三分之二（4票）。"
    ]
    assert result.enlarge_to is None
    assert list(result.statistics.grades.values()) == ["D", "D", "D", "C", "B"]
    assert codes(result.oral) == ["dispersion", "grade_gap", "veto", "doubt_flag"]


@pytest.mark.parametrize("case", [1, 2, 3, 4])
def test_other_cases_are_not_escalated(case: int) -> None:
    assert result_of(panel_of(case)).escalation == ()


@pytest.mark.parametrize(
    ("case", "reasons"),
    [
        (1, ["doubt_flag"]),
        (2, ["dispersion", "doubt_flag"]),
        (3, ["dispersion", "veto", "doubt_flag"]),
        (4, []),
    ],
)
def test_oral_deliberation_of_the_written_cases(case: int, reasons: list[str]) -> None:
    assert codes(result_of(panel_of(case)).oral) == reasons


def test_upholder_who_had_not_proposed_counts_with_the_default() -> None:
    finding = result_of(panel_of(1)).findings[2]

    assert [one.as_json() for one in finding.weighed] == [
        {"member": "m1", "points": 1, "by_default": False},
        {"member": "m2", "points": 1, "by_default": False},
        {"member": "m3", "points": 1, "by_default": False},
        {"member": "m4", "points": 1, "by_default": True},
        {"member": "m5", "points": 1, "by_default": False},
    ]


@pytest.mark.parametrize(
    ("proposed", "uphold", "points"),
    [
        ({"m1": "2", "m2": "4"}, 2, None),
        ({"m1": "2", "m2": "4"}, 3, "3"),
        ({"m1": "2", "m2": "4"}, 4, "3"),
        ({"m1": "2", "m2": "2.5"}, 4, "2.75"),
        ({"m1": "2", "m2": "2", "m3": "2"}, 5, "2"),
        ({"m5": "4"}, 3, "3"),
    ],
)
def test_points_are_the_median_of_the_upholders(
    proposed: dict[str, str], uphold: int, points: str | None
) -> None:
    members = ("m1", "m2", "m3", "m4", "m5")
    made = {member: DeductionInput("D1-03", Decimal(value)) for member, value in proposed.items()}
    panel = small_panel((FindingInput("D1-03", votes=votes(uphold, members)), made))

    assert result_of(panel).findings[0].points == (Decimal(points) if points else None)


@pytest.mark.parametrize(
    ("pairs", "score"),
    [([("2", "2.5")], "98"), ([("2", "2.5"), ("3", "3.5")], "94.5"), ([("3", "3.5")], "97")],
)
def test_score_is_rounded_half_up_to_half_points(pairs: list[tuple[str, str]], score: str) -> None:
    members = ("m1", "m2", "m3")
    chosen = ["D1-03", "D5-03"]
    findings = []
    for code, (low, high) in zip(chosen, pairs, strict=False):
        made = {"m1": DeductionInput(code, Decimal(low)), "m2": DeductionInput(code, Decimal(high))}
        findings.append((FindingInput(code, votes=votes(2, members)), made))

    assert result_of(small_panel(*findings, size=3)).score == Decimal(score)


@pytest.mark.parametrize(
    ("size", "uphold", "status"),
    [
        (3, 1, "REJECTED"),
        (3, 2, "UPHELD"),
        (5, 2, "REJECTED"),
        (5, 3, "UPHELD"),
        (7, 3, "REJECTED"),
        (7, 4, "UPHELD"),
    ],
)
def test_finding_needs_a_majority_of_all(size: int, uphold: int, status: str) -> None:
    members = tuple(f"m{number}" for number in range(1, size + 1))
    finding = FindingInput("D1-03", votes=votes(uphold, members))
    panel = small_panel((finding, {"m1": DeductionInput("D1-03", Decimal(3))}), size=size)

    assert result_of(panel).findings[0].status == status


@pytest.mark.parametrize(
    ("size", "uphold", "veto", "status", "grade", "escalation"),
    [
        (5, 5, 5, "APPLIED", "D", []),
        (5, 4, 4, "APPLIED", "D", []),
        (5, 4, 3, "MAJORITY_ONLY", "C", ["veto_majority_only"]),
        (5, 4, 2, "REJECTED", "C", []),
        (5, 2, 0, "REJECTED", "B", []),
        (7, 5, 5, "APPLIED", "D", []),
        (7, 5, 4, "MAJORITY_ONLY", "C", ["veto_majority_only"]),
        (3, 3, 2, "LARGER_PANEL", "C", ["veto_larger_panel"]),
        (3, 3, 3, "LARGER_PANEL", "C", ["veto_larger_panel"]),
        (3, 2, 1, "REJECTED", "C", []),
    ],
)
def test_veto_needs_two_thirds(
    size: int, uphold: int, veto: int, status: str, grade: str, escalation: list[str]
) -> None:
    result = result_of(veto_panel(uphold, veto, size=size))

    assert result.findings[0].veto is not None
    assert result.findings[0].veto.status == status
    assert result.computed_grade == grade
    assert codes(result.escalation) == escalation
    assert result.enlarge_to == (5 if status == "LARGER_PANEL" else None)


def test_panel_of_three_may_decide_a_veto_where_the_rules_say_so() -> None:
    rules = changed("2024.1", {"consolidation": {"enlarge_three_on_veto": False}})

    result = consolidate(veto_panel(2, 2, size=3), rules, CATALOGUE)

    assert (result.vetoes, result.computed_grade, result.escalated) == (("V07",), "D", False)


def test_veto_without_ballots_of_its_own_follows_the_finding() -> None:
    panel = veto_panel(4, 0)
    one_ballot = replace(panel, findings=(replace(panel.findings[0], veto_votes=None),))

    assert result_of(one_ballot).vetoes == ("V07",)


def test_document_proves_v11_without_a_vote() -> None:
    members = ("m1", "m2", "m3")
    forms = {member: FormInput("GEN") for member in members}
    forms["m2"] = FormInput("GEN", vetoes=(VetoInput("V11", document_no="（2023）鲁0785刑初12号"),))
    finding = FindingInput("V11", document_no="（2023）鲁0785刑初12号")

    result = result_of(PanelInput("GEN", members, forms, (finding,)))

    assert (result.vetoes, result.computed_grade, result.score) == (("V11",), "D", 100)
    assert result.findings[0].tally is None


def test_v10_is_voted_and_carries_no_points() -> None:
    members = ("m1", "m2", "m3", "m4", "m5")
    forms = {member: FormInput("GEN") for member in members}
    forms["m1"] = FormInput("GEN", vetoes=(VetoInput("V10", fact="涂改页码"),))
    finding = FindingInput("V10", votes=votes(4, members))

    result = result_of(PanelInput("GEN", members, forms, (finding,)))

    assert (result.vetoes, result.computed_grade, result.score) == (("V10",), "D", 100)


def test_record_only_finding_takes_nothing() -> None:
    members = ("m1", "m2", "m3", "m4", "m5")
    made = {"m1": DeductionInput("D1-03", Decimal(3))}
    panel = small_panel((FindingInput("D1-03", severity="S0", votes=votes(5, members)), made))

    assert (result_of(panel).findings[0].points, result_of(panel).score) == (0, 100)


def test_zero_points_are_counted_and_absent_ones_are_not() -> None:
    members = ("m1", "m2", "m3", "m4", "m5")
    made = {"m1": DeductionInput("D6-04", Decimal(0)), "m2": DeductionInput("D6-04", Decimal(0))}
    finding = result_of(small_panel((FindingInput("D6-04", votes=votes(3, members)), made))).findings[0]

    assert dict(finding.proposals) == {"m1": 0, "m2": 0}
    assert finding.points == 0
    assert len(finding.weighed) == 3


@pytest.mark.parametrize(
    ("grades", "status", "grade", "escalation"),
    [
        ("CCCCC", GradeStatus.ADOPTED, "C", []),
        ("CCCBB", GradeStatus.ADOPTED, "C", []),
        ("BBACC", GradeStatus.UNDECIDED, None, ["grade_no_majority"]),
        ("AAACC", GradeStatus.UNDECIDED, None, ["grade_not_allowed"]),
        ("BBCCD", GradeStatus.UNDECIDED, None, ["grade_no_majority"]),
    ],
)
def test_grade_ballot_of_case_1(
    grades: str, status: GradeStatus, grade: str | None, escalation: list[str]
) -> None:
    result = result_of(with_grades(panel_of(1), grades, "理由"))

    assert (result.grade.status, result.grade.grade) == (status, grade)
    assert codes(result.escalation) == escalation


def test_neighbouring_grade_is_adopted_with_reasons_and_flagged() -> None:
    result = result_of(with_grades(panel_of(1), "BBBCC", "较重问题已补正"))

    assert (result.grade.status, result.grade.grade, result.computed_grade) == (
        GradeStatus.ADJUSTED,
        "B",
        "C",
    )
    assert result.grade.reasons == ("较重问题已补正",) * 3
    assert codes(result.flags) == ["grade_adjusted"]
    assert not result.escalated


def test_neighbouring_grade_needs_reasons() -> None:
    assert problems_of(with_grades(panel_of(1), "BBBCC")) == [("grade_ballot", "reason_missing")]


def test_upheld_veto_leaves_no_other_grade() -> None:
    result = result_of(with_grades(panel_of(3), "CCCCDDD", "理由"))

    assert result.grade.allowed == ("D",)
    assert (result.grade.grade, codes(result.escalation)) == (None, ["grade_not_allowed"])


def test_excellent_is_closed_while_a_core_finding_stands() -> None:
    result = result_of(with_grades(panel_of(2), "AAABB", "理由"))

    assert result.grade.allowed == ("B", "C")
    assert (result.grade.grade, codes(result.escalation)) == (None, ["grade_not_allowed"])


def test_outcome_is_decided_by_majority() -> None:
    case = panel_of(1)

    decided = result_of(with_outcomes(case, "SUPPLEMENT", "SUPPLEMENT", "SUPPLEMENT", "IMPORT", "CORRECT"))
    split = result_of(with_outcomes(case, "SUPPLEMENT", "SUPPLEMENT", "IMPORT", "IMPORT", "CORRECT"))

    assert decided.outcome is not None
    assert decided.outcome.as_json() == {
        "outcome": "SUPPLEMENT",
        "votes": {"SUPPLEMENT": 3, "IMPORT": 1, "CORRECT": 1},
    }
    assert not decided.escalated
    assert codes(split.escalation) == ["outcome_no_majority"]


def test_unusual_outcome_is_flagged() -> None:
    result = result_of(with_outcomes(panel_of(1), *["MAINTAIN"] * 5))

    assert [str(flag) for flag in result.flags] == ["处理结果“维持原处理结论”通常用于A、B等。"]


def test_each_measure_is_decided_by_majority() -> None:
    case = panel_of(1)
    ballots = {"EXPLAIN": votes(5, case.members), "MEDIATE": votes(2, case.members)}

    result = result_of(replace(case, measure_ballots=ballots))

    assert {name: tally.carried for name, tally in result.measures.items()} == {
        "EXPLAIN": True,
        "MEDIATE": False,
    }


def test_dissents_are_kept_verbatim() -> None:
    dissent = DissentInput("m5", "  银行和网络查控已覆盖主要财产。\n")

    assert result_of(replace(panel_of(1), dissents=(dissent,))).dissents == (dissent,)


def test_objection_to_a_serious_finding_makes_the_deliberation_oral() -> None:
    case = panel_of(4)
    minor = replace(case, findings=tuple(replace(one, objected=True) for one in case.findings))
    members = ("m1", "m2", "m3")
    made = dict.fromkeys(members, DeductionInput("D1-02", Decimal(6)))
    serious = small_panel((FindingInput("D1-02", votes=votes(3, members), objected=True), made), size=3)

    assert codes(result_of(minor).oral) == []
    assert codes(result_of(serious).oral) == ["objection"]


def test_statistics_of_five() -> None:
    figures = result_of(panel_of(2)).statistics

    assert (figures.mean, figures.median) == (Decimal("84.2"), 87)
    assert figures.trimmed_mean == Decimal(260) / 3
    assert figures.grade_gap == 1


def test_trimmed_mean_needs_five_scores() -> None:
    assert result_of(panel_of(4)).statistics.trimmed_mean is None


def test_finding_merged_from_two_deductions_of_one_member_counts_once() -> None:
    members = ("m1", "m2", "m3")
    twice = FormInput("GEN", (DeductionInput("D1-03", Decimal(2)), DeductionInput("D1-03", Decimal(4))))
    forms = {"m1": twice, "m2": FormInput("GEN"), "m3": FormInput("GEN")}
    panel = PanelInput("GEN", members, forms, (FindingInput("D1-03", votes=votes(2, members)),))

    result = result_of(panel)

    assert dict(result.findings[0].proposals) == {"m1": 4}
    assert result.findings[0].points == Decimal("3.5")
    assert result.statistics.scores["m1"] == 94


def test_same_code_at_two_places_makes_two_findings() -> None:
    members = ("m1", "m2", "m3")
    both = FormInput(
        "GEN",
        (
            DeductionInput("D1-03", Decimal(2), finding="甲"),
            DeductionInput("D1-03", Decimal(4), finding="乙"),
        ),
    )
    findings = (
        FindingInput("D1-03", id="甲", votes=votes(3, members)),
        FindingInput("D1-03", id="乙", votes=votes(1, members)),
    )

    result = result_of(PanelInput("GEN", members, dict.fromkeys(members, both), findings))

    assert [(one.key, one.status, one.points) for one in result.findings] == [
        ("甲", FindingStatus.UPHELD, 2),
        ("乙", FindingStatus.REJECTED, None),
    ]


def broken_vote(panel: PanelInput, **changes: object) -> PanelInput:
    return replace(panel, findings=(replace(panel.findings[0], **changes), *panel.findings[1:]))  # type: ignore[arg-type]


CASE = panel_of(4)
ALL = dict.fromkeys(CASE.members, Vote.UPHOLD)


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        (replace(CASE, template="XYZ"), ("template", "unknown_template")),
        (replace(CASE, members=("m1", "m2")), ("members", "panel_size")),
        (replace(CASE, members=("m1", "m2", "m2")), ("members", "member_twice")),
        (replace(CASE, forms={"m1": CASE.forms["m1"], "m2": CASE.forms["m2"]}), ("forms.m3", "form_missing")),
        (replace(CASE, forms={**CASE.forms, "m9": CASE.forms["m1"]}), ("forms.m9", "not_a_member")),
        (
            replace(CASE, forms={**CASE.forms, "m1": FormInput("EXE")}),
            ("forms.m1.template", "other_template"),
        ),
        (
            replace(
                CASE, forms={**CASE.forms, "m1": FormInput("CIV", (DeductionInput("D5-05", Decimal(9)),))}
            ),
            ("forms.m1.deductions[0].points", "points_range"),
        ),
        (
            broken_vote(CASE, votes={"m1": Vote.UPHOLD, "m2": Vote.UPHOLD}),
            ("findings[0].votes.m3", "vote_missing"),
        ),
        (broken_vote(CASE, votes={**ALL, "m9": Vote.UPHOLD}), ("findings[0].votes.m9", "not_a_member")),
        (broken_vote(CASE, veto_votes=ALL), ("findings[0].veto_votes", "veto_unproposed")),
        (broken_vote(CASE, severity="S4"), ("findings[0].severity", "severity_not_allowed")),
        (broken_vote(CASE, code="D9-99"), ("findings[0].code", "unknown_code")),
        (replace(CASE, findings=CASE.findings + CASE.findings[:1]), ("findings[3]", "finding_twice")),
        (replace(CASE, findings=CASE.findings[:2]), ("forms.m1.D5-05", "not_in_findings")),
        (
            replace(CASE, findings=(*CASE.findings, FindingInput("D1-03", votes=ALL))),
            ("findings[3]", "finding_unproposed"),
        ),
        (replace(CASE, grade_ballot={"m1": GradeVote("A")}), ("grade_ballot.m2", "vote_missing")),
        (with_grades(CASE, "AAE"), ("grade_ballot.m3.grade", "unknown_choice")),
        (with_outcomes(CASE, "MAINTAIN", "MAINTAIN", "REVOKE"), ("outcome_ballot.m3", "unknown_choice")),
        (replace(CASE, measure_ballots={"PAY": ALL}), ("measure_ballots.PAY", "unknown_choice")),
        (replace(CASE, dissents=(DissentInput("m9", "不同意"),)), ("dissents[0].member", "not_a_member")),
        (replace(CASE, dissents=(DissentInput("m1", " "),)), ("dissents[0].text", "dissent_empty")),
    ],
)
def test_what_cannot_be_consolidated_is_named(panel: PanelInput, expected: tuple[str, str]) -> None:
    assert problems_of(panel)[0] == expected


def test_who_rejects_the_finding_cannot_uphold_its_veto() -> None:
    assert problems_of(veto_panel(3, 4)) == [("findings[0].veto_votes.m4", "veto_without_finding")]


def test_v11_is_not_voted() -> None:
    members = ("m1", "m2", "m3")
    forms = dict.fromkeys(members, FormInput("GEN", vetoes=(VetoInput("V11", document_no="12号"),)))
    voted = FindingInput("V11", document_no="12号", votes=votes(3, members))

    assert problems_of(PanelInput("GEN", members, forms, (voted,))) == [("findings[0]", "not_voted")]
    assert problems_of(PanelInput("GEN", members, forms, (FindingInput("V11"),))) == [
        ("findings[0].document_no", "document_no")
    ]


@st.composite
def panels(draw: st.DrawFn) -> PanelInput:
    """A random panel: any template, 3 to 9 members, random deductions, votes and veto votes."""
    template = draw(st.sampled_from(list(RULES.templates)))
    members = tuple(f"m{number}" for number in range(1, draw(st.sampled_from([3, 5, 7, 9])) + 1))
    offered = CATALOGUE.for_template(template)
    chosen = draw(st.lists(st.sampled_from(list(offered)), max_size=8, unique=True))
    forms: dict[str, list[DeductionInput]] = {member: [] for member in members}
    findings = []
    for code in chosen:
        lowest, _default, highest = RULES.grading.severity_points[offered[code].severity]
        veto = draw(st.sampled_from([None, *offered[code].veto]))
        for member in draw(st.sets(st.sampled_from(members), min_size=1)):
            halves = draw(st.integers(int(lowest * 2), int(highest * 2)))
            forms[member].append(DeductionInput(code, Decimal(halves) / 2, veto=veto))
        findings.append(draw(finding_with_votes(code, members, with_veto=veto is not None)))
    highlights = draw(st.sampled_from([(), ("亮点",)]))
    return PanelInput(
        template,
        members,
        {member: FormInput(template, tuple(made), highlights=highlights) for member, made in forms.items()},
        tuple(findings),
        doubt_flag=draw(st.booleans()),
    )


@st.composite
def finding_with_votes(
    draw: st.DrawFn, code: str, members: tuple[str, ...], *, with_veto: bool
) -> FindingInput:
    ballots = {member: draw(st.sampled_from(Vote)) for member in members}
    if not with_veto:
        return FindingInput(code, votes=ballots)
    veto = {
        member: draw(st.sampled_from(Vote)) if vote is Vote.UPHOLD else Vote.REJECT
        for member, vote in ballots.items()
    }
    return FindingInput(code, votes=ballots, veto_votes=veto)


@calm
@given(panels())
def test_any_panel_keeps_the_rules(panel: PanelInput) -> None:
    result = result_of(panel)

    assert 0 <= result.score <= 100
    assert result.score * 2 == int(result.score * 2)
    assert result.deducted == sum(one.deducted for one in result.dimensions.values())
    assert all(one.deducted <= one.maximum for one in result.dimensions.values())
    assert result.size % 2 == 1
    for finding in result.findings:
        assert finding.tally is not None
        assert finding.tally.uphold + finding.tally.reject == result.size
        assert finding.upheld == (finding.tally.uphold * 2 > result.size)
        assert len(finding.weighed) == finding.tally.uphold
        if finding.veto and finding.veto.tally:
            assert finding.veto.tally.uphold + finding.veto.tally.reject == result.size
            assert not finding.veto.applied or finding.veto.tally.uphold * 3 >= result.size * 2
    if result.vetoes:
        assert result.computed_grade == "D"
        assert result.grade.allowed == ("D",)
    if result.computed_grade == "A" or "A" in result.grade.allowed:
        core = {dimension_of(one.code) for one in result.findings if one.upheld} & {"D1", "D2", "D3", "D4"}
        assert not core
    assert result == result_of(panel)


@calm
@given(panels())
def test_rejecting_a_finding_never_lowers_the_score(panel: PanelInput) -> None:
    before = result_of(panel)

    for index, finding in enumerate(panel.findings):
        none = dict.fromkeys(panel.members, Vote.REJECT)
        dropped = replace(finding, votes=none, veto_votes=None)
        findings = (*panel.findings[:index], dropped, *panel.findings[index + 1 :])
        after = result_of(replace(panel, findings=findings))
        assert after.score >= before.score


@calm
@given(panels(), st.randoms(use_true_random=False))
def test_order_of_members_and_findings_does_not_matter(panel: PanelInput, random: object) -> None:
    members = list(panel.members)
    findings = list(panel.findings)
    random.shuffle(members)  # type: ignore[attr-defined]
    random.shuffle(findings)  # type: ignore[attr-defined]

    shuffled = result_of(replace(panel, members=tuple(members), findings=tuple(findings)))

    straight = result_of(panel)
    assert (shuffled.score, shuffled.computed_grade) == (straight.score, straight.computed_grade)
    assert shuffled.statistics.dispersion == straight.statistics.dispersion
    assert shuffled.escalated == straight.escalated
