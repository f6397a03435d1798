"""Stored: plans for several panels at once, their proposals, the work in the background and the draws."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.experts.models import Expert
from review_app.planning.states import (
    RUNNING_DRAW,
    Choice,
    PlanDrawState,
    PlanState,
    ProposalState,
    RunState,
    Task,
)
from review_app.reviews.models import CaseReview


class Plan(Stored, Base):
    """A backlog of reviews whose panels are formed together."""

    __tablename__ = "plan"

    title: Mapped[str]
    state: Mapped[PlanState] = mapped_column(default=PlanState.OPEN)
    choice: Mapped[Choice]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_up_reason: Mapped[str] = mapped_column(default="")

    opened_by: Mapped[Person] = relationship(foreign_keys=[opened_by_id])
    cases: Mapped[list["PlanCase"]] = relationship(back_populates="plan", order_by="PlanCase.id")
    locks: Mapped[list["PlanLock"]] = relationship(back_populates="plan", order_by="PlanLock.id")
    proposals: Mapped[list["PlanProposal"]] = relationship(
        back_populates="plan", order_by="PlanProposal.number"
    )
    draws: Mapped[list["PlanDraw"]] = relationship(back_populates="plan", order_by="PlanDraw.number")

    @property
    def draw_running(self) -> "PlanDraw | None":
        """The draw that waits for its nonce, its witness or its result."""
        return next((one for one in self.draws if one.state in RUNNING_DRAW), None)


class PlanCase(Stored, Base):
    """One review of a plan; ``left_out`` while the next proposal does without it."""

    __tablename__ = "plan_case"
    __table_args__ = (UniqueConstraint("plan_id", "review_id"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    left_out: Mapped[bool] = mapped_column(default=False)

    plan: Mapped[Plan] = relationship(back_populates="cases")
    review: Mapped[CaseReview] = relationship()


class PlanLock(Stored, Base):
    """A seat that the next proposals must give to this expert, with the reason; it stands in the record."""

    __tablename__ = "plan_lock"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"))
    reason: Mapped[str]
    ended_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship(back_populates="locks")
    review: Mapped[CaseReview] = relationship()
    expert: Mapped[Expert] = relationship()


class PlanProposal(Stored, Base):
    """One proposal: what was given (``settings``, ``input_sha256``, ``marks`` by which a later change is named)
    and what came out. Scores are integers; ``loads`` gives each expert's panels before and in this proposal."""

    __tablename__ = "plan_proposal"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("plan_proposal.id"))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WORKING)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    facts_on: Mapped[date]
    finished_at: Mapped[datetime | None]
    input_sha256: Mapped[str] = mapped_column(String(64), default="")
    marks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)
    total: Mapped[int] = mapped_column(default=0)
    worst: Mapped[int] = mapped_column(default=0)
    bound: Mapped[int] = mapped_column(default=0)
    worst_bound: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int | None]
    """seats that differ from the proposal it is based on, among the cases of both"""
    relaxed: Mapped[int] = mapped_column(default=0)
    loads: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)
    shortfalls: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    log: Mapped[list[str]] = mapped_column(JSON, default=list)
    seconds: Mapped[int] = mapped_column(default=0)
    exact: Mapped[bool] = mapped_column(default=True)
    """worked out by the exact solver; otherwise by the one for large backlogs, by which it is drawn too"""

    plan: Mapped[Plan] = relationship(back_populates="proposals")
    based_on: Mapped["PlanProposal | None"] = relationship(remote_side="PlanProposal.id")


class PlanPanel(Base):
    """The panel of one review in one proposal. ``members`` are numbers with score and terms, the chair first;
    ``others`` the reasons for those who would score higher and are not seated."""

    __tablename__ = "plan_panel"
    __table_args__ = (UniqueConstraint("proposal_id", "review_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("plan_proposal.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"))
    score: Mapped[int]
    chair: Mapped[str]
    changed: Mapped[int] = mapped_column(default=0)
    members: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    relaxed: Mapped[list[str]] = mapped_column(JSON, default=list)
    others: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, deferred=True)

    proposal: Mapped[PlanProposal] = relationship()
    review: Mapped[CaseReview] = relationship()


class PlanRun(Base):
    """Work for the background process. It is taken, followed and cancelled by UPDATEs that repeat what was seen,
    because page and process write the same row at the same time."""

    __tablename__ = "plan_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("plan_proposal.id"), index=True)
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("plan_draw.id"), index=True)
    task: Mapped[Task]
    question: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[RunState] = mapped_column(default=RunState.WAITING, index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None]
    alive_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_at: Mapped[datetime | None]
    step: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    bound: Mapped[int | None]
    problem: Mapped[str] = mapped_column(default="")

    plan: Mapped[Plan] = relationship()
    proposal: Mapped[PlanProposal | None] = relationship()
    draw: Mapped["PlanDraw | None"] = relationship()
    asked_by: Mapped[Person] = relationship()

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def percent(self) -> int | None:
        """How far the present step is; None while it cannot be counted."""
        return min(100, 100 * self.done // self.of) if self.of else None


class PlanDraw(Stored, Base):
    """The draw of a whole plan: what was frozen, the commit, the nonce, the witness, and the record (compressed
    JSON, written once)."""

    __tablename__ = "plan_draw"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("plan_proposal.id"))
    state: Mapped[PlanDrawState] = mapped_column(default=PlanDrawState.OPENED)
    input_sha256: Mapped[str] = mapped_column(String(64), index=True)
    again_reason: Mapped[str] = mapped_column(default="")
    """why the same input is drawn once more"""
    commit: Mapped[str]
    secret: Mapped[str] = mapped_column(SealedText)
    nonce: Mapped[str] = mapped_column(default="")
    nonce_source: Mapped[str] = mapped_column(default="")
    nonce_at: Mapped[datetime | None]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_witness_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    witnessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    witnessed_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    record: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    record_sha256: Mapped[str] = mapped_column(default="")
    moved: Mapped[int] = mapped_column(default=0)
    """seats that the lots gave to others than the proposal showed"""
    void_reason: Mapped[str] = mapped_column(default="")
    differences: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    plan: Mapped[Plan] = relationship(back_populates="draws")
    proposal: Mapped[PlanProposal] = relationship()
    drawn_by: Mapped[Person] = relationship(foreign_keys=[drawn_by_id])
    asked_witness: Mapped[Person | None] = relationship(foreign_keys=[asked_witness_id])
    witnessed_by: Mapped[Person | None] = relationship(foreign_keys=[witnessed_by_id])
