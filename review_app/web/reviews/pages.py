"""Work list, list of reviews, registration and the page of one review."""

import json
from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.queries import waiting_grants
from review_app.accounts.rules import can_approve_grants
from review_app.clock import local_day
from review_app.followup.rules import can_see_followup
from review_app.organisations.service import all_organisations
from review_app.panels.rules import can_count_unchecked
from review_app.panels.unchecked import unchecked_totals
from review_app.progress import service as progress
from review_app.reviews import service
from review_app.reviews.faces import face_of
from review_app.reviews.listing import PER_PAGE, listed_reviews, reviewed_organs
from review_app.reviews.models import CaseReview
from review_app.reviews.registration import Registration, marks_of, registration_of
from review_app.reviews.rules import can_edit_registration, can_register
from review_app.reviews.sizing import SizeProposal
from review_app.reviews.states import (
    DOUBT_LABELS,
    INVOLVED_LABELS,
    MAJOR_LABELS,
    OUTCOME_LABELS,
    RESOLUTION_LABELS,
    STATE_LABELS,
    TEMPLATE_LABELS,
    ReviewState,
)
from review_app.rulebook import CURRENT
from review_app.web.request import now, permitted, person, session, tried, visible, visible_review
from review_app.web.reviews import overview, worklist
from review_app.web.reviews.filters import ListForm
from review_app.web.reviews.forms import MoveForm, RegistrationForm, change_rows, values_for
from review_app.web.reviews.sections import Section, linked, sections_for
from review_app.web.reviews.theirs import shown_values

pages = Blueprint("reviews", __name__)


@pages.get("/")
def start() -> ResponseReturnValue:
    """The work list: what waits for this person, until when."""
    grants = waiting_grants(session()) if can_approve_grants(person()) else []
    return render_template(
        "pages/reviews/start.html",
        tasks=worklist.tasks_of(session(), person(), now=now()),
        grants=[grant for grant in grants if person().id not in (grant.granted_by_id, grant.person_id)],
        unchecked=unchecked_totals(session()) if can_count_unchecked(person()) else (0, 0),
        may_register=can_register(person()),
        state_labels=STATE_LABELS,
    )


@pages.get("/reviews")
def listing() -> ResponseReturnValue:
    form = ListForm(request.args, meta={"csrf": False})
    form.offer(reviewed_organs(session(), person()))
    page = form.page.data if form.validate() and form.page.data else 1
    reviews, total = listed_reviews(session(), person(), form.wanted(), page=page)
    return render_template(
        "pages/reviews/listing.html",
        form=form,
        rows=[(review, face_of(person(), review)) for review in reviews],
        total=total,
        page=page,
        page_count=max(1, -(-total // PER_PAGE)),
        query={name: value for name, value in request.args.items() if name != "page" and value},
        state_labels=STATE_LABELS,
        template_labels=TEMPLATE_LABELS,
        may_register=can_register(person()),
    )


@pages.route("/reviews/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    permitted(can_register(person()))
    form = RegistrationForm()
    made: list[CaseReview] = []
    if pressed_save(form) and tried(lambda: made.append(create(form))):
        flash(gettext("评查已登记，请核对后立项。"), "success")
        return redirect(url_for("reviews.one", review_id=made[0].id))
    return registration_page(form, None)


def create(form: RegistrationForm) -> CaseReview:
    return service.create_review(session(), sized(form.registration(), None), by=person(), now=now())


@pages.route("/reviews/<id:review_id>/edit", methods=["GET", "POST"])
def edit(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), can_edit_registration)
    stored = registration_of(review)
    proposal = service.proposal_for(stored, rule_version=review.rule_version, now=now())
    form = RegistrationForm(data=values_for(stored, proposal) | {"seen": json.dumps(marks_of(stored))})
    if pressed_save(form) and tried(lambda: save(form, review)):
        flash(gettext("登记已保存。"), "success")
        return redirect(url_for("reviews.one", review_id=review.id))
    return registration_page(form, review)


def save(form: RegistrationForm, review: CaseReview) -> None:
    service.save_registration(
        session(), review, sized(form.registration(), review), seen=form.marks(), by=person(), now=now()
    )


def sized(registration: Registration, review: CaseReview | None) -> Registration:
    """ "By rule" becomes the number the rules give for what was typed."""
    if registration.size:
        return registration
    return replace(registration, size=proposal_of(registration, review).size)


def proposal_of(registration: Registration, review: CaseReview | None) -> SizeProposal:
    version = review.rule_version if review else CURRENT
    return service.proposal_for(registration, rule_version=version, now=now())


def pressed_save(form: RegistrationForm) -> bool:
    """Whether everything is there to be saved. Row buttons only change the form that is shown again."""
    form.offer(all_organisations(session()))
    order = request.form.get("rows", "")
    return not change_rows(form, order) and order != "size" and form.validate_on_submit()


def registration_page(form: RegistrationForm, review: CaseReview | None) -> ResponseReturnValue:
    organisations = all_organisations(session())
    theirs = g.get("edit_conflict")
    if theirs is not None and review is not None:
        form.seen.data = json.dumps(marks_of(registration_of(review)))
        typed = form.registration()
        theirs = {name: value for name, value in theirs.items() if getattr(typed, name) != value}
    readable = form.received_on.data is not None and form.group_size.data is not None
    proposal = proposal_of(form.registration(), review) if readable else None
    form.offer(organisations, proposal)
    return render_template(
        "pages/reviews/registration.html",
        form=form,
        review=review,
        proposal=proposal,
        theirs=shown_values(theirs or {}, organisations),
        doubt_labels=DOUBT_LABELS,
        major_labels=MAJOR_LABELS,
    )


@pages.get("/reviews/<id:review_id>")
def one(review_id: int) -> ResponseReturnValue:
    return review_page(visible_review(review_id), MoveForm(formdata=None))


@pages.post("/reviews/<id:review_id>/move")
def move(review_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    form = MoveForm()
    if form.validate_on_submit() and tried(lambda: advance(review, form)):
        flash(gettext("评查已进入“%(state)s”。", state=gettext(STATE_LABELS[review.state])), "success")
        return redirect(url_for("reviews.one", review_id=review.id))
    return review_page(review, form)


def advance(review: CaseReview, form: MoveForm) -> None:
    progress.advance(
        session(), review, ReviewState(form.to.data), by=person(), now=now(), reason=form.reason.data or ""
    )


def review_page(review: CaseReview, form: MoveForm) -> ResponseReturnValue:
    lacks = progress.missing(session(), review, now=now())
    steps = progress.steps_for(session(), person(), review)
    due_on = worklist.due_of(review)
    days_left = (due_on - local_day(now())).days if due_on else None
    return render_template(
        "pages/reviews/one.html",
        review=review,
        face=face_of(person(), review),
        track=overview.track(review),
        history=overview.history(person(), review),
        lacks=linked(person(), review, overview.lacks_for(person(), review, lacks)),
        moves=overview.moves(review, steps, lacks),
        due=(due_on, days_left, worklist.colour(review, days_left)),
        form=form,
        may_edit=can_edit_registration(person(), review),
        inside=overview.sees_inside(person(), review),
        sees_resolution=can_see_followup(person(), review),
        outcome_labels=OUTCOME_LABELS,
        resolution_labels=RESOLUTION_LABELS,
        state_labels=STATE_LABELS,
        template_labels=TEMPLATE_LABELS,
        involved_labels=INVOLVED_LABELS,
        doubt_labels=DOUBT_LABELS,
        major_labels=MAJOR_LABELS,
    )


@pages.app_template_global()
def review_sections(review: CaseReview) -> list[Section]:
    """The tabs over the pages of one review, for the reader."""
    return sections_for(person(), review)
