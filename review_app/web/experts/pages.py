"""The expert pool: list, record, particulars, ties, import."""

import json

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import ReviewError
from review_app.experts import importing, queries, rules, service
from review_app.experts.import_table import Row, rows_of
from review_app.experts.models import Expert
from review_app.experts.profile import FIELD_LABELS
from review_app.experts.states import (
    CATEGORY_LABELS,
    EXPERT_STATUS_LABELS,
    EXPERT_STEPS,
    TIE_LABELS,
    ExpertStatus,
)
from review_app.organisations.models import Organisation
from review_app.organisations.service import all_organisations
from review_app.sealing import current_seal
from review_app.web.experts.forms import (
    CarryOutForm,
    EmptyForm,
    FilterForm,
    LeaveForm,
    PostForm,
    ProfileForm,
    StatusForm,
    TieForm,
    UploadForm,
    WithdrawForm,
)
from review_app.web.request import now, permitted, person, session, tried

pages = Blueprint("experts", __name__)


@pages.get("/experts")
def listing() -> ResponseReturnValue:
    """The pool for the office; an expert is led to his own record."""
    if not rules.can_list_experts(person()):
        own = queries.expert_of(session(), person())
        permitted(own is not None)
        return redirect(url_for("experts.one", expert_id=own.id if own else 0))
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer()
    return render_template(
        "pages/experts/listing.html",
        form=form,
        experts=queries.listed_experts(session(), form.wanted()),
        query={name: value for name, value in request.args.items() if value},
        may_edit=rules.can_edit_pool(person()),
        labels=labels(),
    )


def labels() -> dict[str, object]:
    return {
        "category": CATEGORY_LABELS,
        "status": EXPERT_STATUS_LABELS,
        "tie": TIE_LABELS,
        "field": FIELD_LABELS,
    }


def expert_here(expert_id: int) -> Expert:
    """The expert, if the person may see the record; otherwise 404."""
    found = queries.find_expert(session(), expert_id)
    if found is None:
        abort(404)
    permitted(rules.can_see_expert(person(), found))
    return found


@pages.get("/experts/<id:expert_id>")
def one(expert_id: int) -> ResponseReturnValue:
    return record_page(expert_here(expert_id))


def record_page(
    expert: Expert,
    tie_form: TieForm | None = None,
    post_form: PostForm | None = None,
    status_form: StatusForm | None = None,
) -> ResponseReturnValue:
    """The record with the forms this person may use; a form that was refused is shown as typed."""
    who = person()
    organisations = all_organisations(session())
    steps = [to for to in EXPERT_STEPS[expert.status] if rules.can_set_status(who, expert, to)]
    tie_form, post_form, status_form = (
        tie_form or TieForm(),
        post_form or PostForm(),
        status_form or StatusForm(),
    )
    tie_form.offer(organisations)
    post_form.offer(organisations)
    status_form.offer(sorted(steps))
    return render_template(
        "pages/experts/one.html",
        expert=expert,
        own=rules.is_own(who, expert),
        may_edit=rules.can_edit_pool(who),
        may_see_ties=rules.can_see_ties(who, expert),
        may_declare=rules.can_declare(who, expert),
        steps=steps,
        tie_form=tie_form,
        post_form=post_form,
        status_form=status_form,
        leave_form=LeaveForm(away_until=expert.unavailable_until),
        withdraw_form=WithdrawForm(formdata=None),
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
        "pages/experts/edit.html", form=form, expert=expert, theirs=in_words(theirs), labels=labels()
    )


def save(form: ProfileForm, expert: Expert) -> None:
    service.update_expert(session(), expert, form.profile(), seen=form.seen_version(), by=person(), now=now())


def in_words(theirs: dict[str, object]) -> dict[str, str]:
    """What the other person saved, as texts."""
    words = {}
    for name, value in theirs.items():
        if name == "organisation_id":
            unit = session().get(Organisation, value) if value else None
            words[name] = unit.name if unit else ""
        else:
            words[name] = "、".join(value) if isinstance(value, tuple) else str(value or "")
    return words


@pages.post("/experts/<id:expert_id>/status")
def set_status(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    form = StatusForm()
    steps = [to for to in EXPERT_STEPS[expert.status] if rules.can_set_status(person(), expert, to)]
    permitted(bool(steps))
    form.offer(steps)
    if form.validate_on_submit() and tried(
        lambda: service.set_status(
            session(),
            expert,
            ExpertStatus(form.to.data),
            reason=form.reason.data or "",
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("状态已更新。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, status_form=form)


def declaring(expert_id: int) -> Expert:
    expert = expert_here(expert_id)
    permitted(rules.can_declare(person(), expert))
    return expert


@pages.post("/experts/<id:expert_id>/ties")
def add_tie(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = TieForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: enter_tie(form, expert)):
        flash(gettext("已登记。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, tie_form=form)


def enter_tie(form: TieForm, expert: Expert) -> None:
    unit = session().get(Organisation, form.organisation.data) if form.organisation.data else None
    service.add_tie(
        session(), expert, kind=form.kind.data, name=form.name.data or "", id_number=form.id_number.data or "",
        organisation=unit, practises_law=bool(form.practises_law.data), case_no=form.case_no.data or "",
        since=form.since.data, until=form.until.data, note=form.note.data or "", by=person(), now=now(),
    )  # fmt: skip


@pages.post("/experts/<id:expert_id>/ties/<id:tie_id>/withdraw")
def withdraw_tie(expert_id: int, tie_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    tie = queries.find_tie(session(), expert, tie_id)
    if tie is None:
        abort(404)
    form = WithdrawForm()
    if form.validate_on_submit() and tried(
        lambda: service.withdraw_tie(session(), tie, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("已撤回，记录予以保留。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/posts")
def add_post(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = PostForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: enter_post(form, expert)):
        flash(gettext("已登记。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, post_form=form)


def enter_post(form: PostForm, expert: Expert) -> None:
    service.add_employment(
        session(), expert, organisation=session().get_one(Organisation, form.unit.data), role=form.role.data or "",
        since=form.from_day.data, until=form.to_day.data, by=person(), now=now(),
    )  # fmt: skip


@pages.post("/experts/<id:expert_id>/leave")
def set_leave(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = LeaveForm()
    if form.validate_on_submit() and tried(
        lambda: service.set_leave(session(), expert, form.away_until.data, by=person(), now=now())
    ):
        flash(gettext("已登记。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/declaration")
def declare(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    if EmptyForm().validate_on_submit() and tried(
        lambda: service.declare_complete(session(), expert, by=person(), now=now())
    ):
        flash(gettext("已登记申报完整。情况有变化时请及时补充。"), "success")
    return redirect(url_for("experts.one", expert_id=expert.id))


@pages.route("/experts/import", methods=["GET", "POST"])
def import_table() -> ResponseReturnValue:
    """The dry run: a file is read and every row explained; nothing is stored."""
    permitted(rules.can_edit_pool(person()))
    form = UploadForm()
    plans: list[importing.Planned] = []
    rows: list[Row] = []
    if form.validate_on_submit():
        tried(lambda: check(form, rows, plans))
    return render_template(
        "pages/experts/import.html",
        form=form,
        plans=plans,
        carry_form=CarryOutForm(formdata=None, rows=packed(rows)) if plans else None,
        labels=labels(),
    )


def check(form: UploadForm, rows: list[Row], plans: list[importing.Planned]) -> None:
    rows += rows_of(form.file.data.filename or "", form.file.data.read())
    plans += importing.plan_import(session(), rows, by=person())


def packed(rows: list[Row]) -> str:
    """The rows that were checked, sealed, so that exactly these are imported."""
    return current_seal().close(
        json.dumps([[row.number, dict(row.cells)] for row in rows], ensure_ascii=False)
    )


@pages.post("/experts/import/carry-out")
def carry_out() -> ResponseReturnValue:
    permitted(rules.can_edit_pool(person()))
    form = CarryOutForm()
    plans: list[importing.Planned] = []
    if form.validate_on_submit() and tried(lambda: import_rows(form, plans)):
        done = sum(plan.kind in ("NEW", "CHANGED") for plan in plans)
        flash(
            gettext(
                "导入完成：写入%(done)d人，未变%(same)d人，有误未导入%(wrong)d人。",
                done=done,
                same=sum(plan.kind == "SAME" for plan in plans),
                wrong=sum(plan.kind == "WRONG" for plan in plans),
            ),
            "success",
        )
        return redirect(url_for("experts.listing"))
    return redirect(url_for("experts.import_table"))


def import_rows(form: CarryOutForm, plans: list[importing.Planned]) -> None:
    try:
        rows = [Row(number, cells) for number, cells in json.loads(current_seal().open(form.rows.data or ""))]
    except ReviewError:
        raise ReviewError(gettext("检查结果已失效，请重新选择文件检查。")) from None
    plans += importing.carry_out(session(), rows, by=person(), now=now())


@pages.get("/experts/import/template.csv")
def template() -> ResponseReturnValue:
    """An empty table with the right heads, and one example row."""
    permitted(rules.can_edit_pool(person()))
    example = (
        "ZJ-0001", "张某某", "律师", "某某律师事务所", "合伙人", "民事;刑事", "", "男", "1975", "", "", "",
        "2005-07-01", "2023-06-28", "2026-06-27", "青评聘〔2023〕1号", "",
    )  # fmt: skip
    text = ",".join(FIELD_LABELS.values()) + "\r\n" + ",".join(example) + "\r\n"
    disposition = {"Content-Disposition": 'attachment; filename="experts.csv"'}
    return Response(text.encode("utf-8-sig"), mimetype="text/csv", headers=disposition)
