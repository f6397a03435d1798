"""What is written about a session: minutes, differing opinions, and who read them afterwards (class L3)."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.deliberations import rules
from review_app.deliberations.models import Deliberation, Dissent, FinalStance
from review_app.deliberations.queries import holders_of, sessions_of
from review_app.deliberations.states import Stance
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.reviews.models import CaseReview

SHORTEST_REASON = 5
SHORTEST_MINUTES = 20
SHORTEST_DISSENT = 20


def keep_minutes(
    session: Session, deliberation: Deliberation, *, text: str, row_version: int, by: Person, now: datetime
) -> Deliberation:
    """Store the minutes (L3). ``row_version`` is the one that was read."""
    if not rules.can_keep_minutes(by, deliberation):
        raise NotAllowed
    if deliberation.row_version != row_version:
        raise EditConflict(theirs={"text": deliberation.minutes})
    if len("".join(text.split())) < SHORTEST_MINUTES:
        raise ReviewError(N_("请写明研讨经过，不少于%(least)s个字。"), least=SHORTEST_MINUTES)
    deliberation.minutes, deliberation.minutes_at = text.strip(), now
    sha256 = hashlib.sha256(text.strip().encode()).hexdigest()
    record(
        session, action="deliberation.minutes", subject=deliberation, by=by, now=now,
        review_id=deliberation.review_id, after={"sha256": sha256},
    )  # fmt: skip
    return deliberation


def hand_in_dissent(
    session: Session, deliberation: Deliberation, *, text: str, by: Person, now: datetime
) -> Dissent:
    """A member's differing opinion, kept word for word; handed in once."""
    if not rules.can_dissent(by, deliberation):
        raise NotAllowed
    if any(one.person_id == by.id for one in deliberation.dissents):
        raise ReviewError(N_("您已经提交不同意见，不能更改。"))
    if len("".join(text.split())) < SHORTEST_DISSENT:
        raise ReviewError(N_("请写明不同意见及理由，不少于%(least)s个字。"), least=SHORTEST_DISSENT)
    dissent = Dissent(deliberation=deliberation, person=by, text=text, created_at=now, created_by_id=by.id)
    session.add(dissent)
    note_stance(session, deliberation, Stance.DISSENT, "", by=by, now=now)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    record(
        session, action="dissent.hand-in", subject=dissent, by=by, now=now,
        review_id=deliberation.review_id, after={"sha256": sha256},
    )  # fmt: skip
    return dissent


def take_stance(
    session: Session, deliberation: Deliberation, *, stance: Stance, text: str, by: Person, now: datetime
) -> None:
    """Say where one stands on what the panel decided, once everything is voted. Another reason, and a differing
    opinion, need words; a differing opinion is final."""
    if not rules.can_dissent(by, deliberation):
        raise NotAllowed
    if stance is Stance.DISSENT:
        hand_in_dissent(session, deliberation, text=text, by=by, now=now)
        return
    if any(one.person_id == by.id for one in deliberation.dissents):
        raise ReviewError(N_("您已经提交不同意见，不能更改。"))
    if stance is Stance.CONCUR and len("".join(text.split())) < SHORTEST_DISSENT:
        raise ReviewError(N_("请写明不同的理由，不少于%(least)s个字。"), least=SHORTEST_DISSENT)
    note_stance(session, deliberation, stance, text if stance is Stance.CONCUR else "", by=by, now=now)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    record(
        session, action="deliberation.stance", subject=deliberation, by=by, now=now,
        review_id=deliberation.review_id, after={"sha256": sha256},
    )  # fmt: skip


def note_stance(
    session: Session, deliberation: Deliberation, stance: Stance, text: str, *, by: Person, now: datetime
) -> None:
    deliberation.stances.append(
        FinalStance(person=by, stance=stance, text=text.strip(), created_at=now, created_by_id=by.id)
    )
    session.flush()


def silent_members(session: Session, deliberation: Deliberation) -> list[Person]:
    """Members who still sit and have not said where they stand."""
    taken = deliberation.final_stances
    sitting = {seat.person_id for seat in deliberation.review.accesses if seat.ended_at is None}
    return [
        one.person
        for one in deliberation.attendances
        if one.person_id in sitting and one.person_id not in taken
    ]


def read_for_audit(
    session: Session, review: CaseReview, *, reason: str, by: Person, now: datetime
) -> list[Deliberation]:
    """Sessions of a closed review for the auditor who gives a reason; each reading is logged."""
    if not rules.can_audit_deliberation(by, review):
        raise NotAllowed
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由，不少于%(least)s个字。"), least=SHORTEST_REASON)
    record(
        session, action="deliberation.audit-read", subject=review, by=by, now=now, reason=reason.strip(),
        review_id=review.id,
    )  # fmt: skip
    return sessions_of(session, review)


def secretaries(session: Session, review: CaseReview) -> list[Person]:
    """Who may be named secretary: holders of the role outside the reviewed organ."""
    organ = review.legal_case.reviewed_org_id
    return [one for one in holders_of(session, Role.SECRETARY) if one.organisation_id != organ]
