"""Asking the library on behalf of a page."""

import threading

from flask import abort, current_app
from flask_babel import gettext

from review_app.errors import N_
from review_app.precedents.library import EVERYONES, Answered, ask, open_library
from review_app.precedents.queries import readable_filters, text_of_review
from review_app.precedents.rules import can_see_report
from review_app.reviews.models import CaseReview
from review_app.reviews.queries import find_review
from review_app.web.precedents.asking import Question
from review_app.web.request import person, session, settings, visible
from search_index.engine import CursorUnreadable, Page, SearchEngine
from search_index.query import QueryProblem

_opening = threading.Lock()

FACET_LABELS = {
    "tier": N_("案例层级"),
    "cause": N_("案由"),
    "outcome": N_("处理结果"),
    "year": N_("年份"),
    "organ": N_("办案机关"),
    "law": N_("法条"),
}
NOTHING = Page((), 0, 1, None, None, ())


def library() -> SearchEngine:
    """The index of this instance, opened once per process."""
    with _opening:
        if "yian_library" not in current_app.extensions:
            current_app.extensions["yian_library"] = open_library(settings().index_folder)
        found: SearchEngine = current_app.extensions["yian_library"]
    return found


def engine_name() -> str:
    """The engine that answers, as a report names it."""
    return type(library()).__name__.removesuffix("Engine")


def searched_for(question: Question) -> CaseReview | None:
    """The review a search is made for; 404 when the person is not on its panel."""
    if question.review_id is None:
        return None
    return visible(find_review(session(), question.review_id), can_see_report)


def answered(question: Question) -> tuple[Answered | None, str]:
    """What the library answers, or the sentence why it cannot. Others read what is found for a review, so that
    search keeps to what everyone may read."""
    readable = EVERYONES if question.review_id is not None else readable_filters(session(), person())
    try:
        return ask(library(), question.asked, readable=readable), ""
    except QueryProblem as problem:
        return None, str(gettext(problem.sentence, **problem.facts))
    except CursorUnreadable:
        abort(404)


def with_review(question: Question, review: CaseReview | None) -> Question:
    return question.like(text_of_review(review)) if question.similar and review is not None else question
