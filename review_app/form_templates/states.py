"""States of a template version, kinds of its extra fields and classes of a change, with their Chinese words."""

from enum import StrEnum

from review_app.errors import N_


class TemplateState(StrEnum):
    """DRAFT is edited; from PROPOSED on nothing of its content changes. Of the ACTIVE versions of a template the
    newest serves new reviews."""

    DRAFT = "DRAFT"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    ACTIVE = "ACTIVE"
    REFUSED = "REFUSED"


TEMPLATE_STATE_LABELS = {
    TemplateState.DRAFT: N_("草案"),
    TemplateState.PROPOSED: N_("待批准"),
    TemplateState.APPROVED: N_("已批准，待启用"),
    TemplateState.ACTIVE: N_("已启用"),
    TemplateState.REFUSED: N_("未批准"),
}

TEMPLATE_STEPS: dict[TemplateState, frozenset[TemplateState]] = {
    TemplateState.DRAFT: frozenset({TemplateState.PROPOSED}),
    TemplateState.PROPOSED: frozenset({TemplateState.APPROVED, TemplateState.REFUSED}),
    TemplateState.APPROVED: frozenset({TemplateState.ACTIVE}),
    TemplateState.ACTIVE: frozenset(),
    TemplateState.REFUSED: frozenset(),
}


class FieldKind(StrEnum):
    """What an extra field takes."""

    SINGLE = "SINGLE"
    MULTIPLE = "MULTIPLE"
    NUMBER = "NUMBER"
    DATE = "DATE"
    TEXT = "TEXT"
    QUOTATION = "QUOTATION"
    LAW = "LAW"
    PRECEDENT = "PRECEDENT"


FIELD_KIND_LABELS = {
    FieldKind.SINGLE: N_("单选"),
    FieldKind.MULTIPLE: N_("多选"),
    FieldKind.NUMBER: N_("数字"),
    FieldKind.DATE: N_("日期"),
    FieldKind.TEXT: N_("长文字"),
    FieldKind.QUOTATION: N_("案卷摘录"),
    FieldKind.LAW: N_("法律条文"),
    FieldKind.PRECEDENT: N_("案例引用"),
}
CHOOSING = frozenset({FieldKind.SINGLE, FieldKind.MULTIPLE})
CITING = frozenset({FieldKind.QUOTATION, FieldKind.LAW, FieldKind.PRECEDENT})


class ChangeClass(StrEnum):
    """How far a change reaches, from least to most."""

    WORDING = "WORDING"
    ADDITION = "ADDITION"
    REQUIREMENT = "REQUIREMENT"
    RESCORE = "RESCORE"


CHANGE_CLASS_LABELS = {
    ChangeClass.WORDING: N_("仅文字"),
    ChangeClass.ADDITION: N_("增加内容"),
    ChangeClass.REQUIREMENT: N_("改变必填要求"),
    ChangeClass.RESCORE: N_("改变评分"),
}
CHANGE_CLASS_HELP = {
    ChangeClass.WORDING: N_("名称、说明的文字改变，怎样填、怎样算不变。"),
    ChangeClass.ADDITION: N_("增加可选的项目，已有内容不受影响。"),
    ChangeClass.REQUIREMENT: N_("签名前必须填写的内容改变。"),
    ChangeClass.RESCORE: N_("满分、扣分幅度或者扣分项改变，同样的问题会得出不同的分数。"),
}
