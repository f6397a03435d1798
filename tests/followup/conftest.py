"""A review whose opinion was issued, with its people, and the reply laid out as two questions."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.followup.models import Evidence, RectificationReply, ReplyLine
from review_app.organisations.models import Organisation
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import Capacity, ReviewState
from tests import factories


@dataclass(frozen=True)
class Scene:
    review: CaseReview
    organ: Organisation
    coordinator: Person
    liaison: Person
    leader: Person
    member: Person
    outsider: Person
    reply: RectificationReply


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    organ = factories.organisation(session, "青岚市人民法院")
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(
        session, ReviewState.RECTIFY, reviewed_org=organ, issued_at=now, coordinator=coordinator
    )
    review.changes.append(
        StateChange(
            from_state=ReviewState.ISSUED,
            to_state=ReviewState.RECTIFY,
            due_on=date(2024, 5, 2),
            created_at=now,
        )
    )
    member = factories.person(session, Role.EXPERT)
    factories.seat(session, review, member, Capacity.MEMBER)
    reply = RectificationReply(review=review, round=1, organisation=organ, created_at=now)
    for subject, asked in (("finding:1", "D7-04 财产调查未穷尽。"), ("advice:1", "建议依法恢复执行。")):
        reply.lines.append(ReplyLine(subject=subject, asked=asked, created_at=now))
    session.add(reply)
    made = Scene(
        review, organ, coordinator, factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
        factories.person(session, Role.LEADER), member, factories.person(session, Role.EXPERT), reply,
    )  # fmt: skip
    session.commit()
    return made


def evidence(session: Session, review: CaseReview, now: datetime) -> Evidence:
    made = Evidence(review=review, file_name="凭证.txt", kind="txt", sha256="0" * 64, size=10, created_at=now)
    session.add(made)
    session.flush()
    return made
