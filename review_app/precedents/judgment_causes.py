"""Causes of action: charges of which somebody was found guilty, disputes and administrative acts."""

import re
from collections.abc import Iterable

from review_app.precedents.judgment_parties import Party

MOST = 8
_NOT_END = "(?:侵犯|（边）|\\(边\\)|犯罪(?:所得|活动|方法|分子|嫌疑|集团|工具|组织|收益|线索|行为)|犯罪、|[^罪犯，。；：:,;\\s（）()《》“”])"
_CHARGE = f"(?:{_NOT_END}){{1,40}}罪"
_GUILTY = re.compile(f"(?<![刑侵])犯(?:有)?((?:{_CHARGE})(?:[、和及，,]{_CHARGE})*)")
_FOUND = re.compile(f"(?:构成|犯)(?:了)?((?:{_CHARGE})(?:[、和及]{_CHARGE})*)")
_SUSPECTED = re.compile(f"涉嫌(?:犯)?((?:{_CHARGE})(?:[、和及]{_CHARGE})*)")
_NOT_CHARGES = re.compile(
    r"^(?:数|其他|他|新|前|后|漏|该|余|本|同种|两|二|三|四|五|六|多|上述|何|故意|过失|主|从|各|所犯|原|重|轻|一|此|之前)罪$|(?:认|悔|服|谢|定|治|免|赎|问|有|无|重|轻|本)罪$|^[^\u4e00-\u9fff]"
)

_ITEM = re.compile(
    r"(?<=[；;。）)：:])[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．，]|^[（(]?[一][）)]?[、.．]"
)
_REVOKES = re.compile(r"[^。；，]{0,40}?(?:撤销|变更)")

_CASE = re.compile(
    r"([^。；\n]{4,300}?(?:纠纷|争议|行政[^。；，]{1,20}|赔偿|异议之诉|公益诉讼|认定|许可|处罚|登记|征收|强制|补偿|公开|确认|裁决|协议|职责|复议|批准|检查|命令|合同|决定|离婚|保全|破产|继承))(?:（[^（）]{1,20}）)?(?:上诉|再审|申诉|申请再审|执行)?一案"
)
_CAUSE_WORDS = re.compile(r"[\u4e00-\u9fff、（）()]{2,40}$")
_SINCE = re.compile(
    r".*(?:(?:因与|与|诉|和|及|对|不服|申请)(?:被告|被上诉人|被申请人|被执行人|原审被告|第三人|一审被告)?|作出的|公司|政府|委员会|局|所|厂|店|部|院|中心|等)"
)
# an administrative act by the words in a reconsideration decision or a title that names no cause
_ACTS = (
    "行政处罚", "行政强制", "征收补偿", "房屋征收", "土地征收", "行政征收", "行政许可", "工伤认定", "行政确认", "行政登记", "行政协议", "政府信息公开",
    "行政赔偿", "行政补偿", "不履行法定职责", "行政裁决", "行政复议", "行政检查",
)  # fmt: skip


def charges_in_result(result: str) -> tuple[str, ...]:
    """Charges of which the result (without white space) finds somebody guilty; those of an earlier judgment that it
    revokes are none of them."""
    items = _ITEM.split(result)
    kept = [item for item in items if not _REVOKES.match(item)]
    return charges_in("".join(kept)) or charges_in(result)


def charges_in(words: str) -> tuple[str, ...]:
    found = [charge for match in _GUILTY.finditer(words) for charge in split_charges(match[1])]
    return unique(found)


def charges_found(reasoning: str) -> tuple[str, ...]:
    """Charges that the reasoning says are made out."""
    found = [charge for match in _FOUND.finditer(reasoning) for charge in split_charges(match[1])]
    return unique(found)


def charges_suspected(text: str) -> tuple[str, ...]:
    found = [charge for match in _SUSPECTED.finditer(text) for charge in split_charges(match[1])]
    return unique(found)


def split_charges(listed: str) -> Iterable[str]:
    """“盗窃罪、诈骗罪” is two charges, “掩饰、隐瞒犯罪所得罪” is one."""
    for charge in re.findall(_CHARGE, listed):
        yield charge.strip("、和及，,")


def unique(found: Iterable[str]) -> tuple[str, ...]:
    wanted = (charge for charge in found if 3 <= len(charge) <= 40 and not _NOT_CHARGES.match(charge))
    return tuple(dict.fromkeys(wanted))[:MOST]


def dispute_of(head: str, parties: tuple[Party, ...]) -> tuple[str, ...]:
    """The cause that head or title (without white space) name before “一案”, without the parties."""
    for case in _CASE.finditer(head):
        cause = without_parties(case[1], parties)
        if cause:
            return (cause,)
    return ()


def without_parties(words: str, parties: tuple[Party, ...]) -> str:
    ends = [words.rfind(party.name) + len(party.name) for party in parties if party.name in words]
    ends += [words.rfind(party.name[:2]) + len(party.name[:2]) for party in parties if short_in(party, words)]
    rest = words[max(ends, default=0) :] if ends else words
    rest = re.sub(r"^(?:等|之间|（[^（）]*）|[，、,和与及]|的|因|就|关于)+", "", rest)
    since = _SINCE.match(rest) if not ends else None
    rest = rest[since.end() :] if since and since.end() < len(rest) - 1 else rest
    found = _CAUSE_WORDS.search(rest)
    return re.sub(r"(?<=[\u4e00-\u9fff]{2})决定$", "", found[0].strip("、，")) if found else ""


def short_in(party: Party, words: str) -> bool:
    """Whether a company is named by the first characters of its name and 公司."""
    return len(party.name) > 8 and party.name not in words and f"{party.name[:2]}公司" in words


def act_of(text: str) -> tuple[str, ...]:
    """The administrative act in dispute, by the first of its names in the text."""
    acts = [act for act in _ACTS if act in text]
    places = {act: text.find(act) for act in acts if act != "行政复议"} or dict.fromkeys(acts, 0)
    return (min(places, key=lambda act: places[act]),) if places else ()
