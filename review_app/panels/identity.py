"""Whether somebody in a file is the person or body meant: by number, by unit, or only by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review_app.panels.facts import Who
from review_app.panels.names import NameMatch, compare
from review_app.panels.units import UnitTree, plain_body

SHORTEST_BODY = 4
"""characters: whatever is not longer may be a person's name"""


@dataclass(frozen=True)
class Match:
    """What a rule found: a `certain` match carries the rule's level, any other is POSSIBLE."""

    source: str
    matched: str
    certain: bool = True


Found = Iterator[Match | str]
"""matches, and as plain texts the data that is missing"""


def by_name(one: Who, other: Who) -> NameMatch:
    """The best that comparing names and aliases gives."""
    results = {compare(a, b) for a in one.names for b in other.names}
    for answer in (NameMatch.SAME, NameMatch.UNKNOWN, NameMatch.DIFFERENT):
        if answer in results:
            return answer
    return NameMatch.UNKNOWN


def people(one: Who, others: Iterable[Who], source: str, what: str) -> Found:
    """Matches of one person among others: certain by number, possible by name, else what is missing."""
    for other in others:
        if one.id_hash and other.id_hash:
            if one.id_hash == other.id_hash:
                yield Match(source, f"{what}：{other.name or one.name}（证件号码一致）")
            continue
        answer = by_name(one, other)
        if answer is NameMatch.SAME:
            yield Match(source, f"{what}：{other.name}（姓名相同，证件号码未核对）", certain=False)
        elif answer is NameMatch.UNKNOWN:
            yield f"{what}缺少可核对的姓名或者证件号码"


def bodies(one: Who, others: Iterable[Who], source: str, what: str, tree: UnitTree) -> Found:
    """Matches of one party (person or organisation) among others; organisations by unit first."""
    for other in others:
        if one.unit and other.unit and not (one.id_hash or other.id_hash):
            if tree.same_organ(one.unit, other.unit):
                yield Match(source, f"{what}：{other.name or one.name}（同一单位）")
        elif not (one.id_hash and other.id_hash) and same_body(one, other):
            yield Match(source, f"{what}：{other.name}（名称相同，单位未核对）", certain=False)
        else:
            yield from people(one, [other], source, what)


def same_body(one: Who, other: Who) -> bool:
    """Whether both names are those of one company or firm, however its legal form is written."""
    bodies = [{plain_body(name) for name in each.names if len(name) > SHORTEST_BODY} for each in (one, other)]
    return bool(bodies[0] & bodies[1])
