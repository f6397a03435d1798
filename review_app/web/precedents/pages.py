"""Searching the library, reading a case, and the help for the query language."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from review_app.precedents.library import typed_tree
from review_app.precedents.models import Precedent
from review_app.precedents.queries import (
    corpora,
    find_precedent,
    newer_version,
    precedents_by_id,
    readable_by,
    text_of_review,
)
from review_app.precedents.rules import (
    can_read_precedent,
    can_record_search,
    can_search_precedents,
    can_write_report,
)
from review_app.precedents.states import TIER_LABELS, TIER_SHORT, Tier
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.web.precedents import report, report_files
from review_app.web.precedents.asking import Question, question_from, whole
from review_app.web.precedents.examples import EXAMPLES
from review_app.web.precedents.finding import FACET_LABELS, NOTHING, answered, searched_for, with_review
from review_app.web.precedents.showing import found_case, outline, paragraphs
from review_app.web.request import permitted, person, session
from search_index import words
from search_index.query import QueryProblem
from search_index.snippets import Range, find_marks

pages = Blueprint("precedents", __name__)
LONGEST_QUOTE = 400


@pages.get("/precedents")
def search() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    answer, problem = answered(with_review(question, review))
    page = answer.page if answer else NOTHING
    needles = words.needles(answer.tree) if answer else ()
    stored = precedents_by_id(session(), (int(hit.key) for hit in page.hits))
    return render_template(
        "pages/precedents/search.html",
        question=question,
        asked=question.asked,
        review=review,
        may_record=review is not None and can_record_search(person(), review),
        problem=problem,
        page=page,
        found=[found_case(hit, stored[int(hit.key)], needles) for hit in page.hits if int(hit.key) in stored],
        synonyms=answer.synonyms if answer else (),
        held=corpora(session(), readable_by(person())),
        facet_labels=FACET_LABELS,
        tier_short=TIER_SHORT,
        tiers=Tier,
    )


@pages.get("/precedents/help")
def help_page() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    return render_template(
        "pages/precedents/help.html", examples=EXAMPLES, question=question_from(request.args)
    )


@pages.get("/precedents/<id:precedent_id>")
def show(precedent_id: int) -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    precedent = readable_case(precedent_id)
    cited = cited_range(precedent.text)
    marks = cited or find_marks(precedent.text, marked_words(question, review))
    return render_template(
        "pages/precedents/show.html",
        precedent=precedent,
        newer=newer_for(precedent),
        question=question,
        review=review,
        may_write=review is not None and can_write_report(person(), review),
        may_cite=review is not None and (question.form_id is not None or review.state is ReviewState.READING),
        quote=request.args.get("quote", "")[:LONGEST_QUOTE],
        marks=len(marks),
        cited=bool(cited),
        paragraphs=paragraphs(precedent, marks),
        outline=outline(precedent),
        tier_labels=TIER_LABELS,
    )


def readable_case(precedent_id: int) -> Precedent:
    """The case, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    precedent = find_precedent(session(), precedent_id)
    if precedent is None:
        abort(404)
    permitted(can_read_precedent(person(), precedent))
    return precedent


def newer_for(precedent: Precedent) -> Precedent | None:
    newer = newer_version(session(), precedent)
    return newer if newer is not None and can_read_precedent(person(), newer) else None


def cited_range(text: str) -> tuple[Range, ...]:
    """The range that a citation's link names, if it lies in the text."""
    start, end = whole(request.args.get("start")), whole(request.args.get("end"))
    if start is None or end is None or not start < end <= len(text):
        return ()
    return ((start, end),)


def marked_words(question: Question, review: CaseReview | None) -> tuple[str, ...]:
    """What to mark in a case: the words that were searched; nothing for a query that cannot be read."""
    try:
        typed = words.needles(typed_tree(question.asked.q, question.asked.without))
    except QueryProblem:
        typed = ()
    return typed or (words.telling(text_of_review(review))[:20] if question.similar and review else ())


report.install(pages)
report_files.install(pages)
