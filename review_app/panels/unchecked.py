"""What could not be checked, counted over the running panels; and an expert's view of his own checks.

Missing data is 未核查 and never "no conflict": a member whose check was never stored counts as a question too.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from review_app.experts.models import Expert
from review_app.panels import queries
from review_app.panels.models import (
    ConflictCheck,
    ConflictDecision,
    ConflictEvidence,
    Panel,
    PanelMember,
    Recusal,
)
from review_app.panels.states import SeatState
from review_app.reviews.models import CaseReview

NEVER_TOLD = (SeatState.WAITING, SeatState.PASSED_BY)


@dataclass(frozen=True)
class UncheckedReview:
    """One running panel: how many members were never checked, how many have open questions, how many
    questions there are, and what data is missing for how many members."""

    review: CaseReview
    members: int
    never: int
    partly: int
    questions: int
    missing: tuple[tuple[str, int], ...]


def unchecked_reviews(session: Session) -> list[UncheckedReview]:
    """Every running panel with something unchecked, the most first."""
    checks: dict[tuple[int, int, int], ConflictCheck] = {
        (one.review_id, one.round, one.expert_id): one for one in session.scalars(select(ConflictCheck))
    }
    found = [of_panel(panel, checks) for panel in queries.running_panels(session)]
    open_ones = [one for one in found if one.never or one.questions]
    return sorted(open_ones, key=lambda one: (-one.never, -one.questions, one.review.id))


def of_panel(panel: Panel, checks: dict[tuple[int, int, int], ConflictCheck]) -> UncheckedReview:
    seated = panel.seated
    stored = [checks.get((panel.review_id, panel.round, one.expert_id)) for one in seated]
    known = [one for one in stored if one is not None]
    missing = Counter(what for one in known for what in {what for _rule, what in json.loads(one.unchecked)})
    return UncheckedReview(
        review=panel.review,
        members=len(seated),
        never=len(seated) - len(known),
        partly=sum(one.unchecked_count > 0 for one in known),
        questions=sum(one.unchecked_count for one in known),
        missing=tuple(missing.most_common()),
    )


def unchecked_totals(session: Session) -> tuple[int, int]:
    """How many running panels have something unchecked, and how many questions that is; a member who was
    never checked counts as one."""
    found = unchecked_reviews(session)
    return len(found), sum(one.questions + one.never for one in found)


@dataclass(frozen=True)
class OwnSeat:
    """What an expert may know of one of his seats: what speaks for a recusal, what was decided, what is
    missing. Facts name people of the case, so they stand here only while the names are open to him."""

    member: PanelMember
    status: str
    evidence: Sequence[ConflictEvidence]
    decisions: Sequence[ConflictDecision]
    recusals: Sequence[Recusal]
    unchecked: Sequence[tuple[str, str]]
    names_open: bool


def own_view(session: Session, expert: Expert) -> list[OwnSeat]:
    """The seats to which the expert was invited, the newest first; that he waits as a substitute, or was left
    out of a draw, he does not learn here."""
    seats = (
        select(PanelMember)
        .where(PanelMember.expert_id == expert.id, PanelMember.status.not_in(NEVER_TOLD))
        .options(joinedload(PanelMember.panel).joinedload(Panel.review))
    )
    return [own_seat(session, one) for one in session.scalars(seats.order_by(PanelMember.id.desc()))]


def own_seat(session: Session, member: PanelMember) -> OwnSeat:
    review, expert_id = member.panel.review, member.expert_id
    check = select(ConflictCheck).where(
        ConflictCheck.review_id == review.id,
        ConflictCheck.round == member.panel.round,
        ConflictCheck.expert_id == expert_id,
    )
    stored = session.scalar(check)
    every = select(ConflictEvidence).where(
        ConflictEvidence.review_id == review.id,
        ConflictEvidence.round == member.panel.round,
        ConflictEvidence.expert_id == expert_id,
    )
    decided = queries.conflict_decisions(session, review.legal_case)
    return OwnSeat(
        member=member,
        status=stored.status if stored is not None else "NEVER",
        evidence=session.scalars(every.order_by(ConflictEvidence.id)).all(),
        decisions=[one for one in decided if one.expert_id == expert_id],
        recusals=[one for one in member.panel.recusals if one.member_id == member.id],
        unchecked=[(rule, what) for rule, what in json.loads(stored.unchecked)] if stored else [],
        names_open=member.is_seated and bool(member.statements),
    )
