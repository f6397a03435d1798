"""What threads are about and what stands in them, with Chinese words."""

from enum import StrEnum

from review_app.errors import N_


class About(StrEnum):
    """ITEM is a deduction item of the form (by code): members' points on it lie far apart before the lead has
    made findings of them."""

    FINDING = "FINDING"
    ITEM = "ITEM"
    DIMENSION = "DIMENSION"
    QUESTION = "QUESTION"
    REVIEW = "REVIEW"


ABOUT_LABELS = {
    About.FINDING: N_("关于问题"),
    About.ITEM: N_("关于扣分项"),
    About.DIMENSION: N_("关于维度"),
    About.QUESTION: N_("关于表决事项"),
    About.REVIEW: N_("关于全案"),
}


class CommentKind(StrEnum):
    """WORDS are what somebody wrote; the others record a step of the thread with its reason."""

    WORDS = "WORDS"
    RESOLVED = "RESOLVED"
    REOPENED = "REOPENED"


COMMENT_LABELS = {
    CommentKind.WORDS: N_("发言"),
    CommentKind.RESOLVED: N_("标为已解决"),
    CommentKind.REOPENED: N_("重新讨论"),
}
