"""Who may look after people and roles."""

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role


def can_manage_people(person: Person) -> bool:
    """Open accounts, grant and end roles."""
    return person.has(Role.SYSADMIN)


def can_approve_grants(person: Person) -> bool:
    """See the roles that wait for a second approval."""
    return person.has(Role.SYSADMIN, Role.LEADER)


def may_approve(person: Person, grant: RoleGrant) -> bool:
    """A second administrator or the office head approves; never the granter or the one who gains."""
    apart = person.id not in (grant.granted_by_id, grant.person_id)
    return apart and can_approve_grants(person)


def can_read_log(person: Person) -> bool:
    """Read the audit log; nobody else does, and the auditor reads nothing of the business itself."""
    return person.has(Role.AUDITOR)
