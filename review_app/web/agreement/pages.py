"""Pages of agreement: within one case, across closed cases, and the strictness of raters."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review_app.agreement.across import across, adjusted, strictness
from review_app.agreement.queries import closed_cases, names_of, ratings_of
from review_app.agreement.rules import can_see_agreement, can_see_case_figures, can_see_strictness
from review_app.agreement.within import case_figures
from review_app.evaluations.queries import bare_forms
from review_app.rulebook import load as load_rules
from review_app.web.agreement.pictures import alpha_rows, effect_rows, item_rows, reach_of, spread_bars
from review_app.web.agreement.selection import Selection, codes_of
from review_app.web.deliberations.result import whole
from review_app.web.deliberations.words import words
from review_app.web.evaluations.desk import in_words
from review_app.web.request import permitted, person, record_apart, session, visible_review

pages = Blueprint("agreement", __name__)


@pages.get("/reviews/<id:review_id>/agreement")
def case(review_id: int) -> ResponseReturnValue:
    """The members' scores of one review side by side."""
    review = visible_review(review_id)
    permitted(can_see_case_figures(person(), review, bare_forms(session(), review)), review)
    ratings = ratings_of(session(), [review.id])[review.id]
    figures = case_figures(ratings) if ratings else None
    return render_template(
        "pages/agreement/case.html",
        ratings=ratings,
        figures=figures,
        names=names_of(session(), [one.person_id for one in ratings]),
        item_rows=item_rows(figures) if figures else [],
        whole=whole,
        **words(review),
    )


@pages.get("/agreement")
def listing() -> ResponseReturnValue:
    """Coefficients over closed reviews, without names."""
    permitted(can_see_agreement(person()))
    chosen = Selection.of(request.args)
    rules = load_rules()
    cases = closed_cases(session(), person(), template=chosen.template, year=chosen.year)
    found = across(cases, codes_of, rules.agreement)
    return render_template(
        "pages/agreement/listing.html",
        chosen=chosen,
        found=found,
        lines=alpha_rows(found),
        spread_rows=spread_bars(cases, rules) if found.score.enough else [],
        rules=rules,
        in_words=in_words,
        strict_too=can_see_strictness(person()),
    )


@pages.get("/agreement/raters")
def raters() -> ResponseReturnValue:
    """How single experts score beside the others of the same cases. That somebody looked is put on record."""
    permitted(can_see_strictness(person()))
    chosen = Selection.of(request.args)
    rules = load_rules()
    cases = closed_cases(session(), person(), template=chosen.template, year=chosen.year)
    enough = len(cases) >= rules.agreement.cases_min
    shown, left_out = strictness(cases, rules.agreement) if enough else ({}, 0)
    names = names_of(session(), shown)
    record_apart("agreement.raters", subject=request.path, after={"cases": len(cases), "raters": len(shown)})
    return render_template(
        "pages/agreement/raters.html",
        chosen=chosen,
        cases=cases,
        shown=shown,
        left_out=left_out,
        names=names,
        rows=effect_rows(shown, names),
        reach=reach_of(shown),
        adjusted=[one for one in adjusted(cases, shown) if one.adjusted is not None],
        rules=rules,
        in_words=in_words,
    )
