"""Letters to experts: numbered without gaps, written once, kept for good."""

import io
import json
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from case_files.refusals import FileDamaged
from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.documents.checker import check, errors
from review_app.documents.content import (
    Block,
    Head,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    as_data,
)
from review_app.documents.numbers import format_number
from review_app.documents.office import office
from review_app.documents.service import produced
from review_app.errors import N_, ReviewError
from review_app.experts.models import Expert, ExpertLetter
from review_app.experts.states import CATEGORY_LABELS, LETTER_LABELS, LETTER_MARKS, LetterKind

LARGEST = 16 * 1024 * 1024


def day_words(day: date) -> str:
    """A day as official documents print it: 2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def appointment_letter(
    expert: Expert, *, starts_on: date, ends_on: date, number: str, on: date, organ: str
) -> OfficialDocument:
    """The letter of appointment (聘书): who, for which work, for how long, and the duties that go with it."""
    unit = expert.organisation.name if expert.organisation else ""
    addressed = f"{expert.name}（{unit}）" if unit else expert.name
    term = f"{day_words(starts_on)}至{day_words(ends_on)}"
    what = (
        f"经推荐、审核和批准，现聘请您为本办公室涉法涉诉信访案件评查专家"
        f"（{CATEGORY_LABELS[expert.category]}类，专家编号{expert.expert_no}），聘期自{term}。"
    )
    duties = (
        "请您在聘期内依法独立、客观、公正参加评查，对案件情况、评查和评议情况严格保密；"
        "有应当回避情形的，主动申报并回避。受聘评查专家不属于担任职务，不因评查意见承担办案责任。"
    )
    return letter(organ, number, ("聘　书",), addressed, (Paragraph(what), Paragraph(duties)), on)


def letter(
    organ: str, number: str, title: tuple[str, ...], to: str, blocks: tuple[Block, ...], on: date
) -> OfficialDocument:
    return OfficialDocument(
        layout=Layout.LETTER, head=Head(organ, number), title_lines=title, recipient=to,
        blocks=blocks, signature=Signature(organ, on),
    )  # fmt: skip


def next_number(session: Session, kind: LetterKind, year: int) -> tuple[str, int, str]:
    """Mark, serial and number of the next letter of its kind and year: one transaction at a time."""
    mark = office().mark(LETTER_MARKS[kind])
    one_at_a_time(session, f"expert-letter:{mark}:{year}")
    session.flush()
    given = select(func.max(ExpertLetter.seq)).where(ExpertLetter.mark == mark, ExpertLetter.year == year)
    seq = (session.scalar(given) or 0) + 1
    return mark, seq, format_number(mark, year=year, seq=seq)


def keep_letter(
    session: Session,
    expert: Expert,
    content: OfficialDocument,
    *,
    kind: LetterKind,
    mark: str,
    seq: int,
    by: Person,
    now: datetime,
    about_year: int | None = None,
) -> ExpertLetter:
    """Write the file, check its format and keep it for good. An error of format stops it."""
    written = produced(content)
    if wrong := errors(check(written)):
        raise ReviewError(
            N_("%(kind)s格式检查有%(count)s处错误，暂不能制发。第一处：%(element)s应为“%(expected)s”。"),
            kind=LETTER_LABELS[kind],
            count=len(wrong),
            element=wrong[0].element,
            expected=wrong[0].expected,
        )
    kept = office().files.put(io.BytesIO(written), limit=LARGEST)
    made = ExpertLetter(
        expert=expert, kind=kind, about_year=about_year, mark=mark, year=local_day(now).year, seq=seq,
        number=content.head.number, sha256=kept.sha256, size=kept.size,
        content=json.dumps(as_data(content), ensure_ascii=False, sort_keys=True), created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, action="expert.letter", subject=made, by=by, now=now,
        after={"kind": kind, "number": made.number, "sha256": made.sha256},
    )  # fmt: skip
    return made


def read_letter(letter: ExpertLetter) -> bytes:
    """The issued bytes, their hash checked."""
    try:
        return office().files.read(letter.sha256)
    except FileDamaged as damaged:
        raise ReviewError(damaged.sentence, **damaged.facts) from damaged
