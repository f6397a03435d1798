"""From signed forms and ballots to the panel's points, grade, outcome and escalation."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from review_app.deliberations.balloting import (
    decide_grade,
    decide_outcome,
    majority,
    tally_of,
    two_thirds,
)
from review_app.deliberations.panel_checks import panel_problems
from review_app.deliberations.panel_input import (
    FindingInput,
    PanelInput,
    Proposers,
    Vote,
    proposers,
)
from review_app.deliberations.results import (
    Consolidation,
    FindingResult,
    FindingStatus,
    GradeDecision,
    GradeStatus,
    OutcomeDecision,
    UpholderPoints,
    VetoResult,
    VetoStatus,
)
from review_app.deliberations.statistics import Statistics, median, round_half_up, statistics
from review_app.errors import N_
from review_app.evaluations.completeness import has_highlight
from review_app.evaluations.grading import Points, Remark, dimension_scores, grade_from, remark
from review_app.evaluations.scoring import FormScore, score_form
from review_app.form_templates.catalogue import Catalogue
from review_app.rulebook.reading import InvalidData
from review_app.rulebook.rules import Rules


def consolidate(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> Consolidation:
    """The panel's result with the way every number came about. The same input gives the same result
    anywhere. Raises :class:`InvalidData` when a form or a vote is missing or contradicts the rules."""
    if problems := panel_problems(panel, rules, catalogue):
        raise InvalidData(problems)
    proposed = proposers(panel)
    findings = tuple(decide_finding(one, panel, proposed, rules, catalogue) for one in panel.findings)
    items = [counted(finding) for finding in findings if counts(finding, catalogue)]
    dimensions = dimension_scores(items, panel.template, rules)
    deducted = sum((dimension.deducted for dimension in dimensions.values()), Decimal(0))
    score = round_half_up(100 - deducted, rules.grading.step)
    vetoes = [finding.veto.code for finding in findings if finding.veto and finding.veto.applied]
    computed = grade_from(score, items, vetoes=vetoes, highlight=panel_highlight(panel), rules=rules)
    grade = decide_grade(panel, computed.grade, items, vetoed=bool(vetoes), rules=rules)
    outcome = decide_outcome(panel)
    figures = panel_statistics(panel, rules, catalogue)
    escalation = why_escalated(findings, grade, computed.grade, outcome)
    return Consolidation(
        size=panel.size,
        findings=findings,
        dimensions=MappingProxyType(dimensions),
        deducted=deducted,
        score=score,
        computed_grade=computed.grade,
        grade_reasons=computed.reasons,
        grade=grade,
        outcome=outcome,
        measures={
            name: tally_of(votes, majority(panel.size)) for name, votes in panel.measure_ballots.items()
        },
        statistics=figures,
        oral=tuple(why_oral(panel, proposed, figures, rules, catalogue)),
        escalation=tuple(escalation),
        enlarge_to=enlarged_size(panel, findings, rules),
        flags=tuple(flags(grade, computed.grade, outcome, rules)),
        dissents=panel.dissents,
    )


def decide_finding(
    finding: FindingInput, panel: PanelInput, proposed: Proposers, rules: Rules, catalogue: Catalogue
) -> FindingResult:
    if finding.code in catalogue.vetoes:
        return decide_veto_alone(finding, panel, rules, catalogue)
    severity = finding.severity or catalogue.deductions[finding.code].severity
    proposals = proposed.points(finding.key)
    tally = tally_of(finding.votes, majority(panel.size))
    typed = {} if severity == "S0" else proposals
    weighed = weigh(finding, panel, typed, rules.grading.default_points(severity))
    codes = proposed.veto_codes(finding.key)
    return FindingResult(
        key=finding.key,
        code=finding.code,
        severity=severity,
        status=FindingStatus.UPHELD if tally.carried else FindingStatus.REJECTED,
        proposals=MappingProxyType(proposals),
        tally=tally,
        weighed=weighed,
        points=median([one.points for one in weighed]) if tally.carried else None,
        veto=decide_veto(codes[0], finding, panel, rules) if codes else None,
    )


def weigh(
    finding: FindingInput, panel: PanelInput, proposals: Mapping[str, Decimal], default: Decimal
) -> tuple[UpholderPoints, ...]:
    """The points of everybody who voted to uphold, in the order of the members."""
    return tuple(
        UpholderPoints(member, proposals.get(member, default), member not in proposals)
        for member in panel.members
        if finding.votes[member] is Vote.UPHOLD
    )


def decide_veto(code: str, finding: FindingInput, panel: PanelInput, rules: Rules) -> VetoResult:
    """Two thirds carry. With a bare majority the finding keeps its points, the veto falls and the review goes
    up; a panel of three does not decide on a veto that finds a majority, it is enlarged first."""
    votes = finding.votes if finding.veto_votes is None else finding.veto_votes
    tally = tally_of(votes, two_thirds(panel.size))
    if tally.uphold < majority(panel.size):
        return VetoResult(code, VetoStatus.REJECTED, tally)
    if panel.size == 3 and rules.consolidation.enlarge_three_on_veto:
        return VetoResult(code, VetoStatus.LARGER_PANEL, tally)
    return VetoResult(code, VetoStatus.APPLIED if tally.carried else VetoStatus.MAJORITY_ONLY, tally)


def decide_veto_alone(
    finding: FindingInput, panel: PanelInput, rules: Rules, catalogue: Catalogue
) -> FindingResult:
    """V10 is voted like any veto; V11 rests on an effective decision. Neither carries points."""
    if catalogue.vetoes[finding.code].documentary:
        tally, upheld = None, True
        veto = VetoResult(finding.code, VetoStatus.DOCUMENTED, None, finding.document_no.strip())
    else:
        tally = tally_of(finding.votes, majority(panel.size))
        upheld = tally.carried
        veto = decide_veto(finding.code, finding, panel, rules)
    return FindingResult(
        key=finding.key,
        code=finding.code,
        severity="S4",
        status=FindingStatus.UPHELD if upheld else FindingStatus.REJECTED,
        proposals=MappingProxyType({}),
        tally=tally,
        weighed=(),
        points=None,
        veto=veto,
    )


def counts(finding: FindingResult, catalogue: Catalogue) -> bool:
    return finding.upheld and finding.code in catalogue.deductions


def counted(finding: FindingResult) -> Points:
    return Points(finding.code, finding.severity, finding.points or Decimal(0))


def panel_highlight(panel: PanelInput) -> bool:
    return any(has_highlight(panel.forms[member]) for member in panel.members)


def panel_statistics(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> Statistics:
    scored = {member: score_form(panel.forms[member], rules, catalogue) for member in panel.members}
    return statistics(
        {member: form.score for member, form in scored.items()},
        {member: individual_grade(panel, member, form) for member, form in scored.items()},
    )


def individual_grade(panel: PanelInput, member: str, form: FormScore) -> str:
    """The grade a member proposes; if he left it open, the one his form computes."""
    return panel.forms[member].proposed_grade or form.grade


def oral_reasons(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> tuple[Remark, ...]:
    """Reasons that forbid circulation in writing. They are known before anybody votes."""
    figures = panel_statistics(panel, rules, catalogue)
    return tuple(why_oral(panel, proposers(panel), figures, rules, catalogue))


def why_oral(
    panel: PanelInput, proposed: Proposers, figures: Statistics, rules: Rules, catalogue: Catalogue
) -> list[Remark]:
    reasons = []
    limit = rules.consolidation.dispersion_deliberate
    if figures.dispersion > limit:
        reasons.append(
            remark(
                "dispersion",
                N_("个人得分相差%(dispersion)s分，超过%(limit)s分。"),
                dispersion=plain(figures.dispersion),
                limit=plain(limit),
            )
        )
    if figures.grade_gap >= rules.consolidation.grade_gap_deliberate:
        reasons.append(remark("grade_gap", N_("个人建议等次相差%(gap)s级。"), gap=figures.grade_gap))
    alone = [finding.code for finding in panel.findings if finding.code in catalogue.vetoes]
    vetoes = [*(code for one in panel.findings for code in proposed.veto_codes(one.key)), *alone]
    if vetoes:
        codes = "、".join(dict.fromkeys(vetoes))
        reasons.append(remark("veto", N_("有成员提出否决项%(codes)s。"), codes=codes))
    if panel.doubt_flag:
        reasons.append(remark("doubt_flag", N_("属存疑案件。")))
    serious = [one.code for one in panel.findings if one.objected and is_serious(one, catalogue)]
    if serious:
        reasons.append(remark("objection", N_("被评查单位对%(codes)s提出异议。"), codes="、".join(serious)))
    return reasons


def is_serious(finding: FindingInput, catalogue: Catalogue) -> bool:
    if finding.code in catalogue.vetoes:
        return True
    return (finding.severity or catalogue.deductions[finding.code].severity) in ("S3", "S4")


def why_escalated(
    findings: tuple[FindingResult, ...],
    grade: GradeDecision,
    computed: str,
    outcome: OutcomeDecision | None,
) -> list[Remark]:
    reasons = [
        reason for finding in findings if finding.veto and (reason := why_veto_escalates(finding.veto))
    ]
    if grade.status is GradeStatus.UNDECIDED:
        reasons.append(why_grade_escalates(grade, computed))
    if outcome and outcome.outcome is None:
        reasons.append(remark("outcome_no_majority", N_("处理结果没有形成多数意见。")))
    return reasons


def why_veto_escalates(veto: VetoResult) -> Remark | None:
    if veto.status is VetoStatus.LARGER_PANEL:
        return remark(
            "veto_larger_panel", N_("三人组对否决项%(veto)s形成多数，须先扩大评查组。"), veto=veto.code
        )
    if veto.status is not VetoStatus.MAJORITY_ONLY or veto.tally is None:
        return None
    return remark(
        "veto_majority_only",
        N_("否决项%(veto)s有%(uphold)s票赞成，过半数但未达三分之二（%(needed)s票）。"),
        veto=veto.code,
        uphold=veto.tally.uphold,
        needed=veto.tally.needed,
    )


def why_grade_escalates(grade: GradeDecision, computed: str) -> Remark:
    leading = [name for name, votes in grade.votes.items() if votes >= majority(sum(grade.votes.values()))]
    if not leading:
        return remark("grade_no_majority", N_("等次没有形成多数意见。"))
    return remark(
        "grade_not_allowed",
        N_("多数意见为%(grade)s等，与计算所得%(computed)s等相差两级以上，或者为规则所不许。"),
        grade=leading[0],
        computed=computed,
    )


def enlarged_size(panel: PanelInput, findings: tuple[FindingResult, ...], rules: Rules) -> int | None:
    needs = any(finding.veto and finding.veto.status is VetoStatus.LARGER_PANEL for finding in findings)
    return panel.size + rules.consolidation.escalate_panel_add if needs else None


def flags(grade: GradeDecision, computed: str, outcome: OutcomeDecision | None, rules: Rules) -> list[Remark]:
    found = []
    if grade.status is GradeStatus.ADJUSTED:
        found.append(
            remark(
                "grade_adjusted",
                N_("评查组以多数票采用%(grade)s等，与计算所得%(computed)s等不同。"),
                grade=grade.grade,
                computed=computed,
            )
        )
    if outcome and outcome.outcome and grade.grade:
        usual = rules.outcomes[outcome.outcome].grades
        if grade.grade not in usual:
            found.append(
                remark(
                    "outcome_unusual",
                    N_("处理结果“%(outcome)s”通常用于%(usual)s等。"),
                    outcome=rules.outcomes[outcome.outcome].zh,
                    usual="、".join(usual),
                )
            )
    return found


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
