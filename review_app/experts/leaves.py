"""Leave of experts: ranges of days on which they are not drawn."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.models import Expert, ExpertLeave
from review_app.experts.standing import is_away

LONGEST_DAYS = 731


def add_leave(
    session: Session, expert: Expert, *, since: date, until: date, reason: str, by: Person, now: datetime
) -> ExpertLeave:
    """Enter days on which the expert takes no part, the first and the last included. Ranges do not overlap."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    if until < since:
        raise ReviewError(N_("请假结束日期不能早于开始日期。"))
    if until < local_day(now):
        raise ReviewError(N_("请假的日期已经过去。"))
    if (until - since).days > LONGEST_DAYS:
        raise ReviewError(N_("一次请假不超过两年；更长的，请办理暂停。"))
    if is_away(expert.leaves, first=since, last=until):
        raise ReviewError(N_("与已登记的请假日期重叠。"))
    leave = ExpertLeave(
        expert=expert, since=since, until=until, reason=reason.strip(), created_at=now, created_by_id=by.id
    )
    session.add(leave)
    session.flush()
    record(
        session, action="expert.leave", subject=leave, by=by, now=now,
        after={"since": since.isoformat(), "until": until.isoformat()},
    )  # fmt: skip
    return leave


def end_leave(session: Session, leave: ExpertLeave, *, by: Person, now: datetime) -> None:
    """Take back a leave, or end a running one today: the expert can be drawn again from now on."""
    if not rules.can_declare(by, leave.expert):
        raise NotAllowed
    if leave.withdrawn_at is not None:
        raise ReviewError(N_("该次请假已经结束。"))
    leave.withdrawn_at = now
    record(session, action="expert.leave-end", subject=leave, by=by, now=now)


def end_old_leave(session: Session, expert: Expert, *, by: Person, now: datetime) -> None:
    """End a leave from before leaves had a beginning."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    expert.unavailable_until = None
    record(session, action="expert.leave-end", subject=expert, by=by, now=now)
