"""What the Word form shows, as plain data: sections of rows, each row with the name of its field.

Names are those of ``evaluations.answers`` where the web form has the field (``D4.text``, ``deduction.3.points``).
Beside them: ``new.2.code`` for the fields of a blank deduction, ``veto.V10.note`` for the vetoes that stand alone,
``proposed_routes:RETRIAL`` for one box of several, ``deduction.3/quote.1`` and ``new.2/law.1`` for blank lines of
evidence, ``quote.5`` and ``law.6`` for evidence that is on the form already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review_app.evaluations.answers import as_typed
from review_app.evaluations.drafting import present
from review_app.evaluations.models import Deduction, EvalForm, FormAnswer, LawCitation, Quote, VetoProposal
from review_app.form_templates.content import ExtraField
from review_app.form_templates.reading import content_of, fields_of
from review_app.form_templates.states import CHOOSING, CITING, FieldKind
from review_app.offline_forms.wording import (
    FIELD_WORDS,
    FILL_IN,
    FILL_SHORT,
    LAW_HEADS,
    MOST_OFFERED,
    QUOTE_HEADS,
    catalogue_for,
    choices_for,
    material_words,
    materials_of,
    rules_for,
)

FORM_MARK = "form"
TRAY = "tray"
BLANK_QUOTES, BLANK_LAWS = 2, 1
VETO_FIELDS = ("document_no", "note")
DEDUCTION_FIELDS = ("severity", "points", "locus", "note", "veto_code", "record_reason")
CONCLUSION = ("proposed_grade", "proposed_outcome")
SEVERAL = ("proposed_routes", "proposed_measures")
READING = ("volumes_read", "method", "minutes_spent", "reading_note")
LONG = frozenset({"text", "note", "highlights", "proposal_reasons", "reading_note"})
TICKS = frozenset({"clean", "remove", "propose", "reserves_dissent", "not_applicable"})


class Kind(StrEnum):
    """How a cell is filled."""

    SHOWN = "SHOWN"
    LINE = "LINE"
    LONG = "LONG"
    CHOICE = "CHOICE"
    TICK = "TICK"


@dataclass(frozen=True)
class Cell:
    """``value`` is what stands there in words; a tick has ``ticked`` and its words. ``hint`` invites to fill."""

    kind: Kind
    value: str = ""
    offered: tuple[str, ...] = ()
    ticked: bool = False
    hint: str = FILL_IN


@dataclass(frozen=True)
class Row:
    name: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """Rows under one heading; with ``heads`` they are lines of a table, else one field each."""

    title: str
    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    note: str
    blocks: tuple[Block, ...]


def sheet_of(form: EvalForm, *, blanks: int) -> list[Section]:
    """The form as it stands, with room for ``blanks`` new deductions."""
    return [
        Section(
            "一、各维度审查情况",
            "每一维度写明审查情况（不少于20个字），或者勾选“未发现问题”。",
            tuple(dimensions(form)),
        ),
        Section(
            "二、已有的扣分项",
            "可以修改。要移除的勾选最后一行。" if form.deductions else "还没有扣分项。",
            tuple(block for one in form.deductions for block in deduction_blocks(form, one)),
        ),
        Section(
            "三、新的扣分项",
            "从“扣分项”中选择编号，再填写其余各行；扣分不填的，按该严重程度的通常分值。用不到的空着。",
            tuple(block for number in range(1, blanks + 1) for block in blank_blocks(form, number)),
        ),
        Section("四、单独提出的一票否决", "没有的不填。", tuple(veto_blocks(form))),
        Section("五、结论建议", "", tuple(conclusion(form))),
        Section("六、阅卷情况", "", (Block("阅卷", tuple(field_row(form, name) for name in READING)),)),
        *extra_section(form),
        Section("待用摘录", "先摘录、后归项的文字，不影响评分和签名。", (tray(form),)),
    ]


def tray(form: EvalForm) -> Block:
    """Quotations that serve nothing yet, and blank lines for more."""
    loose = [one for one in form.quotes if not (one.deduction_id or one.veto_id or one.answer_id)]
    return Block("摘录", quote_rows(form, TRAY, loose), QUOTE_HEADS)


def extra_section(form: EvalForm) -> Iterator[Section]:
    """The extra fields of the template, where it has any."""
    if form.answers:
        note = "标明条件的，条件成立时才填。案例引用请在网页上完成。"
        yield Section(
            "七、附加栏目", note, tuple(block for one in form.answers for block in extra_blocks(form, one))
        )


def extra_blocks(form: EvalForm, answer: FormAnswer) -> Iterator[Block]:
    target, asked = f"field.{answer.seq}", fields_of(form)[answer.code]
    many = asked.kind is FieldKind.MULTIPLE
    rows = several_rows(form, f"{target}.chosen", answer.chosen) if many else []
    singles = [name for name in extra_names(form, answer) if not many or not name.endswith(".chosen")]
    yield Block(extra_title(form, answer, asked), (*rows, *(field_row(form, name) for name in singles)))
    if asked.kind is FieldKind.QUOTATION:
        yield Block("摘录", quote_rows(form, target, answer.quotes), QUOTE_HEADS)
    if asked.kind is FieldKind.LAW:
        yield Block("法律依据", law_rows(target, answer.law_citations), LAW_HEADS)


def extra_names(form: EvalForm, answer: FormAnswer) -> list[str]:
    """The fields of the form that the block of an extra field shows, evidence apart."""
    target, asked = f"field.{answer.seq}", fields_of(form)[answer.code]
    own = [] if asked.kind in CITING else [f"{target}.{'chosen' if asked.kind in CHOOSING else 'value'}"]
    return own + ([f"{target}.not_applicable", f"{target}.reason"] if asked.may_not_apply else [])


def extra_title(form: EvalForm, answer: FormAnswer, asked: ExtraField) -> str:
    """The name of the field, and when it must be filled."""
    must = "（必填）" if asked.required else ""
    for condition, words in ((asked.shown_if, "时填写"), (asked.required_if, "时必填")):
        if condition is not None:
            source = fields_of(form)[condition.field]
            chosen = next(one.zh for one in source.choices if one.value == condition.equals)
            must += f"（“{source.zh}”选“{chosen}”{words}）"
    return f"{answer.code} {asked.zh}{must}"


def several_rows(form: EvalForm, name: str, chosen: Sequence[str]) -> list[Row]:
    """One box for each of several choices."""
    return [
        Row(f"{name}:{code}", "", (Cell(Kind.TICK, words, ticked=code in chosen),))
        for code, words in choices_for(form, name).items()
    ]


def dimensions(form: EvalForm) -> Iterator[Block]:
    rules = rules_for(form)
    maxima = rules.templates[form.template].maxima
    for code, label in rules.dimensions.items():
        names = ("text", "clean", "not_applicable") if may_not_apply(form, code) else ("text", "clean")
        rows = tuple(field_row(form, f"{code}.{name}") for name in names)
        yield Block(f"{code} {label.zh}（满分{maxima[code]:f}分）", rows)


def may_not_apply(form: EvalForm, dimension: str) -> bool:
    return content_of(form).dimensions[dimension].may_not_apply


def field_row(form: EvalForm, name: str) -> Row:
    """One field with what stands in it now."""
    return Row(name, FIELD_WORDS[name.rpartition(".")[2]], (cell_for(form, name, shown_value(form, name)),))


def shown_value(form: EvalForm, name: str) -> str:
    value = as_typed(present(form, name))
    if isinstance(value, list):
        return "、".join(value)
    return "1" if value is True else str(value or "")


def cell_for(form: EvalForm, name: str, value: str = "") -> Cell:
    """A cell of the right kind for the field ``name``; ``value`` is the stored one."""
    field = name.rpartition(".")[2]
    if field in TICKS:
        return Cell(Kind.TICK, FIELD_WORDS[field], ticked=bool(value))
    if choices := choices_for(form, name):
        return Cell(Kind.CHOICE, choices.get(value, value), tuple(choices.values()))
    return Cell(Kind.LONG if field in LONG else Kind.LINE, value)


def deduction_blocks(form: EvalForm, deduction: Deduction) -> Iterator[Block]:
    target = f"deduction.{deduction.seq}"
    item = catalogue_for(form).deductions[deduction.code]
    shown = Row(f"{target}.code", FIELD_WORDS["code"], (Cell(Kind.SHOWN, f"{deduction.code} {item.zh}"),))
    rows = [shown, *(field_row(form, f"{target}.{name}") for name in DEDUCTION_FIELDS)]
    rows.append(Row(f"{target}.remove", "移除", (cell_for(form, "remove"),)))
    yield Block(f"扣分项{deduction.seq}　{deduction.code} {item.zh}", tuple(rows))
    yield from evidence_blocks(form, target, deduction)


def blank_blocks(form: EvalForm, number: int) -> Iterator[Block]:
    target = f"new.{number}"
    rows = tuple(
        Row(f"{target}.{name}", FIELD_WORDS[name], (cell_for(form, f"{target}.{name}"),))
        for name in ("code", *DEDUCTION_FIELDS)
    )
    yield Block(f"新扣分项{number}", rows)
    yield from evidence_blocks(form, target, None)


def veto_blocks(form: EvalForm) -> Iterator[Block]:
    proposed = {veto.code: veto for veto in form.veto_proposals}
    for code, item in catalogue_for(form).vetoes.items():
        if not item.alone:
            continue
        target, veto = f"veto.{code}", proposed.get(code)
        rows = [Row(f"{target}.propose", "提出", (cell_for(form, "propose", "1" if veto else ""),))]
        for name in VETO_FIELDS:
            value = str(getattr(veto, name)) if veto else ""
            rows.append(Row(f"{target}.{name}", FIELD_WORDS[name], (cell_for(form, name, value),)))
        yield Block(f"{code} {item.zh}", tuple(rows))
        yield from evidence_blocks(form, target, veto)


def evidence_blocks(form: EvalForm, target: str, part: Deduction | VetoProposal | None) -> Iterator[Block]:
    """The quotes and provisions of a deduction or veto, and blank lines for more."""
    yield Block("摘录", quote_rows(form, target, part.quotes if part else ()), QUOTE_HEADS)
    yield Block("法律依据", law_rows(target, part.law_citations if part else ()), LAW_HEADS)


def quote_rows(form: EvalForm, target: str, quotes: Sequence[Quote]) -> tuple[Row, ...]:
    blanks = (blank_quote(form, f"{target}/quote.{number}") for number in range(1, BLANK_QUOTES + 1))
    return (*(quote_row(form, quote) for quote in quotes), *blanks)


def law_rows(target: str, laws: Sequence[LawCitation]) -> tuple[Row, ...]:
    blanks = (blank_law(f"{target}/law.{number}") for number in range(1, BLANK_LAWS + 1))
    return (*(law_row(law) for law in laws), *blanks)


def quote_row(form: EvalForm, quote: Quote) -> Row:
    number = f"{quote.document.volume.number}-{quote.document.number}"
    cells = (
        material_cell(form, material_words(number, quote.document)),
        line_cell(str(quote.page)),
        Cell(Kind.LONG, quote.text),
        Cell(Kind.TICK),
    )
    return Row(f"quote.{quote.seq}", "", cells)


def blank_quote(form: EvalForm, name: str) -> Row:
    return Row(
        name, "", (material_cell(form), line_cell(), Cell(Kind.LONG), Cell(Kind.SHOWN))
    )  # fmt: skip


def material_cell(form: EvalForm, value: str = "") -> Cell:
    """A list to choose from, or, of very many documents, a line for the number."""
    materials = materials_of(form)
    if len(materials) > MOST_OFFERED:
        return Cell(Kind.LINE, value)
    offered = tuple(material_words(number, document) for number, document in materials.items())
    return Cell(Kind.CHOICE, value, offered)


def line_cell(value: str = "") -> Cell:
    return Cell(Kind.LINE, value, hint=FILL_SHORT)


def law_row(law: LawCitation) -> Row:
    values: Sequence[str] = (law.law, law.version, law.article)
    act_on = law.act_on.isoformat() if law.act_on else ""
    cells = (*map(line_cell, values), Cell(Kind.LONG, law.text), line_cell(act_on), Cell(Kind.TICK))
    return Row(f"law.{law.seq}", "", cells)


def blank_law(name: str) -> Row:
    return Row(name, "", (*map(line_cell, ("", "", "")), Cell(Kind.LONG), line_cell(), Cell(Kind.SHOWN)))


def conclusion(form: EvalForm) -> Iterator[Block]:
    yield Block("亮点和等次", tuple(field_row(form, name) for name in ("highlights", *CONCLUSION)))
    for field in SEVERAL:
        yield Block(FIELD_WORDS[field], tuple(several_rows(form, field, getattr(form, field))))
    yield Block("理由", tuple(field_row(form, name) for name in ("proposal_reasons", "reserves_dissent")))


def boxes_of(form: EvalForm) -> list[str]:
    """The rows that are one box of several."""
    fields = fields_of(form)
    extra = [f"field.{one.seq}.chosen" for one in form.answers if fields[one.code].kind is FieldKind.MULTIPLE]
    return [f"{field}:{code}" for field in (*SEVERAL, *extra) for code in choices_for(form, field)]
