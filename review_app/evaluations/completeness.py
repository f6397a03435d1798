"""What a form still lacks, and what in it cannot be right.

``WRONG`` are entries that contradict the rules whatever else is filled in; the others are only missing."""

from collections.abc import Iterable, Iterator, Sequence

from review_app.errors import N_
from review_app.evaluations.form_input import (
    CitationInput,
    DeductionInput,
    DimensionInput,
    FormInput,
    QuoteInput,
    VetoInput,
)
from review_app.form_templates.catalogue import Catalogue, dimension_of
from review_app.rulebook.reading import Problem, problem
from review_app.rulebook.rules import GRADES, Rules

WRONG = frozenset(
    {
        "unknown_template",
        "unknown_code",
        "unknown_dimension",
        "unknown_severity",
        "unknown_veto",
        "unknown_choice",
        "not_in_template",
        "severity_not_allowed",
        "points_range",
        "points_step",
        "points_record_only",
        "veto_not_allowed",
    }
)


def unreadable(form: FormInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    """Names that lead nowhere: without them there is nothing to compute."""
    if form.template not in rules.templates:
        yield problem(
            "unknown_template", "template", N_("没有名为“%(name)s”的评查表。"), name=form.template[:40]
        )
    for dimension in form.dimensions:
        if dimension not in rules.dimensions:
            place = f"dimensions.{dimension[:40]}"
            yield problem("unknown_dimension", place, N_("没有维度“%(name)s”。"), name=dimension[:40])
    for index, deduction in enumerate(form.deductions):
        path = f"deductions[{index}]"
        if deduction.code not in catalogue.deductions:
            code = deduction.code[:40]
            yield problem("unknown_code", f"{path}.code", N_("扣分项目录中没有“%(code)s”。"), code=code)
        if deduction.severity is not None and deduction.severity not in rules.severities:
            name = deduction.severity[:40]
            yield problem("unknown_severity", f"{path}.severity", N_("没有严重程度“%(name)s”。"), name=name)
    for index, veto in enumerate(form.vetoes):
        if veto.code not in catalogue.vetoes:
            place = f"vetoes[{index}].code"
            yield problem("unknown_veto", place, N_("否决项目录中没有“%(code)s”。"), code=veto.code[:40])


def form_problems(form: FormInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that stands between a readable form and its signature."""
    yield from dimension_problems(form, rules)
    for index, deduction in enumerate(form.deductions):
        path = f"deductions[{index}]"
        yield from choice_problems(path, deduction, form.template, rules, catalogue)
        yield from proof_problems(path, deduction, rules, catalogue)
    for index, veto in enumerate(form.vetoes):
        yield from veto_problems(f"vetoes[{index}]", veto, rules, catalogue)
    yield from duplicate_problems(form.deductions)
    yield from proposal_problems(form, rules)


def dimension_problems(form: FormInput, rules: Rules) -> Iterator[Problem]:
    least = rules.form.dimension_text_min
    found_in = {dimension_of(deduction.code) for deduction in form.deductions}
    for dimension in rules.dimensions:
        answer = form.dimensions.get(dimension)
        path = f"dimensions.{dimension}"
        if answer and answer.no_problems and dimension in found_in:
            yield problem("dimension_contradiction", path, N_("已勾选“未发现问题”，但本维度有扣分项。"))
        elif answer and answer.not_applicable:
            yield from not_applicable_problems(
                path, answer, has_deductions=dimension in found_in, least=least
            )
        elif not answer or (not answer.no_problems and characters(answer.text) < least):
            yield problem(
                "dimension_text",
                path,
                N_("请填写审查情况，不少于%(least)s个字；没有问题的，勾选“未发现问题”。"),
                least=least,
            )


def not_applicable_problems(
    path: str, answer: DimensionInput, *, has_deductions: bool, least: int
) -> Iterator[Problem]:
    """A dimension that does not apply loses nothing, and says why."""
    if has_deductions or answer.no_problems:
        yield problem("dimension_contradiction", path, N_("已填“不适用”，不能同时扣分或者勾选“未发现问题”。"))
    elif characters(answer.text) < least:
        sentence = N_("维度不适用的，请在审查情况中写明理由，不少于%(least)s个字。")
        yield problem("dimension_text", path, sentence, least=least)


def choice_problems(
    path: str, deduction: DeductionInput, template: str, rules: Rules, catalogue: Catalogue
) -> Iterator[Problem]:
    item = catalogue.deductions[deduction.code]
    if template not in item.templates:
        yield problem(
            "not_in_template", f"{path}.code", N_("%(code)s不适用于本评查表。"), code=deduction.code
        )
    severity = deduction.severity or item.severity
    if severity not in catalogue.severities(deduction.code):
        yield problem(
            "severity_not_allowed",
            f"{path}.severity",
            N_("%(code)s的严重程度只能是%(allowed)s。"),
            code=deduction.code,
            allowed="、".join(catalogue.severities(deduction.code)),
        )
    yield from points_problems(f"{path}.points", deduction, severity, rules)
    if severity == "S0" and item.severity != "S0" and deduction.record_reason is None:
        yield problem("record_reason", f"{path}.record_reason", N_("只记录、不扣分的，请选择理由。"))
    if deduction.veto is not None and (deduction.veto not in item.veto or severity == "S0"):
        yield problem(
            "veto_not_allowed",
            f"{path}.veto",
            N_("%(code)s不能提出否决项%(veto)s。"),
            code=deduction.code,
            veto=deduction.veto[:40],
        )


def points_problems(path: str, deduction: DeductionInput, severity: str, rules: Rules) -> Iterator[Problem]:
    lowest, _default, highest = rules.grading.severity_points[severity]
    if severity == "S0":
        if deduction.points != 0:
            yield problem("points_record_only", path, N_("只记录的事项不扣分，分值应当是0。"))
    elif not lowest <= deduction.points <= highest:
        yield problem(
            "points_range",
            path,
            N_("%(severity)s的扣分应当在%(lowest)s至%(highest)s之间。"),
            severity=severity,
            lowest=f"{lowest:f}",
            highest=f"{highest:f}",
        )
    elif deduction.points % rules.grading.step:
        yield problem("points_step", path, N_("扣分以%(step)s分为单位。"), step=f"{rules.grading.step:f}")


def proof_problems(
    path: str, deduction: DeductionInput, rules: Rules, catalogue: Catalogue
) -> Iterator[Problem]:
    severity = deduction.severity or catalogue.deductions[deduction.code].severity
    weighed = "S4" if deduction.veto else severity
    yield from quote_problems(path, deduction.quotes, weighed, rules)
    in_dimension = severity != "S0" and dimension_of(deduction.code) in rules.form.citation_dimensions
    if in_dimension or weighed in rules.form.citation_severities:
        yield from citation_problems(path, deduction.citations)


def quote_problems(path: str, quotes: Sequence[QuoteInput], severity: str, rules: Rules) -> Iterator[Problem]:
    least = rules.form.quotes_min[severity]
    different = {(quote.file_sha256, quote.document, quote.page, quote.exact_text) for quote in quotes}
    if len(different) < least:
        yield problem("quotes_missing", f"{path}.quotes", N_("至少需要%(least)s处不同的摘录。"), least=least)
    elif severity in rules.form.different_documents and len(documents_of(quotes)) < 2:
        yield problem("quotes_same_document", f"{path}.quotes", N_("摘录应当来自至少两份不同的材料。"))
    shortest, longest = rules.form.quote_characters
    for index, quote in enumerate(quotes):
        if not shortest <= characters(quote.exact_text) <= longest:
            yield problem(
                "quote_length",
                f"{path}.quotes[{index}].exact_text",
                N_("摘录应当有%(shortest)s至%(longest)s个字（空白不计）。"),
                shortest=shortest,
                longest=longest,
            )
        yield from source_problems(f"{path}.quotes[{index}]", quote)


def source_problems(path: str, quote: QuoteInput) -> Iterator[Problem]:
    if not (quote.volume.strip() and quote.document.strip() and quote.page >= 1):
        yield problem("quote_source", path, N_("请写明摘录所在的卷、材料和页码。"))
    if len(quote.file_sha256) != 64 or set(quote.file_sha256) - set("0123456789abcdef"):
        yield problem("quote_hash", f"{path}.file_sha256", N_("材料的校验值应当是64位十六进制数。"))


def citation_problems(path: str, citations: Sequence[CitationInput]) -> Iterator[Problem]:
    if not citations:
        yield problem("citation_missing", f"{path}.citations", N_("请引用法律条文。"))
    for index, citation in enumerate(citations):
        if not (citation.law_id.strip() and citation.version.strip() and citation.article.strip()):
            place = f"{path}.citations[{index}]"
            yield problem("citation_incomplete", place, N_("引用应当写明法律、版本和条文。"))


def veto_problems(path: str, veto: VetoInput, rules: Rules, catalogue: Catalogue) -> Iterator[Problem]:
    item = catalogue.vetoes[veto.code]
    if not item.alone:
        place = f"{path}.code"
        yield problem("veto_not_allowed", place, N_("否决项%(veto)s须随扣分项提出。"), veto=veto.code)
    elif item.documentary:
        if not veto.document_no.strip():
            yield problem(
                "document_no",
                f"{path}.document_no",
                N_("请填写生效裁判或者处分决定的文号；没有生效文书的，改为移送线索（D6-04）。"),
            )
    else:
        yield from quote_problems(path, veto.quotes, "S4", rules)
        yield from citation_problems(path, veto.citations)


def duplicate_problems(deductions: Sequence[DeductionInput]) -> Iterator[Problem]:
    """The same fact is deducted once, in the dimension where it matters most (一事不二扣)."""
    for index, deduction in enumerate(deductions):
        for earlier, other in enumerate(deductions[:index]):
            if same_fact(deduction, other):
                yield problem(
                    "duplicate_fact",
                    f"deductions[{index}]",
                    N_("与第%(number)s项（%(code)s）是同一事实，一事不二扣。"),
                    number=earlier + 1,
                    code=other.code,
                )
                break


def same_fact(one: DeductionInput, other: DeductionInput) -> bool:
    if squeezed(one.fact) and squeezed(one.fact) == squeezed(other.fact):
        return True
    shared = set(one.quotes) & set(other.quotes)
    if one.code == other.code:
        return bool(shared)
    return bool(shared) and set(one.quotes) == set(other.quotes)


def proposal_problems(form: FormInput, rules: Rules) -> Iterator[Problem]:
    if form.proposed_grade is None:
        yield problem("grade_missing", "proposed_grade", N_("请提出建议等次。"))
    elif form.proposed_grade not in GRADES:
        yield problem("unknown_choice", "proposed_grade", N_("建议等次应当是A、B、C、D之一。"))
    if rules.grading.A_requires.highlight and form.proposed_grade == "A" and not has_highlight(form):
        yield problem("highlight_missing", "highlights", N_("建议评为A等的，请写明亮点。"))
    if form.proposed_outcome is None:
        yield problem("outcome_missing", "proposed_outcome", N_("请提出建议处理结果。"))
    elif form.proposed_outcome not in rules.outcomes:
        allowed = "、".join(rules.outcomes)
        yield problem(
            "unknown_choice", "proposed_outcome", N_("建议处理结果应当是%(allowed)s之一。"), allowed=allowed
        )
    for index, measure in enumerate(form.proposed_measures):
        if measure not in rules.measures:
            name = measure[:40]
            place = f"proposed_measures[{index}]"
            yield problem("unknown_choice", place, N_("没有名为“%(name)s”的措施。"), name=name)


def has_highlight(form: FormInput) -> bool:
    return any(squeezed(text) for text in form.highlights)


def documents_of(quotes: Iterable[QuoteInput]) -> set[tuple[str, str]]:
    return {(quote.volume, quote.document) for quote in quotes}


def characters(text: str) -> int:
    return len(squeezed(text))


def squeezed(text: str) -> str:
    return "".join(text.split())
