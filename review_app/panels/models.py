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
    DrawMethod,
    DrawState,
    FoundState,
    InvitationAnswer,
    InvitationChannel,
    OpinionState,
    RecusalState,
    SeatRole,
    SeatState,
    TellingMethod,
    ToldParty,
)
from review_app.reviews.models import CaseReview, FileDocument, LegalCase, ReviewAccess
from review_app.reviews.states import InvolvedAs


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
    method: Mapped[DrawMethod] = mapped_column(default=DrawMethod.DRAW, server_default=DrawMethod.DRAW)
    again_reason: Mapped[str] = mapped_column(default="", server_default="")
    """why the same facts are drawn once more"""
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
    form_from: Mapped[date | None]
    form_due_on: Mapped[date | None]
    form_done_at: Mapped[datetime | None]
    form_minutes: Mapped[int | None]
    """noted when the form was signed; told to nobody before every member has signed"""

    panel: Mapped[Panel] = relationship(back_populates="members")
    draw: Mapped[PanelDraw] = relationship()
    expert: Mapped[Expert] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    access: Mapped[ReviewAccess | None] = relationship()
    statements: Mapped[list["ConflictStatement"]] = relationship(
        back_populates="member", order_by="ConflictStatement.id"
    )

    invitations: Mapped[list["Invitation"]] = relationship(back_populates="member", order_by="Invitation.id")

    @property
    def is_seated(self) -> bool:
        return self.status in SEATED

    @property
    def holds_place(self) -> bool:
        """Sits, or waits as a substitute."""
        return self.is_seated or self.status is SeatState.WAITING


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
    opinion_id: Mapped[int | None] = mapped_column(ForeignKey("conflict_opinion.id"))
    """the opinion of the first person with the word of the second"""

    expert: Mapped[Expert] = relationship()
    opinion: Mapped["ConflictOpinion | None"] = relationship()


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
    fact_key: Mapped[str] = mapped_column(default="", server_default="")
    """the evidence from which the platform opened the request; empty when somebody asked"""
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


class ConflictCheck(Stored, Base):
    """The latest answer of the rules about one seated or waiting expert in one round of a review. ``answer``
    lists the evidence as rule, level and fact key; ``unchecked`` is the JSON of rules and missing data."""

    __tablename__ = "conflict_check"
    __table_args__ = (UniqueConstraint("review_id", "round", "expert_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    status: Mapped[str]
    answer: Mapped[list[list[str]]] = mapped_column(JSON)
    unchecked: Mapped[str] = mapped_column(SealedText)
    unchecked_count: Mapped[int]
    checked_at: Mapped[datetime]

    expert: Mapped[Expert] = relationship()


class ConflictEvidence(Stored, Base):
    """One fact that speaks for a recusal, as it was found: rule, source, matched text, strength (``level``),
    rule version. ``gone_at`` when a later check no longer found it; rows are never deleted."""

    __tablename__ = "conflict_evidence"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    rule: Mapped[str]
    level: Mapped[str]
    source: Mapped[str]
    matched: Mapped[str] = mapped_column(SealedText)
    fact_key: Mapped[str] = mapped_column(index=True)
    rule_version: Mapped[str]
    gone_at: Mapped[datetime | None]

    review: Mapped[CaseReview] = relationship()
    expert: Mapped[Expert] = relationship()


class ConflictOpinion(Stored, Base):
    """What one person thinks of a possible, manual or soft conflict, and the second person's word on it.
    Only when the second agrees does it become a ``ConflictDecision``."""

    __tablename__ = "conflict_opinion"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"))
    rule: Mapped[str]
    level: Mapped[str]
    fact_key: Mapped[str] = mapped_column(index=True)
    matched: Mapped[str] = mapped_column(SealedText)
    confirmed: Mapped[bool]
    reason: Mapped[str] = mapped_column(SealedText)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[OpinionState]
    second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_at: Mapped[datetime | None]
    second_reason: Mapped[str] = mapped_column(SealedText, default="")

    review: Mapped[CaseReview] = relationship()
    expert: Mapped[Expert] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    second: Mapped[Person | None] = relationship(foreign_keys=[second_id])


class ConflictTask(Stored, Base):
    """A check that gave another answer than before for somebody who sits or waits: work for the coordinator.
    ``new_facts`` and ``gone_facts`` are fact keys; ``cause`` is the action that changed the facts."""

    __tablename__ = "conflict_task"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"), index=True)
    cause: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    new_facts: Mapped[list[str]] = mapped_column(JSON)
    gone_facts: Mapped[list[str]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remark: Mapped[str] = mapped_column(SealedText, default="")

    review: Mapped[CaseReview] = relationship()
    member: Mapped[PanelMember] = relationship()
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])


class FoundPerson(Stored, Base):
    """A name of a party, counsel or officer found in the text of the file, for a person to confirm.
    ``matched`` holds the words that were read, never more of the file than role and name."""

    __tablename__ = "found_person"
    __table_args__ = (UniqueConstraint("review_id", "mark"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("file_document.id"))
    page: Mapped[int]
    involved_as: Mapped[InvolvedAs]
    name: Mapped[str] = mapped_column(SealedText)
    aliases: Mapped[str] = mapped_column(SealedText, default="")
    part: Mapped[str] = mapped_column(default="")
    firm: Mapped[str] = mapped_column(default="")
    is_organisation: Mapped[bool] = mapped_column(default=False)
    matched: Mapped[str] = mapped_column(SealedText)
    mark: Mapped[str]
    """keyed fingerprint of role and name: the same name is proposed once"""
    times: Mapped[int] = mapped_column(default=1)
    state: Mapped[FoundState]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(SealedText, default="")

    review: Mapped[CaseReview] = relationship()
    document: Mapped[FileDocument] = relationship()


class Invitation(Stored, Base):
    """A link by which one invited expert may answer once, without signing in. Only the SHA-256 of its secret
    is kept (``mark``); it opens nothing but the question whether he takes part."""

    __tablename__ = "panel_invitation"

    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"), index=True)
    mark: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[InvitationChannel]
    expires_at: Mapped[datetime]
    answer: Mapped[InvitationAnswer | None]
    answered_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    member: Mapped[PanelMember] = relationship(back_populates="invitations")
