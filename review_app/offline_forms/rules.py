"""Who may take a form away and bring it back: whoever may fill it on the web, for as long as he may."""

from review_app.accounts.models import Person
from review_app.evaluations.models import EvalForm
from review_app.evaluations.rules import can_fill


def can_work_offline(person: Person, form: EvalForm) -> bool:
    """One's own draft, while the review is being read."""
    return can_fill(person, form)
