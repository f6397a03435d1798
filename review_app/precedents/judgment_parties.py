"""Who takes part: parties, counsel and judges, by the words before their names. Personal data: for telling cases apart and
for making texts anonymous, not for keeping."""

import re
from dataclasses import dataclass

from review_app.precedents.judgment_text import FlatText

ROLES = (
    "公诉机关", "抗诉机关", "检察机关", "附带民事诉讼原告人", "附带民事诉讼被告人", "自诉人", "被害人", "反诉原告人",
    "被告单位", "被告人", "原审被告单位", "原审被告人", "罪犯", "原审原告", "原审被告", "原审第三人", "反诉原告", "反诉被告",
    "原审上诉人", "原审被上诉人", "上诉人", "被上诉人", "再审申请人", "被申请人", "申诉人", "被申诉人", "申请执行人", "被执行人", "异议人", "案外人", "利害关系人",
    "复议申请人", "赔偿请求人", "赔偿义务机关", "被不起诉人", "被不起诉单位", "申请人", "第三人", "原告人", "原告", "被告",
)  # fmt: skip
COUNSEL = (
    "委托诉讼代理人", "委托代理人", "诉讼代理人", "法定代理人", "指定代理人", "法定代表人", "诉讼代表人", "指定辩护人", "委托辩护人",
    "值班律师", "辩护人", "负责人", "主要负责人", "法定代表人或负责人",
)  # fmt: skip
JUDGES = (
    "审判长", "代理审判长", "代理审判员", "助理审判员", "审判员", "人民陪审员", "陪审员", "执行长", "执行员", "法官助理", "代书记员", "书记员",
    "检察长", "检察官", "检察员",
)  # fmt: skip
_NAME = r"([\u4e00-\u9fffA-Za-z·•*×Ｘ０-９0-9○甲乙丙丁]{1,40})"


def _roles(names: tuple[str, ...]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_PARTY = re.compile(
    rf"({_roles(ROLES)})((?:[（(][^()（）]{{1,40}}[)）])?)[：:]?(?:自报)?{_NAME}((?:[（(][^()（）]{{1,60}}[)）])?)(?=[，,。；;、]|$)"
)
_COUNSEL = re.compile(
    rf"(?:二|三|以上|上述|上列|共同|两)?({_roles(COUNSEL)})(?:（[^（）]{{1,30}}）)?[：:]?{_NAME}(?=[，,。；;、（(]|$)"
)
_NO_NAME = re.compile(
    r"^指控?$|^暨|罪|一案|到庭|提起|及其|不服|认为|参加诉讼|诉称|辩称|意见|与|诉|向本院|^不|因|被告|第三人|原审"
)
_JUDGE = re.compile(rf"({_roles(JUDGES)})[：:]?")
_JUDGE_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_AFTER_NAME = re.compile(rf"{_roles(JUDGES)}|[一二][〇零九]|附[：:]?|本件")
_ENDING = 3_000
_HEAD = 12_000  # characters of a long list of parties


@dataclass(frozen=True)
class Party:
    """Somebody named with a role: ``role`` as written, ``name`` without what stands in brackets."""

    role: str
    name: str


def parties_of(flat: FlatText, end: int | None = None) -> tuple[Party, ...]:
    """Parties of the head in the order in which they are listed; ``end`` is where the head ends."""
    return _listed(flat, _PARTY, (1, 3), min(end or _HEAD, _HEAD))


def counsel_of(flat: FlatText, end: int | None = None) -> tuple[Party, ...]:
    """Counsel and representatives of the head."""
    return _listed(flat, _COUNSEL, (1, 2), min(end or _HEAD, _HEAD))


def _listed(flat: FlatText, pattern: re.Pattern[str], groups: tuple[int, int], end: int) -> tuple[Party, ...]:
    found = (match for match in flat.matches(pattern, 0, end) if match.start() in flat.breaks)
    named = (Party(match[groups[0]], match[groups[1]]) for match in found)
    return tuple(dict.fromkeys(each for each in named if not _NO_NAME.search(each.name)))


def judges_of(ending: FlatText) -> tuple[Party, ...]:
    """Who signed: the names after each office in the end of a document."""
    found = []
    for office in _JUDGE.finditer(ending.flat, 0, _ENDING):
        space = next((at for at in ending.flat_starts if at - office.end() >= 2), len(ending.flat))
        name = _JUDGE_NAME.match(ending.flat, office.end(), space)
        if name:
            found.append(Party(office[1], _AFTER_NAME.split(name[0])[0]))
    return tuple(dict.fromkeys(each for each in found if len(each.name) > 1))
