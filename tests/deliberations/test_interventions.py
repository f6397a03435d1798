from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.immutable import WrittenOnce
from review_app.deliberations.interventions import comment, record_intervention
from review_app.deliberations.models import Intervention
from review_app.deliberations.queries import interventions_read_by
from review_app.deliberations.states import Channel, InterventionKind
from review_app.errors import NotAllowed, ReviewError
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW


def on_record(session: Session, review: CaseReview, by: Person) -> Intervention:
    kept = record_intervention(
        session, review, who="某领导", post="某局副局长", channel=Channel.PHONE, at=NOW - timedelta(hours=2),
        content="来电要求不要认定程序违法。", by=by, now=NOW,
    )  # fmt: skip
    session.flush()
    return kept


def test_leader_comments_on_timing_coordination_and_resources_only(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)
    leader = factories.person(session, Role.LEADER, name="何领导")

    kept = comment(session, review, kind=InterventionKind.TIMING, text="请按期完成阅卷。", by=leader, now=NOW)

    assert (kept.who, kept.channel, kept.recorded_by) == ("何领导", Channel.PLATFORM, leader)
    with pytest.raises(ReviewError, match="不得涉及证据"):
        comment(session, review, kind=InterventionKind.SUBSTANCE, text="此案应当维持。", by=leader, now=NOW)
    with pytest.raises(ReviewError, match="5至500个字"):
        comment(session, review, kind=InterventionKind.TIMING, text="快", by=leader, now=NOW)


def test_comment_box_is_the_leaders(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)
    coordinator = factories.person(session, Role.COORD)

    with pytest.raises(NotAllowed):
        comment(session, review, kind=InterventionKind.TIMING, text="请按期完成。", by=coordinator, now=NOW)


def test_interference_is_read_by_its_recorder_and_the_auditor(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)
    coordinator, other = factories.person(session, Role.COORD), factories.person(session, Role.COORD)
    leader, auditor = factories.person(session, Role.LEADER), factories.person(session, Role.AUDITOR)

    kept = on_record(session, review, coordinator)

    readers = [coordinator, other, leader, auditor]
    assert [interventions_read_by(session, one, review) == [kept] for one in readers] == [
        True,
        False,
        False,
        True,
    ]


def test_interference_names_who_when_and_what(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)
    coordinator = factories.person(session, Role.COORD)

    for who, at in (("", NOW), ("某领导", NOW + timedelta(minutes=1))):
        with pytest.raises(ReviewError):
            record_intervention(
                session, review, who=who, post="", channel=Channel.PHONE, at=at, content="来电过问案情。",
                by=coordinator, now=NOW,
            )  # fmt: skip


def test_nobody_outside_records(session: Session) -> None:
    review = factories.review(session, ReviewState.READING)

    for person in (factories.person(session, Role.SYSADMIN), factories.person(session, Role.EXPERT)):
        with pytest.raises(NotAllowed):
            on_record(session, review, person)


def test_log_cannot_be_changed_or_deleted(session: Session) -> None:
    kept = on_record(
        session, factories.review(session, ReviewState.READING), factories.person(session, Role.COORD)
    )
    session.commit()

    kept.content = "没有说过"
    with pytest.raises(WrittenOnce):
        session.flush()
    session.rollback()
    session.delete(kept)
    with pytest.raises(WrittenOnce):
        session.flush()
    session.rollback()
