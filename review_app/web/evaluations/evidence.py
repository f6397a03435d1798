"""Evidence for the form: words selected in the file, words of a precedent."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import NotAllowed, ReviewError
from review_app.evaluations import drafting, quoting
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.web.evaluations.blueprint import pages
from review_app.web.evaluations.filling import own_draft
from review_app.web.evaluations.forms import CitationForm, QuoteForm
from review_app.web.request import now, person, sentence_of, session, tried


@pages.post("/reviews/<id:review_id>/form/quotes")
def quote(review_id: int) -> ResponseReturnValue:
    """Keep the words selected on a page."""
    _review, form = own_draft(review_id)
    asked = QuoteForm()
    if not asked.validate():
        return jsonify({"message": gettext("请在页面上重新选取文字。")}), 400
    try:
        target = quoting.target_for(session(), form, asked.target.data or "", by=person(), now=now())
        kept = quoting.add_quote(
            session(), form, document_id=asked.document_id.data or 0, page=asked.page.data or 0,
            start=asked.start.data or 0, end=asked.end.data or 0, text=request.form["text"],
            target=target, by=person(), now=now(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except ReviewError as error:
        return jsonify({"message": sentence_of(error)}), 400
    where = drafting.part_of(fresh(session(), form), target)
    unfold = getattr(where, "dimension", "vetoes" if where else "tray")
    unfold = "extra" if target.startswith("field.") else unfold
    return jsonify(
        {"anchor": f"quote-{kept.seq}", "unfold": unfold, "message": gettext("摘录已核对并保存。")}
    )


@pages.post("/reviews/<id:review_id>/form/citations")
def citation(review_id: int) -> ResponseReturnValue:
    """Keep words of a precedent; sent from the precedent's page."""
    review, form = own_draft(review_id)
    asked = CitationForm()
    if asked.validate() and tried(lambda: cite_precedent(form, asked)):
        flash(gettext("案例已引入评查表。"), "success")
        return redirect(url_for("evaluations.desk", review_id=review.id, open="cases", _anchor="cases"))
    if asked.errors:
        flash(gettext("请在案例页面上重新选取要引用的文字。"), "danger")
    return redirect(
        url_for(
            "precedents.show",
            precedent_id=asked.precedent_id.data or 0,
            review=review.id,
            for_form=form.id,
            quote=request.form.get("quote", "")[:400],
        )
    )


def cite_precedent(form: EvalForm, asked: CitationForm) -> None:
    quoting.add_precedent(
        session(), form, precedent_id=asked.precedent_id.data or 0, start=asked.start.data,
        end=asked.end.data, text=request.form["quote"], target=asked.target.data or "",
        by=person(), now=now(),
    )  # fmt: skip
