"""The head of a judgment: who decided, what kind of document it is, its numbers, the stage of the procedure."""

import re
from itertools import pairwise

from review_app.precedents.judgment_text import FlatText
from review_app.precedents.states import Stage

HEAD = 600  # characters without white space in which title, organ, kind and number stand
_NEAR = 160  # of these, how many may stand before the number

_COURT = r"(?:人民|铁路运输|海事|知识产权|互联网|金融|军事|林业|林区|农垦|矿区|油田|垦区|运输)(?:高级|中级|基层|初级)?法院"
_ORGAN = re.compile(
    rf"(?:中华人民共和国)?([\u4e00-\u9fff]{{1,30}}?(?:{_COURT}|人民检察院|(?:铁路运输|军事)检察院|公安局|公安厅|公安分局|人民政府"
    r"|复议委员会|仲裁委员会|劳动人事争议仲裁院|司法局|监察委员会|自然资源局|人力资源和社会保障局|市场监督管理局))(?:行政复议)?"
)
_KIND = re.compile(
    r"(?:(?:刑事|民事|公益诉讼|行政|收监|暂予监外|监外|执行|国家赔偿|司法救助|行政赔偿|行政复议|行政处罚|刑事申诉|民事监督|行政检察|附带民事|调解|不起诉|强制医疗|不予|撤销|驳回|终止|申诉|再审|复查|结果|抗诉|社会治理|类案|工伤认定|复议|申请|提请|立案|监督|支持)){0,5}"
    r"(?:判决书|裁判书|裁定书|决定书|调解书|检察建议书?|抗诉书|起诉书|通知书|支付令|裁决书|告知书|意见书)"
)
_TITLE_ONLY = re.compile(
    r"[^。]{0,60}?(?:一审|二审|再审|再审审查与审判监督|执行)(?:审查)?(?:刑事|民事|行政|执行|赔偿)"
)
_NUMBER = re.compile(
    r"[(（〔\[【［{]((?:19|20|１９|２０)\d{2})年?[)）〕\]】］}][^\s。，；、:：()（）《》“”]{0,4}(?:[(（][^\s。，；()（）]{1,6}[)）])?[^\s。，；、:：()（）《》“”]{1,36}?(?:[、-]\d{1,6}){0,8}号(?:之[一二三四五六七八九十\d]{1,3})?"
)
_PREFIXED = re.compile(
    r"([\u4e00-\u9fff]{2,20})[(（〔\[［]((?:19|20)\d{2})年?[)）〕\]］](?:第)?[A-Z]?\d{1,6}号"
)
_FRONT = re.compile(r"[^\u4e00-\u9fff]{0,8}(?:文书内容|终稿|裁判文书)?(?:中华人民共和国)?")
_DIGITS_ONLY = re.compile(r"[)）〕\]】］](?:第)?[A-Z]?\d{1,6}号")

# what the code of a court's case number says, the most special first
_CODES = (
    (Stage.PAROLE, r"刑更|减字|假字|刑执字"),
    (Stage.DEATH, r"刑核|刑复"),
    (Stage.COMPENSATION, r"法赔|委赔|赔监|司救|国赔"),
    (Stage.ENFORCEMENT, r"执"),
    (Stage.RETRIAL, r"(?:刑|民|行|行赔|商|知|提|抗|监|刑监|民监|审监|重|经)?(?:一|二|三|四)?(?:再|提|抗)字?|再(?:初|终)"),
    (Stage.PETITION, r"[刑民行赔商](?:一|二|三|四)?(?:申|监|抗)|监字|申字"),
    (Stage.SECOND, r"终"),
    (Stage.FIRST, r"初|特|督|催|破|重字"),
)  # fmt: skip
_SAID = (
    (Stage.RETRIAL, "再审"),
    (Stage.SECOND, "二审"),
    (Stage.FIRST, "一审"),
)


def title_end(flat: FlatText) -> int:
    """Where the heading of a published page ends that some collections set before the document itself."""
    heading = _TITLE_ONLY.match(flat.flat, 0, 90)
    if not heading:
        return 0
    kind = _KIND.search(flat.flat, max(heading.end() - 2, 0), 120)
    return kind.end() if kind and kind.end() in flat.breaks else 0


def organ_of(flat: FlatText) -> str:
    """The organ that decided: a line of its own in the head, or what stands before the kind of document."""
    lines = [*flat.flat_starts, len(flat.flat)]
    for start, end in pairwise(lines):
        if start > _NEAR:
            break
        found = _ORGAN.search(flat.flat, start, min(end, start + 60))
        if found and _FRONT.fullmatch(flat.flat, start, found.start(1)) and is_alone(flat, found.end(), end):
            return found[1]
    return ""


def is_alone(flat: FlatText, at: int, end: int) -> bool:
    return at == end or bool(_KIND.match(flat.flat, at)) or bool(_NUMBER.match(flat.flat, at))


def kind_of(flat: FlatText) -> str:
    """Kind of the document, as 刑事附带民事判决书."""
    found = _KIND.search(flat.flat, title_end(flat), HEAD)
    return found[0] if found else ""


def numbers_of(flat: FlatText) -> tuple[str, ...]:
    """The numbers of the case, as published: those that stand together in the head."""
    head = flat.flat[:HEAD]
    first = _NUMBER.search(head)
    prefixed = _PREFIXED.search(head[:_NEAR])
    if prefixed and (first is None or prefixed.start() < first.start() <= prefixed.end()):
        number = own_prefix(flat, prefixed)
        if "法院" not in head[: prefixed.start()] and prefixed.end() in flat.breaks and "以" not in number:
            return (number,)
    numbers: list[str] = []
    at = first.start() if first else 0
    while first is not None and first.start() <= at + 1 and not _DIGITS_ONLY.match(first[0], 5):
        numbers.append(first[0])
        at = first.end() + (head[first.end() : first.end() + 1] in tuple("、，和"))
        first = _NUMBER.match(head, at)
    return tuple(dict.fromkeys(numbers))


def own_prefix(flat: FlatText, found: re.Match[str]) -> str:
    """A number like 京朝检刑不诉〔2020〕12号 without what stands before it in the line above."""
    breaks = [at for at in flat.flat_starts if found.start() <= at <= found.end(1)]
    text = flat.flat[breaks[-1] if breaks else found.start() : found.end()]
    kind = list(_KIND.finditer(text))
    return text[kind[-1].end() :] if kind else text


def stage_of(case_no: str, kind: str, title: str) -> Stage | None:
    """The stage of the procedure, by the code in the number, else by what kind or title say."""
    if "检" in case_no or kind.startswith(("不起诉", "检察建议", "抗诉", "起诉")):
        return Stage.PROSECUTION
    if "复" in case_no and "行政复议" in kind + title:
        return Stage.RECONSIDERATION
    code = re.sub(r"^[(（〔\[][^)）〕\]]*[)）〕\]]", "", case_no)
    for stage, pattern in _CODES:
        if re.search(pattern, code):
            return stage
    return next((stage for stage, word in _SAID if word in title), None)
