"""Stored: versions of form templates. What is shipped is version 0 and has no row."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.accounts.models import Person
from review_app.database import Base, Stored
from review_app.form_templates.frozen import keep_content
from review_app.form_templates.states import ChangeClass, TemplateState


class FormTemplate(Stored, Base):
    """One version of one template. ``content`` is the JSON of ``content.TemplateContent``; ``sha256`` (hex) is set
    when it is proposed, and from then on neither changes. ``based_on_id`` None: made from what is shipped."""

    __tablename__ = "form_template"
    __table_args__ = (UniqueConstraint("template", "number"),)

    template: Mapped[str]
    number: Mapped[int]
    rule_version: Mapped[str]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("form_template.id"))
    state: Mapped[TemplateState] = mapped_column(default=TemplateState.DRAFT)
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))
    change_class: Mapped[ChangeClass | None]
    edition: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    activated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    activated_at: Mapped[datetime | None]

    based_on: Mapped["FormTemplate | None"] = relationship(remote_side="FormTemplate.id")
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    activated_by: Mapped[Person | None] = relationship(foreign_keys=[activated_by_id])


keep_content(FormTemplate)
