"""Stored: panels, their draws, seats, statements, notices, recusals, replacements and known conflicts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.experts.models import Expert
from review_app.panels.states import (
    SEATED,
    Applicant,
    DeclineReason,
    DrawKind,
    DrawState,
    RecusalState,
    SeatRole,
    SeatState,
    TellingMethod,
    ToldParty,
)
from review_app.reviews.models import CaseReview, LegalCase, ReviewAccess


class Panel(Stored, Base):
    """The panel of one round of a review. A reopened review gets another; none replaces an earlier one."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    size: Mapped[int]
    announced_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(default="")

    review: Mapped[CaseReview] = relationship()
    members: Mapped[list["PanelMember"]] = relationship(
        back_populates="panel", order_by="PanelMember.drawn_order, PanelMember.id"
    )
    draws: Mapped[list["PanelDraw"]] = relationship(back_populates="panel", order_by="PanelDraw.draw_no")
    tellings: Mapped[list["Telling"]] = relationship(back_populates="panel", order_by="Telling.id")
    recusals: Mapped[list["Recusal"]] = relationship(back_populates="panel", order_by="Recusal.id")
    replacements: Mapped[list["Replacement"]] = relationship(
        back_populates="panel", order_by="Replacement.id"
    )

    @property
    def seated(self) -> list["PanelMember"]:
        """Those who hold a seat now."""
        return [member for member in self.members if member.status in SEATED]

    @property
    def substitutes(self) -> list["PanelMember"]:
        """Substitutes still waiting, in their order."""
        return [member for member in self.members if member.status is SeatState.WAITING]


class PanelDraw(Stored, Base):
    """One draw: what was frozen, the commit, the nonce, the witness, and the record, written once."""

    __tablename__ = "panel_draw"
    __table_args__ = (UniqueConstraint("review_id", "draw_no"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    panel_id: Mapped[int | None] = mapped_column(ForeignKey("panel.id"), index=True)
    draw_no: Mapped[int]
    round: Mapped[int]
    kind: Mapped[DrawKind]
    state: Mapped[DrawState] = mapped_column(default=DrawState.OPENED)
    frozen: Mapped[dict[str, Any]] = mapped_column(JSON)
    input_sha256: Mapped[str]
    candidate_list_sha256: Mapped[str]
    commit: Mapped[str]
    secret: Mapped[str] = mapped_column(SealedText)
    nonce: Mapped[str] = mapped_column(default="")
    nonce_source: Mapped[str] = mapped_column(default="")
    nonce_at: Mapped[datetime | None]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_witness_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    witnessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime | None]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    record_sha256: Mapped[str] = mapped_column(default="")
    void_reason: Mapped[str] = mapped_column(default="")

    review: Mapped[CaseReview] = relationship()
    panel: Mapped[Panel | None] = relationship(back_populates="draws")
    drawn_by: Mapped[Person] = relationship(foreign_keys=[drawn_by_id])
    asked_witness: Mapped[Person | None] = relationship(foreign_keys=[asked_witness_id])
    witnessed_by: Mapped[Person | None] = relationship(foreign_keys=[witnessed_by_id])


class PanelMember(Stored, Base):
    """One expert on a panel, or waiting as its substitute. Rows are never reused: a successor has his own."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("panel_id", "expert_id"),)

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("panel_draw.id"))
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    access_id: Mapped[int | None] = mapped_column(ForeignKey("review_access.id"))
    role: Mapped[SeatRole]
    seat_kind: Mapped[str] = mapped_column(default="OPEN")
    drawn_order: Mapped[int]
    same_organ: Mapped[bool] = mapped_column(default=False)
    same_system: Mapped[bool] = mapped_column(default=False)
    status: Mapped[SeatState]
    resumes_as: Mapped[SeatState | None]
    """where a suspended seat goes on when the request is refused"""
    invited_on: Mapped[date | None]
    answer_due_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    decline_reason: Mapped[DeclineReason | None]
    decline_note: Mapped[str] = mapped_column(SealedText, default="")

    panel: Mapped[Panel] = relationship(back_populates="members")
    draw: Mapped[PanelDraw] = relationship()
    expert: Mapped[Expert] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    access: Mapped[ReviewAccess | None] = relationship()
    statements: Mapped[list["ConflictStatement"]] = relationship(
        back_populates="member", order_by="ConflictStatement.id"
    )

    @property
    def is_seated(self) -> bool:
        return self.status in SEATED


class ConflictStatement(Stored, Base):
    """A signed conflict statement and secrecy promise. ``stage`` 1: before names are known, 2: after.

    ``content`` is the canonical JSON of everything stated and shown; ``content_sha256`` binds the signature
    to it. Rows are never changed; they stay when the expert declines.
    """

    __tablename__ = "conflict_statement"
    __table_args__ = (UniqueConstraint("member_id", "stage"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    stage: Mapped[int]
    content: Mapped[str] = mapped_column(SealedText)
    content_sha256: Mapped[str]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    member: Mapped[PanelMember] = relationship(back_populates="statements")


class KnownConflict(Stored, Base):
    """A ground that binds an expert to a legal case, established by a statement, a refusal to take part or
    a decision. It holds for every later draw on the same case."""

    __tablename__ = "known_conflict"

    legal_case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    rule: Mapped[str]
    source: Mapped[str]
    note: Mapped[str] = mapped_column(SealedText, default="")

    legal_case: Mapped[LegalCase] = relationship()
    expert: Mapped[Expert] = relationship()


class ConflictDecision(Stored, Base):
    """A person's decision on a possible conflict; it holds as long as the fact (``fact_key``) stays."""

    __tablename__ = "conflict_decision"
    __table_args__ = (UniqueConstraint("legal_case_id", "expert_id", "rule", "fact_key"),)

    legal_case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"))
    rule: Mapped[str]
    fact_key: Mapped[str]
    confirmed: Mapped[bool]
    matched: Mapped[str] = mapped_column(SealedText)
    reason: Mapped[str] = mapped_column(SealedText)

    expert: Mapped[Expert] = relationship()


class Telling(Stored, Base):
    """The petitioner or the reviewed organ was told the names of the panel and the right to object."""

    __tablename__ = "panel_telling"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    to: Mapped[ToldParty]
    told_on: Mapped[date]
    method: Mapped[TellingMethod]
    note: Mapped[str] = mapped_column(SealedText, default="")
    due_on: Mapped[date]
    waived_on: Mapped[date | None]
    waiver_note: Mapped[str] = mapped_column(SealedText, default="")
    member_ids: Mapped[list[int]] = mapped_column(JSON)

    panel: Mapped[Panel] = relationship(back_populates="tellings")


class Recusal(Stored, Base):
    """A request that a member be recused, its decision and, once, its reconsideration."""

    __tablename__ = "recusal"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    ground: Mapped[str]
    applicant: Mapped[Applicant]
    facts: Mapped[str] = mapped_column(SealedText)
    state: Mapped[RecusalState]
    due_on: Mapped[date]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(SealedText, default="")
    asked_again_at: Mapped[datetime | None]
    asked_again_facts: Mapped[str] = mapped_column(SealedText, default="")
    decided_again_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_again_at: Mapped[datetime | None]
    decided_again_reason: Mapped[str] = mapped_column(SealedText, default="")

    panel: Mapped[Panel] = relationship(back_populates="recusals")
    member: Mapped[PanelMember] = relationship()
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    decided_again_by: Mapped[Person | None] = relationship(foreign_keys=[decided_again_by_id])


class Replacement(Stored, Base):
    """A seat that changed hands: who left and why, who followed and by which way, whom the rules passed by.
    Without a successor the seat stays empty until somebody can be found."""

    __tablename__ = "panel_replacement"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    lost_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("panel_member.id"))
    by_way: Mapped[str] = mapped_column(default="")
    relaxations: Mapped[list[str]] = mapped_column(JSON, default=list)
    skipped: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    why_empty: Mapped[str] = mapped_column(default="")

    panel: Mapped[Panel] = relationship(back_populates="replacements")
    lost: Mapped[PanelMember] = relationship(foreign_keys=[lost_id])
    successor: Mapped[PanelMember | None] = relationship(foreign_keys=[successor_id])
