import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.discussions.models import Mention, Thread
from review_app.discussions.preparing import agenda_of
from review_app.discussions.queries import threads_of, unread_in
from review_app.discussions.service import (
    Subject,
    Words,
    edit,
    open_points,
    open_thread,
    reopen,
    resolve,
    write,
)
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.deliberations.made import Made, signed_case, worded_case


def begun(session: Session) -> tuple[Made, Thread]:
    made = signed_case(session, 4)
    words = Words(f"请@{made.chair.name}看一下。")
    thread = open_thread(
        session,
        made.review,
        subject=Subject(dimension="D5"),
        title="文书送达",
        words=words,
        by=made.lead,
        now=NOW,
    )
    session.expire_all()
    return made, thread


def test_a_mention_tells_without_a_word_of_the_comment(session: Session) -> None:
    made, _thread = begun(session)

    (notice,) = session.scalars(select(Notice).where(Notice.kind == "discussion-mention"))

    assert (notice.person_id, notice.facts) == (made.chair.id, {"review_no": str(made.review.review_no)})


def test_only_panel_and_secretary_can_be_asked(session: Session) -> None:
    made, thread = begun(session)

    with pytest.raises(ReviewError):
        write(session, thread, Words("请看", frozenset({made.coordinator.id})), by=made.lead, now=NOW)

    assert made.coordinator.id not in set(session.scalars(select(Mention.person_id)))


@pytest.mark.parametrize("who", ["coordinator", "liaison"])
def test_others_cannot_write(session: Session, who: str) -> None:
    made, thread = begun(session)

    with pytest.raises(NotAllowed):
        write(session, thread, Words("我的意见"), by=getattr(made, who), now=NOW)


def test_discussions_shut_while_members_read(session: Session) -> None:
    made, thread = begun(session)
    made.review.state = ReviewState.READING

    with pytest.raises(NotAllowed):
        write(session, thread, Words("我的意见"), by=made.chair, now=NOW)


def test_rewording_keeps_the_earlier_words(session: Session) -> None:
    made, thread = begun(session)
    comment = thread.comments[0]
    seen = comment.row_version

    edit(session, comment, text="改过的意见", row_version=seen, by=made.lead, now=NOW)
    session.flush()

    assert [one.text for one in comment.versions] == [f"请@{made.chair.name}看一下。"]
    with pytest.raises(EditConflict):
        edit(session, comment, text="又改", row_version=seen, by=made.lead, now=NOW)


def test_settling_needs_a_reason_and_can_be_taken_back(session: Session) -> None:
    made, thread = begun(session)

    with pytest.raises(ReviewError):
        resolve(session, thread, reason="好", by=made.chair, now=NOW)
    resolve(session, thread, reason="已核对送达回证", by=made.chair, now=NOW)
    reopen(session, thread, reason="发现新的材料", by=made.chair, now=NOW)
    session.expire_all()

    assert [one.kind for one in thread.comments] == ["WORDS", "RESOLVED", "REOPENED"]
    assert thread.is_open
    assert (unread_in(thread, made.lead), unread_in(thread, made.chair)) == (2, 0)


def test_wide_spread_opens_a_point_once(session: Session) -> None:
    made = signed_case(session, 5)

    open_points(session, made.review, by=made.coordinator, now=NOW)
    again = open_points(session, made.review, by=made.coordinator, now=NOW)

    assert sorted(one.item for one in threads_of(session, made.review)) == ["D4-04", "D8-03"]
    assert again == []


def test_agenda_puts_vetoes_first_and_the_chair_last(session: Session) -> None:
    made = worded_case(session, 5)

    agenda = agenda_of(session, made.review)

    assert agenda.speakers[-1] == made.chair
    assert (agenda.items[0].finding.code, agenda.items[0].reasons[0]) == ("D4-04", "VETO")
    assert agenda.items[-1].reasons == ("AGREED",)
