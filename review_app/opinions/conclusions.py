"""Sections 六 to 十 of the opinion: requests, similar cases, votes, conclusion, recommendations."""

from collections.abc import Iterator

from review_app.documents.content import Block, Paragraph
from review_app.documents.numerals import numeral
from review_app.opinions.facts import Advice, OpinionFacts, RequestFacts
from review_app.opinions.wording import day, points, sentence
from review_app.petitions.states import RequestResult

_RESULT_SENTENCES = {
    RequestResult.SUPPORTED: "该诉求有依据，予以支持。",
    RequestResult.PARTLY: "该诉求部分有依据，予以部分支持。",
    RequestResult.NOT_SUPPORTED: "该诉求缺乏依据，不予支持。",
}
_RESULT_WORDS = {
    RequestResult.SUPPORTED: "予以支持",
    RequestResult.PARTLY: "部分支持",
    RequestResult.NOT_SUPPORTED: "不予支持",
}
NOT_SEARCHED = "按照评查规则，本事项不属于应当进行类案检索的情形。"

BY_OFFICE = "评查组未形成多数意见的事项，提级后由评查办公室会议研究确定。"


def requests(facts: OpinionFacts) -> Iterator[Block]:
    """Each request in its order with analysis and result."""
    for index, request in enumerate(facts.petition.requests, start=1):
        yield Paragraph(answered(request), lead=f"（{numeral(index)}）关于第{numeral(index)}项诉求。")


def answered(request: RequestFacts) -> str:
    """The analysis; the result is added in words when the analysis does not say it."""
    if request.result is None or not request.answer.strip():
        return "（尚未评析）"
    analysis = sentence(request.answer)
    said = _RESULT_WORDS[request.result] in analysis
    return analysis if said else analysis + _RESULT_SENTENCES[request.result]


def precedents(facts: OpinionFacts) -> Iterator[Block]:
    found = facts.precedents
    yield Paragraph(sentence(found.conclusion) if found and found.conclusion.strip() else NOT_SEARCHED)


def votes(facts: OpinionFacts) -> Iterator[Block]:
    """Counts by finding, grade and outcome; dissent with its reasons; no names."""
    ballot = facts.votes
    how = "以书面传阅方式进行研讨" if ballot.in_writing else "召开研讨会"
    told = [f"{day(ballot.held_on)}{how}，专家{ballot.attended}人全部参加。"]
    upheld = [f"“{found.title}”{counted(found.uphold, found.reject)}" for found in facts.findings]
    fallen = [f"“{each.title}”{counted(each.uphold, each.reject)}，未予认定" for each in ballot.rejected]
    if upheld or fallen:
        told.append(f"{'；'.join([*upheld, *fallen])}。")
    decided = (("评查等次", ballot.grade_for), ("处理意见", ballot.outcome_for))
    carried = [f"{what}{counted(votes, ballot.attended - votes)}" for what, votes in decided if votes]
    if carried:
        told.append(f"{'；'.join(carried)}。")
    if ballot.by_office:
        told.append(BY_OFFICE)
    if ballot.dissenters:
        reasons = "".join(sentence(line) for line in ballot.dissent.splitlines())
        told.append(f"有{ballot.dissenters}名专家持不同意见，主要理由为：{reasons}")
    if ballot.concurring:
        reasons = "".join(sentence(line) for line in ballot.concurring_reasons.splitlines())
        told.append(f"有{ballot.concurring}名专家同意上述结论但理由不同，其理由为：{reasons}")
    yield Paragraph("".join(told))


def counted(uphold: int, reject: int) -> str:
    return f"{uphold}票同意" + (f"、{reject}票不同意" if reject else "")


def conclusion(facts: OpinionFacts) -> Iterator[Block]:
    """Individual scores without names, the panel's score, grade and outcome."""
    result = facts.result
    scores = "、".join(f"{points(score)}分" for score in sorted(result.scores))
    graded = f"评定为{result.grade_label}" + ("" if result.grade_label.endswith("案件") else "等次")
    outcome = result.outcome_label.replace("错误纠正（建议启动法定纠错程序）", "建议启动法定纠错程序")
    yield Paragraph(
        f"专家评查组个人评分分别为{scores}，合议后评查得分{points(result.score)}分，{graded}，处理意见为{outcome}。"
    )
    if result.adjusted:
        reasons = "；".join(reason.strip().rstrip("。") for reason in result.adjusted)
        yield Paragraph(f"评查组以多数票采用与计算等次相邻的等次，理由为：{reasons}。")


def advice(facts: OpinionFacts) -> Iterator[Block]:
    """Numbered: what, who, statutory route with its article, deadline."""
    for index, each in enumerate(facts.advice, start=1):
        yield Paragraph(recommended(each), lead=f"（{numeral(index)}）")


def recommended(each: Advice) -> str:
    """The sentence, then in brackets what it does not say itself."""
    text = sentence(each.text)
    rest = [
        f"{label}：{value}"
        for label, value in (
            ("责任单位", each.organ),
            ("法定途径", each.route),
            ("依据", each.law),
            ("期限", f"{day(each.due_on)}前" if each.due_on else ""),
        )
        if value and value not in text
    ]
    return f"{text[:-1]}（{'；'.join(rest)}）。" if rest else text
