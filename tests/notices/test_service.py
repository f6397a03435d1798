"""Queueing notices."""

import string
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.errors import NotAllowed
from review_app.notices.kinds import KINDS
from review_app.notices.service import mark_read, notify, unread
from review_app.notices.states import NoticeState
from tests import factories


def test_a_notice_waits_in_the_queue_and_on_the_start_page(session: Session, now: datetime) -> None:
    someone = factories.person(session)

    notice = notify(session, "draw-witness", someone, now=now, review_no="PC20240001")

    assert notice is not None
    assert notice.state is NoticeState.QUEUED
    assert unread(session, someone) == [notice]


def test_the_same_step_is_queued_once_per_person(session: Session, now: datetime) -> None:
    one, two = factories.person(session), factories.person(session)
    facts = {"review_no": "PC20240001", "due": "2024-04-05"}

    first = notify(session, "form-reminder", one, now=now, step="form:1:before", **facts)
    again = notify(session, "form-reminder", one, now=now, step="form:1:before", **facts)
    other = notify(session, "form-reminder", two, now=now, step="form:1:before", **facts)

    assert first is not None
    assert again is None
    assert other is not None


def test_only_the_addressee_puts_a_notice_away(session: Session, now: datetime) -> None:
    someone, stranger = factories.person(session), factories.person(session)
    notice = notify(session, "draw-witness", someone, now=now, review_no="PC20240001")
    assert notice is not None

    with pytest.raises(NotAllowed):
        mark_read(session, notice, by=stranger, now=now)
    mark_read(session, notice, by=someone, now=now)

    assert unread(session, someone) == []


def test_an_unknown_kind_is_a_mistake_of_ours(session: Session, now: datetime) -> None:
    with pytest.raises(KeyError):
        notify(session, "no-such-kind", factories.person(session), now=now)


@pytest.mark.parametrize("kind", KINDS)
def test_no_notice_carries_names_or_scores(kind: str) -> None:
    slots = {
        name
        for _, name, _, _ in string.Formatter().parse(
            KINDS[kind].sentence.replace("%(", "{").replace(")s", "}")
        )
    }

    assert slots - {None} <= {"review_no", "due", "why", "number", "step_name", "who", "count"}
