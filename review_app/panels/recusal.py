"""The recusal rules R01–R20 as pure predicates over dated facts.

Each rule looks at one expert and one case and answers with hits (evidence) and with what it could not
check for want of data. A match of fingerprints, of units in the tree, or of expert numbers is certain and
carries the rule's own level; a match of names alone is POSSIBLE and waits for a person's decision.
Missing data gives 未核查, never 无冲突. No database, no clock: the day of the check is given.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from review_app.experts.states import TIE_LABELS, TieKind
from review_app.panels.facts import (
    Ask,
    CaseFacts,
    Counsel,
    ExpertFacts,
    Kin,
    Officer,
    Representation,
    Shareholding,
    Tie,
    Who,
)
from review_app.panels.grounds import GROUNDS, Ground, Level
from review_app.panels.identity import Found, Match, bodies, people
from review_app.panels.names import NameMatch, compare
from review_app.panels.units import UnitTree
from review_app.rulebook.rules import RecusalRules

CLOSE_KIN = frozenset({TieKind.SPOUSE, TieKind.LINEAL})
BRACKETS = str.maketrans("（）〔〕［］[]", "()()()()")


@dataclass(frozen=True)
class Hit:
    """One piece of evidence: rule, level, where the fact comes from, what matched, the article."""

    expert_no: str
    rule: str
    level: Level
    source: str
    matched: str
    law: str

    @property
    def fact_key(self) -> str:
        """Names the fact behind the hit; a decision holds as long as the fact stays the same."""
        facts = json.dumps([self.expert_no, self.rule, self.source, self.matched], ensure_ascii=False)
        return hashlib.sha256(facts.encode()).hexdigest()


@dataclass(frozen=True)
class Unchecked:
    """A rule that could not be checked, and the data that is missing."""

    expert_no: str
    rule: str
    missing: str


@dataclass(frozen=True)
class Decision:
    """A decision on a hit that is not HARD: `confirmed` makes it HARD, otherwise it is dropped (SOFT stays)."""

    expert_no: str
    rule: str
    confirmed: bool
    fact_key: str = ""


class Status(StrEnum):
    """The result of a check in one word."""

    BARRED = "BARRED"
    PENDING = "PENDING"
    UNCHECKED = "UNCHECKED"
    CLEAR = "CLEAR"


@dataclass(frozen=True)
class Check:
    """Everything found about one expert and one case."""

    expert_no: str
    hits: tuple[Hit, ...]
    unchecked: tuple[Unchecked, ...]
    evidence: tuple[Hit, ...] = ()
    """all hits as they were found, before anybody's decision"""

    @property
    def status(self) -> Status:
        """BARRED before PENDING before UNCHECKED; CLEAR only when every rule could be checked."""
        levels = {hit.level for hit in self.hits}
        if Level.HARD in levels:
            return Status.BARRED
        if levels & {Level.MANUAL, Level.POSSIBLE}:
            return Status.PENDING
        return Status.UNCHECKED if self.unchecked else Status.CLEAR


@dataclass(frozen=True)
class Look:
    """One look of a rule at one expert and one case."""

    expert: ExpertFacts
    case: CaseFacts
    tree: UnitTree
    on: date
    rules: RecusalRules


def check(
    expert: ExpertFacts,
    case: CaseFacts,
    tree: UnitTree,
    *,
    rules: RecusalRules,
    on: date,
    decisions: Iterable[Decision] = (),
) -> Check:
    """All hits of R01–R20 for this expert in this case on this day, with decisions applied."""
    look = Look(expert, case, tree, on, rules)
    hits: list[Hit] = []
    unchecked: list[Unchecked] = []
    for rule, finds in FINDERS.items():
        for found in finds(look):
            if isinstance(found, str):
                unchecked.append(Unchecked(expert.expert_no, rule, found))
            else:
                hits.append(hit_of(GROUNDS[rule], expert.expert_no, found))
    hits += [
        Hit(
            expert.expert_no,
            rule,
            GROUNDS[rule].level,
            "本人声明",
            remark or "本人声明存在该情形",
            GROUNDS[rule].law,
        )
        for rule, remark in expert.declared
    ]
    evidence = tuple(dict.fromkeys(hits))
    decided = tuple(decide(evidence, decisions))
    return Check(expert.expert_no, decided, tuple(dict.fromkeys(unchecked)), evidence)


def hit_of(ground: Ground, expert_no: str, match: Match) -> Hit:
    level = ground.level if match.certain else Level.POSSIBLE
    return Hit(expert_no, ground.id, level, match.source, match.matched, ground.law)


def decide(hits: Iterable[Hit], decisions: Iterable[Decision]) -> Iterator[Hit]:
    """Confirmed hits become HARD, dismissed ones go. What is HARD by law cannot be dismissed, and what is SOFT
    stays for the rules of the draw to count when somebody may take part in spite of it."""
    taken = {(one.expert_no, one.rule, one.fact_key): one for one in decisions}
    for hit in hits:
        decision = taken.get((hit.expert_no, hit.rule, hit.fact_key)) or taken.get(
            (hit.expert_no, hit.rule, "")
        )
        if decision is None or hit.level is Level.HARD:
            yield hit
        elif decision.confirmed:
            yield replace(hit, level=Level.HARD)
        elif hit.level is Level.SOFT:
            yield hit


def unless_asked(look: Look, ask: Ask, missing: str) -> Found:
    """The text of what is missing when the expert was never asked about this kind of fact."""
    if ask not in look.expert.answered:
        yield missing


def kin_among(look: Look, others: Iterable[Who], what: str) -> Found:
    listed = tuple(others)
    yield from unless_asked(look, Ask.KIN, "近亲属未申报")
    for kin in look.expert.kin:
        yield from people(
            kin.who, listed, "近亲属申报", f"{what}与专家有近亲属关系（{TIE_LABELS[kin.relation]}）"
        )


def in_this_case(look: Look, case_no: str) -> bool:
    return bool(case_no) and plain_no(case_no) in {plain_no(no) for no in look.case.case_nos}


def is_related(look: Look, case_no: str) -> bool:
    """Whether the case's own history mentions this number: an earlier instance, or a case beside it."""
    return bool(case_no) and plain_no(case_no) in {plain_no(no) for no in look.case.related_nos}


def plain_no(case_no: str) -> str:
    """A case number with one kind of brackets and no spaces: (2023)海0799民初1号."""
    return "".join(case_no.translate(BRACKETS).split())


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def r01(look: Look) -> Found:
    if not look.case.parties:
        yield "当事人未登记"
    yield from people(look.expert.who, look.case.parties, "当事人名单", "当事人")


def r02(look: Look) -> Found:
    yield from kin_among(look, look.case.parties, "当事人")


def r03(look: Look) -> Found:
    yield from tied(look, TieKind.INTEREST, "利害关系申报", "利害关系未申报")


def r04(look: Look) -> Found:
    yield from tied(look, TieKind.TOOK_PART, "本人申报", "曾任证人、鉴定人、代理人等情况未申报")
    yield from people(look.expert.who, look.case.participants, "案件参与人名单", "证人、鉴定人等")
    yield from people(look.expert.who, [one.who for one in look.case.counsel], "代理人名单", "代理人、辩护人")


def r05(look: Look) -> Found:
    yield from kin_among(look, [one.who for one in look.case.counsel], "代理人、辩护人")


def r06(look: Look) -> Found:
    if look.expert.category != "LAWYER":
        return
    yield from unless_asked(look, Ask.REPRESENTATION, "代理记录未申报")
    for counsel in look.case.counsel:
        if look.tree.same_organ(look.expert.unit, counsel.who.unit):
            yield Match("代理人名单", f"所在律师事务所在本案中代理{counsel.client or '当事人'}")
        elif not counsel.who.unit:
            yield "代理人所在律师事务所未登记"
        yield from practised_with(look, counsel)
    for one in look.expert.representations:
        yield from represented(look, one)


def practised_with(look: Look, counsel: Counsel) -> Found:
    """A former firm of the expert, left within the years the rule looks back, that acts in the case: whether
    it acted already then nobody has said, so a person decides."""
    since = years_before(look.on, look.rules.lawyer_lookback_years)
    for post in look.expert.employments:
        left_lately = post.ended is not None and since <= post.ended <= look.on
        if left_lately and counsel.who.unit and look.tree.same_organ(post.unit, counsel.who.unit):
            what = (
                f"{look.rules.lawyer_lookback_years}年内曾执业于代理{counsel.client or '当事人'}的律师事务所"
            )
            yield Match("任职经历", f"{what}（至{post.ended}）", certain=False)


def represented(look: Look, one: Representation) -> Found:
    by = "所在律师事务所" if one.by_firm else "本人"
    if in_this_case(look, one.case_no):
        yield Match("代理记录", f"{by}代理过本案（{one.case_no}）")
        return
    if is_related(look, one.case_no):
        yield Match("代理记录", f"{by}代理过案件材料中提到的关联案件（{one.case_no}）", certain=False)
    since = years_before(look.on, look.rules.lawyer_lookback_years)
    if one.ended is None or one.ended >= since:
        what = f"{by}近{look.rules.lawyer_lookback_years}年内代理过本案当事人"
        yield from bodies(one.client, look.case.parties, "代理记录", what, look.tree)


def r07(look: Look) -> Found:
    yield from unless_asked(look, Ask.SHARES, "持股情况未申报")
    for one in look.expert.shareholdings:
        if one.listed is not True:
            yield from held(look, one)


def held(look: Look, one: Shareholding) -> Found:
    what = f"{'近亲属' if one.by_kin else '本人'}持有当事人股份"
    for found in bodies(one.company, look.case.parties, "持股申报", what, look.tree):
        if isinstance(found, str) or one.listed is False:
            yield found
        else:
            yield replace(found, matched=f"{found.matched}，是否上市未核查", certain=False)


def r08(look: Look) -> Found:
    if not look.case.officers:
        yield "承办人未登记"
    yield from tied(look, TieKind.HANDLED, "本人申报", "参与办理情况未申报")
    yield from people(
        look.expert.who, [one.who for one in look.case.officers], "承办人名单", "本人办理过该案"
    )


def r09(look: Look) -> Found:
    if not look.case.officers:
        yield "承办人未登记"
    yield from kin_among(look, [one.who for one in look.case.officers], "承办人")


def r10(look: Look) -> Found:
    for officer in look.case.officers:
        if look.tree.same_organ(look.expert.unit, officer.who.unit):
            yield from above_or_below(look, officer)
        elif look.expert.unit and not officer.who.unit:
            yield "承办人所在单位未登记"


def above_or_below(look: Look, officer: Officer) -> Found:
    posts = [one for one in look.expert.employments if one.held_on(look.on)]
    own = [one.heads_unit for one in posts]
    under = [name for one in posts for name in one.superior_of]
    named = NameMatch.SAME in {compare(name, known) for name in under for known in officer.who.names}
    if True in own or officer.heads_unit or named:
        yield Match("任职登记", f"与承办人{officer.who.name}在同一单位，存在上下级关系")
    elif None in own or not own or officer.heads_unit is None:
        yield f"与承办人{officer.who.name}在同一单位，是否上下级未核查"


def present_units(look: Look) -> list[str]:
    units = [look.expert.unit, *(one.unit for one in look.expert.employments if one.held_on(look.on))]
    return list(dict.fromkeys(unit for unit in units if unit))


def r11(look: Look) -> Found:
    if not present_units(look):
        yield "所在单位未登记"
    if any(look.tree.same_organ(unit, look.case.reviewed_unit) for unit in present_units(look)):
        yield Match("任职登记", "现任职于被评查单位")


def r12(look: Look) -> Found:
    yield from unless_asked(look, Ask.EMPLOYMENT, "任职经历未申报")
    since = years_before(look.on, look.rules.former_employer_lookback_years)
    for one in look.expert.employments:
        lately = one.ended is not None and since <= one.ended <= look.on
        if lately and look.tree.same_organ(one.unit, look.case.reviewed_unit):
            yield Match(
                "任职经历",
                f"{look.rules.former_employer_lookback_years}年内曾任职于被评查单位（至{one.ended}）",
            )


def r13(look: Look) -> Found:
    yield from tied(look, TieKind.MET_PRIVATELY, "违规接触记录", "与当事人接触情况未申报")


def r14(look: Look) -> Found:
    yield from tied(look, TieKind.RECOMMENDED, "推荐、介绍记录", "推荐代理人、介绍案件情况未申报")


def r15(look: Look) -> Found:
    if look.expert.expert_no in look.case.earlier_members:
        yield Match("历次评查组", "参加过对同一案件的评查")


def r16(look: Look) -> Found:
    yield from tied(look, TieKind.COMMENTED, "公开评论、出具意见记录", "公开评论、出具意见情况未申报")


def r17(look: Look) -> Found:
    yield from tied(look, TieKind.OTHER_TIE, "其他关系申报", "其他关系未申报")


def r18(look: Look) -> Found:
    yield from unless_asked(look, Ask.KIN, "近亲属未申报")
    for kin in look.expert.kin:
        if kin.relation in CLOSE_KIN:
            yield from practising(look, kin)


def practising(look: Look, kin: Kin) -> Found:
    for counsel in look.case.counsel:
        if kin.practises_at and look.tree.same_organ(kin.practises_at, counsel.who.unit):
            yield Match(
                "近亲属申报", f"{TIE_LABELS[kin.relation]}执业于代理{counsel.client or '当事人'}的律师事务所"
            )
        elif kin.practises_at and not counsel.who.unit:
            yield "代理人所在律师事务所未登记"


def r19(look: Look) -> Found:
    reviewed = Who(unit=look.case.reviewed_unit)
    yield from tied(
        look, TieKind.OPEN_DISPUTE, "信访、诉讼申报", "与当事人、被评查单位的争议未申报", reviewed
    )


def r20(look: Look) -> Found:
    rotation = look.rules.rotation
    days = [
        on
        for unit, on in look.expert.panels_on
        if look.tree.same_organ(unit, look.case.reviewed_unit) and 0 <= (look.on - on).days <= rotation.days
    ]
    if len(days) >= rotation.panels:
        yield Match("历次评查组", f"{rotation.days}日内已参加该单位{len(days)}个评查组")


def tied(look: Look, kind: TieKind, source: str, missing: str, *more: Who) -> Found:
    """Ties of one kind that still last: to this case by its number, or to somebody in it."""
    yield from unless_asked(look, Ask.TIES, missing)
    counsel = tuple(one.who for one in look.case.counsel)
    for tie in look.expert.ties:
        if tie.kind is kind and (tie.until is None or tie.until >= look.on):
            yield from tie_to(look, tie, source, (*look.case.parties, *counsel, *more))


def tie_to(look: Look, tie: Tie, source: str, others: Iterable[Who]) -> Found:
    note = f"（{tie.note}）" if tie.note else ""
    if in_this_case(look, tie.case_no):
        yield Match(source, f"涉及本案{note}")
    elif is_related(look, tie.case_no):
        yield Match(source, f"涉及案件材料中提到的关联案件（{tie.case_no}）{note}", certain=False)
    elif tie.to.names or tie.to.unit or tie.to.id_hash:
        for found in bodies(tie.to, others, source, f"涉及本案当事人{note}", look.tree):
            if isinstance(found, Match):
                yield found


FINDERS: dict[str, Callable[[Look], Found]] = {
    "R01": r01,
    "R02": r02,
    "R03": r03,
    "R04": r04,
    "R05": r05,
    "R06": r06,
    "R07": r07,
    "R08": r08,
    "R09": r09,
    "R10": r10,
    "R11": r11,
    "R12": r12,
    "R13": r13,
    "R14": r14,
    "R15": r15,
    "R16": r16,
    "R17": r17,
    "R18": r18,
    "R19": r19,
    "R20": r20,
}
