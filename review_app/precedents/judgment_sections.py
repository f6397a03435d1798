"""Where the parts of a judgment stand, by the words with which courts and procuratorates begin them."""

import re
from dataclasses import dataclass

from review_app.precedents.judgment_text import FlatText
from review_app.precedents.states import Section

Ranges = dict[Section, tuple[int, int]]

_VERB = "(?:再审|二审|一审|依法|公开|不公开|开庭|审理|庭审|法庭|复核|审查|审核|质证|调查|重新|合并|听证|评议|研究|经|对|、|，|并|后|和){0,6}"
_FACTS = re.compile(
    rf"(?:[一二三四五六七八九][、.．])?(?:(?:公诉机关|起诉书)指控[，,]?[并和及])?"
    rf"经?(?:(?:本院|本庭|法庭|合议庭|本案|本机关|本委|现|并|经)(?:经|依法)?{_VERB}(?:已?查明|查实|确认的?(?:案件|以下|下列|如下)?事实|认定的?(?:案件|以下|下列|如下)?事实)"
    rf"|(?:二审|再审|依法|审理|庭审|法庭审理|开庭审理)(?:经|审理){{0,2}}查明|(?:本院)?对(?:一审|原审)(?:法院)?[^。；]{0, 12}?查明的?事实[^。；]{0, 12}?确认)"
)
_ALSO = re.compile(r"(?:另|又|再|还|同时|并|进一步)(?:经)?(?:审理)?查明")
_REASONING = re.compile(
    rf"(?:综上(?:所述)?|据此|因此|故)?[，,：:]?(?:经)?(?:本院|我院|本庭|本?合议庭|本机关|本委|本府|本局)(?:(?:审判|检察)委员会)?(?:在)?{_VERB}(?:中|决定|讨论)?后?认为"
)
_JUDGES = re.compile(
    r"其行为|之?行为|构成|无视国|目无国|违反|罪名|以非法占有为目的|请求权|合同|有效|纠纷|争议|符合|应予|上诉理由|原审|原判|一审|本案|应当|职责"
)
_WEIGHING = re.compile(
    r"(?:证据|鉴定|证言|供述|笔录|辩解|辩护|意见|异议|质证)[^。；]{0,60}?(?:采信|采纳|确认|认定|成立|不予支持)"
)
_RESULT = re.compile(
    r"(?:判决|裁定|决定|判处|判令|调解|裁决)(?:主文|结果)?(?:如|以)下[：:；;，,。.]?|(?:作出|达成|作)?如下(?:判决|裁定|决定|(?:调解)?协议|处理意见|检察建议)[：:；;，,。.]?"
)
_RESULT_SHORT = re.compile(
    r"(?:判决|裁定|决定)[：:]|(?<=，)决定(?=对|将|不予|不批准|终止|维持|撤销|驳回)|(?<=，)(?:现)?提出如下(?:检察)?建议[：:]?"
)
_TAIL = re.compile(
    r"(?:如|如果|若)?(?:原告|被告|当事人|申请人|被告人)?(?:如|如果|若)?(?:对|不服)?(?:本|此)(?:判决|裁定|决定)(?:书)?不服|(?:申请人|原告|被告|当事人|上诉人|双方当事人)?(?:如|如果|若)不服本|服本(?:判决|裁定)[，,]?可|不服本(?:判决|裁定|决定)的?[，,]"
    r"|(?<![自于在按照未以从至])本(?:判决|裁定|决定|通知|调解书|判决书|裁定书|决定书)(?:书)?(?:为|系|是|自|送达|一经|立即|作出|经)"
    r"|(?:被不起诉人|被害人|申诉人|附带民事诉讼原告人)[^。；]{0,12}(?:如|如果|若)?(?:对本决定|不服本决定)"
    r"|(?:代理|助理)?审判[长员](?!委员)|执行[长员]|书记员|检察长|检察员|(?:本件|此件)与原本核对"
)
_CLAIMS = re.compile(
    r"(?:[一二三][、.．])?(?:"
    r"(?:公诉机关|检察机关|公诉人|[^。；，,：:“”]{2,24}?检察院?(?:第[一二三四五六]分院)?)(?:的)?(?:以[^。；，]{2,30}起诉书(?=指控[：:]))?(?:起诉书)?(?:在起诉书中)?(?:指控|起诉称|诉称|起诉指控)"
    r"|起诉书指控|(?:附带民事诉讼)?(?:原告人?|自诉人|反诉原告)[^。；]{0,40}?(?:诉称|诉讼请求|起诉请求|请求判令|控诉|指控)"
    r"|(?:申请执行人|异议人|案外人|复议申请人|申请人|利害关系人|赔偿请求人)[^。；]{0,40}?(?:称|请求|申请)"
    r"|(?:诉讼|复议|执行异议|行政复议)请求[：:]"
    r")"
)
_APPEALS = re.compile(
    r"(?:[一二三][、.．])?(?:宣判后[，,])?(?:"
    r"(?:上诉人|原审被告人|原审原告|原审自诉人)[^。；]{0,60}?(?:上诉称|上诉提出|提出(?!了?上诉)|上诉请求|上诉理由|上诉认为|诉称|辩称|认为)"
    r"|[^。；，：“]{2,16}?(?:上诉(?:称|提出|理由|请求|主张)|申请再审(?:称|提出)|申诉(?:称|提出))|检察机关抗诉"
    r"|(?:再审申请人|申诉人|抗诉机关|[^。；，,：:]{2,24}?检察院)[^。；]{0,40}?(?:申请再审称|再审请求|再审称|申诉称|申诉提出|抗诉认为|抗诉称|抗诉提出|抗诉意见|抗诉理由|认为)"
    r"|(?:上诉|再审|申诉|抗诉)(?:请求|理由|意见)[^。；]{0,12}?[：:是]"
    r")"
)
_BROUGHT = re.compile(
    r"[^。]{0,200}?(?:提起公诉|诉讼代理人|于[^。]{4,16}(?:立案|受理)|本院[^。]{0,30}(?:立案|受理)|一案[，,]|审理[^。]{2,120}?一案|本机关[^。]{0,30}(?:立案|受理)|向本机关申请)"
)
_DEFENCE = re.compile(
    r"(?:[二三四][、.．]|(?:在|本案)?(?:庭审|法庭审理|开庭审理|审理|二审)(?:过程)?中?[，,]|对上述指控[，,]|对于?(?:公诉机关|起诉书)[^。；]{0,30}?[，,])?(?:"
    r"(?:上述|以上|各|二|三|四)?(?:[^。；，：“]{0,16}?出庭检察(?:人)?员|二审出庭|被告人|被告单位|原审被告人|被告|被上诉人|被申请人|被申诉人|第三人|被执行人|申请执行人|反诉被告|其?(?:指定|委托)?辩护人)"
    r"(?:[^。；]{0,80}?(?:辩称|辨称|辩解|辩护|答辩|无异议|没有异议|不持异议|有异议|供认|认罪|未作?提?辩|未提[交出]|述称)|[^。；，]{0,24}?(?:提出|认为|请求|陈述|称))"
    r"|(?:被告人)?[^。；，：“]{2,10}当庭(?:辩|表示)|[^。；，：“]{2,16}?(?:辩称|答辩称|答辩意见|述称|提交意见称)|[^。；，：“]{2,10}(?:当庭)?对(?:起诉书|公诉机关|检察机关)[^。；]{0,40}?(?:异议|供认|辩)"
    r")"
)
_LISTED = re.compile(r"[^，。；：]{0,40}(?:供述|陈述)(?:与|和|及|、)")
_LOWER = re.compile(
    r"(?:[一二三][、.．])?(?:(?:原审|一审|原判|二审|原一审|原二审)(?:法院|人民法院|判决|裁定)?|[^。；，,：:“”]{3,24}?人民法院)[^。；，]{0,24}?(?:查明|认定|认为)"
)
_EVIDENCE = re.compile(
    r"(?:[一二三四五][、.．])?(?:(?:认定|证明|证实|支持)?(?:上述|以上|前述|该)(?:犯罪|案件|的)?事实|(?:认定|证明|证实)[^。；，]{0,10}(?:事实|部分)的?(?:主要)?证据|(?:上述|以上)(?:犯罪)?事实[^。；]{0,60}?证据|公诉机关[^。；]{0,30}?(?:提交|提供|出示|宣读|举示)[^。；]{0,30}?证据|证据(?:如下|有)|(?:原告|被告|双方|申请人)[^。；]{0,30}?(?:提交|提供)[^。；]{0,20}?证据)"
)
_POINTS = re.compile(
    r"(?:[^。；，]{0,20}?[，,])?[^。；，]{0,24}?争议的?(?:主要)?焦点(?:问题)?(?:有|是|为|在于|如下|之|[一二三：:])"
)
_LAW = re.compile(r"(?:依照|依据|根据|按照|适用|按)(?:[^。；]{0,40}?)[《〈]")
_NAMED_LAW = re.compile(r"《[^《》]{2,60}》")
_MOST_WEIGHINGS = 30  # paragraphs that begin like reasons and only weigh evidence
_LAW_FAR = 1_500  # characters before the result in which the law applied is listed


@dataclass(frozen=True)
class Marks:
    """Where this court's own parts begin in the flat text; -1 for what is not there."""

    facts: int
    reasoning: int
    result: int
    result_text: int
    tail: int


def find_sections(flat: FlatText, *, reviews_another: bool) -> Ranges:
    """The ranges of the parts in the text as published. ``reviews_another`` says that an earlier decision is under
    review, so that its facts and reasons are told as well and must not be taken for this court's."""
    marks = main_marks(flat)
    found = main_parts(flat, marks)
    found |= told_parts(flat, marks, reviews_another)
    found |= inner_parts(flat, marks)
    end_before_points(flat, found)
    clip(found, Section.EVIDENCE, Section.FACTS)
    begun = [start for start, end in found.values() if end > start]
    if begun and min(begun) > 0:
        found[Section.HEAD] = (0, min(begun))
    return {
        name: (flat.place(start), flat.end_place(end))
        for name, (start, end) in sorted(found.items(), key=lambda item: item[1])
        if end > start
    }


def end_before_points(flat: FlatText, found: Ranges) -> None:
    """Points in dispute that stand in a paragraph of their own between facts and reasons are neither."""
    if not {Section.POINTS, Section.FACTS, Section.REASONING} <= found.keys():
        return
    start, end = found[Section.POINTS]
    facts = found[Section.FACTS]
    if facts[0] < start < facts[1] and end == found[Section.REASONING][0] and start in flat.breaks:
        found[Section.FACTS] = (facts[0], start)


def clip(found: Ranges, inner: Section, outer: Section) -> None:
    """Let a part that begins in another end with it."""
    if inner in found and outer in found and found[outer][0] <= found[inner][0] < found[outer][1]:
        found[inner] = (found[inner][0], min(found[inner][1], found[outer][1]))


def main_marks(flat: FlatText) -> Marks:
    result, result_text = result_mark(flat)
    before = result if result >= 0 else len(flat.flat)
    facts = facts_mark(flat, before)
    reasoning = reasoning_mark(flat, max(facts, 0), before)
    if facts >= 0 and reasoning < 0:
        reasoning = reasoning_mark(flat, 0, before)
        facts = -1 if 0 <= reasoning < facts else facts
    tail = -1
    if result >= 0:
        end = next(_TAIL.finditer(flat.flat, result_text), None)
        tail = end.start() if end else -1
    return Marks(facts, reasoning, result, result_text, tail)


def result_mark(flat: FlatText) -> tuple[int, int]:
    """Where the last “判决如下” begins and ends: earlier ones are quoted from other decisions."""
    found = list(_RESULT.finditer(flat.flat)) or list(_RESULT_SHORT.finditer(flat.flat))
    if not found:
        return -1, -1
    return found[-1].start(), found[-1].end()


def facts_mark(flat: FlatText, before: int) -> int:
    found = [match.start() for match in flat.matches(_FACTS, 0, before) if not _ALSO.match(match[0])]
    return next((at for at in found if flat.begins_paragraph(at)), found[0] if found else -1)


def reasoning_mark(flat: FlatText, start: int, before: int) -> int:
    """The first “本院认为” of a paragraph that does not merely weigh evidence; else the first of a sentence."""
    found = [match.start() for match in flat.matches(_REASONING, start, before)]
    own = [at for at in found if flat.begins_paragraph(at)] or found
    if not own:
        return -1
    return next(
        (at for at in own[:_MOST_WEIGHINGS] if not weighs(flat, at)), own[0] if len(own) == 1 else own[-1]
    )


def weighs(flat: FlatText, at: int) -> bool:
    sentence = flat.flat[at : at + 300].split("。")[0]
    if "其行为" in sentence or "已构成" in sentence:
        return False
    return bool(_WEIGHING.search(sentence)) or not _JUDGES.search(flat.flat[at : at + 250])


def main_parts(flat: FlatText, marks: Marks) -> Ranges:
    end = len(flat.flat)
    parts: Ranges = {}
    after_facts = next((at for at in (marks.reasoning, marks.result) if at > marks.facts), end)
    if marks.facts >= 0:
        parts[Section.FACTS] = (marks.facts, after_facts)
    if marks.reasoning >= 0:
        parts[Section.REASONING] = (marks.reasoning, marks.result_text if marks.result >= 0 else end)
    if marks.result >= 0:
        parts[Section.RESULT] = (marks.result_text, marks.tail if marks.tail >= 0 else end)
    if marks.tail >= 0:
        parts[Section.TAIL] = (marks.tail, end)
    return parts


def told_parts(flat: FlatText, marks: Marks, reviews_another: bool) -> Ranges:
    """What others said before: claims, defence, the court below. Where the court found no facts of its own, those of
    the accusation, which it confirms, are the facts."""
    until = next((at for at in (marks.facts, marks.reasoning, marks.result) if at >= 0), len(flat.flat))
    begun: dict[Section, int] = {}
    opening = _APPEALS if reviews_another else _CLAIMS
    claims = next((match for match in flat.matches(opening, 0, until) if states(flat, match)), None)
    if claims:
        begun[Section.CLAIMS] = claims.start()
    if claims and (defence := defence_mark(flat, claims.end(), until, opening)) >= 0:
        begun[Section.DEFENCE] = defence
    if reviews_another and (lower := lower_mark(flat, until)) >= 0:
        begun[Section.LOWER] = lower
    ordered = sorted(begun.items(), key=lambda item: item[1])
    ends = [*(at for _, at in ordered[1:]), until][: len(ordered)]
    parts = {name: (at, end) for (name, at), end in zip(ordered, ends, strict=True)}
    if claims and marks.facts < 0 <= marks.reasoning and not reviews_another:
        parts[Section.FACTS] = (after_colon(flat.flat, claims.end()), parts[Section.CLAIMS][1])
    return parts


def defence_mark(flat: FlatText, start: int, until: int, opening: re.Pattern[str]) -> int:
    """Where the accused begins to answer: not where “被告人的供述与辩解” is listed as evidence."""
    found = [
        match.start()
        for match in flat.matches(_DEFENCE, start, until)
        if states(flat, match) and not _LISTED.match(match[0]) and not appeals(flat, match, opening)
    ]
    whole = (at for at in found if flat.flat[at - 1] not in "；;：:")
    return next((at for at in found if flat.begins_paragraph(at)), next(whole, -1))


def appeals(flat: FlatText, match: re.Match[str], opening: re.Pattern[str]) -> bool:
    """Whether it is a second appellant who speaks."""
    return opening is _APPEALS and "出庭" not in match[0] and bool(_APPEALS.match(flat.flat, match.start()))


def after_colon(flat: str, at: int) -> int:
    return at + 1 if flat[at : at + 1] in tuple("：:，,；;") else at


def lower_mark(flat: FlatText, until: int) -> int:
    return next((match.start() for match in flat.matches(_LOWER, 0, until) if states(flat, match)), -1)


def states(flat: FlatText, match: re.Match[str]) -> bool:
    """Whether the sentence tells what somebody said, not that a case was brought."""
    return not _BROUGHT.match(flat.flat, match.start())


def inner_parts(flat: FlatText, marks: Marks) -> Ranges:
    """Parts that lie in others: evidence among the facts, points in dispute, law cited before the result."""
    parts: Ranges = {}
    after = next((at for at in (marks.reasoning, marks.result) if at > marks.facts), len(flat.flat))
    told = marks.facts if marks.facts >= 0 else 0
    if marks.reasoning > told and (evidence := evidence_mark(flat, told + 4, after)):
        parts[Section.EVIDENCE] = (evidence.start(), after)
    if marks.result >= 0:
        parts |= law_part(flat, marks)
        parts |= points_part(flat, marks)
    return parts


def evidence_mark(flat: FlatText, start: int, end: int) -> re.Match[str] | None:
    found = list(flat.matches(_EVIDENCE, start, end))
    return next((match for match in found if flat.begins_paragraph(match.start())), next(iter(found), None))


def law_part(flat: FlatText, marks: Marks) -> Ranges:
    """The last sentence before the result that applies a statute, from there on."""
    floor = max(marks.reasoning, marks.result - _LAW_FAR, 0)
    start = max(flat.flat.rfind("。", floor, marks.result) + 1, floor)
    law = _LAW.search(flat.flat, start, marks.result)
    if law is None:
        law = next(reversed(list(_LAW.finditer(flat.flat, floor, marks.result))), None)
    law = law or _NAMED_LAW.search(flat.flat, start, marks.result)
    return {Section.LAW: (law.start(), marks.result)} if law else {}


def points_part(flat: FlatText, marks: Marks) -> Ranges:
    point = flat.first(_POINTS, 0, marks.result)
    if point is None:
        return {}
    end = flat.flat.find("。", point.end(), marks.result)
    return {Section.POINTS: (point.start(), end + 1)} if end >= 0 else {}
