"""Invitations: a link by which an expert answers once without signing in, and answers that are overdue.

The link opens no material: whoever holds it can say yes or no for this one seat, nothing else. Statements are
still signed by the expert himself, signed in. The platform keeps only the SHA-256 of the link's secret.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.panels import rules
from review_app.panels.answering import decline
from review_app.panels.conflicts import require_not_barred
from review_app.panels.models import Invitation, Panel, PanelMember, Replacement
from review_app.panels.seats import fill, leave, set_status, take_turn
from review_app.panels.states import (
    DeclineReason,
    InvitationAnswer,
    InvitationChannel,
    SeatRole,
    SeatState,
)

TOKEN_BYTES = 32


def send_link(
    session: Session,
    member: PanelMember,
    *,
    channel: InvitationChannel,
    hours: int,
    by: Person,
    now: datetime,
) -> str:
    """The secret of a new link, told this once; earlier links of the seat end. The coordinator sends it on by
    the named channel."""
    if not rules.can_send_link(by, member):
        raise NotAllowed
    if has_accepted(member):
        raise ReviewError(N_("该专家已通过链接表示愿意参加，请其登录签署声明。"))
    for earlier in member.invitations:
        if earlier.answered_at is None and earlier.revoked_at is None:
            earlier.revoked_at = now
    token = secrets.token_urlsafe(TOKEN_BYTES)
    sent = Invitation(
        member=member, mark=mark_of(token), channel=channel, expires_at=now + timedelta(hours=hours),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(sent)
    session.flush()
    record(
        session, action="invitation.send", subject=sent, by=by, now=now, review_id=member.panel.review_id,
        after={"expert_no": member.expert.expert_no, "channel": channel, "until": sent.expires_at.isoformat()},
    )  # fmt: skip
    return token


def mark_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def has_accepted(member: PanelMember) -> bool:
    """Whether the expert said yes by a link; he still has to sign."""
    return any(one.answer is InvitationAnswer.ACCEPTED for one in member.invitations)


def open_invitation(session: Session, token: str, *, now: datetime) -> Invitation | None:
    """The invitation behind a link that may still be answered; None for any other text."""
    found = session.scalar(select(Invitation).where(Invitation.mark == mark_of(token)))
    return found if found is not None and is_open(found, now=now) else None


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    member = invitation.member
    return (
        invitation.answered_at is None
        and invitation.revoked_at is None
        and now < invitation.expires_at
        and member.status is SeatState.INVITED
        and member.panel.ended_at is None
        and member.person.disabled_at is None
    )


def accept_by_link(session: Session, invitation: Invitation, *, now: datetime) -> None:
    """Yes: noted for the coordinator. The seat stays as it is until the statements are signed."""
    use_up(session, invitation, InvitationAnswer.ACCEPTED, now=now)


def decline_by_link(
    session: Session,
    invitation: Invitation,
    *,
    reason: DeclineReason,
    ground: str,
    note: str,
    now: datetime,
) -> None:
    """No, with its reason: as if declined signed in. A ground for recusal is kept as a conflict, and the next
    in line is invited, all in this transaction."""
    member = invitation.member
    use_up(session, invitation, InvitationAnswer.DECLINED, now=now)
    decline(session, member, reason=reason, ground=ground, note=note, by=member.person, now=now)
    coordinator = member.panel.review.coordinator
    if coordinator is not None:
        tell(session, "answer-declined", coordinator, member, now=now)


def use_up(session: Session, invitation: Invitation, answer: InvitationAnswer, *, now: datetime) -> None:
    """Take the link's only answer. Of two answers at the same moment the second finds the row changed
    (StaleDataError) and changes nothing."""
    if not is_open(invitation, now=now):
        raise NotAllowed
    invitation.answer, invitation.answered_at = answer, now
    session.flush()
    member = invitation.member
    record(
        session, action="invitation.answer", subject=invitation, by=member.person, now=now,
        review_id=member.panel.review_id,
        after={"expert_no": member.expert.expert_no, "answer": answer, "channel": "LINK"},
    )  # fmt: skip


def reconsider(session: Session, member: PanelMember, *, by: Person, now: datetime) -> None:
    """An expert who declined takes part after all: he becomes the last substitute, and a seat that nobody could
    fill so far is filled at once, by the same rules as ever. Whoever has followed him keeps the seat.

    Raises ReviewError when a ground for recusal is known or undecided by now.
    """
    panel = member.panel
    if not rules.can_reconsider(by, member):
        raise NotAllowed
    take_turn(session)
    require_not_barred(session, panel.review, member.expert, now=now)
    set_status(member, SeatState.WAITING, now=now)
    member.role = SeatRole.SUBSTITUTE
    member.drawn_order = 1 + max(one.drawn_order for one in panel.members)
    record(
        session, action="panel.reconsider", subject=member, by=by, now=now, review_id=panel.review_id,
        before={"status": SeatState.DECLINED}, after={"status": SeatState.WAITING},
    )  # fmt: skip
    for change in [one for one in panel.replacements if one.successor is None]:
        change.why_empty = ""
        fill(session, change, by=by, now=now)


def pass_over(session: Session, member: PanelMember, *, by: Person, now: datetime) -> Replacement:
    """The day to answer is over: the seat goes to the next in line, in the order the draw fixed."""
    if not rules.can_pass_over(by, member, local_day(now)):
        raise NotAllowed
    return passed_over(session, member, by=by, automatic=False, now=now)


def passed_over(
    session: Session, member: PanelMember, *, by: Person, automatic: bool, now: datetime
) -> Replacement:
    due = member.answer_due_on
    record(
        session, action="panel.pass-over", subject=member, by=None if automatic else by, now=now,
        review_id=member.panel.review_id,
        after={"expert_no": member.expert.expert_no, "due": due.isoformat() if due else ""},
    )  # fmt: skip
    return leave(session, member, SeatState.RELEASED, why=N_("逾期未答复"), by=by, now=now)


def look_after_overdue(session: Session, *, invite: bool, now: datetime) -> int:
    """Every seat whose answer is overdue, once: with `invite` the next in line is invited in the coordinator's
    name, unless the expert said yes by a link; otherwise the coordinator is told. Gives how many."""
    return sum(
        look_after(session, member, invite=invite, now=now) for member in list(overdue(session, now=now))
    )


def overdue(session: Session, *, now: datetime) -> Iterator[PanelMember]:
    waiting = (
        select(PanelMember)
        .join(Panel)
        .where(
            PanelMember.status.in_((SeatState.INVITED, SeatState.STATED)),
            PanelMember.answer_due_on < local_day(now),
            Panel.ended_at.is_(None),
        )
        .order_by(PanelMember.id)
    )
    yield from session.scalars(waiting)


def look_after(session: Session, member: PanelMember, *, invite: bool, now: datetime) -> bool:
    coordinator = member.panel.review.coordinator
    if coordinator is None:
        return False
    may = rules.can_pass_over(coordinator, member, local_day(now))
    if invite and may and member.status is SeatState.INVITED and not has_accepted(member):
        passed_over(session, member, by=coordinator, automatic=True, now=now)
        return tell(session, "answer-replaced", coordinator, member, now=now)
    return tell(session, "answer-overdue", coordinator, member, now=now)


def tell(session: Session, kind: str, to: Person, member: PanelMember, *, now: datetime) -> bool:
    review = member.panel.review
    notice = notify(
        session, kind, to, now=now, review_id=review.id, link=f"/reviews/{review.id}/panel",
        step=f"answer:{member.id}:{member.answer_due_on}", review_no=review.review_no or "",
        due=member.answer_due_on.isoformat() if member.answer_due_on else "",
    )  # fmt: skip
    return notice is not None
