from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.deliberations.hearing import (
    Answer,
    answer_hearing,
    is_heard,
    open_hearing,
    record_interview,
    reply_to,
)
from review_app.deliberations.models import Hearing
from review_app.deliberations.queries import findings_of, hearing_of, interviews_of
from review_app.deliberations.service import missing_hearing
from review_app.errors import NotAllowed, ReviewError
from review_app.notices.service import unread
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.deliberations.made import Made, heard_case, worded_case


def hearing(session: Session, case: int = 4) -> tuple[Made, Hearing]:
    made = worded_case(session, case)
    made.review.state = ReviewState.HEARING
    found = open_hearing(session, made.review, by=made.lead, now=NOW)
    session.flush()
    return made, found


def test_hearing_locks_the_findings_and_tells_the_organ(session: Session) -> None:
    made, found = hearing(session)

    # five working days after 2 April 2024, over the Qingming holiday and its make-up Sunday
    assert found.due_on == date(2024, 4, 10)
    assert {finding.locked_at for finding in findings_of(session, made.review)} == {NOW}
    assert [(one.kind, one.facts["due"]) for one in unread(session, made.liaison)] == [
        ("objection-open", "2024-04-10")
    ]


def test_organ_answers_every_finding_once(session: Session) -> None:
    made, found = hearing(session)
    ids = [finding.id for finding in findings_of(session, made.review)]
    answers = {one: Answer(False) for one in ids} | {
        ids[0]: Answer(True, "页码重复系扫描所致，原卷无误。", "原卷第8页")
    }

    answer_hearing(session, found, answers, by=made.liaison, now=NOW)

    assert [(one.objects, one.text) for one in found.objections if one.objects] == [
        (True, "页码重复系扫描所致，原卷无误。")
    ]
    assert (found.no_objection, found.answered_by) == (False, made.liaison)
    with pytest.raises(NotAllowed):
        answer_hearing(session, found, answers, by=made.liaison, now=NOW)


def test_nothing_to_object(session: Session) -> None:
    made, found = heard_case(session, 4)

    assert found.no_objection
    assert is_heard(session, made.review, now=NOW)
    assert missing_hearing(session, made.review, now=NOW) == []


@pytest.mark.parametrize("who", ["coordinator", "lead", "secretary"])
def test_only_the_organ_answers(session: Session, who: str) -> None:
    made, found = hearing(session)

    with pytest.raises(NotAllowed):
        answer_hearing(session, found, {}, by=getattr(made, who), now=NOW)


def test_answer_must_be_whole_and_have_reasons(session: Session) -> None:
    made, found = hearing(session)
    ids = [finding.id for finding in findings_of(session, made.review)]

    with pytest.raises(ReviewError, match="每一个问题"):
        answer_hearing(session, found, {ids[0]: Answer(False)}, by=made.liaison, now=NOW)
    bare = {one: Answer(False) for one in ids[:-1]} | {ids[-1]: Answer(True, "不同意")}
    with pytest.raises(ReviewError, match="第3个问题的异议理由"):
        answer_hearing(session, found, bare, by=made.liaison, now=NOW)
    assert found.objections == []


def test_late_objection_is_refused_and_silence_lets_the_review_go_on(session: Session) -> None:
    made, found = hearing(session)
    answers = {finding.id: Answer(False) for finding in findings_of(session, made.review)}
    late = NOW + timedelta(days=9)

    assert not is_heard(session, made.review, now=NOW + timedelta(days=8))
    assert is_heard(session, made.review, now=late)
    with pytest.raises(ReviewError, match="已于2024-04-10届满"):
        answer_hearing(session, found, answers, by=made.liaison, now=late)


def test_panel_replies_to_an_objection(session: Session) -> None:
    made, found = heard_case(session, 4, objected=["D5-07"])
    objection = next(one for one in found.objections if one.objects)
    agreed = next(one for one in found.objections if not one.objects)
    assert [str(one) for one in missing_hearing(session, made.review, now=NOW)] == ["评查组尚未答复异议。"]

    reply_to(session, objection, text="经核对原卷，页码确有重复，予以维持。", by=made.lead, now=NOW)

    assert (objection.reply, objection.replied_at) == ("经核对原卷，页码确有重复，予以维持。", NOW)
    assert missing_hearing(session, made.review, now=NOW) == []
    with pytest.raises(ReviewError, match="不需要答复"):
        reply_to(session, agreed, text="经核对原卷，页码确有重复。", by=made.lead, now=NOW)
    with pytest.raises(NotAllowed):
        reply_to(session, objection, text="经核对原卷，页码确有重复。", by=made.coordinator, now=NOW)


def test_interview_is_recorded_by_the_office(session: Session) -> None:
    made, _found = hearing(session)
    words = "信访人陈述诉求和家庭困难，表示愿意协商分期履行。"

    record_interview(
        session, made.review, held_on=date(2024, 4, 2), place="接待室", text=words, by=made.secretary, now=NOW
    )
    session.flush()

    assert [(one.recorder, one.text) for one in interviews_of(session, made.review)] == [
        (made.secretary, words)
    ]
    with pytest.raises(NotAllowed):
        record_interview(
            session, made.review, held_on=date(2024, 4, 2), place="家中", text=words, by=made.lead, now=NOW
        )


@pytest.mark.parametrize(
    ("held_on", "place", "text", "sentence"),
    [
        (date(2024, 4, 3), "接待室", "字" * 20, "不能晚于今天"),
        (date(2024, 4, 2), " ", "字" * 20, "地点"),
        (date(2024, 4, 2), "接待室", "字" * 19, "不少于20个字"),
    ],
)
def test_interview_is_checked(session: Session, held_on: date, place: str, text: str, sentence: str) -> None:
    made, _found = hearing(session)

    with pytest.raises(ReviewError, match=sentence):
        record_interview(
            session, made.review, held_on=held_on, place=place, text=text, by=made.coordinator, now=NOW
        )


def test_what_the_hearing_still_lacks(session: Session) -> None:
    made, _found = hearing(session)

    assert [str(one) for one in missing_hearing(session, made.review, now=NOW)] == [
        "被评查单位尚未提出异议或者表示无异议（期限至2024-04-10）。",
        "尚未听取信访人意见。",
    ]


def test_a_later_hearing_takes_the_place_of_the_first(session: Session) -> None:
    made, _found = heard_case(session, 4)

    second = open_hearing(session, made.review, by=made.lead, now=NOW)
    session.flush()

    assert hearing_of(session, made.review) == second
    assert len(missing_hearing(session, made.review, now=NOW)) == 1
