"""Form templates: the six of them, their versions, the editor, and what an expert will see."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.evaluations.template_change import activate, touched
from review_app.form_templates import editing, service
from review_app.form_templates.changes import change_class
from review_app.form_templates.content import as_data
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.queries import active_template, all_versions, find_version, versions_of
from review_app.form_templates.rules import (
    can_activate,
    can_decide,
    can_edit,
    can_edit_templates,
    can_see_templates,
)
from review_app.form_templates.states import (
    CHANGE_CLASS_HELP,
    CHANGE_CLASS_LABELS,
    FIELD_KIND_LABELS,
    TEMPLATE_STATE_LABELS,
    TemplateState,
)
from review_app.reviews.states import STATE_LABELS
from review_app.rulebook import load as load_rules
from review_app.rulebook.rules import CURRENT
from review_app.web.evaluations.desk import in_words
from review_app.web.form_templates.forms import ActivateForm, DecideForm, ProposeForm
from review_app.web.form_templates.preview import sample_view
from review_app.web.form_templates.sheet import Sheet
from review_app.web.form_templates.words import place_words
from review_app.web.request import now, permitted, person, session, tried

pages = Blueprint("form_templates", __name__)


@pages.get("/form-templates")
def listing() -> ResponseReturnValue:
    permitted(can_see_templates(person()))
    rules = load_rules(CURRENT)
    open_states = (TemplateState.DRAFT, TemplateState.PROPOSED, TemplateState.APPROVED)
    return render_template(
        "pages/form_templates/listing.html",
        templates=rules.templates,
        present={code: active_template(session(), code, CURRENT) for code in rules.templates},
        waiting={one.template: one for one in all_versions(session()) if one.state in open_states},
        may_edit=can_edit_templates(person()),
        in_words=in_words,
        state_labels=TEMPLATE_STATE_LABELS,
    )


def known(code: str) -> str:
    permitted(can_see_templates(person()))
    return code if code in load_rules(CURRENT).templates else abort(404)


@pages.get("/form-templates/<template>")
def versions(template: str) -> ResponseReturnValue:
    """The versions of one template, newest first."""
    code = known(template)
    return render_template(
        "pages/form_templates/versions.html",
        code=code,
        template=load_rules(CURRENT).templates[code],
        versions=versions_of(session(), code),
        present=active_template(session(), code, CURRENT),
        may_edit=can_edit_templates(person()),
        in_words=in_words,
        state_labels=TEMPLATE_STATE_LABELS,
        class_labels=CHANGE_CLASS_LABELS,
    )


@pages.get("/form-templates/<template>/preview")
def preview_shipped(template: str) -> ResponseReturnValue:
    """The form as it is shipped, as an expert sees it."""
    code = known(template)
    name = in_words(load_rules(CURRENT).templates[code])
    view = sample_view(code, CURRENT, None)
    return render_template("pages/form_templates/preview.html", version=None, code=code, name=name, **view)


@pages.post("/form-templates/<template>/begin")
def begin(template: str) -> ResponseReturnValue:
    code = known(template)
    made: list[FormTemplate] = []
    if tried(lambda: made.append(service.begin_version(session(), code, by=person(), now=now()))):
        return redirect(url_for("form_templates.edit", version_id=made[0].id))
    return redirect(url_for("form_templates.versions", template=code))


def visible_version(version_id: int) -> FormTemplate:
    permitted(can_see_templates(person()))
    return find_version(session(), version_id) or abort(404)


@pages.get("/form-templates/versions/<id:version_id>")
def one(version_id: int) -> ResponseReturnValue:
    return version_page(visible_version(version_id))


def version_page(version: FormTemplate, **forms: Any) -> str:
    """One version: what it changes and what can be done with it."""
    problems = service.problems_of(version)
    found = [] if problems else list(service.changes_of(version))
    reviews = (
        touched(session(), version) if not problems and version.state is not TemplateState.REFUSED else []
    )
    asked = {"propose": ProposeForm, "decide": DecideForm, "activate": ActivateForm}
    shown: dict[str, Any] = {name: forms.get(name) or form(formdata=None) for name, form in asked.items()}
    offer_reviews(shown["activate"], version)
    shown["decide"].offer()
    return render_template(
        "pages/form_templates/one.html",
        version=version,
        name=in_words(load_rules(version.rule_version).templates[version.template]),
        problems=problems,
        changes=found,
        reach=version.change_class or change_class(found),
        touched=reviews,
        forms_shown=shown,
        may_edit=can_edit(person(), version),
        may_decide=can_decide(person(), version),
        may_activate=can_activate(person(), version),
        state_labels=TEMPLATE_STATE_LABELS,
        class_labels=CHANGE_CLASS_LABELS,
        class_help=CHANGE_CLASS_HELP,
        review_states=STATE_LABELS,
        place_words=place_words,
    )


def offer_reviews(form: ActivateForm, version: FormTemplate) -> None:
    form.reviews.choices = [
        (one.review.id, f"{one.review.review_no or '—'}（{gettext(STATE_LABELS[one.review.state])}）")
        for one in touched(session(), version)
        if one.may_move
    ]


@pages.route("/form-templates/versions/<id:version_id>/edit", methods=["GET", "POST"])
def edit(version_id: int) -> ResponseReturnValue:
    version = visible_version(version_id)
    permitted(can_edit(person(), version))
    data = service.data_of(version)
    if request.method == "GET":
        return editor(version, data)
    data = editing.with_typed(data, request.form.to_dict(flat=False))
    kept: list[str] = []
    if not tried(lambda: kept.append(save_and_do(version, data))):
        return editor(version, data, edition=request.form.get("edition", "")), 409
    if request.form.get("do") == "show":
        return redirect(url_for("form_templates.one", version_id=version.id))
    flash(gettext("草案已保存。"), "success")
    return redirect(url_for("form_templates.edit", version_id=version.id, _anchor=kept[0] or None))


def save_and_do(version: FormTemplate, data: Mapping[str, Any]) -> str:
    """Save what was typed together with what the pressed button adds or takes away; gives the place to show."""
    verb, _colon, what = request.form.get("do", "save").partition(":")
    changed, place = dict(data), ""
    if verb == "add-item":
        changed, code = editing.with_item(data, what)
        place = f"items-{code}"
    elif verb == "add-field":
        changed, code = editing.with_field(data, request.form.get("new_field", ""))
        place = f"fields-{code}"
    elif verb == "drop":
        changed = editing.without(data, what, as_data(service.base_content(version)))
        place = what.partition(".")[0]
    seen = request.form.get("edition", "")
    service.save_version(
        session(), version, changed, edition=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
        by=person(), now=now(),
    )  # fmt: skip
    return place


def editor(version: FormTemplate, data: Mapping[str, Any], *, edition: str = "") -> str:
    return render_template(
        "pages/form_templates/edit.html",
        version=version,
        name=in_words(load_rules(version.rule_version).templates[version.template]),
        sheet=Sheet(data, version.rule_version),
        problems=service.problems_of(version),
        edition=edition or version.edition,
        kind_labels=FIELD_KIND_LABELS,
        place_words=place_words,
        rules=load_rules(version.rule_version),
        in_words=in_words,
    )


@pages.get("/form-templates/versions/<id:version_id>/preview")
def preview(version_id: int) -> ResponseReturnValue:
    """The version as an expert will see it."""
    version = visible_version(version_id)
    if service.problems_of(version):
        flash(gettext("草案还有需要补正之处，补正后才能预览。"), "warning")
        return redirect(url_for("form_templates.one", version_id=version.id))
    name = in_words(load_rules(version.rule_version).templates[version.template])
    view = sample_view(version.template, version.rule_version, version)
    return render_template(
        "pages/form_templates/preview.html", version=version, code=version.template, name=name, **view
    )


@pages.post("/form-templates/versions/<id:version_id>/propose")
def propose(version_id: int) -> ResponseReturnValue:
    version = visible_version(version_id)
    permitted(can_edit(person(), version))
    form = ProposeForm()
    if form.validate() and tried(
        lambda: service.propose(session(), version, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("已报请批准，内容自此不再改变。"), "success")
        return redirect(url_for("form_templates.one", version_id=version.id))
    return version_page(version, propose=form), 422


@pages.post("/form-templates/versions/<id:version_id>/decide")
def decide(version_id: int) -> ResponseReturnValue:
    version = visible_version(version_id)
    permitted(can_decide(person(), version))
    form = DecideForm()
    form.offer()
    if form.validate() and tried(lambda: put_decision(version, form)):
        flash(gettext("决定已记录。"), "success")
        return redirect(url_for("form_templates.one", version_id=version.id))
    return version_page(version, decide=form), 422


def put_decision(version: FormTemplate, form: DecideForm) -> None:
    service.decide(
        session(), version, approve=form.decision.data == "approve", reason=form.reason.data or "",
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/form-templates/versions/<id:version_id>/activate")
def put_to_use(version_id: int) -> ResponseReturnValue:
    version = visible_version(version_id)
    permitted(can_activate(person(), version))
    form = ActivateForm()
    offer_reviews(form, version)
    if form.validate() and tried(lambda: carry_out(version, form)):
        flash(gettext("新版本已启用；没有勾选的评查项目按原版本评完。"), "success")
        return redirect(url_for("form_templates.one", version_id=version.id))
    return version_page(version, activate=form), 422


def carry_out(version: FormTemplate, form: ActivateForm) -> None:
    activate(
        session(), version, review_ids=form.reviews.data or [], reason=form.reason.data or "", by=person(),
        now=now(),
    )  # fmt: skip
