"""Reading what happened after the opinion."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.followup.models import (
    Evidence,
    FollowupTask,
    RectificationReply,
    ReplyLine,
    ResolutionRecord,
    TerminationFile,
)
from review_app.followup.states import ReplyState, TaskState
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import ReviewState


def reply_of(session: Session, review: CaseReview) -> RectificationReply | None:
    """The reply to the opinion of the present round."""
    own = select(RectificationReply).where(
        RectificationReply.review_id == review.id, RectificationReply.round == review.round
    )
    return session.scalar(own.options(selectinload(RectificationReply.lines).joinedload(ReplyLine.evidence)))


def is_replied(session: Session, review: CaseReview) -> bool:
    reply = reply_of(session, review)
    return reply is not None and reply.state is ReplyState.SUBMITTED


def reply_due_on(session: Session, review: CaseReview) -> date | None:
    """The day by which the organ replies: when the state RECTIFY should be left."""
    steps = select(StateChange.due_on).where(
        StateChange.review_id == review.id, StateChange.to_state == ReviewState.RECTIFY
    )
    return session.scalar(steps.order_by(StateChange.id.desc()).limit(1))


def tasks_of(session: Session, review: CaseReview) -> Sequence[FollowupTask]:
    """Tasks of the present round, open ones first, then by due day."""
    own = (
        select(FollowupTask)
        .where(FollowupTask.review_id == review.id, FollowupTask.round == review.round)
        .options(selectinload(FollowupTask.evidence))
    )
    ordered = own.order_by(FollowupTask.state != TaskState.OPEN, FollowupTask.due_on, FollowupTask.id)
    return session.scalars(ordered).all()


def find_task(session: Session, review: CaseReview, task_id: int) -> FollowupTask | None:
    return session.scalar(
        select(FollowupTask).where(FollowupTask.id == task_id, FollowupTask.review_id == review.id)
    )


def open_tasks(session: Session) -> Sequence[FollowupTask]:
    """Every open task with a due day, of all reviews."""
    waiting = select(FollowupTask).where(
        FollowupTask.state == TaskState.OPEN, FollowupTask.due_on.is_not(None)
    )
    return session.scalars(waiting.options(selectinload(FollowupTask.review)).order_by(FollowupTask.id)).all()


def resolutions_of(session: Session, review: CaseReview) -> Sequence[ResolutionRecord]:
    """Every resolution record, newest first."""
    records = select(ResolutionRecord).where(ResolutionRecord.review_id == review.id)
    return session.scalars(records.order_by(ResolutionRecord.id.desc())).all()


def termination_of(session: Session, review: CaseReview) -> TerminationFile | None:
    return session.scalar(
        select(TerminationFile).where(
            TerminationFile.review_id == review.id, TerminationFile.round == review.round
        )
    )


def find_evidence(session: Session, review: CaseReview, evidence_id: int) -> Evidence | None:
    return session.scalar(select(Evidence).where(Evidence.id == evidence_id, Evidence.review_id == review.id))


def belongs_to_reply(session: Session, evidence: Evidence) -> bool:
    """Whether the file was handed in with the organ's reply."""
    lines = select(ReplyLine.id).where(ReplyLine.evidence_id == evidence.id)
    return session.scalar(lines.limit(1)) is not None
