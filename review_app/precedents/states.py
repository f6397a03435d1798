"""Tiers of the library, and what a similar-case report says about a case; with the words for all of it."""

from enum import StrEnum

from review_app.errors import N_
from review_app.reviews.states import ReviewState


class Tier(StrEnum):
    """Where a case stands in the order of 类案检索指导意见(试行) arts 4 and 9; guiding cases are to be followed."""

    GUIDING = "1"
    SUPREME = "2"
    PROVINCE = "3"
    UPPER = "4"
    OWN = "OWN"


TIER_LABELS = {
    Tier.GUIDING: N_("指导性案例"),
    Tier.SUPREME: N_("最高法、最高检典型案例和生效裁判"),
    Tier.PROVINCE: N_("本省参考性案例和生效裁判"),
    Tier.UPPER: N_("上级和本级生效裁判"),
    Tier.OWN: N_("本平台已结评查"),
}

TIER_SHORT = {
    Tier.GUIDING: N_("一级 指导性"),
    Tier.SUPREME: N_("二级 最高"),
    Tier.PROVINCE: N_("三级 本省"),
    Tier.UPPER: N_("四级 上级本级"),
    Tier.OWN: N_("本平台"),
}

TIER_ORDER = {tier: place for place, tier in enumerate(Tier, start=1)}


class Audience(StrEnum):
    """Who finds a case in the library."""

    EVERYONE = "EVERYONE"
    OFFICE = "OFFICE"


AUDIENCE_LABELS = {
    Audience.EVERYONE: N_("全体检索人员"),
    Audience.OFFICE: N_("仅限办公室和原评查组专家"),
}


class Section(StrEnum):
    """Parts of a judgment, kept as ranges of its text, in the order in which they stand. Ranges may lie in one another:
    the evidence among the facts, the law cited at the end of the reasoning, the facts of the lower court in its part."""

    HEAD = "head"
    CLAIMS = "claims"
    DEFENCE = "defence"
    LOWER = "lower"
    FACTS = "facts"
    EVIDENCE = "evidence"
    POINTS = "points"
    REASONING = "reasoning"
    LAW = "law"
    RESULT = "result"
    TAIL = "tail"


SECTION_LABELS = {
    Section.HEAD: N_("首部"),
    Section.CLAIMS: N_("指控、诉称"),
    Section.DEFENCE: N_("辩称、辩护意见"),
    Section.LOWER: N_("原审情况"),
    Section.FACTS: N_("事实"),
    Section.EVIDENCE: N_("证据"),
    Section.POINTS: N_("争议焦点"),
    Section.REASONING: N_("理由"),
    Section.LAW: N_("法律依据"),
    Section.RESULT: N_("裁判结果"),
    Section.TAIL: N_("尾部"),
}


class Stage(StrEnum):
    """Stage of the procedure in which a document was made."""

    FIRST = "FIRST"
    SECOND = "SECOND"
    RETRIAL = "RETRIAL"
    PETITION = "PETITION"
    ENFORCEMENT = "ENFORCEMENT"
    DEATH = "DEATH"
    PAROLE = "PAROLE"
    COMPENSATION = "COMPENSATION"
    PROSECUTION = "PROSECUTION"
    RECONSIDERATION = "RECONSIDERATION"


STAGE_LABELS = {
    Stage.FIRST: N_("一审"),
    Stage.SECOND: N_("二审"),
    Stage.RETRIAL: N_("再审"),
    Stage.PETITION: N_("再审审查、申诉"),
    Stage.ENFORCEMENT: N_("执行"),
    Stage.DEATH: N_("死刑复核"),
    Stage.PAROLE: N_("减刑、假释"),
    Stage.COMPENSATION: N_("国家赔偿、司法救助"),
    Stage.PROSECUTION: N_("检察"),
    Stage.RECONSIDERATION: N_("行政复议"),
}


class Likeness(StrEnum):
    """How one aspect of a found case compares with the case under review."""

    SAME = "SAME"
    PARTLY = "PARTLY"
    DIFFERENT = "DIFFERENT"


LIKENESS_LABELS = {
    Likeness.SAME: N_("相同"),
    Likeness.PARTLY: N_("部分相同"),
    Likeness.DIFFERENT: N_("不同"),
}

ASPECT_LABELS = {
    "facts_like": N_("基本事实"),
    "issues_like": N_("争议焦点"),
    "law_like": N_("法律适用"),
    "result_like": N_("处理结果"),
}


class Conclusion(StrEnum):
    """What the report recommends."""

    FOLLOW = "FOLLOW"
    DISTINGUISH = "DISTINGUISH"
    NONE = "NONE"


CONCLUSION_LABELS = {
    Conclusion.FOLLOW: N_("参照类案处理"),
    Conclusion.DISTINGUISH: N_("与类案有实质区别，不予参照"),
    Conclusion.NONE: N_("未检索到类案"),
}

# searches are each expert's own until all have signed; the report is the panel's, from the consolidation on
SEARCHING = frozenset(
    {
        ReviewState.READING,
        ReviewState.DRAFT,
        ReviewState.HEARING,
        ReviewState.DELIBERATION,
        ReviewState.ESCALATED,
    }
)
WRITING = SEARCHING - {ReviewState.READING}
BEFORE_DRAFT = frozenset(
    {
        ReviewState.DUE,
        ReviewState.INTAKE,
        ReviewState.FILES,
        ReviewState.DRAW,
        ReviewState.NOTICE,
        ReviewState.READING,
        ReviewState.REOPENED,
    }
)
