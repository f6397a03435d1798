"""States of draws, seats, statements and recusal requests, and the words for them."""

from enum import StrEnum

from review_app.errors import N_


class DrawState(StrEnum):
    OPENED = "OPENED"
    AWAITING_WITNESS = "AWAITING_WITNESS"
    DRAWN = "DRAWN"
    VOIDED = "VOIDED"


DRAW_STATE_LABELS = {
    DrawState.OPENED: N_("已发起，待输入随机数"),
    DrawState.AWAITING_WITNESS: N_("待见证"),
    DrawState.DRAWN: N_("已抽选"),
    DrawState.VOIDED: N_("已作废"),
}

DRAW_STEPS: dict[DrawState, frozenset[DrawState]] = {
    DrawState.OPENED: frozenset({DrawState.AWAITING_WITNESS, DrawState.VOIDED}),
    DrawState.AWAITING_WITNESS: frozenset({DrawState.DRAWN, DrawState.VOIDED}),
    DrawState.DRAWN: frozenset(),
    DrawState.VOIDED: frozenset(),
}


class DrawKind(StrEnum):
    FIRST = "FIRST"
    ENLARGE = "ENLARGE"


DRAW_KIND_LABELS = {DrawKind.FIRST: N_("组成评查组"), DrawKind.ENLARGE: N_("扩大评查组")}


class DrawMethod(StrEnum):
    """DRAW: by lot. MATCH: the best panel, ties by lot. RANDOM_MATCH: the best after noise, within the quality
    floor. PLAN: formed together with the panels of other reviews; the plan's record tells how."""

    DRAW = "DRAW"
    MATCH = "MATCH"
    RANDOM_MATCH = "RANDOM_MATCH"
    PLAN = "PLAN"


DRAW_METHOD_LABELS = {
    DrawMethod.DRAW: N_("随机抽取"),
    DrawMethod.MATCH: N_("择优匹配"),
    DrawMethod.RANDOM_MATCH: N_("随机匹配"),
    DrawMethod.PLAN: N_("批量编组"),
}

FOR_ONE = (DrawMethod.DRAW, DrawMethod.MATCH, DrawMethod.RANDOM_MATCH)
"""methods by which the panel of a single review is formed"""


class SeatRole(StrEnum):
    CHAIR = "CHAIR"
    LEAD = "LEAD"
    MEMBER = "MEMBER"
    SUBSTITUTE = "SUBSTITUTE"


SEAT_ROLE_LABELS = {
    SeatRole.CHAIR: N_("组长"),
    SeatRole.LEAD: N_("主评人"),
    SeatRole.MEMBER: N_("组员"),
    SeatRole.SUBSTITUTE: N_("候补"),
}


class SeatState(StrEnum):
    """WAITING: substitute; INVITED: drawn; STATED: first statement signed, names shown; ACCEPTED: both
    signed; SUSPENDED: a recusal request is pending; then the ways a seat ends."""

    WAITING = "WAITING"
    INVITED = "INVITED"
    STATED = "STATED"
    ACCEPTED = "ACCEPTED"
    SUSPENDED = "SUSPENDED"
    DECLINED = "DECLINED"
    RECUSED = "RECUSED"
    RELEASED = "RELEASED"
    PASSED_BY = "PASSED_BY"
    ENDED = "ENDED"


SEAT_STATE_LABELS = {
    SeatState.WAITING: N_("候补"),
    SeatState.INVITED: N_("待签署声明"),
    SeatState.STATED: N_("待二次声明"),
    SeatState.ACCEPTED: N_("已接受"),
    SeatState.SUSPENDED: N_("暂停（回避申请待决定）"),
    SeatState.DECLINED: N_("已谢绝"),
    SeatState.RECUSED: N_("已回避"),
    SeatState.RELEASED: N_("不再参加"),
    SeatState.PASSED_BY: N_("候补未递补"),
    SeatState.ENDED: N_("已结束"),
}

SEATED = frozenset({SeatState.INVITED, SeatState.STATED, SeatState.ACCEPTED, SeatState.SUSPENDED})

GONE = frozenset({SeatState.DECLINED, SeatState.RECUSED, SeatState.RELEASED})

SEAT_STEPS: dict[SeatState, frozenset[SeatState]] = {
    SeatState.WAITING: frozenset({SeatState.INVITED, SeatState.PASSED_BY, SeatState.ENDED}),
    SeatState.INVITED: frozenset(
        {
            SeatState.STATED, SeatState.DECLINED, SeatState.SUSPENDED, SeatState.RECUSED, SeatState.RELEASED,
            SeatState.ENDED,
        }
    ),
    SeatState.STATED: frozenset(
        {
            SeatState.ACCEPTED, SeatState.DECLINED, SeatState.SUSPENDED, SeatState.RECUSED,
            SeatState.RELEASED, SeatState.ENDED,
        }
    ),
    SeatState.ACCEPTED: frozenset(
        {SeatState.SUSPENDED, SeatState.RECUSED, SeatState.RELEASED, SeatState.ENDED}
    ),
    SeatState.SUSPENDED: frozenset(
        {
            SeatState.INVITED, SeatState.STATED, SeatState.ACCEPTED, SeatState.RECUSED, SeatState.RELEASED,
            SeatState.ENDED,
        }
    ),
    SeatState.PASSED_BY: frozenset({SeatState.WAITING, SeatState.INVITED}),
    SeatState.DECLINED: frozenset({SeatState.WAITING}),
    **{over: frozenset() for over in (SeatState.RECUSED, SeatState.RELEASED, SeatState.ENDED)},
}  # fmt: skip


class DeclineReason(StrEnum):
    CONFLICT = "CONFLICT"
    TIME = "TIME"
    HEALTH = "HEALTH"
    EXPERTISE = "EXPERTISE"
    OTHER = "OTHER"


DECLINE_LABELS = {
    DeclineReason.CONFLICT: N_("存在应当回避的情形"),
    DeclineReason.TIME: N_("时间冲突"),
    DeclineReason.HEALTH: N_("健康原因"),
    DeclineReason.EXPERTISE: N_("专业不符"),
    DeclineReason.OTHER: N_("其他"),
}


class Applicant(StrEnum):
    PETITIONER = "PETITIONER"
    ORGAN = "ORGAN"
    EXPERT = "EXPERT"
    OFFICE = "OFFICE"


APPLICANT_LABELS = {
    Applicant.PETITIONER: N_("信访人"),
    Applicant.ORGAN: N_("被评查单位"),
    Applicant.EXPERT: N_("专家本人"),
    Applicant.OFFICE: N_("办公室（依职权）"),
}


class RecusalState(StrEnum):
    PENDING = "PENDING"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    RECONSIDERING = "RECONSIDERING"
    UPHELD = "UPHELD"


RECUSAL_STATE_LABELS = {
    RecusalState.PENDING: N_("待决定"),
    RecusalState.GRANTED: N_("准予回避"),
    RecusalState.REFUSED: N_("驳回"),
    RecusalState.RECONSIDERING: N_("复议中"),
    RecusalState.UPHELD: N_("复议维持"),
}

RECUSAL_STEPS: dict[RecusalState, frozenset[RecusalState]] = {
    RecusalState.PENDING: frozenset({RecusalState.GRANTED, RecusalState.REFUSED}),
    RecusalState.REFUSED: frozenset({RecusalState.RECONSIDERING}),
    RecusalState.RECONSIDERING: frozenset({RecusalState.GRANTED, RecusalState.UPHELD}),
    RecusalState.GRANTED: frozenset(),
    RecusalState.UPHELD: frozenset(),
}


class ToldParty(StrEnum):
    """Who is told the names of the panel."""

    PETITIONER = "PETITIONER"
    ORGAN = "ORGAN"


TOLD_LABELS = {ToldParty.PETITIONER: N_("信访人"), ToldParty.ORGAN: N_("被评查单位")}


class TellingMethod(StrEnum):
    IN_PERSON = "IN_PERSON"
    POST = "POST"
    PHONE = "PHONE"
    ELECTRONIC = "ELECTRONIC"
    PLATFORM = "PLATFORM"


TELLING_LABELS = {
    TellingMethod.IN_PERSON: N_("当面告知"),
    TellingMethod.POST: N_("邮寄送达"),
    TellingMethod.PHONE: N_("电话告知"),
    TellingMethod.ELECTRONIC: N_("电子送达"),
    TellingMethod.PLATFORM: N_("平台通知"),
}

SEAT_KIND_LABELS = {
    "ACADEMIC": N_("学者席"),
    "ACADEMIC_OR_TECHNICAL": N_("学者或者行业专家席"),
    "LAWYER": N_("律师席"),
    "EXTERNAL": N_("外部专家席"),
    "SPECIALTY": N_("专业对口席"),
    "OPEN": N_("一般席"),
}

EXCLUSION_LABELS = {
    "INACTIVE": N_("不在库或者聘期已满"),
    "UNAVAILABLE": N_("暂不能参加"),
    "LOAD": N_("在办评查项目已满"),
    "MONTH_FULL": N_("本月参加评查已达上限"),
    "CREDENTIAL": N_("资格证件已过有效期"),
    "SAME_ORGAN_FORBIDDEN": N_("规则禁止被评查单位人员参加"),
    "UPPER_POOL": N_("上级专家库（未邀请）"),
    "NO_ACCOUNT": N_("没有登录账号"),
    "OFFICE_ROLE": N_("承担本平台管理职责"),
    "LEFT": N_("已退出本轮评查组"),
}

BOARD_RULE_LABELS = {
    "CHAIR": N_("组长人选"),
    "EXTERNAL": N_("外部专家"),
    "LAWYER": N_("律师"),
    "ACADEMIC": N_("学者"),
    "ACADEMIC_OR_TECHNICAL": N_("学者或者行业专家"),
    "SPECIALTY": N_("专业对口"),
    "PREFERRED_SPECIALTY": N_("优先专业"),
    "SAME_SYSTEM": N_("被评查单位同系统人数上限"),
    "SAME_ORGAN": N_("被评查单位人数上限"),
    "SAME_EMPLOYER": N_("同一任职单位人数上限"),
    "COMBINATION": N_("其余席位的组合"),
    "SEATED_ALREADY": N_("原有成员留任"),
    "SAME_SCORE": N_("得分相同，次序由种子决定"),
    "QUALITY_FLOOR": N_("随机匹配的质量下限"),
    "OTHER_PANELS": N_("须留给同批其他评查组"),
    "SIZE": N_("人数"),
}

RELAXATION_LABELS = {
    "ACADEMIC_SEAT": N_("放宽：学者席"),
    "SPECIALTY_MINUS_ONE": N_("放宽：专业对口人数减一"),
    "EMPLOYER_PLUS_ONE": N_("放宽：同一任职单位上限加一"),
    "UPPER_POOL": N_("放宽：邀请上级专家库专家"),
}

NOTE_LABELS = {
    "ACADEMIC_OR_TECHNICAL_NOT_AVAILABLE": N_("没有可抽选的学者或者行业专家，该席位不适用"),
    "PREFERRED_SPECIALTY_NOT_MET": N_("没有可入组的优先专业专家"),
    "SUBSTITUTES_SHORT": N_("候补人数不足"),
}


class OpinionState(StrEnum):
    """One person's opinion on a possible conflict: waiting for the second person, agreed, returned; or the
    fact changed meanwhile."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    RETURNED = "RETURNED"
    LAPSED = "LAPSED"


OPINION_LABELS = {
    OpinionState.PROPOSED: N_("待第二人确认"),
    OpinionState.AGREED: N_("已确认"),
    OpinionState.RETURNED: N_("第二人不同意，已退回"),
    OpinionState.LAPSED: N_("事实已变更，自动失效"),
}

CHECK_LABELS = {
    "BARRED": N_("应当回避"),
    "PENDING": N_("待决定"),
    "UNCHECKED": N_("部分未核查"),
    "CLEAR": N_("未发现冲突"),
    "NEVER": N_("尚未核查"),
}


class FoundState(StrEnum):
    """A name found in the text of the file: waiting for a person, entered among the people of the case, or
    put aside."""

    WAITING = "WAITING"
    TAKEN = "TAKEN"
    DISMISSED = "DISMISSED"


class InvitationChannel(StrEnum):
    """How the link reaches the expert."""

    SMS = "SMS"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    IN_PERSON = "IN_PERSON"


CHANNEL_LABELS = {
    InvitationChannel.SMS: N_("短信"),
    InvitationChannel.EMAIL: N_("电子邮件"),
    InvitationChannel.PHONE: N_("电话告知"),
    InvitationChannel.IN_PERSON: N_("当面告知"),
}


class InvitationAnswer(StrEnum):
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


ANSWER_LABELS = {
    InvitationAnswer.ACCEPTED: N_("愿意参加"),
    InvitationAnswer.DECLINED: N_("谢绝参加"),
}
