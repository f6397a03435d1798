"""How every number came about: with names for the panel, without for those who run and oversee reviews."""

from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from review_app.deliberations.concluding import FinalResult, final_result, is_as_locked
from review_app.deliberations.queries import locked_result_of, routes_of
from review_app.deliberations.rules import can_open_result, can_see_result
from review_app.form_templates.reading import rules_of
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.words import words
from review_app.web.evaluations.desk import in_words
from review_app.web.layout import listed
from review_app.web.request import permitted, person, session, visible_review


@pages.get("/reviews/<id:review_id>/result")
def result(review_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    permitted(can_open_result(person(), review), review)
    named = can_see_result(person(), review)
    final = final_result(session(), review)
    locked = locked_result_of(session(), review)
    return render_template(
        "pages/deliberations/result.html",
        final=final,
        named=named,
        locked=locked,
        intact=locked is not None and is_as_locked(session(), review),
        names=names_of(final) if final and named else {},
        lines=score_lines(final, named=named) if final else [],
        measures=listed(measure_names(final)) if final else "",
        whole=whole,
        advice=routes_of(session(), review),
        **words(review),
    )


def whole(number: Decimal | float) -> int | float:
    """A number for a chart, without a needless point."""
    return int(number) if number == int(number) else float(number)


def measure_names(final: FinalResult) -> list[str]:
    rules = rules_of(final.deliberation.review)
    return [in_words(rules.measures[measure]) for measure in final.measures]


def names_of(final: FinalResult) -> dict[str, str]:
    return {str(one.person_id): one.person.name for one in final.deliberation.attendances}


def score_lines(final: FinalResult, *, named: bool) -> list[tuple[str, float, str]]:
    """Individual scores with proposed grades: by member for the panel, sorted and nameless for others."""
    figures = final.consolidation.statistics
    names = names_of(final)
    if named:
        return [(names[key], float(score), figures.grades[key]) for key, score in figures.scores.items()]
    return [
        (f"{place}", float(score), "") for place, score in enumerate(sorted(figures.scores.values()), start=1)
    ]
