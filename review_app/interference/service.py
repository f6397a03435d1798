"""What can be done with the quarterly reports: issued once, handed in once, and asked for in time."""

import io
import json
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from case_files.refusals import FileDamaged
from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.documents.checker import check, errors
from review_app.documents.content import OfficialDocument, as_data
from review_app.documents.numbers import format_number, pending_number
from review_app.documents.office import office
from review_app.documents.service import produced
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.interference.models import InterferenceReport, ReportHandedIn
from review_app.interference.quarters import Quarter
from review_app.interference.queries import last_serial, owed_quarters, records_of
from review_app.interference.report import on_substance, quarterly_report
from review_app.interference.rules import can_report
from review_app.notices.service import notify
from review_app.rulebook import load as load_rules

MARK = "评报"
LARGEST = 16 * 1024 * 1024


def draft(session: Session, quarter: Quarter, *, by: Person, now: datetime) -> OfficialDocument:
    """The report as it would be issued now, without serial and day."""
    return written(
        session, quarter, number=pending_number(office().mark(MARK), year=local_day(now).year), by=by
    )


def written(
    session: Session, quarter: Quarter, *, number: str, by: Person, on: date | None = None
) -> OfficialDocument:
    place = office().place
    return quarterly_report(
        quarter, records_of(session, quarter), organ=office().name, recipient=f"中共{place}委政法委员会",
        number=number, signer=by.name, issued_on=on,
    )  # fmt: skip


def issue_report(session: Session, quarter: Quarter, *, by: Person, now: datetime) -> InterferenceReport:
    """Issue the report of a quarter that is over: numbered without gaps, written once, kept for good.

    Raises ReviewError when the quarter is not over or already reported, or the written file breaks the format.
    """
    if not can_report(by):
        raise NotAllowed
    one_at_a_time(session, "interference-report")
    if quarter not in owed_quarters(session, local_day(now)):
        raise ReviewError(N_("这个季度尚未结束，或者已经报告。"))
    mark, year = office().mark(MARK), local_day(now).year
    seq = last_serial(session, mark, year) + 1
    number = format_number(mark, year=year, seq=seq)
    content = written(session, quarter, number=number, by=by, on=local_day(now))
    package = produced(content)
    if wrong := errors(check(package)):
        raise ReviewError(
            N_("报告格式检查有%(count)s处错误，暂不能制发。第一处：%(element)s应为“%(expected)s”。"),
            count=len(wrong), element=wrong[0].element, expected=wrong[0].expected,
        )  # fmt: skip
    kept = office().files.put(io.BytesIO(package), limit=LARGEST)
    records = records_of(session, quarter)
    substance = len(on_substance(records))
    report = InterferenceReport(
        year=quarter.year, quarter=quarter.number, substance=substance, others=len(records) - substance, mark=mark,
        number_year=year, seq=seq, number=number, sha256=kept.sha256, size=kept.size, issued_by=by,
        content=json.dumps(as_data(content), ensure_ascii=False, sort_keys=True), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(report)
    session.flush()
    record(
        session, action="interference.issue", subject=report, by=by, now=now,
        after={"quarter": quarter.code, "number": number, "sha256": kept.sha256},
    )  # fmt: skip
    return report


def read_report(report: InterferenceReport) -> bytes:
    """The issued bytes, their hash checked."""
    try:
        return office().files.read(report.sha256)
    except FileDamaged as damaged:
        raise ReviewError(damaged.sentence, **damaged.facts) from damaged


def hand_in(
    session: Session, report: InterferenceReport, *, on: date, received_by: str, by: Person, now: datetime
) -> ReportHandedIn:
    """Note when the report was handed in and who received it, once.

    Raises ReviewError for a day before the report or in the future, and when it is noted already.
    """
    if not can_report(by):
        raise NotAllowed
    if report.handing_in is not None:
        raise ReviewError(N_("报送情况已经登记。"))
    if not local_day(report.created_at) <= on <= local_day(now):
        raise ReviewError(N_("报送日期不能早于报告日期，也不能晚于今天。"))
    if not received_by.strip():
        raise ReviewError(N_("请填写接收单位和接收人。"))
    handed = ReportHandedIn(
        report_id=report.id, on=on, received_by=received_by.strip(), created_at=now, created_by_id=by.id
    )
    session.add(handed)
    session.flush()
    session.expire(report, ["handing_in"])
    record(
        session, action="interference.hand-in", subject=report, by=by, now=now, after={"on": on.isoformat()}
    )
    return handed


def remind_of_reports(session: Session, *, now: datetime) -> int:
    """Tell every auditor, once for each quarter, that its report is to be made, and once more when it is late. Gives
    the number of notices queued."""
    days, today = load_rules().time.interference_report_days, local_day(now)
    told = 0
    for quarter in owed_quarters(session, today):
        due = quarter.ends_on + timedelta(days=days)
        kind = "interference-overdue" if today > due else "interference-due"
        for auditor in auditors(session):
            told += notify(
                session, kind, auditor, now=now, link="/interference", step=f"interference:{quarter.code}",
                number=quarter.code, due=due.isoformat(),
            ) is not None  # fmt: skip
    return told


def auditors(session: Session) -> list[Person]:
    grants = select(RoleGrant).where(
        RoleGrant.role == Role.AUDITOR, RoleGrant.approved_at.is_not(None), RoleGrant.ended_at.is_(None)
    )
    return [
        one.person for one in session.scalars(grants.order_by(RoleGrant.id)) if one.person.disabled_at is None
    ]
