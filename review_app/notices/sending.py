"""Sending queued notices by mail. A row is claimed before anything leaves, so that two processes never send
the same notice; what failed is tried again by the next run, up to ``ATTEMPTS`` times."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from review_app.errors import N_
from review_app.notices.kinds import KINDS
from review_app.notices.models import Notice
from review_app.notices.states import NoticeState

ATTEMPTS = 5
GIVEN_UP_AFTER = timedelta(minutes=30)
"""a claim older than this belongs to a process that died while sending"""

NO_SERVER = N_("未配置邮件服务器，页面可见")
NO_ADDRESS = N_("收件人没有登记邮箱，页面可见")

Post = Callable[[EmailMessage], None]


@dataclass(frozen=True)
class Waiting:
    """A notice as it was seen when the run began; whoever claims it must find it unchanged."""

    notice_id: int
    state: NoticeState
    attempts: int


def waiting(session: Session, *, now: datetime) -> list[Waiting]:
    """Notices to be sent now: queued, failed with attempts left, or left behind by a dead process."""
    failed = (Notice.state == NoticeState.FAILED) & (Notice.attempts < ATTEMPTS)
    abandoned = (Notice.state == NoticeState.SENDING) & (Notice.claimed_at < now - GIVEN_UP_AFTER)
    chosen = select(Notice.id, Notice.state, Notice.attempts).where(
        or_(Notice.state == NoticeState.QUEUED, failed, abandoned)
    )
    return [Waiting(*row) for row in session.execute(chosen.order_by(Notice.id))]


def claim(session: Session, seen: Waiting, *, now: datetime) -> Notice | None:
    """Take one notice for sending, by an UPDATE that repeats what was seen; None when another process has it."""
    mine = (
        update(Notice)
        .where(Notice.id == seen.notice_id, Notice.state == seen.state, Notice.attempts == seen.attempts)
        .values(
            state=NoticeState.SENDING,
            attempts=Notice.attempts + 1,
            claimed_at=now,
            row_version=Notice.row_version + 1,
        )
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    if session.scalar(mine) is None:
        return None
    return session.get_one(Notice, seen.notice_id, populate_existing=True)


def settle(notice: Notice, state: NoticeState, *, now: datetime, reason: str = "") -> None:
    notice.state, notice.settled_at, notice.settled_reason = state, now, reason[:500]


def unsendable(notice: Notice, *, server: str) -> str:
    """Why a notice cannot be mailed at all; empty when it can."""
    if not server:
        return NO_SERVER
    return "" if notice.person.email else NO_ADDRESS


def letter(notice: Notice, *, sender: str, tenant: str) -> EmailMessage:
    """The mail: subject and sentence of its kind, nothing of the case beyond the review number."""
    kind = KINDS[notice.kind]
    message = EmailMessage()
    message["From"], message["To"] = sender, notice.person.email
    message["Subject"] = kind.subject
    message["Message-ID"] = f"<notice-{notice.id}@{sender.rpartition('@')[2] or 'localhost'}>"
    message.set_content(
        f"{notice.person.name}：\n\n{kind.sentence % notice.facts}\n\n请登录平台办理。\n\n{tenant}\n"
    )
    return message


def post_by(server: str) -> Post:
    """How to hand a mail to the server ``host:port`` (encrypted when the server offers it)."""
    host, _, port = server.partition(":")

    def post(message: EmailMessage) -> None:
        with smtplib.SMTP(host, int(port or 25), timeout=20) as connection:
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls()
            connection.send_message(message)

    return post
