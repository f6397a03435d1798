"""The review opinion (评查意见书) from its facts: head, title, sections 一 to 十一, signatures, imprint.

Eight dimensions are named one by one; a finding tells fact, evidence, rule, severity and points; votes are counted
without names; the opinion advises and decides nothing (中央政法委三个规定第三条).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from review_app.documents.content import (
    Attachment,
    Block,
    Head,
    Heading,
    Imprint,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    as_data,
    from_data,
)
from review_app.documents.numerals import numeral
from review_app.documents.titles import break_title
from review_app.masking.kinds import DatumKind
from review_app.masking.texts import Datum, personal_numbers_in
from review_app.masking.texts import masked as masked_text
from review_app.opinions.conclusions import advice, conclusion, precedents, requests, votes
from review_app.opinions.facts import FindingFacts, OpinionFacts, SignatureRow
from review_app.opinions.wording import day, places, points, provision, sentence

SECRECY = "工作秘密★3年"
OTHER_REMARKS = (
    "本意见系专家评查组依据现有案卷材料形成的专业性建议，不代替有权机关依法作出的认定和决定。"
    "对本意见有异议的，可于收到之日起15日内书面提出。涉及评议内容依法依规保密。"
)
SEVERITY_WORDS = {"S0": "仅作记录", "S1": "轻微", "S2": "一般", "S3": "较重", "S4": "严重"}
# the issuing office speaks in these: its own name, number and contact are nobody's secret
_KEPT = ("layout", "head", "signature", "notes", "imprint")
RECORD_ONLY = "该事项仅作记录，不扣分。"


def opinion_document(
    facts: OpinionFacts,
    *,
    number: str,
    copy_no: str,
    issued_on: date | None,
    signatures: tuple[SignatureRow, ...] = (),
) -> OfficialDocument:
    """The opinion with names in full. Before release it has no date and a number without serial."""
    sender, petition = facts.sender, facts.petition
    title = f"关于{petition.petitioner}反映{facts.matter}信访事项的评查意见书"
    return OfficialDocument(
        layout=Layout.GENERAL,
        head=Head(f"{sender.office}文件", number, copy_no=copy_no, secrecy=SECRECY),
        title_lines=break_title(title, whole=(petition.petitioner, facts.recipient)),
        recipient=facts.recipient,
        blocks=tuple(blocks(facts)),
        attachments=(*attachments(facts), *signature_list(signatures)),
        signature=Signature(sender.office, issued_on),
        notes=sender.contact,
        imprint=Imprint(sender.copy_to, sender.office, issued_on),
    )


def circulated(document: OfficialDocument, private: Sequence[Datum]) -> OfficialDocument:
    """The same document with every private person, number and home masked: 秦大田 becomes 秦某甲, in title, text and
    tables."""
    data = as_data(document)
    masked = {key: mask_strings(value, private) for key, value in data.items() if key not in _KEPT}
    served = from_data({**{key: data[key] for key in _KEPT}, **masked})
    title = mask(document.title, private)
    if title == document.title:
        return replace(served, title_lines=document.title_lines)
    whole = (*(each.mask for each in private if each.kind is DatumKind.PERSON), served.recipient)
    return replace(served, title_lines=break_title(title, whole=whole))


def mask_strings(value: object, private: Sequence[Datum]) -> object:
    if isinstance(value, str):
        return mask(value, private)
    if isinstance(value, list):
        return [mask_strings(each, private) for each in value]
    if isinstance(value, dict):
        return {key: each if key == "kind" else mask_strings(each, private) for key, each in value.items()}
    return value


def mask(text: str, private: Sequence[Datum]) -> str:
    return masked_text(text, private, numbers=personal_numbers_in)


def dated(document: OfficialDocument, *, number: str, copy_no: str, on: date) -> OfficialDocument:
    """A signed document with what release adds: number, copy number, date of completion and of printing."""
    head = replace(document.head, number=number, copy_no=copy_no)
    signature = replace(document.signature, on=on) if document.signature else None
    imprint = replace(document.imprint, printed_on=on) if document.imprint else None
    return replace(document, head=head, signature=signature, imprint=imprint)


def with_signatures(document: OfficialDocument, rows: tuple[SignatureRow, ...]) -> OfficialDocument:
    """The internal copy with the list of who signed as its last attachment."""
    return replace(document, attachments=(*document.attachments, *signature_list(rows)))


def blocks(facts: OpinionFacts) -> Iterator[Block]:
    """Sections 一 to 十一."""
    yield Paragraph(
        "根据涉法涉诉信访事项“有访必评、专家参评”工作机制，本办公室组织专家评查组，"
        f"对{facts.petition.petitioner}反映的{facts.matter}进行了评查。现将评查意见函告如下。"
    )
    sections = (
        ("信访事项基本情况", petition(facts)),
        ("被评查案件基本情况", paragraphs(facts.case_text)),
        ("评查工作开展情况", work(facts)),
        ("评查查明的事实", established(facts)),
        ("评查发现的问题", findings(facts)),
        ("对信访诉求的逐项评析", requests(facts)),
        ("类案检索情况", precedents(facts)),
        ("研讨表决情况", votes(facts)),
        ("评查结论", conclusion(facts)),
        ("处理建议", advice(facts)),
        ("其他说明", iter([Paragraph(OTHER_REMARKS)])),
    )
    for index, (heading, content) in enumerate(sections, start=1):
        yield Heading(1, f"{numeral(index)}、{heading}")
        yield from content


def petition(facts: OpinionFacts) -> Iterator[Block]:
    told = facts.petition
    who = [f"信访人{told.petitioner}", told.gender, f"{told.birth_year}年出生" if told.birth_year else ""]
    who.append(f"住{told.place}" if told.place else "")
    opening = f"{'，'.join(part for part in who if part)}。{day(told.received_on)}通过{told.channel}提出。"
    history = f"信访经过：{sentence(told.history)}" if told.history.strip() else ""
    yield Paragraph(f"{opening}{history}诉求为：")
    last = len(told.requests)
    for index, request in enumerate(told.requests, start=1):
        end = "。" if index == last else "；"
        yield Paragraph(f"{sentence(request.text)[:-1]}{end}", lead=f"（{numeral(index)}）")


def work(facts: OpinionFacts) -> Iterator[Block]:
    done = facts.work
    kinds = "、".join(f"{each.category}{each.count}名" for each in done.members)
    drawn = f"{day(done.drawn_on)}按照随机抽取规则" if done.drawn_on else "按照随机抽取规则"
    record = f"（抽选记录{done.draw_no}）" if done.draw_no else ""
    recusal = (
        f"评查组名单已告知信访人和{facts.recipient}，"
        + (f"收到回避申请{done.recusals}件，均已依规决定。" if done.recusals else "均未提出回避申请。")
    )  # fmt: skip
    among = f"，其中{kinds}" if kinds else ""
    composed = f"{drawn}{record}抽取专家{done.size}名{among}；设组长1名、主评人1名。{recusal}"
    yield Paragraph(composed, lead="（一）评查组组成。")
    read = "、".join(f"{each.title}（材料{each.documents}份{each.pages}页）" for each in done.volumes)
    yield Paragraph(
        f"审阅{read}，均为电子卷宗。" if read else "被评查单位未提供案卷。", lead="（二）阅卷情况。"
    )
    yield Paragraph(sentence(done.hearing), lead="（三）听取意见情况。")


def established(facts: OpinionFacts) -> Iterator[Block]:
    for index, fact in enumerate(facts.established, start=1):
        yield Paragraph(f"{index}．{sentence(fact)}")


def findings(facts: OpinionFacts) -> Iterator[Block]:
    """All eight dimensions, 未发现问题 where there is none; caps are printed where they apply."""
    for index, dimension in enumerate(facts.dimensions, start=1):
        found = facts.findings_of(dimension.code)
        numbered = len(found) > 1
        told = [
            f"{place}．{finding(each)}" if numbered else finding(each) for place, each in enumerate(found, 1)
        ]
        if dimension.counted < dimension.deducted:
            told.append(
                f"本项扣分合计{points(dimension.deducted)}分，超过满分，按满分{points(dimension.maximum)}分计。"
            )
        yield Paragraph("".join(told) or "未发现问题。", lead=f"（{numeral(index)}）{dimension.name}方面。")
    alone = [each for each in facts.findings if each.stands_alone]
    for index, each in enumerate(alone, start=len(facts.dimensions) + 1):
        yield Paragraph(finding(each), lead=f"（{numeral(index)}）否决性问题。")


def finding(found: FindingFacts) -> str:
    """Fact, evidence, rule, severity, points."""
    title, fact = found.title.strip().rstrip("。"), found.fact.strip().rstrip("。")
    told = fact if fact.startswith(title) else f"{title}。{fact}" if fact else title
    laws = "、".join(provision(law) for law in found.laws)
    rule = f"，不符合{laws}的规定" if laws else ""
    return f"{told}{places(found.places)}{rule}。{weight(found)}{found.veto}"


def weight(found: FindingFacts) -> str:
    """Severity and points; what is only recorded, and a veto that stands alone, take none."""
    if found.severity == "S0":
        return RECORD_ONLY
    if found.stands_alone:
        return ""
    return f"属{SEVERITY_WORDS[found.severity]}问题，扣{points(found.points)}分。"


def paragraphs(text: str) -> Iterator[Block]:
    """A free text, one paragraph for each of its lines."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(sentence(line))


def attachments(facts: OpinionFacts) -> Iterator[Attachment]:
    if facts.findings:
        rows = tuple(
            (
                str(index),
                found.title,
                SEVERITY_WORDS[found.severity],
                points(found.points),
                places(found.places).strip("（）"),
            )
            for index, found in enumerate(facts.findings, start=1)
        )
        table = Table(("序号", "问题", "程度", "扣分", "卷宗依据"), rows, (12, 40, 12, 12, 40))
        yield Attachment("评查问题清单", (table,))
    if facts.precedents and facts.precedents.rows:
        table = Table(("层级", "案例", "案号", "与本案的关系"), facts.precedents.rows, (18, 40, 30, 20))
        yield Attachment("类案检索报告", (table, Paragraph(sentence(facts.precedents.conclusion))))


def signature_list(rows: tuple[SignatureRow, ...]) -> tuple[Attachment, ...]:
    """Who signed and when; reasons for not signing stay with the panel, since they tell of a vote."""
    if not rows:
        return ()
    cells = tuple(
        (row.name, row.capacity, day(row.signed_on) if row.signed_on else "未签名", row.remark)
        for row in rows
    )
    table = Table(("姓名", "职责", "签名日期", "说明"), cells, (20, 16, 30, 34))
    return (Attachment("评查组成员签名表", (table,)),)
