"""What a masked piece of text was."""

from enum import StrEnum

from review_app.errors import N_


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
