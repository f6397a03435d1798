"""The tree of organisations: which there are, and entering another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.organisations.models import Organisation
from review_app.organisations.rules import can_manage_organisations
from review_app.organisations.service import add_organisation, all_organisations
from review_app.organisations.states import ORG_KIND_LABELS, ORG_SYSTEM_LABELS
from review_app.web.accounts.blueprint import pages
from review_app.web.accounts.forms import LEVELS, OrganisationForm
from review_app.web.request import now, permitted, person, session, tried


@pages.get("/organisations")
def organisations() -> ResponseReturnValue:
    permitted(can_manage_organisations(person()))
    return render_template(
        "pages/accounts/organisations.html",
        organisations=all_organisations(session()),
        names={one.id: one.name for one in all_organisations(session())},
        kind_labels=ORG_KIND_LABELS,
        system_labels=ORG_SYSTEM_LABELS,
        level_labels=LEVELS,
    )


@pages.route("/organisations/new", methods=["GET", "POST"])
def new_organisation() -> ResponseReturnValue:
    permitted(can_manage_organisations(person()))
    form = OrganisationForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: enter(form)):
        flash(gettext("单位“%(name)s”已登记。", name=form.name.data), "success")
        return redirect(url_for("accounts.organisations"))
    return render_template("pages/accounts/new_organisation.html", form=form)


def enter(form: OrganisationForm) -> Organisation:
    return add_organisation(
        session(),
        code=form.code.data or "",
        name=form.name.data or "",
        kind=form.kind.data,
        system=form.system.data,
        level=form.level.data,
        parent=session().get(Organisation, form.parent.data) if form.parent.data else None,
        by=person(),
        now=now(),
    )
