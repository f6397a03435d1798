"""The notice of result to the petitioner (评查结果告知书): result, answer to each request, routes with their periods.
No minutes, no votes, no names of the panel."""

from collections.abc import Iterator
from datetime import date

from review_app.documents.content import Block, Head, Layout, OfficialDocument, Paragraph, Signature
from review_app.documents.numerals import numeral
from review_app.opinions.conclusions import answered, recommended
from review_app.opinions.facts import OpinionFacts
from review_app.opinions.wording import sentence

ADVISORY = "评查意见是专业性建议，不代替有权机关依法作出的认定和决定。本告知不影响你依法享有的诉讼权利。"


def result_notice(facts: OpinionFacts, *, number: str, issued_on: date | None) -> OfficialDocument:
    """The notice, addressed to the petitioner in full: it is his own."""
    return OfficialDocument(
        layout=Layout.FORM,
        head=Head(facts.sender.office, number),
        title_lines=("评查结果告知书",),
        recipient=facts.petition.petitioner,
        blocks=tuple(blocks(facts)),
        signature=Signature(facts.sender.office, issued_on),
        notes=facts.sender.contact,
    )


def blocks(facts: OpinionFacts) -> Iterator[Block]:
    outcome = facts.result.outcome_label
    yield Paragraph(
        f"你反映的{facts.matter}，专家评查组已完成评查，有关意见已书面送交{facts.recipient}。现将评查结果告知如下。"
    )
    yield Paragraph(f"评查得出的处理意见为：{outcome}。{summary(facts)}", lead="一、评查结论。", lead_level=1)
    yield Paragraph("", lead="二、对你诉求的意见。", lead_level=1)
    for index, request in enumerate(facts.petition.requests, start=1):
        asked = sentence(request.text)[:-1]
        yield Paragraph(f"你提出的“{asked}”，{answered(request)}", lead=f"（{numeral(index)}）")
    routes = [each for each in facts.advice if each.route]
    told = "".join(route_sentence(each.route, each.law) for each in routes)
    yield Paragraph(
        told or "对原处理结果有异议的，可以依照法律规定的程序和期限主张权利。",
        lead="三、你可以依法选择的途径。",
        lead_level=1,
    )
    yield Paragraph("", lead="四、对有关单位的建议。", lead_level=1)
    for index, each in enumerate(facts.advice, start=1):
        yield Paragraph(recommended(each), lead=f"（{numeral(index)}）")
    yield Paragraph(ADVISORY)


def summary(facts: OpinionFacts) -> str:
    """What was found, in one sentence, without points."""
    if not facts.findings:
        return "评查未发现影响案件处理的问题。"
    titles = "；".join(finding.title.rstrip("。") for finding in facts.findings)
    return f"评查发现的主要问题：{titles}。"


def route_sentence(route: str, law: str) -> str:
    return f"{route}（依据：{law}）。" if law else f"{route}。"
