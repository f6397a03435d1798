"""Who may search the library."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role


def can_search_precedents(person: Person) -> bool:
    """Everybody who works on reviews; petitioners and liaisons only when they are also one of these."""
    return person.has(
        Role.EXPERT, Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR
    )
