"""Stored: findings, hearing of the organ and the petitioner, sessions with their ballots, dissents, routes,
escalations, the locked result, and the log of interventions. Ballots, minutes and dissents are class L3."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.deliberations.immutable import written_once
from review_app.deliberations.panel_input import Vote
from review_app.deliberations.states import (
    Channel,
    EscalationWay,
    InterventionKind,
    QuestionKind,
    Stage,
    Stance,
)
from review_app.evaluations.models import Deduction, VetoProposal
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome


class Finding(Stored, Base):
    """A problem (问题) as the lead reviewer words it: deductions of one code and one locus, merged.

    ``number`` is never given twice within a round. ``confirmed_at``: the lead stands by the grouping and the
    words; ``removed_at``: merged into ``merged_into_id`` (or left without a proposal). ``veto_code``: proposed with it, or V10/V11 standing alone.
    """

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("review_id", "round", "number"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    number: Mapped[int]
    code: Mapped[str]
    severity: Mapped[str]
    locus: Mapped[str] = mapped_column(SealedText, default="")
    text: Mapped[str] = mapped_column(SealedText, default="")
    veto_code: Mapped[str | None]
    document_no: Mapped[str] = mapped_column(SealedText, default="")
    confirmed_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))

    review: Mapped[CaseReview] = relationship()
    sources: Mapped[list["FindingSource"]] = relationship(
        back_populates="finding", order_by="FindingSource.id"
    )

    @property
    def key(self) -> str:
        """Its name in the consolidation: unique within the review's round."""
        return f"F{self.number}"

    @property
    def stands_alone(self) -> bool:
        """A veto without a deduction: V10, V11."""
        return self.code.startswith("V")

    @property
    def dimension(self) -> str:
        return self.code.partition("-")[0]


class FindingSource(Stored, Base):
    """One deduction, or one veto standing alone, of one signed form: it belongs to exactly one finding and is
    moved, never deleted, when findings are merged or split. It goes when its form is taken back."""

    __tablename__ = "finding_source"

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    deduction_id: Mapped[int | None] = mapped_column(ForeignKey("deduction.id"), unique=True)
    veto_id: Mapped[int | None] = mapped_column(ForeignKey("veto_proposal.id"), unique=True)

    finding: Mapped[Finding] = relationship(back_populates="sources")
    deduction: Mapped[Deduction | None] = relationship()
    veto: Mapped[VetoProposal | None] = relationship()


class Hearing(Stored, Base):
    """The draft findings before the reviewed organ. ``due_on`` is its last day to object; ``answered_at`` when
    it answered as a whole, ``no_objection`` if it had nothing to say against any finding."""

    __tablename__ = "hearing"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    no_objection: Mapped[bool] = mapped_column(default=False)

    review: Mapped[CaseReview] = relationship()
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    objections: Mapped[list["Objection"]] = relationship(back_populates="hearing", order_by="Objection.id")


class Objection(Stored, Base):
    """What the organ says to one finding, and the panel's reply."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("hearing_id", "finding_id"),)

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    objects: Mapped[bool]
    text: Mapped[str] = mapped_column(SealedText, default="")
    evidence: Mapped[str] = mapped_column(SealedText, default="")
    reply: Mapped[str] = mapped_column(SealedText, default="")
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    hearing: Mapped[Hearing] = relationship(back_populates="objections")
    finding: Mapped[Finding] = relationship()


class Interview(Stored, Base):
    """The petitioner was heard: when, where, who wrote it down, what he said."""

    __tablename__ = "interview"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    held_on: Mapped[date]
    place: Mapped[str]
    recorder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(SealedText)

    review: Mapped[CaseReview] = relationship()
    recorder: Mapped[Person] = relationship(foreign_keys=[recorder_id])


class Deliberation(Stored, Base):
    """One session of the panel (研讨), oral or in writing. ``number`` counts the sessions of a round."""

    __tablename__ = "deliberation"
    __table_args__ = (UniqueConstraint("review_id", "round", "number"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    number: Mapped[int]
    stage: Mapped[Stage] = mapped_column(default=Stage.FINDINGS)
    in_writing: Mapped[bool]
    held_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[str] = mapped_column(SealedText, default="")
    minutes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    more_measures: Mapped[list[str]] = mapped_column(JSON, default=list)
    """measures the chair puts to the vote besides those the forms propose"""

    review: Mapped[CaseReview] = relationship()
    chair: Mapped[Person] = relationship(foreign_keys=[chair_id])
    secretary: Mapped[Person | None] = relationship(foreign_keys=[secretary_id])
    attendances: Mapped[list["Attendance"]] = relationship(
        back_populates="deliberation", order_by="Attendance.place"
    )
    questions: Mapped[list["Question"]] = relationship(back_populates="deliberation", order_by="Question.id")
    dissents: Mapped[list["Dissent"]] = relationship(back_populates="deliberation", order_by="Dissent.id")
    stances: Mapped[list["FinalStance"]] = relationship(
        back_populates="deliberation", order_by="FinalStance.id"
    )

    @property
    def is_open(self) -> bool:
        return self.stage in (Stage.FINDINGS, Stage.CONCLUSIONS)

    @property
    def final_stances(self) -> dict[int, "FinalStance"]:
        """The last stance of every member who took one, by the id of the account."""
        return {one.person_id: one for one in self.stances}


class Attendance(Stored, Base):
    """A member of the session, in speaking order. The session belongs to exactly these members."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("deliberation_id", "person_id"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    access_id: Mapped[int] = mapped_column(ForeignKey("review_access.id"))
    place: Mapped[int]

    deliberation: Mapped[Deliberation] = relationship(back_populates="attendances")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Question(Stored, Base):
    """One question put to the vote. ``attempt`` 2: once more, after no majority was found or another grade
    than the computed one was wanted."""

    __tablename__ = "question"

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    kind: Mapped[QuestionKind]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    measure: Mapped[str | None]
    attempt: Mapped[int] = mapped_column(default=1)
    closed_at: Mapped[datetime | None]

    deliberation: Mapped[Deliberation] = relationship(back_populates="questions")
    finding: Mapped[Finding | None] = relationship()
    ballots: Mapped[list["Ballot"]] = relationship(back_populates="question", order_by="Ballot.id")


class Ballot(Stored, Base):
    """One vote, cast once and never changed. ``choice`` is uphold/reject, a grade or an outcome."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    choice: Mapped[str] = mapped_column(SealedText)
    reason: Mapped[str] = mapped_column(SealedText, default="")

    question: Mapped[Question] = relationship(back_populates="ballots")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def vote(self) -> Vote:
        return Vote(self.choice)


class Dissent(Stored, Base):
    """A member's differing opinion, word for word, signed by handing it in."""

    __tablename__ = "dissent"
    __table_args__ = (UniqueConstraint("deliberation_id", "person_id"),)

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(SealedText)

    deliberation: Mapped[Deliberation] = relationship(back_populates="dissents")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class FinalStance(Stored, Base):
    """Where a member stands on the panel's result; the last row of a member counts until the result is locked.
    ``text`` are the other reasons of a member who agrees; a dissent keeps its text as :class:`Dissent`."""

    __tablename__ = "final_stance"

    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stance: Mapped[Stance]
    text: Mapped[str] = mapped_column(SealedText, default="")

    deliberation: Mapped[Deliberation] = relationship(back_populates="stances")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class OutcomeRoute(Stored, Base):
    """A recommendation of the panel: what the competent organ should do, by which statutory route (code of the
    rule file, empty for advice without a route), until when, and whether the petitioner can still take it."""

    __tablename__ = "outcome_route"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    number: Mapped[int]
    route: Mapped[str] = mapped_column(default="")
    organ: Mapped[str] = mapped_column(default="")
    law: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(SealedText)
    due_on: Mapped[date | None]
    expired: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    review: Mapped[CaseReview] = relationship()


class Escalation(Stored, Base):
    """The review went up. ``reasons`` are sentences of the consolidation (without names or numbers of a
    member); the office meeting's minutes decide only what the panel left open."""

    __tablename__ = "escalation"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberation.id"))
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    enlarge_to: Mapped[int | None]
    way: Mapped[EscalationWay | None]
    held_on: Mapped[date | None]
    attended: Mapped[str] = mapped_column(SealedText, default="")
    minutes: Mapped[str] = mapped_column(SealedText, default="")
    grade: Mapped[str | None]
    outcome: Mapped[Outcome | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    review: Mapped[CaseReview] = relationship()
    deliberation: Mapped[Deliberation | None] = relationship()


class LockedResult(Stored, Base):
    """The panel's result as it was locked, written once: canonical JSON (L3) and its SHA-256, which also
    stands in the audit log. Whoever doubts it recomputes it from the ballots."""

    __tablename__ = "locked_result"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    round: Mapped[int]
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    content: Mapped[str] = mapped_column(SealedText)
    content_sha256: Mapped[str] = mapped_column(String(64))

    review: Mapped[CaseReview] = relationship()
    deliberation: Mapped[Deliberation] = relationship()


class Intervention(Stored, Base):
    """Somebody outside the panel spoke to an open review (全程留痕). Never changed, never deleted."""

    __tablename__ = "intervention"

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    kind: Mapped[InterventionKind]
    channel: Mapped[Channel]
    who: Mapped[str] = mapped_column(SealedText)
    post: Mapped[str] = mapped_column(SealedText, default="")
    at: Mapped[datetime]
    content: Mapped[str] = mapped_column(SealedText)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    review: Mapped[CaseReview] = relationship()
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])


written_once(Ballot, Dissent, FinalStance, LockedResult, Intervention, Interview)
