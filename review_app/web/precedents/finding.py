"""Asking the library on behalf of a page."""

import threading
from dataclasses import replace
from typing import Any

from flask import abort, current_app
from flask_babel import gettext

from review_app.errors import N_
from review_app.precedents.counting import held_by_tier
from review_app.precedents.library import EVERYONES, Answered, ask, open_library
from review_app.precedents.models import Precedent
from review_app.precedents.queries import find_precedent, newer_version, readable_filters
from review_app.precedents.rules import can_read_precedent, can_see_report
from review_app.precedents.similar import asked_like, asked_like_case
from review_app.precedents.states import TIER_LABELS, TIER_SHORT, WITHDRAWAL_LABELS, Audience, Tier
from review_app.reviews.models import CaseReview
from review_app.reviews.queries import find_review
from review_app.web.precedents.asking import Question
from review_app.web.request import permitted, person, session, settings, visible
from search_index.engine import CursorUnreadable, Filter, IndexOutdated, Page, SearchEngine
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
            current_app.extensions["yian_library"] = open_library(
                settings().index_folder, settings().search_engine
            )
        found: SearchEngine = current_app.extensions["yian_library"]
    return found


def engine_name() -> str:
    """The engine that answers, as a report names it."""
    return settings().search_engine


def searched_for(question: Question) -> CaseReview | None:
    """The review a search is made for; 404 when the person is not on its panel."""
    if question.review_id is None:
        return None
    return visible(find_review(session(), question.review_id), can_see_report)


def readable_for(question: Question) -> tuple[Filter, ...]:
    """What a search may find. Others read what is found for a review, so that search keeps to what everyone may
    read."""
    return EVERYONES if question.review_id is not None else readable_filters(session(), person())


def answered(question: Question) -> tuple[Answered | None, str]:
    """What the library answers, or the sentence why it cannot."""
    try:
        return ask(library(), question.asked, readable=readable_for(question)), ""
    except QueryProblem as problem:
        return None, sentence(problem)
    except CursorUnreadable:
        abort(404)
    except IndexOutdated:
        return None, gettext("检索暂时不能使用：索引属于旧版本。请系统管理员运行 review-app index catch-up。")


def held(question: Question) -> dict[str, int]:
    """How many cases of each tier the person may find; nothing while the index has to be built anew."""
    try:
        return held_by_tier(library(), readable_for(question))
    except IndexOutdated:
        return {}


def sentence(problem: QueryProblem) -> str:
    return str(gettext(problem.sentence, **problem.facts))


def with_review(question: Question, review: CaseReview | None) -> Question:
    """The question with what a search for similar cases starts from: the review, or a case of the library."""
    if question.similar and review is not None:
        return replace(question, asked=asked_like(question.asked, review))
    if question.like_case is not None:
        return replace(question, asked=asked_like_case(question.asked, readable_case(question.like_case)))
    return question


def readable_case(precedent_id: int) -> Precedent:
    """The case, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    precedent = find_precedent(session(), precedent_id)
    if precedent is None:
        abort(404)
    permitted(can_read_precedent(person(), precedent))
    return precedent


def newer_for(precedent: Precedent) -> Precedent | None:
    """The version in force of a case that has been superseded, if the person may read it."""
    newer = newer_version(session(), precedent)
    return newer if newer is not None and can_read_precedent(person(), newer) else None


def words_of_cases() -> dict[str, Any]:
    """The names of tiers and filters, for every page that shows cases."""
    return {
        "facet_labels": FACET_LABELS,
        "tier_labels": TIER_LABELS,
        "tier_short": TIER_SHORT,
        "tiers": Tier,
        "everyone": Audience.EVERYONE,
        "withdrawal_labels": WITHDRAWAL_LABELS,
    }
