"""From the JSON that `review-app draw` reads to the draw: facts, checks, candidates, lots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from review_app.errors import N_
from review_app.experts.states import TieKind
from review_app.panels.board import DrawInput
from review_app.panels.draw_shape import (
    KIN_KINDS,
    TIE_KINDS,
    CandidateIn,
    CaseIn,
    DrawFile,
    PersonIn,
    RelationIn,
    problems_of,
)
from review_app.panels.facts import (
    CaseFacts,
    Counsel,
    Employment,
    ExpertFacts,
    Kin,
    Officer,
    Representation,
    Shareholding,
    Tie,
    Who,
)
from review_app.panels.pool import Standing, candidate_of, check_all, exclusions_of, full_years
from review_app.panels.record import Frozen, Lots, frozen_of, lots_of
from review_app.panels.recusal import Check, Decision
from review_app.panels.units import Unit, UnitTree
from review_app.rulebook.reading import InvalidData, problem, read
from review_app.rulebook.rules import Rules, changed


@dataclass(frozen=True)
class Prepared:
    """What the input becomes: the frozen draw, its lots, and the checks behind its exclusions."""

    given: DrawInput
    frozen: Frozen
    lots: Lots
    checks: tuple[Check, ...]


def prepare(data: object) -> Prepared:
    """Read and check the JSON input. Raises InvalidData with every problem found."""
    rules_given, data = without_rules(data)
    file = read(DrawFile, data)
    if problems := list(problems_of(file)):
        raise InvalidData(problems)
    rules = changed(file.rule_version, rules_given)
    if file.template not in rules.templates:
        raise InvalidData([problem("choice", "template", N_("没有这个评查模板。"))])
    checks = checks_of(file, rules)
    lots = lots_from(file)
    given = given_of(file, rules, checks, bytes.fromhex(lots.seed))
    if barred := sorted({one.expert_no for one in given.exclusions} & {*given.fixed}):
        sentence = N_("已在组的专家存在应当回避或者待决定的情形：%(experts)s。")
        raise InvalidData([problem("barred", "fixed", sentence, experts="、".join(barred))])
    frozen = frozen_of(given, template=file.template, rule_version=file.rule_version)
    return Prepared(given, frozen, lots, tuple(checks.values()))


def without_rules(data: object) -> tuple[Mapping[str, Any], object]:
    """The `rules` group apart from the rest: it changes values of the rule file, which checks it."""
    if not isinstance(data, Mapping):
        return {}, data
    rules = data.get("rules", {})
    if not isinstance(rules, Mapping):
        raise InvalidData([problem("type", "rules", N_("此处应当是一组键和值。"))])
    return rules, {key: value for key, value in data.items() if key != "rules"}


def lots_from(file: DrawFile) -> Lots:
    if file.seed:
        return Lots("", "", "", file.seed)
    secret = bytes.fromhex(file.secret)
    return lots_of(secret=secret, review_no=file.review_no, draw_no=file.draw_no, nonce=file.nonce)


def tree_of(file: DrawFile) -> UnitTree:
    return UnitTree.of(
        Unit(one.id, one.parent, one.kind, one.level, one.system) for one in file.organisations
    )


def checks_of(file: DrawFile, rules: Rules) -> dict[str, Check]:
    decisions = [Decision(one.expert_no, one.rule, one.confirmed, one.fact_key) for one in file.decisions]
    experts = [expert_of(one, file.relations) for one in file.candidates]
    return check_all(
        experts, case_of(file.case), tree_of(file), rules=rules.recusal, on=day(file.on), decisions=decisions
    )


def given_of(file: DrawFile, rules: Rules, checks: Mapping[str, Check], seed: bytes) -> DrawInput:
    tree = tree_of(file)
    return DrawInput(
        review_no=file.review_no,
        draw_no=file.draw_no,
        size=file.size,
        matching=rules.templates[file.template].specialties,
        reviewed_system=tree.system_of(file.case.reviewed_org),
        seed=seed,
        candidates=tuple(
            candidate_of(expert_of(one, ()), standing_of(one, day(file.on)), checks[one.expert_no], tree)
            for one in file.candidates
        ),
        exclusions=tuple(ground for one in checks.values() for ground in exclusions_of(one)),
        rules=rules.panel,
        preferred=file.preferred,
        fixed=file.fixed,
        chair=file.chair,
        lead=file.lead,
    )


def standing_of(one: CandidateIn, on: date) -> Standing:
    since = day(one.practice_from) if one.practice_from else None
    return Standing(
        specialties=one.specialties,
        practice_years=full_years(since, on),
        open_reviews=one.open_reviews,
        active=one.active,
        available=one.available,
        upper_pool=one.upper_pool,
        max_open=one.max_open,
        month_left=one.month_left,
        lapsed=one.lapsed,
    )


def day(text: str) -> date:
    return date.fromisoformat(text)


def maybe_day(text: str | None) -> date | None:
    return None if text is None else day(text)


def who(one: PersonIn | RelationIn | CandidateIn) -> Who:
    return Who(one.name, one.id_hash, one.aliases, one.organisation)


def case_of(one: CaseIn) -> CaseFacts:
    return CaseFacts(
        reviewed_unit=one.reviewed_org,
        case_nos=one.case_nos,
        parties=tuple(who(person) for person in one.parties),
        counsel=tuple(Counsel(who(person), person.client) for person in one.counsel),
        officers=tuple(Officer(who(person), person.part, person.heads_unit) for person in one.officers),
        participants=tuple(who(person) for person in one.participants),
        earlier_members=one.earlier_members,
    )


def expert_of(one: CandidateIn, relations: Iterable[RelationIn]) -> ExpertFacts:
    own = [relation for relation in relations if relation.expert_no == one.expert_no]
    panels = [relation for relation in own if relation.kind == "PANEL"]
    return ExpertFacts(
        expert_no=one.expert_no,
        who=who(one),
        category=one.category,
        employments=tuple(employment(each) for each in own if each.kind == "EMPLOYED"),
        kin=tuple(kin(each) for each in own if each.kind in KIN_KINDS),
        representations=tuple(representation(each) for each in own if each.kind == "REPRESENTED"),
        shareholdings=tuple(shareholding(each) for each in own if each.kind == "SHAREHOLDER"),
        ties=tuple(tie(each) for each in own if each.kind in TIE_KINDS),
        declared=tuple((each.rule, each.note) for each in own if each.kind == "DECLARED"),
        panels_on=tuple((each.organisation, day(each.since)) for each in panels if each.since),
        answered=frozenset(one.answered),
    )


def employment(one: RelationIn) -> Employment:
    return Employment(
        one.organisation, maybe_day(one.since), maybe_day(one.until), one.heads_unit, one.superior_of
    )


def kin(one: RelationIn) -> Kin:
    return Kin(TieKind(one.kind), Who(one.name, one.id_hash, one.aliases), practises_at=one.organisation)


def representation(one: RelationIn) -> Representation:
    return Representation(who(one), one.case_no, one.by_firm, maybe_day(one.since), maybe_day(one.until))


def shareholding(one: RelationIn) -> Shareholding:
    return Shareholding(who(one), one.listed, one.by_kin)


def tie(one: RelationIn) -> Tie:
    return Tie(TieKind(one.kind), who(one), one.case_no, one.note, maybe_day(one.until))
