"""What still stands between a draft and its signature, beyond what scoring says."""

from collections.abc import Iterator, Sequence

from review_app.errors import N_
from review_app.evaluations.content import answers_of, score_of
from review_app.evaluations.models import Deduction, EvalForm, LawCitation, VetoProposal
from review_app.evaluations.scoring import FormScore
from review_app.form_templates.conditions import field_problems
from review_app.form_templates.reading import content_of, fields_of
from review_app.rulebook.reading import Problem, problem

Part = Deduction | VetoProposal | LawCitation
PART_NAMES = {"deductions": "deduction", "vetoes": "veto", "law": "law"}
TYPED = {
    "points": "points", "severity": "severity", "record_reason": "record_reason", "veto": "veto_code",
    "document_no": "document_no",
}  # fmt: skip


def signing_problems(form: EvalForm, score: FormScore | None = None) -> tuple[Problem, ...]:
    """Everything missing or wrong, in the order of the form: rules of scoring first, then how the file was
    read. ``path`` names the place as ``review-app score`` does. ``score`` is the form's score if it is known."""
    return (*(score or score_of(form)).problems, *template_problems(form), *reading_problems(form))


def template_problems(form: EvalForm) -> Iterator[Problem]:
    """What the template asks beside dimensions and deductions."""
    content = content_of(form)
    for note in form.notes:
        if note.not_applicable and not content.dimensions[note.dimension].may_not_apply:
            yield problem("not_applicable", f"dimensions.{note.dimension}", N_("本维度不能填“不适用”。"))
    yield from field_problems(fields_of(form), answers_of(form))


def reading_problems(form: EvalForm) -> Iterator[Problem]:
    for index, citation in enumerate(form.law_citations):
        if not citation.law.strip() or not citation.article.strip():
            yield problem("citation_blank", f"law[{index}]", N_("请填写法律名称和条文，或者移除这一条引用。"))
    for quote in form.quotes:
        if (quote.deduction_id or quote.veto_id or quote.answer_id) and quote.document.withdrawn_at:
            target = f"quote.{quote.seq}"
            yield problem("quote_withdrawn", target, N_("摘录所在的材料已撤回，请移除后另行摘录。"))
    volumes = {volume.number for volume in form.review.volumes}
    if volumes and not volumes & set(form.volumes_read):
        yield problem("volumes_missing", "volumes_read", N_("请勾选已阅的卷。"))
    if form.method is None:
        yield problem("method_missing", "method", N_("请选择阅卷方式。"))
    if not form.minutes_spent:
        yield problem("minutes_missing", "minutes_spent", N_("请填写阅卷和评查用时。"))


def field_of(form: EvalForm, path: str) -> str:
    """The field of the page that a problem's ``path`` speaks of: ``deductions[0].points`` is
    ``deduction.3.points`` when the first deduction has number 3. Places without a field of their own are
    named by their part (``deduction.3``)."""
    head, _dot, rest = path.partition(".")
    if head == "dimensions":
        return f"{rest}.text"
    if head == "fields":
        return next(f"field.{one.seq}" for one in form.answers if one.code == rest)
    name, _bracket, index = head.partition("[")
    parts: dict[str, Sequence[Part]] = {
        "deductions": form.deductions,
        "vetoes": form.veto_proposals,
        "law": form.law_citations,
    }
    if name not in parts or not index:
        return name
    seq = parts[name][int(index.rstrip("]"))].seq
    part = f"{PART_NAMES[name]}.{seq}"
    return f"{part}.{TYPED[rest]}" if rest in TYPED else part
