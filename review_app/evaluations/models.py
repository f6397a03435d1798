"""Stored: the evaluation form (评查表) of one panel member and everything on it. All of it is class L3: texts
are sealed, and nobody reads a colleague's form before every member has signed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from review_app.accounts.models import Person
from review_app.database import Base, SealedText, Stored
from review_app.evaluations.form_input import RecordReason
from review_app.evaluations.frozen import freeze
from review_app.evaluations.states import FormState, ReadingMethod, WithdrawalState
from review_app.experts.models import Expert
from review_app.form_templates.models import FormTemplate
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview, FileDocument, ReviewAccess
from review_app.reviews.states import Outcome


class ExactNumber(TypeDecorator[Decimal]):
    """Points as typed, kept as text so that 0.5 stays 0.5 in every database."""

    impl = String(12)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class EvalForm(Stored, Base):
    """The form of one panel seat. A later round or a substitute has a form of its own; none replaces another. A form
    that was signed and taken back stays as it is; its seat then has a second one, begun as a copy.

    ``edition`` rises with every saved change; ``field_editions`` tells per field in which edition it last
    changed, so that two tabs conflict only where both wrote. The form counts while it is SIGNED and its seat
    has not ended.
    """

    __tablename__ = "eval_form"
    __table_args__ = (
        Index(
            "uq_eval_form_counting_access_id", "access_id", unique=True,
            sqlite_where=text("state != 'WITHDRAWN'"), postgresql_where=text("state != 'WITHDRAWN'"),
        ),
    )  # fmt: skip

    review_id: Mapped[int] = mapped_column(ForeignKey("case_review.id"), index=True)
    access_id: Mapped[int] = mapped_column(ForeignKey("review_access.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("expert.id"))
    round: Mapped[int]
    template: Mapped[str]
    rule_version: Mapped[str]
    form_template_id: Mapped[int | None] = mapped_column(ForeignKey("form_template.id"))
    state: Mapped[FormState] = mapped_column(default=FormState.DRAFT)
    edition: Mapped[int] = mapped_column(default=0)
    field_editions: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    last_seq: Mapped[int] = mapped_column(default=0)
    """numbers given to deductions, quotes and citations of this form; addresses carry them instead of ids,
    which would tell how much the colleagues have written"""
    saved_at: Mapped[datetime | None]

    highlights: Mapped[str] = mapped_column(SealedText, default="")
    proposed_grade: Mapped[str | None]
    proposed_outcome: Mapped[Outcome | None]
    proposed_routes: Mapped[list[str]] = mapped_column(JSON, default=list)
    proposed_measures: Mapped[list[str]] = mapped_column(JSON, default=list)
    proposal_reasons: Mapped[str] = mapped_column(SealedText, default="")
    reserves_dissent: Mapped[bool] = mapped_column(default=False)
    volumes_read: Mapped[list[int]] = mapped_column(JSON, default=list)
    """numbers of the volumes read"""
    reading_note: Mapped[str] = mapped_column(SealedText, default="")
    method: Mapped[ReadingMethod | None]
    minutes_spent: Mapped[int | None]

    independence_declared: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None]
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(SealedText, default="")

    review: Mapped[CaseReview] = relationship()
    access: Mapped[ReviewAccess] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    expert: Mapped[Expert | None] = relationship(foreign_keys=[expert_id])
    form_template: Mapped[FormTemplate | None] = relationship()
    notes: Mapped[list["DimensionNote"]] = relationship(
        back_populates="form", order_by="DimensionNote.dimension"
    )
    deductions: Mapped[list["Deduction"]] = relationship(
        primaryjoin="and_(Deduction.form_id == EvalForm.id, Deduction.removed_at.is_(None))",
        back_populates="form", order_by="Deduction.seq",
    )  # fmt: skip
    quotes: Mapped[list["Quote"]] = relationship(
        primaryjoin="and_(Quote.form_id == EvalForm.id, Quote.removed_at.is_(None))",
        back_populates="form", order_by="Quote.seq",
    )  # fmt: skip
    law_citations: Mapped[list["LawCitation"]] = relationship(
        primaryjoin="and_(LawCitation.form_id == EvalForm.id, LawCitation.removed_at.is_(None))",
        back_populates="form", order_by="LawCitation.seq",
    )  # fmt: skip
    precedent_citations: Mapped[list["PrecedentCitation"]] = relationship(
        primaryjoin="and_(PrecedentCitation.form_id == EvalForm.id, PrecedentCitation.removed_at.is_(None))",
        back_populates="form", order_by="PrecedentCitation.seq",
    )  # fmt: skip
    veto_proposals: Mapped[list["VetoProposal"]] = relationship(
        primaryjoin="and_(VetoProposal.form_id == EvalForm.id, VetoProposal.removed_at.is_(None))",
        back_populates="form", order_by="VetoProposal.seq",
    )  # fmt: skip
    answers: Mapped[list["FormAnswer"]] = relationship(back_populates="form", order_by="FormAnswer.seq")

    @property
    def counts(self) -> bool:
        """Signed by somebody who still sits on the panel."""
        return self.state is FormState.SIGNED and self.access.ended_at is None


class FormWithdrawal(Stored, Base):
    """A member asks to take back his signed form; the head of the office decides without learning whose it is."""

    __tablename__ = "form_withdrawal"

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"), index=True)
    reason: Mapped[str] = mapped_column(SealedText)
    state: Mapped[WithdrawalState] = mapped_column(default=WithdrawalState.ASKED)
    answer: Mapped[str] = mapped_column(SealedText, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    form: Mapped[EvalForm] = relationship()


class DimensionNote(Stored, Base):
    """审查情况 of one dimension: a text, or the tick that nothing was found."""

    __tablename__ = "dimension_note"
    __table_args__ = (UniqueConstraint("form_id", "dimension"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    dimension: Mapped[str]
    text: Mapped[str] = mapped_column(SealedText, default="")
    clean: Mapped[bool] = mapped_column(default=False)
    not_applicable: Mapped[bool] = mapped_column(default=False, server_default=false())
    """the dimension does not apply to the case, for the reason the text gives; it loses nothing and counts as
    missing in figures, never as zero"""

    form: Mapped[EvalForm] = relationship(back_populates="notes")


class Numbered(Stored):
    """One thing a form holds several of. ``seq`` is its number on the form, never given twice; what is taken
    off the form keeps its row with ``removed_at``."""

    seq: Mapped[int]
    removed_at: Mapped[datetime | None]


class Deduction(Numbered, Base):
    """One deduction from the catalogue. ``locus`` is the document, page or act it concerns; equal codes with
    equal locus of several members become one finding."""

    __tablename__ = "deduction"
    __table_args__ = (UniqueConstraint("form_id", "seq"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    code: Mapped[str]
    severity: Mapped[str]
    points: Mapped[Decimal] = mapped_column(ExactNumber)
    locus: Mapped[str] = mapped_column(SealedText, default="")
    note: Mapped[str] = mapped_column(SealedText, default="")
    veto_code: Mapped[str | None]
    record_reason: Mapped[RecordReason | None]
    """for S0: why it is recorded without points"""

    form: Mapped[EvalForm] = relationship(back_populates="deductions")
    quotes: Mapped[list["Quote"]] = relationship(
        primaryjoin="and_(Quote.deduction_id == Deduction.id, Quote.removed_at.is_(None))",
        order_by="Quote.seq", viewonly=True,
    )  # fmt: skip
    law_citations: Mapped[list["LawCitation"]] = relationship(
        primaryjoin="and_(LawCitation.deduction_id == Deduction.id, LawCitation.removed_at.is_(None))",
        order_by="LawCitation.seq", viewonly=True,
    )  # fmt: skip
    precedent_citations: Mapped[list["PrecedentCitation"]] = relationship(
        primaryjoin="and_(PrecedentCitation.deduction_id == Deduction.id,"
        " PrecedentCitation.removed_at.is_(None))",
        order_by="PrecedentCitation.seq", viewonly=True,
    )  # fmt: skip

    @property
    def dimension(self) -> str:
        """D1 … D8, the part of the code before the hyphen."""
        return self.code.partition("-")[0]


class VetoProposal(Numbered, Base):
    """A veto proposed on its own, without an item of the catalogue: V10 with its proof, V11 with the number
    of the effective document that establishes it."""

    __tablename__ = "veto_proposal"
    __table_args__ = (UniqueConstraint("form_id", "seq"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    code: Mapped[str]
    document_no: Mapped[str] = mapped_column(SealedText, default="")
    note: Mapped[str] = mapped_column(SealedText, default="")

    form: Mapped[EvalForm] = relationship(back_populates="veto_proposals")
    quotes: Mapped[list["Quote"]] = relationship(
        primaryjoin="and_(Quote.veto_id == VetoProposal.id, Quote.removed_at.is_(None))",
        order_by="Quote.seq", viewonly=True,
    )  # fmt: skip
    law_citations: Mapped[list["LawCitation"]] = relationship(
        primaryjoin="and_(LawCitation.veto_id == VetoProposal.id, LawCitation.removed_at.is_(None))",
        order_by="LawCitation.seq", viewonly=True,
    )  # fmt: skip


class FormAnswer(Numbered, Base):
    """The answer to one extra field of the template: typed, chosen, or that it does not apply. Every field has its
    row from the day the form is opened; evidence hangs on it as on a deduction."""

    __tablename__ = "form_answer"
    __table_args__ = (UniqueConstraint("form_id", "seq"), UniqueConstraint("form_id", "code"))

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    code: Mapped[str]
    value: Mapped[str] = mapped_column(SealedText, default="")
    chosen: Mapped[list[str]] = mapped_column(JSON, default=list)
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(SealedText, default="")

    form: Mapped[EvalForm] = relationship(back_populates="answers")
    quotes: Mapped[list["Quote"]] = relationship(
        primaryjoin="and_(Quote.answer_id == FormAnswer.id, Quote.removed_at.is_(None))",
        order_by="Quote.seq", viewonly=True,
    )  # fmt: skip
    law_citations: Mapped[list["LawCitation"]] = relationship(
        primaryjoin="and_(LawCitation.answer_id == FormAnswer.id, LawCitation.removed_at.is_(None))",
        order_by="LawCitation.seq", viewonly=True,
    )  # fmt: skip
    precedent_citations: Mapped[list["PrecedentCitation"]] = relationship(
        primaryjoin="and_(PrecedentCitation.answer_id == FormAnswer.id, PrecedentCitation.removed_at.is_(None))",
        order_by="PrecedentCitation.seq", viewonly=True,
    )  # fmt: skip


class Quote(Numbered, Base):
    """Exact characters of one page: ``text`` is page text[start:end] of the file with ``document_sha256``.
    A quote without deduction, veto or field waits on the form to be used."""

    __tablename__ = "quote"
    __table_args__ = (UniqueConstraint("form_id", "seq"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    deduction_id: Mapped[int | None] = mapped_column(ForeignKey("deduction.id"), index=True)
    veto_id: Mapped[int | None] = mapped_column(ForeignKey("veto_proposal.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("form_answer.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("file_document.id"))
    volume_number: Mapped[int]
    document_sha256: Mapped[str] = mapped_column(String(64))
    page: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText)

    form: Mapped[EvalForm] = relationship(back_populates="quotes")
    deduction: Mapped[Deduction | None] = relationship()
    veto: Mapped[VetoProposal | None] = relationship()
    answer: Mapped[FormAnswer | None] = relationship()
    document: Mapped[FileDocument] = relationship()


class LawCitation(Numbered, Base):
    """An article in the version in force when the act was done: law, version (year), article. ``act_on`` is
    the day of that act; None while it is the day the whole review goes by."""

    __tablename__ = "law_citation"
    __table_args__ = (UniqueConstraint("form_id", "seq"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    deduction_id: Mapped[int | None] = mapped_column(ForeignKey("deduction.id"), index=True)
    veto_id: Mapped[int | None] = mapped_column(ForeignKey("veto_proposal.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("form_answer.id"), index=True)
    law: Mapped[str] = mapped_column(SealedText)
    version: Mapped[str] = mapped_column(SealedText, default="")
    article: Mapped[str] = mapped_column(SealedText)
    text: Mapped[str] = mapped_column(SealedText, default="")
    act_on: Mapped[date | None]

    form: Mapped[EvalForm] = relationship(back_populates="law_citations")
    deduction: Mapped[Deduction | None] = relationship()
    veto: Mapped[VetoProposal | None] = relationship()
    answer: Mapped[FormAnswer | None] = relationship()


class PrecedentCitation(Numbered, Base):
    """Words of a precedent: ``text`` is its text[start:end] in the version with ``precedent_sha256``. Title
    and number stay as they were when it was cited."""

    __tablename__ = "precedent_citation"
    __table_args__ = (UniqueConstraint("form_id", "seq"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"))
    deduction_id: Mapped[int | None] = mapped_column(ForeignKey("deduction.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("form_answer.id"), index=True)
    precedent_id: Mapped[int] = mapped_column(ForeignKey("precedent.id"))
    precedent_sha256: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(SealedText, default="")
    case_no: Mapped[str] = mapped_column(SealedText, default="")
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(SealedText)

    form: Mapped[EvalForm] = relationship(back_populates="precedent_citations")
    precedent: Mapped[Precedent] = relationship()
    deduction: Mapped[Deduction | None] = relationship()
    answer: Mapped[FormAnswer | None] = relationship()


freeze(
    EvalForm,
    parts=(DimensionNote, Deduction, VetoProposal, FormAnswer, Quote, LawCitation, PrecedentCitation),
)
