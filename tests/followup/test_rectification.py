from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.followup.answering import Answered
from review_app.followup.rectification import missing_rectify, save_reply, submit_reply
from review_app.followup.states import Answer, ReplyState
from review_app.notices.models import Notice
from review_app.reviews.states import ReviewState
from tests.followup.conftest import Scene

WHOLE = [
    Answered("finding:1", Answer.DONE, "已补作财产调查。"),
    Answered("advice:1", Answer.ROUTE, "已恢复执行。", case_no="（2024）海0799执恢63号"),
]


def save(session: Session, scene: Scene, answers: list[Answered], now: datetime, edition: int = 0) -> None:
    save_reply(
        session,
        scene.review,
        answers,
        remark="",
        seen_edition=edition,
        evidence={},
        by=scene.liaison,
        now=now,
    )


def test_reply_is_submitted_as_a_whole_and_told_to_the_coordinator(
    session: Session, scene: Scene, now: datetime
) -> None:
    save(session, scene, WHOLE, now)

    submit_reply(session, scene.review, seen_edition=1, by=scene.liaison, now=now)

    told = session.scalars(select(Notice.person_id)).all()
    assert (scene.reply.state, told) == (ReplyState.SUBMITTED, [scene.coordinator.id])
    assert missing_rectify(session, scene.review, now=now) == []


def test_reply_with_an_open_item_cannot_be_submitted(session: Session, scene: Scene, now: datetime) -> None:
    save(session, scene, WHOLE[:1], now)

    with pytest.raises(ReviewError, match="还有1项没有答复完整"):
        submit_reply(session, scene.review, seen_edition=1, by=scene.liaison, now=now)

    assert scene.reply.state is ReplyState.DRAFT
    assert [str(one) for one in missing_rectify(session, scene.review, now=now)] == [
        "被评查单位尚未提交整改回复。"
    ]


def test_submitted_reply_cannot_be_changed(session: Session, scene: Scene, now: datetime) -> None:
    save(session, scene, WHOLE, now)
    submit_reply(session, scene.review, seen_edition=1, by=scene.liaison, now=now)

    with pytest.raises(ReviewError, match="已经提交"):
        save(session, scene, WHOLE, now, edition=1)


def test_colleague_who_saved_meanwhile_is_shown_and_not_overwritten(
    session: Session, scene: Scene, now: datetime
) -> None:
    save(session, scene, WHOLE[:1], now)

    with pytest.raises(EditConflict) as conflict:
        save(session, scene, [Answered("finding:1", Answer.DONE, "别的说法在这里。")], now)

    assert conflict.value.theirs["finding:1"] == WHOLE[0]
    assert scene.reply.lines[0].text == "已补作财产调查。"


def test_only_the_organs_liaison_replies_and_only_in_time(
    session: Session, scene: Scene, now: datetime
) -> None:
    for somebody in (scene.coordinator, scene.leader, scene.member, scene.outsider):
        with pytest.raises(NotAllowed):
            save_reply(
                session, scene.review, WHOLE, remark="", seen_edition=0, evidence={}, by=somebody, now=now
            )

    scene.review.state = ReviewState.FOLLOWUP
    with pytest.raises(NotAllowed):
        save(session, scene, WHOLE, now)
