"""The draw of a plan carried out: the facts compared, the panels drawn, all of them seated in one transaction.

Order: the facts are read and compared; the panels are worked out under the seed; then, in one transaction in which
nobody else may seat anybody, it is made sure that the log has not grown since the reading (every change writes a row
there), or else everything is read and compared again. So no panel ever rests on facts that were changed meanwhile, and
two plans at once cannot seat an expert beyond his cap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditHead
from review_app.audit.service import record
from review_app.clock import Clock
from review_app.database import Database
from review_app.notices.service import notify
from review_app.panels.draw import Draw
from review_app.panels.match_record import lots_of_match, record_of, record_text
from review_app.panels.matched import seated
from review_app.panels.matching.problem import Matched, Progress
from review_app.panels.matching.verifying import faults
from review_app.panels.models import PanelDraw
from review_app.panels.record import (
    Frozen,
    Lots,
    PlanOf,
    input_of,
)
from review_app.panels.record import record_of as record_of_draw
from review_app.panels.seats import seat_result, take_turn
from review_app.panels.states import DrawKind, DrawMethod, DrawState
from review_app.planning import queries, running
from review_app.planning.keeping import packed
from review_app.planning.models import PlanDraw, PlanRun
from review_app.planning.running import Reporter
from review_app.planning.sealing import advance
from review_app.planning.service import step
from review_app.planning.solving import drawn
from review_app.planning.states import USABLE, PlanDrawState, PlanState, ProposalState, RunState
from review_app.planning.taking_in import TakenIn, differences, take_in
from review_app.reviews.models import CaseReview


class NotDrawn(Exception):
    """The draw cannot come to a result; `found` says what differs from the proposal."""

    def __init__(self, found: list[dict[str, str]]) -> None:
        super().__init__("the facts differ from the proposal")
        self.found = found


def carry_out(database: Database, run_id: int, report: Reporter, clock: Clock) -> None:
    """Bring a witnessed draw to its end: all panels, or none and the differences."""
    try:
        head, taken, lots, exact = prepared(database, run_id, report)
        found = drawn(taken.problem(bytes.fromhex(lots.seed)), exact=exact, report=report)
        report(Progress("VERIFY"))
        require_sound(taken, found, lots)
        report(Progress("SEAT"))
        with database.reading() as session:
            papers = papers_of(draw_of(session, run_id), taken, found, lots, now=clock())
        with database.writing() as session, session.begin():
            take_turn(session)
            if head_of(session) != head:
                require_same(
                    take_in(session, running.proposal_of(session, run_id), report=ignore), session, run_id
                )
            if running.end(session, run_id, RunState.DONE, now=clock()):
                seat_all(session, draw_of(session, run_id), papers)
    except NotDrawn as refusal:
        with database.writing() as session, session.begin():
            if running.end(session, run_id, RunState.DONE, now=clock()):
                refuse(session, draw_of(session, run_id), refusal.found, now=clock())


def ignore(_progress: Progress) -> None:
    """Inside the transaction that seats nothing is reported: the page would wait for it."""


def prepared(database: Database, run_id: int, report: Reporter) -> tuple[int, TakenIn, Lots, bool]:
    """The state of the log, then the facts (in this order: what comes later is noticed), then the lots."""
    with database.reading() as session:
        head = head_of(session)
        taken = take_in(session, running.proposal_of(session, run_id), report=report)
        report(Progress("COMPARE"))
        require_same(taken, session, run_id)
        draw = draw_of(session, run_id)
        lots = lots_of_match(secret=bytes.fromhex(draw.secret), nonce=draw.nonce, digest=draw.input_sha256)
        return head, taken, lots, draw.proposal.exact


def head_of(session: Session) -> int:
    """The number of the log's last row."""
    return session.scalar(select(AuditHead.row_id)) or 0


def draw_of(session: Session, run_id: int) -> PlanDraw:
    found = session.get_one(PlanRun, run_id).draw
    if found is None:
        raise LookupError(f"run {run_id} carries out no draw")
    return found


def require_same(taken: TakenIn, session: Session, run_id: int) -> None:
    """The published input must still be true."""
    draw = draw_of(session, run_id)
    found = differences(draw.proposal.marks, taken)
    if found or taken.input_sha256 != draw.input_sha256:
        raise NotDrawn(found)


def require_sound(taken: TakenIn, found: Matched, lots: Lots) -> None:
    """The independent check over every rule, before anybody is seated."""
    if ProposalState(found.status.value) not in USABLE:
        raise RuntimeError(f"no panels under the seed: {found.status}")
    wrong = faults(taken.problem(bytes.fromhex(lots.seed)), found)
    if wrong:
        raise RuntimeError(f"{len(wrong)} faults, the first: {wrong[0]}")


def refuse(session: Session, draw: PlanDraw, found: list[dict[str, str]], *, now: datetime) -> None:
    """Nothing came into being; the plan can be worked on again. The secret was not used and stays sealed."""
    advance(draw, PlanDrawState.REFUSED)
    step(draw.plan, PlanState.OPEN)
    draw.differences = found
    record(
        session, action="plan-draw.refuse", subject=draw, by=None, now=now,
        after={"differences": found[:50], "count": len(found)},
    )  # fmt: skip
    tell(session, "plan-refused", draw, now=now)


def tell(session: Session, kind: str, draw: PlanDraw, *, now: datetime) -> None:
    """Who opened the draw hears how it ended."""
    notify(
        session, kind, draw.drawn_by, now=now, link=f"/planning/{draw.plan_id}/draws/{draw.number}",
        step=f"plan-draw:{draw.id}:{draw.state}", number=draw.plan_id,
        count=len(draw.proposal.settings["cases"]),
    )  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One review's panel and its record, written before anybody is kept waiting."""

    review_id: int
    result: Draw
    record: dict[str, Any]


@dataclass(frozen=True)
class Papers:
    """Everything that is stored when the panels are formed."""

    record: bytes
    record_sha256: str
    panels: tuple[Paper, ...]
    now: datetime


def papers_of(draw: PlanDraw, taken: TakenIn, found: Matched, lots: Lots, *, now: datetime) -> Papers:
    """The plan's record and that of every panel, which names it."""
    who = {
        "drawn_by": draw.drawn_by.login,
        "witnessed_by": draw.witnessed_by.login if draw.witnessed_by else "",
        "time": now.isoformat(),
    }
    whole = record_of(taken.instance, found, lots, reasons=by_hand(draw), **who)
    plan = PlanOf(str(draw.plan_id), draw.input_sha256, whole["sha256"])
    return Papers(
        record=packed(record_text(whole, taken.instance)),
        record_sha256=whole["sha256"],
        panels=tuple(paper_of(number, taken, found, lots, plan, who) for number in sorted(found.panels)),
        now=now,
    )


def paper_of(
    number: str, taken: TakenIn, found: Matched, lots: Lots, plan: PlanOf, who: Mapping[str, str]
) -> Paper:
    frozen = replace(taken.frozen[number], plan=plan)
    result = result_of(frozen, found, number, lots)
    return Paper(taken.reviews[number].id, result, record_of_draw(frozen, lots, result, **who))


def seat_all(session: Session, draw: PlanDraw, papers: Papers) -> None:
    """Every panel, its draw and its record, and the plan's record: all in this transaction."""
    now = papers.now
    draw.record, draw.record_sha256, draw.drawn_at = papers.record, papers.record_sha256, now
    for paper in papers.panels:
        seat_one(session, draw, paper, now=now)
    draw.moved = moved(session, draw, papers)
    advance(draw, PlanDrawState.DRAWN)
    step(draw.plan, PlanState.COMMITTED)
    record(
        session, action="plan-draw.carry-out", subject=draw, by=draw.witnessed_by, now=now,
        after={"record_sha256": draw.record_sha256, "panels": len(papers.panels)},
    )  # fmt: skip
    tell(session, "plan-drawn", draw, now=now)


def by_hand(draw: PlanDraw) -> list[dict[str, str]]:
    """What people decided besides the rules: seats locked, and why the same input was drawn once more."""
    settings = draw.proposal.settings
    locks = [
        {"review": str(review_id), "expert": expert_no, "locked": reason}
        for review_id, expert_no, reason in settings["locks"]
    ]
    return [*locks, *([{"again": draw.again_reason}] if draw.again_reason else [])]


def seat_one(session: Session, draw: PlanDraw, paper: Paper, *, now: datetime) -> None:
    """One review's panel with a draw of its own, from which seats are filled later as after any draw."""
    review, written = session.get_one(CaseReview, paper.review_id), paper.record
    made = PanelDraw(
        review=review, draw_no=written["input"]["draw_no"], round=review.round, kind=DrawKind.FIRST,
        method=DrawMethod.PLAN, state=DrawState.DRAWN, frozen=written["input"],
        input_sha256=written["input_sha256"], candidate_list_sha256=written["candidate_list_sha256"],
        commit=draw.commit, secret=draw.secret, nonce=draw.nonce, nonce_source=draw.nonce_source,
        nonce_at=draw.nonce_at, drawn_by=draw.drawn_by, asked_witness=draw.asked_witness,
        witnessed_by=draw.witnessed_by, drawn_at=now, record=written, record_sha256=written["sha256"],
        created_at=now, created_by_id=draw.drawn_by_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    seat_result(session, made, paper.result, by=draw.drawn_by, now=now)


def result_of(frozen: Frozen, found: Matched, number: str, lots: Lots) -> Draw:
    return seated(
        input_of(frozen, bytes.fromhex(lots.seed)),
        found.panels[number],
        chair=found.chairs.get(number, ""),
        relaxed=found.relaxed.get(number, ()),
    )


def moved(session: Session, draw: PlanDraw, papers: Papers) -> int:
    """Seats that the lots gave to others than the proposal showed."""
    shown = {
        panel.review_id: {member["expert_no"] for member in panel.members}
        for panel in queries.panels_of(session, draw.proposal)
    }
    return sum(
        seat.expert_no not in shown[paper.review_id]
        for paper in papers.panels
        for seat in paper.result.members
    )
