"""Who may read the statutes, and who may see what cites them."""

from review_app.accounts.models import Person


def can_read_statutes(person: Person) -> bool:
    """Everybody who is signed in: statutes are public, and an organ under review reads the same law as its reviewers."""
    return person.is_active
