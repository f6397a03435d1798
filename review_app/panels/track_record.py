"""An expert's service, derived from what happened on panels, never typed: invitations, answers, forms.

A form counts only when every member of its panel has signed: before that even its existence is told to
nobody. How anybody evaluated or voted is never part of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.clock import local_day
from review_app.experts.models import Expert
from review_app.panels.models import ConflictStatement, Panel, PanelMember
from review_app.panels.states import SEATED, DeclineReason, SeatState
from review_app.reviews.models import CaseReview, ReviewAccess, StateChange
from review_app.reviews.states import ReviewState

UNKNOWN = 500
"""timeliness of an expert who has not finished a form yet: neither praise nor blame"""


@dataclass(frozen=True)
class Service:
    """What one expert did, in one year or altogether. ``mean_days`` runs from the start of reading to the
    signature, in calendar days; ``minutes`` are those of signed forms. None: nothing to count."""

    invited: int = 0
    accepted: int = 0
    declined: int = 0
    recused: int = 0
    forms: int = 0
    on_time: int = 0
    mean_days: float | None = None
    minutes: int = 0

    @property
    def on_time_rate(self) -> float | None:
        return self.on_time / self.forms if self.forms else None

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


def note_form_done(session: Session, access: ReviewAccess, *, minutes: int | None, now: datetime) -> None:
    """Note on the seat that its form was signed, with the day reading began and the day it was due."""
    member = seat_with(session, access)
    if member is None:
        return
    entered = (
        select(StateChange)
        .where(StateChange.review_id == access.review_id, StateChange.to_state == ReviewState.READING)
        .order_by(StateChange.id.desc())
    )
    reading = session.scalars(entered).first()
    began = local_day(reading.created_at) if reading else None
    member.form_from = max(filter(None, (began, member.invited_on)), default=None)
    member.form_due_on = reading.due_on if reading else None
    member.form_done_at, member.form_minutes = now, minutes


def seat_with(session: Session, access: ReviewAccess) -> PanelMember | None:
    return session.scalars(select(PanelMember).where(PanelMember.access_id == access.id)).first()


def services(session: Session, experts: Iterable[Expert], *, year: int | None = None) -> dict[int, Service]:
    """The service of each expert by id: of one calendar year (by day of invitation), or of all years."""
    wanted = [one.id for one in experts]
    seats: dict[int, list[PanelMember]] = {expert_id: [] for expert_id in wanted}
    for seat in invitations(session, wanted):
        if year is None or (seat.invited_on and seat.invited_on.year == year):
            seats[seat.expert_id].append(seat)
    return {expert_id: service_of(own) for expert_id, own in seats.items()}


def invitations(session: Session, expert_ids: Sequence[int]) -> Sequence[PanelMember]:
    """Every seat these experts were invited to; substitutes who never moved up were not."""
    seats = (
        select(PanelMember)
        .where(PanelMember.expert_id.in_(expert_ids), PanelMember.invited_on.is_not(None))
        .options(
            selectinload(PanelMember.statements),
            joinedload(PanelMember.panel).selectinload(Panel.members),
        )
        .order_by(PanelMember.id)
    )
    return session.scalars(seats).all()


def service_of(seats: Sequence[PanelMember]) -> Service:
    """Counts over seats an expert was invited to."""
    done = [seat for seat in seats if seat.form_done_at is not None and is_open_now(seat.panel)]
    days = [taken for seat in done if (taken := days_taken(seat)) is not None]
    return Service(
        invited=len(seats),
        accepted=sum(has_accepted(seat) for seat in seats),
        declined=sum(is_refusal(seat) for seat in seats),
        recused=sum(seat.status is SeatState.RECUSED for seat in seats),
        forms=len(done),
        on_time=sum(is_on_time(seat) for seat in done),
        mean_days=round(sum(days) / len(days), 1) if days else None,
        minutes=sum(seat.form_minutes or 0 for seat in done),
    )


def is_open_now(panel: Panel) -> bool:
    """Whether every seat is filled and everybody who sits, or sat to the end, has signed: only then may forms
    be counted. Somebody who moves up later must not learn of them either."""
    stayed = [one for one in panel.members if one.status in SEATED or ended_seated(one)]
    return len(stayed) >= panel.size and all(one.form_done_at is not None for one in stayed)


def ended_seated(member: PanelMember) -> bool:
    """Held a seat when the panel ended; a substitute's seat that ended was never invited."""
    return member.status is SeatState.ENDED and member.invited_on is not None


def has_accepted(seat: PanelMember) -> bool:
    """Whether both statements were signed, whatever became of the seat later."""
    return stages(seat.statements) == {1, 2} or seat.status is SeatState.ACCEPTED


def stages(statements: Iterable[ConflictStatement]) -> set[int]:
    return {one.stage for one in statements}


def is_refusal(seat: PanelMember) -> bool:
    """Declined for a reason of his own; a conflict is no refusal but a duty."""
    return seat.status is SeatState.DECLINED and seat.decline_reason is not DeclineReason.CONFLICT


def is_on_time(seat: PanelMember) -> bool:
    done = seat.form_done_at
    return done is not None and (seat.form_due_on is None or local_day(done) <= seat.form_due_on)


def days_taken(seat: PanelMember) -> int | None:
    if seat.form_done_at is None or seat.form_from is None:
        return None
    return (local_day(seat.form_done_at) - seat.form_from).days


def timeliness(session: Session, experts: Iterable[Expert]) -> dict[str, int]:
    """Forms on time per mille, by expert number; 500 when nothing is known. Every expert starts with one
    form on time and one late, so that a single form decides little."""
    pool = tuple(experts)
    known = services(session, pool)
    return {one.expert_no: per_mille(known[one.id]) for one in pool}


def per_mille(service: Service) -> int:
    return (service.on_time + 1) * 1000 // (service.forms + 2) if service.forms else UNKNOWN


def experience(session: Session) -> dict[str, dict[str, int]]:
    """How many finished panels each expert served on, by expert number and template."""
    served = (
        select(Expert.expert_no, CaseReview.template)
        .select_from(PanelMember)
        .join(PanelMember.expert)
        .join(PanelMember.panel)
        .join(Panel.review)
        .where(
            CaseReview.state == ReviewState.CLOSED,
            PanelMember.status == SeatState.ENDED,
            PanelMember.invited_on.is_not(None),
        )
    )
    found: dict[str, dict[str, int]] = {}
    for expert_no, template in session.execute(served):
        by_template = found.setdefault(expert_no, {})
        by_template[template] = by_template.get(template, 0) + 1
    return found
