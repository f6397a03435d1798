"""Explanations, what-ifs, faults and shortfalls in sentences for coordinators.

A sentence is a Chinese message id with facts. `said` puts it into words with the language's translation
function; facts that are themselves words (`Term`) are translated with it, names and figures are not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from review_app.errors import N_
from review_app.panels.matching.explaining import Hold, Kind, Obstacle, Passed, Seated
from review_app.panels.matching.insisting import Change, ChangeKind, Move, Outcome, WhatIf
from review_app.panels.matching.problem import Shortfall
from review_app.panels.matching.verifying import Fault
from review_app.panels.states import BOARD_RULE_LABELS, RELAXATION_LABELS

Translate = Callable[[str], str]
Name = Callable[[str], str]


class Term(str):
    """A fact that is a word of the interface and has to be translated, not a name."""

    __slots__ = ()


@dataclass(frozen=True)
class Sentence:
    """One sentence. Facts are figures, names, terms, further sentences, or tuples of them."""

    msgid: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def said(self, translate: Translate) -> str:
        """The sentence in the language of the translation function."""
        facts = {name: said_fact(fact, translate) for name, fact in self.facts.items()}
        return translate(self.msgid) % facts if facts else translate(self.msgid)

    def __str__(self) -> str:
        return self.said(str)


COMMA = N_("、")
MANY = 5
"""how many cases or experts a sentence names one by one"""
SHOWN = 3
"""how many of the panels that hold an expert are spoken of one by one"""

RULE_LABELS = {
    **BOARD_RULE_LABELS,
    "LOCKED": N_("已锁定的席位"),
    "APART": N_("不得同组的两人"),
    "TWICE": N_("同一人占两个席位"),
    "BARRED": N_("回避或者不可参加"),
    "NOT_IN_POOL": N_("不在本案可选范围内"),
    "UNKNOWN_EXPERT": N_("名单中没有的专家"),
    "UNKNOWN_CASE": N_("名单中没有的案件"),
    "PANEL_MISSING": N_("没有评查组的案件"),
    "PANELS_WITHOUT_RESULT": N_("没有结果却列有评查组"),
    "NO_SUCH_RELAXATION": N_("放宽的次序不对"),
    "MAY_NOT_RELAX": N_("未获准放宽"),
    "CHAIR_NOT_NAMED": N_("没有指定组长"),
    "CHAIR_NOT_QUALIFIED": N_("指定的组长不符合条件"),
    "LOAD_FULL": N_("可承担的案件数上限"),
    "LOAD_MINIMUM": N_("应承担的案件数下限"),
    "LOAD": N_("全部专家可承担的案件数"),
    "LOAD_LEAST": N_("应承担的案件数下限"),
    "KEPT": N_("保留原席位"),
    "TOTAL": N_("总分"),
    "WORST": N_("最低一组得分"),
    "BOUND": N_("总分的上界"),
    "WORST_BOUND": N_("最低一组得分的上界"),
    "TOTAL_NOT_PROVEN": N_("总分未达到所称的最优"),
    "WORST_NOT_PROVEN": N_("最低一组得分未达到所称的最优"),
}

OBSTACLES = {
    Kind.LOCKED: N_("%(member)s的席位已锁定，不能换下。"),
    Kind.RULE: N_("如换下%(member)s，本组将不符合：%(rules)s。"),
    Kind.APART: N_("如换下%(member)s，%(people)s将同组，而二人不得同组。"),
    Kind.COLLEAGUE_UNDER_MINIMUM: N_("如换下%(member)s，其承担的案件数将低于应承担的下限。"),
    Kind.LOAD_FULL: N_("该专家承担的案件已满（%(cases)s），否则可依规换下%(members)s。"),
    Kind.PRICE: N_("换下%(member)s，总分将减少%(loss)d分。"),
    Kind.KEPT: N_("换下%(member)s可增%(gain)d分，但保留原席位优先。"),
    Kind.SEEDED_TIE: N_("与%(member)s得分相同，次序由公开的种子决定。"),
    Kind.EQUAL: N_("与%(member)s得分相同，两种组成同样好。"),
    Kind.NOISE: N_("换下%(member)s可增%(gain)d分；随机匹配的随机数决定了现在的结果。"),
    Kind.NOT_PROVEN: N_("换下%(member)s可增%(gain)d分：本方案未证明为最优，可重新计算或者手工调整。"),
}

HOLDS = {
    Kind.LOCKED: N_("在%(case)s的席位已锁定。"),
    Kind.RULE: N_("在%(case)s没有可依规接替的人选。"),
    Kind.PRICE: N_("如从%(case)s调来换下%(member)s，最好由%(successor)s接替，总分仍将减少%(loss)d分。"),
    Kind.FLOOR_OF_OTHER_CASE: N_(
        "如从%(case)s调来换下%(member)s、由%(successor)s接替，%(case)s将降至%(sum)d分，低于现在最低一组。"
    ),
    Kind.KEPT: N_("如从%(case)s调来换下%(member)s、由%(successor)s接替，将失去原方案保留的席位。"),
    Kind.SEEDED_TIE: N_(
        "如从%(case)s调来换下%(member)s、由%(successor)s接替，总分不变，次序由公开的种子决定。"
    ),
    Kind.EQUAL: N_("如从%(case)s调来换下%(member)s、由%(successor)s接替，总分不变，两种组成同样好。"),
    Kind.NOISE: N_("从%(case)s调来在得分上可行；随机匹配的随机数决定了现在的结果。"),
    Kind.NOT_PROVEN: N_("从%(case)s调来可增%(gain)d分：本方案未证明为最优，可重新计算或者手工调整。"),
}

OUTCOMES = {
    Outcome.ALREADY: N_("%(expert)s已在%(case)s评查组中。"),
    Outcome.POSSIBLE: N_("可以请%(expert)s参加%(case)s，不违反任何规则。"),
    Outcome.WITH_CHANGES: N_("请%(expert)s参加%(case)s，须先作以下变更："),
    Outcome.IMPOSSIBLE: N_("无法请%(expert)s参加%(case)s：没有合法的组成方案。"),
    Outcome.BARRED: N_("%(expert)s须回避或者不可参加%(case)s，不能以任何代价列入。"),
    Outcome.STOPPED: N_("计算已停止，没有得出结论。"),
}

CHANGES = {
    ChangeKind.RELAXED: N_("%(case)s：%(rule)s"),
    ChangeKind.ONE_MORE_PANEL: N_("允许%(people)s多承担一件"),
    ChangeKind.TOGETHER: N_("允许%(people)s同组"),
    ChangeKind.UNLOCKED: N_("解除%(people)s的锁定"),
}


def said_fact(fact: object, translate: Translate) -> object:
    if isinstance(fact, Sentence):
        return fact.said(translate)
    if isinstance(fact, tuple):
        return translate(COMMA).join(str(said_fact(one, translate)) for one in fact)
    return translate(fact) if isinstance(fact, Term) else fact


def rule_term(rule: str) -> str:
    """The words for a rule; a rule without words keeps its name."""
    label = RULE_LABELS.get(rule) or RELAXATION_LABELS.get(rule)
    return Term(label) if label else rule


def why_seated(seated: Seated) -> tuple[Sentence, ...]:
    """What a member's seat is needed for; empty when nothing but the score."""
    if not seated.binds:
        return ()
    return (Sentence(N_("缺其一人即不足：%(rules)s。"), {"rules": tuple(map(rule_term, seated.binds))}),)


def why_passed(passed: Passed, *, name_of: Name = str, title_of: Name = str) -> tuple[Sentence, ...]:
    """Why an eligible expert with at least a member's score is not seated: one sentence per obstacle (one
    for all that lie in his load), then the panels from which he could be moved with the least harm."""
    full = [one.member for one in passed.obstacles if one.kind == Kind.LOAD_FULL]
    others = [one for one in passed.obstacles if one.kind != Kind.LOAD_FULL]
    holds = sorted(passed.holds, key=lambda hold: (not hold.successor, -hold.difference))
    more = len(holds) - SHOWN
    return (
        *(obstacle_sentence(obstacle, name_of) for obstacle in others),
        *((load_sentence(passed, full, name_of, title_of),) if full else ()),
        *(hold_sentence(hold, name_of, title_of) for hold in holds[:SHOWN]),
        *(
            (Sentence(N_("从其余%(count)d件调来，结果不优于以上各项。"), {"count": more}),)
            if more > 0
            else ()
        ),
    )


def load_sentence(passed: Passed, members: Sequence[str], name_of: Name, title_of: Name) -> Sentence:
    people = named(members, name_of)
    if not passed.holds:
        return Sentence(N_("该专家已不能再承担案件，否则可依规换下%(members)s。"), {"members": people})
    cases = some([hold.case for hold in passed.holds], title_of)
    return Sentence(OBSTACLES[Kind.LOAD_FULL], {"cases": cases, "members": people})


def obstacle_sentence(obstacle: Obstacle, name_of: Name) -> Sentence:
    met = {person for fault in obstacle.faults if fault.rule == "APART" for person in fault.experts}
    facts: dict[str, object] = {
        "member": name_of(obstacle.member),
        "rules": tuple(fault_sentence(fault) for fault in obstacle.faults),
        "people": named(sorted(met), name_of),
        "gain": obstacle.gain,
        "loss": -obstacle.gain,
    }
    return chosen(OBSTACLES[obstacle.kind], facts)


def hold_sentence(hold: Hold, name_of: Name, title_of: Name) -> Sentence:
    facts: dict[str, object] = {
        "case": title_of(hold.case),
        "member": hold.member and name_of(hold.member),
        "successor": hold.successor and name_of(hold.successor),
        "gain": hold.difference,
        "loss": -hold.difference,
        "sum": hold.sum,
    }
    return chosen(HOLDS[hold.kind], facts)


def chosen(msgid: str, facts: Mapping[str, object]) -> Sentence:
    """The sentence with only the facts it has slots for."""
    return Sentence(msgid, {name: fact for name, fact in facts.items() if f"%({name})" in msgid})


def named(experts: Iterable[str], name_of: Name) -> tuple[str, ...]:
    return tuple(name_of(expert) for expert in experts)


def fault_sentence(fault: Fault) -> Sentence:
    """A broken rule with what it needs and what there is."""
    facts = {"rule": rule_term(fault.rule), "needed": fault.needed, "found": fault.found}
    if not fault.needed and not fault.found:
        return chosen("%(rule)s", facts)
    return chosen(N_("%(rule)s（规定%(needed)d，实际%(found)d）"), facts)


def fault_with_place(fault: Fault, *, name_of: Name = str, title_of: Name = str) -> Sentence:
    """A broken rule for the verifier's list: where, who, which rule."""
    where = (title_of(fault.case),) if fault.case else ()
    place = (*where, *named(fault.experts, name_of))
    if not place:
        return fault_sentence(fault)
    return Sentence(N_("%(place)s：%(what)s"), {"place": place, "what": fault_sentence(fault)})


def shortfall_sentence(short: Shortfall, *, name_of: Name = str, title_of: Name = str) -> Sentence:
    """Why there are no legal panels: rule, cases and experts, needed and available, and what would help."""
    facts: dict[str, object] = {
        "place": (*some(short.cases, title_of), *some(short.experts, name_of)),
        "rule": rule_term(short.rule),
        "needed": short.needed,
        "available": short.available,
        "step": rule_term_of_step(short.relaxation),
    }
    if not facts["place"]:
        return chosen(N_("%(rule)s需%(needed)d，可用%(available)d。"), facts)
    if short.relaxation:
        return chosen(N_("%(place)s：%(rule)s需%(needed)d，可用%(available)d；可采取“%(step)s”。"), facts)
    return chosen(N_("%(place)s：%(rule)s需%(needed)d，可用%(available)d。"), facts)


def some(ids: Sequence[str], words: Name) -> tuple[object, ...]:
    """A few by name; of many the first and how many there are."""
    if len(ids) <= MANY:
        return named(ids, words)
    return (Sentence(N_("%(first)s等%(count)d项"), {"first": named(ids[:2], words), "count": len(ids)}),)


def what_if(found: WhatIf, *, name_of: Name = str, title_of: Name = str) -> tuple[Sentence, ...]:
    """The answer in sentences: whether it can be done, changes of rules, cost, who moves, what is lacking."""
    facts = {"expert": name_of(found.expert), "case": title_of(found.case)}
    head = chosen(OUTCOMES[found.outcome], facts)
    lacking = (shortfall_sentence(one, name_of=name_of, title_of=title_of) for one in found.shortfalls)
    if found.outcome not in (Outcome.POSSIBLE, Outcome.WITH_CHANGES):
        return (head, *lacking)
    return (
        head,
        *(change_sentence(change, name_of, title_of) for change in found.changes),
        cost_sentence(found),
        *(move_sentence(move, name_of, title_of) for move in found.moves),
        *(() if found.exact else (Sentence(N_("没有对全部案件证明最优，实际代价可能与此不同。")),)),
    )


def change_sentence(change: Change, name_of: Name, title_of: Name) -> Sentence:
    facts: dict[str, object] = {
        "case": change.case and title_of(change.case),
        "rule": rule_term_of_step(change.rule),
        "people": named(change.experts, name_of),
    }
    return chosen(CHANGES[change.kind], facts)


def rule_term_of_step(step: str) -> str:
    label = RELAXATION_LABELS.get(step)
    return Term(label) if label else step


def cost_sentence(found: WhatIf) -> Sentence:
    facts = {"total": f"{found.total:+d}", "worst": f"{found.worst:+d}", "people": len(found.moves)}
    if not found.total and not found.worst:
        return chosen(N_("总分和最低一组得分都不变，%(people)d人变动。"), facts)
    return chosen(N_("总分%(total)s，最低一组%(worst)s，%(people)d人变动。"), facts)


def move_sentence(move: Move, name_of: Name, title_of: Name) -> Sentence:
    facts: dict[str, object] = {
        "expert": name_of(move.expert),
        "left": tuple(map(title_of, move.left)),
        "joined": tuple(map(title_of, move.joined)),
    }
    if not move.left:
        return chosen(N_("%(expert)s：加入%(joined)s"), facts)
    if not move.joined:
        return chosen(N_("%(expert)s：退出%(left)s"), facts)
    return chosen(N_("%(expert)s：由%(left)s转到%(joined)s"), facts)
