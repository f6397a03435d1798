"""Reading the library, the searches kept for a review, and its report."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.precedents.library import AUDIENCE, panel_audience
from review_app.precedents.models import (
    IN_FORCE,
    ImportRun,
    Precedent,
    PrecedentReport,
    PrecedentReportHit,
    PrecedentSearch,
    PrecedentSubmission,
    StagedCase,
)
from review_app.precedents.rules import can_search_precedents, searches_are_shared
from review_app.precedents.states import Audience, Withdrawal
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.rules import OVERSEERS
from review_app.reviews.states import AccessStage, ReviewState
from review_app.statutes.models import StatuteVersion
from search_index.engine import Filter, OneOf


def find_precedent(session: Session, precedent_id: int) -> Precedent | None:
    return session.get(Precedent, precedent_id)


def precedents_by_id(session: Session, ids: Iterable[int]) -> dict[int, Precedent]:
    """The rows of these ids, without their texts loaded one by one."""
    found = session.scalars(select(Precedent).where(Precedent.id.in_(list(ids))))
    return {precedent.id: precedent for precedent in found}


def newer_version(session: Session, precedent: Precedent) -> Precedent | None:
    """The version in force of a case that has been superseded."""
    if precedent.superseded_at is None:
        return None
    newer = select(Precedent).where(
        Precedent.identity == precedent.identity, Precedent.superseded_at.is_(None)
    )
    return session.scalars(newer).first()


def panels_of(person: Person) -> Select[int]:
    """Ids of the reviews that the person judged: the same condition as ``rules.judged``."""
    lasted = or_(
        ReviewAccess.ended_at.is_(None),
        and_(CaseReview.state == ReviewState.CLOSED, ReviewAccess.ended_at >= CaseReview.closed_at),
    )
    own = select(ReviewAccess.review_id).join(CaseReview, CaseReview.id == ReviewAccess.review_id)
    return own.where(ReviewAccess.person_id == person.id, ReviewAccess.stage == AccessStage.FULL, lasted)


def readable_by(person: Person) -> ColumnElement[bool]:
    """The same condition as ``rules.can_read_precedent``, for lists and counts."""
    if not can_search_precedents(person):
        return false()
    not_withheld = or_(Precedent.withdrawal.is_(None), Precedent.withdrawal != Withdrawal.PRIVACY)
    if person.has(*OVERSEERS):
        return not_withheld
    shared = or_(
        Precedent.audience == Audience.EVERYONE,
        Precedent.source_review_id.in_(panels_of(person)),
    )
    return and_(shared, not_withheld)


def read_by_everyone() -> ColumnElement[bool]:
    """The same condition as ``library.EVERYONES``, for counts of what a report was searched in."""
    return Precedent.audience == Audience.EVERYONE


def readable_filters(session: Session, person: Person) -> tuple[Filter, ...]:
    """The same condition as ``rules.can_read_precedent``, for the index; every search of the library carries it."""
    if not can_search_precedents(person):
        return (OneOf(AUDIENCE, ()),)
    if person.has(*OVERSEERS):
        return (OneOf(AUDIENCE, tuple(Audience)),)
    panels = session.scalars(panels_of(person).order_by(ReviewAccess.review_id).distinct())
    return (OneOf(AUDIENCE, (Audience.EVERYONE, *map(panel_audience, panels))),)


def corpora(session: Session, readable: ColumnElement[bool]) -> dict[str, int]:
    """How many cases in force the library holds of each tier, of those that are ``readable``."""
    counted = (
        select(Precedent.source_tier, func.count()).where(IN_FORCE, readable).group_by(Precedent.source_tier)
    )
    return {str(tier): count for tier, count in session.execute(counted)}


def searches_for(session: Session, review: CaseReview, person: Person) -> list[PrecedentSearch]:
    """The kept searches of the present round that the person may see, oldest first."""
    kept = select(PrecedentSearch).where(
        PrecedentSearch.review_id == review.id,
        PrecedentSearch.round == review.round,
        PrecedentSearch.removed_at.is_(None),
    )
    if not searches_are_shared(review):
        kept = kept.where(PrecedentSearch.created_by_id == person.id)
    return list(session.scalars(kept.order_by(PrecedentSearch.id)))


def find_search(
    session: Session, review: CaseReview, search_id: int, person: Person
) -> PrecedentSearch | None:
    """A kept search the person may see."""
    return next((one for one in searches_for(session, review, person) if one.id == search_id), None)


def report_of(session: Session, review: CaseReview) -> PrecedentReport | None:
    """The latest report of the present round, signed or not."""
    reports = select(PrecedentReport).where(
        PrecedentReport.review_id == review.id, PrecedentReport.round == review.round
    )
    return session.scalars(reports.order_by(PrecedentReport.number.desc())).first()


def signed_report_of(session: Session, review: CaseReview) -> PrecedentReport | None:
    """The latest signed report of the present round: the one an opinion may print."""
    signed = select(PrecedentReport).where(
        PrecedentReport.review_id == review.id,
        PrecedentReport.round == review.round,
        PrecedentReport.signed_at.is_not(None),
    )
    return session.scalars(signed.order_by(PrecedentReport.number.desc())).first()


def find_report(session: Session, review: CaseReview, report_id: int) -> PrecedentReport | None:
    """A report of this review, of any round."""
    own = select(PrecedentReport).where(
        PrecedentReport.id == report_id, PrecedentReport.review_id == review.id
    )
    return session.scalar(own)


def report_exists(session: Session, review: CaseReview) -> bool:
    """Whether the present round has a signed similar-case report."""
    return signed_report_of(session, review) is not None


def chosen_for(session: Session, review: CaseReview) -> frozenset[int]:
    """Ids of the cases in the comparison table of the review's latest report."""
    report = report_of(session, review)
    return frozenset(hit.precedent_id for hit in report.hits) if report else frozenset()


def find_hit(report: PrecedentReport | None, hit_id: int) -> PrecedentReportHit | None:
    return next((hit for hit in report.hits if hit.id == hit_id), None) if report else None


def find_submission(report: PrecedentReport | None, submission_id: int) -> PrecedentSubmission | None:
    return next((each for each in report.submissions if each.id == submission_id), None) if report else None


def statutes_held(session: Session) -> str:
    """The state of the library of statutes: versions in force, and the day the newest of them was taken in."""
    held = select(func.count(), func.max(StatuteVersion.created_at)).where(
        StatuteVersion.superseded_at.is_(None)
    )
    count, newest = session.execute(held).one()
    return f"{count}/{local_day(newest).isoformat()}" if newest else "0"


def text_of_review(review: CaseReview) -> str:
    """What the review is about, in its own words, for finding cases like it: cause, facts, reasons, requests."""
    item, case = review.item, review.legal_case
    parts = [case.cause, item.facts, item.reasons, case.result, *(request.text for request in item.requests)]
    return "\n".join(part for part in parts if part)


def import_runs(session: Session, most: int = 200) -> list[ImportRun]:
    """The imports into the library, the latest first."""
    return list(session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(most)))


def find_import(session: Session, run_id: int) -> ImportRun | None:
    return session.get(ImportRun, run_id)


def find_staged(run: ImportRun, staged_id: int) -> StagedCase | None:
    return next((staged for staged in run.staged if staged.id == staged_id), None)


def withdrawn_cases(session: Session) -> list[Precedent]:
    """Cases that were withdrawn, the latest first, one row of each."""
    withdrawn = select(Precedent).where(
        Precedent.withdrawn_at.is_not(None), Precedent.superseded_at.is_(None)
    )
    return list(session.scalars(withdrawn.order_by(Precedent.withdrawn_at.desc())))
