"""Who may take a closed review's records out: the auditor, with a reason that is logged."""

from review_app.accounts.models import Person
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_audit_secrets


def can_export_archive(person: Person, review: CaseReview) -> bool:
    """The package holds forms, ballots and minutes (class L3): whoever may read those after closing."""
    return can_audit_secrets(person, review)
