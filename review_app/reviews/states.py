"""States of a review, the allowed steps between them, and the words for both."""

from enum import StrEnum

from review_app.errors import N_


class ReviewState(StrEnum):
    DUE = "DUE"
    INTAKE = "INTAKE"
    FILES = "FILES"
    DRAW = "DRAW"
    NOTICE = "NOTICE"
    READING = "READING"
    DRAFT = "DRAFT"
    HEARING = "HEARING"
    DELIBERATION = "DELIBERATION"
    ESCALATED = "ESCALATED"
    OPINION = "OPINION"
    SIGNOFF = "SIGNOFF"
    ISSUED = "ISSUED"
    RECTIFY = "RECTIFY"
    FOLLOWUP = "FOLLOWUP"
    CLOSED = "CLOSED"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"
    REOPENED = "REOPENED"


S = ReviewState

STATE_LABELS = {
    S.DUE: N_("待评查"),
    S.INTAKE: N_("立项"),
    S.FILES: N_("调卷"),
    S.DRAW: N_("抽选"),
    S.NOTICE: N_("告知"),
    S.READING: N_("阅卷评查"),
    S.DRAFT: N_("汇总"),
    S.HEARING: N_("听取意见"),
    S.DELIBERATION: N_("研讨"),
    S.ESCALATED: N_("提级"),
    S.OPINION: N_("出具意见"),
    S.SIGNOFF: N_("签发"),
    S.ISSUED: N_("已发"),
    S.RECTIFY: N_("整改落实"),
    S.FOLLOWUP: N_("化解跟踪"),
    S.CLOSED: N_("归档"),
    S.SUSPENDED: N_("中止"),
    S.WITHDRAWN: N_("撤项"),
    S.REOPENED: N_("重新评查"),
}

# the line every review follows; the track on a review's page is drawn from it
MAIN_LINE = (
    S.DUE, S.INTAKE, S.FILES, S.DRAW, S.NOTICE, S.READING, S.DRAFT, S.HEARING, S.DELIBERATION,
    S.OPINION, S.SIGNOFF, S.ISSUED, S.RECTIFY, S.FOLLOWUP, S.CLOSED,
)  # fmt: skip

# states in which a review can be interrupted, and to which a suspended one returns
RUNNING = frozenset(MAIN_LINE[1:-1]) | {S.ESCALATED, S.REOPENED}
BEFORE_BALLOTS = frozenset(MAIN_LINE[:9])
AFTER_ISSUE = frozenset({S.ISSUED, S.RECTIFY, S.FOLLOWUP, S.CLOSED})

STEPS: dict[ReviewState, frozenset[ReviewState]] = {
    S.DUE: frozenset({S.INTAKE}),
    S.INTAKE: frozenset({S.FILES}),
    S.FILES: frozenset({S.DRAW}),
    S.DRAW: frozenset({S.NOTICE}),
    S.NOTICE: frozenset({S.READING}),
    S.READING: frozenset({S.DRAFT}),
    S.DRAFT: frozenset({S.HEARING, S.READING}),
    S.HEARING: frozenset({S.DELIBERATION, S.READING}),
    S.DELIBERATION: frozenset({S.OPINION, S.ESCALATED, S.READING}),
    S.ESCALATED: frozenset({S.DRAW, S.OPINION}),
    S.OPINION: frozenset({S.SIGNOFF}),
    S.SIGNOFF: frozenset({S.ISSUED, S.OPINION}),
    S.ISSUED: frozenset({S.RECTIFY}),
    S.RECTIFY: frozenset({S.FOLLOWUP}),
    S.FOLLOWUP: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.SUSPENDED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.REOPENED: frozenset({S.DRAW}),
}


def steps_from(state: ReviewState, suspended_from: ReviewState | None = None) -> frozenset[ReviewState]:
    """States a review in ``state`` may go to, interruptions included."""
    onward = STEPS[state]
    if state is S.SUSPENDED:
        return frozenset({suspended_from}) if suspended_from else frozenset()
    if state in RUNNING:
        onward |= {S.SUSPENDED}
    if state in BEFORE_BALLOTS:
        onward |= {S.WITHDRAWN}
    if state in AFTER_ISSUE:
        onward |= {S.REOPENED}
    return onward


class Capacity(StrEnum):
    """The seat on a panel."""

    CHAIR = "CHAIR"
    LEAD = "LEAD"
    MEMBER = "MEMBER"


CAPACITY_LABELS = {
    Capacity.CHAIR: N_("组长"),
    Capacity.LEAD: N_("主评人"),
    Capacity.MEMBER: N_("组员"),
}


class AccessStage(StrEnum):
    """SUMMARY: case summary without names, before the conflict statement; FULL: the file."""

    SUMMARY = "SUMMARY"
    FULL = "FULL"


class DoubtReason(StrEnum):
    ORGANS_DISAGREE = "ORGANS_DISAGREE"
    APPRAISALS_DISAGREE = "APPRAISALS_DISAGREE"
    NEW_EVIDENCE = "NEW_EVIDENCE"
    INSTANCES_DISAGREE = "INSTANCES_DISAGREE"
    PROCURATORATE_SUGGESTION = "PROCURATORATE_SUGGESTION"
    LONG_OR_REPEATED = "LONG_OR_REPEATED"
    EARLIER_S3_S4 = "EARLIER_S3_S4"
    ASKED_FOR = "ASKED_FOR"


DOUBT_LABELS = {
    DoubtReason.ORGANS_DISAGREE: N_("两个以上机关意见不一致"),
    DoubtReason.APPRAISALS_DISAGREE: N_("鉴定、评估意见相互矛盾"),
    DoubtReason.NEW_EVIDENCE: N_("出现新证据"),
    DoubtReason.INSTANCES_DISAGREE: N_("上下级处理结果不一致"),
    DoubtReason.PROCURATORATE_SUGGESTION: N_("检察机关已提出建议"),
    DoubtReason.LONG_OR_REPEATED: N_("信访超过三年或者重复五次以上"),
    DoubtReason.EARLIER_S3_S4: N_("前次评查存在较重或者严重问题"),
    DoubtReason.ASKED_FOR: N_("主评人或者办理单位提出"),
}


class MajorReason(StrEnum):
    """Grounds for a panel of seven."""

    DEATH = "DEATH"
    COLLECTIVE = "COLLECTIVE"
    AMOUNT = "AMOUNT"
    SPLIT_EARLIER = "SPLIT_EARLIER"
    DOCKETED = "DOCKETED"


MAJOR_LABELS = {
    MajorReason.DEATH: N_("涉及人员死亡"),
    MajorReason.COLLECTIVE: N_("五人以上集体访"),
    MajorReason.AMOUNT: N_("标的额一百万元以上"),
    MajorReason.SPLIT_EARLIER: N_("前次评查意见分歧"),
    MajorReason.DOCKETED: N_("领导批示立项"),
}


class Outcome(StrEnum):
    MAINTAIN = "MAINTAIN"
    SUPPLEMENT = "SUPPLEMENT"
    CORRECT = "CORRECT"
    IMPORT = "IMPORT"


OUTCOME_LABELS = {
    Outcome.MAINTAIN: N_("维持原处理结论"),
    Outcome.SUPPLEMENT: N_("瑕疵补正"),
    Outcome.CORRECT: N_("错误纠正（建议启动法定纠错程序）"),
    Outcome.IMPORT: N_("导入法律程序"),
}


class Resolution(StrEnum):
    OPEN = "OPEN"
    IN_PROCEDURE = "IN_PROCEDURE"
    TERMINATING = "TERMINATING"
    TERMINATED = "TERMINATED"
    RESOLVED = "RESOLVED"


RESOLUTION_LABELS = {
    Resolution.OPEN: N_("未化解"),
    Resolution.IN_PROCEDURE: N_("程序进行中"),
    Resolution.TERMINATING: N_("终结办理中"),
    Resolution.TERMINATED: N_("依法终结"),
    Resolution.RESOLVED: N_("已化解"),
}


class InvolvedAs(StrEnum):
    """How somebody is involved in the underlying case; recusal rules read it."""

    PETITIONER = "PETITIONER"
    PARTY = "PARTY"
    VICTIM = "VICTIM"
    COUNSEL = "COUNSEL"
    OFFICER = "OFFICER"
    WITNESS = "WITNESS"
    APPRAISER = "APPRAISER"


INVOLVED_LABELS = {
    InvolvedAs.PETITIONER: N_("信访人"),
    InvolvedAs.PARTY: N_("当事人"),
    InvolvedAs.VICTIM: N_("被害人"),
    InvolvedAs.COUNSEL: N_("代理人、辩护人"),
    InvolvedAs.OFFICER: N_("承办人"),
    InvolvedAs.WITNESS: N_("证人"),
    InvolvedAs.APPRAISER: N_("鉴定人、评估人"),
}


class VolumeKind(StrEnum):
    MAIN = "MAIN"
    SIDE = "SIDE"
    EXECUTION = "EXECUTION"
    PETITION = "PETITION"
    SELF_REVIEW = "SELF_REVIEW"
    OTHER = "OTHER"


VOLUME_LABELS = {
    VolumeKind.MAIN: N_("正卷"),
    VolumeKind.SIDE: N_("副卷"),
    VolumeKind.EXECUTION: N_("执行卷"),
    VolumeKind.PETITION: N_("信访卷"),
    VolumeKind.SELF_REVIEW: N_("自评表"),
    VolumeKind.OTHER: N_("其他材料"),
}

TEMPLATE_LABELS = {
    "GEN": N_("通用"),
    "CRIM": N_("刑事"),
    "CIV": N_("民事（含劳动）"),
    "ADM": N_("行政"),
    "EXE": N_("执行"),
    "POL": N_("公安立案、治安"),
}
