"""Answers of the reviewed organ, tasks after the opinion, grounds of a resolution: values and their words."""

from enum import StrEnum

from review_app.errors import N_


class ReplyState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"


REPLY_STATE_LABELS = {
    ReplyState.DRAFT: N_("填写中"),
    ReplyState.SUBMITTED: N_("已提交"),
}


class Answer(StrEnum):
    """What the reviewed organ says to one finding or recommendation."""

    DONE = "DONE"
    PLANNED = "PLANNED"
    ROUTE = "ROUTE"
    REFUSED = "REFUSED"


ANSWER_LABELS = {
    Answer.DONE: N_("已整改"),
    Answer.PLANNED: N_("计划整改"),
    Answer.ROUTE: N_("已启动法定程序"),
    Answer.REFUSED: N_("不采纳（附理由）"),
}

ANSWER_HINTS = {
    Answer.DONE: N_("写明已经采取的措施。"),
    Answer.PLANNED: N_("写明将采取的措施和完成日期。"),
    Answer.ROUTE: N_("写明启动的程序和案号。"),
    Answer.REFUSED: N_("写明不采纳的事实和法律理由，不少于20个字。"),
}


class TaskKind(StrEnum):
    MEASURE = "MEASURE"
    ROUTE = "ROUTE"
    RECTIFICATION = "RECTIFICATION"
    OTHER = "OTHER"


TASK_KIND_LABELS = {
    TaskKind.MEASURE: N_("化解措施"),
    TaskKind.ROUTE: N_("法定程序"),
    TaskKind.RECTIFICATION: N_("整改事项"),
    TaskKind.OTHER: N_("其他事项"),
}


class TaskState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"


TASK_STATE_LABELS = {
    TaskState.OPEN: N_("进行中"),
    TaskState.DONE: N_("已完成"),
    TaskState.DROPPED: N_("不再进行（附理由）"),
}

TASK_STEPS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset(),
    TaskState.DROPPED: frozenset(),
}


class Basis(StrEnum):
    """The three grounds on which a matter counts as resolved."""

    AGREEMENT = "AGREEMENT"
    CORRECTION = "CORRECTION"
    STATEMENT = "STATEMENT"


BASIS_LABELS = {
    Basis.AGREEMENT: N_("调解、和解协议已经履行"),
    Basis.CORRECTION: N_("有权机关的纠正文书已经生效，诉求得到满足"),
    Basis.STATEMENT: N_("信访人知悉救济途径后书面表示事项已经解决"),
}

BASIS_HINTS = {
    Basis.AGREEMENT: N_("仅签订协议不算化解，须附履行凭证。"),
    Basis.CORRECTION: N_("附生效文书，写明文号。"),
    Basis.STATEMENT: N_(
        "须先告知救济途径，附书面意见和谈话笔录；给予救助或者补偿不得以放弃诉讼、信访权利为条件。"
    ),
}


class TerminationCheck(StrEnum):
    """What a termination file must show; the office prepares the file, the competent organ decides."""

    REMEDIES = "REMEDIES"
    REVIEW = "REVIEW"
    SERVED = "SERVED"
    AID = "AID"
    HEARING = "HEARING"


TERMINATION_LABELS = {
    TerminationCheck.REMEDIES: N_("法定救济途径已经用尽或者期限已过"),
    TerminationCheck.REVIEW: N_("专家评查已经完成并印发意见"),
    TerminationCheck.SERVED: N_("处理结果和评查结果已经书面告知信访人"),
    TerminationCheck.AID: N_("合理诉求已经解决，困难已经依法救助"),
    TerminationCheck.HEARING: N_("已经听证或者当面听取信访人意见"),
}


CONFIRMATION_LABELS = {
    Basis.AGREEMENT: N_("协议约定的给付已经全部履行，或者到期部分已经履行且信访人确认"),
    Basis.CORRECTION: N_("纠正文书已经生效，信访人的诉求已经得到满足"),
    Basis.STATEMENT: N_("救助、补偿均未以放弃诉讼或者信访权利为条件"),
}
