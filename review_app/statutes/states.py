"""Words of the library of statutes: kinds of statutes, and how sure a version's days are."""

from enum import StrEnum

from review_app.errors import N_


class Kind(StrEnum):
    """What a statute is in the order of rank."""

    CONSTITUTION = "CONSTITUTION"
    LAW = "LAW"
    INTERPRETATION = "INTERPRETATION"
    REGULATION = "REGULATION"
    DEPARTMENT = "DEPARTMENT"
    LOCAL = "LOCAL"
    OTHER = "OTHER"


KIND_LABELS = {
    Kind.CONSTITUTION: N_("宪法"),
    Kind.LAW: N_("法律"),
    Kind.INTERPRETATION: N_("司法解释"),
    Kind.REGULATION: N_("法规（行政、党内）"),
    Kind.DEPARTMENT: N_("部门规章"),
    Kind.LOCAL: N_("地方性法规和规章"),
    Kind.OTHER: N_("其他规定"),
}
KIND_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


class Dating(StrEnum):
    """Where the first day of a version's validity comes from."""

    STATED = "STATED"
    TABLE = "TABLE"
    ASSUMED = "ASSUMED"
    UNKNOWN = "UNKNOWN"


DATING_LABELS = {
    Dating.STATED: N_("施行日期由文本载明"),
    Dating.TABLE: N_("施行日期取自施行日期表"),
    Dating.ASSUMED: N_("文本没有载明，暂按公布（通过）之日计"),
    Dating.UNKNOWN: N_("版本和施行日期未注明"),
}


class Force(StrEnum):
    """A version as seen on a day."""

    IN_FORCE = "IN_FORCE"
    COMING = "COMING"
    ENDED = "ENDED"
    UNKNOWN = "UNKNOWN"


FORCE_LABELS = {
    Force.IN_FORCE: N_("现行有效"),
    Force.COMING: N_("尚未施行"),
    Force.ENDED: N_("已失效"),
    Force.UNKNOWN: N_("版本未注明"),
}
