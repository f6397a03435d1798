"""Reading: the list of threads, one thread, an attachment, the agenda."""

from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from case_files.kinds import BY_NAME
from case_files.refusals import FileDamaged
from review_app.discussions import rules, service
from review_app.discussions.attachments import content_of
from review_app.discussions.models import Thread
from review_app.discussions.queries import (
    find_attachment,
    find_thread,
    participants_of,
    threads_of,
    unread_in,
)
from review_app.discussions.states import ABOUT_LABELS, COMMENT_LABELS
from review_app.errors import ReviewError
from review_app.reviews.models import CaseReview
from review_app.web.deliberations.words import found, words
from review_app.web.discussions.agendas import agenda_page
from review_app.web.discussions.blueprint import pages
from review_app.web.discussions.forms import CommentForm, EditForm, ReadForm, ReasonForm
from review_app.web.discussions.subjects import subject_name, title_of
from review_app.web.files.storage import store
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible_review


def readable(review_id: int) -> CaseReview:
    review = visible_review(review_id)
    permitted(rules.can_see_discussions(person(), review), review)
    return review


def opened_thread(review_id: int, thread_id: int) -> Thread:
    return found(find_thread(session(), readable(review_id), thread_id))


@pages.get("/reviews/<id:review_id>/discussions")
def listing(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    threads = threads_of(session(), review)
    return render_template(
        "pages/discussions/listing.html",
        threads=threads,
        unread={one.id: unread_in(one, person()) for one in threads},
        may_open=rules.can_discuss(person(), review),
        **thread_words(review),
    )


def thread_words(review: CaseReview) -> dict[str, Any]:
    return {
        **words(review),
        "subject_name": subject_name,
        "title_of": title_of,
        "about_labels": ABOUT_LABELS,
        "comment_labels": COMMENT_LABELS,
    }


@pages.get("/reviews/<id:review_id>/discussions/<id:thread_id>")
def thread(review_id: int, thread_id: int) -> ResponseReturnValue:
    return thread_page(opened_thread(review_id, thread_id))


def thread_page(
    thread: Thread,
    *,
    comment_form: CommentForm | None = None,
    edited: dict[int, EditForm] | None = None,
    reason_form: ReasonForm | None = None,
) -> str:
    """The page; forms that were refused are given back as they were typed."""
    review, reader = thread.review, person()
    people = participants_of(session(), review)
    blank = CommentForm(formdata=None).offer(people, reader)
    own = [one for one in thread.comments if rules.can_edit(reader, one)]
    last = thread.comments[-1].number if thread.comments else 0
    unread = unread_in(thread, reader)
    return render_template(
        "pages/discussions/thread.html",
        thread=thread,
        form=(comment_form or blank) if rules.can_write(reader, thread) else None,
        edit_forms={
            one.id: (edited or {}).get(one.id) or edit_form(one.row_version, one.text) for one in own
        },
        reason_form=(
            (reason_form or ReasonForm(formdata=None)) if rules.can_settle_thread(reader, thread) else None
        ),
        unread=unread,
        read_form=ReadForm(formdata=None, number=last) if unread else None,
        first_unread=last - unread + 1,
        **thread_words(review),
    )


def edit_form(seen: int, text: str) -> EditForm:
    return EditForm(formdata=None, seen=seen, text=text)


@pages.post("/reviews/<id:review_id>/discussions/<id:thread_id>/read")
def read(review_id: int, thread_id: int) -> ResponseReturnValue:
    thread = opened_thread(review_id, thread_id)
    form = ReadForm()
    if form.validate_on_submit():
        tried(lambda: service.mark_read(session(), thread, form.number.data or 0, by=person(), now=now()))
        flash(gettext("已标为已读。"), "success")
    return redirect(url_for("discussions.listing", review_id=review_id))


@pages.get("/reviews/<id:review_id>/discussions/attachments/<id:attachment_id>")
def attachment(review_id: int, attachment_id: int) -> ResponseReturnValue:
    """The file as it was sent; every download is in the log."""
    review = readable(review_id)
    attached = find_attachment(session(), review, attachment_id) or abort(404)
    try:
        content = content_of(store(), attached)
    except FileDamaged as damage:
        raise ReviewError(damage.sentence, **damage.facts) from None
    record_apart(
        "discussion.download", subject=f"discussion_attachment:{attached.id}", review_id=review.id,
        after={"sha256": attached.sha256},
    )  # fmt: skip
    kind = BY_NAME[attached.kind]
    answer = send_file(
        BytesIO(content), mimetype=kind.media_type, as_attachment=True, download_name=attached.file_name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/reviews/<id:review_id>/agenda")
def agenda(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    return render_template("pages/discussions/agenda.html", **agenda_page(review), **thread_words(review))
