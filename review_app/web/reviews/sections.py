"""The sections of one review and who may open each: tabs over all its pages."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.errors import N_
from review_app.precedents.rules import can_see_report
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_list_files, can_see

Rule = Callable[[Person, CaseReview], bool]


@dataclass(frozen=True)
class Section:
    """One tab."""

    label: str
    url: str
    current: bool


# endpoint of the section's first page (opened with the review's id), its name, and the rule of that page
SECTIONS: tuple[tuple[str, str, Rule], ...] = (
    ("reviews.one", N_("概况"), can_see),
    ("files.index", N_("卷宗"), can_list_files),
    ("precedents.report", N_("类案"), can_see_report),
)


def sections_for(person: Person, review: CaseReview) -> list[Section]:
    return [section(endpoint, label, review) for endpoint, label, rule in SECTIONS if rule(person, review)]


def section(endpoint: str, label: str, review: CaseReview) -> Section:
    """Current when the page belongs to the same subject."""
    here = (request.endpoint or "").partition(".")[0] == endpoint.partition(".")[0]
    return Section(gettext(label), url_for(endpoint, review_id=review.id), here)
