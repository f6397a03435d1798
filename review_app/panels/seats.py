"""Seats: inviting those whom the draw seated, moving substitutes up, ending seats and access."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.errors import N_, ReviewError
from review_app.notices.service import notify
from review_app.panels import queries
from review_app.panels.board import SYSTEM_OF_CATEGORY, Candidate, Exclusion
from review_app.panels.conflicts import require_not_barred
from review_app.panels.draw import Draw, DrawImpossible
from review_app.panels.gathering import Gathered, answer_due, gather
from review_app.panels.models import Panel, PanelDraw, PanelMember, Replacement
from review_app.panels.record import Frozen, input_of, plain
from review_app.panels.states import SEAT_STEPS, DrawKind, SeatRole, SeatState
from review_app.panels.succession import Successor, Vacancy, succeed
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import AccessStage, Capacity
from review_app.rulebook.reading import read


def take_turn(session: Session) -> None:
    """Before loads are read to seat somebody: until this transaction ends nobody else seats anybody, so that two
    coordinators together cannot pass an expert's limit. It is the lock of the log, which every seating takes
    anyway; a lock of its own could make two transactions wait for each other."""
    one_at_a_time(session, "audit")


def set_status(member: PanelMember, to: SeatState, *, now: datetime) -> None:
    """Take a seat to another state, as the table allows; anything but waiting and sitting settles it."""
    if to not in SEAT_STEPS[member.status]:
        raise ReviewError(N_("该成员的状态已经变化，请刷新页面查看。"))
    member.status = to
    over = not member.is_seated and to is not SeatState.WAITING
    member.settled_at = now if over else None


def seat_result(session: Session, drawn: PanelDraw, result: Draw, *, by: Person, now: datetime) -> Panel:
    """Make the panel of a first draw, or add to the present one, and invite the new members."""
    review = drawn.review
    panel = queries.panel_of(session, review)
    if panel is None:
        panel = Panel(review=review, round=review.round, size=0, created_at=now, created_by_id=by.id)
        session.add(panel)
    panel.size = len(result.members)
    drawn.panel = panel
    if drawn.kind is DrawKind.ENLARGE:
        enlarge(session, review, panel, by=by, now=now)
    present = {member.expert.expert_no: member for member in panel.members}
    for seat in result.members:
        known = present.get(seat.expert_no)
        if known is None or not known.is_seated:
            member = known or new_member(session, panel, drawn, seat.expert_no, by=by, now=now)
            member.draw, member.drawn_order = drawn, seat.order
            member.seat_kind, member.same_organ, member.same_system = (
                seat.seat_kind, seat.same_organ, seat.same_system,
            )  # fmt: skip
            invite(session, member, SeatRole(seat.role), by=by, now=now, checked=True)
    keep_substitutes(session, panel, drawn, result.substitutes, by=by, now=now)
    session.flush()
    return panel


def enlarge(session: Session, review: CaseReview, panel: Panel, *, by: Person, now: datetime) -> None:
    """A larger panel is a larger review, and those who waited as substitutes are drawn anew."""
    before, review.size = review.size, panel.size
    record(
        session, action="review.enlarge", subject=review, by=by, now=now, review_id=review.id,
        before={"size": before}, after={"size": review.size},
    )  # fmt: skip
    for substitute in panel.substitutes:
        set_status(substitute, SeatState.PASSED_BY, now=now)


def new_member(
    session: Session, panel: Panel, drawn: PanelDraw, expert_no: str, *, by: Person, now: datetime
) -> PanelMember:
    expert = queries.expert_by_no(session, expert_no)
    if expert.person is None:
        raise ReviewError(N_("专家%(expert)s没有登录账号，不能入组。"), expert=expert_no)
    member = PanelMember(
        panel=panel, draw=drawn, expert=expert, person=expert.person, role=SeatRole.SUBSTITUTE,
        drawn_order=0, status=SeatState.WAITING, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(member)
    return member


def keep_substitutes(
    session: Session, panel: Panel, drawn: PanelDraw, numbers: Sequence[str], *, by: Person, now: datetime
) -> None:
    present = {member.expert.expert_no: member for member in panel.members}
    for place, expert_no in enumerate(numbers, start=1):
        member = present.get(expert_no) or new_member(session, panel, drawn, expert_no, by=by, now=now)
        if member.status is not SeatState.WAITING:
            set_status(member, SeatState.WAITING, now=now)
        member.draw, member.role, member.drawn_order = drawn, SeatRole.SUBSTITUTE, panel.size + place


def invite(
    session: Session, member: PanelMember, role: SeatRole, *, by: Person, now: datetime, checked: bool = False
) -> None:
    """Give a seat: access to the summary only, a day by which to answer, and a notice. Nobody who must be
    recused comes to one; `checked` says that the draw's input was just compared with today's facts."""
    review = member.panel.review
    if not checked:
        require_not_barred(session, review, member.expert, now=now)
    set_status(member, SeatState.INVITED, now=now)
    member.role = role
    member.invited_on = local_day(now)
    member.answer_due_on = answer_due(review, member.invited_on)
    member.access = ReviewAccess(
        review=review, person=member.person, capacity=Capacity(role), stage=AccessStage.SUMMARY,
        round=review.round, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(member.access)
    session.flush()
    record(
        session, action="panel.invite", subject=member, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no, "role": role},
    )  # fmt: skip
    notify(
        session, "panel-drawn", member.person, now=now, review_id=review.id,
        link=f"/reviews/{review.id}/panel/statement", step=f"seat:{member.access.id}",
        review_no=review.review_no or "", due=member.answer_due_on.isoformat(),
    )  # fmt: skip


def leave(
    session: Session, member: PanelMember, to: SeatState, *, why: str, by: Person, now: datetime
) -> Replacement:
    """End a seat and fill it, in one transaction. Access ends at once; what was signed stays."""
    review = member.panel.review
    set_status(member, to, now=now)
    if member.access is not None:
        member.access.ended_at = now
    record(
        session, action="panel.leave", subject=member, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no, "status": to},
    )  # fmt: skip
    if by.id != member.person_id:
        notify(
            session, "member-released", member.person, now=now, review_id=review.id,
            step=f"seat:{member.id}:{to}", review_no=review.review_no or "", why=why,
        )  # fmt: skip
    change = Replacement(panel=member.panel, lost=member, created_at=now, created_by_id=by.id)
    session.add(change)
    fill(session, change, by=by, now=now)
    return change


def fill(session: Session, change: Replacement, *, by: Person, now: datetime) -> None:
    """Find who takes the empty seat, re-checking every rule on today's facts; if nobody may, the seat stays
    empty and says why, and the panel cannot go on until it is filled."""
    panel = change.panel
    session.flush()
    take_turn(session)
    vacancy = vacancy_of(session, panel, on=local_day(now))
    try:
        found = succeed(vacancy)
    except DrawImpossible as impossible:
        change.why_empty = str(impossible)
    else:
        take_seat(session, change, vacancy, found, by=by, now=now)
    record(
        session, action="panel.replace", subject=change, by=by, now=now, review_id=panel.review_id,
        after={
            "lost": change.lost.expert.expert_no,
            "successor": change.successor.expert.expert_no if change.successor else None,
            "way": change.by_way,
        },
    )  # fmt: skip


def take_seat(
    session: Session, change: Replacement, vacancy: Vacancy, found: Successor, *, by: Person, now: datetime
) -> None:
    panel = change.panel
    known = {member.expert.expert_no: member for member in panel.members}
    drawn = queries.last_draw(panel)
    member = known.get(found.expert_no)
    if member is None:
        member = new_member(session, panel, drawn, found.expert_no, by=by, now=now)
    member.drawn_order = member.drawn_order or 1 + max(one.drawn_order for one in panel.members)
    member.seat_kind = change.lost.seat_kind
    flags = next(one for one in vacancy.given.candidates if one.expert_no == found.expert_no)
    member.same_organ = flags.same_organ
    member.same_system = flags.same_organ or is_same_system(panel, flags)
    invite(session, member, SeatRole.MEMBER, by=by, now=now)
    change.successor, change.by_way = member, found.by
    change.relaxations, change.skipped = list(found.relaxations), plain(found.skipped)
    settle_roles(session, panel, chair=found.chair, lead=found.lead, by=by, now=now)


def is_same_system(panel: Panel, candidate: Candidate) -> bool:
    own = panel.review.legal_case.reviewed_org.system
    return own in (candidate.system, SYSTEM_OF_CATEGORY.get(candidate.category))


def settle_roles(session: Session, panel: Panel, *, chair: str, lead: str, by: Person, now: datetime) -> None:
    """Chair and lead as the rules name them after a change; access follows the role."""
    wanted = {chair: SeatRole.CHAIR, lead: SeatRole.LEAD}
    for member in panel.seated:
        role = wanted.get(member.expert.expert_no, SeatRole.MEMBER)
        if member.role is not role:
            before, member.role = member.role, role
            record(
                session, action="panel.role", subject=member, by=by, now=now, review_id=panel.review_id,
                before={"role": before}, after={"role": role},
            )  # fmt: skip
        if member.access is not None:
            member.access.capacity = Capacity(role)


def vacancy_of(session: Session, panel: Panel, *, on: date) -> Vacancy:
    """The panel as it is now, under the rules and lots of its last draw and the facts of today."""
    drawn = queries.last_draw(panel)
    written = drawn.record or {}
    given = input_of(read(Frozen, drawn.frozen), bytes.fromhex(written["lots"]["seed"]))
    roles = {member.role: member.expert.expert_no for member in panel.seated}
    gathered = gather(session, panel.review, on=on)
    given = replace(
        given,
        candidates=gathered.candidates,
        exclusions=today(gathered, panel),
        fixed=tuple(member.expert.expert_no for member in panel.seated),
        chair=roles.get(SeatRole.CHAIR, ""),
        lead=roles.get(SeatRole.LEAD, ""),
    )
    waiting = tuple(member.expert.expert_no for member in panel.substitutes)
    relaxed = {
        *written["result"]["relaxations"],
        *(rule for one in panel.replacements for rule in one.relaxations),
    }
    return Vacancy(given, waiting, tuple(sorted(relaxed)))


def today(gathered: Gathered, panel: Panel) -> tuple[Exclusion, ...]:
    """Today's exclusions. Members who sit are not put out by the way: that needs a decision of its own."""
    seated = {member.expert.expert_no for member in panel.seated}
    return tuple(ground for ground in gathered.exclusions if ground.expert_no not in seated)
