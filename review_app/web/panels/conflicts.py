"""The page of possible conflicts: evidence, decisions, what could not be checked."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.panels import queries, rules
from review_app.panels.conflicts import decide_conflict
from review_app.panels.gathering import gather
from review_app.panels.grounds import Level
from review_app.panels.shared import all_experts
from review_app.reviews.models import CaseReview
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import (
    ConflictForm,
)
from review_app.web.panels.words import labels
from review_app.web.request import (
    now,
    person,
    session,
    tried,
    visible,
    visible_review,
)


@pages.get("/reviews/<id:review_id>/panel/conflicts")
def conflicts(review_id: int) -> ResponseReturnValue:
    """The check of every expert against this case, with evidence and with what could not be checked."""
    return conflicts_page(visible(visible_review(review_id), rules.can_see_evidence))


def conflicts_page(review: CaseReview, typed: ConflictForm | None = None) -> ResponseReturnValue:
    gathered = gather(session(), review, on=local_day(now()))
    forms = {}
    for one in gathered.checks.values():
        for hit in one.hits:
            if hit.level in (Level.POSSIBLE, Level.MANUAL):
                forms[hit.fact_key] = conflict_form(hit.expert_no, hit.rule, hit.fact_key, typed)
    return render_template(
        "pages/panels/conflicts.html",
        review=review,
        experts={one.expert_no: one for one in all_experts(session())},
        checks=sorted(gathered.checks.values(), key=lambda one: (list_place(one.status), one.expert_no)),
        forms_for=forms,
        decisions=queries.conflict_decisions(session(), review.legal_case),
        known=queries.known_conflicts(session(), review.legal_case),
        may_decide=rules.can_decide_conflicts(person(), review),
        labels=labels(),
    )


def list_place(status: str) -> int:
    return ("PENDING", "BARRED", "UNCHECKED", "CLEAR").index(status)


def conflict_form(expert_no: str, rule: str, fact_key: str, typed: ConflictForm | None) -> ConflictForm:
    same = typed is not None and typed.fact_key.data == fact_key
    form = (
        typed
        if same and typed
        else ConflictForm(formdata=None, expert_no=expert_no, rule=rule, fact_key=fact_key)
    )
    form.offer()
    return form


@pages.post("/reviews/<id:review_id>/panel/conflicts")
def decide(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), rules.can_decide_conflicts)
    form = ConflictForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: take_decision(form, review)):
        flash(gettext("决定已登记。"), "success")
        return redirect(url_for("panels.conflicts", review_id=review.id))
    return conflicts_page(review, typed=form)


def take_decision(form: ConflictForm, review: CaseReview) -> None:
    decide_conflict(
        session(), review, expert_no=form.expert_no.data or "", rule=form.rule.data or "",
        fact_key=form.fact_key.data or "", confirmed=form.confirmed.data == "yes",
        reason=form.reason.data or "", by=person(), now=now(),
    )  # fmt: skip
