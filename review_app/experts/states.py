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


class ExitGround(StrEnum):
    """Why somebody leaves the pool or is suspended."""

    BREACH_OF_SECRECY = "BREACH_OF_SECRECY"
    CONCEALED_CONFLICT = "CONCEALED_CONFLICT"
    LATE_FORMS = "LATE_FORMS"
    REFUSALS = "REFUSALS"
    UNIT_RECALL = "UNIT_RECALL"
    OWN_WISH = "OWN_WISH"
    UNDER_INQUIRY = "UNDER_INQUIRY"
    OTHER = "OTHER"


EXIT_GROUND_LABELS = {
    ExitGround.BREACH_OF_SECRECY: N_("违反保密规定"),
    ExitGround.CONCEALED_CONFLICT: N_("隐瞒应当回避的情形"),
    ExitGround.LATE_FORMS: N_("十二个月内三次逾期提交评查表"),
    ExitGround.REFUSALS: N_("两次无正当理由拒绝参加"),
    ExitGround.UNIT_RECALL: N_("所在单位撤回推荐"),
    ExitGround.OWN_WISH: N_("本人申请"),
    ExitGround.UNDER_INQUIRY: N_("正在接受审查、调查"),
    ExitGround.OTHER: N_("其他"),
}


class CredentialKind(StrEnum):
    LAWYER_LICENCE = "LAWYER_LICENCE"
    LEGAL_QUALIFICATION = "LEGAL_QUALIFICATION"
    JUDGE_APPOINTMENT = "JUDGE_APPOINTMENT"
    PROSECUTOR_APPOINTMENT = "PROSECUTOR_APPOINTMENT"
    POLICE_CERTIFICATE = "POLICE_CERTIFICATE"
    NOTARY_LICENCE = "NOTARY_LICENCE"
    ARBITRATOR = "ARBITRATOR"
    FORENSIC_APPRAISER = "FORENSIC_APPRAISER"
    ACCOUNTANT = "ACCOUNTANT"
    COST_ENGINEER = "COST_ENGINEER"
    REAL_ESTATE_VALUER = "REAL_ESTATE_VALUER"
    DOCTOR = "DOCTOR"
    ACADEMIC_TITLE = "ACADEMIC_TITLE"
    OTHER = "OTHER"


CREDENTIAL_LABELS = {
    CredentialKind.LAWYER_LICENCE: N_("律师执业证"),
    CredentialKind.LEGAL_QUALIFICATION: N_("法律职业资格证书"),
    CredentialKind.JUDGE_APPOINTMENT: N_("法官任命文件"),
    CredentialKind.PROSECUTOR_APPOINTMENT: N_("检察官任命文件"),
    CredentialKind.POLICE_CERTIFICATE: N_("人民警察执法资格证"),
    CredentialKind.NOTARY_LICENCE: N_("公证员执业证"),
    CredentialKind.ARBITRATOR: N_("仲裁员聘书"),
    CredentialKind.FORENSIC_APPRAISER: N_("司法鉴定人执业证"),
    CredentialKind.ACCOUNTANT: N_("注册会计师证书"),
    CredentialKind.COST_ENGINEER: N_("造价工程师证书"),
    CredentialKind.REAL_ESTATE_VALUER: N_("房地产估价师证书"),
    CredentialKind.DOCTOR: N_("医师执业证书"),
    CredentialKind.ACADEMIC_TITLE: N_("高校教师专业技术职务证书"),
    CredentialKind.OTHER: N_("其他资格证件"),
}


class CredentialState(StrEnum):
    """What a credential counts for on a day."""

    VALID = "VALID"
    UNVERIFIED = "UNVERIFIED"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    RENEWED = "RENEWED"
    WITHDRAWN = "WITHDRAWN"


CREDENTIAL_STATE_LABELS = {
    CredentialState.VALID: N_("有效"),
    CredentialState.UNVERIFIED: N_("待核验"),
    CredentialState.NOT_YET: N_("未到生效日期"),
    CredentialState.EXPIRED: N_("已过期"),
    CredentialState.RENEWED: N_("已换新证"),
    CredentialState.WITHDRAWN: N_("已撤销登记"),
}


class LetterKind(StrEnum):
    APPOINTMENT = "APPOINTMENT"
    CERTIFICATE = "CERTIFICATE"


LETTER_LABELS = {LetterKind.APPOINTMENT: N_("聘书"), LetterKind.CERTIFICATE: N_("履职证明")}

# the words of a letter's number after the first character of the place: 青评聘〔2026〕1号
LETTER_MARKS = {LetterKind.APPOINTMENT: "评聘", LetterKind.CERTIFICATE: "评证"}


class RequestState(StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


REQUEST_STATE_LABELS = {
    RequestState.PENDING: N_("待审核"),
    RequestState.APPROVED: N_("已同意"),
    RequestState.REFUSED: N_("未同意"),
    RequestState.WITHDRAWN: N_("已撤回"),
}

DEPTH_LABELS = {1: N_("了解"), 2: N_("经常办理"), 3: N_("专长")}
