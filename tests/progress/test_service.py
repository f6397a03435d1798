"""Moving a review on."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.deliberations.models import Escalation
from review_app.deliberations.states import EscalationWay
from review_app.errors import NotAllowed, ReviewError
from review_app.progress.guards import ENTERING, LEAVING
from review_app.progress.service import advance, due_day, missing, onward, steps_for
from review_app.reviews.states import MAIN_LINE, Capacity, ReviewState
from tests import factories

S = ReviewState


def test_every_state_of_the_main_line_has_a_guard() -> None:
    assert set(LEAVING) == (set(MAIN_LINE) | {S.ESCALATED}) - {S.CLOSED}
    assert set(ENTERING) <= set(S)


def test_a_step_that_lacks_something_says_what_and_changes_nothing(session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(session, S.FILES)

    with pytest.raises(ReviewError, match="还不能进入“抽选”：尚未制发调卷函；"):
        advance(session, review, S.DRAW, by=coordinator, now=now)

    assert review.state is S.FILES
    assert session.scalars(select(AuditRow)).all() == []
    assert len(missing(session, review, now=now)) > 1


def test_only_who_may_takes_a_step(session: Session, now: datetime) -> None:
    review = factories.review(session, S.FILES)

    with pytest.raises(NotAllowed):
        advance(session, review, S.DRAW, by=factories.person(session, Role.LEADER), now=now)


def test_a_step_that_the_process_does_not_have_is_refused(session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(session, S.FILES)

    with pytest.raises(ReviewError, match="评查项目现处于“调卷”，不能转到“已发”"):
        advance(session, review, S.ISSUED, by=coordinator, now=now)


def test_suspending_keeps_the_state_to_return_to(session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(session, S.NOTICE)
    with pytest.raises(ReviewError, match="请写明中止的理由"):
        advance(session, review, S.SUSPENDED, by=coordinator, now=now, reason="  ")

    advance(session, review, S.SUSPENDED, by=coordinator, now=now, reason="法定程序重新启动")
    assert steps_for(session, coordinator, review) == [S.NOTICE]
    advance(session, review, S.NOTICE, by=coordinator, now=now)

    assert (review.state, review.suspended_from) == (S.NOTICE, None)
    written = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert [(row.before, row.after, row.reason) for row in written] == [
        ({"state": "NOTICE"}, {"state": "SUSPENDED"}, "法定程序重新启动"),
        ({"state": "SUSPENDED"}, {"state": "NOTICE"}, None),
    ]


def test_reopening_begins_a_new_round(session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(session, S.CLOSED)

    advance(session, review, S.REOPENED, by=coordinator, now=now, reason="出现新证据")

    assert (review.state, review.round) == (S.REOPENED, 2)
    assert S.DRAW in steps_for(session, coordinator, review)


@pytest.mark.parametrize("state", [S.DRAFT, S.HEARING, S.DELIBERATION])
def test_back_to_reading_is_open_only_while_a_new_member_has_not_read(
    session: Session, now: datetime, state: ReviewState
) -> None:
    coordinator = factories.person(session, Role.COORD)
    review = factories.review(session, state)
    factories.seat(session, review, factories.expert(session).person, Capacity.CHAIR)

    assert S.READING in steps_for(session, coordinator, review)
    with pytest.raises(ReviewError, match="请写明阅卷评查的理由"):
        advance(session, review, S.READING, by=coordinator, now=now)
    advance(session, review, S.READING, by=coordinator, now=now, reason="原成员回避，递补成员补阅")

    assert review.state is S.READING


@pytest.mark.parametrize(
    ("way", "open_steps"),
    [
        (None, {S.DRAW, S.OPINION, S.SUSPENDED}),
        (EscalationWay.ENLARGE, {S.DRAW, S.SUSPENDED}),
        (EscalationWay.OFFICE, {S.OPINION, S.SUSPENDED}),
    ],
)
def test_an_escalated_review_goes_only_the_way_that_was_chosen(
    session: Session, now: datetime, way: EscalationWay | None, open_steps: set[ReviewState]
) -> None:
    review = factories.review(session, S.ESCALATED)
    session.add(Escalation(review=review, round=1, reasons=[], way=way, created_at=now))
    session.flush()

    assert onward(session, review) == open_steps


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (
            S.NOTICE,
            date(2024, 4, 8),
        ),  # three working days over the Qingming holiday; Sunday the 7th is worked
        (S.HEARING, date(2024, 4, 10)),
        (S.RECTIFY, date(2024, 5, 2)),
        (S.CLOSED, None),
    ],
)
def test_due_days_follow_rules_and_calendar(
    session: Session, now: datetime, state: S, due: date | None
) -> None:
    assert due_day(factories.review(session), state, now) == due


def test_due_days_reach_into_a_year_whose_calendar_is_not_announced(session: Session) -> None:
    december = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)

    assert due_day(factories.review(session), S.FILES, december) is not None
