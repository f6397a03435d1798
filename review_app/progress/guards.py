"""The two tables of the process: what must exist to leave a state, and what happens on entering one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.deliberations import service as deliberations
from review_app.discussions import service as discussions
from review_app.evaluations import service as evaluations
from review_app.followup import rectification
from review_app.followup import service as followup
from review_app.opinions import service as opinions
from review_app.opinions.letters import missing_file_request
from review_app.panels import service as panels
from review_app.reviews import files, readiness
from review_app.reviews.lacks import Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState as S


class Guard(Protocol):
    """Names what a review still lacks to leave its state."""

    def __call__(self, session: Session, review: CaseReview, *, now: datetime) -> list[Missing]: ...


class Entry(Protocol):
    """What a subject does when a review enters a state."""

    def __call__(self, session: Session, review: CaseReview, *, by: Person, now: datetime) -> object: ...


def missing_files(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    return missing_file_request(session, review) + files.missing_files(review)


def missing_reading(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    return evaluations.missing_reading(session, review)


LEAVING: Mapping[S, Guard] = {
    S.DUE: readiness.missing_intake,
    S.INTAKE: readiness.missing_intake,
    S.FILES: missing_files,
    S.DRAW: panels.missing_draw,
    S.NOTICE: panels.missing_notice,
    S.READING: missing_reading,
    S.DRAFT: deliberations.missing_draft,
    S.HEARING: deliberations.missing_hearing,
    S.DELIBERATION: deliberations.missing_deliberation,
    S.ESCALATED: deliberations.missing_escalated,
    S.OPINION: opinions.missing_opinion,
    S.SIGNOFF: opinions.missing_signoff,
    S.ISSUED: opinions.missing_issued,
    S.RECTIFY: rectification.missing_rectify,
    S.FOLLOWUP: followup.missing_followup,
}

ENTERING: Mapping[S, tuple[Entry, ...]] = {
    S.NOTICE: (panels.announce_panel,),
    S.READING: (evaluations.open_forms,),
    S.DRAFT: (discussions.open_points,),
    S.HEARING: (deliberations.open_hearing,),
    S.DELIBERATION: (deliberations.open_deliberation,),
    S.ESCALATED: (deliberations.escalate,),
    S.OPINION: (deliberations.lock_result, opinions.open_opinion),
    S.SIGNOFF: (opinions.submit,),
    S.ISSUED: (opinions.release,),
    S.RECTIFY: (rectification.open_rectification,),
    S.FOLLOWUP: (followup.open_followup,),
    S.CLOSED: (panels.end_panel,),
    S.WITHDRAWN: (panels.end_panel,),
    S.REOPENED: (panels.reopen_panel,),
}
