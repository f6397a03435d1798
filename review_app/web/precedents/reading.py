"""Reading a case: its text in parts with marks and links, who cites it, and what a later version changed."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from review_app.precedents.citing import place_now
from review_app.precedents.library import typed_tree
from review_app.precedents.models import Precedent
from review_app.precedents.queries import chosen_for, readable_filters, text_of_review
from review_app.precedents.related import CitedBy, cited_by, listed, sharing_laws
from review_app.precedents.rules import can_import_precedents, can_search_precedents, can_write_report
from review_app.precedents.states import Audience
from review_app.precedents.versions import changes_between
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.web.precedents.asking import Question, question_from, whole
from review_app.web.precedents.finding import (
    library,
    newer_for,
    readable_case,
    searched_for,
    words_of_cases,
)
from review_app.web.precedents.linking import article_addresses, links_in
from review_app.web.precedents.showing import (
    OutlineLine,
    Paragraph,
    outline,
    paragraphs,
    part_with,
    section_starts,
    windows,
)
from review_app.web.request import permitted, person, session
from search_index import words
from search_index.engine import IndexOutdated
from search_index.query import QueryProblem
from search_index.snippets import MOST_MARKS, Range, find_marks

LONGEST_QUOTE = 400


@dataclass(frozen=True)
class Reading:
    """One part of a text as the page shows it. ``hits`` are the numbers of the first and the last mark in it."""

    part: int
    parts: tuple[Range, ...]
    start: int
    paragraphs: list[Paragraph]
    outline: list[OutlineLine]
    marks: tuple[Range, ...]
    cited: bool

    @property
    def first_hit(self) -> int:
        return next((at for at, mark in enumerate(self.marks, start=1) if mark[1] > self.start), 0)

    @property
    def last_hit(self) -> int:
        end = self.parts[self.part - 1][1]
        return sum(1 for begin, _ in self.marks if begin < end)

    @property
    def many(self) -> bool:
        """Whether there may be more marks than were looked for."""
        return len(self.marks) >= MOST_MARKS

    def part_of_hit(self, number: int) -> int:
        return part_with(self.parts, self.marks[number - 1][0])


def install(pages: Blueprint) -> None:
    """Add the addresses of one case to the subject's pages."""
    pages.add_url_rule("/precedents/<id:precedent_id>", "show", show, methods=["GET"])
    pages.add_url_rule("/precedents/<id:precedent_id>/changes", "changes", changes, methods=["GET"])


def show(precedent_id: int) -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    precedent = readable_case(precedent_id)
    newer = newer_for(precedent)
    reading = read(precedent, question, review)
    citing, sharing = relations(precedent)
    return render_template(
        "pages/precedents/show.html",
        precedent=precedent,
        reading=reading,
        newer=newer,
        stands=standing(precedent, newer, reading),
        question=question,
        review=review,
        may_write=review is not None and can_write_report(person(), review),
        may_keep=can_import_precedents(person()) and precedent.source_review_id is None,
        already=chosen_for(session(), review) if review is not None else frozenset(),
        may_cite=may_cite(precedent, question, review),
        quote=request.args.get("quote", "")[:LONGEST_QUOTE],
        citing=citing,
        citing_cases=listed(session(), citing.ids),
        law_links=article_addresses(precedent.law_refs, on=precedent.decided_on),
        sharing=sharing,
        tray=[readable_case(picked) for picked in question.compare],
        **words_of_cases(),
    )


def relations(precedent: Precedent) -> tuple[CitedBy, dict[str, int]]:
    """Who names the case, and how many rest on its articles; nothing while the index has to be built anew, since the
    case can be read without it."""
    readable = readable_filters(session(), person())
    try:
        return cited_by(library(), precedent, readable), sharing_laws(library(), precedent, readable)
    except IndexOutdated:
        return CitedBy(0, (), ""), {}


def read(precedent: Precedent, question: Question, review: CaseReview | None) -> Reading:
    """The part of the text that the address asks for: by number, else the one with the cited words, else the first."""
    text, parts = precedent.text, windows(precedent.text)
    cited = cited_range(text)
    marks = cited or find_marks(text, marked_words(question, review))
    asked = whole(request.args.get("part_no"))
    part = asked or (part_with(parts, cited[0][0]) if cited else 1)
    if not 1 <= part <= len(parts):
        abort(404)
    window = parts[part - 1]
    links = links_in(text, window, on=precedent.decided_on, apart=precedent.id, question=question)
    shown = paragraphs(text, window, section_starts(precedent), marks, links)
    return Reading(part, parts, window[0], shown, outline(precedent, parts), marks, bool(cited))


def standing(precedent: Precedent, newer: Precedent | None, reading: Reading) -> Range | None:
    """Where the cited words stand in the version in force, when there is a newer one that still has them."""
    if newer is None or not reading.cited:
        return None
    return place_now(precedent, newer, *reading.marks[0])


def may_cite(precedent: Precedent, question: Question, review: CaseReview | None) -> bool:
    """Whether the page offers to quote: into a form that is open, from a case that every reader of it may open."""
    if review is None or precedent.audience is not Audience.EVERYONE:
        return False
    return question.form_id is not None or review.state is ReviewState.READING


def cited_range(text: str) -> tuple[Range, ...]:
    """The range that a citation's link names, if it lies in the text."""
    start, end = whole(request.args.get("start")), whole(request.args.get("end"))
    if start is None or end is None or not start < end <= len(text):
        return ()
    return ((start, end),)


def marked_words(question: Question, review: CaseReview | None) -> tuple[words.Needle, ...]:
    """What to mark in a case: the words that were searched; nothing for a query that cannot be read."""
    try:
        typed = words.needles(typed_tree(question.asked.q, question.asked.without))
    except QueryProblem:
        typed = ()
    return typed or (words.telling(text_of_review(review))[:20] if question.similar and review else ())


def changes(precedent_id: int) -> ResponseReturnValue:
    """What the version in force says otherwise than the superseded one; 404 where nothing supersedes it."""
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    precedent = readable_case(precedent_id)
    newer = newer_for(precedent)
    if newer is None:
        abort(404)
    return render_template(
        "pages/precedents/changes.html",
        precedent=precedent,
        newer=newer,
        changes=changes_between(precedent.text, newer.text),
        question=question,
        review=review,
    )
