"""Who may see figures about raters. They rest on individual scores (class L3): within a case whoever may read the
forms, across cases those who run and oversee reviews, over closed reviews and many cases only, without names. How
strict one expert is, the coordinator alone learns."""

from collections.abc import Iterable

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.evaluations.models import EvalForm
from review_app.evaluations.rules import can_see_others, outside_reviewed_org
from review_app.reviews.models import CaseReview


def can_see_case_figures(person: Person, review: CaseReview, forms: Iterable[EvalForm]) -> bool:
    """The members' scores side by side: panel and secretary once all have signed, the coordinator after closing."""
    return can_see_others(person, review, forms)


def can_see_agreement(person: Person) -> bool:
    """Coefficients over many closed reviews, without any name."""
    return person.has(
        Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR
    )


def can_see_strictness(person: Person) -> bool:
    """How single experts score beside others."""
    return person.has(Role.COORD)


def counts_for(person: Person, review: CaseReview) -> bool:
    """Whether a closed review is among those whose figures this person sees: never one of the own organ."""
    return outside_reviewed_org(person, review)
