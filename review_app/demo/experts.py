"""The pool of 86 experts: categories, employers and specialties by quota, ties so that recusal rules have work."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from review_app.accounts.service import add_person, grant_role
from review_app.accounts.states import Role
from review_app.clock import local_day
from review_app.demo.names import draw_name, id_number, phone
from review_app.demo.narratives import later
from review_app.demo.people import OFFICIALS, PASSWORD
from review_app.experts.models import Expert, ExpertEmployment, ExpertTie
from review_app.experts.states import ExpertCategory as C
from review_app.experts.states import ExpertStatus, TieKind
from review_app.organisations.models import Organisation
from review_app.sealing import current_seal

SEED = 20240430
MEN = 58


@dataclass(frozen=True)
class Row:
    """Experts of one category: how many at which employer, which main specialty how often."""

    category: C
    posts: tuple[str, ...]
    employers: dict[str, int]
    specialties: dict[str, int]


POOL = (
    Row(
        C.LAWYER, ("主任律师", "合伙人律师", "执业律师"),
        {"LF-01": 6, "LF-02": 5, "LF-03": 5, "LF-04": 4, "LF-05": 3, "LF-06": 3},
        {"民事合同": 7, "劳动": 5, "征收补偿": 5, "刑事": 5, "执行": 2, "侵权": 2},
    ),
    Row(
        C.JUDGE, ("一级法官", "二级法官", "庭长"), {"CT-01": 9, "CT-02": 3, "": 2},
        {"民事合同": 5, "执行": 4, "刑事": 3, "行政": 2},
    ),
    Row(
        C.PROSECUTOR, ("一级检察官", "二级检察官"), {"PR-01": 8, "PR-02": 2, "": 2},
        {"刑事": 5, "民行监督": 4, "控告申诉": 3},
    ),
    Row(
        C.POLICE, ("大队长", "教导员", "二级高级警长"), {"B01-1": 5, "B01-2": 4, "B01-3": 3, "B01-4": 2},
        {"公安程序": 6, "刑事": 4, "交通": 3, "治安": 1},
    ),
    Row(
        C.JUSTICE_ADMIN, ("科长", "公证员", "仲裁员"), {"B02": 3, "JA-01": 2, "JA-02": 3},
        {"行政": 3, "公证": 2, "劳动": 3},
    ),
    Row(
        C.ACADEMIC, ("教授", "副教授"), {"UN-01": 4, "UN-02": 2},
        {"刑事": 2, "民事合同": 1, "行政": 1, "诉讼法": 2},
    ),
    Row(
        C.TECHNICAL, ("高级会计师", "房地产估价师", "房地产估价师", "造价工程师", "主任法医师", "主任医师"),
        {"TE-01": 1, "TE-02": 2, "TE-03": 1, "TE-04": 1, "TE-05": 1},
        {"会计审计": 1, "房地产评估": 2, "工程造价": 1, "司法鉴定": 1, "医疗": 1},
    ),
)  # fmt: skip

BESIDES = {
    "民事合同": ("物权土地", "婚姻家庭", "执行"), "劳动": ("民事合同", "诉讼法"), "征收补偿": ("行政", "物权土地"),
    "刑事": ("控告申诉", "诉讼法"), "执行": ("民事合同", "物权土地"), "侵权": ("民事合同", "医疗"),
    "行政": ("征收补偿", "国家赔偿"), "民行监督": ("民事合同", "行政"), "控告申诉": ("刑事", "心理与信访沟通"),
    "公安程序": ("治安", "刑事"), "交通": ("公安程序",), "治安": ("公安程序",), "公证": ("婚姻家庭",),
    "诉讼法": ("民行监督",), "会计审计": (), "房地产评估": (), "工程造价": (), "司法鉴定": (), "医疗": (),
}  # fmt: skip

TYPES = {
    "民事合同": ["CIV", "EXE"], "劳动": ["CIV"], "征收补偿": ["ADM"], "刑事": ["CRIM", "POL"], "执行": ["EXE"],
    "侵权": ["CIV"], "行政": ["ADM"], "民行监督": ["CIV", "EXE", "ADM"], "控告申诉": ["CRIM", "POL"],
    "公安程序": ["POL", "CRIM"], "交通": ["CRIM"], "治安": ["POL"],
}  # fmt: skip

EXAMPLE_FIRMS = ("LF-04", "LF-02", "LF-05", "LF-06")


@dataclass(frozen=True)
class Entry:
    """One expert to be entered."""

    number: int
    category: C
    employer: str
    post: str
    specialties: tuple[str, ...]
    name: str
    gender: str
    birth_year: int
    practice_from: date


def entries() -> list[Entry]:
    """The same 86 people every time."""
    lots = random.Random(SEED)  # noqa: S311 - made-up people, no secret
    taken = {official.name for official in OFFICIALS}
    seats = list(seats_by_quota(lots))
    men = set(lots.sample(range(len(seats)), MEN))
    return [
        entry(number, *seat, man=number - 1 in men, lots=lots, taken=taken)
        for number, seat in enumerate(seats, start=1)
    ]


def seats_by_quota(lots: random.Random) -> Iterator[tuple[C, str, str, str]]:
    """Category, employer, post and main specialty of each expert; every quota is met exactly."""
    for row in POOL:
        employers = spread(row.employers)
        specialties = spread(row.specialties)
        if row.category is not C.TECHNICAL:
            lots.shuffle(specialties)
        for place, (employer, specialty) in enumerate(zip(employers, specialties, strict=True)):
            post = row.posts[place] if row.category is C.TECHNICAL else lots.choice(row.posts)
            yield row.category, employer, "退休" + post if not employer else post, specialty


def spread(quota: dict[str, int]) -> list[str]:
    return [name for name, count in quota.items() for _ in range(count)]


def entry(
    number: int, category: C, employer: str, post: str, specialty: str, *, man: bool, lots: random.Random,
    taken: set[str],
) -> Entry:  # fmt: skip
    birth_year = lots.randint(1956, 1962) if not employer else lots.randint(1966, 1989)
    since = date(birth_year + lots.randint(23, 26), 7, 1)
    more = lots.sample(BESIDES[specialty], min(len(BESIDES[specialty]), lots.randint(0, 2)))
    return Entry(
        number, category, employer, post, (specialty, *more), draw_name(lots, birth_year, taken),
        "男" if man else "女", birth_year, since,
    )  # fmt: skip


def add_experts(
    session: Session, organs: dict[str, Organisation], *, years: int, now: datetime
) -> list[Expert]:
    """Enter the pool, active, with accounts, declared ties and employments."""
    pool = [add_expert(session, one, organs, now=now) for one in entries()]
    session.flush()
    for expert, tie in ties(pool, organs, years=years, now=now):
        expert.ties.append(tie)
    for expert, employment in former_posts(pool, organs, now=now):
        expert.employments.append(employment)
    session.flush()
    return pool


def add_expert(session: Session, one: Entry, organs: dict[str, Organisation], *, now: datetime) -> Expert:
    organ = organs.get(one.employer)
    login = f"zj{one.number:04d}"
    person, _password = add_person(
        session, login=login, name=one.name, post=one.post, organisation_id=organ.id if organ else None,
        email=f"{login}@example.invalid", password=PASSWORD, by=None, now=now,
    )  # fmt: skip
    grant_role(session, person, Role.EXPERT, by=None, now=now)
    number = id_number(one.birth_year, 100 + one.number)
    appointed = local_day(now) - timedelta(days=300)
    expert = Expert(
        expert_no=f"ZJ-{one.number:04d}", person=person, name=one.name, gender=one.gender,
        birth_year=one.birth_year, id_number=number, id_fingerprint=current_seal().fingerprint(number),
        phone=phone(one.number), category=one.category, organisation=organ, post=one.post,
        practice_from=one.practice_from, specialties=list(one.specialties),
        case_types=TYPES.get(one.specialties[0], ["CIV"]), status=ExpertStatus.ACTIVE, appointed_on=appointed,
        term_end=appointed + timedelta(days=3 * 365), ties_declared_at=now - timedelta(days=200),
        appointment_doc_no=f"青评聘〔{appointed.year}〕{one.number}号", created_at=now,
    )  # fmt: skip
    session.add(expert)
    if organ is not None:
        expert.employments.append(
            ExpertEmployment(organisation=organ, role=one.post, since=one.practice_from, created_at=now)
        )
    return expert


def of_category(pool: list[Expert], *categories: C) -> list[Expert]:
    return [expert for expert in pool if expert.category in categories]


def ties(
    pool: list[Expert], organs: dict[str, Organisation], *, years: int, now: datetime
) -> Iterator[tuple[Expert, ExpertTie]]:
    """Ties that make the rules speak: spouses in law firms (R18), a former agent (R04), a handler of the case
    (R08), former clients (R06)."""
    jurists = of_category(pool, C.JUDGE, C.PROSECUTOR)
    for place, expert in enumerate(jurists[1::2][:12]):
        firm = organs[EXAMPLE_FIRMS[place % len(EXAMPLE_FIRMS)]]
        yield expert, ExpertTie(
            kind=TieKind.SPOUSE, name=f"{expert.name[0]}某之配偶", organisation_id=firm.id, practises_law=True,
            created_at=now,
        )  # fmt: skip
    court = [expert for expert in pool if expert.organisation is organs["CT-01"]]
    for expert, case_no in zip(
        court, ("（2020）海0799执1187号", "（2023）海0799刑初58号", "（2023）海0799民初417号"), strict=False
    ):
        yield expert, tie_to_case(TieKind.HANDLED, later(case_no, years), "参与审判委员会讨论", now=now)
    doctors = [expert for expert in pool if "司法鉴定" in expert.specialties]
    for expert in doctors[:1]:
        yield (
            expert,
            tie_to_case(
                TieKind.TOOK_PART,
                later("青公（沙）不立字〔2023〕9号", years),
                "出具过首次伤情的会诊意见",
                now=now,
            ),
        )
    lawyers = of_category(pool, C.LAWYER)
    for expert, client in zip(lawyers, ("青岚市恒泽建材有限公司", "青岚市宏远机械有限公司"), strict=False):
        yield expert, ExpertTie(
            kind=TieKind.REPRESENTED, name=client, since=local_day(now) - timedelta(days=700),
            until=local_day(now) - timedelta(days=200), created_at=now,
        )  # fmt: skip


def tie_to_case(kind: TieKind, case_no: str, note: str, *, now: datetime) -> ExpertTie:
    return ExpertTie(kind=kind, name="", case_no=case_no, note=note, created_at=now)


def former_posts(
    pool: list[Expert], organs: dict[str, Organisation], *, now: datetime
) -> Iterator[tuple[Expert, ExpertEmployment]]:
    """Nine lawyers were judges or prosecutors before; three of them left less than two years ago (R12)."""
    today = local_day(now)
    for place, expert in enumerate(of_category(pool, C.LAWYER)[2::3][:9]):
        left = today - timedelta(days=400 if place < 3 else 365 * (3 + place))
        yield expert, ExpertEmployment(
            organisation_id=organs["CT-01" if place % 2 == 0 else "PR-01"].id, role="法官" if place % 2 == 0 else "检察官",
            since=date(left.year - 8, 7, 1), until=left, created_at=now,
        )  # fmt: skip
