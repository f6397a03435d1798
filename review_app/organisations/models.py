"""Stored: organisations as one tree."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_app.database import Base, Stored
from review_app.organisations.states import OrgKind, OrgSystem


class Organisation(Stored, Base):
    """A court, procuratorate, police organ, department, town, firm or university. ``parent`` is the
    next higher organ; ``system`` decides whose "own system" an expert belongs to."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrgKind]
    system: Mapped[OrgSystem]
    level: Mapped[str] = mapped_column(default="COUNTY")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    created_by_id: Mapped[int | None] = mapped_column()
    """a person's id without a foreign key: people refer to organisations, not the other way round"""

    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
