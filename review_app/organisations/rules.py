"""Who may look after the tree of organisations."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role


def can_manage_organisations(person: Person) -> bool:
    """Enter courts, organs, firms: the coordinator for registrations, the administrator for accounts."""
    return person.has(Role.COORD, Role.SYSADMIN)
