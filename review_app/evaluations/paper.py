"""A signed form on paper (评查表): what stands in it, in the plain layout, for the binder and for reading away from
the screen. It belongs to class L3 like the form itself."""

from collections.abc import Iterator
from decimal import Decimal

from review_app.clock import SHANGHAI, local_day
from review_app.documents.content import (
    Block,
    Head,
    Heading,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from review_app.evaluations.content import answers_of, score_of
from review_app.evaluations.models import (
    Deduction,
    EvalForm,
    FormAnswer,
    LawCitation,
    Quote,
    VetoProposal,
)
from review_app.evaluations.scoring import FormScore
from review_app.evaluations.states import METHOD_LABELS, FormState
from review_app.form_templates.catalogue import Catalogue
from review_app.form_templates.conditions import field_states
from review_app.form_templates.content import ExtraField
from review_app.form_templates.reading import catalogue_of, fields_of, rules_of
from review_app.reviews.states import CAPACITY_LABELS, OUTCOME_LABELS
from review_app.rulebook import Rules

NOTHING = "无。"


def form_paper(form: EvalForm, office: str) -> OfficialDocument:
    """The form as it was signed; a withdrawn one says so under its title."""
    rules, catalogue, score = rules_of(form), catalogue_of(form), score_of(form)
    return OfficialDocument(
        layout=Layout.FORM,
        head=Head(office, ""),
        title_lines=("案件评查表",),
        recipient="",
        blocks=tuple(blocks(form, rules, catalogue, score)),
        signature=Signature(
            form.person.name, local_day(form.signed_at) if form.signed_at else None, sealed=False
        ),
    )


def blocks(form: EvalForm, rules: Rules, catalogue: Catalogue, score: FormScore) -> Iterator[Block]:
    if form.state is FormState.WITHDRAWN:
        yield Paragraph("本表签名后已经撤回，不计入评查结果。")
    yield Table(("项目", "内容"), tuple(facts(form, rules)), (22, 90))
    yield Heading(1, "一、各维度评分")
    yield dimensions(form, rules, score)
    yield Heading(1, "二、扣分项")
    yield from deductions(form, catalogue)
    yield Heading(1, "三、单独提出的否决项")
    yield from vetoes(form, catalogue)
    yield from extra_fields(form)
    yield Heading(1, "四、亮点")
    yield Paragraph(form.highlights.strip() or NOTHING)
    yield Heading(1, "五、评查意见")
    yield from proposals(form, rules)
    yield Heading(1, "六、声明")
    declared = "已声明" if form.independence_declared else "未声明"
    yield Paragraph(f"{declared}：独立阅卷、独立评分，提交前未与其他成员交换意见，未受任何单位和个人干预。")


def facts(form: EvalForm, rules: Rules) -> Iterator[tuple[str, str]]:
    yield "评查项目", f"{form.review.review_no} {form.review.item.title}"
    yield "评查专家", f"{form.person.name}（{CAPACITY_LABELS[form.access.capacity]}，第{form.round}轮）"
    yield "评查表", f"{rules.templates[form.template].zh}（规则{form.rule_version}）"
    volumes = "、".join(f"第{number}卷" for number in form.volumes_read)
    note = f"；{form.reading_note.strip()}" if form.reading_note.strip() else ""
    yield "阅卷范围", f"{volumes or '未填写'}{note}"
    method = METHOD_LABELS[form.method] if form.method else "未填写"
    yield "阅卷方式、用时", f"{method}，{form.minutes_spent or 0}分钟"
    if form.signed_at:
        yield "签名时间", f"{form.signed_at.astimezone(SHANGHAI):%Y年%m月%d日 %H:%M}"
    yield "内容校验值", form.content_sha256 or "未签名"


def dimensions(form: EvalForm, rules: Rules, score: FormScore) -> Table:
    notes = {note.dimension: note for note in form.notes}
    rows = []
    for code, label in rules.dimensions.items():
        found, note = score.dimensions[code], notes.get(code)
        text = (note.text.strip() or ("未发现问题" if note.clean else "")) if note else ""
        text = f"不适用。{text}" if note and note.not_applicable else text
        rows.append((f"{code} {label.zh}", plain(found.maximum), plain(found.deducted), text))
    rows.append(
        ("合计", "100", plain(100 - score.score), f"得分{plain(score.score)}分，按规则为{score.grade}等")
    )
    return Table(("维度", "满分", "扣分", "评语"), tuple(rows), (32, 10, 10, 60))


def deductions(form: EvalForm, catalogue: Catalogue) -> Iterator[Block]:
    if not form.deductions:
        yield Paragraph(NOTHING)
    for number, each in enumerate(form.deductions, start=1):
        weight = "仅作记录" if each.severity == "S0" else f"{each.severity}，扣{plain(each.points)}分"
        veto = f"，同时提出否决项{each.veto_code}" if each.veto_code else ""
        yield Paragraph(
            told(each.note, each.locus, each.quotes, each.law_citations) + precedents(each),
            lead=f"{number}．{each.code} {catalogue.deductions[each.code].zh}（{weight}{veto}）。",
            lead_level=3,
        )


def vetoes(form: EvalForm, catalogue: Catalogue) -> Iterator[Block]:
    if not form.veto_proposals:
        yield Paragraph(NOTHING)
    for number, each in enumerate(form.veto_proposals, start=1):
        yield Paragraph(
            veto_told(each), lead=f"{number}．{each.code} {catalogue.vetoes[each.code].zh}。", lead_level=3
        )


def veto_told(veto: VetoProposal) -> str:
    proof = f"依据生效文书{veto.document_no}。" if veto.document_no.strip() else ""
    return told(veto.note, "", veto.quotes, veto.law_citations) + proof


def told(note: str, locus: str, quotes: list[Quote], laws: list[LawCitation]) -> str:
    """Words, place, evidence and provisions of one entry, in full."""
    parts = [note.strip().rstrip("。"), f"位置：{locus.strip()}" if locus.strip() else ""]
    parts += [f"卷宗第{each.volume_number}卷第{each.page}页载明：“{each.text}”" for each in quotes]
    parts += [f"依据：{each.law}（{each.version}）{each.article}" for each in laws]
    return "".join(f"{part}。" for part in parts if part)


def precedents(deduction: Deduction) -> str:
    cited = deduction.precedent_citations
    return "".join(f"参考案例：{each.title}（{each.case_no}）“{each.text}”。" for each in cited)


def extra_fields(form: EvalForm) -> Iterator[Block]:
    """The extra fields of the template, where it has any."""
    fields = fields_of(form)
    states = field_states(fields, answers_of(form))
    rows = [
        (fields[one.code].zh, answer_told(fields[one.code], one))
        for one in form.answers
        if one.code in fields and states[one.code].shown
    ]
    if rows:
        yield Heading(2, "（附加栏目）")
        yield Table(("栏目", "内容"), tuple(rows), (32, 80))


def answer_told(asked: ExtraField, answer: FormAnswer) -> str:
    if answer.not_applicable:
        return f"不适用。{answer.reason.strip()}"
    chosen = "、".join(one.zh for one in asked.choices if one.value in answer.chosen)
    cited = told("", "", answer.quotes, answer.law_citations)
    cases = "".join(f"{one.title}（{one.case_no}）“{one.text}”。" for one in answer.precedent_citations)
    return f"{chosen}{answer.value.strip()}{cited}{cases}" or "未填写"


def proposals(form: EvalForm, rules: Rules) -> Iterator[Block]:
    outcome = OUTCOME_LABELS[form.proposed_outcome] if form.proposed_outcome else "未填写"
    routes = "、".join(rules.routes[code].zh for code in form.proposed_routes if code in rules.routes)
    measures = "、".join(rules.measures[code].zh for code in form.proposed_measures if code in rules.measures)
    yield Paragraph(f"{form.proposed_grade or '未填写'}等。", lead="建议等次：", lead_level=3)
    yield Paragraph(f"{outcome}。", lead="建议处理意见：", lead_level=3)
    yield Paragraph(f"{routes}。" if routes else NOTHING, lead="法定途径：", lead_level=3)
    yield Paragraph(f"{measures}。" if measures else NOTHING, lead="其他措施：", lead_level=3)
    yield Paragraph(form.proposal_reasons.strip() or NOTHING, lead="理由：", lead_level=3)
    yield Paragraph("保留。" if form.reserves_dissent else "不保留。", lead="不同意见：", lead_level=3)


def plain(points: Decimal) -> str:
    return f"{points.normalize():f}"
