"""The people of the case for the coordinator: correct, complete, confirm what was found in the file."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.organisations.service import all_organisations
from review_app.panels import case_people, rules
from review_app.panels.states import FoundState
from review_app.reviews.models import CaseReview, Involved
from review_app.reviews.states import INVOLVED_LABELS, InvolvedAs
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import FoundForm, PersonForm, RemovePersonForm
from review_app.web.request import now, person, session, tried, visible, visible_review


def editable(review_id: int) -> CaseReview:
    return visible(visible_review(review_id), rules.can_edit_people)


@pages.get("/reviews/<id:review_id>/panel/people")
def people(review_id: int) -> ResponseReturnValue:
    """Who is in the case, and whom the file names besides."""
    return people_page(editable(review_id))


def people_page(review: CaseReview, form: FoundForm | None = None) -> ResponseReturnValue:
    found = case_people.found_people(session(), review)
    waiting = [one for one in found if one.state is FoundState.WAITING]
    form = form or FoundForm(formdata=None)
    form.offer(waiting)
    return render_template(
        "pages/panels/people.html",
        review=review,
        waiting=waiting,
        dismissed=[one for one in found if one.state is FoundState.DISMISSED],
        form=form,
        involved_labels=INVOLVED_LABELS,
    )


@pages.post("/reviews/<id:review_id>/panel/people/search")
def search_people(review_id: int) -> ResponseReturnValue:
    """Look through the text of the whole file."""
    review = editable(review_id)
    made = case_people.search_file(session(), review, by=person(), now=now())
    flash(gettext("已查找卷宗文本，新发现%(n)d人待确认。", n=len(made)), "success")
    return redirect(url_for("panels.people", review_id=review_id))


@pages.post("/reviews/<id:review_id>/panel/people/found")
def settle_people(review_id: int) -> ResponseReturnValue:
    """Enter the chosen names, or put them aside with a reason."""
    review = editable(review_id)
    waiting = case_people.found_people(session(), review, FoundState.WAITING)
    form = FoundForm()
    form.offer(waiting)
    if form.validate_on_submit() and tried(lambda: settle_chosen(form, review)):
        flash(gettext("已登记。在组专家和候补已立即重新比对。"), "success")
        return redirect(url_for("panels.people", review_id=review_id))
    return people_page(review, form)


def settle_chosen(form: FoundForm, review: CaseReview) -> None:
    waiting = case_people.found_people(session(), review, FoundState.WAITING)
    chosen = [one for one in waiting if one.id in (form.chosen.data or [])]
    if form.take.data:
        case_people.take_found(session(), review, chosen, by=person(), now=now())
    else:
        case_people.dismiss_found(
            session(), review, chosen, reason=form.reason.data or "", by=person(), now=now()
        )


@pages.route("/reviews/<id:review_id>/panel/people/new", methods=["GET", "POST"])
def new_person(review_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    form = PersonForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(
        lambda: case_people.add_person(session(), review, form.entered(), by=person(), now=now())
    ):
        flash(gettext("已登记。在组专家和候补已立即重新比对。"), "success")
        return redirect(url_for("panels.people", review_id=review_id))
    return render_template("pages/panels/person.html", review=review, row=None, form=form, remove_form=None)


def row_here(review: CaseReview, involved_id: int) -> Involved:
    found = (row for row in review.legal_case.involved if row.id == involved_id)
    return next(found, None) or abort(404)


@pages.route("/reviews/<id:review_id>/panel/people/<id:involved_id>", methods=["GET", "POST"])
def one_person(review_id: int, involved_id: int) -> ResponseReturnValue:
    """Correct one of the people."""
    review = editable(review_id)
    row = row_here(review, involved_id)
    form = PersonForm()
    form.offer(all_organisations(session()), petitioner=row.involved_as is InvolvedAs.PETITIONER)
    if form.validate_on_submit() and tried(
        lambda: case_people.correct_person(session(), review, row, form.entered(), by=person(), now=now())
    ):
        flash(gettext("已保存。在组专家和候补已立即重新比对。"), "success")
        return redirect(url_for("panels.people", review_id=review_id))
    if not form.is_submitted():
        form.fill(row)
    return person_page(review, row, form, RemovePersonForm(formdata=None))


def person_page(
    review: CaseReview, row: Involved, form: PersonForm, remove_form: RemovePersonForm
) -> ResponseReturnValue:
    return render_template(
        "pages/panels/person.html", review=review, row=row, form=form, remove_form=remove_form
    )


@pages.post("/reviews/<id:review_id>/panel/people/<id:involved_id>/remove")
def remove_person(review_id: int, involved_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    row = row_here(review, involved_id)
    remove_form = RemovePersonForm()
    if remove_form.validate_on_submit() and tried(
        lambda: case_people.remove_person(
            session(), review, row, reason=remove_form.reason.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("已移除。在组专家和候补已立即重新比对。"), "success")
        return redirect(url_for("panels.people", review_id=review_id))
    form = PersonForm(formdata=None)
    form.offer(all_organisations(session()), petitioner=row.involved_as is InvolvedAs.PETITIONER)
    form.fill(row)
    return person_page(review, row, form, remove_form)
