"""States of findings, hearings, sessions, questions and escalations, with their Chinese words."""

from enum import StrEnum

from review_app.errors import N_


class QuestionKind(StrEnum):
    FINDING = "FINDING"
    VETO = "VETO"
    GRADE = "GRADE"
    OUTCOME = "OUTCOME"
    MEASURE = "MEASURE"


QUESTION_LABELS = {
    QuestionKind.FINDING: N_("问题是否成立"),
    QuestionKind.VETO: N_("是否一票否决"),
    QuestionKind.GRADE: N_("等次"),
    QuestionKind.OUTCOME: N_("处理结果"),
    QuestionKind.MEASURE: N_("化解措施"),
}


class Stage(StrEnum):
    """Where a session stands: findings and vetoes are voted first, then grade, outcome and measures, which
    need the computed grade; a grade or outcome that found no majority is put to the vote once more."""

    FINDINGS = "FINDINGS"
    CONCLUSIONS = "CONCLUSIONS"
    CLOSED = "CLOSED"
    VOID = "VOID"


STAGE_LABELS = {
    Stage.FINDINGS: N_("就问题表决"),
    Stage.CONCLUSIONS: N_("就等次、处理结果和措施表决"),
    Stage.CLOSED: N_("表决结束"),
    Stage.VOID: N_("已作废"),
}

STAGE_STEPS: dict[Stage, frozenset[Stage]] = {
    Stage.FINDINGS: frozenset({Stage.CONCLUSIONS, Stage.VOID}),
    Stage.CONCLUSIONS: frozenset({Stage.CLOSED, Stage.VOID}),
    Stage.CLOSED: frozenset(),
    Stage.VOID: frozenset(),
}


class Stance(StrEnum):
    """Where a member stands once everything is voted. The last two need words, which the opinion prints without
    names."""

    AGREE = "AGREE"
    CONCUR = "CONCUR"
    DISSENT = "DISSENT"


STANCE_LABELS = {
    Stance.AGREE: N_("同意评查结论"),
    Stance.CONCUR: N_("同意结论，但理由不同"),
    Stance.DISSENT: N_("不同意评查结论"),
}


class EscalationWay(StrEnum):
    """How an escalated review goes on: a larger panel is drawn, or the office meeting decides what is open."""

    ENLARGE = "ENLARGE"
    OFFICE = "OFFICE"


ESCALATION_LABELS = {
    EscalationWay.ENLARGE: N_("扩大评查组"),
    EscalationWay.OFFICE: N_("提请办公室会议研究"),
}

# codes of the consolidation's escalation reasons in words that tell no vote
ESCALATION_REASON_LABELS = {
    "veto_majority_only": N_("一票否决过半数但未达三分之二"),
    "veto_larger_panel": N_("三人组对一票否决形成多数，须先扩大评查组"),
    "grade_no_majority": N_("等次没有形成多数意见"),
    "grade_not_allowed": N_("多数意见的等次与计算等次相差两级以上，或者为规则所不许"),
    "outcome_no_majority": N_("处理结果没有形成多数意见"),
}


class InterventionKind(StrEnum):
    """The first three are what a leader may write about; SUBSTANCE is what somebody outside the panel said
    or did about evidence, facts, law or result (三个规定)."""

    TIMING = "TIMING"
    COORDINATION = "COORDINATION"
    RESOURCES = "RESOURCES"
    SUBSTANCE = "SUBSTANCE"


INTERVENTION_LABELS = {
    InterventionKind.TIMING: N_("时间进度"),
    InterventionKind.COORDINATION: N_("组织协调"),
    InterventionKind.RESOURCES: N_("人员和经费保障"),
    InterventionKind.SUBSTANCE: N_("过问证据、事实、法律适用或者结论"),
}

LEADER_KINDS = (InterventionKind.TIMING, InterventionKind.COORDINATION, InterventionKind.RESOURCES)


class Channel(StrEnum):
    MEETING = "MEETING"
    WRITING = "WRITING"
    PHONE = "PHONE"
    MESSAGE = "MESSAGE"
    VISIT = "VISIT"
    PLATFORM = "PLATFORM"


CHANNEL_LABELS = {
    Channel.MEETING: N_("会议"),
    Channel.WRITING: N_("书面批示、来函"),
    Channel.PHONE: N_("电话"),
    Channel.MESSAGE: N_("短信、即时通讯"),
    Channel.VISIT: N_("当面"),
    Channel.PLATFORM: N_("本平台留言"),
}
