"""Files that prove something after the opinion: taken in like every file of a case, kept once by their hash."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import NotAllowed, ReviewError
from review_app.followup.models import Evidence
from review_app.followup.rules import can_follow_up, can_reply
from review_app.reviews.file_intake import TakenIn, TurnedAway
from review_app.reviews.models import CaseReview

LARGEST = 50 * 1024 * 1024
"""bytes"""


def add_evidence(
    session: Session, review: CaseReview, file: TakenIn | TurnedAway, *, by: Person, now: datetime
) -> Evidence:
    """Keep one file that was taken in. Raises ReviewError with the sentence for one that was turned away."""
    if not (can_reply(by, review) or can_follow_up(by, review)):
        raise NotAllowed
    if isinstance(file, TurnedAway):
        raise ReviewError(file.refusal.sentence, **file.refusal.facts)
    evidence = Evidence(
        review_id=review.id, file_name=file.name, kind=file.kind, sha256=file.sha256, size=file.size,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(evidence)
    session.flush()
    record(
        session, action="evidence.add", subject=evidence, by=by, now=now, review_id=review.id,
        after={"sha256": file.sha256, "size": file.size},
    )  # fmt: skip
    return evidence
