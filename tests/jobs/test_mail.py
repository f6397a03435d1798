import threading
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.database import Database
from review_app.jobs.mail import send_by, send_notices
from review_app.jobs.runner import Desk
from review_app.notices.models import Notice
from review_app.notices.sending import ATTEMPTS, NO_ADDRESS, NO_SERVER, waiting
from review_app.notices.service import notify
from review_app.notices.states import NoticeState
from review_app.settings import Settings
from tests import factories


class PostBox:
    """Keeps what would have been mailed; refuses the first ``refusals`` letters."""

    def __init__(self, refusals: int = 0) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals = refusals
        self.lock = threading.Lock()

    def __call__(self, letter: EmailMessage) -> None:
        with self.lock:
            if self.refusals:
                self.refusals -= 1
                raise SMTPServerDisconnected("connection lost")
            self.letters.append(letter)


@pytest.fixture
def desk(database: Database, now: datetime, tmp_path: Path) -> Desk:
    settings = Settings(data=tmp_path, smtp="mail.example.invalid:25", mail_from="office@example.invalid")
    return Desk(database, settings, now)


def queue(session: Session, now: datetime, count: int = 1, email: str = "coord@example.invalid") -> None:
    person = factories.person(session, Role.COORD, name="何协调", email=email)
    for place in range(count):
        notify(session, "all-signed", person, now=now, step=str(place), review_no=f"PC2024{place:04d}")
    session.commit()


def states(database: Database) -> list[tuple[NoticeState, int]]:
    with database.reading() as session:
        return [(one.state, one.attempts) for one in session.scalars(select(Notice).order_by(Notice.id))]


def test_notice_is_mailed_once_and_marked_as_sent(session: Session, desk: Desk, now: datetime) -> None:
    queue(session, now)
    box = PostBox()

    first, second = send_by(desk, box), send_by(desk, box)

    assert (first, second) == (1, 0)
    assert [letter["To"] for letter in box.letters] == ["coord@example.invalid"]
    assert box.letters[0]["Subject"] == "评查表已全部签名"
    assert "PC20240000" in box.letters[0].get_content()
    assert states(desk.database) == [(NoticeState.SENT, 1)]


def test_two_processes_at_once_send_each_notice_once(session: Session, desk: Desk, now: datetime) -> None:
    queue(session, now, count=12)
    box = PostBox()
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        send_by(desk, box)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    ids = [letter["Message-ID"] for letter in box.letters]
    assert len(ids) == len(set(ids)) == 12
    assert states(desk.database) == [(NoticeState.SENT, 1)] * 12


def test_failure_is_kept_with_its_reason_and_tried_again_by_the_next_run(
    session: Session, desk: Desk, now: datetime
) -> None:
    queue(session, now)
    box = PostBox(refusals=1)

    assert send_by(desk, box) == 0
    assert states(desk.database) == [(NoticeState.FAILED, 1)]
    session.expire_all()
    assert "connection lost" in session.scalars(select(Notice)).one().settled_reason

    assert send_by(desk, box) == 1
    assert states(desk.database) == [(NoticeState.SENT, 2)]


def test_failure_is_not_tried_for_ever(session: Session, desk: Desk, now: datetime) -> None:
    queue(session, now)
    box = PostBox(refusals=100)

    for _ in range(ATTEMPTS + 3):
        send_by(desk, box)

    assert states(desk.database) == [(NoticeState.FAILED, ATTEMPTS)]


def test_without_mail_server_notices_stay_on_the_page_with_the_reason(
    session: Session, database: Database, now: datetime, tmp_path: Path
) -> None:
    queue(session, now)

    done = send_notices(Desk(database, Settings(data=tmp_path), now))

    session.expire_all()
    notice = session.scalars(select(Notice)).one()
    assert (done, notice.state, notice.settled_reason) == (0, NoticeState.SKIPPED, NO_SERVER)
    assert notice.read_at is None


def test_person_without_address_is_named_as_the_reason(session: Session, desk: Desk, now: datetime) -> None:
    queue(session, now, email="")

    send_by(desk, PostBox())

    session.expire_all()
    assert session.scalars(select(Notice)).one().settled_reason == NO_ADDRESS


def test_claim_of_a_dead_process_is_taken_over_after_half_an_hour(
    session: Session, desk: Desk, now: datetime
) -> None:
    queue(session, now)
    notice = session.scalars(select(Notice)).one()
    notice.state, notice.attempts, notice.claimed_at = NoticeState.SENDING, 1, now - timedelta(minutes=10)
    session.commit()
    assert waiting(session, now=now) == []
    session.rollback()

    later = Desk(desk.database, desk.settings, now + timedelta(minutes=21))

    assert send_by(later, PostBox()) == 1
