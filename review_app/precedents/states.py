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

# searched in this order; a later one may be left out once cases are found, with the reason written down
ORDERED_TIERS = (Tier.GUIDING, Tier.SUPREME, Tier.PROVINCE, Tier.UPPER)

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


class Withdrawal(StrEnum):
    """Why a case is no longer found. The words that were cited from it stay where they are."""

    COURT = "COURT"
    MISTAKE = "MISTAKE"
    PRIVACY = "PRIVACY"


WITHDRAWAL_LABELS = {
    Withdrawal.COURT: N_("法院已撤回、改判或者不再公开"),
    Withdrawal.MISTAKE: N_("导入有误"),
    Withdrawal.PRIVACY: N_("个人信息保护：全文不再显示"),
}


class ImportState(StrEnum):
    """How far an import got. One that is not finished goes on where it stopped."""

    RUNNING = "RUNNING"
    FINISHED = "FINISHED"


class ImportFate(StrEnum):
    """What became of something an import met, where that has to be told."""

    REFUSED = "REFUSED"
    SAME = "SAME"
    RENEWED = "RENEWED"


IMPORT_FATE_LABELS = {
    ImportFate.REFUSED: N_("未能读取"),
    ImportFate.SAME: N_("重复"),
    ImportFate.RENEWED: N_("新版本"),
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


class Submitter(StrEnum):
    """Who relied on a case in the matter under review."""

    PETITIONER = "PETITIONER"
    ORGAN = "ORGAN"


SUBMITTER_LABELS = {
    Submitter.PETITIONER: N_("信访人提交"),
    Submitter.ORGAN: N_("被评查单位提交"),
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
