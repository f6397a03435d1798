"""What makes a panel's input impossible to consolidate."""

from collections.abc import Collection, Iterator, Mapping

from review_app.deliberations.panel_input import (
    FindingInput,
    PanelInput,
    Proposers,
    Vote,
    proposers,
)
from review_app.errors import N_
from review_app.evaluations.completeness import unreadable
from review_app.evaluations.form_input import FormInput
from review_app.evaluations.scoring import score_form
from review_app.form_templates.catalogue import Catalogue
from review_app.rulebook.reading import Problem, problem
from review_app.rulebook.rules import GRADES, Rules


def panel_problems(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> list[Problem]:
    """Everything wrong, in the order in which it can be understood: later checks need the earlier ones."""
    for stage in (
        member_problems(panel, rules),
        form_problems(panel, rules, catalogue),
        finding_problems(panel, rules, catalogue),
        ballot_problems(panel, rules, catalogue),
    ):
        if found := list(stage):
            return found
    return []


def member_problems(panel: PanelInput, rules: Rules) -> Iterator[Problem]:
    if panel.template not in rules.templates:
        name = panel.template[:40]
        yield problem("unknown_template", "template", N_("没有名为“%(name)s”的评查表。"), name=name)
    if panel.size < 3 or panel.size % 2 == 0:
        yield problem(
            "panel_size", "members", N_("评查组应当是不少于3人的单数，现有%(size)s人。"), size=panel.size
        )
    if len(set(panel.members)) != panel.size:
        yield problem("member_twice", "members", N_("同一成员写了两次。"))
    for member in panel.members:
        if member not in panel.forms:
            place = f"forms.{member[:40]}"
            yield problem("form_missing", place, N_("缺少成员%(member)s已签名的评查表。"), member=member[:40])
    yield from strangers("forms", panel.forms, panel)


def form_problems(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    for member in panel.members:
        form = panel.forms[member]
        for found in one_form(form, panel, rules, catalogue):
            place = f"forms.{member}.{found.path}"
            yield problem(found.code, place, found.sentence, **found.facts)


def one_form(form: FormInput, panel: PanelInput, rules: Rules, catalogue: Catalogue) -> list[Problem]:
    if form.template != panel.template:
        return [problem("other_template", "template", N_("与评查组使用的评查表不同。"))]
    unknown = list(unreadable(form, rules, catalogue))
    return unknown or list(score_form(form, rules, catalogue).wrong)


def finding_problems(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    if doubles := list(double_findings(panel)):
        yield from doubles
        return
    proposed = proposers(panel)
    for index, finding in enumerate(panel.findings):
        path = f"findings[{index}]"
        if finding.code in catalogue.deductions:
            yield from deduction_finding_problems(path, finding, proposed, catalogue)
        elif finding.code in catalogue.vetoes and catalogue.vetoes[finding.code].alone:
            yield from veto_finding_problems(path, finding, proposed, catalogue)
        else:
            code = finding.code[:40]
            yield problem("unknown_code", f"{path}.code", N_("扣分项目录中没有“%(code)s”。"), code=code)
    yield from homeless_problems(proposed)


def double_findings(panel: PanelInput) -> Iterator[Problem]:
    seen = set()
    for index, finding in enumerate(panel.findings):
        if finding.key in seen:
            path = f"findings[{index}]"
            yield problem("finding_twice", path, N_("问题编号“%(key)s”重复。"), key=finding.key[:40])
        seen.add(finding.key)


def deduction_finding_problems(
    path: str, finding: FindingInput, proposed: Proposers, catalogue: Catalogue
) -> Iterator[Problem]:
    if finding.severity is not None and finding.severity not in catalogue.severities(finding.code):
        yield problem(
            "severity_not_allowed",
            f"{path}.severity",
            N_("%(code)s的严重程度只能是%(allowed)s。"),
            code=finding.code,
            allowed="、".join(catalogue.severities(finding.code)),
        )
    deductions = proposed.deductions[finding.key]
    if not deductions:
        yield problem("finding_unproposed", path, N_("没有成员提出这个问题。"))
    if any(deduction.code != finding.code for _member, deduction in deductions):
        yield problem("finding_code", path, N_("并入同一问题的扣分项，编号应当相同。"))
    if len(proposed.veto_codes(finding.key)) > 1:
        yield problem("finding_vetoes", path, N_("同一问题提出了不同的否决项，请拆分为两个问题。"))


def veto_finding_problems(
    path: str, finding: FindingInput, proposed: Proposers, catalogue: Catalogue
) -> Iterator[Problem]:
    if not any(veto.code == finding.code for _member, veto in proposed.vetoes[finding.key]):
        yield problem("finding_unproposed", path, N_("没有成员提出这个问题。"))
    if catalogue.vetoes[finding.code].documentary and not finding.document_no.strip():
        place = f"{path}.document_no"
        yield problem("document_no", place, N_("%(code)s须有生效文书的文号。"), code=finding.code)


def homeless_problems(proposed: Proposers) -> Iterator[Problem]:
    """Nothing a member wrote may be lost on the way to the findings."""
    for member, proposal in proposed.homeless:
        yield problem(
            "not_in_findings",
            f"forms.{member}.{proposal.finding or proposal.code}"[:120],
            N_("%(code)s没有归入任何问题。"),
            code=proposal.code,
        )


def ballot_problems(panel: PanelInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    proposed = proposers(panel)
    for index, finding in enumerate(panel.findings):
        path = f"findings[{index}]"
        yield from finding_ballot_problems(path, finding, panel, catalogue)
        alone = finding.code in catalogue.vetoes
        if finding.veto_votes is not None and not alone and not proposed.veto_codes(finding.key):
            yield problem("veto_unproposed", f"{path}.veto_votes", N_("没有成员就这个问题提出否决。"))
    if panel.grade_ballot is not None:
        yield from quorum_problems("grade_ballot", panel.grade_ballot, panel)
        for member, vote in panel.grade_ballot.items():
            if vote.grade not in GRADES:
                place = f"grade_ballot.{member}.grade"
                yield problem("unknown_choice", place, N_("等次应当是A、B、C、D之一。"))
    if panel.outcome_ballot is not None:
        yield from quorum_problems("outcome_ballot", panel.outcome_ballot, panel)
        for member, outcome in panel.outcome_ballot.items():
            if outcome not in rules.outcomes:
                place = f"outcome_ballot.{member}"
                yield problem(
                    "unknown_choice",
                    place,
                    N_("处理结果应当是%(allowed)s之一。"),
                    allowed="、".join(rules.outcomes),
                )
    for measure, votes in panel.measure_ballots.items():
        yield from quorum_problems(f"measure_ballots.{measure[:40]}", votes, panel)
        if measure not in rules.measures:
            name = measure[:40]
            place = f"measure_ballots.{name}"
            yield problem("unknown_choice", place, N_("没有名为“%(name)s”的措施。"), name=name)
    yield from dissent_problems(panel)


def finding_ballot_problems(
    path: str, finding: FindingInput, panel: PanelInput, catalogue: Catalogue
) -> Iterator[Problem]:
    alone = catalogue.vetoes.get(finding.code)
    if alone and alone.documentary:
        if finding.votes or finding.veto_votes:
            yield problem("not_voted", path, N_("%(code)s以生效文书为准，不由专家表决。"), code=finding.code)
        return
    yield from quorum_problems(f"{path}.votes", finding.votes, panel)
    if finding.veto_votes is None:
        return
    yield from quorum_problems(f"{path}.veto_votes", finding.veto_votes, panel)
    for member, vote in finding.veto_votes.items():
        if vote is Vote.UPHOLD and finding.votes.get(member) is Vote.REJECT:
            place = f"{path}.veto_votes.{member}"
            yield problem("veto_without_finding", place, N_("认为问题不成立的，不能同时赞成否决。"))


def dissent_problems(panel: PanelInput) -> Iterator[Problem]:
    for index, dissent in enumerate(panel.dissents):
        path = f"dissents[{index}]"
        if dissent.member not in panel.members:
            yield problem("not_a_member", f"{path}.member", N_("不是评查组成员。"))
        if not dissent.text.strip():
            yield problem("dissent_empty", f"{path}.text", N_("不同意见应当写明理由。"))


def quorum_problems(path: str, votes: Mapping[str, object], panel: PanelInput) -> Iterator[Problem]:
    """All members vote, nobody else does."""
    for member in panel.members:
        if member not in votes:
            place = f"{path}.{member[:40]}"
            yield problem(
                "vote_missing", place, N_("缺少成员%(member)s的表决。不得弃权。"), member=member[:40]
            )
    yield from strangers(path, votes, panel)


def strangers(path: str, names: Collection[str], panel: PanelInput) -> Iterator[Problem]:
    for name in names:
        if name not in panel.members:
            yield problem("not_a_member", f"{path}.{name[:40]}", N_("不是评查组成员。"))
