"""Two cases of the library side by side, or a case beside the review it is read for."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from review_app.precedents.comparing import (
    ASPECT_TEXTS,
    Comparison,
    Row,
    Side,
    compare,
    side_of_case,
    side_of_review,
)
from review_app.precedents.models import Precedent
from review_app.precedents.rules import can_search_precedents
from review_app.reviews.models import CaseReview
from review_app.web.precedents.asking import Question, question_from, whole
from review_app.web.precedents.finding import readable_case, searched_for, words_of_cases
from review_app.web.precedents.showing import Piece, pieces
from review_app.web.request import permitted, person

REVIEW = "review"  # the side that is the review itself


@dataclass(frozen=True)
class Column:
    """One side of the page: a case of the library, or the review (then ``precedent`` is empty)."""

    precedent: Precedent | None
    side: Side

    @property
    def name(self) -> int | str:
        """What its side is called in the address."""
        return REVIEW if self.precedent is None else self.precedent.id


@dataclass(frozen=True)
class ShownRow:
    """An aspect with its texts cut at the shared words."""

    row: Row
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


def install(pages: Blueprint) -> None:
    """Add the address of the comparison to the subject's pages."""
    pages.add_url_rule("/precedents/compare", "compare", show_comparison, methods=["GET"])


def show_comparison() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    left, right = column(request.args.get("left"), review), column(request.args.get("right"), review)
    if left is None:
        left, right = right, None
    compared = compare(left.side, right.side) if left and right else None
    return render_template(
        "pages/precedents/compare.html",
        question=question,
        review=review,
        left=left,
        right=right,
        compared=compared,
        rows=shown_rows(compared),
        aspects=ASPECT_TEXTS,
        picking=picking(question, left, right),
        **words_of_cases(),
    )


def column(asked: str | None, review: CaseReview | None) -> Column | None:
    """A side of the comparison by its name in the address; 404 for what is not there or not to be read."""
    if not asked:
        return None
    if asked == REVIEW and review is not None:
        return Column(None, side_of_review(review))
    number = whole(asked)
    if number is None:
        abort(404)
    precedent = readable_case(number)
    return Column(precedent, side_of_case(precedent))


def shown_rows(compared: Comparison | None) -> list[ShownRow]:
    return [
        ShownRow(row, pieces(row.left.text, 0, row.left_marks), pieces(row.right.text, 0, row.right_marks))
        for row in (compared.rows if compared else ())
    ]


def picking(question: Question, left: Column | None, right: Column | None) -> str:
    """Where to look for the side that is missing: the search, with the one that is there already picked."""
    picked = [each.precedent.id for each in (left, right) if each and each.precedent]
    return question.address(compare=picked)
