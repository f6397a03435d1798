"""What an expert may know of his own recusal checks, and what nobody could check, counted."""

from flask import render_template
from flask.typing import ResponseReturnValue

from review_app.experts.queries import expert_of
from review_app.panels import rules
from review_app.panels.unchecked import own_view, unchecked_reviews
from review_app.web.panels.blueprint import pages
from review_app.web.panels.words import labels
from review_app.web.request import permitted, person, session


@pages.get("/panels/mine")
def mine() -> ResponseReturnValue:
    """The expert's own checks in the reviews to which he was drawn: his reasons, nobody else's."""
    expert = expert_of(session(), person())
    permitted(rules.is_expert(person()))
    return render_template(
        "pages/panels/mine.html",
        expert=expert,
        seats=own_view(session(), expert) if expert is not None else [],
        labels=labels(),
    )


@pages.get("/panels/unchecked")
def unchecked() -> ResponseReturnValue:
    """For every running panel how many questions about its members nobody could answer."""
    permitted(rules.can_count_unchecked(person()))
    return render_template("pages/panels/unchecked.html", rows=unchecked_reviews(session()), labels=labels())
