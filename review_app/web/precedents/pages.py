"""Searching the library: results with filters, all values of a filter, and the help for the query language."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review_app.precedents.counting import Relief, counted_apart, values_of, ways_on
from review_app.precedents.library import FACETS, Answered
from review_app.precedents.queries import chosen_for
from review_app.precedents.related import listed
from review_app.precedents.rules import (
    can_record_search,
    can_search_precedents,
    can_see_imports,
    can_write_report,
)
from review_app.precedents.similar import REVIEW_PART_LABELS, ReviewPart, chosen_parts, parts_of
from review_app.precedents.states import TIER_SHORT, Tier
from review_app.reviews.models import CaseReview
from review_app.web.precedents import comparing, importing, reading, report, report_files
from review_app.web.precedents.asking import Question, question_from
from review_app.web.precedents.examples import LIMITS, SECTIONS
from review_app.web.precedents.finding import (
    NOTHING,
    answered,
    held,
    library,
    readable_case,
    readable_for,
    searched_for,
    sentence,
    with_review,
    words_of_cases,
)
from review_app.web.precedents.showing import found_case
from review_app.web.request import permitted, person, session
from search_index import words
from search_index.engine import FacetCount
from search_index.folding import squeeze
from search_index.query import QueryProblem
from search_index.tree import Like

pages = Blueprint("precedents", __name__)
SHOWN_VALUES = 300  # values of one facet on its page


@pages.get("/precedents")
def search() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    built = with_review(question, review)
    answer, problem = answered(built)
    page = answer.page if answer else NOTHING
    needles = words.needles(answer.tree) if answer else ()
    stored = listed(session(), (int(hit.key) for hit in page.hits))
    return render_template(
        "pages/precedents/search.html",
        question=question,
        asked=question.asked,
        problem=problem,
        page=counted_apart(library(), built.asked, page, readable_for(question)) if answer else page,
        found=[found_case(hit, stored[int(hit.key)], needles) for hit in page.hits if int(hit.key) in stored],
        synonyms=answer.synonyms if answer else (),
        boost=answer.boost if answer else None,
        as_paragraph=as_paragraph(answer, built),
        ways_on=ways_out(built, answer),
        may_see_imports=can_see_imports(person()),
        held=held(question),
        tray=[readable_case(picked) for picked in question.compare],
        **for_review(question, review),
        **words_of_cases(),
    )


def for_review(question: Question, review: CaseReview | None) -> dict[str, Any]:
    """What a search for a review adds to the page: its parts to search with, and what may be done with a hit."""
    facts: dict[str, Any] = {
        "review": review,
        "may_record": False,
        "may_write": False,
        "already": frozenset(),
    }
    facts["like_case"] = readable_case(question.like_case) if question.like_case is not None else None
    if review is None:
        return facts
    return facts | {
        "may_record": can_record_search(person(), review) and facts["like_case"] is None,
        "may_write": can_write_report(person(), review),
        "already": chosen_for(session(), review),
        "said": parts_of(review),
        "ticked": chosen_parts(question.asked),
        "part_labels": REVIEW_PART_LABELS,
        "cause_part": ReviewPart.CAUSE,
    }


def as_paragraph(answer: Answered | None, built: Question) -> bool:
    """Whether what was typed was taken as a whole paragraph."""
    return answer is not None and isinstance(answer.tree, Like) and not built.asked.like


def ways_out(built: Question, answer: Answered | None) -> tuple[Relief, ...]:
    """What to leave out of a search that found nothing."""
    if answer is None or answer.page.total:
        return ()
    return ways_on(library(), built.asked, readable_for(built))


@pages.get("/precedents/values")
def values() -> ResponseReturnValue:
    """All values of one facet with their numbers, to be looked through and chosen."""
    permitted(can_search_precedents(person()))
    asked = request.args.get("facet", "")
    facet = asked if asked in FACETS else "cause"
    question = question_from(request.args)
    review = searched_for(question)
    wanted = request.args.get("find", "")[:100]
    try:
        counts = values_of(
            library(), with_review(question, review).asked, facet, readable_for(question)
        ).counts
    except QueryProblem as problem:
        counts, refused = (), sentence(problem)
    else:
        refused = ""
    matching = [count for count in counts if squeeze(wanted) in squeeze(shown_value(facet, count))]
    return render_template(
        "pages/precedents/values.html",
        question=question,
        facet=facet,
        find=wanted,
        problem=refused,
        counts=matching[:SHOWN_VALUES],
        left_off=max(0, len(matching) - SHOWN_VALUES),
        chosen=question.asked.chosen.get(facet, ()),
        review=review,
        **words_of_cases(),
    )


def shown_value(facet: str, count: FacetCount) -> str:
    return TIER_SHORT[Tier(count.value)] if facet == "tier" else count.value


@pages.get("/precedents/help")
def help_page() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    return render_template(
        "pages/precedents/help.html", sections=SECTIONS, limits=LIMITS, question=question_from(request.args)
    )


reading.install(pages)
comparing.install(pages)
importing.install(pages)
report.install(pages)
report_files.install(pages)
