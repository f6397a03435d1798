"""After the opinion: what happened, tasks, resolution, termination file. The reply is in ``rectify``."""

from collections.abc import Callable
from io import BytesIO

from flask import Response, abort, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from case_files.kinds import BY_NAME
from review_app.accounts.models import Person
from review_app.followup import conclusion, service
from review_app.followup.evidence import add_evidence
from review_app.followup.models import Evidence, FollowupTask, TerminationFile
from review_app.followup.queries import (
    belongs_to_reply,
    find_evidence,
    find_task,
    reply_due_on,
    reply_of,
    resolutions_of,
    tasks_of,
    termination_of,
)
from review_app.followup.resolving import Unproven, is_ready
from review_app.followup.rules import can_follow_up, can_read_evidence, can_read_reply, can_see_followup
from review_app.followup.states import (
    BASIS_HINTS,
    BASIS_LABELS,
    CONFIRMATION_LABELS,
    TASK_KIND_LABELS,
    TASK_STATE_LABELS,
    TERMINATION_LABELS,
    TaskState,
    TerminationCheck,
)
from review_app.reviews.faces import face_of
from review_app.reviews.file_intake import TakenIn, TurnedAway
from review_app.reviews.models import CaseReview
from review_app.reviews.states import RESOLUTION_LABELS, Resolution
from review_app.web.files.storage import store
from review_app.web.followup import rectify, workbooks
from review_app.web.followup.blueprint import pages
from review_app.web.followup.forms import (
    PlanForm,
    ReopenForm,
    ResolutionForm,
    SettleForm,
    TaskForm,
    TerminationForm,
)
from review_app.web.followup.uploads import taken_in
from review_app.web.request import (
    now,
    permitted,
    person,
    record_apart,
    session,
    tried,
    visible,
    visible_review,
)

__all__ = ["pages", "rectify", "workbooks"]


def followed(review_id: int, rule: Callable[[Person, CaseReview], bool] = can_follow_up) -> CaseReview:
    return visible(visible_review(review_id), rule)


@pages.get("/reviews/<id:review_id>/followup")
def index(review_id: int) -> ResponseReturnValue:
    review = followed(review_id, can_see_followup)
    records = resolutions_of(session(), review)
    file = termination_of(session(), review)
    latest = records[0] if records else None
    resolved = latest is not None and latest.resolution is Resolution.RESOLVED and latest.reopened_at is None
    return render_template(
        "pages/followup/index.html",
        review=review,
        face=face_of(person(), review),
        tasks=tasks_of(session(), review),
        records=records,
        file=file,
        file_ready=file is not None and is_ready(file.checks, file.organ, file.handed_over_on),
        checks_met=sum(bool(row.get("met")) for row in file.checks.values()) if file else 0,
        reply=reply_of(session(), review) if can_read_reply(person(), review) else None,
        reply_due=reply_due_on(session(), review),
        may_keep=can_follow_up(person(), review),
        may_reopen=resolved and can_follow_up(person(), review),
        today=now(),
        **words(),
    )


def words() -> dict[str, object]:
    return {
        "resolution_labels": RESOLUTION_LABELS,
        "basis_labels": BASIS_LABELS,
        "task_kind_labels": TASK_KIND_LABELS,
        "task_state_labels": TASK_STATE_LABELS,
        "termination_labels": TERMINATION_LABELS,
        "checks": list(TerminationCheck),
    }


@pages.route("/reviews/<id:review_id>/followup/tasks/new", methods=["GET", "POST"])
def new_task(review_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    form = TaskForm()
    if form.validate_on_submit() and tried(lambda: add_task(form, review)):
        flash(gettext("后续事项已登记。"), "success")
        return redirect(url_for("followup.index", review_id=review.id))
    return render_template("pages/followup/new_task.html", review=review, form=form)


def add_task(form: TaskForm, review: CaseReview) -> None:
    assert form.due_on.data is not None  # noqa: S101 - the form demands it
    service.add_task(
        session(), review, title=form.title.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
        by=person(), now=now(),
    )  # fmt: skip


@pages.get("/reviews/<id:review_id>/followup/tasks/<id:task_id>")
def one_task(review_id: int, task_id: int) -> ResponseReturnValue:
    review = followed(review_id, can_see_followup)
    task = task_or_404(review, task_id)
    return task_page(review, task, PlanForm(formdata=None, obj=task), SettleForm(formdata=None))


@pages.post("/reviews/<id:review_id>/followup/tasks/<id:task_id>/plan")
def plan_task(review_id: int, task_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    task = task_or_404(review, task_id)
    form = PlanForm()
    if form.validate_on_submit() and tried(lambda: plan(form, task)):
        flash(gettext("责任和期限已保存。"), "success")
        return redirect(url_for("followup.index", review_id=review.id))
    return task_page(review, task, form, SettleForm(formdata=None))


def plan(form: PlanForm, task: FollowupTask) -> None:
    service.plan_task(
        session(), task, owner=form.owner.data or "", due_on=form.due_on.data, seen_version=form.seen.data or 0,
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/followup/tasks/<id:task_id>/settle")
def settle_task(review_id: int, task_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    task = task_or_404(review, task_id)
    form = SettleForm()
    form.offer()
    if form.validate_on_submit():
        file = taken_in(form.evidence.data)
        if tried(lambda: settle(form, task, file)):
            flash(gettext("后续事项已办结。"), "success")
            return redirect(url_for("followup.index", review_id=review.id))
    return task_page(review, task, PlanForm(formdata=None, obj=task), form)


def settle(form: SettleForm, task: FollowupTask, file: TakenIn | TurnedAway | None) -> None:
    assert form.result_on.data is not None  # noqa: S101 - the form demands it
    service.settle_task(
        session(), task, state=TaskState(form.state.data), result=form.result.data or "",
        result_on=form.result_on.data, case_no=form.case_no.data or "", evidence=kept(task.review, file),
        seen_version=form.seen.data or 0, by=person(), now=now(),
    )  # fmt: skip


def kept(review: CaseReview, file: TakenIn | TurnedAway | None) -> Evidence | None:
    return add_evidence(session(), review, file, by=person(), now=now()) if file else None


def task_or_404(review: CaseReview, task_id: int) -> FollowupTask:
    task = find_task(session(), review, task_id)
    return task if task is not None else abort(404)


def task_page(
    review: CaseReview, task: FollowupTask, plan_form: PlanForm, settle_form: SettleForm
) -> ResponseReturnValue:
    settle_form.offer()
    plan_form.seen.data = settle_form.seen.data = task.row_version
    return render_template(
        "pages/followup/task.html",
        review=review,
        task=task,
        face_text=face_of(person(), review).text,
        plan_form=plan_form,
        settle_form=settle_form,
        may_keep=can_follow_up(person(), review) and task.state is TaskState.OPEN,
        theirs=g.get("edit_conflict"),
        **words(),
    )


@pages.route("/reviews/<id:review_id>/followup/resolution", methods=["GET", "POST"])
def resolution(review_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    form = ResolutionForm()
    form.offer()
    if form.validate_on_submit():
        proof, interview = taken_in(form.proof.data), taken_in(form.interview.data)
        if try_resolution(form, review, proof, interview):
            flash(gettext("化解情况已登记。"), "success")
            return redirect(url_for("followup.index", review_id=review.id))
    return render_template(
        "pages/followup/resolution.html",
        review=review,
        form=form,
        basis_hints={basis.value: gettext(hint) for basis, hint in BASIS_HINTS.items()},
        confirmations=[
            (gettext(BASIS_LABELS[basis]), gettext(text)) for basis, text in CONFIRMATION_LABELS.items()
        ],
    )


def try_resolution(
    form: ResolutionForm,
    review: CaseReview,
    proof: TakenIn | TurnedAway | None,
    interview: TakenIn | TurnedAway | None,
) -> bool:
    lacks: list[Unproven] = conclusion.lacks_of_resolution(
        session(), review, form.facts(), proof=proof is not None, interview=interview is not None, now=now()
    )
    form.show_lacks(lacks)
    return not lacks and tried(
        lambda: conclusion.record_resolution(
            session(), review, form.facts(), proof=kept(review, proof), interview=kept(review, interview),
            by=person(), now=now(),
        )
    )  # fmt: skip


@pages.route("/reviews/<id:review_id>/followup/reopen", methods=["GET", "POST"])
def reopen(review_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    form = ReopenForm()
    if form.validate_on_submit() and tried(lambda: reopen_from(form, review)):
        flash(gettext("化解记录已恢复为未化解，统计同时更正。"), "success")
        return redirect(url_for("followup.index", review_id=review.id))
    return render_template("pages/followup/reopen.html", review=review, form=form)


def reopen_from(form: ReopenForm, review: CaseReview) -> None:
    assert form.petitioned_on.data is not None  # noqa: S101 - the form demands it
    conclusion.reopen_resolution(
        session(), review, petitioned_on=form.petitioned_on.data, reason=form.reason.data or "",
        by=person(), now=now(),
    )  # fmt: skip


@pages.route("/reviews/<id:review_id>/followup/termination", methods=["GET", "POST"])
def termination(review_id: int) -> ResponseReturnValue:
    review = followed(review_id)
    file = termination_of(session(), review)
    form = TerminationForm(data=termination_values(file))
    if form.validate_on_submit() and tried(lambda: save_termination(form, review)):
        flash(gettext("终结材料清单已保存。"), "success")
        return redirect(url_for("followup.index", review_id=review.id))
    form.seen.data = file.row_version if file else 0
    return render_template("pages/followup/termination.html", review=review, form=form, **words())


def termination_values(file: TerminationFile | None) -> dict[str, object]:
    if file is None:
        return {}
    return {
        **file.checks,
        "organ": file.organ,
        "handed_over_on": file.handed_over_on,
        "seen": file.row_version,
    }


def save_termination(form: TerminationForm, review: CaseReview) -> None:
    conclusion.save_termination(
        session(), review, checks=form.checks(), organ=form.organ.data or "",
        handed_over_on=form.handed_over_on.data, seen_version=form.seen.data or 0, by=person(), now=now(),
    )  # fmt: skip


@pages.get("/reviews/<id:review_id>/followup/evidence/<id:evidence_id>")
def evidence(review_id: int, evidence_id: int) -> Response:
    """The file as it was handed in; every download is in the log."""
    review = visible_review(review_id)
    found = find_evidence(session(), review, evidence_id) or abort(404)
    of_reply = belongs_to_reply(session(), found)
    permitted(can_read_evidence(person(), review, of_reply=of_reply), review)
    content = BytesIO(store().read(found.sha256))
    record_apart(
        "evidence.download", subject=f"followup_evidence:{found.id}", review_id=review.id,
        after={"sha256": found.sha256},
    )  # fmt: skip
    return send_file(
        content, mimetype=BY_NAME[found.kind].media_type, as_attachment=True, download_name=found.file_name
    )
