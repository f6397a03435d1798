"""Reading petition matters."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.petitions.models import PetitionItem


def find_item(session: Session, item_no: str) -> PetitionItem | None:
    """The matter with this number."""
    return session.scalar(select(PetitionItem).where(PetitionItem.item_no == item_no))
