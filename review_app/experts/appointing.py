"""The life of an expert in the pool: nominated, vetted, appointed with a letter, active, suspended, gone.

Vetting rests on the unit's opinion and a discipline check; only a leader appoints, for at most three years.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.documents.office import office
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.letters import appointment_letter, keep_letter, next_number
from review_app.experts.models import Expert, ExpertLetter, ExpertStep, ExpertTerm
from review_app.experts.standing import lapsed
from review_app.experts.states import CREDENTIAL_LABELS, ExitGround, ExpertStatus, LetterKind

LONGEST_TERM_YEARS = 3
SHORTEST_REASON = 5
NEEDS_GROUND = frozenset({ExpertStatus.SUSPENDED, ExpertStatus.REMOVED})


def vet(
    session: Session, expert: Expert, *, unit_opinion: str, discipline_check: str, by: Person, now: datetime
) -> ExpertTerm:
    """Enter what the expert's unit and the discipline check say; he is then ready to be appointed."""
    if not rules.can_set_status(by, expert, ExpertStatus.VETTED):
        raise NotAllowed
    if min(len(unit_opinion.strip()), len(discipline_check.strip())) < SHORTEST_REASON:
        raise ReviewError(N_("请写明所在单位意见和廉洁、纪律审查情况（各不少于五个字）。"))
    term = ExpertTerm(
        expert=expert, unit_opinion=unit_opinion.strip(), discipline_check=discipline_check.strip(),
        vetted_at=now, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(term)
    move(session, expert, ExpertStatus.VETTED, ground=None, reason="", by=by, now=now)
    return term


def appoint(
    session: Session, expert: Expert, *, starts_on: date, ends_on: date, by: Person, now: datetime
) -> ExpertLetter:
    """Appoint a vetted expert for a term and issue the letter; he becomes active when he takes it up."""
    if not rules.can_set_status(by, expert, ExpertStatus.APPOINTED):
        raise NotAllowed
    require_term(starts_on, ends_on, today=local_day(now))
    if gone := lapsed(expert.credentials, local_day(now)):
        raise ReviewError(
            N_("%(kind)s已于%(day)s过期，请先核验新证再聘任。"),
            kind=CREDENTIAL_LABELS[gone[0].kind],
            day=gone[0].since.isoformat(),
        )
    mark, seq, number = next_number(session, LetterKind.APPOINTMENT, local_day(now).year)
    content = appointment_letter(
        expert, starts_on=starts_on, ends_on=ends_on, number=number, on=local_day(now), organ=office().name
    )
    letter = keep_letter(
        session, expert, content, kind=LetterKind.APPOINTMENT, mark=mark, seq=seq, by=by, now=now
    )
    term = expert.terms[-1] if expert.terms else None
    if term is not None and term.appointed_at is None:
        term.starts_on, term.ends_on, term.appointed_at, term.appointed_by = starts_on, ends_on, now, by
    expert.appointed_on, expert.term_end, expert.appointment_doc_no = starts_on, ends_on, number
    move(session, expert, ExpertStatus.APPOINTED, ground=None, reason="", by=by, now=now)
    return letter


def require_term(starts_on: date, ends_on: date, *, today: date) -> None:
    if ends_on <= starts_on or ends_on <= today:
        raise ReviewError(N_("聘期届满应当晚于聘期开始，且晚于今天。"))
    years = ends_on.year - starts_on.year
    if (years, (ends_on.month, ends_on.day)) > (LONGEST_TERM_YEARS, (starts_on.month, starts_on.day)):
        raise ReviewError(N_("一次聘期不超过%(years)d年。"), years=LONGEST_TERM_YEARS)


def set_status(
    session: Session,
    expert: Expert,
    to: ExpertStatus,
    *,
    ground: ExitGround | None = None,
    reason: str = "",
    by: Person,
    now: datetime,
) -> None:
    """Take an expert to another state. Vetting and appointing have acts of their own; being suspended and
    leaving need a ground and a reason."""
    if to in (ExpertStatus.VETTED, ExpertStatus.APPOINTED) or not rules.can_set_status(by, expert, to):
        raise NotAllowed
    if to in NEEDS_GROUND and (ground is None or len(reason.strip()) < SHORTEST_REASON):
        raise ReviewError(N_("暂停、退出的，请选择事由并写明理由（至少五个字）。"))
    if to is ExpertStatus.ACTIVE and expert.term_end is not None and expert.term_end < local_day(now):
        raise ReviewError(N_("聘期已经届满，请按到期办理，重新推荐后再聘任。"))
    kept = ground if to in NEEDS_GROUND else None
    move(session, expert, to, ground=kept, reason=reason.strip(), by=by, now=now)


def move(
    session: Session,
    expert: Expert,
    to: ExpertStatus,
    *,
    ground: ExitGround | None,
    reason: str,
    by: Person | None,
    now: datetime,
) -> None:
    """One step, kept for good."""
    before, expert.status, expert.status_reason = expert.status, to, reason
    session.add(
        ExpertStep(
            expert=expert, from_status=before, to_status=to, ground=ground, reason=reason, created_at=now,
            created_by_id=by.id if by else None,
        )
    )  # fmt: skip
    session.flush()
    after = {"status": to, **({"ground": ground} if ground else {})}
    record(
        session, action="expert.status", subject=expert, by=by, now=now, before={"status": before},
        after=after, reason=reason or None,
    )  # fmt: skip


def expire_terms(session: Session, *, now: datetime) -> int:
    """Experts whose term is over expire by themselves; gives how many. Doing it again changes nothing."""
    over = select(Expert).where(
        Expert.status.in_((ExpertStatus.ACTIVE, ExpertStatus.SUSPENDED)), Expert.term_end < local_day(now)
    )
    found = session.scalars(over.order_by(Expert.id)).all()
    for expert in found:
        move(session, expert, ExpertStatus.EXPIRED, ground=None, reason="", by=None, now=now)
    return len(found)
