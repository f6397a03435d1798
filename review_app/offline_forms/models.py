"""Stored: each copy of an evaluation form that was handed out as a Word document. Class L3, like the form."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.database import Base, SealedText, Stored
from review_app.evaluations.models import EvalForm


class OfflineCopy(Stored, Base):
    """A Word form that left the platform. ``mark`` stands in the document and nothing else leads from it to
    the form. ``base_text`` is what the document says by field, as last handed out or taken in, so that only
    what was changed in Word is written; ``landed_text`` tells which of its blank rows became what on the
    form, so that the same document may come in again; ``waiting_text`` is what came in and awaits a choice
    because the form had moved on."""

    __tablename__ = "offline_copy"

    form_id: Mapped[int] = mapped_column(ForeignKey("eval_form.id"), index=True)
    mark: Mapped[str] = mapped_column(String(20), unique=True)
    edition: Mapped[int]
    base_text: Mapped[str] = mapped_column(SealedText)
    landed_text: Mapped[str] = mapped_column(SealedText, default="{}")
    waiting_text: Mapped[str] = mapped_column(SealedText, default="")
    taken_in_at: Mapped[datetime | None]

    form: Mapped[EvalForm] = relationship()

    @property
    def base(self) -> dict[str, list[str]]:
        return dict(json.loads(self.base_text))

    @base.setter
    def base(self, values: dict[str, list[str]]) -> None:
        self.base_text = as_json(values)

    @property
    def landed(self) -> dict[str, str]:
        return dict(json.loads(self.landed_text))

    @landed.setter
    def landed(self, names: dict[str, str]) -> None:
        self.landed_text = as_json(names)


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
