"""Organisations and accounts of the made-up city 青岚市 (海岱省渤宁市); no such place, organ or person exists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import add_person, grant_role
from review_app.accounts.states import Role
from review_app.organisations.models import Organisation
from review_app.organisations.service import add_organisation
from review_app.organisations.states import OrgKind as K
from review_app.organisations.states import OrgSystem as S

PASSWORD = "yian-2024-demo"  # noqa: S105 - printed at the start, good on 127.0.0.1 with made-up data only


@dataclass(frozen=True)
class Organ:
    code: str
    name: str
    kind: K
    system: S
    level: str = "COUNTY"
    parent: str = ""


HIGHER = (
    Organ("CT-03", "海岱省高级人民法院", K.COURT, S.COURT, "PROVINCE"),
    Organ("CT-02", "渤宁市中级人民法院", K.COURT, S.COURT, "CITY", "CT-03"),
    Organ("CT-01", "青岚市人民法院", K.COURT, S.COURT, "COUNTY", "CT-02"),
    Organ("PR-02", "渤宁市人民检察院", K.PROCURATORATE, S.PROCURATORATE, "CITY"),
    Organ("PR-01", "青岚市人民检察院", K.PROCURATORATE, S.PROCURATORATE, "COUNTY", "PR-02"),
    Organ("PO-02", "渤宁市公安局", K.POLICE, S.POLICE, "CITY"),
    Organ("B01", "青岚市公安局", K.POLICE, S.POLICE, "COUNTY", "PO-02"),
    Organ("B01-1", "青岚市公安局法制大队", K.POLICE, S.POLICE, "COUNTY", "B01"),
    Organ("B01-2", "青岚市公安局刑事侦查大队", K.POLICE, S.POLICE, "COUNTY", "B01"),
    Organ("B01-3", "青岚市公安局交通警察大队", K.POLICE, S.POLICE, "COUNTY", "B01"),
    Organ("B01-4", "青岚市公安局治安大队", K.POLICE, S.POLICE, "COUNTY", "B01"),
    Organ("GOV-01", "青岚市人民政府", K.OTHER, S.ADMINISTRATION),
    Organ("PT-01", "中共青岚市委政法委员会", K.PARTY, S.PARTY),
    Organ("PT-02", "青岚市信访局", K.PETITION_OFFICE, S.ADMINISTRATION),
    Organ("PT-03", "青岚市纪律检查委员会监察委员会", K.PARTY, S.PARTY),
    Organ("PT-04", "青岚市两办督查室", K.PARTY, S.PARTY),
    Organ("PT-05", "青岚市矛盾纠纷调处化解中心", K.OTHER, S.PARTY),
)

DEPARTMENTS = {
    "B02": "司法局", "B03": "人力资源和社会保障局", "B04": "自然资源和规划局", "B05": "住房和城乡建设局",
    "B06": "农业农村局", "B07": "民政局", "B08": "教育和体育局", "B09": "卫生健康局", "B10": "医疗保障局",
    "B11": "交通运输局", "B12": "水利局", "B13": "生态环境分局", "B14": "应急管理局", "B15": "市场监督管理局",
    "B16": "综合行政执法局", "B17": "财政局", "B18": "国有资产运营中心", "B19": "退役军人事务局",
    "B20": "税务局", "B21": "金融服务中心",
}  # fmt: skip

TOWNS = (
    "望湖街道", "永宁街道", "东关街道", "柳泉镇", "石桥镇", "双河镇", "云台镇", "沙岭镇", "大埠镇", "孟家镇",
    "白塔镇", "清溪镇", "安山镇", "青岚经济开发区", "南湖生态发展区",
)  # fmt: skip

OUTSIDE = (
    Organ("LF-01", "海岱衡正律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("LF-02", "海岱青衡律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("LF-03", "海岱仁信律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("LF-04", "渤宁明理律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("LF-05", "渤宁德润律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("LF-06", "海岱润泽律师事务所", K.LAW_FIRM, S.SOCIETY, ""),
    Organ("UN-01", "渤宁学院法学院", K.UNIVERSITY, S.SOCIETY, ""),
    Organ("UN-02", "海岱政法职业学院", K.UNIVERSITY, S.SOCIETY, ""),
    Organ("JA-01", "青岚市公证处", K.OTHER, S.JUSTICE),
    Organ("JA-02", "青岚市劳动人事争议仲裁委员会", K.OTHER, S.JUSTICE),
    Organ("TE-01", "青岚正信会计师事务所", K.OTHER, S.SOCIETY, ""),
    Organ("TE-02", "渤宁衡估房地产评估有限公司", K.OTHER, S.SOCIETY, ""),
    Organ("TE-03", "青岚建科工程造价咨询有限公司", K.OTHER, S.SOCIETY, ""),
    Organ("TE-04", "渤宁法医司法鉴定所", K.OTHER, S.SOCIETY, ""),
    Organ("TE-05", "青岚市人民医院", K.OTHER, S.SOCIETY, ""),
)


def all_organs() -> tuple[Organ, ...]:
    departments = tuple(
        Organ(
            code, f"青岚市{name}", K.DEPT, S.JUSTICE if code == "B02" else S.ADMINISTRATION, parent="GOV-01"
        )
        for code, name in DEPARTMENTS.items()
    )
    towns = tuple(
        Organ(f"T{number:02d}", f"青岚市{name}", K.TOWN, S.ADMINISTRATION, "TOWN", "GOV-01")
        for number, name in enumerate(TOWNS, start=1)
    )
    return (*HIGHER, *departments, *towns, *OUTSIDE)


@dataclass(frozen=True)
class Official:
    """Somebody of the office, of a reviewed organ or of control, with the roles of the account."""

    login: str
    name: str
    organ: str
    post: str
    roles: tuple[Role, ...]


OFFICIALS = (
    Official("coord", "何晓琳", "PT-01", "执法监督科副科长", (Role.COORD,)),
    Official("coord2", "梁宇辰", "PT-01", "执法监督科科员", (Role.COORD,)),
    Official("secretary", "罗婷", "PT-01", "执法监督科科员", (Role.SECRETARY,)),
    Official("leader", "唐国庆", "PT-01", "专家评查办公室主任", (Role.LEADER,)),
    Official("head", "董建兰", "PT-01", "领导小组组长", (Role.COMMITTEE_HEAD,)),
    Official("supervisor", "韩勇", "PT-04", "督查专员", (Role.SUPERVISOR,)),
    Official("auditor", "曹秀玉", "PT-03", "审计员", (Role.AUDITOR,)),
    Official("admin", "邓子洋", "PT-05", "系统管理员", (Role.SYSADMIN,)),
    Official("admin2", "金晓宇", "PT-05", "系统管理员", (Role.SYSADMIN,)),
    Official("clerk", "许晓雨", "PT-02", "接访科科员", (Role.CLERK,)),
    Official("dpo", "曾艳", "PT-05", "个人信息保护负责人", (Role.DPO,)),
    Official("court", "傅志伟", "CT-01", "审判管理办公室联络员", (Role.REVIEWED_LIAISON,)),
    Official("police", "彭海超", "B01", "法制大队联络员", (Role.REVIEWED_LIAISON,)),
    Official("gov", "蒋秀兰", "GOV-01", "政府办公室联络员", (Role.REVIEWED_LIAISON,)),
    Official("procuratorate", "蔡静", "PR-01", "案件管理部门联络员", (Role.REVIEWED_LIAISON,)),
    Official("urban", "潘海艳", "B16", "法制科联络员", (Role.REVIEWED_LIAISON,)),
)


def add_organs(session: Session, *, now: datetime) -> dict[str, Organisation]:
    """Enter every organ; gives them by code."""
    made: dict[str, Organisation] = {}
    for organ in all_organs():
        made[organ.code] = add_organisation(
            session, code=organ.code, name=organ.name, kind=organ.kind, system=organ.system, level=organ.level,
            parent=made.get(organ.parent), by=None, now=now,
        )  # fmt: skip
    return made


def add_officials(session: Session, organs: dict[str, Organisation], *, now: datetime) -> dict[str, Person]:
    """Open the officials' accounts; gives them by login."""
    return {official.login: add_official(session, official, organs, now=now) for official in OFFICIALS}


def add_official(
    session: Session, official: Official, organs: dict[str, Organisation], *, now: datetime
) -> Person:
    organ = organs[official.organ]
    person, _password = add_person(
        session, login=official.login, name=official.name, post=official.post, organisation_id=organ.id,
        email=f"{official.login}@example.invalid", password=PASSWORD, by=None, now=now,
    )  # fmt: skip
    for role in official.roles:
        scope = organ.id if role is Role.REVIEWED_LIAISON else None
        grant_role(session, person, role, organisation_id=scope, by=None, now=now)
    session.refresh(person, ["grants"])
    return person


def grant_waiting_role(session: Session, people: dict[str, Person], *, now: datetime) -> None:
    """A business role that one administrator gave and another person has to approve."""
    grant_role(session, people["clerk"], Role.SECRETARY, by=people["admin2"], now=now)
