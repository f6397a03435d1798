"""Kinds of organisation and the systems they belong to."""

from enum import StrEnum

from review_app.errors import N_


class OrgKind(StrEnum):
    PETITION_OFFICE = "PETITION_OFFICE"
    COURT = "COURT"
    PROCURATORATE = "PROCURATORATE"
    POLICE = "POLICE"
    TOWN = "TOWN"
    DEPT = "DEPT"
    VILLAGE = "VILLAGE"
    PARTY = "PARTY"
    LEADING_GROUP = "LEADING_GROUP"
    TASK_FORCE = "TASK_FORCE"
    LAW_FIRM = "LAW_FIRM"
    UNIVERSITY = "UNIVERSITY"
    OTHER = "OTHER"


class OrgSystem(StrEnum):
    COURT = "COURT"
    PROCURATORATE = "PROCURATORATE"
    POLICE = "POLICE"
    JUSTICE = "JUSTICE"
    ADMINISTRATION = "ADMINISTRATION"
    PARTY = "PARTY"
    SOCIETY = "SOCIETY"


ORG_KIND_LABELS = {
    OrgKind.PETITION_OFFICE: N_("信访部门"),
    OrgKind.COURT: N_("人民法院"),
    OrgKind.PROCURATORATE: N_("人民检察院"),
    OrgKind.POLICE: N_("公安机关"),
    OrgKind.TOWN: N_("镇街"),
    OrgKind.DEPT: N_("行政部门"),
    OrgKind.VILLAGE: N_("村居"),
    OrgKind.PARTY: N_("党委机构"),
    OrgKind.LEADING_GROUP: N_("领导小组"),
    OrgKind.TASK_FORCE: N_("专班"),
    OrgKind.LAW_FIRM: N_("律师事务所"),
    OrgKind.UNIVERSITY: N_("高等院校"),
    OrgKind.OTHER: N_("其他单位"),
}

ORG_SYSTEM_LABELS = {
    OrgSystem.COURT: N_("法院系统"),
    OrgSystem.PROCURATORATE: N_("检察系统"),
    OrgSystem.POLICE: N_("公安系统"),
    OrgSystem.JUSTICE: N_("司法行政系统"),
    OrgSystem.ADMINISTRATION: N_("行政系统"),
    OrgSystem.PARTY: N_("党委系统"),
    OrgSystem.SOCIETY: N_("社会"),
}
