"""What the quarterly report says (三个规定: recorded as it was, handed in each quarter, a zero report if nothing)."""

from collections.abc import Iterator, Sequence
from datetime import date

from review_app.clock import SHANGHAI
from review_app.deliberations.models import Intervention
from review_app.deliberations.states import (
    CHANNEL_LABELS,
    INTERVENTION_LABELS,
    LEADER_KINDS,
    InterventionKind,
)
from review_app.documents.content import (
    Block,
    Head,
    Heading,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from review_app.documents.titles import break_title
from review_app.interference.quarters import Quarter

SECRECY = "工作秘密★3年"
COLUMNS = ("序号", "时间", "何人", "评查项目", "方式", "内容", "登记人")
WIDTHS = (6, 14, 16, 16, 10, 28, 10)


def on_substance(records: Sequence[Intervention]) -> list[Intervention]:
    """The records about evidence, facts, law or result."""
    return [one for one in records if one.kind is InterventionKind.SUBSTANCE]


def quarterly_report(
    quarter: Quarter,
    records: Sequence[Intervention],
    *,
    organ: str,
    recipient: str,
    number: str,
    signer: str,
    issued_on: date | None,
) -> OfficialDocument:
    """The report to the political and legal affairs commission on what was put on record in a quarter."""
    return OfficialDocument(
        layout=Layout.GENERAL,
        head=Head(f"{organ}文件", number, secrecy=SECRECY, signer=signer),
        title_lines=break_title(f"关于{quarter.name}过问评查情况的报告", whole=(quarter.name,)),
        recipient=recipient,
        blocks=tuple(blocks(quarter, records)),
        signature=Signature(organ, issued_on),
    )


def blocks(quarter: Quarter, records: Sequence[Intervention]) -> Iterator[Block]:
    told = on_substance(records)
    yield Paragraph(
        "根据领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究，以及司法机关内部人员过问案件的记录和责任追究"
        f"等规定，现将{quarter.name}评查工作中的过问情况报告如下。"
    )
    yield Heading(1, "一、涉及证据、事实、法律适用和结论的过问")
    if told:
        yield Paragraph(f"本季度登记{len(told)}件，逐件如下：")
        rows = tuple(row(place, one) for place, one in enumerate(told, start=1))
        yield Table(COLUMNS, rows, WIDTHS)
    else:
        yield Paragraph("本季度没有登记此类过问，作零报告。")
    yield Heading(1, "二、领导留言")
    yield Paragraph(comments(records))
    yield Paragraph("以上记录登记后不能更改、不能删除，每条均留有审计日志。特此报告。")


def row(place: int, one: Intervention) -> tuple[str, ...]:
    at = one.at.astimezone(SHANGHAI)
    when = f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"
    who = f"{one.who}（{one.post}）" if one.post else one.who
    review = one.review.review_no or "尚未立项"
    return (str(place), when, who, review, CHANNEL_LABELS[one.channel], one.content, one.recorded_by.name)


def comments(records: Sequence[Intervention]) -> str:
    """How many notes leaders wrote on what they may write about."""
    counts = {kind: sum(one.kind is kind for one in records) for kind in LEADER_KINDS}
    if not any(counts.values()):
        return "本季度没有领导留言。"
    each = "、".join(f"{INTERVENTION_LABELS[kind]}{count}件" for kind, count in counts.items() if count)
    return f"本季度领导留言{sum(counts.values())}件，其中{each}，均不涉及证据采信、事实认定、法律适用和处理结论。"
