"""Writing: new threads, comments, rewording, resolving and taking up again."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.discussions import rules, service
from review_app.discussions.attachments import take_in_sealed
from review_app.discussions.models import Thread
from review_app.discussions.queries import find_comment, participants_of
from review_app.reviews.file_intake import UploadedFile
from review_app.reviews.models import CaseReview
from review_app.web.deliberations.words import found, words
from review_app.web.discussions.blueprint import pages
from review_app.web.discussions.forms import CommentForm, EditForm, ReasonForm, ThreadForm
from review_app.web.discussions.subjects import WHOLE, subjects_of
from review_app.web.discussions.threads import opened_thread, readable, thread_page
from review_app.web.files.storage import store
from review_app.web.request import now, permitted, person, session, tried


@pages.route("/reviews/<id:review_id>/discussions/new", methods=["GET", "POST"])
def new(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(rules.can_discuss(person(), review), review)
    subjects = subjects_of(review)
    form = ThreadForm(about=asked_for(subjects)).offer(participants_of(session(), review), person())
    form.about.choices = [(value, name) for value, (name, _subject) in subjects.items()]
    if form.validate_on_submit():
        written = words_of(form)
        if tried(lambda: begin(form, review, written)):
            flash(gettext("讨论已发起。"), "success")
            return redirect(url_for("discussions.listing", review_id=review.id))
    return render_template("pages/discussions/new.html", form=form, **words(review))


def asked_for(subjects: dict[str, object] | dict[str, tuple[str, service.Subject]]) -> str:
    wanted = request.args.get("about", WHOLE)
    return wanted if wanted in subjects else WHOLE


def begin(form: ThreadForm, review: CaseReview, written: service.Words) -> None:
    _name, subject = subjects_of(review)[form.about.data]
    service.open_thread(
        session(), review, subject=subject, title=form.title.data or "", words=written, by=person(), now=now()
    )


def words_of(form: CommentForm) -> service.Words:
    """What was written, with its files checked and kept. Reading files takes a moment: the transaction, in which
    nothing was changed yet, ends before it, so that others can write meanwhile."""
    sent = [file for file in form.files.data or [] if file and file.filename]
    if sent:
        session().commit()
    files = [take_in_sealed(store(), UploadedFile(file.filename, file.stream)) for file in sent]
    return service.Words(form.text.data or "", frozenset(form.mentioned.data or ()), files)


@pages.post("/reviews/<id:review_id>/discussions/<id:thread_id>")
def write(review_id: int, thread_id: int) -> ResponseReturnValue:
    thread = opened_thread(review_id, thread_id)
    permitted(rules.can_discuss(person(), thread.review), thread.review)
    form = CommentForm().offer(participants_of(session(), thread.review), person())
    if form.validate_on_submit():
        written = words_of(form)
        if tried(lambda: service.write(session(), thread, written, by=person(), now=now())):
            return back_to(thread)
    return thread_page(thread, comment_form=form)


def back_to(thread: Thread) -> ResponseReturnValue:
    return redirect(
        url_for("discussions.thread", review_id=thread.review_id, thread_id=thread.id, _anchor="last")
    )


@pages.post("/reviews/<id:review_id>/discussions/<id:thread_id>/comments/<id:comment_id>")
def edit(review_id: int, thread_id: int, comment_id: int) -> ResponseReturnValue:
    thread = opened_thread(review_id, thread_id)
    comment = found(find_comment(thread, comment_id))
    permitted(rules.can_edit(person(), comment), thread.review)
    form = EditForm()
    if form.validate_on_submit() and tried(
        lambda: service.edit(
            session(), comment, text=form.text.data or "", row_version=version(form.seen.data), by=person(),
            now=now(),
        )
    ):  # fmt: skip
        flash(gettext("已修改，原文保留可查。"), "success")
        return back_to(thread)
    if g.get("edit_conflict"):
        form.seen.data = str(comment.row_version)
    return thread_page(thread, edited={comment.id: form})


def version(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


@pages.post("/reviews/<id:review_id>/discussions/<id:thread_id>/resolve")
def resolve(review_id: int, thread_id: int) -> ResponseReturnValue:
    thread = opened_thread(review_id, thread_id)
    permitted(rules.can_settle_thread(person(), thread), thread.review)
    form = ReasonForm()
    settle = service.resolve if thread.is_open else service.reopen
    if form.validate_on_submit() and tried(
        lambda: settle(session(), thread, reason=form.reason.data or "", by=person(), now=now())
    ):
        return back_to(thread)
    return thread_page(thread, reason_form=form)
