"""What became of a case, in one of a few words."""

import re

from review_app.precedents.states import Stage

_REVIEWING = frozenset({Stage.SECOND, Stage.RETRIAL, Stage.DEATH})

_OF_EARLIER = (
    ("准许撤回上诉", r"准许[^。；]{0,60}撤回(?:上诉|抗诉)"),
    ("发回重审", r"发回.{0,24}重(?:新审[判理]|审)|指令[^。；]{0,40}(?:再审|审理|受理|立案)"),
    ("撤销或者改判", r"(?:撤销|变更|改判).{0,80}(?:判决|裁定|决定|[0-9]号)|改判"),
    ("维持原判", r"维持原[判裁]|维持.{0,80}(?:判决|裁定|决定)|驳回(?:上诉|抗诉|[^。；]{0,30}的?上诉)|(?<!不予)核准"),
)  # fmt: skip
_OF_PETITION = (
    ("提审或者指令再审", r"提审|指令.{0,40}再审|由本院(?:另行组成合议庭)?再审|中止原判决"),
    ("驳回再审申请、申诉", r"驳回.{0,60}(?:再审申请|申诉|申请)|不予(?:受理|支持)"),
)
_ENFORCEMENT = (
    ("恢复执行", r"恢复(?:.{0,60})执行"),
    ("终结本次执行程序", r"终结本次执行程序|终结.{0,60}本次执行程序|终结.{0,60}的?本次执行"),
    ("终结执行", r"终结.{0,60}执行"),
    ("中止执行", r"中止.{0,60}执行"),
    ("不予执行", r"不予执行"),
    ("撤销或者变更执行行为", r"(?:撤销|变更|纠正|解除).{0,80}(?:裁定|通知|执行|查封|冻结|扣押|行为|决定)|异议.{0,12}成立"),
    ("驳回异议、复议申请", r"驳回.{0,80}(?:异议|复议|申请|请求)"),
    ("查封、冻结、扣划", r"查封|冻结|扣划|划拨|扣押|拍卖"),
)  # fmt: skip
_CRIMINAL = (
    ("无罪", r"无罪|不负刑事责任|不构成犯罪"),
    ("准许撤回起诉", r"准许.{0,40}撤回(?:起诉|自诉)|准许.{0,40}撤诉"),
    ("终止审理", r"终止审理"),
    ("强制医疗", r"强制医疗"),
    ("免予刑事处罚", r"免(?:予|于|除)(?:刑事)?处罚"),
    ("死刑", r"死刑"),
    ("无期徒刑", r"无期徒刑"),
    ("减刑、假释", r"减去.{0,20}(?:徒刑|剩余)|予以(?:减刑|假释)|减为有期徒刑"),
    ("缓刑", r"缓刑|缓期执行|宣告缓期"),
    ("有期徒刑", r"有期[徒刑]{1,2}|徒刑"),
    ("拘役、管制", r"拘役|管制"),
    ("单处罚金", r"罚金"),
    ("驳回", r"驳回"),
)
_ADMINISTRATIVE = (
    ("准许撤诉", r"准许.{0,60}撤(?:回起诉|诉)"),
    ("不予立案、移送", r"不予(?:立案|受理)|移送.{0,40}(?:处理|法院)"),
    ("确认违法、无效", r"确认.{0,160}(?:违法|无效)"),
    ("撤销行政行为", r"撤销.{0,160}(?:决定|行为|通知|登记|证|批复|答复|认定|许可|批准)|撤销"),
    ("责令履行", r"责令.{0,120}(?:履行|作出|答复|处理|公开|支付|给付)"),
    ("变更行政行为", r"变更"),
    ("判决赔偿、补偿", r"赔偿|补偿"),
    ("维持", r"维持"),
    ("驳回", r"驳回"),
)
_PROSECUTION = (
    ("不起诉", r"不起诉"),
    ("提出抗诉", r"抗诉"),
    ("检察建议", r"建议"),
    ("不支持监督申请", r"不支持监督申请|终结审查"),
    ("提起公诉", r"提起公诉"),
)
_CIVIL = (
    ("准许撤诉", r"准许.{0,60}撤(?:回起诉|诉)|按(?:自动)?撤(?:回起诉|诉)处理"),
    ("驳回起诉", r"驳回.{0,60}起诉"),
    ("不予立案、移送", r"不予(?:立案|受理)|移送.{0,40}(?:处理|法院)"),
    ("调解", r"协议|调解"),
    ("保全", r"(?:查封|冻结|扣押).{0,60}(?:财产|存款|房|账户)"),
)  # fmt: skip
_GRANTS = re.compile(
    r"支付|赔偿|返还|履行|给付|偿还|付清|确认|解除|准予|准许|归.{0,20}所有|撤销|停止|恢复|交付|腾|承担(?!。)|退还|协助|继承"
)
_REJECTS = re.compile(r"驳回.{0,80}(?:诉讼)?请求")
_ALL_GRANTED = "支持全部或者部分请求"


def outcome_of(result: str, *, stage: Stage | None = None, field: str = "") -> str:
    """The result in one of a few words; empty when it names none of them. What becomes of another judgment counts only
    on appeal and retrial: a first judgment that revokes an earlier probation changes no judgment. ``field`` is the
    kind of document (刑事判决书 …), ``result`` the operative part."""
    flat = re.sub(r"\s+", "", result)
    if stage in _REVIEWING and (word := first_of(_OF_EARLIER, flat)):
        return word
    if stage is Stage.PETITION and (word := first_of(_OF_PETITION, flat)):
        return word
    if stage is Stage.ENFORCEMENT or field.startswith("执行"):
        return first_of(_ENFORCEMENT, flat)
    if stage is Stage.PROSECUTION:
        return first_of(_PROSECUTION, flat)
    if stage is Stage.RECONSIDERATION or field.startswith("行政"):
        return first_of(_ADMINISTRATIVE, flat)
    if field.startswith("刑事") or not field.startswith("民事"):
        word = first_of(_CRIMINAL, flat)
        if word and (field.startswith("刑事") or word not in ("驳回", "有期徒刑")):
            return word
    return civil_outcome(flat)


def first_of(possible: tuple[tuple[str, str], ...], flat: str) -> str:
    return next((word for word, pattern in possible if re.search(pattern, flat)), "")


def civil_outcome(flat: str) -> str:
    if word := first_of(_CIVIL, flat):
        return word
    granted = bool(_GRANTS.search(_REJECTS.sub("", flat)))
    if granted:
        return _ALL_GRANTED
    return "驳回" if _REJECTS.search(flat) or "驳回" in flat else ""
