"""What the process asks of panels: what a step still lacks, announcing, ending, reopening; and telling."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.clocks.calendar import working_calendar
from review_app.clocks.computation import add_working_days
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.panels import queries, rules
from review_app.panels.drawing import needs_enlarging
from review_app.panels.models import Panel, PanelMember, Replacement, Telling
from review_app.panels.objecting import windows_for
from review_app.panels.seats import fill, set_status
from review_app.panels.states import (
    SEATED,
    TOLD_LABELS,
    DrawState,
    RecusalState,
    SeatState,
    TellingMethod,
    ToldParty,
)
from review_app.reviews.lacks import COORDINATOR, EXPERTS, LEADER, WITNESS, Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_liaison

PAGE = "panels.panel"


def missing_draw(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What keeps a review in DRAW: the draw, its witness, an empty seat, unsigned statements."""
    running = queries.running_draw(session, review)
    if running is not None and running.state is DrawState.AWAITING_WITNESS:
        return [Missing(N_("抽选等待见证人确认"), who=WITNESS, page=PAGE)]
    if running is not None:
        return [Missing(N_("抽选已发起，尚未输入公开随机数"), who=COORDINATOR, page=PAGE)]
    panel = queries.panel_of(session, review)
    if panel is None:
        return [Missing(N_("尚未抽选评查组"), who=COORDINATOR, page=PAGE)]
    if needs_enlarging(session, review, panel):
        return [Missing(N_("评查项目已提级，尚未抽选增加的成员"), who=COORDINATOR, page=PAGE)]
    return list(unready_seats(panel))


def unready_seats(panel: Panel) -> Iterator[Missing]:
    empty = panel.size - len(panel.seated)
    if empty:
        yield Missing(N_("评查组空缺%(n)d席"), {"n": empty}, who=COORDINATOR, page=PAGE)
    unsigned = [one for one in panel.seated if one.status in (SeatState.INVITED, SeatState.STATED)]
    if unsigned:
        yield Missing(N_("%(n)d名专家尚未签署回避声明并接受"), {"n": len(unsigned)}, who=EXPERTS, page=PAGE)
    suspended = [one for one in panel.seated if one.status is SeatState.SUSPENDED]
    if suspended:
        yield Missing(
            N_("%(n)d名成员的回避事项待决定"), {"n": len(suspended)}, LEADER, PAGE, office_only=True
        )


def missing_notice(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What keeps a review in NOTICE: both sides told, windows passed or waived, requests decided."""
    panel = queries.panel_of(session, review)
    if panel is None:
        return [Missing(N_("尚未抽选评查组"), who=COORDINATOR, page=PAGE)]
    found = list(unready_seats(panel))
    for to in ToldParty:
        found += untold(panel, to, today=local_day(now))
    if any(one.state is RecusalState.PENDING for one in panel.recusals) and not found:
        found.append(Missing(N_("有回避申请待决定"), who=LEADER, page=PAGE, office_only=True))
    return found


def untold(panel: Panel, to: ToldParty, *, today: date) -> Iterator[Missing]:
    """Members whose names this side was not told, or whose window is still open."""
    last = [windows_for(panel, to, member)[-1:] for member in panel.seated]
    if not all(last):
        yield Missing(
            N_("尚未将评查组全部成员名单告知%(party)s"), {"party": TOLD_LABELS[to]}, COORDINATOR, PAGE
        )
        return
    running = [window for windows in last for window in windows if is_open(window, today=today)]
    if running:
        until = max(window.due_on for window in running)
        yield Missing(
            N_("%(party)s申请回避的期限到%(due)s届满（可登记放弃）"),
            {"party": TOLD_LABELS[to], "due": until.isoformat()},
            page=PAGE,
        )


def is_open(window: Telling, *, today: date) -> bool:
    return window.waived_on is None and today <= window.due_on


def announce_panel(session: Session, review: CaseReview, *, by: Person, now: datetime) -> None:
    """Entering NOTICE: the names are open to the reviewed organ, whose liaisons are told at once."""
    panel = queries.panel_of(session, review)
    if panel is None:
        raise ReviewError(N_("尚未抽选评查组"))
    panel.announced_at = now
    record(session, action="panel.announce", subject=panel, by=by, now=now, review_id=review.id)
    spoken_for = liaisons(session, review)
    if spoken_for:
        told = write_telling(
            session, panel, to=ToldParty.ORGAN, told_on=local_day(now), method=TellingMethod.PLATFORM,
            note="", by=by, now=now,
        )  # fmt: skip
        for person in spoken_for:
            notify(
                session, "panel-named", person, now=now, review_id=review.id,
                link=f"/reviews/{review.id}/panel", step=f"telling:{told.id}",
                review_no=review.review_no or "", due=told.due_on.isoformat(),
            )  # fmt: skip


def liaisons(session: Session, review: CaseReview) -> list[Person]:
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    return [person for person in people if person.liaison_of(review.legal_case.reviewed_org_id)]


def tell(
    session: Session,
    panel: Panel,
    *,
    to: ToldParty,
    told_on: date,
    method: TellingMethod,
    note: str,
    by: Person,
    now: datetime,
) -> Telling:
    """Record that one side was told the names of all present members, and start its window."""
    if not rules.can_tell(by, panel.review):
        raise NotAllowed
    if panel.announced_at is None:
        raise ReviewError(N_("评查组名单尚未进入告知环节。"))
    if told_on > local_day(now) or told_on < local_day(panel.announced_at):
        raise ReviewError(N_("告知日期应当在进入告知环节之后，且不晚于今天。"))
    return write_telling(
        session, panel, to=to, told_on=told_on, method=method, note=note.strip(), by=by, now=now
    )


def write_telling(
    session: Session,
    panel: Panel,
    *,
    to: ToldParty,
    told_on: date,
    method: TellingMethod,
    note: str,
    by: Person,
    now: datetime,
) -> Telling:
    limit = rulebook.load(panel.review.rule_version).recusal.petitioner_window_wd
    told = Telling(
        panel=panel, to=to, told_on=told_on, method=method, note=note,
        due_on=add_working_days(told_on, limit, working_calendar()),
        member_ids=[member.id for member in panel.seated], created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(told)
    session.flush()
    record(
        session, action="panel.tell", subject=told, by=by, now=now, review_id=panel.review_id,
        after={"to": to, "told_on": told_on.isoformat(), "method": method, "due_on": told.due_on.isoformat()},
    )  # fmt: skip
    return told


def waive(session: Session, told: Telling, *, note: str, by: Person, now: datetime) -> None:
    """One side says that it asks for nobody's recusal: the organ itself, or as the coordinator heard it."""
    review = told.panel.review
    by_organ = told.to is ToldParty.ORGAN and is_liaison(by, review)
    if not (by_organ or rules.can_tell(by, review)):
        raise NotAllowed
    if told.waived_on is not None:
        raise ReviewError(N_("已登记过放弃申请回避。"))
    if not by_organ and len(note.strip()) < 5:
        raise ReviewError(N_("请写明对方在何时、以何种方式表示不申请回避（至少五个字）。"))
    told.waived_on, told.waiver_note = local_day(now), note.strip()
    record(session, action="panel.waive", subject=told, by=by, now=now, review_id=review.id)


def fill_seat(session: Session, change: Replacement, *, by: Person, now: datetime) -> None:
    """Look again for somebody for a seat that stayed empty, for instance after the pool has grown."""
    if not rules.can_fill_seat(by, change.panel.review):
        raise NotAllowed
    if change.successor is not None:
        raise ReviewError(N_("该席位已有人递补。"))
    change.why_empty = ""
    fill(session, change, by=by, now=now)
    if change.why_empty:
        raise ReviewError(N_("仍然没有可以递补的专家：%(why)s"), why=change.why_empty)


def end_panel(session: Session, review: CaseReview, *, by: Person, now: datetime) -> None:
    """The review closes or is withdrawn: seats and access end, everything signed stays."""
    end(session, review, reason="closed", by=by, now=now)


def reopen_panel(session: Session, review: CaseReview, *, by: Person, now: datetime) -> None:
    """The review is opened again: the former panel ends; none of its members can be drawn for the next."""
    end(session, review, reason="reopened", by=by, now=now)


def end(session: Session, review: CaseReview, *, reason: str, by: Person, now: datetime) -> None:
    running = select(Panel).where(Panel.review_id == review.id, Panel.ended_at.is_(None))
    for panel in session.scalars(running):
        panel.ended_at, panel.ended_reason = now, reason
        for member in panel.members:
            end_seat(member, now=now)
        record(session, action="panel.end", subject=panel, by=by, now=now, review_id=review.id, reason=reason)


def end_seat(member: PanelMember, *, now: datetime) -> None:
    if member.status in SEATED or member.status is SeatState.WAITING:
        set_status(member, SeatState.ENDED, now=now)
    if member.access is not None and member.access.ended_at is None:
        member.access.ended_at = now
