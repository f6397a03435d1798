"""The page of the panel: who sits, how it came about, what is to be done."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from review_app.clock import local_day
from review_app.panels import drawing, queries, rules, service
from review_app.panels.fitness import MEASURE_LABELS
from review_app.panels.models import Panel
from review_app.panels.shared import all_experts
from review_app.reviews.faces import face_of
from review_app.reviews.lacks import Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_invited, is_liaison, is_panel_member
from review_app.reviews.states import ReviewState
from review_app.rulebook.matching import load_matching
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import (
    EmptyForm,
    MethodForm,
    TellForm,
    WaiveForm,
)
from review_app.web.panels.match_view import Pictures, pictures_of
from review_app.web.panels.words import labels
from review_app.web.request import (
    now,
    person,
    session,
    visible,
    visible_review,
)


@pages.get("/reviews/<id:review_id>/panel")
def panel(review_id: int) -> ResponseReturnValue:
    """Who sits on the panel. A drawn expert who has not signed is led to the statement instead."""
    review = visible_review(review_id)
    if is_invited(person(), review) and not is_panel_member(person(), review):
        return redirect(url_for("panels.statement", review_id=review.id))
    return panel_page(visible(review, rules.can_see_panel))


def panel_page(
    review: CaseReview, tell_form: TellForm | None = None, method_form: MethodForm | None = None
) -> ResponseReturnValue:
    present = queries.panel_of(session(), review) or queries.last_panel_of(session(), review)
    shown = present if present and rules.can_see_names_of(person(), review, present) else None
    tell_form = tell_form or TellForm(told_on=local_day(now()))
    tell_form.offer()
    method_form = method_form or MethodForm()
    method_form.offer()
    return render_template(
        "pages/panels/panel.html",
        review=review,
        face=face_of(person(), review),
        panel=shown,
        draws=queries.draws_of(session(), review) if rules.can_see_draw(person(), review) else [],
        running=queries.running_draw(session(), review),
        may=rights(review, shown),
        lacks=lacks_of(review),
        tell_form=tell_form,
        method_form=method_form,
        weighing=weighing_of(review),
        pictures=pictures_here(review, shown),
        waive_form=WaiveForm(),
        empty_form=EmptyForm(),
        today=local_day(now()),
        labels=labels(),
    )


def weighing_of(review: CaseReview) -> list[tuple[str, int]]:
    """The published weights of a match for this kind of case."""
    weights = load_matching().weights_for(review.template)
    return [(label, getattr(weights, name)) for name, label in MEASURE_LABELS.items()]


def pictures_here(review: CaseReview, shown: Panel | None) -> Pictures | None:
    """Load and composition as drawn, for those who run and oversee draws."""
    if shown is None or not shown.draws or not rules.can_see_draw(person(), review):
        return None
    return pictures_of(queries.last_draw(shown), {one.expert_no: one for one in all_experts(session())})


def lacks_of(review: CaseReview) -> list[Missing]:
    """What the panel still needs; shown to the office only, since it tells of suspended members."""
    if review.state is ReviewState.DRAW:
        return service.missing_draw(session(), review, now=now())
    if review.state is ReviewState.NOTICE:
        return service.missing_notice(session(), review, now=now())
    return []


def rights(review: CaseReview, shown: Panel | None) -> dict[str, object]:
    """What this person may do on the page of the panel."""
    who = person()
    return {
        "open_now": rules.can_open_draw(who, review) and drawing.is_due(session(), review),
        "see_draw": rules.can_see_draw(who, review),
        "conflicts": rules.can_see_evidence(who, review),
        "people": rules.can_edit_people(who, review),
        "tell": rules.can_tell(who, review) and shown is not None and shown.announced_at is not None,
        "waive_organ": is_liaison(who, review),
        "object": rules.can_request_recusal(who, review) and shown is not None,
        "see_recusals": rules.can_see_recusals(who, review),
        "own_recusals": [one.id for one in shown.recusals if rules.is_own_request(who, one)] if shown else [],
        "remove": [one.id for one in shown.seated if rules.can_remove(who, one)] if shown else [],
        "links": [one.id for one in shown.seated if rules.can_see_links(who, one)] if shown else [],
        "reconsider": [one.id for one in shown.members if rules.can_reconsider(who, one)] if shown else [],
        "fill": rules.can_fill_seat(who, review),
        "see_states": rules.can_see_draw(who, review),
    }
