"""Who may do what with form templates: proposed by one, approved by another, put to use by a third (a change of the
configuration takes effect only after approval)."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.states import TemplateState


def can_see_templates(person: Person) -> bool:
    return person.has(Role.COORD, Role.LEADER, Role.SYSADMIN, Role.AUDITOR)


def can_edit_templates(person: Person) -> bool:
    return person.has(Role.COORD, Role.SYSADMIN)


def can_edit(person: Person, version: FormTemplate) -> bool:
    """A draft, by whoever may propose."""
    return can_edit_templates(person) and version.state is TemplateState.DRAFT


def can_decide(person: Person, version: FormTemplate) -> bool:
    """The leader, never on what he proposed himself."""
    waits = version.state is TemplateState.PROPOSED
    return waits and person.has(Role.LEADER) and person.id != version.proposed_by_id


def can_activate(person: Person, version: FormTemplate) -> bool:
    """The administrator, once it is approved."""
    return version.state is TemplateState.APPROVED and person.has(Role.SYSADMIN)
