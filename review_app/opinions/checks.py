"""Checks of what an opinion says, beside those of its format: every request answered, every finding with its place
in the file and the points of the database, sums equal, no personal data, no words that decide a case."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from review_app.documents.content import Heading, OfficialDocument, Paragraph, texts
from review_app.errors import N_
from review_app.masking.kinds import DATUM_LABELS, DatumKind
from review_app.masking.names import MASK
from review_app.masking.texts import Datum, Found, found_in, leaks, personal_numbers_in
from review_app.opinions.facts import FindingFacts, OpinionFacts
from review_app.opinions.states import PartKey
from review_app.opinions.wording import points

FORBIDDEN = ("撤销原判", "判决如下", "应当改判", "错案")
_CITED_SEVERITIES = frozenset({"S4"})
_CITED_DIMENSIONS = frozenset({"D3", "D4"})
NEVER_PRINTED = frozenset({DatumKind.ID_NUMBER, DatumKind.PHONE, DatumKind.NUMBER})
_DEDUCTED = re.compile(r"扣(\d+(?:\.\d+)?)分")
_CAPPED = re.compile(r"扣分合计(\d+(?:\.\d+)?)分，超过满分，按满分(\d+(?:\.\d+)?)分计")
_SCORED = re.compile(r"合议后评查得分(\d+(?:\.\d+)?)分")


@dataclass(frozen=True)
class ContentProblem:
    """What is wrong, as a sentence with facts; ``part`` is the part in which it is put right, if in any."""

    rule: str
    sentence: str
    facts: dict[str, object] = field(default_factory=dict)
    part: str = ""

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


def content_problems(facts: OpinionFacts, document: OfficialDocument) -> list[ContentProblem]:
    """Everything wrong with the opinion that says these facts; empty when it may be signed."""
    return [
        *missing_parts(facts),
        *request_problems(facts),
        *finding_problems(facts),
        *sum_problems(facts, document),
        *advice_problems(facts),
        *word_problems(document),
    ]


def circulation_problems(document: OfficialDocument, private: Sequence[Datum]) -> list[ContentProblem]:
    """What a circulated copy must not show: private people, the panel's members, personal numbers and homes."""
    shown = "\n".join(texts(document))
    leaked = [datum for datum in leaks(shown, private, numbers=nothing) if MASK not in datum.value]
    named = sum(datum.kind is DatumKind.PERSON for datum in leaked)
    found = []
    if named:
        found.append(ContentProblem("C06", N_("送达本中有%(count)s个姓名未隐去。"), {"count": named}))
    if len(leaked) > named:
        sentence = N_("送达本中有%(count)s处证件号、电话或者住址未隐去。")
        found.append(ContentProblem("C06", sentence, {"count": len(leaked) - named}))
    return [*found, *word_problems(document)]


def nothing(text: str) -> list[Found]:
    """No numbers by form: `word_problems` tells of those."""
    return []


def missing_parts(facts: OpinionFacts) -> Iterator[ContentProblem]:
    if not facts.case_text.strip():
        yield ContentProblem("C08", N_("“二、被评查案件基本情况”尚未填写。"), part=PartKey.CASE)
    if not facts.work.hearing.strip():
        yield ContentProblem("C08", N_("“三、听取意见情况”尚未填写。"), part=PartKey.HEARING)
    if not any(fact.strip() for fact in facts.established):
        yield ContentProblem("C08", N_("“四、评查查明的事实”尚未填写。"), part=PartKey.FACTS)
    if facts.precedents_needed and not (facts.precedents and facts.precedents.conclusion.strip()):
        yield ContentProblem(
            "C10", N_("“七、类案检索情况”尚未填写，本事项应当进行类案检索。"), part=PartKey.PRECEDENTS
        )
    if facts.votes.dissenters and not facts.votes.dissent.strip():
        yield ContentProblem(
            "C09",
            N_("有%(count)s名专家持不同意见，“八、研讨表决情况”应当写明主要理由。"),
            {"count": facts.votes.dissenters},
        )


def request_problems(facts: OpinionFacts) -> Iterator[ContentProblem]:
    for request in facts.petition.requests:
        if request.result is None or not request.answer.strip():
            sentence = N_("第%(seq)s项诉求尚未评析。")
            yield ContentProblem("C01", sentence, {"seq": request.seq}, PartKey.request(request.seq))


def finding_problems(facts: OpinionFacts) -> Iterator[ContentProblem]:
    for finding in facts.findings:
        if not finding.places and finding.severity != "S0":
            yield ContentProblem("C02", N_("问题%(code)s没有卷宗依据（卷、页）。"), {"code": finding.code})
        if must_cite(finding) and not finding.laws:
            yield ContentProblem("C07", N_("问题%(code)s没有引用法律依据。"), {"code": finding.code})
        for law in finding.laws:
            if not (law.law.strip() and law.article.strip()):
                yield ContentProblem(
                    "C07", N_("问题%(code)s引用的法律依据缺少法律名称或者条文号。"), {"code": finding.code}
                )


def must_cite(finding: FindingFacts) -> bool:
    """Applying the law, procedure and grave findings name the provision."""
    return finding.severity != "S0" and (
        finding.dimension in _CITED_DIMENSIONS or finding.severity in _CITED_SEVERITIES
    )


def sum_problems(facts: OpinionFacts, document: OfficialDocument) -> Iterator[ContentProblem]:
    """The printed points are those of the database, and 100 less their sum is the printed score, caps
    considered."""
    printed = section(document, "五、")
    deducted = sorted(Decimal(found) for found in _DEDUCTED.findall(printed))
    stored = sorted(
        finding.points for finding in facts.findings if finding.severity != "S0" and not finding.stands_alone
    )
    if deducted != stored:
        yield ContentProblem("C03", N_("“五、评查发现的问题”印出的扣分与表决结果不一致。"))
    over = sum((Decimal(total) - Decimal(cap) for total, cap in _CAPPED.findall(printed)), Decimal(0))
    score = _SCORED.search(section(document, "九、"))
    if score is None or Decimal(score[1]) != facts.result.score:
        yield ContentProblem("C03", N_("“九、评查结论”印出的得分与表决结果不一致。"))
    elif 100 - sum(deducted, Decimal(0)) + over != Decimal(score[1]):
        total = points(sum(deducted, Decimal(0)))
        yield ContentProblem(
            "C03", N_("扣分合计%(total)s分与得分%(score)s分不符。"), {"total": total, "score": score[1]}
        )


def section(document: OfficialDocument, numbering: str) -> str:
    """The printed text of one section of the opinion."""
    found, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text.startswith(numbering)
        elif inside and isinstance(block, Paragraph):
            found.append(block.lead + block.text)
    return "\n".join(found)


def advice_problems(facts: OpinionFacts) -> Iterator[ContentProblem]:
    if not facts.advice:
        yield ContentProblem("C08", N_("“十、处理建议”尚未填写。"), part=PartKey.ADVICE)
        return
    if facts.result.needs_route and not any(each.route for each in facts.advice):
        yield ContentProblem(
            "C08",
            N_("处理意见为“%(outcome)s”，处理建议应当至少写明一条法定途径。"),
            {"outcome": facts.result.outcome_label},
            PartKey.ADVICE,
        )
    for index, each in enumerate(facts.advice, start=1):
        if each.route and not each.law.strip():
            yield ContentProblem(
                "C07", N_("第%(index)s条处理建议的法定途径没有写明依据。"), {"index": index}, PartKey.ADVICE
            )
    if not any(each.due_on or "日前" in each.text for each in facts.advice):
        yield ContentProblem("C08", N_("处理建议应当至少有一条写明期限。"), part=PartKey.ADVICE)


def word_problems(document: OfficialDocument) -> Iterator[ContentProblem]:
    shown = "\n".join(texts(document))
    for phrase in FORBIDDEN:
        if phrase in shown:
            yield ContentProblem(
                "C05", N_("评查意见不得使用“%(phrase)s”等作出裁判的表述，请改为建议。"), {"phrase": phrase}
            )
    kinds = {found.datum.kind for found in found_in(shown, (), numbers=personal_numbers_in)} & NEVER_PRINTED
    for kind in sorted(kinds):
        yield ContentProblem("C04", N_("文中出现%(kind)s，请删除或者隐去。"), {"kind": DATUM_LABELS[kind]})
