"""People and roles: for the administrator, and a second approval for business roles."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts import queries, service
from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.rules import can_approve_grants, can_manage_people, may_approve
from review_app.accounts.second_factor import reset
from review_app.accounts.states import ROLE_LABELS
from review_app.organisations.service import all_organisations
from review_app.web.accounts.blueprint import pages
from review_app.web.accounts.forms import GrantForm, PersonForm, ReasonForm
from review_app.web.request import now, permitted, person, session, tried


@pages.get("/people")
def people() -> ResponseReturnValue:
    permitted(can_manage_people(person()))
    return render_template(
        "pages/accounts/people.html",
        people=queries.all_people(session()),
        organisations=organisation_names(),
        role_labels=ROLE_LABELS,
        waiting=queries.waiting_grants(session()),
    )


@pages.route("/people/new", methods=["GET", "POST"])
def new_person() -> ResponseReturnValue:
    permitted(can_manage_people(person()))
    form = PersonForm()
    form.offer(all_organisations(session()))
    made: list[tuple[Person, str]] = []
    if form.validate_on_submit() and tried(lambda: made.append(add_person(form))):
        return one_time_password(*made[0])
    return render_template("pages/accounts/new_person.html", form=form)


def add_person(form: PersonForm) -> tuple[Person, str]:
    return service.add_person(
        session(),
        login=form.login.data or "",
        name=form.name.data or "",
        organisation_id=form.organisation.data or None,
        post=form.post.data or "",
        email=form.email.data or "",
        by=person(),
        now=now(),
    )


def one_time_password(whose: Person, password: str) -> str:
    """Shown in the answer itself, once: it is stored nowhere, not even in the cookie."""
    return render_template("pages/accounts/one_time_password.html", whose=whose, password=password)


@pages.get("/people/<id:person_id>")
def one_person(person_id: int) -> ResponseReturnValue:
    return person_page(managed(person_id))


def person_page(
    whose: Person, grant_form: GrantForm | None = None, reason_form: ReasonForm | None = None
) -> str:
    form = grant_form or GrantForm(formdata=None)
    form.offer(all_organisations(session()))
    return render_template(
        "pages/accounts/person.html",
        whose=whose,
        organisations=organisation_names(),
        role_labels=ROLE_LABELS,
        grant_form=form,
        reason_form=reason_form or ReasonForm(formdata=None),
    )


@pages.post("/people/<id:person_id>/roles")
def grant_role(person_id: int) -> ResponseReturnValue:
    whose = managed(person_id)
    form = GrantForm()
    form.offer(all_organisations(session()))
    made: list[RoleGrant] = []
    if not (form.validate_on_submit() and tried(lambda: made.append(give_role(whose, form)))):
        return person_page(whose, grant_form=form)
    words = (
        gettext("角色已授予。")
        if made[0].in_force
        else gettext("角色已登记，须经另一位管理员或者办公室负责人批准后生效。")
    )
    flash(words, "success")
    return redirect(url_for("accounts.one_person", person_id=whose.id))


def give_role(whose: Person, form: GrantForm) -> RoleGrant:
    return service.grant_role(
        session(),
        whose,
        form.role.data,
        organisation_id=form.organisation.data or None,
        by=person(),
        now=now(),
    )


@pages.post("/people/<id:person_id>/roles/<id:grant_id>/end")
def end_role(person_id: int, grant_id: int) -> ResponseReturnValue:
    whose, grant = managed(person_id), queries.find_grant(session(), grant_id)
    if grant is None or grant.person_id != whose.id:
        abort(404)
    form = ReasonForm()
    if not form.validate_on_submit():
        return person_page(whose, reason_form=form)
    service.end_grant(session(), grant, by=person(), now=now(), reason=form.reason.data or "")
    flash(gettext("角色已收回。"), "success")
    return redirect(url_for("accounts.one_person", person_id=whose.id))


@pages.post("/people/<id:person_id>/password")
def reset_password(person_id: int) -> ResponseReturnValue:
    whose = managed(person_id)
    return one_time_password(whose, service.reset_password(session(), whose, by=person(), now=now()))


@pages.post("/people/<id:person_id>/second-factor")
def reset_second_factor(person_id: int) -> ResponseReturnValue:
    """The first administrator asks, another one takes it off."""
    whose = managed(person_id)
    taken: list[bool] = []
    if tried(lambda: taken.append(reset(session(), whose, by=person(), now=now()))):
        flash(
            gettext("两步验证已解除。") if taken[0] else gettext("已登记，须由另一位管理员确认。"), "success"
        )
    return redirect(url_for("accounts.one_person", person_id=whose.id))


@pages.post("/people/<id:person_id>/disable")
def disable_person(person_id: int) -> ResponseReturnValue:
    whose = managed(person_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return person_page(whose, reason_form=form)
    service.disable_person(session(), whose, by=person(), now=now(), reason=form.reason.data or "")
    flash(gettext("账号已停用，该人员的登录已经结束。"), "success")
    return redirect(url_for("accounts.one_person", person_id=whose.id))


@pages.get("/grants")
def grants() -> ResponseReturnValue:
    permitted(can_approve_grants(person()))
    return render_template(
        "pages/accounts/grants.html",
        waiting=queries.waiting_grants(session()),
        organisations=organisation_names(),
        role_labels=ROLE_LABELS,
        may_approve=lambda grant: may_approve(person(), grant),
    )


@pages.post("/grants/<id:grant_id>/approve")
def approve_grant(grant_id: int) -> ResponseReturnValue:
    permitted(can_approve_grants(person()))
    grant = queries.find_grant(session(), grant_id)
    if grant is None:
        abort(404)
    if tried(lambda: service.approve_grant(session(), grant, by=person(), now=now())):
        flash(gettext("授权已批准，即时生效。"), "success")
    return redirect(url_for("accounts.grants"))


def managed(person_id: int) -> Person:
    permitted(can_manage_people(person()))
    found = queries.find_person(session(), person_id)
    if found is None:
        abort(404)
    return found


def organisation_names() -> dict[int | None, str]:
    names: dict[int | None, str] = {one.id: one.name for one in all_organisations(session())}
    return {None: "", **names}
