"""Reading records and reports of all reviews."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from review_app.clock import local_day
from review_app.deliberations.models import Intervention
from review_app.interference.models import InterferenceReport
from review_app.interference.quarters import Quarter, ended_quarters
from review_app.reviews.models import CaseReview


def records_of(session: Session, quarter: Quarter) -> Sequence[Intervention]:
    """What was put on record in a quarter, in that order. The day of recording counts, so that what is recorded late
    stands in one report and never in none."""
    made = select(Intervention).where(
        Intervention.created_at >= quarter.begins, Intervention.created_at < quarter.is_followed
    )
    wanted = made.options(joinedload(Intervention.review), joinedload(Intervention.recorded_by))
    return session.scalars(wanted.order_by(Intervention.id)).all()


def reports(session: Session) -> Sequence[InterferenceReport]:
    """Every report issued, newest quarter first."""
    issued = select(InterferenceReport).options(
        joinedload(InterferenceReport.issued_by), joinedload(InterferenceReport.handing_in)
    )
    newest = issued.order_by(InterferenceReport.year.desc(), InterferenceReport.quarter.desc())
    return session.scalars(newest).all()


def find_report(session: Session, report_id: int) -> InterferenceReport | None:
    return session.get(InterferenceReport, report_id)


def owed_quarters(session: Session, today: date) -> list[Quarter]:
    """The quarters that are over and not reported, oldest first, since the office's first review."""
    began = session.scalar(select(func.min(CaseReview.created_at)))
    if began is None:
        return []
    done = {(one.year, one.quarter) for one in reports(session)}
    over = ended_quarters(local_day(began), today)
    return [quarter for quarter in over if (quarter.year, quarter.number) not in done]


def last_serial(session: Session, mark: str, year: int) -> int:
    given = select(func.max(InterferenceReport.seq)).where(
        InterferenceReport.mark == mark, InterferenceReport.number_year == year
    )
    return session.scalar(given) or 0
