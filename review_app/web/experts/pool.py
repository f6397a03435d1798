"""The pool: list, what waits, service of all, entering and changing experts."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.experts import queries, rules, service
from review_app.experts.models import Expert
from review_app.experts.standing import lapsed
from review_app.organisations.service import all_organisations
from review_app.panels.track_record import services
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import FilterForm, ProfileForm
from review_app.web.experts.records import expert_here, in_words, labels, shown_fields
from review_app.web.request import now, permitted, person, session, tried


@pages.get("/experts")
def listing() -> ResponseReturnValue:
    """The pool for the office; an expert is led to his own record."""
    if not rules.can_list_experts(person()):
        own = queries.expert_of(session(), person())
        permitted(own is not None)
        return redirect(url_for("experts.one", expert_id=own.id if own else 0))
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer()
    found = queries.listed_experts(session(), form.wanted())
    return render_template(
        "pages/experts/listing.html",
        form=form,
        experts=found,
        query={name: value for name, value in request.args.items() if value},
        may_edit=rules.can_edit_pool(person()),
        waiting=waiting_count(),
        lapsed={one.id: lapsed(one.credentials, local_day(now())) for one in found},
        labels=labels(),
    )


def waiting_count() -> int:
    """How many requests and credentials wait for a coordinator."""
    if not rules.can_edit_pool(person()):
        return 0
    return len(queries.pending_requests(session())) + len(queries.unverified_credentials(session()))


@pages.get("/experts/waiting")
def waiting() -> ResponseReturnValue:
    """What waits for a coordinator: changes experts ask for, credentials to verify."""
    permitted(rules.can_edit_pool(person()))
    asked = queries.pending_requests(session())
    return render_template(
        "pages/experts/waiting.html",
        asked=[(one, shown_fields(one)) for one in asked],
        credentials=queries.unverified_credentials(session()),
        labels=labels(),
    )


@pages.get("/experts/service")
def service_list() -> ResponseReturnValue:
    """The service of the whole pool, for the office."""
    permitted(rules.can_list_experts(person()))
    experts = queries.listed_experts(session(), queries.ExpertFilter())
    year = local_day(now()).year
    return render_template(
        "pages/experts/service.html",
        experts=experts,
        year=year,
        whole=services(session(), experts),
        this_year=services(session(), experts, year=year),
        labels=labels(),
    )


@pages.route("/experts/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    permitted(rules.can_edit_pool(person()))
    form = ProfileForm()
    form.offer(all_organisations(session()))
    made: list[Expert] = []
    if form.validate_on_submit() and tried(
        lambda: made.append(service.create_expert(session(), form.profile(), by=person(), now=now()))
    ):
        flash(gettext("专家已登记，状态为“已推荐”。"), "success")
        return redirect(url_for("experts.one", expert_id=made[0].id))
    if not form.is_submitted():
        form.expert_no.data = queries.next_expert_no(session())
    return render_template("pages/experts/edit.html", form=form, expert=None, theirs={}, labels=labels())


@pages.route("/experts/<id:expert_id>/edit", methods=["GET", "POST"])
def edit(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(rules.can_edit_pool(person()))
    form = ProfileForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: save(form, expert)):
        flash(gettext("专家信息已保存。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    if not form.is_submitted():
        form.fill(service.profile_of(expert))
        form.seen.data = str(expert.row_version)
    theirs = g.get("edit_conflict") or {}
    if theirs:
        form.seen.data = str(expert.row_version)
    return render_template(
        "pages/experts/edit.html",
        form=form,
        expert=expert,
        theirs={name: in_words(name, value) for name, value in theirs.items()},
        labels=labels(),
    )


def save(form: ProfileForm, expert: Expert) -> None:
    service.update_expert(session(), expert, form.profile(), seen=form.seen_version(), by=person(), now=now())
