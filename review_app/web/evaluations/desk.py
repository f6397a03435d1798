"""What the desk shows: the form by dimension with its running score, and what still keeps it from being signed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from review_app.errors import N_, ReviewError
from review_app.evaluations.answers import as_typed
from review_app.evaluations.content import answers_of, score_of
from review_app.evaluations.drafting import place_of
from review_app.evaluations.grading import DimensionScore
from review_app.evaluations.models import (
    Deduction,
    EvalForm,
    FormAnswer,
    PrecedentCitation,
    Quote,
    VetoProposal,
)
from review_app.evaluations.provisions import governs, provision_of
from review_app.evaluations.readiness import field_of, signing_problems
from review_app.evaluations.scoring import FormScore
from review_app.evaluations.states import Standing
from review_app.form_templates.catalogue import Catalogue, CatalogueItem, VetoItem, dimension_of
from review_app.form_templates.conditions import FieldState, field_states
from review_app.form_templates.content import Choice, DimensionPart, ExtraField, Item
from review_app.form_templates.reading import catalogue_of, content_of, fields_of, rules_of
from review_app.form_templates.states import FieldKind
from review_app.rulebook import Rules
from review_app.rulebook.reading import Problem
from review_app.rulebook.rules import Label, OutcomeRule, Route, Template
from review_app.web.languages import speaks_english

FIELD_LABELS = {
    "highlights": N_("亮点"),
    "proposed_grade": N_("建议等次"),
    "proposed_outcome": N_("建议处理结果"),
    "proposed_routes": N_("建议的法定途径"),
    "proposed_measures": N_("建议措施"),
    "proposal_reasons": N_("建议理由"),
    "reserves_dissent": N_("保留意见"),
    "volumes_read": N_("已阅的卷"),
    "reading_note": N_("阅卷说明"),
    "method": N_("阅卷方式"),
    "minutes_spent": N_("用时（分钟）"),
}

Named = Label | CatalogueItem | VetoItem | OutcomeRule | Route | ExtraField | Choice | Template


def help_words(named: DimensionPart | Item | ExtraField) -> str:
    """What helps to fill a part of the form, in the reader's language."""
    return named.help_en if speaks_english() else named.help_zh


def in_words(named: Named) -> str:
    """The name of something of the rule file or the catalogue in the reader's language."""
    return named.en if speaks_english() else named.zh


@dataclass(frozen=True)
class ProblemLine:
    """One thing to put right: the field it speaks of, where that is in words, the sentence, and the part of
    the page that must be unfolded to see it."""

    field: str
    where: str
    sentence: str
    unfold: str

    @property
    def anchor(self) -> str:
        return anchor_of(self.field)


def anchor_of(name: str) -> str:
    """The element that stands for a field or part: ``f-D1-text``, ``deduction-3``."""
    is_part = name.count(".") == 1 and name.partition(".")[0] in (
        "deduction",
        "veto",
        "law",
        "quote",
        "field",
    )
    return ("" if is_part else "f-") + name.replace(".", "-")


@dataclass(frozen=True)
class Offer:
    """A provision the catalogue names for an item; ``number`` is its place there."""

    number: int
    words: str


@dataclass(frozen=True)
class DeductionView:
    """One deduction with what the catalogue says of it and what it still needs."""

    deduction: Deduction
    item: CatalogueItem
    severities: tuple[str, ...]
    limits: tuple[Decimal, Decimal, Decimal]
    quotes_needed: int
    from_different_documents: bool
    law_needed: bool
    offered: tuple[Offer, ...]
    problems: tuple[ProblemLine, ...]
    help: str

    @property
    def target(self) -> str:
        return f"deduction.{self.deduction.seq}"


@dataclass(frozen=True)
class DimensionView:
    """One dimension: its name, what it may lose and loses, its deductions, what may be added."""

    code: str
    name: str
    score: DimensionScore
    deductions: list[DeductionView]
    items: dict[str, CatalogueItem]
    problems: tuple[ProblemLine, ...]
    touched: bool
    help: str
    may_not_apply: bool
    not_applicable: bool

    @property
    def left(self) -> Decimal:
        return self.score.maximum - self.score.deducted

    @property
    def status(self) -> str:
        if not self.problems:
            return "done"
        return "begun" if self.touched else "todo"


@dataclass(frozen=True)
class FieldView:
    """One extra field of the template: what it asks, what stands there, whether it must be answered now."""

    answer: FormAnswer
    field: ExtraField
    state: FieldState
    decides: bool
    problems: tuple[ProblemLine, ...]

    @property
    def target(self) -> str:
        return f"field.{self.answer.seq}"


@dataclass(frozen=True)
class Desk:
    """The whole right pane. ``typed`` is what a refused page sent, shown instead of what is stored;
    ``theirs`` what another window saved; ``refused`` why a field could not be read; ``standings`` what the library of statutes says of each
    provision."""

    form: EvalForm
    rules: Rules
    catalogue: Catalogue
    score: FormScore
    problems: tuple[ProblemLine, ...]
    dimensions: list[DimensionView]
    due_on: date | None
    typed: MultiDict[str, str] | None = None
    theirs: Mapping[str, object] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    open_at: str = ""
    standings: Mapping[int, Standing] = field(default_factory=dict)
    extra: tuple[FieldView, ...] = ()

    def value(self, name: str) -> str:
        """What the field ``name`` shows."""
        if self.typed is not None and name in self.typed:
            return self.typed.getlist(name)[-1]
        return str(as_typed(stored(self.form, name)))

    def ticked(self, name: str, choice: str = "") -> bool:
        """Whether the box ``choice`` (or the only box) of the field ``name`` is ticked."""
        if self.typed is not None and name in self.typed:
            return choice in self.typed.getlist(name) if choice else any(self.typed.getlist(name))
        value = as_typed(stored(self.form, name))
        return choice in value if isinstance(value, list) else value == choice if choice else bool(value)

    @property
    def tray(self) -> list[Quote]:
        """Quotes kept for later."""
        return [
            quote
            for quote in self.form.quotes
            if not (quote.deduction_id or quote.veto_id or quote.answer_id)
        ]

    @property
    def targets(self) -> list[tuple[str, str]]:
        """Everything a quote can serve: name and words."""
        deductions = [
            (one.target, f"{one.deduction.code} {in_words(one.item)}")
            for dimension in self.dimensions
            for one in dimension.deductions
        ]
        vetoes = [
            (f"veto.{veto.seq}", f"{veto.code} {in_words(self.catalogue.vetoes[veto.code])}")
            for veto in self.form.veto_proposals
        ]
        fields = [
            (one.target, in_words(one.field)) for one in self.extra if one.field.kind is FieldKind.QUOTATION
        ]
        return deductions + vetoes + fields

    @property
    def case_targets(self) -> list[tuple[str, str]]:
        """Everything a cited case can serve."""
        fields = [
            (one.target, in_words(one.field)) for one in self.extra if one.field.kind is FieldKind.PRECEDENT
        ]
        return [one for one in self.targets if one[0].startswith("deduction.")] + fields

    @property
    def loose_cases(self) -> list[PrecedentCitation]:
        """Cited cases that serve the form as a whole."""
        return [one for one in self.form.precedent_citations if not (one.deduction_id or one.answer_id)]

    @property
    def law_targets(self) -> list[tuple[str, str]]:
        """Everything a provision can serve."""
        fields = [(one.target, in_words(one.field)) for one in self.extra if one.field.kind is FieldKind.LAW]
        return [one for one in self.targets if not one[0].startswith("field.")] + fields

    @property
    def measures(self) -> list[tuple[str, str]]:
        return [(code, in_words(label)) for code, label in self.rules.measures.items()]

    @property
    def routes(self) -> list[tuple[str, str]]:
        return [(code, f"{in_words(route)}（{route.law}）") for code, route in self.rules.routes.items()]

    @property
    def volumes(self) -> list[tuple[int, str]]:
        found = self.form.review.volumes
        return [(one.number, gettext("第%(number)s卷", number=one.number) + f" {one.title}") for one in found]

    @property
    def vetoes_alone(self) -> dict[str, VetoItem]:
        """Vetoes that can be proposed without a deduction and are not yet."""
        proposed = {veto.code for veto in self.form.veto_proposals}
        items = self.catalogue.vetoes.items()
        return {code: item for code, item in items if item.alone and code not in proposed}

    @property
    def items(self) -> dict[str, CatalogueItem]:
        return self.catalogue.for_template(self.form.template)

    def problems_of(self, target: str) -> list[ProblemLine]:
        return [line for line in self.problems if line.field == target or line.field.startswith(f"{target}.")]


def stored(form: EvalForm, name: str) -> object:
    return getattr(place_of(form, name), name.rpartition(".")[2], "")


def desk_of(
    form: EvalForm,
    *,
    due_on: date | None,
    typed: MultiDict[str, str] | None = None,
    theirs: Mapping[str, object] | None = None,
    refused: Mapping[str, ReviewError] | None = None,
    open_at: str = "",
    said: Callable[[ReviewError], str] = str,
    standings: Mapping[int, Standing] | None = None,
) -> Desk:
    """The desk for ``form``."""
    rules, catalogue = rules_of(form), catalogue_of(form)
    score = score_of(form)
    problems = tuple(problem_line(form, rules, problem) for problem in signing_problems(form, score))
    dimensions = [dimension_view(form, code, score, rules, catalogue, problems) for code in rules.dimensions]
    return Desk(
        form, rules, catalogue, score, problems, dimensions, due_on, typed, theirs or {},
        {name: said(error) for name, error in (refused or {}).items()},
        open_at or first_unfinished(dimensions), standings or {}, tuple(field_views(form, problems)),
    )  # fmt: skip


def field_views(form: EvalForm, problems: tuple[ProblemLine, ...]) -> Iterator[FieldView]:
    """The extra fields that stand on the form now, in order."""
    fields = fields_of(form)
    states = field_states(fields, answers_of(form))
    answers = {one.code: one for one in form.answers}
    deciding = {one.field for each in fields.values() for one in (each.shown_if, each.required_if) if one}
    for code, asked in fields.items():
        if code in answers and states[code].shown:
            name = f"field.{answers[code].seq}"
            own = tuple(line for line in problems if part_name(line.field) == name)
            yield FieldView(answers[code], asked, states[code], code in deciding, own)


def first_unfinished(dimensions: list[DimensionView]) -> str:
    return next((dimension.code for dimension in dimensions if dimension.status != "done"), "")


def dimension_view(
    form: EvalForm,
    code: str,
    score: FormScore,
    rules: Rules,
    catalogue: Catalogue,
    problems: tuple[ProblemLine, ...],
) -> DimensionView:
    found = [deduction for deduction in form.deductions if deduction.dimension == code]
    views = [deduction_view(deduction, rules, catalogue, problems) for deduction in found]
    own = tuple(line for line in problems if line.field == f"{code}.text")
    note = next(note for note in form.notes if note.dimension == code)
    part = content_of(form).dimensions[code]
    return DimensionView(
        code,
        in_words(rules.dimensions[code]),
        score.dimensions[code],
        views,
        {
            key: item
            for key, item in catalogue.for_template(form.template).items()
            if dimension_of(key) == code
        },
        own + tuple(line for view in views for line in view.problems),
        bool(note.text or note.clean or note.not_applicable or found),
        help_words(part),
        part.may_not_apply,
        note.not_applicable,
    )


def deduction_view(
    deduction: Deduction, rules: Rules, catalogue: Catalogue, problems: tuple[ProblemLine, ...]
) -> DeductionView:
    item = catalogue.deductions[deduction.code]
    weighed = "S4" if deduction.veto_code else deduction.severity
    in_dimension = deduction.severity != "S0" and deduction.dimension in rules.form.citation_dimensions
    cited = {(law.law, law.article) for law in deduction.law_citations}
    parts = {f"deduction.{deduction.seq}"} | {f"law.{law.seq}" for law in deduction.law_citations}
    parts |= {f"quote.{quote.seq}" for quote in deduction.quotes}
    return DeductionView(
        deduction,
        item,
        catalogue.severities(deduction.code),
        rules.grading.severity_points[deduction.severity],
        rules.form.quotes_min[weighed],
        weighed in rules.form.different_documents,
        in_dimension or weighed in rules.form.citation_severities,
        tuple(offers(item, cited, deduction.form.template)),
        tuple(line for line in problems if part_name(line.field) in parts),
        help_words(known) if (known := content_of(deduction.form).items.get(deduction.code)) else "",
    )


def offers(item: CatalogueItem, cited: set[tuple[str, str]], template: str) -> Iterator[Offer]:
    """What the catalogue names, governs cases of this template and is not cited yet."""
    for number, words in enumerate(item.law):
        provision = provision_of(words)
        if governs(provision, template) and (provision.law, provision.article) not in cited:
            yield Offer(number, words)


def part_name(field_name: str) -> str:
    """``deduction.3`` of ``deduction.3.points``."""
    return ".".join(field_name.split(".")[:2])


def problem_line(form: EvalForm, rules: Rules, problem: Problem) -> ProblemLine:
    name = field_of(form, problem.path)
    where, unfold = place_in_words(form, rules, name)
    return ProblemLine(name, where, gettext(problem.sentence, **problem.facts), unfold)


def place_in_words(form: EvalForm, rules: Rules, name: str) -> tuple[str, str]:
    """Where a field is, for people, and what to unfold."""
    head = name.partition(".")[0]
    if head in rules.dimensions:
        return f"{head} {in_words(rules.dimensions[head])}", head
    part = part_name(name)
    for deduction in form.deductions:
        if part in {f"deduction.{deduction.seq}", *laws_and_quotes(deduction)}:
            return deduction.code, deduction.dimension
    for veto in form.veto_proposals:
        if part in {f"veto.{veto.seq}", *laws_and_quotes(veto)}:
            return veto.code, "vetoes"
    for answer in form.answers:
        if part in {f"field.{answer.seq}", *laws_and_quotes(answer)}:
            return in_words(fields_of(form)[answer.code]), "extra"
    return (str(gettext(FIELD_LABELS[name])) if name in FIELD_LABELS else ""), ""


def laws_and_quotes(part: Deduction | VetoProposal | FormAnswer) -> Iterator[str]:
    yield from (f"law.{law.seq}" for law in part.law_citations)
    yield from (f"quote.{quote.seq}" for quote in part.quotes)
