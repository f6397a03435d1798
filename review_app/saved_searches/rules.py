"""Who may save searches and open saved ones: always the owner alone."""

from review_app.accounts.models import Person
from review_app.precedents.rules import can_search_precedents, can_see_report
from review_app.reviews.models import CaseReview
from review_app.saved_searches.models import SavedSearch


def can_save(person: Person, review: CaseReview | None = None) -> bool:
    """Whoever may search; for a review only its panel."""
    return can_search_precedents(person) and (review is None or can_see_report(person, review))


def can_open(person: Person, search: SavedSearch) -> bool:
    """The owner, as long as the search could still be saved; nobody else, whatever the role."""
    return search.owner_id == person.id and search.removed_at is None and can_save(person, search.review)


def can_be_run(search: SavedSearch) -> bool:
    """Whether the timetable may run it: with the rights its owner has now."""
    return search.owner.is_active and search.paused_at is None and can_open(search.owner, search)
