"""Roles of people (not of panel seats) and their Chinese names."""

from enum import StrEnum

from review_app.errors import N_


class Role(StrEnum):
    COORD = "COORD"
    SECRETARY = "SECRETARY"
    LEADER = "LEADER"
    COMMITTEE_HEAD = "COMMITTEE_HEAD"
    SUPERVISOR = "SUPERVISOR"
    AUDITOR = "AUDITOR"
    SYSADMIN = "SYSADMIN"
    EXPERT = "EXPERT"
    REVIEWED_LIAISON = "REVIEWED_LIAISON"
    CLERK = "CLERK"
    DPO = "DPO"


ROLE_LABELS = {
    Role.COORD: N_("评查协调员"),
    Role.SECRETARY: N_("记录秘书"),
    Role.LEADER: N_("签发领导（办公室负责人）"),
    Role.COMMITTEE_HEAD: N_("领导小组负责人"),
    Role.SUPERVISOR: N_("督查督办"),
    Role.AUDITOR: N_("审计"),
    Role.SYSADMIN: N_("系统管理员"),
    Role.EXPERT: N_("评查专家"),
    Role.REVIEWED_LIAISON: N_("被评查单位联络员"),
    Role.CLERK: N_("信访接待登记员"),
    Role.DPO: N_("个人信息保护负责人"),
}

# a person who configures the system carries no business, and the other way round (separation of duties)
BUSINESS_ROLES = frozenset(Role) - {Role.SYSADMIN, Role.AUDITOR, Role.DPO}
