"""The certificate of an expert's service in a year, written from the service record alone."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.documents.content import OfficialDocument, Paragraph
from review_app.documents.office import office
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.letters import day_words, keep_letter, letter, next_number
from review_app.experts.models import Expert, ExpertLetter
from review_app.experts.states import LetterKind
from review_app.panels.track_record import Service, services

FIRST_YEAR = 2000


def certificate(
    expert: Expert, service: Service, *, year: int, number: str, on: datetime
) -> OfficialDocument:
    """The certificate (履职证明): what was counted, and nothing about any single case."""
    organ = office().name
    since = f"自{day_words(expert.appointed_on)}起受聘" if expert.appointed_on else "受聘"
    what = (
        f"{expert.name}（专家编号{expert.expert_no}）{since}担任本办公室涉法涉诉信访案件评查专家。"
        f"据平台对评查过程的自动统计，截至{day_words(local_day(on))}，{year}年度履职情况如下："
    )
    return letter(
        organ,
        number,
        (f"评查专家{year}年度履职证明",),
        expert.name,
        (
            Paragraph(what),
            Paragraph("；".join(label + value for label, value in counted(service)) + "。"),
            Paragraph("特此证明。"),
        ),
        local_day(on),
    )


def counted(service: Service) -> list[tuple[str, str]]:
    days = "（无）" if service.mean_days is None else f"{service.mean_days:g}天"
    return [
        ("受邀参加评查", f"{service.invited}件"),
        ("接受邀请", f"{service.accepted}件"),
        ("因回避未参加", f"{service.recused}件"),
        ("完成评查表", f"{service.forms}份"),
        ("其中按期完成", f"{service.on_time}份"),
        ("平均用时", days),
        ("填报评查工时", f"{service.hours:g}小时"),
    ]


def issue_certificate(
    session: Session, expert: Expert, *, year: int, by: Person, now: datetime
) -> ExpertLetter:
    """Issue the certificate of a year: once for a year that is over; during the year as often as it is asked
    for. Raises ReviewError for a year without service."""
    if not rules.can_certify(by):
        raise NotAllowed
    today = local_day(now)
    if not FIRST_YEAR <= year <= today.year:
        raise ReviewError(N_("请填写今年或者以前的年份。"))
    final = [
        one
        for one in expert.letters
        if one.kind is LetterKind.CERTIFICATE
        and one.about_year == year
        and local_day(one.created_at).year > year
    ]
    if final:
        raise ReviewError(N_("该年度的履职证明已经出具：%(number)s。"), number=final[0].number)
    service = services(session, [expert], year=year)[expert.id]
    if not service.invited:
        raise ReviewError(N_("该专家%(year)d年没有参加评查的记录。"), year=year)
    mark, seq, number = next_number(session, LetterKind.CERTIFICATE, today.year)
    content = certificate(expert, service, year=year, number=number, on=now)
    return keep_letter(
        session, expert, content, kind=LetterKind.CERTIFICATE, mark=mark, seq=seq, about_year=year, by=by,
        now=now,
    )  # fmt: skip
