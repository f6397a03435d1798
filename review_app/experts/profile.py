"""An expert's particulars as they are typed or imported, and what is wrong with them. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from review_app.errors import N_
from review_app.experts.specialties import is_specialty
from review_app.experts.states import ExpertCategory

SEPARATORS = re.compile(r"[;；,，、/／\s]+")
SHORT_FOR = {
    "民事": "民事合同", "合同": "民事合同", "婚姻": "婚姻家庭", "家事": "婚姻家庭", "土地": "物权土地",
    "物权": "物权土地", "征收": "征收补偿", "行政/征收": "行政", "会计": "会计审计", "审计": "会计审计",
    "造价": "工程造价", "房地产": "房地产评估", "评估": "房地产评估", "鉴定": "司法鉴定", "法医": "司法鉴定",
    "刑法": "刑事", "民法": "民事合同", "行政法": "行政",
}  # fmt: skip
MOST_SPECIALTIES = 4
MOST_PANELS = 99
EARLIEST_BIRTH, LATEST_BIRTH = 1930, 2010


@dataclass(frozen=True)
class Profile:
    """The particulars of one expert. Empty texts mean unknown."""

    expert_no: str
    name: str
    category: ExpertCategory
    organisation_id: int | None = None
    post: str = ""
    specialties: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    gender: str = ""
    birth_year: int | None = None
    id_number: str = ""
    phone: str = ""
    qualification_no: str = ""
    practice_from: date | None = None
    appointed_on: date | None = None
    term_end: date | None = None
    appointment_doc_no: str = ""
    login: str = ""
    specialty_levels: tuple[tuple[str, int], ...] = ()
    """depth 1–3 of those specialties for which it is known, sorted by name"""
    max_open: int | None = None
    max_month: int | None = None


FIELD_LABELS: Mapping[str, str] = {
    "expert_no": N_("专家编号"),
    "name": N_("姓名"),
    "category": N_("类别"),
    "organisation_id": N_("单位"),
    "post": N_("职务职称"),
    "specialties": N_("专业"),
    "aliases": N_("曾用名"),
    "gender": N_("性别"),
    "birth_year": N_("出生年份"),
    "id_number": N_("身份证号"),
    "phone": N_("手机"),
    "qualification_no": N_("执业证号"),
    "practice_from": N_("执业起始日期"),
    "appointed_on": N_("聘任日期"),
    "term_end": N_("聘期届满"),
    "appointment_doc_no": N_("聘书文号"),
    "login": N_("登录名"),
    "specialty_levels": N_("专业深度"),
    "max_open": N_("同时参加上限"),
    "max_month": N_("每月参加上限"),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong in one field: a sentence with its facts."""

    field: str
    sentence: str
    facts: Mapping[str, object]

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


def fault(field: str, sentence: str, **facts: object) -> Fault:
    return Fault(field, sentence, facts)


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a list however it is separated: 民事;刑事 gives two."""
    return tuple(dict.fromkeys(part for part in SEPARATORS.split(text.strip()) if part))


def specialties_from(text: str) -> tuple[str, ...]:
    """Specialties from a typed list, usual short forms written out; a depth behind a colon is left off."""
    parts = (part.partition(":")[0] for part in split_list(text.replace("：", ":")))
    return tuple(dict.fromkeys(SHORT_FOR.get(part, part) for part in parts))


def depths_from(text: str) -> tuple[tuple[str, int], ...]:
    """The depths in a typed list 民间借贷:3;执行 by specialty; -1 where what follows the colon is no number."""
    found = {}
    for part in split_list(text.replace("：", ":")):
        name, colon, depth = part.partition(":")
        if colon:
            found[SHORT_FOR.get(name, name)] = int(depth) if depth in ("1", "2", "3") else -1
    return tuple(sorted(found.items()))


def faults_of(profile: Profile) -> Iterator[Fault]:
    """What is wrong with the particulars taken alone."""
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z\-]{0,19}", profile.expert_no):
        yield fault("expert_no", N_("专家编号由字母、数字和连字符组成，例如ZJ-0001。"))
    if not profile.name or len(profile.name) > 50:
        yield fault("name", N_("请填写姓名（不超过50个字）。"))
    if not 1 <= len(profile.specialties) <= MOST_SPECIALTIES:
        yield fault("specialties", N_("请填写1至%(most)d项专业。"), most=MOST_SPECIALTIES)
    for unknown in sorted(name for name in set(profile.specialties) if not is_specialty(name)):
        yield fault("specialties", N_("没有“%(name)s”这项专业。"), name=unknown)
    yield from wrong_depths(profile)
    for name in ("max_open", "max_month"):
        if (most := getattr(profile, name)) is not None and not 0 <= most <= MOST_PANELS:
            yield fault(name, N_("上限应当是0至%(most)d的整数。"), most=MOST_PANELS)
    if profile.birth_year is not None and not EARLIEST_BIRTH <= profile.birth_year <= LATEST_BIRTH:
        yield fault("birth_year", N_("出生年份不合理。"))
    if profile.id_number and not re.fullmatch(r"[0-9]{17}[0-9Xx]", profile.id_number):
        yield fault("id_number", N_("身份证号应当是18位。"))
    yield from wrong_days(profile)


def wrong_depths(profile: Profile) -> Iterator[Fault]:
    for name, depth in profile.specialty_levels:
        if name not in profile.specialties or depth not in (1, 2, 3):
            yield fault("specialty_levels", N_("“%(name)s”的专业深度应当是1、2或者3。"), name=name)


def wrong_days(profile: Profile) -> Iterator[Fault]:
    if profile.appointed_on and profile.term_end and profile.term_end < profile.appointed_on:
        yield fault("term_end", N_("聘期届满不能早于聘任日期。"))
    if profile.practice_from and profile.birth_year and profile.practice_from.year < profile.birth_year + 16:
        yield fault("practice_from", N_("执业起始日期与出生年份不符。"))


FIELDS = tuple(field.name for field in fields(Profile))
