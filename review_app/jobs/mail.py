"""Sending what is queued: each notice in two short transactions, claim and result, with the mail between."""

import logging
from smtplib import SMTPException

from review_app.jobs.runner import Desk
from review_app.notices.models import Notice
from review_app.notices.sending import Post, Waiting, claim, letter, post_by, settle, unsendable, waiting
from review_app.notices.states import NoticeState

log = logging.getLogger(__name__)


def send_notices(desk: Desk) -> int:
    """Send every waiting notice by the configured mail server; without one, notices are set aside with the
    reason and stay visible on the start page. Gives the number sent."""
    return send_by(desk, post_by(desk.settings.smtp))


def send_by(desk: Desk, post: Post) -> int:
    with desk.database.reading() as session:
        found = waiting(session, now=desk.now)
    return sum(sent(desk, post, seen) for seen in found)


def sent(desk: Desk, post: Post, seen: Waiting) -> bool:
    """Claim, send, note the result. False when another process has the notice or it did not go out."""
    with desk.transaction() as session:
        notice = claim(session, seen, now=desk.now)
        if notice is None:
            return False
        if reason := unsendable(notice, server=desk.settings.smtp):
            settle(notice, NoticeState.SKIPPED, now=desk.now, reason=reason)
            return False
        message = letter(notice, sender=desk.settings.mail_from, tenant=desk.settings.tenant)
    try:
        post(message)
    except (OSError, SMTPException) as error:
        log.warning("notice %d was not sent: %s", seen.notice_id, error)
        note(desk, seen, NoticeState.FAILED, reason=f"{type(error).__name__}: {error}")
        return False
    note(desk, seen, NoticeState.SENT)
    return True


def note(desk: Desk, seen: Waiting, state: NoticeState, *, reason: str = "") -> None:
    with desk.transaction() as session:
        settle(session.get_one(Notice, seen.notice_id), state, now=desk.now, reason=reason)
