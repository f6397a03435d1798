"""The words of the Word form. It is an official Chinese form, whatever language its reader uses on screen."""

from collections.abc import Mapping

from review_app.errors import N_
from review_app.evaluations.form_input import RECORD_REASON_LABELS
from review_app.evaluations.models import EvalForm
from review_app.evaluations.states import METHOD_LABELS
from review_app.form_templates.catalogue import Catalogue
from review_app.form_templates.reading import catalogue_of, fields_of, rules_of
from review_app.reviews.models import FileDocument
from review_app.rulebook import Rules
from review_app.rulebook.rules import GRADES, SEVERITIES

FILL_IN = "［点此填写］"
FILL_SHORT = "［填］"
CHOOSE = "［请选择］"
PLACEHOLDERS = (FILL_IN, FILL_SHORT, CHOOSE)
WORD_INVITES = frozenset(
    {
        "单击或点击此处输入文字。", "单击此处输入文字。", "点击此处输入文字。", "单击或点击以输入文字。", "选择一项。",
        "Click or tap here to enter text.", "Click here to enter text.", "Choose an item.",
    }
)  # fmt: skip
"""what Word and WPS write themselves into a field that was emptied"""
MOST_OFFERED = 60
"""documents of the file offered in a list; of more, the number is written"""

FIELD_WORDS = {
    "highlights": N_("亮点"),
    "proposed_grade": N_("建议等次"),
    "proposed_outcome": N_("建议处理结果"),
    "proposed_routes": N_("建议的法定途径"),
    "proposed_measures": N_("建议措施"),
    "proposal_reasons": N_("建议理由"),
    "reserves_dissent": N_("保留意见"),
    "volumes_read": N_("已阅的卷（填卷号，例如：1、2、5-8）"),
    "method": N_("阅卷方式"),
    "minutes_spent": N_("用时（分钟）"),
    "reading_note": N_("阅卷说明"),
    "text": N_("审查情况"),
    "clean": N_("未发现问题"),
    "code": N_("扣分项"),
    "severity": N_("严重程度"),
    "points": N_("扣分"),
    "locus": N_("涉及的材料、页码或者行为"),
    "note": N_("认定的事实和理由"),
    "veto_code": N_("一并提出的否决项"),
    "record_reason": N_("只记录不扣分的理由"),
    "remove": N_("从评查表上移除本项"),
    "propose": N_("提出本项否决"),
    "document_no": N_("生效文书文号"),
    "not_applicable": N_("不适用（写明理由）"),
    "reason": N_("不适用的理由"),
    "value": N_("填写"),
    "chosen": N_("选择"),
}
QUOTE_HEADS = ("材料", "页", "原文（10至200字，照原文抄录）", "移除")
LAW_HEADS = ("法律名称", "版本（年份）", "条、款、项", "条文内容", "行为日", "移除")


def rules_for(form: EvalForm) -> Rules:
    """The rules the form is filled by."""
    return rules_of(form)


def catalogue_for(form: EvalForm) -> Catalogue:
    """The catalogue the form is filled by."""
    return catalogue_of(form)


def choices_for(form: EvalForm, name: str) -> Mapping[str, str]:
    """What may be chosen in the field ``name``: value and words. Empty when it is not a field of choice."""
    rules, catalogue = rules_for(form), catalogue_for(form)
    if name.startswith("field."):
        return extra_choices(form, name)
    match name.rpartition(".")[2]:
        case "code":
            items = catalogue.for_template(form.template)
            return {code: f"{code} {item.zh}" for code, item in items.items()}
        case "severity":
            return {code: f"{code} {rules.severities[code].zh}" for code in SEVERITIES}
        case "veto_code":
            vetoes = catalogue.vetoes.items()
            return {code: f"{code} {item.zh}" for code, item in vetoes if not item.alone}
        case "record_reason":
            return {str(code): label for code, label in RECORD_REASON_LABELS.items()}
        case "method":
            return {str(code): label for code, label in METHOD_LABELS.items()}
        case "proposed_grade":
            return {grade: f"{grade} {rules.grade_label(grade).zh}" for grade in GRADES}
        case "proposed_outcome":
            return {code: outcome.zh for code, outcome in rules.outcomes.items()}
        case "proposed_routes":
            return {code: f"{route.zh}（{route.law}）" for code, route in rules.routes.items()}
        case "proposed_measures":
            return {code: label.zh for code, label in rules.measures.items()}
        case _:
            return {}


def extra_choices(form: EvalForm, name: str) -> Mapping[str, str]:
    """What may be chosen in an extra field: ``field.3.chosen``."""
    _kind, seq, short = name.split(".")
    answer = next((one for one in form.answers if str(one.seq) == seq), None)
    if answer is None or short != "chosen":
        return {}
    return {choice.value: choice.zh for choice in fields_of(form)[answer.code].choices}


def materials_of(form: EvalForm) -> dict[str, FileDocument]:
    """The documents that can be quoted, by the number they carry on the form: ``2-5`` is the fifth document
    of the second volume."""
    return {
        f"{volume.number}-{document.number}": document
        for volume in form.review.volumes
        for document in volume.documents
        if document.withdrawn_at is None
    }


def material_words(number: str, document: FileDocument) -> str:
    return f"{number} {document.title}"
