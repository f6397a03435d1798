"""Reads a Chinese judgment: organ, kind, number, date, causes, parts, outcome. Pure; what is not recognised stays empty."""

import re
from dataclasses import dataclass, field
from datetime import date

from review_app.precedents.states import Section
from search_index.citations import number_of

HEAD = 400  # characters in which title, organ, kind and number stand
TAIL = 2_500  # characters at the end in which the date stands

_ORGAN = re.compile(r"([\u4e00-\u9fff]{2,30}?(?:人民法院|人民检察院|公安局|公安厅|人民政府|仲裁委员会))")
_KIND = re.compile(
    r"((?:刑事|民事|行政|执行)?(?:附带民事)?(?:判决书|裁定书|决定书|调解书|赔偿决定书|抗诉书|不起诉决定书|通知书))"
)
_CASE_NUMBER = re.compile(
    r"[(（〔\[](?:19|20)\d{2}[)）〕\]][^\s。，；、()（）]{2,40}?号(?:之[一二三四五六七八九十])?"
)
_DATE = re.compile(
    r"([二2][〇○Ｏ零Oo0０一1二三四五六七八九\d]{3})年([一二三四五六七八九十\d]{1,3})月([一二三四五六七八九十\d]{1,3})日"
)
_FACTS = re.compile(r"(?:经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?审理查明|本院(?:经审理)?查明|经查明|审理查明)")
_REASONING = re.compile(r"本院(?:再审|二审)?认为")
_RESULT = re.compile(r"(?:判决|裁定|决定)如下[：:]?")
_RESULT_END = re.compile(r"(?:如不服本|本(?:判决|裁定)为终审|审\s*判\s*长|代理审判员|书\s*记\s*员)")
_CHARGE = re.compile(r"犯([\u4e00-\u9fff、]{2,24}?罪)")
_APPEAL = re.compile(r"终|再|监|抗|复")
_APPEAL_OUTCOMES = (
    ("发回重审", r"发回.{0,20}重(?:新审判|审)"),
    ("撤销或者改判", r"(?:撤销|变更).{0,60}(?:判决|裁定|决定)"),
    ("维持原判", r"维持原判|维持.{0,60}(?:判决|裁定|决定)"),
)
_OUTCOMES = (
    ("恢复执行", r"恢复执行"),
    ("终结本次执行程序", r"终结本次执行程序"),
    ("驳回", r"驳回"),
    ("无罪", r"无罪"),
    ("免予刑事处罚", r"免(?:予|于)刑事处罚"),
    ("死刑", r"死刑"),
    ("无期徒刑", r"无期徒刑"),
    ("缓刑", r"缓刑"),
    ("有期徒刑", r"有期徒刑"),
    ("拘役、管制", r"拘役|管制"),
    ("单处罚金", r"罚金"),
    ("支持全部或者部分请求", r"(?:支付|赔偿|返还|履行|给付|确认)"),
)


@dataclass(frozen=True)
class Judgment:
    """What could be read from a judgment's text. Ranges are character offsets into it."""

    organ: str = ""
    doc_type: str = ""
    case_no: str = ""
    decided_on: date | None = None
    causes: tuple[str, ...] = ()
    outcome: str = ""
    sections: dict[str, list[int]] = field(default_factory=dict)


def read_judgment(text: str, sections: dict[str, list[int]] | None = None) -> Judgment:
    """Read a judgment. Known ``sections`` are kept, missing ones are looked for."""
    found = {**find_sections(text), **(sections or {})}
    result = part(text, found, Section.RESULT)
    head = text[:HEAD]
    case_no = first(_CASE_NUMBER, head)
    return Judgment(
        organ=first(_ORGAN, head),
        doc_type=first(_KIND, head.replace(" ", "")),
        case_no=case_no,
        decided_on=date_of(text[-TAIL:]),
        causes=tuple(dict.fromkeys(_CHARGE.findall(result)))[:5],
        outcome=outcome_of(result, on_appeal=bool(_APPEAL.search(case_no))),
        sections=found,
    )


def find_sections(text: str) -> dict[str, list[int]]:
    """Where facts, reasoning and result stand, by the words that every judgment uses to begin them."""
    found: dict[str, list[int]] = {}
    facts = _FACTS.search(text)
    reasoning = _REASONING.search(text, facts.end() if facts else 0)
    result = _RESULT.search(text, reasoning.end() if reasoning else 0)
    if facts and reasoning:
        found[Section.FACTS.value] = [facts.start(), reasoning.start()]
    if reasoning and result:
        found[Section.REASONING.value] = [reasoning.start(), result.end()]
    if result:
        end = _RESULT_END.search(text, result.end())
        found[Section.RESULT.value] = [
            result.end(),
            end.start() if end else min(len(text), result.end() + TAIL),
        ]
    return found


def part(text: str, sections: dict[str, list[int]], name: Section) -> str:
    start, end = sections.get(name.value, (0, 0))
    return text[start:end]


def outcome_of(result: str, *, on_appeal: bool) -> str:
    """The result in one of a few words; empty when it names none of them. A first judgment that revokes an earlier
    probation changes no judgment, so what becomes of another judgment counts only on appeal or retrial."""
    possible = (*_APPEAL_OUTCOMES, *_OUTCOMES) if on_appeal else _OUTCOMES
    return next((word for word, pattern in possible if re.search(pattern, result)), "")


def date_of(tail: str) -> date | None:
    """The day of the judgment: the last complete date written in Chinese numerals, else in digits."""
    dates = [(as_date(*match.groups()), match[1]) for match in _DATE.finditer(tail)]
    written = [day for day, year in dates if day and not year.isdecimal()]
    digits = [day for day, year in dates if day and year.isdecimal()]
    return written[0] if written else digits[-1] if digits else None


def as_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(number_of(re.sub("[○ＯOo０]", "〇", year)), number_of(month), number_of(day))
    except ValueError:
        return None


def first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match and pattern.groups else match[0] if match else ""
