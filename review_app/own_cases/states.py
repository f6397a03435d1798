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


class DatumKind(StrEnum):
    """What a masked piece of text was."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    ADDRESS = "ADDRESS"
    CASE_NO = "CASE_NO"
    REFERENCE = "REFERENCE"
    ID_NUMBER = "ID_NUMBER"
    PHONE = "PHONE"
    PLATE = "PLATE"
    EMAIL = "EMAIL"
    NUMBER = "NUMBER"


DATUM_LABELS = {
    DatumKind.PERSON: N_("姓名"),
    DatumKind.ORGANISATION: N_("单位名称"),
    DatumKind.ADDRESS: N_("住址"),
    DatumKind.CASE_NO: N_("案号"),
    DatumKind.REFERENCE: N_("文号、编号"),
    DatumKind.ID_NUMBER: N_("证件号码"),
    DatumKind.PHONE: N_("电话号码"),
    DatumKind.PLATE: N_("车牌号"),
    DatumKind.EMAIL: N_("电子邮箱"),
    DatumKind.NUMBER: N_("账号等长号码"),
}
