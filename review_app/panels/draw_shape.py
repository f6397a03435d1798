"""The shape of the JSON that `review-app draw` reads, and everything that can be wrong with it.

Read strictly: an unknown key, a wrong type, an unknown number or organisation is refused with the path to
it. The whole format is described in the documentation.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from review_app.errors import N_
from review_app.experts.states import ExpertCategory
from review_app.panels.facts import Ask
from review_app.panels.grounds import GROUNDS
from review_app.rulebook.reading import Problem, problem


class RelationKind(StrEnum):
    """Kinds of relation between an expert and somebody or some case."""

    SPOUSE = "SPOUSE"
    LINEAL = "LINEAL"
    COLLATERAL = "COLLATERAL"
    IN_LAW = "IN_LAW"
    EMPLOYED = "EMPLOYED"
    REPRESENTED = "REPRESENTED"
    SHAREHOLDER = "SHAREHOLDER"
    INTEREST = "INTEREST"
    TOOK_PART = "TOOK_PART"
    HANDLED = "HANDLED"
    MET_PRIVATELY = "MET_PRIVATELY"
    RECOMMENDED = "RECOMMENDED"
    COMMENTED = "COMMENTED"
    OTHER_TIE = "OTHER_TIE"
    OPEN_DISPUTE = "OPEN_DISPUTE"
    DECLARED = "DECLARED"
    PANEL = "PANEL"


KIN_KINDS = frozenset({"SPOUSE", "LINEAL", "COLLATERAL", "IN_LAW"})
TIE_KINDS = frozenset(
    {
        "INTEREST",
        "TOOK_PART",
        "HANDLED",
        "MET_PRIVATELY",
        "RECOMMENDED",
        "COMMENTED",
        "OTHER_TIE",
        "OPEN_DISPUTE",
    }
)
USED: Mapping[str, frozenset[str]] = {
    **{kind: frozenset({"name", "aliases", "id_hash", "organisation"}) for kind in KIN_KINDS},
    **{
        kind: frozenset({"name", "aliases", "id_hash", "organisation", "case_no", "until", "note"})
        for kind in TIE_KINDS
    },
    "EMPLOYED": frozenset({"organisation", "since", "until", "heads_unit", "superior_of"}),
    "REPRESENTED": frozenset(
        {"name", "aliases", "id_hash", "organisation", "case_no", "since", "until", "by_firm"}
    ),
    "SHAREHOLDER": frozenset({"name", "aliases", "id_hash", "organisation", "listed", "by_kin"}),
    "DECLARED": frozenset({"rule", "note"}),
    "PANEL": frozenset({"organisation", "since"}),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "EMPLOYED": ("organisation",),
    "DECLARED": ("rule",),
    "PANEL": ("organisation", "since"),
}


@dataclass(frozen=True)
class OrganisationIn:
    id: str
    parent: str | None = None
    kind: str = ""
    level: str = ""
    system: str = ""


@dataclass(frozen=True)
class PersonIn:
    name: str = ""
    aliases: tuple[str, ...] = ()
    id_hash: str = ""
    organisation: str = ""
    client: str = ""
    part: str = ""
    heads_unit: bool | None = None


@dataclass(frozen=True)
class CaseIn:
    reviewed_org: str
    case_nos: tuple[str, ...]
    parties: tuple[PersonIn, ...] = ()
    counsel: tuple[PersonIn, ...] = ()
    officers: tuple[PersonIn, ...] = ()
    participants: tuple[PersonIn, ...] = ()
    earlier_members: tuple[str, ...] = ()


@dataclass(frozen=True)
class CandidateIn:
    expert_no: str
    category: ExpertCategory
    name: str = ""
    aliases: tuple[str, ...] = ()
    id_hash: str = ""
    organisation: str = ""
    specialties: tuple[str, ...] = ()
    practice_from: str | None = None
    open_reviews: int = 0
    active: bool = True
    available: bool = True
    upper_pool: bool = False
    answered: tuple[Ask, ...] = ()
    max_open: int | None = None
    month_left: int | None = None
    lapsed: str = ""


@dataclass(frozen=True)
class RelationIn:
    expert_no: str
    kind: RelationKind
    name: str = ""
    aliases: tuple[str, ...] = ()
    id_hash: str = ""
    organisation: str = ""
    case_no: str = ""
    since: str | None = None
    until: str | None = None
    by_firm: bool = False
    by_kin: bool = False
    listed: bool | None = None
    heads_unit: bool | None = None
    superior_of: tuple[str, ...] = ()
    rule: str = ""
    note: str = ""


@dataclass(frozen=True)
class DecisionIn:
    expert_no: str
    rule: str
    confirmed: bool
    fact_key: str = ""


@dataclass(frozen=True)
class DrawFile:
    """The whole input. Either `seed`, or `secret` and `nonce`."""

    review_no: str
    size: int
    template: str
    on: str
    case: CaseIn
    candidates: tuple[CandidateIn, ...]
    draw_no: int = 1
    organisations: tuple[OrganisationIn, ...] = ()
    relations: tuple[RelationIn, ...] = ()
    decisions: tuple[DecisionIn, ...] = ()
    preferred: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    chair: str = ""
    lead: str = ""
    rule_version: str = "2024.1"
    seed: str = ""
    secret: str = ""
    nonce: str = ""
    drawn_by: str = ""
    witnessed_by: str = ""


def problems_of(file: DrawFile) -> Iterator[Problem]:
    yield from wrong_head(file)
    yield from wrong_lots(file)
    yield from wrong_numbers(file)
    yield from wrong_organisations(file)
    for place, relation in enumerate(file.relations):
        yield from wrong_relation(relation, f"relations[{place}]")
    for path, text in days_of(file):
        if not is_day(text):
            yield problem("day", path, N_("此处应当是形如2024-04-01的日期。"))
    for place, decision in enumerate(file.decisions):
        if decision.rule not in GROUNDS:
            yield problem("choice", f"decisions[{place}].rule", N_("没有这条回避规则。"))


def wrong_head(file: DrawFile) -> Iterator[Problem]:
    if not file.review_no or "|" in file.review_no or not is_text(file.review_no):
        yield problem("text", "review_no", N_("评查编号不得为空，不得含有“|”。"))
    if file.draw_no < 1:
        yield problem("range", "draw_no", N_("抽选序号从1开始。"))
    if file.size < 3 or file.size % 2 == 0 or file.size > 99:
        yield problem("odd", "size", N_("评查组人数应当是不少于3的单数。"))


def wrong_lots(file: DrawFile) -> Iterator[Problem]:
    if bool(file.seed) == bool(file.secret):
        yield problem("seed", "seed", N_("请给出seed，或者给出secret和nonce，二者择一。"))
    for name in ("seed", "secret"):
        if (text := getattr(file, name)) and not is_32_bytes(text):
            yield problem("hex", name, N_("此处应当是64位十六进制数。"))
    if file.secret and (not file.nonce or not is_text(file.nonce)):
        yield problem("missing_key", "nonce", N_("使用secret时应当给出nonce。"))


def wrong_numbers(file: DrawFile) -> Iterator[Problem]:
    """Expert numbers that are empty, doubled or unknown, and impossible counts."""
    counts = Counter(one.expert_no for one in file.candidates)
    for place, one in enumerate(file.candidates):
        if not one.expert_no or not is_text(one.expert_no) or counts[one.expert_no] > 1:
            yield problem("unique", f"candidates[{place}].expert_no", N_("专家编号不得为空，不得重复。"))
        for name in ("open_reviews", "max_open", "month_left"):
            if (getattr(one, name) or 0) < 0:
                yield problem("range", f"candidates[{place}].{name}", N_("此处不得为负数。"))
    named = [
        *((f"relations[{place}].expert_no", one.expert_no) for place, one in enumerate(file.relations)),
        *((f"decisions[{place}].expert_no", one.expert_no) for place, one in enumerate(file.decisions)),
        *((f"fixed[{place}]", number) for place, number in enumerate(file.fixed)),
    ]
    yield from (
        problem("unknown", path, N_("名单中没有这位专家。")) for path, no in named if no not in counts
    )
    if len(set(file.fixed)) != len(file.fixed) or len(file.fixed) > file.size:
        yield problem("unique", "fixed", N_("已在组的专家不得重复，不得多于评查组人数。"))
    for role in ("chair", "lead"):
        if (number := getattr(file, role)) and number not in file.fixed:
            yield problem("unknown", role, N_("组长、主评人应当是已在组的专家。"))
    if file.chair and file.chair == file.lead:
        yield problem("unique", "lead", N_("组长与主评人不得为同一人。"))


def wrong_organisations(file: DrawFile) -> Iterator[Problem]:
    counts = Counter(one.id for one in file.organisations)
    for place, one in enumerate(file.organisations):
        if not one.id or counts[one.id] > 1:
            yield problem("unique", f"organisations[{place}].id", N_("单位编号不得为空，不得重复。"))
    for path, number in organisations_named(file):
        if number and number not in counts:
            yield problem("unknown", path, N_("单位列表中没有这个单位。"))


def organisations_named(file: DrawFile) -> Iterator[tuple[str, str | None]]:
    yield "case.reviewed_org", file.case.reviewed_org or "?"
    yield from ((f"organisations[{n}].parent", one.parent) for n, one in enumerate(file.organisations))
    yield from ((f"candidates[{n}].organisation", one.organisation) for n, one in enumerate(file.candidates))
    yield from ((f"relations[{n}].organisation", one.organisation) for n, one in enumerate(file.relations))
    for group in ("parties", "counsel", "officers", "participants"):
        people = getattr(file.case, group)
        yield from ((f"case.{group}[{n}].organisation", one.organisation) for n, one in enumerate(people))


def wrong_relation(relation: RelationIn, path: str) -> Iterator[Problem]:
    """Keys that say nothing about this kind of relation, and keys it cannot do without."""
    used = USED[relation.kind] | {"expert_no", "kind"}
    for one in fields(relation):
        if one.name not in used and getattr(relation, one.name) != one.default:
            yield problem(
                "unknown_key", f"{path}.{one.name}", N_("关系%(kind)s没有这个项目。"), kind=relation.kind
            )
    for name in NEEDED.get(relation.kind, ()):
        if not getattr(relation, name):
            yield problem("missing_key", f"{path}.{name}", N_("缺少项目“%(key)s”。"), key=name)
    if relation.rule and relation.rule not in GROUNDS:
        yield problem("choice", f"{path}.rule", N_("没有这条回避规则。"))


def days_of(file: DrawFile) -> Iterator[tuple[str, str]]:
    yield "on", file.on
    for place, one in enumerate(file.candidates):
        if one.practice_from is not None:
            yield f"candidates[{place}].practice_from", one.practice_from
    for place, relation in enumerate(file.relations):
        for name in ("since", "until"):
            if (text := getattr(relation, name)) is not None:
                yield f"relations[{place}].{name}", text


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_32_bytes(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def is_text(text: str) -> bool:
    """Whether a text can be written as UTF-8 (half a surrogate pair cannot)."""
    return text.isprintable() and not any("\ud800" <= sign <= "\udfff" for sign in text)
