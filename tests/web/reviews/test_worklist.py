"""A duty leaves the work list when the person has done his part, and what waits outside the states appears."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.models import Ballot, Deliberation, Question
from review_app.deliberations.states import QuestionKind
from review_app.evaluations.models import EvalForm
from review_app.evaluations.states import FormState
from review_app.followup.models import RectificationReply
from review_app.followup.states import ReplyState
from review_app.reviews.states import ReviewState as S
from review_app.web.reviews.worklist import tasks_of
from tests import factories
from tests.conftest import NOW


def words(session: Session, person: Person, now: datetime) -> list[str]:
    return [task.words for task in tasks_of(session, person, now=now)]


@pytest.mark.parametrize(
    ("state", "round_of_form", "left"),
    [
        (FormState.DRAFT, 1, ["阅卷并签署评查表"]),
        (FormState.SIGNED, 1, []),
        (FormState.SIGNED, 0, ["阅卷并签署评查表"]),
    ],
)
def test_reading_is_done_with_the_signature_of_this_round(
    session: Session, now: datetime, state: FormState, round_of_form: int, left: list[str]
) -> None:
    review = factories.review(session, S.READING)
    member = factories.person(session, Role.EXPERT)
    seat = factories.seat(session, review, member)
    factories.stored(
        session,
        EvalForm(
            review_id=review.id,
            access_id=seat.id,
            person_id=member.id,
            round=round_of_form,
            template="EXE",
            rule_version="2024.1",
            state=state,
            created_at=NOW,
        ),
    )

    assert words(session, member, now) == left


def test_somebody_elses_signature_leaves_the_duty(session: Session, now: datetime) -> None:
    review = factories.review(session, S.READING)
    one, two = factories.person(session, Role.EXPERT), factories.person(session, Role.EXPERT)
    seats = [factories.seat(session, review, someone) for someone in (one, two)]
    factories.stored(
        session,
        EvalForm(
            review_id=review.id,
            access_id=seats[0].id,
            person_id=one.id,
            round=1,
            template="EXE",
            rule_version="2024.1",
            state=FormState.SIGNED,
            created_at=NOW,
        ),
    )

    assert (words(session, one, now), words(session, two, now)) == ([], ["阅卷并签署评查表"])


def test_reply_of_the_organ_leaves_its_work_list_when_submitted(session: Session, now: datetime) -> None:
    organ = factories.organisation(session)
    review = factories.review(session, S.RECTIFY, reviewed_org=organ)
    liaison = factories.person(session, Role.REVIEWED_LIAISON, organisation=organ)
    reply = factories.stored(
        session,
        RectificationReply(
            review_id=review.id, round=1, organisation_id=organ.id, state=ReplyState.DRAFT, created_at=NOW
        ),
    )
    before = words(session, liaison, now)

    reply.state = ReplyState.SUBMITTED
    session.flush()

    assert (before, words(session, liaison, now)) == (["逐项答复整改情况"], [])


def test_voting_is_done_when_no_open_question_lacks_the_ballot(session: Session, now: datetime) -> None:
    review = factories.review(session, S.DELIBERATION)
    member = factories.person(session, Role.EXPERT)
    factories.seat(session, review, member)
    meeting = factories.stored(
        session,
        Deliberation(
            review_id=review.id,
            round=1,
            number=1,
            in_writing=False,
            held_at=NOW,
            place="会议室",
            chair_id=member.id,
            created_at=NOW,
        ),
    )
    questions = [
        factories.stored(session, Question(deliberation_id=meeting.id, kind=kind, created_at=NOW))
        for kind in (QuestionKind.GRADE, QuestionKind.OUTCOME)
    ]
    seen = [words(session, member, now)]
    for question in questions:
        factories.stored(
            session, Ballot(question_id=question.id, person_id=member.id, choice="B", created_at=NOW)
        )
        seen.append(words(session, member, now))

    assert seen == [["参加研讨并表决"], ["参加研讨并表决"], []]


def test_the_secretary_keeps_the_records_but_not_of_cases_of_his_own_organ(
    session: Session, now: datetime
) -> None:
    organ = factories.organisation(session)
    factories.review(session, S.HEARING, reviewed_org=organ)
    factories.review(session, S.DELIBERATION, reviewed_org=organ)
    secretary = factories.person(session, Role.SECRETARY)
    colleague_of_the_reviewed = factories.person(session, Role.SECRETARY, organisation=organ)

    assert words(session, secretary, now) == ["听取信访人意见并制作笔录", "制作研讨记录"]
    assert words(session, colleague_of_the_reviewed, now) == []
