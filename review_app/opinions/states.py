"""The parts of an opinion its panel writes, and the words for them."""

from enum import StrEnum

from review_app.errors import N_


class PartKey(StrEnum):
    """Parts with a fixed name; answers to requests are ``request-1`` …"""

    CASE = "case"
    HEARING = "hearing"
    FACTS = "facts"
    PRECEDENTS = "precedents"
    ADVICE = "advice"

    @staticmethod
    def request(seq: int) -> str:
        """The part that answers request ``seq``."""
        return f"request-{seq}"


PART_LABELS = {
    PartKey.CASE: N_("二、被评查案件基本情况"),
    PartKey.HEARING: N_("三、听取意见情况"),
    PartKey.FACTS: N_("四、评查查明的事实"),
    PartKey.PRECEDENTS: N_("七、类案检索情况"),
    PartKey.ADVICE: N_("十、处理建议"),
}
REQUEST_LABEL = N_("六、第%(seq)s项诉求的评析")

PART_HELP = {
    PartKey.CASE: N_("写明案件名称、案号、办案机关、程序经过和处理结果，每段一行。"),
    PartKey.HEARING: N_("写明何时听取信访人、被评查单位的意见，异议及其处理。"),
    PartKey.FACTS: N_("每行写一项事实并注明卷宗页码，系统自动编号。"),
    PartKey.PRECEDENTS: N_("写明检索范围、结果和与本案的关系。"),
    PartKey.ADVICE: N_("逐条写明由谁、做什么、经何法定途径、依据何条文、何时完成。"),
}


class RemarkState(StrEnum):
    """What became of a comment or proposal on a part."""

    OPEN = "OPEN"
    ADOPTED = "ADOPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


REMARK_LABELS = {
    RemarkState.OPEN: N_("待处理"),
    RemarkState.ADOPTED: N_("已采纳"),
    RemarkState.DECLINED: N_("未采纳"),
    RemarkState.WITHDRAWN: N_("已撤回"),
}


class Decision(StrEnum):
    """What the issuing leader decided: on issuance, never on content."""

    RETURNED = "RETURNED"
    RELEASED = "RELEASED"


DECISION_LABELS = {Decision.RETURNED: N_("退回补正"), Decision.RELEASED: N_("签发")}
