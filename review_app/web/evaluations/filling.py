"""The scoring desk: filling one's own form beside the file, saving, quoting, signing."""

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.evaluations import drafting, service
from review_app.evaluations.answers import reading_for
from review_app.evaluations.content import is_intact
from review_app.evaluations.drafting import Saved
from review_app.evaluations.form_input import RECORD_REASON_LABELS
from review_app.evaluations.law_choice import standings
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import (
    bare_forms,
    fresh,
    last_withdrawal,
    own_form,
    reading_due,
    taken_back,
)
from review_app.evaluations.quoting import quote_on
from review_app.evaluations.rules import can_ask_withdrawal, can_fill, can_open_desk, can_see_others
from review_app.evaluations.states import METHOD_LABELS
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_read_files
from review_app.reviews.states import OUTCOME_LABELS, VOLUME_LABELS, ReviewState
from review_app.sealing import current_seal
from review_app.web.evaluations import live
from review_app.web.evaluations.blueprint import pages
from review_app.web.evaluations.desk import FIELD_LABELS, Desk, desk_of, help_words, in_words
from review_app.web.evaluations.forms import PlaceForm, SignForm, WithdrawForm
from review_app.web.evaluations.laws import law_search
from review_app.web.evaluations.orders import Landing, carry_out
from review_app.web.evaluations.viewer import Place, Viewer, note_reading, place_of, viewer
from review_app.web.files.viewer import log_reading, watermark
from review_app.web.request import (
    now,
    person,
    sentence_of,
    session,
    tried,
    visible,
    visible_review,
)


@pages.get("/reviews/<id:review_id>/form")
def desk(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), can_open_desk)
    form = own_form(session(), person(), review)
    if form is None:
        may_open = review.state is ReviewState.READING
        return render_template("pages/evaluations/not_open.html", review=review, may_open=may_open)
    if not can_fill(person(), form):
        return own_page(review, form)
    return desk_page(review, form)


def own_page(review: CaseReview, form: EvalForm, asked: WithdrawForm | None = None) -> str:
    """One's own form to be read; signed, it can be asked back."""
    return render_template(
        "pages/evaluations/own.html",
        asked=asked or WithdrawForm(formdata=None),
        may_ask=can_ask_withdrawal(person(), form),
        request_made=last_withdrawal(session(), form),
        earlier=taken_back(session(), form),
        **read_view(review, form),
    )


@pages.post("/reviews/<id:review_id>/form/open")
def open_form(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), can_open_desk)
    service.open_own_form(session(), review, by=person(), now=now())
    return redirect(url_for("evaluations.desk", review_id=review.id))


def own_draft(review_id: int) -> tuple[CaseReview, EvalForm]:
    """The person's own form of a review he sits on; otherwise 404."""
    review = visible(visible_review(review_id), can_open_desk)
    form = own_form(session(), person(), review)
    return review, form or abort(404)


def desk_page(
    review: CaseReview,
    form: EvalForm,
    *,
    theirs: dict[str, object] | None = None,
    refused: dict[str, ReviewError] | None = None,
    keep_typed: bool = False,
    saved: bool = False,
) -> str:
    """``keep_typed`` shows what was sent instead of what is stored; ``saved`` tells that this request stored
    something and will be kept."""
    where = PlaceForm(request.values)
    shown = opened_viewer(review, form, wanted_place(form, where), saved=saved)
    return render_template(
        "pages/evaluations/desk.html",
        review=review,
        face=face_of(person(), review),
        desk=desk_of(
            form,
            due_on=reading_due(session(), review),
            typed=request.form if keep_typed else None,
            theirs=theirs,
            refused=refused,
            open_at=request.values.get("open", ""),
            said=sentence_of,
            standings=standings(session(), review, form.law_citations),
        ),
        viewer=shown,
        laws=law_search(review, form),
        local_key=current_seal().fingerprint(f"desk:{form.id}:{person().id}"),
        **words(),
    )


def words() -> dict[str, Any]:
    """Names and labels that the desk's templates use."""
    return {
        "in_words": in_words,
        "help_words": help_words,
        "method_labels": METHOD_LABELS,
        "outcome_labels": OUTCOME_LABELS,
        "record_reason_labels": RECORD_REASON_LABELS,
        "field_labels": FIELD_LABELS,
        "volume_labels": VOLUME_LABELS,
        "watermark": watermark(),
        "saved_words": live.saved_words,
    }


def wanted_place(form: EvalForm, where: PlaceForm) -> Place:
    quote = quote_on(form, where.quote.data) if where.validate() and where.quote.data else None
    if quote is not None:
        return place_of(quote)
    if not where.validate():
        return Place()
    return Place(
        where.document.data, where.page.data or 1, where.start.data, where.end.data,
        find=(where.find.data or "").strip(),
    )  # fmt: skip


def opened_viewer(review: CaseReview, form: EvalForm, place: Place, *, saved: bool = False) -> Viewer:
    """The page of the file, and a row in the log that it was read. When this request saved something, the row
    goes with it; else it stands apart, because the request will be rolled back."""
    shown = viewer(session(), review, person(), form, place)
    if shown.document is not None and saved:
        note_reading(session(), review, shown.document, by=person(), now=now())
    elif shown.document is not None:
        log_reading(review, shown.document)
    return shown


@pages.get("/reviews/<id:review_id>/form/page")
def file_page(review_id: int) -> ResponseReturnValue:
    """The left pane alone, for turning pages without leaving the form."""
    review, form = own_draft(review_id)
    where = PlaceForm(request.args)
    shown = opened_viewer(review, form, wanted_place(form, where))
    return render_template("pages/evaluations/_viewer.html", review=review, viewer=shown, **words())


def answers() -> dict[str, list[str]]:
    """The fields of the form among what was sent."""
    return {name: request.form.getlist(name) for name in request.form if reading_for(name)}


def edition() -> int:
    sent = request.form.get("edition", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def store(form: EvalForm) -> Saved:
    return drafting.save_draft(session(), form, answers(), edition=edition(), by=person(), now=now())


@pages.post("/reviews/<id:review_id>/form")
def save(review_id: int) -> ResponseReturnValue:
    """Save everything on the page, then do what the pressed button says."""
    review, form = own_draft(review_id)
    saved: list[Saved] = []
    landings: list[Landing] = []
    if not tried(lambda: saved.append(store(form))):
        theirs = g.edit_conflict or {}
        page = desk_page(review, fresh(session(), form), theirs=theirs, keep_typed=True)
        return page, 409 if theirs else 400
    if not tried(lambda: landings.append(carry_out(form, request.form.get("do", "save")))):
        return desk_page(review, fresh(session(), form), keep_typed=True, saved=True)
    if saved[0].refused:
        flash(gettext("有的栏目无法识别，其余内容已保存。"), "warning")
        refused = dict(saved[0].refused)
        return desk_page(review, fresh(session(), form), refused=refused, keep_typed=True, saved=True)
    return landed(review, landings[0])


def landed(review: CaseReview, landing: Landing) -> ResponseReturnValue:
    if landing.sign:
        return redirect(url_for("evaluations.sign", review_id=review.id))
    if landing.done:
        flash(landing.done, "success")
    place = landing.place or Place(*here())
    return redirect(
        url_for(
            "evaluations.desk",
            review_id=review.id,
            document=place.document_id,
            page=place.page,
            start=place.start,
            end=place.end,
            find=place.find or None,
            law_find=landing.law.get("law_find"),
            law_on=landing.law.get("law_on"),
            law_for=landing.law.get("law_for"),
            open=landing.dimension or request.form.get("open") or None,
            _anchor=landing.anchor or None,
        )
    )


def here() -> tuple[int | None, int]:
    """The document and page that were open when the button was pressed."""
    where = PlaceForm(request.form)
    return (where.document.data, where.page.data or 1) if where.validate() else (None, 1)


@pages.post("/reviews/<id:review_id>/form/draft")
def save_live(review_id: int) -> ResponseReturnValue:
    """What the script sends while somebody types: changed fields only, and maybe a pressed button. Answers
    with JSON; 409 with ``theirs`` when another window wrote the same field."""
    _review, form = own_draft(review_id)
    try:
        with session().begin_nested():
            saved = store(form)
    except EditConflict as error:
        return jsonify(live.conflict(form, error.theirs) | {"message": sentence_of(error)}), 409
    except NotAllowed:
        raise
    except ReviewError as error:
        return jsonify({"message": sentence_of(error)}), 400
    landing, refusal = ordered(form)
    current = fresh(session(), form) if "do" in request.form else form
    shown = desk_of(current, due_on=None, said=sentence_of)
    answer = live.state_of(shown) | live.outcome_of(saved)
    answer |= {"message": refusal or landing.done, "failed": bool(refusal), "anchor": landing.anchor}
    answer |= {"unfold": landing.dimension, "sign": landing.sign}
    return jsonify(answer)


def ordered(form: EvalForm) -> tuple[Landing, str]:
    """Carry out the pressed button, if one was; a refusal is given back as its sentence."""
    if "do" not in request.form:
        return Landing(), ""
    try:
        with session().begin_nested():
            return carry_out(form, request.form["do"]), ""
    except NotAllowed:
        raise
    except ReviewError as error:
        return Landing(), sentence_of(error)


@pages.route("/reviews/<id:review_id>/form/sign", methods=["GET", "POST"])
def sign(review_id: int) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    if not can_fill(person(), form):
        return redirect(url_for("evaluations.desk", review_id=review.id))
    asked = SignForm(data={"edition": form.edition})
    if asked.validate_on_submit() and tried(lambda: put_signature(form, asked)):
        flash(gettext("评查表已签名，内容自此不能修改。"), "success")
        return redirect(url_for("evaluations.desk", review_id=review.id))
    form = fresh(session(), form)
    asked.edition.data = str(form.edition)
    return render_template(
        "pages/evaluations/sign.html",
        sign=asked,
        **read_view(review, form),
        due_on=reading_due(session(), review),
    )


def put_signature(form: EvalForm, asked: SignForm) -> None:
    seen = str(asked.edition.data)
    service.sign_form(
        session(), form, password=asked.password.data or "", code=asked.code.data or "", declared=bool(asked.declared.data),
        edition=int(seen) if seen.isdecimal() and len(seen) < 10 else -1, by=person(), now=now(),
    )  # fmt: skip


def read_desk(review: CaseReview, form: EvalForm) -> Desk:
    """A form's desk view for reading."""
    found = standings(session(), review, form.law_citations)
    return desk_of(form, due_on=None, said=sentence_of, standings=found)


def read_view(review: CaseReview, form: EvalForm) -> dict[str, Any]:
    """A form to be read: its own desk view, and whether its signature still fits."""
    return {
        "review": review,
        "face": face_of(person(), review),
        "desk": read_desk(review, form),
        "form": form,
        "may_read": can_read_files(person(), review),
        "intact": is_intact(form) if form.signed_at else None,
        "may_compare": can_see_others(person(), review, bare_forms(session(), review)),
        **words(),
    }
