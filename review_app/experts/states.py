"""Categories, specialties and states of experts, and the kinds of tie that recusal rules read."""

from enum import StrEnum

from review_app.errors import N_


class ExpertCategory(StrEnum):
    LAWYER = "LAWYER"
    JUDGE = "JUDGE"
    PROSECUTOR = "PROSECUTOR"
    POLICE = "POLICE"
    JUSTICE_ADMIN = "JUSTICE_ADMIN"
    ACADEMIC = "ACADEMIC"
    TECHNICAL = "TECHNICAL"


CATEGORY_LABELS = {
    ExpertCategory.LAWYER: N_("律师"),
    ExpertCategory.JUDGE: N_("法官"),
    ExpertCategory.PROSECUTOR: N_("检察官"),
    ExpertCategory.POLICE: N_("人民警察"),
    ExpertCategory.JUSTICE_ADMIN: N_("司法行政、复议、仲裁、公证"),
    ExpertCategory.ACADEMIC: N_("高校学者"),
    ExpertCategory.TECHNICAL: N_("行业专家"),
}

EXTERNAL = frozenset({ExpertCategory.LAWYER, ExpertCategory.ACADEMIC, ExpertCategory.TECHNICAL})

SPECIALTIES = (
    "刑事", "民事合同", "婚姻家庭", "侵权", "劳动", "物权土地", "行政", "征收补偿", "执行", "国家赔偿",
    "民行监督", "控告申诉", "公安程序", "治安", "交通", "公证", "司法鉴定", "会计审计", "工程造价",
    "房地产评估", "医疗", "诉讼法", "心理与信访沟通",
)  # fmt: skip


class ExpertStatus(StrEnum):
    NOMINATED = "NOMINATED"
    VETTED = "VETTED"
    APPOINTED = "APPOINTED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    REMOVED = "REMOVED"
    EXPIRED = "EXPIRED"


EXPERT_STATUS_LABELS = {
    ExpertStatus.NOMINATED: N_("已推荐"),
    ExpertStatus.VETTED: N_("已审核"),
    ExpertStatus.APPOINTED: N_("已聘任"),
    ExpertStatus.ACTIVE: N_("在库"),
    ExpertStatus.SUSPENDED: N_("暂停"),
    ExpertStatus.REMOVED: N_("已退出"),
    ExpertStatus.EXPIRED: N_("已到期"),
}

EXPERT_STEPS: dict[ExpertStatus, frozenset[ExpertStatus]] = {
    ExpertStatus.NOMINATED: frozenset({ExpertStatus.VETTED, ExpertStatus.REMOVED}),
    ExpertStatus.VETTED: frozenset({ExpertStatus.APPOINTED, ExpertStatus.REMOVED}),
    ExpertStatus.APPOINTED: frozenset({ExpertStatus.ACTIVE, ExpertStatus.REMOVED}),
    ExpertStatus.ACTIVE: frozenset({ExpertStatus.SUSPENDED, ExpertStatus.REMOVED, ExpertStatus.EXPIRED}),
    ExpertStatus.SUSPENDED: frozenset({ExpertStatus.ACTIVE, ExpertStatus.REMOVED, ExpertStatus.EXPIRED}),
    ExpertStatus.REMOVED: frozenset(),
    ExpertStatus.EXPIRED: frozenset({ExpertStatus.NOMINATED}),
}


class TieKind(StrEnum):
    """What ties an expert to somebody, as declared or recorded; each feeds recusal rules."""

    SPOUSE = "SPOUSE"
    LINEAL = "LINEAL"
    COLLATERAL = "COLLATERAL"
    IN_LAW = "IN_LAW"
    INTEREST = "INTEREST"
    SHAREHOLDER = "SHAREHOLDER"
    REPRESENTED = "REPRESENTED"
    TOOK_PART = "TOOK_PART"
    HANDLED = "HANDLED"
    MET_PRIVATELY = "MET_PRIVATELY"
    RECOMMENDED = "RECOMMENDED"
    COMMENTED = "COMMENTED"
    OTHER_TIE = "OTHER_TIE"
    OPEN_DISPUTE = "OPEN_DISPUTE"


KIN = frozenset({TieKind.SPOUSE, TieKind.LINEAL, TieKind.COLLATERAL, TieKind.IN_LAW})

TIE_LABELS = {
    TieKind.SPOUSE: N_("配偶"),
    TieKind.LINEAL: N_("直系血亲"),
    TieKind.COLLATERAL: N_("三代以内旁系血亲"),
    TieKind.IN_LAW: N_("近姻亲"),
    TieKind.INTEREST: N_("利害关系"),
    TieKind.SHAREHOLDER: N_("持有股份"),
    TieKind.REPRESENTED: N_("代理、辩护"),
    TieKind.TOOK_PART: N_("担任过证人、鉴定人、翻译人、勘验人"),
    TieKind.HANDLED: N_("参与办理"),
    TieKind.MET_PRIVATELY: N_("接受宴请、财物或者私下会见"),
    TieKind.RECOMMENDED: N_("推荐代理人或者介绍案件"),
    TieKind.COMMENTED: N_("公开评论或者出具意见"),
    TieKind.OTHER_TIE: N_("债权债务、雇佣、邻里、同学等其他关系"),
    TieKind.OPEN_DISPUTE: N_("有未了结的信访或者诉讼"),
}
