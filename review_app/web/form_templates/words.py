"""Places of a template in words: ``items.D4-02.severity`` is D4-02 严重程度."""

from flask_babel import gettext

from review_app.errors import N_

GROUPS = {
    "severity_points": N_("扣分幅度"),
    "quotes_min": N_("至少摘录"),
    "dimension_text_min": N_("审查情况最少字数"),
    "dimensions": N_("维度和扣分项"),
    "items": N_("扣分项"),
    "fields": N_("附加栏目"),
}
PARTS = {
    "zh": N_("中文名称"), "en": N_("英文名称"), "help_zh": N_("填写说明（中文）"), "help_en": N_("填写说明（英文）"),
    "maximum": N_("满分"), "may_not_apply": N_("可否不适用"), "severity": N_("严重程度"),
    "may_rise_to": N_("还可以选"), "veto": N_("可以同时提出的否决项"), "law": N_("通常依据的法条"),
    "offered": N_("可以选用"), "kind": N_("种类"), "required": N_("必填"), "choices": N_("选项"),
    "lowest": N_("最小值"), "highest": N_("最大值"), "shown_if": N_("出现的条件"),
    "required_if": N_("必填的条件"),
}  # fmt: skip


def place_words(place: str) -> str:
    """The place in the reader's language; codes stay as they are."""
    steps = place.replace("[", ".").replace("]", "").split(".")
    if len(steps) == 1:
        return str(gettext(GROUPS.get(place) or PARTS.get(place) or place))
    head = [] if steps[0] in ("dimensions", "items") else [str(gettext(GROUPS.get(steps[0], steps[0])))]
    return " ".join((*head, *(str(gettext(PARTS[one])) if one in PARTS else one for one in steps[1:])))
