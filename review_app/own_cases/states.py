"""The way of a concluded review into the library, and the words for it."""

from enum import StrEnum

from review_app.errors import N_


class OwnCaseState(StrEnum):
    PREPARING = "PREPARING"
    CHECKING = "CHECKING"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"
    DROPPED = "DROPPED"


OWN_CASE_LABELS = {
    OwnCaseState.PREPARING: N_("去标识化处理中"),
    OwnCaseState.CHECKING: N_("待复核"),
    OwnCaseState.PUBLISHED: N_("已入库"),
    OwnCaseState.WITHDRAWN: N_("已撤回"),
    OwnCaseState.DROPPED: N_("不入库"),
}

# a second person sends it back or lets it in; what was withdrawn or dropped is begun anew
OWN_CASE_STEPS: dict[OwnCaseState, frozenset[OwnCaseState]] = {
    OwnCaseState.PREPARING: frozenset({OwnCaseState.CHECKING, OwnCaseState.DROPPED}),
    OwnCaseState.CHECKING: frozenset({OwnCaseState.PREPARING, OwnCaseState.PUBLISHED}),
    OwnCaseState.PUBLISHED: frozenset({OwnCaseState.WITHDRAWN}),
    OwnCaseState.WITHDRAWN: frozenset(),
    OwnCaseState.DROPPED: frozenset(),
}
IN_HAND = frozenset({OwnCaseState.PREPARING, OwnCaseState.CHECKING, OwnCaseState.PUBLISHED})
