"""Who may do what with the quarterly reports. The records on the substance are read by their recorders and the auditor
alone, so that nobody is afraid to record his superior; the report, which holds them all, is the auditor's."""

from review_app.accounts.models import Person
from review_app.accounts.states import Role


def can_report(person: Person) -> bool:
    """Read all records, issue the reports, read them and note that they were handed in."""
    return person.has(Role.AUDITOR)
